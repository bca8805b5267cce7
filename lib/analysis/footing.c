/* SPDX-License-Identifier: MIT */
/*
 * From a claim to the assumptions and inputs that its computed value depends on: those that are figures without a source, and those for
 * which a kind's default stands. A default is sourced when its kind says where it comes from.
 */
#include "analysis/footing.h"
#include "analysis/describe.h"
#include "plan/plan.h"

typedef bool test(const aici_quantity *quantity);

static bool is_standing(const aici_quantity *quantity) { return quantity->is_default; }

static bool is_unsourced(const aici_quantity *quantity) {
    bool given = quantity->role == AICI_ROLE_ASSUMPTION || quantity->role == AICI_ROLE_INPUT;
    bool by_kind = quantity->is_default && quantity->input && *quantity->input->source;
    bool is_figure = quantity->tree->type.kind == AICI_TYPE_QUANTITY && aici_describe_is_figure(quantity->tree);
    return given && is_figure && quantity->source == AICI_NONE && !by_kind;
}

/* The names of what was reached and passes the test; false when there is no memory. */
static bool list(const aici_bound *bound, const unsigned char *reached, test *passes, aici_arena *arena, aici_result_names *out) {
    aici_buffer text = aici_buffer_new(aici_arena_allocator(arena));
    size_t count = 0;
    for (uint32_t i = 0; i < bound->quantity_count; i++)
        count += reached[i] && passes(&bound->quantity[i]);
    const char **name = aici_arena_take_array(arena, count, sizeof *name);
    for (uint32_t i = 0; name && i < bound->quantity_count; i++) {
        if (!reached[i] || !passes(&bound->quantity[i]))
            continue;
        aici_buffer_add_format(&text, "%s%s", out->count ? ", " : "", bound->quantity[i].name);
        name[out->count++] = bound->quantity[i].name;
    }
    out->name = name;
    out->text = aici_describe_keep(arena, &text);
    return name && out->text;
}

aic_status aici_footing_find(const aici_bound *bound, const aici_expr *tree, aici_arena *arena, aici_result_claim *out,
                             aic_report *report) {
    const aic_allocator *allocator = aici_arena_allocator(arena);
    aici_wanted wanted = {.quantity = AICI_NONE, .tree = tree, .year = AICI_NO_YEAR, .scale = 1.0};
    unsigned char *reached = aici_memory_take_array(allocator, (size_t)bound->quantity_count + 1, 1);
    aic_status status = reached ? aici_plan_reach(bound, &wanted, 1, allocator, reached, report) : aici_report_memory(report);
    if (status == AIC_OK &&
        !(list(bound, reached, is_unsourced, arena, &out->unsourced) && list(bound, reached, is_standing, arena, &out->standing)))
        status = aici_report_memory(report);
    aici_memory_release(allocator, reached);
    return status;
}
