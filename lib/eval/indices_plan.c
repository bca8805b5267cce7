/* SPDX-License-Identifier: MIT */
/*
 * Every instruction's result is a value of its own with the set of factors that it depends on. One rule finds what must be kept: a value
 * that is read together with factors it does not depend on itself is needed unchanged when those are exchanged. All other registers are
 * used again as soon as their value is dead.
 */
#include "eval/indices_plan.h"

#include <string.h>

#define USED_TO_THE_END UINT32_MAX

typedef struct planning {
    const aici_program *program;
    const uint32_t *factor_of_draw;
    uint32_t factor_count;
    size_t words; /* of a set of factors */
    aici_arena *arena;
    aici_instruction *value; /* by value: operands are numbers of values where they are lanes */
    uint64_t *factors;       /* by value: a set */
    uint32_t *owner;         /* by value: the factor that it depends on alone, or AICI_NONE */
    uint32_t *last_use;      /* by value: the last value that reads it */
    uint32_t *place[2];      /* by value: its register in A, in B; AICI_NONE where it has none that is its own */
    uint32_t *scratch;       /* by value: its register in the list that is being made */
    aici_operand *output;    /* numbers of values, or uniform */
    uint32_t kept;           /* registers that belong to one value */
    uint32_t *free_stack, free_count, scratch_count, scratch_most;
} planning;

/** Which instructions a list has. */
typedef struct selection {
    bool a, own;               /* everything; what depends on one factor alone. Else what meets `exchanged` and depends on several */
    const uint64_t *exchanged; /* a set of factors */
} selection;

static bool is_lane(aici_operand operand) { return !(operand & AICI_OPERAND_UNIFORM); }

/** The operands of an instruction that are lanes. */
static unsigned lanes_of(aici_instruction *at, aici_operand *lane[3]) {
    static const unsigned char arguments_of[] = {
#define ARGUMENTS(name, arguments, meaning) arguments,
        AICI_INSTRUCTIONS(ARGUMENTS)
#undef ARGUMENTS
    };
    aici_operand *operand[] = {&at->a, &at->b, &at->c};
    unsigned first = at->opcode == AICI_OPCODE_FROM_NORMAL ? 1 : 0, count = 0;
    unsigned end = at->opcode < AICI_OPCODE_COUNT ? arguments_of[at->opcode] : first * 2;
    for (unsigned i = first; i < end; i++)
        if (is_lane(*operand[i]))
            lane[count++] = operand[i];
    return count;
}

/* --- sets of factors ------------------------------------------------------------------------------------------------------------------ */

static uint64_t *set_of(const planning *self, uint32_t value) { return self->factors + value * self->words; }

static void add_factor(uint64_t *set, uint32_t factor) { set[factor / 64] |= UINT64_C(1) << factor % 64; }

static void remove_factor(uint64_t *set, uint32_t factor) { set[factor / 64] &= ~(UINT64_C(1) << factor % 64); }

static bool meets(const planning *self, uint32_t value, const uint64_t *set) {
    const uint64_t *own = set_of(self, value);
    for (size_t i = 0; i < self->words; i++)
        if (own[i] & set[i])
            return true;
    return false;
}

static bool same_factors(const planning *self, uint32_t value, uint32_t other) {
    return memcmp(set_of(self, value), set_of(self, other), self->words * sizeof *self->factors) == 0;
}

/** The only factor of a set, or AICI_NONE. */
static uint32_t only_factor(const planning *self, const uint64_t *set) {
    uint32_t found = AICI_NONE;
    for (size_t i = 0; i < self->words; i++) {
        if (!set[i])
            continue;
        if (found != AICI_NONE || (set[i] & (set[i] - 1)))
            return AICI_NONE;
        found = (uint32_t)(i * 64) + (uint32_t)__builtin_ctzll(set[i]);
    }
    return found;
}

/* --- values --------------------------------------------------------------------------------------------------------------------------- */

static void gather_factors(planning *self, uint32_t value) {
    aici_operand *lane[3];
    unsigned count = lanes_of(&self->value[value], lane);
    uint64_t *set = set_of(self, value);
    for (unsigned i = 0; i < count; i++)
        for (size_t word = 0; word < self->words; word++)
            set[word] |= set_of(self, *lane[i])[word];
    if (self->value[value].opcode >= AICI_OPCODE_DRAW)
        add_factor(set, self->factor_of_draw[self->value[value].a]);
    self->owner[value] = only_factor(self, set);
}

/** @p holder: by lane register, the value that it holds. */
static void number_values(planning *self, uint32_t *holder) {
    const aici_program *program = self->program;
    aici_operand *lane[3];
    for (uint32_t value = 0; value < program->each_count; value++) {
        self->value[value] = program->each[value];
        unsigned count = lanes_of(&self->value[value], lane);
        for (unsigned i = 0; i < count; i++)
            *lane[i] = holder[*lane[i]];
        holder[program->each[value].to] = value;
        gather_factors(self, value);
    }
    for (uint32_t i = 0; i < program->output_count; i++)
        self->output[i] = is_lane(program->output[i]) ? holder[program->output[i]] : program->output[i];
}

static void keep(planning *self, uint32_t value) {
    if (self->place[0][value] != AICI_NONE)
        return;
    self->place[0][value] = self->kept++;
    if (self->owner[value] != AICI_NONE)
        self->place[1][value] = self->kept++;
}

static void find_uses(planning *self) {
    aici_operand *lane[3];
    for (uint32_t value = 0; value < self->program->each_count; value++)
        self->place[0][value] = self->place[1][value] = AICI_NONE;
    for (uint32_t value = 0; value < self->program->each_count; value++) {
        unsigned count = lanes_of(&self->value[value], lane);
        for (unsigned i = 0; i < count; i++) {
            self->last_use[*lane[i]] = value;
            if (!same_factors(self, *lane[i], value))
                keep(self, *lane[i]);
        }
    }
    for (uint32_t i = 0; i < self->program->output_count; i++)
        if (is_lane(self->output[i])) {
            self->last_use[self->output[i]] = USED_TO_THE_END;
            keep(self, self->output[i]);
        }
}

/* --- lists ---------------------------------------------------------------------------------------------------------------------------- */

static bool is_selected(const planning *self, const selection *which, uint32_t value) {
    if (which->a)
        return true;
    bool alone = self->owner[value] != AICI_NONE;
    return which->own ? alone : !alone && meets(self, value, which->exchanged);
}

/** The register of its own in which a value lies in a list, or AICI_NONE. */
static uint32_t place_of(const planning *self, const selection *which, uint32_t value) {
    if (which->a)
        return self->place[0][value];
    if (which->own)
        return self->place[1][value];
    if (!meets(self, value, which->exchanged))
        return self->place[0][value];
    return self->owner[value] != AICI_NONE ? self->place[1][value] : AICI_NONE;
}

static uint32_t register_of(const planning *self, const selection *which, uint32_t value) {
    uint32_t place = place_of(self, which, value);
    return place != AICI_NONE ? place : self->kept + self->scratch[value];
}

static void take_scratch(planning *self, uint32_t value) {
    self->scratch[value] = self->free_count ? self->free_stack[--self->free_count] : self->scratch_count++;
    if (self->scratch_count > self->scratch_most)
        self->scratch_most = self->scratch_count;
}

static void release_scratch(planning *self, const selection *which, uint32_t user, aici_operand *lane[3], unsigned count) {
    for (unsigned i = count; i-- > 0;) {
        bool again = (i > 0 && *lane[i] == *lane[0]) || (i > 1 && *lane[i] == *lane[1]);
        if (!again && self->last_use[*lane[i]] == user && place_of(self, which, *lane[i]) == AICI_NONE)
            self->free_stack[self->free_count++] = self->scratch[*lane[i]];
    }
}

static aici_instruction instruction_of(planning *self, const selection *which, uint32_t value) {
    aici_instruction read = self->value[value], made = read;
    aici_operand *from[3], *to[3];
    unsigned count = lanes_of(&read, from);
    lanes_of(&made, to);
    for (unsigned i = 0; i < count; i++)
        *to[i] = register_of(self, which, *from[i]);
    release_scratch(self, which, value, from, count);
    if (place_of(self, which, value) == AICI_NONE)
        take_scratch(self, value);
    made.to = register_of(self, which, value);
    return made;
}

static bool place_outputs(planning *self, const selection *which, aici_indices_list *out) {
    aici_operand *output = aici_arena_take_array(self->arena, self->program->output_count, sizeof *output);
    for (uint32_t i = 0; output && i < self->program->output_count; i++) {
        aici_operand of = self->output[i];
        bool as_in_a = !which->a && (!is_lane(of) || !meets(self, of, which->exchanged));
        output[i] = as_in_a ? AICI_NONE : is_lane(of) ? register_of(self, which, of) : of;
    }
    out->output = output;
    return output != NULL;
}

static bool make_list(planning *self, const selection *which, aici_indices_list *out) {
    uint32_t count = 0;
    for (uint32_t value = 0; value < self->program->each_count; value++)
        count += is_selected(self, which, value);
    aici_instruction *each = aici_arena_take_array(self->arena, count, sizeof *each);
    if (!each)
        return false;
    self->free_count = self->scratch_count = 0;
    *out = (aici_indices_list){.each = each};
    for (uint32_t value = 0; value < self->program->each_count; value++)
        if (is_selected(self, which, value))
            each[out->count++] = instruction_of(self, which, value);
    return which->own || place_outputs(self, which, out);
}

/** A list for each factor: it alone exchanged, or (@p all, the set of all of them) all but it. */
static const aici_indices_list *make_lists(planning *self, const uint64_t *all) {
    aici_indices_list *list = aici_arena_take_array(self->arena, self->factor_count, sizeof *list);
    uint64_t *set = aici_arena_take_array(self->arena, self->words, sizeof *set);
    bool made = list && set;
    for (uint32_t i = 0; made && i < self->factor_count; i++) {
        memset(set, 0, self->words * sizeof *set);
        if (all)
            memcpy(set, all, self->words * sizeof *set);
        (all ? remove_factor : add_factor)(set, i);
        made = make_list(self, &(selection){.exchanged = set}, &list[i]);
    }
    return made ? list : NULL;
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static bool take_memory(planning *self) {
    size_t values = self->program->each_count;
    self->value = aici_arena_take_array(self->arena, values, sizeof *self->value);
    self->factors = aici_arena_take_array(self->arena, values * self->words, sizeof *self->factors);
    self->owner = aici_arena_take_array(self->arena, values, sizeof *self->owner);
    self->last_use = aici_arena_take_array(self->arena, values, sizeof *self->last_use);
    self->place[0] = aici_arena_take_array(self->arena, values, sizeof *self->place[0]);
    self->place[1] = aici_arena_take_array(self->arena, values, sizeof *self->place[1]);
    self->scratch = aici_arena_take_array(self->arena, values, sizeof *self->scratch);
    self->free_stack = aici_arena_take_array(self->arena, values, sizeof *self->free_stack);
    self->output = aici_arena_take_array(self->arena, self->program->output_count, sizeof *self->output);
    return self->value && self->factors && self->owner && self->last_use && self->place[0] && self->place[1] && self->scratch &&
           self->free_stack && self->output;
}

static bool make_all_lists(planning *self, bool second_order, aici_indices_plan *out) {
    uint64_t *all = aici_arena_take_array(self->arena, self->words, sizeof *all);
    if (!all)
        return false;
    for (uint32_t i = 0; i < self->factor_count; i++)
        add_factor(all, i);
    if (!make_list(self, &(selection){.a = true}, &out->a) || !make_list(self, &(selection){.own = true}, &out->own) ||
        !make_list(self, &(selection){.exchanged = all}, &out->b))
        return false;
    out->one = make_lists(self, NULL);
    out->rest = second_order ? make_lists(self, all) : NULL;
    return out->one && (out->rest || !second_order);
}

bool aici_indices_plan_make(const aici_indices_request *request, aici_arena *arena, aici_indices_plan *out) {
    planning self = {.program = request->program,
                     .factor_of_draw = request->factor,
                     .factor_count = request->factor_count,
                     .words = (size_t)request->factor_count / 64 + 1,
                     .arena = arena};
    uint32_t *holder = aici_arena_take_array(arena, request->program->register_count, sizeof *holder);
    if (!holder || !take_memory(&self))
        return false;
    number_values(&self, holder);
    find_uses(&self);
    *out = (aici_indices_plan){0};
    bool made = make_all_lists(&self, request->second_order, out);
    out->register_count = self.kept + self.scratch_most;
    return made;
}
