/* SPDX-License-Identifier: MIT */
/*
 * Shares of the variance of one value. The factors of the design are those of the sensitivity that are drawn; those whose normal numbers
 * meet in a copula become one, which is read off the program.
 */
#include "analysis/describe.h"
#include "analysis/indices.h"

#include <math.h>
#include <string.h>

typedef struct survey {
    aici_sensitivity *self;
    const aici_program *program;
    double *uniform;
    const uint32_t *of_draw; /* factors of the sensitivity; AICI_NONE: a component, or met in a copula alone */
    uint32_t single;         /* factors of the sensitivity, without groups */
    uint32_t *root;          /* by member, the factors and behind them the draws that have none: the first that it hangs together with */
    uint32_t *place;         /* by member that is a root: its number in the design, or AICI_NONE */
    uint32_t *draw_place;    /* by draw: its number in the design */
    uint32_t count;          /* of the design */
} survey;

/* --- who hangs together --------------------------------------------------------------------------------------------------------------- */

static uint32_t root_of(const survey *at, uint32_t member) {
    while (at->root[member] != member)
        member = at->root[member];
    return member;
}

static uint32_t members(const survey *at) { return at->single + at->program->draw_count; }

/** A value may depend on a draw only because something is correlated with it: that is no factor, but moves with those that are. */
static uint32_t member_of(const survey *at, uint32_t draw) {
    if (at->of_draw[draw] == AICI_NONE && at->program->draw[draw].word_count)
        return at->single + draw;
    return at->of_draw[draw];
}

/** @return the member that stands for both; AICI_NONE stands for nothing */
static uint32_t join(survey *at, uint32_t member, uint32_t other) {
    if (member == AICI_NONE || other == AICI_NONE)
        return member == AICI_NONE ? other : member;
    uint32_t first = root_of(at, member), second = root_of(at, other), least = first < second ? first : second;
    at->root[first] = at->root[second] = least;
    return least;
}

/** @p holder: by lane register, whose normal number is in it, or AICI_NONE. */
static uint32_t holder_of(const uint32_t *holder, aici_operand operand) {
    return operand & AICI_OPERAND_UNIFORM ? AICI_NONE : holder[operand];
}

static void join_through(survey *at, const aici_instruction *instruction, uint32_t *holder) {
    uint32_t held = AICI_NONE;
    if (instruction->opcode == AICI_OPCODE_NORMAL)
        held = member_of(at, instruction->a);
    else if (instruction->opcode == AICI_OPCODE_FROM_NORMAL)
        join(at, member_of(at, instruction->a), holder_of(holder, instruction->b));
    else if (instruction->opcode == AICI_OPCODE_ADD || instruction->opcode == AICI_OPCODE_MULTIPLY)
        held = join(at, holder_of(holder, instruction->a), holder_of(holder, instruction->b));
    holder[instruction->to] = held;
}

static bool find_groups(survey *at) {
    aici_sensitivity *self = at->self;
    uint32_t *holder = aici_arena_take_array(self->arena, (size_t)at->program->register_count + 1, sizeof *holder);
    at->root = aici_arena_take_array(self->arena, (size_t)members(at) + 1, sizeof *at->root);
    if (!holder || !at->root)
        return false;
    for (uint32_t i = 0; i < at->program->register_count; i++)
        holder[i] = AICI_NONE;
    for (uint32_t i = 0; i < members(at); i++)
        at->root[i] = i;
    for (uint32_t i = 0; i < at->program->each_count; i++)
        join_through(at, &at->program->each[i], holder);
    return true;
}

/** In the order of the factors. */
static bool number_groups(survey *at) {
    aici_arena *arena = at->self->arena;
    at->place = aici_arena_take_array(arena, (size_t)members(at) + 1, sizeof *at->place);
    at->draw_place = aici_arena_take_array(arena, (size_t)at->program->draw_count + 1, sizeof *at->draw_place);
    if (!at->place || !at->draw_place)
        return false;
    for (uint32_t i = 0; i < members(at); i++)
        at->place[i] = AICI_NONE;
    for (uint32_t i = 0; i < at->program->draw_count; i++)
        if (member_of(at, i) != AICI_NONE)
            at->place[root_of(at, member_of(at, i))] = 0;
    for (uint32_t i = 0; i < members(at); i++)
        if (at->place[i] != AICI_NONE)
            at->place[i] = at->count++;
    for (uint32_t i = 0; i < at->program->draw_count; i++)
        at->draw_place[i] = member_of(at, i) == AICI_NONE ? AICI_NONE : at->place[root_of(at, member_of(at, i))];
    return true;
}

/* --- groups as factors ---------------------------------------------------------------------------------------------------------------- */

static uint32_t size_of_group(const survey *at, uint32_t root) {
    uint32_t size = 0;
    for (uint32_t i = 0; i < at->single; i++)
        size += root_of(at, i) == root;
    return size;
}

/** "price, volume (correlated)" */
static const char *name_of_group(const survey *at, uint32_t root) {
    aici_sensitivity *self = at->self;
    aici_buffer text = aici_buffer_new(self->allocator);
    for (uint32_t i = 0, named = 0; i < at->single; i++)
        if (root_of(at, i) == root)
            aici_buffer_add_format(&text, "%s%s", named++ ? ", " : "", self->factors.factor[i].name);
    aici_buffer_add_text(&text, " (correlated)");
    return aici_describe_keep(self->arena, &text);
}

/** Room for as many groups as there may be. */
static bool enlarge(aici_sensitivity *self) {
    size_t count = self->factors.count, most = count + count / 2 + 1;
    aici_factor *factor = aici_arena_take_array(self->arena, most, sizeof *factor);
    aici_factor_sensitivity *of = aici_arena_take_array(self->arena, most, sizeof *of);
    if (!factor || !of)
        return false;
    memcpy(factor, self->factors.factor, count * sizeof *factor);
    memcpy(of, self->of, count * sizeof *of);
    self->factors.factor = factor;
    self->of = of;
    return true;
}

aici_factor_sensitivity aici_factor_unknown(void) {
    const double none = (double)NAN;
    return (aici_factor_sensitivity){none, none, none, none, none, none, none, none, none, none, none, none, none, none, AICI_NONE};
}

/** Each number of the design goes to the factor that stands for it: the only one, or one that is added for the group. */
static bool place_design(survey *at) {
    aici_sensitivity *self = at->self;
    if (!enlarge(self))
        return false;
    for (uint32_t i = 0; i < at->single; i++) {
        if (at->place[i] == AICI_NONE)
            continue;
        uint32_t to = i;
        if (size_of_group(at, i) > 1) {
            const char *name = name_of_group(at, i);
            if (!name)
                return false;
            to = self->factors.count++;
            self->factors.factor[to] =
                (aici_factor){.name = name, .quantity = self->factors.factor[i].quantity, .uncertain = true, .unit = "", .scale = 1};
            self->of[to] = aici_factor_unknown();
        }
        self->of[to].in_design = at->place[i];
    }
    return true;
}

/* --- numbers -------------------------------------------------------------------------------------------------------------------------- */

/** Shares add up to 1: half of what a factor makes together with others is its own. Of interactions between two factors that is Shapley's
 * value. */
static void set_shares(aici_sensitivity *self, const aici_output_indices *found, uint32_t count) {
    double all = 0;
    for (uint32_t i = 0; i < count; i++)
        all += found->first[i].value + found->total[i].value;
    for (uint32_t i = 0; i < self->factors.count; i++) {
        aici_factor_sensitivity *of = &self->of[i];
        if (of->in_design == AICI_NONE)
            continue;
        const aici_estimate first = found->first[of->in_design], total = found->total[of->in_design];
        of->first = first.value;
        of->first_error = first.error;
        of->total = total.value;
        of->total_error = total.error;
        of->share = (first.value + total.value) / all;
    }
}

/** The most base points that one factor, or the whole, had to do without. */
static uint64_t most_left_out(const aici_output_indices *found, uint32_t count) {
    uint64_t most = found->left_out;
    for (uint32_t i = 0; i < count; i++)
        most = found->factor_left_out[i] > most ? found->factor_left_out[i] : most;
    return most;
}

static void warn_of_left_out(const aici_sensitivity *self, uint64_t left_out) {
    if (left_out)
        aici_report_remark(self->report, AIC_SEVERITY_WARNING, AICI_CODE_DRAWS_AMISS, NULL,
                           "%s: up to %llu of %llu base points of the indices are left out, because it is not finite there",
                           self->bound->quantity[self->wanted.quantity].name, (unsigned long long)left_out,
                           (unsigned long long)self->variance.points);
}

static void take_indices(survey *at, const aici_output_indices *found, uint64_t points) {
    aici_sensitivity *self = at->self;
    self->variance = (aici_variance_found){.points = points,
                                           .interactions = found->interactions,
                                           .second = found->second,
                                           .count = at->count,
                                           .none = isnan(found->interactions.value),
                                           .immense = isnan(found->variance)};
    set_shares(self, found, at->count);
    warn_of_left_out(self, most_left_out(found, at->count));
}

/* --- the run -------------------------------------------------------------------------------------------------------------------------- */

static aic_status run_design(survey *at) {
    aici_sensitivity *self = at->self;
    const aici_sensitivity_wish *wish = self->wish;
    const aici_output_indices *found = NULL;
    uint32_t faulty = 0;
    const aici_indices_request request = {.program = at->program,
                                          .uniform = at->uniform,
                                          .factor = at->draw_place,
                                          .factor_count = at->count,
                                          .second_order = wish->second_order,
                                          .seed = wish->seed,
                                          .points = aici_sensitivity_points(wish),
                                          .replicates = wish->replicates,
                                          .threads = wish->threads,
                                          .allocator = self->allocator,
                                          .control = &wish->control};
    aic_status status = aici_eval_indices(&request, self->arena, &found, &faulty);
    self->variance.too_many = status == AIC_ERROR_LIMIT;
    if (status == AIC_ERROR_LIMIT)
        return AIC_OK;
    status = aici_sensitivity_explain(self, at->program, status, faulty);
    if (status != AIC_OK)
        return status;
    if (!place_design(at))
        return aici_report_memory(self->report);
    take_indices(at, found, request.points * request.replicates);
    return AIC_OK;
}

static aic_status look_at(survey *at) {
    aici_sensitivity *self = at->self;
    at->uniform = aici_arena_take_array(self->arena, (size_t)at->program->uniform_count + 1, sizeof *at->uniform);
    at->of_draw = aici_factors_of_draws(&self->factors, at->program, self->arena);
    if (!at->uniform || !at->of_draw || !find_groups(at) || !number_groups(at))
        return aici_report_memory(self->report);
    aic_status status = aici_analysis_prepare(self->bound, at->program, self->factors.setting, self->allocator, at->uniform, self->report);
    return status == AIC_OK ? run_design(at) : status;
}

aic_status aici_indices_find(aici_sensitivity *self) {
    aici_program *program = NULL;
    if (!self->bound->quantity[self->wanted.quantity].tree->type.uncertain)
        return AIC_OK;
    aic_status status = aici_factors_compile(&self->factors, self->bound, &self->wanted, true, self->allocator, &program, self->report);
    if (status == AIC_OK && program->draw_count)
        status = look_at(&(survey){.self = self, .program = program, .single = self->factors.count});
    aici_program_free(program);
    return status;
}
