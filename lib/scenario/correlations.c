/* SPDX-License-Identifier: MIT */
/*
 * Rank correlations between assumptions or inputs that are distributions, by numbers and beside what is certain. What is sampled is a
 * Gaussian copula, so the matrix that must be positive definite is that of 2 sin(pi r / 6) (K. Pearson 1907); when it is not, the pair that
 * makes it impossible is named.
 */
#include "base/elementary.h"
#include "scenario/bind.h"

#include <math.h>

enum { MOST_TOGETHER = 1024 }; /* quantities that hang together: the matrix is dense */

/** A pair, while it is read. */
typedef struct pair {
    const aici_node *node;
    uint32_t draft[2];
    double rank; /* of what is drawn: turned where a quantity falls as it rises */
    bool counts; /* both are distributions */
} pair;

static bool refuse(aici_binder *binder, const aici_node *node, const char *message, const char *hint) {
    aic_status status = aici_report_error(binder->report, AICI_CODE_BAD_CORRELATION, &node->place, "correlations: %s", message);
    if (hint)
        aici_report_hint(binder->report, "%s", hint);
    aici_report_path(binder->report, "correlations");
    return aici_bind_note(binder, status);
}

/* --- names ---------------------------------------------------------------------------------------------------------------------------- */

static bool refuse_name(aici_binder *binder, const aici_node *node) {
    aici_nearest nearest = aici_nearest_to(node->as.text);
    for (size_t i = 0; aici_bind_searches(binder) && i < binder->draft_count; i++)
        if (binder->draft[i].quantity.role == AICI_ROLE_ASSUMPTION || binder->draft[i].quantity.role == AICI_ROLE_INPUT)
            aici_nearest_offer(&nearest, aici_slice_of(binder->draft[i].quantity.name));
    aic_status status = aici_report_error(binder->report, AICI_CODE_UNKNOWN_NAME, &node->place, "correlations: nothing is called `%.*s`",
                                          AICI_SLICE(node->as.text));
    if (aici_nearest_name(&nearest))
        aici_report_hint(binder->report, "did you mean `%s`?", aici_nearest_name(&nearest));
    aici_report_path(binder->report, "correlations");
    return aici_bind_note(binder, status);
}

/* An input that only passes on an assumption is that assumption. */
static uint32_t follow(const aici_binder *binder, uint32_t draft) {
    const aici_draft *at = &binder->draft[draft];
    for (size_t steps = 0; at->read && at->read->kind == AICI_EXPR_NAME && at->use_count == 1 && steps < binder->draft_count; steps++) {
        draft = binder->edge[at->first_use].to;
        at = &binder->draft[draft];
    }
    return draft;
}

static bool find_name(aici_binder *binder, const aici_node *node, uint32_t *draft) {
    *draft = AICI_NONE;
    if (node->kind != AICI_NODE_SCALAR)
        return refuse(binder, node, "expected the name of an assumption or input", NULL);
    uint32_t found = aici_scope_resolve(binder, AICI_NONE, node->as.text);
    if (found == AICI_NONE || binder->draft[found].final == AICI_NONE)
        return refuse_name(binder, node);
    uint8_t role = binder->draft[found].quantity.role;
    if (role != AICI_ROLE_ASSUMPTION && role != AICI_ROLE_INPUT)
        return refuse(binder, node, "only assumptions and inputs are drawn, and this is computed", "correlate what it is computed from");
    *draft = follow(binder, found);
    return true;
}

/* --- pairs ---------------------------------------------------------------------------------------------------------------------------- */

static bool read_rank(aici_binder *binder, const aici_node *node, double *rank) {
    const char *hint = "it is a number without unit, such as `0.4`";
    const aici_expr *tree = NULL, *checked = NULL;
    *rank = (double)NAN;
    if (node->kind != AICI_NODE_SCALAR || aici_node_is_empty(node))
        return refuse(binder, node, "the third item of a pair is its correlation", hint);
    if (!aici_quantity_read_scalar(binder, node, "correlations", &tree) || !tree)
        return aici_bind_goes_on(binder);
    aici_scope_context context = {binder, AICI_NONE, AICI_NONE};
    aici_scope scope = aici_scope_of(&context, binder->report);
    aici_expectation expectation = {.unit_text = "1", .scalar = true, .hint = hint};
    scope.subject = scope.path = "correlations";
    aic_status status = aici_expr_check(tree, &expectation, &scope, &checked);
    if (status != AIC_OK)
        return aici_bind_note(binder, status);
    double value = 0.0;
    if (!aici_expr_constant(checked, &value) || !(fabs(value) <= 1.0))
        return refuse(binder, node, "a rank correlation is between -1 and 1", hint);
    *rank = value;
    return true;
}

static bool is_distribution(const aici_expr *node) { return node->kind == AICI_EXPR_DISTRIBUTION; }

static bool has_distribution(const aici_draft *draft) { return draft->read && aici_tree_any(draft->read, is_distribution); }

/* --- what is drawn -------------------------------------------------------------------------------------------------------------------- */

/* How a quantity moves with the one number that is drawn for it, or why it is not known to. */
typedef enum motion { MOTION_NONE, MOTION_UP, MOTION_DOWN, MOTION_SEVERAL, MOTION_TURNS, MOTION_BENDS } motion;

static bool is_name(const aici_expr *node) { return node->kind == AICI_EXPR_NAME; }

/* 1, -1, or 0 where it is no number or may be changed from elsewhere. */
static int sign_of(const aici_expr *factor) {
    double value = 0;
    bool fixed = !aici_tree_any(factor, is_name) && aici_expr_constant(factor, &value);
    return !fixed || value == 0 || isnan(value) ? 0 : value > 0 ? 1 : -1;
}

/* What an operation makes of the sign with which its one uncertain operand moves; 0 when that is not known. */
static int sign_through(const aici_expr *node, uint32_t uncertain) {
    if (node->kind == AICI_EXPR_NEGATE)
        return -1;
    if (node->kind != AICI_EXPR_BINARY)
        return 0;
    switch ((aici_operator)node->variant) {
    case AICI_OPERATOR_ADD: return 1;
    case AICI_OPERATOR_SUBTRACT: return uncertain == 0 ? 1 : -1;
    case AICI_OPERATOR_MULTIPLY: return sign_of(node->child[1 - uncertain]);
    case AICI_OPERATOR_DIVIDE: return uncertain == 0 ? sign_of(node->child[1]) : 0;
    default: return 0;
    }
}

static motion motion_of_value(const aici_expr *tree) {
    int sign = 1;
    if (!tree->type.uncertain)
        return MOTION_NONE;
    while (tree->kind != AICI_EXPR_DISTRIBUTION) {
        uint32_t uncertain = 0, count = 0;
        for (uint32_t i = 0; i < tree->count; i++)
            if (tree->child[i]->type.uncertain) {
                uncertain = i;
                count++;
            }
        if (count != 1)
            return MOTION_SEVERAL;
        sign *= sign_through(tree, uncertain);
        if (sign == 0)
            return MOTION_BENDS;
        tree = tree->child[uncertain];
    }
    return sign > 0 ? MOTION_UP : MOTION_DOWN;
}

/* All years of a series are one draw, and where they are uncertain they must move alike; growth bends what it grows. */
static motion motion_of(const aici_expr *tree) {
    motion all = MOTION_NONE;
    if (tree->kind == AICI_EXPR_COMPOUND)
        return tree->child[1]->type.uncertain ? MOTION_BENDS : motion_of_value(tree->child[0]);
    if (tree->kind != AICI_EXPR_SERIES)
        return motion_of_value(tree);
    for (uint32_t i = 0; i < tree->count; i++) {
        motion one = motion_of_value(tree->child[i]);
        if (one == MOTION_NONE || one == all)
            continue;
        if (one > MOTION_DOWN)
            return one;
        if (all != MOTION_NONE)
            return MOTION_TURNS;
        all = one;
    }
    return all;
}

static bool refuse_motion(aici_binder *binder, const aici_node *name, motion found) {
    static const char *const why[] = {
        [MOTION_SEVERAL] = "what is correlated is one distribution, and this is made of more than one draw",
        [MOTION_TURNS] = "what is correlated is one distribution, and this rises with it in one year and falls in another",
        [MOTION_BENDS] = "what is correlated is one distribution, times a number or plus what is certain, and this is more"};
    return refuse(binder, name, why[found], "give the distribution an assumption of its own and correlate that");
}

static bool judge_drawn(aici_binder *binder, pair *read, int which) {
    const aici_draft *draft = &binder->draft[read->draft[which]];
    if (draft->faulty || !draft->checked) {
        read->counts = false;
        return true;
    }
    motion found = motion_of(draft->quantity.tree);
    if (found > MOTION_DOWN)
        return refuse_motion(binder, read->node->as.item[which], found);
    read->rank = found == MOTION_DOWN ? -read->rank : read->rank;
    return true;
}

/* What is not drawn cannot be correlated: a constant is passed over, a formula of uncertain things refused. */
static bool judge_pair(aici_binder *binder, pair *read) {
    read->counts = true;
    for (int i = 0; i < 2; i++) {
        const aici_draft *draft = &binder->draft[read->draft[i]];
        if (draft->faulty || has_distribution(draft)) {
            if (!judge_drawn(binder, read, i))
                return false;
            continue;
        }
        read->counts = false;
        if (draft->checked && draft->quantity.tree->type.uncertain)
            return refuse(binder, read->node->as.item[i], "this is computed from what is drawn, and not drawn itself",
                          "correlate what it is computed from");
        aici_report_remark(binder->report, AIC_SEVERITY_NOTE, AICI_CODE_CORRELATION_IGNORED, &read->node->as.item[i]->place,
                           "correlations: `%.*s` is not uncertain, so this pair says nothing", AICI_SLICE(read->node->as.item[i]->as.text));
        return true;
    }
    return true;
}

static bool read_pair(aici_binder *binder, const aici_node *node, pair *read) {
    *read = (pair){.node = node};
    if (node->kind != AICI_NODE_SEQUENCE || node->count != 3)
        return refuse(binder, node, "a pair is a list of two names and a number", "such as `[[visits, utilization, 0.4]]`");
    if (!find_name(binder, node->as.item[0], &read->draft[0]) || !find_name(binder, node->as.item[1], &read->draft[1]) ||
        !read_rank(binder, node->as.item[2], &read->rank))
        return false;
    if (read->draft[0] == AICI_NONE || read->draft[1] == AICI_NONE || isnan(read->rank))
        return true;
    if (read->draft[0] == read->draft[1])
        return refuse(binder, node, "a quantity cannot be correlated with itself", NULL);
    return judge_pair(binder, read);
}

/* --- the matrix ----------------------------------------------------------------------------------------------------------------------- */

/** Quantities that hang together through pairs. */
typedef struct cluster {
    aici_binder *binder;
    const pair *pairs;
    uint32_t pair_count;
    uint32_t *root;  /* of each draft: the cluster that it is in, by union and find */
    uint32_t *row;   /* of each draft: its row in the matrix of its cluster */
    uint32_t *size;  /* of each cluster, by its root */
    uint32_t *first; /* its first pair */
    uint32_t *next;  /* of each pair: the next in the same cluster */
} cluster;

static uint32_t find_root(uint32_t *root, uint32_t draft) {
    while (root[draft] != draft) {
        root[draft] = root[root[draft]];
        draft = root[draft];
    }
    return draft;
}

static void join_pairs(cluster *self) {
    for (uint32_t i = 0; i < self->binder->draft_count; i++)
        self->root[i] = i;
    for (uint32_t i = 0; i < self->pair_count; i++)
        self->root[find_root(self->root, self->pairs[i].draft[0])] = find_root(self->root, self->pairs[i].draft[1]);
    for (uint32_t i = 0; i < self->binder->draft_count; i++) {
        self->row[i] = self->size[find_root(self->root, i)]++;
        self->first[i] = AICI_NONE;
    }
    for (uint32_t i = self->pair_count; i-- > 0;) {
        uint32_t root = find_root(self->root, self->pairs[i].draft[0]);
        self->next[i] = self->first[root];
        self->first[root] = i;
    }
}

/* Where each pair stands in the lower triangle. */
static size_t cell_of(const cluster *self, const pair *read, uint32_t size) {
    uint32_t left = self->row[read->draft[0]], right = self->row[read->draft[1]];
    return left > right ? (size_t)left * size + right : (size_t)right * size + left;
}

/* Cholesky's factorization in place; the first row without a root, or size. */
static uint32_t factorize(double *matrix, uint32_t size) {
    for (uint32_t i = 0; i < size; i++) {
        for (uint32_t j = 0; j <= i; j++) {
            double sum = matrix[(size_t)i * size + j];
            for (uint32_t k = 0; k < j; k++)
                sum -= matrix[(size_t)i * size + k] * matrix[(size_t)j * size + k];
            if (i == j && !(sum > 1e-12))
                return i;
            matrix[(size_t)i * size + j] = i == j ? sqrt(sum) : sum / matrix[(size_t)j * size + j];
        }
    }
    return size;
}

/* Of the pairs that the failing row has with rows above it, the strongest. */
static const pair *find_culprit(const cluster *self, uint32_t root, uint32_t row) {
    const pair *best = NULL;
    for (uint32_t i = self->first[root]; i != AICI_NONE; i = self->next[i]) {
        const pair *read = &self->pairs[i];
        uint32_t left = self->row[read->draft[0]], right = self->row[read->draft[1]];
        if ((left > right ? left : right) == row && (!best || fabs(read->rank) >= fabs(best->rank)))
            best = read;
    }
    return best;
}

static bool refuse_matrix(cluster *self, uint32_t root, uint32_t row) {
    aici_binder *binder = self->binder;
    const pair *culprit = find_culprit(self, root, row);
    const char *left = binder->draft[culprit->draft[0]].quantity.name, *right = binder->draft[culprit->draft[1]].quantity.name;
    aic_status status = aici_report_error(
        binder->report, AICI_CODE_BAD_CORRELATION, &culprit->node->place,
        "correlations: %s and %s cannot be correlated so strongly, given the other pairs (the matrix is not positive definite)", left,
        right);
    aici_report_hint(binder->report, "weaken this pair, or give pairs with the same sign to what both are correlated with");
    aici_report_path(binder->report, "correlations");
    return aici_bind_note(binder, status);
}

static bool check_cluster(cluster *self, uint32_t root) {
    uint32_t size = self->size[root];
    if (size > MOST_TOGETHER) {
        aic_status status = aici_report_error(self->binder->report, AICI_CODE_BAD_CORRELATION, &self->pairs[self->first[root]].node->place,
                                              "correlations: %u quantities hang together, and at most %d can", size, (int)MOST_TOGETHER);
        return aici_bind_note(self->binder, status);
    }
    double *matrix = aici_memory_take_array(self->binder->allocator, (size_t)size * size, sizeof *matrix);
    if (!matrix)
        return aici_bind_no_memory(self->binder);
    for (uint32_t i = 0; i < size; i++)
        matrix[(size_t)i * size + i] = 1.0;
    for (uint32_t i = self->first[root]; i != AICI_NONE; i = self->next[i])
        matrix[cell_of(self, &self->pairs[i], size)] = aici_normal_correlation(self->pairs[i].rank);
    uint32_t row = factorize(matrix, size);
    aici_memory_release(self->binder->allocator, matrix);
    return row == size || refuse_matrix(self, root, row);
}

static bool check_matrix(aici_binder *binder, const pair *pairs, uint32_t count) {
    cluster self = {.binder = binder, .pairs = pairs, .pair_count = count};
    self.root = aici_arena_take_array(binder->scratch, binder->draft_count, sizeof *self.root);
    self.row = aici_arena_take_array(binder->scratch, binder->draft_count, sizeof *self.row);
    self.size = aici_arena_take_array(binder->scratch, binder->draft_count, sizeof *self.size);
    self.first = aici_arena_take_array(binder->scratch, binder->draft_count, sizeof *self.first);
    self.next = aici_arena_take_array(binder->scratch, count, sizeof *self.next);
    if (!self.root || !self.row || !self.size || !self.first || !self.next)
        return aici_bind_no_memory(binder);
    join_pairs(&self);
    for (uint32_t i = 0; i < binder->draft_count; i++)
        if (self.size[i] > 1 && !check_cluster(&self, i))
            return false;
    return true;
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static bool refuse_twice(aici_binder *binder, const pair *pairs, uint32_t count) {
    aici_names *seen = aici_names_new(binder->allocator);
    bool go_on = seen || aici_bind_no_memory(binder);
    for (uint32_t i = 0; go_on && i < count; i++) {
        uint32_t low = pairs[i].draft[0] < pairs[i].draft[1] ? pairs[i].draft[0] : pairs[i].draft[1], there = 0;
        const char *key = aici_format(binder->scratch, "%u %u", low, pairs[i].draft[0] + pairs[i].draft[1] - low);
        if (key && aici_names_find(seen, aici_slice_of(key), &there))
            go_on = refuse(binder, pairs[i].node, "this pair stands twice", NULL);
        else
            go_on = (key && aici_names_add(seen, aici_slice_of(key), i)) || aici_bind_no_memory(binder);
    }
    aici_names_free(seen);
    return go_on;
}

static bool keep(aici_binder *binder, const pair *pairs, uint32_t count) {
    binder->correlation = aici_arena_take_array(binder->arena, count, sizeof *binder->correlation);
    if (!binder->correlation)
        return aici_bind_no_memory(binder);
    for (uint32_t i = 0; i < count; i++)
        binder->correlation[i] = (aici_correlation){binder->draft[pairs[i].draft[0]].final, binder->draft[pairs[i].draft[1]].final,
                                                    pairs[i].rank, pairs[i].node->place};
    binder->correlation_count = count;
    return true;
}

bool aici_bind_correlations(aici_binder *binder) {
    const aici_view *view = &binder->files->view[AICI_SECTION_CORRELATIONS];
    size_t faults = binder->faults;
    uint32_t count = 0;
    if (!view->node || !aici_shape_is_list(binder, view->node, "correlations", "correlations"))
        return aici_bind_goes_on(binder);
    pair *pairs = aici_arena_take_array(binder->scratch, view->count, sizeof *pairs);
    if (!pairs)
        return aici_bind_no_memory(binder);
    for (uint32_t i = 0; i < view->count; i++) {
        if (!read_pair(binder, view->item[i], &pairs[count]))
            return false;
        count += pairs[count].counts;
    }
    if (!refuse_twice(binder, pairs, count) || (binder->faults == faults && !check_matrix(binder, pairs, count)))
        return false;
    return keep(binder, pairs, count);
}
