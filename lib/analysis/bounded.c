/* SPDX-License-Identifier: MIT */
/*
 * The inputs that have bounds are looked at apart. Of one that is a distribution, the probability of being outside is known; the others are
 * sampled by so few draws that it costs next to nothing: a share is wanted, not a count, and what is asked for needs no tally of inputs.
 */
#include "analysis/bounded.h"
#include "analysis/run.h"
#include "analysis/sampled.h"
#include "eval/eval.h"

#include <inttypes.h>
#include <math.h>

enum { MOST_DRAWS = 4096 };

/* What is sampled here. */
typedef struct looking {
    const aici_bounded *of;
    aici_sample_wish wish;
    aici_run run; /* only collects */
    unsigned char *reached;
    aici_program *program;
    double *uniform;
    aici_output_bounds *bounds;
    aici_statistics *statistics;
} looking;

/* --- which inputs --------------------------------------------------------------------------------------------------------------------- */

static bool may_leave_bounds(const looking *self, uint32_t index) {
    const aici_quantity *quantity = &self->of->bound->quantity[index];
    return self->reached[index] && quantity->role == AICI_ROLE_INPUT && quantity->tree->type.uncertain &&
           (isfinite(quantity->bounds.low) || isfinite(quantity->bounds.high)) && !(self->of->counted && self->of->counted[index]);
}

static aic_status collect(looking *self, const aici_wanted *wanted, size_t count) {
    aici_bound *bound = self->of->bound;
    self->reached = aici_memory_take_array(self->of->allocator, (size_t)bound->quantity_count + 1, 1);
    if (!self->reached)
        return aici_report_memory(self->of->report);
    aic_status status = aici_plan_reach(bound, wanted, count, self->of->allocator, self->reached, self->of->report);
    for (uint32_t i = 0; i < bound->quantity_count && status == AIC_OK; i++) {
        if (may_leave_bounds(self, i))
            status = aici_run_want(&self->run, i);
    }
    return status;
}

/* --- sampling ------------------------------------------------------------------------------------------------------------------------- */

static bool take_memory(looking *self) {
    const aic_allocator *allocator = self->of->allocator;
    self->uniform = aici_memory_take_array(allocator, (size_t)self->program->uniform_count + 1, sizeof *self->uniform);
    self->bounds = aici_memory_take_array(allocator, self->run.count, sizeof *self->bounds);
    self->statistics = aici_memory_take_array(allocator, self->run.count, sizeof *self->statistics);
    for (size_t i = 0; self->bounds && i < self->run.count; i++) {
        const aici_bounds *bounds = &self->of->bound->quantity[self->run.wanted[i].quantity].bounds;
        self->bounds[i] = (aici_output_bounds){bounds->low, bounds->high, bounds->low_open, bounds->high_open};
    }
    return self->uniform && self->bounds && self->statistics;
}

static aic_status sample(looking *self) {
    const aici_bounded *of = self->of;
    const aici_plan_request request = {.bound = of->bound, .wanted = self->run.wanted, .wanted_count = self->run.count, .samples = true};
    aic_status status = aici_plan_compile(&request, of->allocator, &self->program, of->report);
    if (status == AIC_OK && !take_memory(self))
        status = aici_report_memory(of->report);
    if (status == AIC_OK)
        status = aici_analysis_prepare(of->bound, self->program, NULL, of->allocator, self->uniform, of->report);
    const aici_sampled sampled = {of->bound, self->program, self->uniform, self->bounds, &self->wish, of->allocator, of->report, NULL};
    return status == AIC_OK ? aici_sampled_run(&sampled, self->statistics) : status;
}

/* --- what is said --------------------------------------------------------------------------------------------------------------------- */

void aici_bounded_add_share(aici_buffer *out, double count, uint64_t draws) {
    double hundredths = round(1e4 * count / (double)draws);
    aici_buffer_add_text(out, hundredths < 1 ? "<" : "");
    aici_buffer_add_number(out, fmax(hundredths, 1) / 100);
    aici_buffer_add_text(out, " % of the draws");
    if (hundredths < 1)
        aici_buffer_add_format(out, " (about %.0f of %" PRIu64 ")", fmax(round(count), 1), draws);
}

static void warn(const looking *self, const aici_quantity *quantity, double count, uint64_t draws) {
    aici_buffer share = aici_buffer_new(self->of->allocator);
    aici_bounded_add_share(&share, count, draws);
    aici_report_remark(self->of->report, AIC_SEVERITY_WARNING, AICI_CODE_DRAWS_AMISS, &quantity->place, "%s: %s are out of its bounds",
                       quantity->name, aici_buffer_text(&share));
    aici_report_hint(self->of->report, "choose a distribution that stays within them, such as `truncated(…, low, high)` or `beta(a, b)`");
    aici_buffer_free(&share);
}

/* The draw that an input of one value is, under whatever names; AICI_NONE where it is none. */
static uint32_t draw_of(const looking *self, uint32_t quantity) {
    const aici_bound *bound = self->of->bound;
    const aici_expr *tree = bound->quantity[quantity].tree;
    while (tree->kind == AICI_EXPR_NAME && tree->as.name.symbol < bound->quantity_count)
        tree = bound->quantity[tree->as.name.symbol].tree;
    for (uint32_t i = 0; tree->kind == AICI_EXPR_DISTRIBUTION && !tree->type.years && i < self->program->draw_count; i++)
        if (self->program->draw[i].origin.node == tree && self->program->draw[i].word_count)
            return i;
    return AICI_NONE;
}

/* Of @p most that were found outside among the few: the expectation among all draws, where it is known. */
static aic_status judge(const looking *self, size_t output, uint64_t most) {
    const aici_bounded *of = self->of;
    const uint32_t quantity = self->run.wanted[output].quantity, draw = draw_of(self, quantity);
    const uint64_t draws = aici_sampled_draws(of->wish), looked = aici_sampled_draws(&self->wish);
    double probability = 0;
    aic_status status = AIC_OK;
    bool known = draws > looked && draw != AICI_NONE;
    if (known)
        status = aici_eval_outside(self->program, self->uniform, draw, &self->bounds[output], of->allocator, &probability);
    double expected = probability * (double)draws;
    if (status == AIC_OK && (most || expected >= 1))
        warn(self, &of->bound->quantity[quantity], known ? expected : (double)most, known ? draws : looked);
    return status == AIC_ERROR_MEMORY ? aici_report_memory(of->report) : status;
}

/* Of a series the year in which most are. */
static aic_status warn_of_all(const looking *self) {
    aic_status status = AIC_OK;
    for (size_t i = 0; i < self->run.count && status == AIC_OK;) {
        const size_t first = i;
        const uint32_t quantity = self->run.wanted[i].quantity;
        uint64_t most = 0;
        for (; i < self->run.count && self->run.wanted[i].quantity == quantity; i++)
            most = self->statistics[i].out_of_bounds > most ? self->statistics[i].out_of_bounds : most;
        status = judge(self, first, most);
    }
    return status;
}

static void end(looking *self) {
    const aic_allocator *allocator = self->of->allocator;
    aici_run_end(&self->run);
    aici_program_free(self->program);
    aici_memory_release(allocator, self->reached);
    aici_memory_release(allocator, self->uniform);
    aici_memory_release(allocator, self->bounds);
    aici_memory_release(allocator, self->statistics);
}

aic_status aici_bounded_warn(const aici_bounded *bounded, const aici_wanted *wanted, size_t count) {
    looking self = {.of = bounded, .wish = *bounded->wish};
    self.wish.samples = self.wish.samples < MOST_DRAWS ? self.wish.samples : MOST_DRAWS;
    self.wish.quantile_count = 0;
    self.wish.control.progress = NULL;
    aic_status status = aici_run_begin(&self.run, bounded->bound, bounded->allocator, bounded->report);
    if (status == AIC_OK)
        status = collect(&self, wanted, count);
    if (status == AIC_OK && self.run.count)
        status = sample(&self);
    if (status == AIC_OK && self.run.count)
        status = warn_of_all(&self);
    end(&self);
    return status;
}
