/* SPDX-License-Identifier: MIT */
/*
 * The walk: a stack of tasks and a stack of finished values. A node asks for what it needs, waits under these tasks, and is finished when
 * their values lie on top.
 */
#include "plan/lowering.h"

typedef enum task_step {
    STEP_LOWER,        /**< find the value of a node */
    STEP_FINISH,       /**< combine the `count` values that an operation asked for */
    STEP_MAKE_DRAW,    /**< find the parameters of a distribution */
    STEP_FINISH_DRAW,  /**< the `count` parameters that are values are known */
    STEP_TAKE_DRAW,    /**< the draws that the value of a distribution is made from are known */
    STEP_CHOOSE,       /**< the condition of an `if` is known: which branches are needed? */
    STEP_KEEP_NODE,    /**< remember the newest value as that of a node in a year */
    STEP_KEEP_QUANTITY /**< likewise of a quantity */
} task_step;

struct aici_task {
    aici_origin at;
    task_step step;
    size_t count;
};

/* --- the two stacks ------------------------------------------------------------------------------------------------------------------- */

static void push_task(aici_lowering *lowering, const aici_origin *at, task_step step, size_t count) {
    aici_task *task = aici_memory_grow(lowering->allocator, lowering->task, lowering->task_count, &lowering->task_capacity, sizeof *task);
    if (!task) {
        lowering->failed = true;
        return;
    }
    lowering->task = task;
    task[lowering->task_count++] = (aici_task){*at, step, count};
}

static void push_value(aici_lowering *lowering, aici_value value) {
    aici_value *done = aici_memory_grow(lowering->allocator, lowering->done, lowering->done_count, &lowering->done_capacity, sizeof *done);
    if (!done) {
        lowering->failed = true;
        return;
    }
    lowering->done = done;
    done[lowering->done_count++] = value;
}

static void keep(aici_lowering *lowering, const void *key, int32_t year, aici_value value) {
    if (!aici_memo_keep(&lowering->memo, key, year, value))
        lowering->failed = true;
}

void aici_lowering_look(aici_lowering *lowering, const aici_origin *from, const aici_expr *node, int32_t year) {
    push_task(lowering, &(aici_origin){node, from->quantity, year}, STEP_LOWER, 0);
}

/* --- names and leaves ----------------------------------------------------------------------------------------------------------------- */

const aici_years *aici_lowering_years(const aici_lowering *lowering, const aici_expr *node) {
    return node->kind == AICI_EXPR_NAME ? lowering->bound->quantity[node->as.name.symbol].tree->type.years : node->type.years;
}

/** @p use is the place that needs the quantity, in the year in which it is needed. */
static void lower_quantity(aici_lowering *lowering, const aici_origin *use, uint32_t index) {
    const aici_quantity *quantity = &lowering->bound->quantity[index];
    const aici_years *years = quantity->tree->type.years;
    aici_origin at = {quantity->tree, index, years ? use->year : AICI_NO_YEAR};
    aici_value value;
    if (lowering->reached)
        lowering->reached[index] = 1;
    if (years && aici_years_find(years, use->year) < 0) {
        push_value(lowering, aici_lowering_refuse_year(lowering, use, quantity->name, years));
    } else if (aici_memo_find(&lowering->memo, quantity, at.year, &value)) {
        bool circle = value == AICI_MEMO_PENDING;
        push_value(lowering, circle ? aici_lowering_refuse_circle(lowering, use, quantity->name) : value);
    } else {
        keep(lowering, quantity, at.year, AICI_MEMO_PENDING);
        push_task(lowering, &at, STEP_KEEP_QUANTITY, 0);
        push_task(lowering, &at, STEP_LOWER, 0);
    }
}

static aici_value lower_number(aici_lowering *lowering, const aici_expr *literal) {
    aici_value input;
    if (lowering->varying_count && aici_memo_find(&lowering->memo, literal, AICI_NO_YEAR, &input))
        return input;
    return aici_values_constant(&lowering->values, literal->as.number.value);
}

static aici_value lower_year(aici_lowering *lowering, const aici_origin *at) {
    return at->year == AICI_NO_YEAR ? aici_lowering_refuse_year(lowering, at, "year", NULL)
                                    : aici_values_constant(&lowering->values, at->year);
}

/* --- operations ----------------------------------------------------------------------------------------------------------------------- */

/** The tasks from @p first on were pushed in the order of reading; the last one is done first. */
static void reverse_tasks(aici_lowering *lowering, size_t first) {
    for (size_t last = lowering->task_count; last > first + 1; first++) {
        aici_task other = lowering->task[--last];
        lowering->task[last] = lowering->task[first];
        lowering->task[first] = other;
    }
}

static void ask_and_finish(aici_lowering *lowering, const aici_origin *at) {
    size_t finish = lowering->task_count;
    push_task(lowering, at, STEP_FINISH, 0);
    aici_lowering_look_at_operands(lowering, at);
    if (lowering->failed)
        return;
    lowering->task[finish].count = lowering->task_count - finish - 1;
    reverse_tasks(lowering, finish + 1);
}

/** What is no series is the same in all years; a series lives in some. False when it is refused. */
static bool settle_year(aici_lowering *lowering, aici_origin *at) {
    const aici_years *years = at->node->type.years;
    if (!years)
        at->year = AICI_NO_YEAR;
    else if (aici_years_find(years, at->year) < 0) {
        push_value(lowering, aici_lowering_refuse_year(lowering, at, NULL, years));
        return false;
    }
    return true;
}

/** In a series a node may be looked at from several years (and by itself: cumulative), so its values are remembered. */
static void lower_operation(aici_lowering *lowering, aici_origin at) {
    bool repeated = at.year != AICI_NO_YEAR;
    aici_value value;
    if (!settle_year(lowering, &at))
        return;
    if (repeated && aici_memo_find(&lowering->memo, at.node, at.year, &value)) {
        push_value(lowering, value);
        return;
    }
    if (repeated)
        push_task(lowering, &at, STEP_KEEP_NODE, 0);
    if (at.node->kind == AICI_EXPR_IF) {
        push_task(lowering, &at, STEP_CHOOSE, 0);
        aici_lowering_look(lowering, &at, at.node->child[0], at.year);
    } else {
        ask_and_finish(lowering, &at);
    }
}

/** A branch that is decided by texts and truth values alone is the only one that is followed. */
static void choose(aici_lowering *lowering, const aici_origin *at) {
    aici_value condition = lowering->done[lowering->done_count - 1];
    double truth;
    if (aici_values_number(&lowering->values, condition, &truth)) {
        lowering->done_count--;
        aici_lowering_look(lowering, at, at->node->child[truth != 0 ? 1 : 2], at->year);
        return;
    }
    push_task(lowering, at, STEP_FINISH, 3);
    aici_lowering_look(lowering, at, at->node->child[2], at->year);
    aici_lowering_look(lowering, at, at->node->child[1], at->year);
}

/* --- distributions -------------------------------------------------------------------------------------------------------------------- */

static void ask_for_draw(aici_lowering *lowering, const aici_expr *node, uint32_t quantity, int32_t year) {
    push_task(lowering, &(aici_origin){node, quantity, node->type.years ? year : AICI_NO_YEAR}, STEP_MAKE_DRAW, 0);
}

/** Of correlated quantities those that come before by name are drawn too. */
static void ask_for_group(aici_lowering *lowering, const aici_copula_row *row) {
    for (uint32_t i = 0; i <= row->index; i++)
        push_task(lowering, &row->copula->member[i], STEP_MAKE_DRAW, 0);
}

/** A distribution is one draw in all years, unless a parameter is a series. */
static void lower_distribution(aici_lowering *lowering, aici_origin at) {
    const aici_copula_row *row = aici_copulas_row(&lowering->copulas, &at);
    aici_value value;
    if (!settle_year(lowering, &at))
        return;
    if (aici_memo_find(&lowering->memo, at.node, at.year, &value)) {
        push_value(lowering, value);
        return;
    }
    push_task(lowering, &at, STEP_TAKE_DRAW, 0);
    if (row)
        ask_for_group(lowering, row);
    ask_for_draw(lowering, at.node, at.quantity, at.year);
}

/** Components become draws, other parameters values. */
static void make_draw(aici_lowering *lowering, const aici_origin *at) {
    size_t finish = lowering->task_count, values = 0;
    if (aici_draws_find(&lowering->draws, at) != AICI_NONE)
        return;
    push_task(lowering, at, STEP_FINISH_DRAW, 0);
    for (uint32_t i = 0; i < at->node->count; i++) {
        bool component = at->node->as.parameter[i] == AICI_PARAMETER_DISTRIBUTION;
        if (component)
            ask_for_draw(lowering, at->node->child[i], at->quantity, at->year);
        else
            aici_lowering_look(lowering, at, at->node->child[i], at->year);
        values += !component;
    }
    if (lowering->failed)
        return;
    lowering->task[finish].count = values;
    reverse_tasks(lowering, finish + 1);
}

static void finish_draw(aici_lowering *lowering, const aici_task *task) {
    lowering->done_count -= task->count;
    const aici_value *seen = lowering->done + lowering->done_count;
    for (size_t i = 0; i < task->count; i++)
        if (aici_values_varies(&lowering->values, seen[i]))
            aici_lowering_refuse_constant(lowering, &task->at, seen[i], "a parameter of a distribution");
    if (!aici_draws_add(&lowering->draws, &task->at, seen))
        lowering->failed = true;
}

static void take_draw(aici_lowering *lowering, const aici_origin *at) {
    const aici_copula_row *row = aici_copulas_row(&lowering->copulas, at);
    aici_values *values = &lowering->values;
    uint32_t draw = aici_draws_find(&lowering->draws, at);
    aici_value value;
    if (!lowering->samples)
        value = aici_values_median(values, draw, at);
    else if (row)
        value = aici_values_draw(values, AICI_OPCODE_FROM_NORMAL, draw, aici_copula_normal(row, &lowering->draws, values), at);
    else if (aici_draws_by_normal(&lowering->draws, at))
        value = aici_values_draw(values, AICI_OPCODE_FROM_NORMAL, draw, aici_values_draw(values, AICI_OPCODE_NORMAL, draw, 0, at), at);
    else
        value = aici_values_draw(values, AICI_OPCODE_DRAW, draw, 0, at);
    keep(lowering, at->node, at->year, value);
    push_value(lowering, value);
}

/* --- steps ---------------------------------------------------------------------------------------------------------------------------- */

static void finish(aici_lowering *lowering, const aici_task *task) {
    lowering->done_count -= task->count;
    const aici_value *seen = lowering->done + lowering->done_count;
    push_value(lowering, aici_lowering_combine(lowering, &task->at, seen, task->count));
}

static void lower(aici_lowering *lowering, const aici_origin *at) {
    const aici_expr *node = at->node;
    switch ((aici_expr_kind)node->kind) {
    case AICI_EXPR_NUMBER: push_value(lowering, lower_number(lowering, node)); break;
    case AICI_EXPR_BOOLEAN: push_value(lowering, aici_values_constant(&lowering->values, node->as.boolean)); break;
    case AICI_EXPR_TEXT: push_value(lowering, aici_values_text(&lowering->values, node->as.text)); break;
    case AICI_EXPR_YEAR: push_value(lowering, lower_year(lowering, at)); break;
    case AICI_EXPR_NAME: lower_quantity(lowering, at, node->as.name.symbol); break;
    case AICI_EXPR_DISTRIBUTION: lower_distribution(lowering, *at); break;
    default: lower_operation(lowering, *at);
    }
}

static void do_task(aici_lowering *lowering, const aici_task *task) {
    const aici_origin *at = &task->at;
    switch (task->step) {
    case STEP_LOWER: lower(lowering, at); break;
    case STEP_FINISH: finish(lowering, task); break;
    case STEP_MAKE_DRAW: make_draw(lowering, at); break;
    case STEP_FINISH_DRAW: finish_draw(lowering, task); break;
    case STEP_TAKE_DRAW: take_draw(lowering, at); break;
    case STEP_CHOOSE: choose(lowering, at); break;
    case STEP_KEEP_NODE: keep(lowering, at->node, at->year, lowering->done[lowering->done_count - 1]); break;
    case STEP_KEEP_QUANTITY:
        keep(lowering, &lowering->bound->quantity[at->quantity], at->year, lowering->done[lowering->done_count - 1]);
        break;
    }
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static void let_vary(aici_lowering *lowering, const aici_varying *varying, aici_value value) {
    if (varying->literal) {
        keep(lowering, varying->literal, AICI_NO_YEAR, value);
        return;
    }
    const aici_quantity *quantity = &lowering->bound->quantity[varying->quantity];
    if (quantity->tree->type.years || quantity->tree->type.kind == AICI_TYPE_TEXT)
        aici_lowering_refuse_quantity(lowering, varying->quantity);
    keep(lowering, quantity, AICI_NO_YEAR, value);
}

/** Those that vary from lane to lane, or those that are settings. */
static void let_all_vary(aici_lowering *lowering, bool settings) {
    uint32_t index = 0;
    for (uint32_t i = 0; i < lowering->varying_count; i++)
        if (lowering->varying[i].setting == settings)
            let_vary(lowering, &lowering->varying[i],
                     settings ? aici_values_setting(&lowering->values, index++, i) : aici_values_input(&lowering->values, index++, i));
}

/** Inputs come first among the values, so that value i is input i. Where one thing varies twice, the later one counts. */
void aici_lowering_begin(aici_lowering *lowering) {
    lowering->values = aici_values_new(lowering->allocator);
    lowering->values.most = lowering->bound->most_instructions;
    lowering->memo = aici_memo_new(lowering->allocator);
    lowering->draws = aici_draws_new(lowering->bound, lowering->allocator);
    lowering->copulas = aici_copulas_new(lowering->allocator);
    let_all_vary(lowering, false);
    let_all_vary(lowering, true);
    if (lowering->samples && !aici_copulas_find(&lowering->copulas, lowering->bound, &lowering->memo))
        lowering->failed = true;
}

void aici_lowering_end(aici_lowering *lowering) {
    aici_values_free(&lowering->values);
    aici_memo_free(&lowering->memo);
    aici_draws_free(&lowering->draws);
    aici_copulas_free(&lowering->copulas);
    aici_memory_release(lowering->allocator, lowering->task);
    aici_memory_release(lowering->allocator, lowering->done);
}

/** Copied before it is done, because new tasks take its place. */
static void do_all(aici_lowering *lowering) {
    while (lowering->task_count && !lowering->failed && !lowering->values.failed) {
        aici_task next = lowering->task[--lowering->task_count];
        do_task(lowering, &next);
    }
}

aici_value aici_lowering_run(aici_lowering *lowering, const aici_wanted *wanted) {
    aici_origin at = {wanted->tree, wanted->tree ? AICI_NONE : wanted->quantity, wanted->year};
    if (wanted->tree)
        push_task(lowering, &at, STEP_LOWER, 0);
    else
        lower_quantity(lowering, &at, wanted->quantity);
    do_all(lowering);
    if (lowering->failed || lowering->values.failed)
        return 0;
    aici_value value = lowering->done[--lowering->done_count];
    return lowering->values.entry[value].kind == AICI_VALUE_TEXT ? aici_lowering_refuse_text(lowering, &at) : value;
}

aic_status aici_lowering_status(const aici_lowering *lowering) {
    if (lowering->values.too_many)
        return aici_lowering_refuse_size(lowering);
    if (lowering->failed || lowering->values.failed)
        return aici_report_memory(lowering->report);
    return lowering->status;
}
