/* SPDX-License-Identifier: MIT */
/* Figures are gathered from the trees of what is reached. */
#include "analysis/factors.h"
#include "analysis/describe.h"

#include <math.h>

/** Gathering: arrays that grow in step with the arena. */
typedef struct search {
    aici_bound *bound;
    const aic_allocator *allocator;
    aici_arena *arena;
    aici_factors *out;
    size_t factor_capacity, figure_capacity;
    bool failed;
} search;

/* --- lists ---------------------------------------------------------------------------------------------------------------------------- */

static aici_factor *add_factor(search *self, const char *name, uint32_t quantity) {
    aici_factors *out = self->out;
    aici_factor *grown = aici_memory_grow(self->allocator, out->factor, out->count, &self->factor_capacity, sizeof *grown);
    if (!grown || !name) {
        out->factor = grown ? grown : out->factor;
        self->failed = true;
        return NULL;
    }
    out->factor = grown;
    grown[out->count] = (aici_factor){.name = name, .quantity = quantity, .times = 1};
    return &grown[out->count++];
}

/** To the newest factor. */
static void add_figure(search *self, const aici_expr *node) {
    aici_factors *out = self->out;
    aici_factor_figure *grown = aici_memory_grow(self->allocator, out->figure, out->figure_count, &self->figure_capacity, sizeof *grown);
    if (!grown) {
        self->failed = true;
        return;
    }
    aici_factor *factor = &out->factor[out->count - 1];
    bool first = out->figure_count == 0 || grown[out->figure_count - 1].factor != out->count - 1;
    out->figure = grown;
    grown[out->figure_count++] = (aici_factor_figure){node, factor->quantity, out->count - 1};
    factor->only = first ? node : NULL;
    factor->uncertain = factor->uncertain || node->kind == AICI_EXPR_DISTRIBUTION;
}

/* --- figures of a tree ---------------------------------------------------------------------------------------------------------------- */

typedef struct figures {
    const aici_expr *found; /* the last one */
    uint32_t count;
} figures;

/** Distributions and, unless @p distributions_only, numbers with a unit. */
static void look_for_figures(const aici_expr *node, bool distributions_only, figures *out) {
    bool number = node->kind == AICI_EXPR_NUMBER && !distributions_only && node->as.number.unit_text.size > 0;
    if (number || node->kind == AICI_EXPR_DISTRIBUTION) {
        out->found = node;
        out->count++;
        return;
    }
    for (uint32_t i = 0; i < node->count; i++)
        look_for_figures(node->child[i], distributions_only, out);
}

static const char *name_of(search *self, const char *format, const char *name, const char *more) {
    aici_buffer text = aici_buffer_new(self->allocator);
    aici_buffer_add_format(&text, format, name, more);
    return aici_describe_keep(self->arena, &text);
}

/** A distribution on its own, with its text behind the name. */
static void take_distribution(search *self, const aici_expr *node, uint32_t quantity) {
    const aici_quantity *of = &self->bound->quantity[quantity];
    const char *text = aici_describe_formula(self->arena, self->bound, node, of->model);
    if (text && add_factor(self, name_of(self, "%s: %s", of->name, text), quantity))
        add_figure(self, node);
    self->failed = self->failed || !text;
}

/** Several distributions in one formula. */
static void take_each_distribution(search *self, const aici_expr *node, uint32_t quantity) {
    if (node->kind == AICI_EXPR_DISTRIBUTION) {
        take_distribution(self, node, quantity);
        return;
    }
    for (uint32_t i = 0; i < node->count; i++)
        take_each_distribution(self, node->child[i], quantity);
}

static void take_formula(search *self, const aici_expr *tree, uint32_t quantity, const char *name, bool is_given) {
    figures all = {NULL, 0}, drawn = {NULL, 0};
    look_for_figures(tree, !is_given, &all);
    look_for_figures(tree, true, &drawn);
    const aici_expr *figure = all.count == 1 ? all.found : drawn.count == 1 ? drawn.found : NULL;
    if (figure && add_factor(self, name, quantity)) {
        add_figure(self, figure);
        self->out->factor[self->out->count - 1].whole = tree;
    } else if (drawn.count > 1)
        take_each_distribution(self, tree, quantity);
}

/** A figure, or a formula that may have one in it; what numbers a kind's own formula has are no inputs. */
static void take_part(search *self, const aici_expr *tree, uint32_t quantity, const char *name) {
    const aici_expr *literal = aici_expr_literal(tree);
    if (!literal && tree->kind != AICI_EXPR_DISTRIBUTION) {
        take_formula(self, tree, quantity, name, !self->bound->quantity[quantity].is_default);
    } else if (add_factor(self, name, quantity)) {
        add_figure(self, literal ? literal : tree);
        self->out->factor[self->out->count - 1].whole = tree;
    }
}

static bool is_in(const aici_expr *figure, const aici_expr *tree) {
    bool found = tree == figure;
    for (uint32_t i = 0; i < tree->count && !found; i++)
        found = is_in(figure, tree->child[i]);
    return found;
}

/** A constant in which no name stands: what a name stands for is a factor itself. */
static bool is_number(const aici_expr *tree, double *value) {
    bool found = tree->kind != AICI_EXPR_NAME && aici_expr_constant(tree, value);
    for (uint32_t i = 0; i < tree->count && found; i++) {
        double ignored;
        found = is_number(tree->child[i], &ignored);
    }
    return found;
}

/** Whether a tree is a figure by a number, and which. */
static bool is_multiple(const aici_expr *tree, const aici_expr *figure, double *times) {
    for (*times = 1; tree != figure;) {
        double constant = -1;
        bool negated = tree->kind == AICI_EXPR_NEGATE, product = tree->kind == AICI_EXPR_BINARY && tree->variant == AICI_OPERATOR_MULTIPLY,
             quotient = tree->kind == AICI_EXPR_BINARY && tree->variant == AICI_OPERATOR_DIVIDE;
        const uint32_t at = product && !is_in(figure, tree->child[0]);
        if (!(negated || product || quotient) || (!negated && !is_number(tree->child[1 - at], &constant)))
            return false;
        *times = quotient ? *times / constant : *times * constant;
        tree = tree->child[at];
    }
    return isfinite(*times) && *times != 0;
}

/** The distribution with a number in the order of reading, which is counted down; NULL where there is none. */
static const aici_expr *find_distribution(const aici_expr *node, uint32_t *number) {
    const aici_expr *found = NULL;
    if (node->kind == AICI_EXPR_DISTRIBUTION)
        return (*number)-- == 0 ? node : NULL;
    for (uint32_t i = 0; i < node->count && !found; i++)
        found = find_distribution(node->child[i], number);
    return found;
}

/** The figure that one value of a series has: a literal, or its distribution unless a year has @p several. */
static const aici_expr *figure_in(const aici_expr *value, bool several) {
    const aici_expr *literal = aici_expr_literal(value);
    uint32_t first = 0;
    return literal || several ? literal : find_distribution(value, &first);
}

/** Those with one number in the formulas of their years are one draw. */
static bool take_numbered(search *self, const aici_expr *tree, uint32_t quantity, uint32_t number) {
    bool taken = false;
    for (uint32_t i = 0; i < tree->count && !self->failed; i++) {
        uint32_t left = number;
        const aici_expr *node = find_distribution(tree->child[i], &left);
        if (node && taken)
            add_figure(self, node);
        else if (node)
            take_distribution(self, node, quantity);
        taken = taken || node;
    }
    return taken;
}

/** All values that it lists; of those that are formulas their distributions, year by year, since all years are one draw. */
static void take_series(search *self, const aici_expr *tree, uint32_t quantity) {
    uint32_t count = 0;
    bool several = false;
    for (uint32_t i = 0; i < tree->count; i++) {
        uint32_t second = 1;
        several = several || find_distribution(tree->child[i], &second);
    }
    for (uint32_t i = 0; i < tree->count; i++)
        count += figure_in(tree->child[i], several) != NULL;
    if (count && add_factor(self, self->bound->quantity[quantity].name, quantity))
        for (uint32_t i = 0; i < tree->count && !self->failed; i++)
            if (figure_in(tree->child[i], several))
                add_figure(self, figure_in(tree->child[i], several));
    if (count == 1 && tree->count == 1 && !self->failed)
        self->out->factor[self->out->count - 1].whole = tree->child[0];
    for (uint32_t number = 0; several && take_numbered(self, tree, quantity, number);)
        number++;
}

static void take_quantity(search *self, uint32_t index) {
    const aici_quantity *quantity = &self->bound->quantity[index];
    const aici_expr *tree = quantity->tree;
    bool is_given = quantity->role == AICI_ROLE_ASSUMPTION || quantity->role == AICI_ROLE_INPUT;
    if (tree->type.kind != AICI_TYPE_QUANTITY)
        return;
    if (!is_given) {
        take_formula(self, tree, index, quantity->name, false);
    } else if (tree->kind == AICI_EXPR_SERIES) {
        take_series(self, tree, index);
    } else if (tree->kind == AICI_EXPR_COMPOUND) {
        take_part(self, tree->child[0], index, quantity->name);
        take_part(self, tree->child[1], index, name_of(self, "%s (%s)", quantity->name, "growth"));
    } else {
        take_part(self, tree, index, quantity->name);
    }
}

/* --- units ---------------------------------------------------------------------------------------------------------------------------- */

/** A factor that is the quantity has its unit; a figure inside of a formula the unit that it is written with, or a coherent one. */
static bool set_unit(search *self, aici_factor *factor) {
    const aici_quantity *quantity = &self->bound->quantity[factor->quantity];
    const aici_expr *node = factor->only;
    const bool all = node && factor->whole && is_multiple(factor->whole, node, &factor->times);
    factor->times = all ? factor->times : 1;
    factor->dimension = &(all ? factor->whole : node ? node : quantity->tree)->type.dimension;
    if (aici_dimension_equal(factor->dimension, &quantity->tree->type.dimension)) {
        factor->unit = quantity->unit;
        factor->scale = quantity->unit_scale;
        factor->preferred = aici_describe_unit(self->bound, quantity);
        return true;
    }
    if (node->kind == AICI_EXPR_NUMBER && fabs(factor->times) == 1) {
        factor->unit = aici_arena_copy(self->arena, node->as.number.unit_text.bytes, node->as.number.unit_text.size);
        factor->scale = node->as.number.unit.scale;
        factor->preferred = factor->unit;
    } else {
        aici_buffer text = aici_buffer_new(self->allocator);
        aici_units_add_dimension(self->bound->units, factor->dimension, &text);
        factor->unit = aici_describe_keep(self->arena, &text);
        factor->scale = 1;
        factor->preferred = NULL;
    }
    return factor->unit != NULL;
}

static void mark_correlated(search *self, aici_factor *factor) {
    for (uint32_t i = 0; i < self->bound->correlation_count; i++)
        if (self->bound->correlation[i].first == factor->quantity || self->bound->correlation[i].second == factor->quantity)
            factor->correlated = true;
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static aic_status take_reached(search *self, const unsigned char *reached) {
    for (uint32_t i = 0; i < self->bound->quantity_count && !self->failed; i++)
        if (reached[i])
            take_quantity(self, i);
    for (uint32_t i = 0; i < self->out->count && !self->failed; i++) {
        self->failed = !set_unit(self, &self->out->factor[i]);
        mark_correlated(self, &self->out->factor[i]);
    }
    return self->failed ? AIC_ERROR_MEMORY : AIC_OK;
}

/** The certain figures become settings, and the lists move into the arena. */
static bool settle(search *self, aici_factor *factor, aici_factor_figure *figure) {
    aici_factors *out = self->out;
    size_t count = (size_t)out->figure_count + 1;
    out->factor = aici_arena_take_array(self->arena, (size_t)out->count + 1, sizeof *factor);
    out->figure = aici_arena_take_array(self->arena, count, sizeof *figure);
    out->varying = aici_arena_take_array(self->arena, count, sizeof *out->varying);
    out->setting = aici_arena_take_array(self->arena, count, sizeof *out->setting);
    out->setting_factor = aici_arena_take_array(self->arena, count, sizeof *out->setting_factor);
    if (!out->factor || !out->figure || !out->varying || !out->setting || !out->setting_factor)
        return false;
    for (uint32_t i = 0; i < out->count; i++)
        out->factor[i] = factor[i];
    for (uint32_t i = 0; i < out->figure_count; i++) {
        out->figure[i] = figure[i];
        if (figure[i].node->kind != AICI_EXPR_NUMBER)
            continue;
        out->varying[out->setting_count] = (aici_varying){AICI_NONE, figure[i].node, 1, true};
        out->setting[out->setting_count] = figure[i].node->as.number.value;
        out->setting_factor[out->setting_count++] = figure[i].factor;
    }
    return true;
}

aic_status aici_factors_find(aici_bound *bound, const aici_wanted *wanted, aici_arena *arena, aici_factors *out, aic_report *report) {
    const aic_allocator *allocator = aici_arena_allocator(arena);
    search self = {.bound = bound, .allocator = allocator, .arena = arena, .out = out};
    *out = (aici_factors){.bound = bound};
    unsigned char *reached = aici_memory_take_array(allocator, (size_t)bound->quantity_count + 1, 1);
    aic_status status = reached ? aici_plan_reach(bound, wanted, 1, allocator, reached, report) : aici_report_memory(report);
    if (status == AIC_OK) {
        status = take_reached(&self, reached);
        aici_factor *factor = out->factor;
        aici_factor_figure *figure = out->figure;
        if (status == AIC_OK && !settle(&self, factor, figure))
            status = AIC_ERROR_MEMORY;
        aici_memory_release(allocator, factor);
        aici_memory_release(allocator, figure);
        if (status != AIC_OK)
            status = aici_report_memory(report);
    }
    aici_memory_release(allocator, reached);
    return status;
}

/* --- programs ------------------------------------------------------------------------------------------------------------------------- */

static aic_status compile(const aici_factors *factors, aici_bound *bound, const aici_wanted *wanted, bool samples, uint32_t first,
                          uint32_t count, const aic_allocator *allocator, aici_program **program, aic_report *report) {
    const aici_plan_request request = {.bound = bound,
                                       .varying = factors->varying + first,
                                       .varying_count = count,
                                       .wanted = wanted,
                                       .wanted_count = 1,
                                       .samples = samples,
                                       .single_assignment = samples};
    return aici_plan_compile(&request, allocator, program, report);
}

/** Tries each figure alone, and keeps those that can be settings. */
static aic_status keep_what_can_vary(aici_factors *factors, aici_bound *bound, const aici_wanted *wanted, const aic_allocator *allocator) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < factors->setting_count; i++) {
        aici_program *program = NULL;
        aic_status status = compile(factors, bound, wanted, false, i, 1, allocator, &program, NULL);
        aici_program_free(program);
        if (status == AIC_ERROR_MEMORY)
            return status;
        if (status != AIC_OK) {
            factors->factor[factors->setting_factor[i]].fixed = true;
            continue;
        }
        factors->varying[kept] = factors->varying[i];
        factors->setting[kept] = factors->setting[i];
        factors->setting_factor[kept++] = factors->setting_factor[i];
    }
    factors->setting_count = kept;
    return AIC_OK;
}

aic_status aici_factors_compile(aici_factors *factors, aici_bound *bound, const aici_wanted *wanted, bool samples,
                                const aic_allocator *allocator, aici_program **program, aic_report *report) {
    aic_status status = compile(factors, bound, wanted, samples, 0, factors->setting_count, allocator, program, NULL);
    if (status == AIC_ERROR_UNSUPPORTED) {
        if (keep_what_can_vary(factors, bound, wanted, allocator) != AIC_OK)
            return aici_report_memory(report);
    } else if (status == AIC_OK) {
        return AIC_OK;
    }
    return compile(factors, bound, wanted, samples, 0, factors->setting_count, allocator, program, report);
}

const uint32_t *aici_factors_of_draws(const aici_factors *factors, const aici_program *program, aici_arena *arena) {
    uint32_t *factor = aici_arena_take_array(arena, (size_t)program->draw_count + 1, sizeof *factor);
    for (uint32_t i = 0; factor && i < program->draw_count; i++) {
        factor[i] = AICI_NONE;
        for (uint32_t k = 0; k < factors->figure_count && program->draw[i].word_count; k++)
            if (factors->figure[k].node == program->draw[i].origin.node && factors->figure[k].quantity == program->draw[i].origin.quantity)
                factor[i] = factors->figure[k].factor;
    }
    return factor;
}
