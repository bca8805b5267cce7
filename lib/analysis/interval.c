/* SPDX-License-Identifier: MIT */
/*
 * Rounded figures vary together: up to ten of them by all corners of the box that they span, in one batch. Of more, each is first moved
 * alone, which shows on which side it makes the value large; then two corners are enough. Both are right for formulas that are monotone in
 * each figure, as those with which figures are derived from each other are.
 */
#include "analysis/interval.h"
#include "eval/eval.h"
#include "plan/plan.h"

#include <math.h>

enum { MOST_CORNERED = 10 };

/* A figure from print, where it stands in the program. One that was printed once may stand in several places, such as every year of a
 * series that is given as one value: they share a factor, and move together. */
typedef struct figure {
    const aici_expr *literal;
    double half; /* of a unit of its last digit, coherent */
    size_t factor;
} figure;

/* The figures that one formula depends on, and the program in which they vary. */
typedef struct box {
    const aici_rounding *of;
    aici_wanted wanted;
    figure *figure;
    size_t count, capacity, factor_count;
    aici_program *program;
    double *uniform;
    double *input, *output; /* input: a column a factor */
    const double **column;
    size_t lanes;
    aici_interval found;
    aici_corners *corners; /* NULL: nobody wants to know */
    bool broken;           /* somewhere in the box there is no finite value */
} box;

aic_status aici_rounding_begin(aici_rounding *rounding, aici_bound *bound, const aic_allocator *allocator, aic_report *report) {
    *rounding = (aici_rounding){.bound = bound, .allocator = allocator, .report = report};
    rounding->reached = aici_memory_take_array(allocator, (size_t)bound->quantity_count + 1, 1);
    for (uint32_t i = 0; i < bound->quantity_count; i++)
        rounding->any = rounding->any || bound->quantity[i].rounded;
    return rounding->reached ? AIC_OK : aici_report_memory(report);
}

void aici_rounding_end(aici_rounding *rounding) {
    aici_memory_release(rounding->allocator, rounding->reached);
    rounding->reached = NULL;
}

/* --- which figures -------------------------------------------------------------------------------------------------------------------- */

static aic_status add_figure(box *self, const aici_expr *tree, int digits) {
    const aici_expr *literal = aici_expr_literal(tree);
    if (!literal)
        return AIC_OK;
    figure *grown = aici_memory_grow(self->of->allocator, self->figure, self->count, &self->capacity, sizeof *grown);
    if (!grown)
        return aici_report_memory(self->of->report);
    self->figure = grown;
    grown[self->count++] = (figure){literal, aici_expr_half_digit(literal, digits), 0};
    return AIC_OK;
}

static aic_status add_figures(box *self, const aici_quantity *quantity) {
    const aici_expr *tree = quantity->tree;
    aic_status status = AIC_OK;
    if (tree->kind != AICI_EXPR_SERIES && tree->kind != AICI_EXPR_COMPOUND)
        return add_figure(self, tree, quantity->digits);
    for (uint32_t i = 0; i < tree->count && status == AIC_OK; i++)
        status = add_figure(self, tree->child[i], quantity->digits);
    return status;
}

static aic_status collect(box *self) {
    const aici_bound *bound = self->of->bound;
    aic_status status = aici_plan_reach(bound, &self->wanted, 1, self->of->allocator, self->of->reached, self->of->report);
    for (uint32_t i = 0; i < bound->quantity_count && status == AIC_OK; i++) {
        if (self->of->reached[i] && bound->quantity[i].rounded)
            status = add_figures(self, &bound->quantity[i]);
    }
    return status;
}

/* --- the program ---------------------------------------------------------------------------------------------------------------------- */

static aic_status compile(box *self, const figure *figures, size_t count, aic_report *report) {
    aici_varying *varying = aici_memory_take_array(self->of->allocator, count, sizeof *varying);
    if (!varying)
        return aici_report_memory(report);
    for (size_t i = 0; i < count; i++)
        varying[i] = (aici_varying){.quantity = AICI_NONE, .literal = figures[i].literal, .scale = 1.0};
    aici_plan_request request = {
        .bound = self->of->bound, .varying = varying, .varying_count = count, .wanted = &self->wanted, .wanted_count = 1};
    aic_status status = aici_plan_compile(&request, self->of->allocator, &self->program, report);
    aici_memory_release(self->of->allocator, varying);
    return status;
}

/* Leaves out figures that cannot vary, because a constant of the program (an exponent, a year) is made from them: these are taken as they
 * are printed. */
static aic_status keep_what_can_vary(box *self) {
    size_t kept = 0;
    for (size_t i = 0; i < self->count; i++) {
        aic_status status = compile(self, &self->figure[i], 1, NULL);
        aici_program_free(self->program);
        self->program = NULL;
        if (status == AIC_ERROR_MEMORY)
            return aici_report_memory(self->of->report);
        if (status == AIC_OK)
            self->figure[kept++] = self->figure[i];
    }
    self->count = kept;
    return AIC_OK;
}

/* The first try is silent, because a figure that cannot vary is no fault of the scenario. */
static aic_status compile_what_can_vary(box *self) {
    aic_status status = compile(self, self->figure, self->count, NULL);
    if (status == AIC_OK)
        return AIC_OK;
    if (status == AIC_ERROR_UNSUPPORTED)
        status = keep_what_can_vary(self);
    else if (status == AIC_ERROR_MEMORY)
        return aici_report_memory(self->of->report);
    return status == AIC_ERROR_MEMORY ? status : compile(self, self->figure, self->count, self->of->report);
}

static bool are_one_print(const aici_expr *left, const aici_expr *right) {
    return left->fragment && right->fragment && left->begin == right->begin && left->fragment->text.bytes == right->fragment->text.bytes;
}

static void number_factors(box *self) {
    self->factor_count = 0;
    for (size_t i = 0; i < self->count; i++) {
        size_t twin = 0;
        while (twin < i && !are_one_print(self->figure[twin].literal, self->figure[i].literal))
            twin++;
        self->figure[i].factor = twin < i ? self->figure[twin].factor : self->factor_count++;
    }
}

static aic_status prepare(box *self) {
    aic_status status = compile_what_can_vary(self);
    if (status != AIC_OK)
        return status;
    number_factors(self);
    self->uniform = aici_memory_take_array(self->of->allocator, (size_t)self->program->uniform_count + 1, sizeof *self->uniform);
    if (!self->uniform)
        return aici_report_memory(self->of->report);
    return aici_analysis_prepare(self->of->bound, self->program, NULL, self->of->allocator, self->uniform, self->of->report);
}

/* --- lanes ---------------------------------------------------------------------------------------------------------------------------- */

static aic_status make_lanes(box *self, size_t lanes) {
    self->lanes = lanes;
    self->input = aici_memory_take_array(self->of->allocator, self->factor_count * lanes + 1, sizeof *self->input);
    self->output = aici_memory_take_array(self->of->allocator, lanes, sizeof *self->output);
    self->column = aici_memory_take_array(self->of->allocator, self->count + 1, sizeof *self->column);
    if (!self->input || !self->output || !self->column)
        return aici_report_memory(self->of->report);
    for (size_t i = 0; i < self->count; i++)
        self->column[i] = self->input + self->figure[i].factor * lanes;
    return AIC_OK;
}

/* Gives figure @p index its value in one lane: -1 its low end, 0 as printed, +1 its high end. */
static void place(box *self, size_t index, size_t lane, int side) {
    self->input[self->figure[index].factor * self->lanes + lane] =
        self->figure[index].literal->as.number.value + side * self->figure[index].half;
}

/* Notes the figures of one lane as an end of the interval. */
static void note_corner(box *self, size_t lane, double *to) {
    for (size_t i = 0; i < self->count; i++)
        to[i] = self->column[i][lane];
}

/* An infinite corner opens the interval; one at which there is no value at all says nothing about it. That there was one is said at the
 * end. */
static void widen(box *self, size_t lane) {
    double value = self->output[lane];
    aici_corners *corners = self->corners;
    self->broken = self->broken || !isfinite(value);
    if (corners && value < self->found.low)
        note_corner(self, lane, corners->low = corners->value);
    if (corners && value > self->found.high)
        note_corner(self, lane, corners->high = corners->value + self->count);
    self->found.low = fmin(self->found.low, value); /* a value that is none gives way */
    self->found.high = fmax(self->found.high, value);
}

static aic_status run(box *self) {
    aic_status status = aici_eval_lanes(self->program, self->uniform, self->lanes, self->column, &self->output, self->of->allocator, NULL);
    if (status == AIC_ERROR_MEMORY)
        return aici_report_memory(self->of->report);
    for (size_t lane = 0; lane < self->lanes; lane++)
        widen(self, lane);
    return status;
}

static aic_status try_all_corners(box *self) {
    aic_status status = make_lanes(self, (size_t)1 << self->factor_count);
    if (status != AIC_OK)
        return status;
    for (size_t lane = 0; lane < self->lanes; lane++) {
        for (size_t i = 0; i < self->count; i++)
            place(self, i, lane, lane >> self->figure[i].factor & 1 ? 1 : -1);
    }
    return run(self);
}

/* Puts factors first .. first + lanes / 2 alone at their ends, two lanes each, all others as printed. */
static void move_some_alone(box *self, size_t first) {
    for (size_t i = 0; i < self->count; i++) {
        for (size_t lane = 0; lane < self->lanes; lane++)
            place(self, i, lane, 0);
        size_t moved = self->figure[i].factor - first;
        if (self->figure[i].factor >= first && moved < self->lanes / 2) {
            place(self, i, 2 * moved, -1);
            place(self, i, 2 * moved + 1, 1);
        }
    }
}

/* Of each factor, the side on which it makes the value large. */
static aic_status find_sides(box *self, signed char *side) {
    for (size_t first = 0; first < self->factor_count; first += self->lanes / 2) {
        move_some_alone(self, first);
        aic_status status = run(self);
        if (status != AIC_OK)
            return status;
        for (size_t i = 0; i < self->lanes / 2 && first + i < self->factor_count; i++)
            side[first + i] = self->output[2 * i] > self->output[2 * i + 1] ? -1 : 1;
    }
    return AIC_OK;
}

/* Lane 0 becomes the corner at which every figure makes the value small, lane 1 the opposite one; the others stay within. */
static void move_all_by_side(box *self, const signed char *side) {
    for (size_t i = 0; i < self->count; i++) {
        for (size_t lane = 0; lane < self->lanes; lane++)
            place(self, i, lane, lane == 0 ? -side[self->figure[i].factor] : lane == 1 ? side[self->figure[i].factor] : 0);
    }
}

static aic_status try_by_sign(box *self) {
    enum { MOST_LANES = 64 }; /* at a time, so that memory grows with the figures and not with their square */
    signed char *side = aici_memory_take_array(self->of->allocator, self->factor_count, sizeof *side);
    if (!side)
        return aici_report_memory(self->of->report);
    aic_status status = make_lanes(self, MOST_LANES);
    if (status == AIC_OK)
        status = find_sides(self, side);
    if (status == AIC_OK) {
        move_all_by_side(self, side);
        status = run(self);
    }
    aici_memory_release(self->of->allocator, side);
    return status;
}

/* --- the call ------------------------------------------------------------------------------------------------------------------------- */

static aic_status begin_corners(box *self) {
    aici_corners *corners = self->corners;
    corners->count = self->count;
    corners->literal = aici_memory_take_array(self->of->allocator, self->count, sizeof *corners->literal);
    corners->value = aici_memory_take_array(self->of->allocator, self->count, 2 * sizeof *corners->value);
    if (!corners->literal || !corners->value)
        return aici_report_memory(self->of->report);
    for (size_t i = 0; i < self->count; i++)
        corners->literal[i] = self->figure[i].literal;
    return AIC_OK;
}

void aici_corners_end(aici_corners *corners, const aic_allocator *allocator) {
    aici_memory_release(allocator, corners->literal);
    aici_memory_release(allocator, corners->value);
    *corners = (aici_corners){0};
}

static aic_status explore(box *self) {
    aic_status status = collect(self);
    if (status != AIC_OK || self->count == 0)
        return status;
    status = prepare(self);
    if (status != AIC_OK || self->count == 0)
        return status;
    status = self->corners ? begin_corners(self) : AIC_OK;
    if (status != AIC_OK)
        return status;
    return self->factor_count <= MOST_CORNERED ? try_all_corners(self) : try_by_sign(self);
}

static void release(box *self) {
    const aic_allocator *allocator = self->of->allocator;
    aici_program_free(self->program);
    aici_memory_release(allocator, self->figure);
    aici_memory_release(allocator, self->uniform);
    aici_memory_release(allocator, self->input);
    aici_memory_release(allocator, self->output);
    aici_memory_release(allocator, self->column);
}

static void say_broken(const box *self) {
    const aici_expr *tree = self->wanted.tree;
    aici_place place = tree->fragment ? aici_fragment_place(tree->fragment, 0, 0) : (aici_place){0};
    aici_report_remark(self->of->report, AIC_SEVERITY_WARNING, AICI_CODE_NOT_FINITE, &place,
                       "where rounded figures go to the ends of their last digits, this is not always a finite number; the computed "
                       "interval is open there, or leaves such ends out");
    aici_report_hint(self->of->report,
                     "the digits are too coarse for this formula: it divides by nearly nothing, or takes a root or logarithm near zero");
}

aic_status aici_interval_find(const aici_rounding *rounding, const aici_expr *tree, double plain, aici_corners *corners,
                              aici_interval *out) {
    box self = {.of = rounding, .found = {plain, plain}, .corners = corners};
    aic_status status = AIC_OK;
    self.wanted = (aici_wanted){.quantity = AICI_NONE, .tree = tree, .year = AICI_NO_YEAR, .scale = 1.0};
    if (rounding->any)
        status = explore(&self);
    if (self.broken && status == AIC_OK)
        say_broken(&self);
    if (status == AIC_OK)
        *out = self.found;
    release(&self);
    return status;
}
