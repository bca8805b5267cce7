/* SPDX-License-Identifier: MIT */
/*
 * The walk: a stack of tasks and a stack of finished values. A node asks for what it needs, waits under these tasks, and is finished when
 * their values lie on top.
 */
#include "plan/lowering.h"

typedef enum task_step {
    STEP_LOWER,        /**< find the value of a node */
    STEP_FINISH,       /**< combine the `count` values that an operation asked for */
    STEP_CHOOSE,       /**< the condition of an `if` is known: which branches are needed? */
    STEP_KEEP_NODE,    /**< remember the newest value as that of a node in a year */
    STEP_KEEP_QUANTITY /**< likewise of a quantity */
} task_step;

struct aici_task {
    aici_origin at;
    task_step step;
    size_t count;
};

/* --- the two stacks ----------------------------------------------------------------------------------------------------------- */

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

/* --- names and leaves ----------------------------------------------------------------------------------------------------------- */

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

/* The place for sampling: here a distribution becomes a value like an input, a lane register that is filled at the start of each block. Its
 * stream is known by the name of the quantity and the number of the distribution in that quantity's tree (not by its position in the
 * scenario); the program would list it in a column of draws beside input_scale, with the node's parameters, and eval would fill the
 * register before the first instruction. A series of distributions is one draw: the key then has no year. */
static aici_value lower_distribution(aici_lowering *lowering, const aici_origin *at) {
    aici_value draw;
    if (aici_memo_find(&lowering->memo, at->node, AICI_NO_YEAR, &draw))
        return draw;
    draw = lowering->draws_allowed ? aici_values_draw(&lowering->values, at) : aici_lowering_refuse_distribution(lowering, at);
    keep(lowering, at->node, AICI_NO_YEAR, draw);
    return draw;
}

/* --- operations ----------------------------------------------------------------------------------------------------------------- */

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

/** In a series a node may be looked at from several years (and by itself: cumulative), so its values are remembered. */
static void lower_operation(aici_lowering *lowering, aici_origin at) {
    bool repeated = at.year != AICI_NO_YEAR;
    aici_value value;
    if (!at.node->type.years)
        at.year = AICI_NO_YEAR;
    else if (aici_years_find(at.node->type.years, at.year) < 0) {
        push_value(lowering, aici_lowering_refuse_year(lowering, &at, NULL, at.node->type.years));
        return;
    }
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
    case AICI_EXPR_DISTRIBUTION: push_value(lowering, lower_distribution(lowering, at)); break;
    default: lower_operation(lowering, *at);
    }
}

static void do_task(aici_lowering *lowering, const aici_task *task) {
    const aici_origin *at = &task->at;
    switch (task->step) {
    case STEP_LOWER: lower(lowering, at); break;
    case STEP_FINISH: finish(lowering, task); break;
    case STEP_CHOOSE: choose(lowering, at); break;
    case STEP_KEEP_NODE: keep(lowering, at->node, at->year, lowering->done[lowering->done_count - 1]); break;
    case STEP_KEEP_QUANTITY:
        keep(lowering, &lowering->bound->quantity[at->quantity], at->year, lowering->done[lowering->done_count - 1]);
        break;
    }
}

/* --- the whole -------------------------------------------------------------------------------------------------------------------- */

/** Inputs come first among the values, so that value i is input i. Where one thing varies twice, the later one counts. */
void aici_lowering_begin(aici_lowering *lowering) {
    lowering->values = aici_values_new(lowering->allocator);
    lowering->values.most = lowering->bound->most_instructions;
    lowering->memo = aici_memo_new(lowering->allocator);
    for (size_t i = 0; i < lowering->varying_count; i++) {
        const aici_varying *varying = &lowering->varying[i];
        aici_value input = aici_values_input(&lowering->values, (uint32_t)i);
        if (varying->literal) {
            keep(lowering, varying->literal, AICI_NO_YEAR, input);
            continue;
        }
        const aici_quantity *quantity = &lowering->bound->quantity[varying->quantity];
        if (quantity->tree->type.years || quantity->tree->type.kind == AICI_TYPE_TEXT)
            aici_lowering_refuse_quantity(lowering, varying->quantity);
        keep(lowering, quantity, AICI_NO_YEAR, input);
    }
}

void aici_lowering_end(aici_lowering *lowering) {
    aici_values_free(&lowering->values);
    aici_memo_free(&lowering->memo);
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
