/* SPDX-License-Identifier: MIT */
/* Prints a formula twice: with names, and with marks in their places, behind which the values are kept in the same order. */
#include "analysis/substitute.h"
#include "analysis/describe.h"

#include <string.h>

/* Stands behind the mark of an indexed name: the brackets that follow belong to the name. */
enum { DROP_BRACKETS = 0x18 };

typedef struct substitution {
    aici_known *known;
    uint32_t model;
    aici_figure *operand;
    size_t count;
} substitution;

static bool stands_for_value(const aici_look *look) { return look && !look->whole && !look->missing; }

static void add_mark(substitution *self, const aici_look *look, double value, aici_buffer *out) {
    const aici_quantity *quantity = &self->known->run->bound->quantity[look->quantity];
    bool bracketed = value < 0 || look->powered;
    self->operand[self->count++] =
        (aici_figure){value, &quantity->tree->type.dimension, aici_describe_unit(self->known->run->bound, quantity)};
    aici_buffer_add_text(out, bracketed ? "(" : "");
    aici_buffer_add_char(out, AICI_RESULT_OPERAND);
    aici_buffer_add_text(out, bracketed ? ")" : "");
    if (look->indexed)
        aici_buffer_add_char(out, DROP_BRACKETS);
}

/* Texts and truth values stand for themselves. */
static bool add_word(const substitution *self, const aici_look *look, aici_buffer *out) {
    const aici_quantity *quantity = &self->known->run->bound->quantity[look->quantity];
    uint8_t kind = quantity->tree->type.kind;
    double truth = 0;
    if (kind == AICI_TYPE_QUANTITY || (kind == AICI_TYPE_BOOLEAN && !aici_run_value(self->known->run, look->quantity, look->year, &truth)))
        return false;
    const char *text = aici_describe_text(self->known->arena, quantity, truth);
    out->failed = out->failed || !text;
    aici_buffer_add_format(out, kind == AICI_TYPE_TEXT ? "'%s'" : "%s", text ? text : "");
    return true;
}

static void print_value(const aici_expr_printer *printer, const aici_expr *name, aici_buffer *out) {
    substitution *self = (substitution *)printer->context;
    const aici_look *look = aici_looks_find(&self->known->looks, name);
    double value;
    if (look && add_word(self, look, out))
        return;
    if (stands_for_value(look) && self->count < self->known->looks.count &&
        aici_run_value(self->known->run, look->quantity, look->year, &value))
        add_mark(self, look, value, out);
    else if (look)
        aici_buffer_add_text(out, aici_describe_name(&self->known->run->bound->quantity[look->quantity], self->model));
    else
        aici_buffer_add_slice(out, name->as.name.text);
}

/* Takes out "[2030]" behind names whose values of that year stand there. */
static void drop_brackets(aici_buffer *text) {
    size_t to = 0;
    for (size_t from = 0; from < text->size; from++) {
        if (text->bytes[from] != DROP_BRACKETS) {
            text->bytes[to++] = text->bytes[from];
            continue;
        }
        const char *end = text->bytes[from + 1] == '[' ? strchr(text->bytes + from, ']') : NULL;
        from = end ? (size_t)(end - text->bytes) : from;
    }
    if (text->bytes)
        text->bytes[text->size = to] = '\0';
}

/* --- branches ------------------------------------------------------------------------------------------------------------------------- */

static const aici_expr *take_branches(const aici_known *known, const aici_expr *tree);

/* The node itself when its children stay as they are, else a copy; NULL when there is no memory. */
static const aici_expr *take_in_children(const aici_known *known, const aici_expr *tree) {
    const aici_expr **child = aici_arena_take_array(known->arena, tree->count, sizeof *child);
    bool same = true;
    for (uint32_t i = 0; child && i < tree->count; i++) {
        child[i] = take_branches(known, tree->child[i]);
        same = same && child[i] == tree->child[i];
        if (!child[i])
            return NULL;
    }
    aici_expr *copy = child && !same ? aici_arena_take(known->arena, sizeof *copy) : NULL;
    if (!copy)
        return child && same ? tree : NULL;
    *copy = *tree;
    copy->child = child;
    return copy;
}

/* Up from the first operand; an operation is made anew from where something changes on. */
static const aici_expr *take_up(const aici_known *known, const aici_expr *const *spine, size_t count) {
    const aici_expr *left = take_branches(known, spine[count - 1]->child[0]);
    for (size_t i = count; i-- > 0 && left;) {
        const aici_expr *right = take_branches(known, spine[i]->child[1]);
        bool same = left == spine[i]->child[0] && right == spine[i]->child[1];
        left = !right ? NULL : same ? spine[i] : aici_expr_new_binary(known->arena, spine[i]->variant, left, right);
    }
    return left;
}

static const aici_expr *take_in_binary(const aici_known *known, const aici_expr *tree) {
    size_t count = 0, used = 0;
    for (const aici_expr *at = tree; at->kind == AICI_EXPR_BINARY; at = at->child[0])
        count++;
    const aici_expr **spine = aici_memory_take_array(known->run->allocator, count, sizeof *spine);
    for (const aici_expr *at = tree; spine && used < count; at = at->child[0])
        spine[used++] = at;
    const aici_expr *taken = spine ? take_up(known, spine, count) : NULL;
    aici_memory_release(known->run->allocator, spine);
    return taken;
}

/* The tree as it counts: where texts and truth values decide, one branch alone. */
static const aici_expr *take_branches(const aici_known *known, const aici_expr *tree) {
    bool truth;
    if (tree->count == 0)
        return tree;
    if (tree->kind == AICI_EXPR_IF && aici_look_decides(known->run, tree->child[0], &truth))
        return take_branches(known, tree->child[truth ? 1 : 2]);
    return tree->kind == AICI_EXPR_BINARY ? take_in_binary(known, tree) : take_in_children(known, tree);
}

/* --- both texts ----------------------------------------------------------------------------------------------------------------------- */

bool aici_substitute(aici_known *known, const aici_expr *tree, uint32_t model, aici_result_step *step) {
    const aici_expr *taken = known->looks.decided ? take_branches(known, tree) : tree;
    substitution self = {.known = known, .model = model};
    aici_expr_printer printer = {.name = print_value, .context = &self};
    aici_buffer text = aici_buffer_new(known->run->allocator);
    self.operand = aici_arena_take_array(known->arena, known->looks.count, sizeof *self.operand);
    step->formula = aici_describe_formula(known->arena, known->run->bound, tree, model);
    if (!taken || !self.operand || !step->formula)
        return false;
    if (tree->kind != AICI_EXPR_NAME)
        aici_expr_add_text(taken, &printer, &text);
    if (!aici_buffer_failed(&text))
        drop_brackets(&text);
    step->substituted = aici_describe_keep(known->arena, &text);
    if (step->substituted && strcmp(step->substituted, step->formula) == 0)
        step->substituted = "";
    step->operand = self.operand;
    step->operand_count = self.count;
    return step->substituted;
}
