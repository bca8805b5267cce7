/* SPDX-License-Identifier: MIT */
/*
 * W1's capex, drawn once to know its statistics, and once to know its elasticities by all inputs: the same points. Usage:
 * elasticities_library WHAT SAMPLES REPLICATES ROUNDS, SAMPLES those of one replicate. WHAT: `plain` (mean, sd and three quantiles of
 * capex) and `plain5` (of all five outputs) are a sampling, `elasticities` is what a sensitivity does over the draws, all from a compiled
 * program on; `sample` and `sensitivity` are the public functions, from a loaded scenario on, asked for capex alone.
 */
#include "clock.h"

#include "analysis/factors.h"
#include "compiled.h"

typedef struct wish {
    const char *what;
    uint64_t samples;
    uint32_t replicates;
    int rounds;
} wish;

/* --- from a compiled program on ------------------------------------------------------------------------------------------------------- */

static void run_plain(const wish *self, uint32_t outputs) {
    static const double quantile[] = {0.05, 0.5, 0.95};
    aic_scenario *scenario = fleet_load();
    compiled made = fleet_compile(scenario, outputs);
    aici_sampling sampling = {.program = made.program,
                              .uniform = made.uniform,
                              .sobol = true,
                              .samples = self->samples,
                              .replicates = self->replicates,
                              .threads = 1,
                              .quantile = quantile,
                              .quantile_count = 3,
                              .allocator = aici_memory_default()};
    for (int round = 0; round < self->rounds; round++) {
        aici_statistics statistics[FLEET_OUTPUTS];
        uint32_t faulty;
        sampling.seed = (uint64_t)round + 1;
        bench_clock start = bench_start();
        if (aici_eval_sample(&sampling, statistics, &faulty) != AIC_OK)
            stop("the program is not sampled");
        bench_print(bench_stop(start), statistics[outputs - 1].mean);
    }
    aici_program_free(made.program);
    aic_scenario_free(scenario);
}

/** The check is the mean elasticity by utilization, -1. */
static void time_elasticities(const wish *self, aici_elasticities_request *request, const aici_factors *factors) {
    for (int round = 0; round < self->rounds; round++) {
        const aici_elasticities *out = NULL;
        uint32_t faulty, of = 0;
        request->seed = (uint64_t)round + 1;
        bench_clock start = bench_start();
        aici_arena *arena = aici_arena_new(NULL);
        if (!arena || aici_eval_elasticities(request, arena, &out, &faulty) != AIC_OK)
            stop("no elasticities");
        bench_clock spent = bench_stop(start);
        while (strcmp(factors->factor[of].name, "utilization") != 0)
            of++;
        bench_print(spent, out->mean[of]);
        aici_arena_free(arena);
    }
}

static void run_elasticities(const wish *self) {
    aic_scenario *scenario = fleet_load();
    aici_bound *bound = fleet_bind(scenario);
    const aici_wanted wanted = {.quantity = aici_bound_find(bound, "capex"), .year = AICI_NO_YEAR, .scale = 1};
    aici_arena *arena = aici_arena_new(NULL);
    aici_factors factors;
    aici_program *program = NULL;
    double uniform[MOST_UNIFORM];
    if (!arena || aici_factors_find(bound, &wanted, arena, &factors, NULL) != AIC_OK ||
        aici_factors_compile(&factors, bound, &wanted, true, aici_memory_default(), &program, NULL) != AIC_OK ||
        program->uniform_count > MOST_UNIFORM ||
        aici_eval_prepare(program, factors.setting, aici_memory_default(), uniform, NULL) != AIC_OK)
        stop("no program");
    aici_elasticities_request request = {.program = program,
                                         .uniform = uniform,
                                         .draw_factor = aici_factors_of_draws(&factors, program, arena),
                                         .setting_factor = factors.setting_factor,
                                         .factor_count = factors.count,
                                         .samples = self->samples,
                                         .replicates = self->replicates,
                                         .threads = 1,
                                         .allocator = aici_memory_default()};
    time_elasticities(self, &request, &factors);
    aici_program_free(program);
    aici_arena_free(arena);
    aici_bound_unref(bound);
    aic_scenario_free(scenario);
}

/* --- by the public functions ---------------------------------------------------------------------------------------------------------- */

static void run_sample(const wish *self) {
    static const char *const name = "capex";
    aic_scenario *scenario = fleet_load();
    aic_sample_options options = {
        .size = sizeof options, .samples = self->samples * self->replicates, .replicates = self->replicates, .threads = 1};
    for (int round = 0; round < self->rounds; round++) {
        aic_result *result = NULL;
        options.seed = (uint64_t)round + 1;
        bench_clock start = bench_start();
        if (aic_scenario_sample(scenario, &name, 1, &options, &result, NULL) != AIC_OK)
            stop("the scenario is not sampled");
        bench_print(bench_stop(start), aic_result_statistic(result, 0, 0, AIC_STATISTIC_MEAN, 0));
        aic_result_unref(result);
    }
    aic_scenario_free(scenario);
}

static void run_sensitivity(const wish *self) {
    aic_scenario *scenario = fleet_load();
    aic_sensitivity_options options = {.size = sizeof options,
                                       .measures = AIC_MEASURE_ELASTICITIES,
                                       .samples = self->samples * self->replicates,
                                       .replicates = self->replicates,
                                       .threads = 1};
    for (int round = 0; round < self->rounds; round++) {
        aic_result *result = NULL;
        options.seed = (uint64_t)round + 1;
        bench_clock start = bench_start();
        if (aic_scenario_sensitivity(scenario, "capex", &options, &result, NULL) != AIC_OK)
            stop("there are no sensitivities");
        bench_print(bench_stop(start), (double)aic_result_row_count(result));
        aic_result_unref(result);
    }
    aic_scenario_free(scenario);
}

int main(int count, char **word) {
    if (count != 5)
        stop("four words, see the head of the source");
    const wish self = {word[1], (uint64_t)atof(word[2]), (uint32_t)atoi(word[3]), atoi(word[4])};
    if (strcmp(self.what, "plain") == 0)
        run_plain(&self, 1);
    else if (strcmp(self.what, "plain5") == 0)
        run_plain(&self, FLEET_OUTPUTS);
    else if (strcmp(self.what, "elasticities") == 0)
        run_elasticities(&self);
    else if (strcmp(self.what, "sample") == 0)
        run_sample(&self);
    else if (strcmp(self.what, "sensitivity") == 0)
        run_sensitivity(&self);
    else
        stop("there is no such run");
    return 0;
}
