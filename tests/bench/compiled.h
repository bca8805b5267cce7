/* SPDX-License-Identifier: MIT */
/* W1 loaded, and compiled for the evaluator. */
#ifndef TESTS_BENCH_COMPILED_H
#define TESTS_BENCH_COMPILED_H

#include "eval/eval.h"
#include "fleet.h"
#include "plan/plan.h"
#include "scenario/scenario.h"
#include <aicompute/aicompute.h>
#include <stdlib.h>
#include <string.h>

enum { FLEET_INPUTS = 7, FLEET_OUTPUTS = 5, MOST_UNIFORM = 100 };

static const char *const fleet_outputs[FLEET_OUTPUTS] = {"per_query", "rate", "accelerators", "servers", "capex"};

static inline void stop(const char *what) {
    fprintf(stderr, "benchmark: %s\n", what);
    exit(1);
}

static inline aic_scenario *fleet_load(void) {
    aic_scenario *scenario = NULL;
    if (aic_scenario_load(FLEET_SCENARIO, strlen(FLEET_SCENARIO), "fleet", NULL, &scenario, NULL) != AIC_OK)
        stop("the scenario does not load");
    return scenario;
}

static inline aici_bound *fleet_bind(aic_scenario *scenario) {
    aici_bound *bound = NULL;
    if (aici_scenario_bind(scenario, &bound, NULL) != AIC_OK)
        stop("the scenario is not bound");
    return bound;
}

/** A program that draws, and its uniform values. */
typedef struct compiled {
    aici_program *program;
    double uniform[MOST_UNIFORM];
} compiled;

/** Of the last @p count outputs: 1 is capex alone. */
static inline compiled fleet_compile(aic_scenario *scenario, uint32_t count) {
    compiled made;
    aici_wanted wanted[FLEET_OUTPUTS];
    aici_bound *bound = fleet_bind(scenario);
    for (uint32_t i = 0; i < count; i++)
        wanted[i] =
            (aici_wanted){.quantity = aici_bound_find(bound, fleet_outputs[FLEET_OUTPUTS - count + i]), .year = AICI_NO_YEAR, .scale = 1};
    const aici_plan_request request = {.bound = bound, .wanted = wanted, .wanted_count = count, .samples = true};
    if (aici_plan_compile(&request, aici_memory_default(), &made.program, NULL) != AIC_OK || made.program->uniform_count > MOST_UNIFORM ||
        made.program->draw_count != FLEET_INPUTS)
        stop("no program");
    if (aici_eval_prepare(made.program, NULL, aici_memory_default(), made.uniform, NULL) != AIC_OK)
        stop("not prepared");
    aici_bound_unref(bound);
    return made;
}

#endif
