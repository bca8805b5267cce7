/* SPDX-License-Identifier: MIT */
/*
 * W1 by the library. Usage: sampling_library METHOD SAMPLES REPLICATES ROUNDS THREADS SET. METHOD is mc or sobol, SAMPLES are those of one
 * replicate. SET: `api` is the public function, from a loaded scenario to its statistics; avx512, avx2, generic and best are the evaluator
 * alone, from a compiled program on.
 */
#include "clock.h"

#include "compiled.h"
#include "eval/isa.h"

/* --- the public function -------------------------------------------------------------------------------------------------------------- */

static void run_interface(aic_scenario *scenario, const aic_sample_options *options) {
    aic_result *result = NULL;
    bench_clock start = bench_start();
    if (aic_scenario_sample(scenario, fleet_outputs, FLEET_OUTPUTS, options, &result, NULL) != AIC_OK)
        stop("the scenario is not sampled");
    size_t index = 0;
    aic_result_find(result, "capex", &index, NULL);
    double mean = aic_result_statistic(result, index, 0, AIC_STATISTIC_MEAN, 0);
    bench_print(bench_stop(start), mean);
    aic_result_unref(result);
}

/* --- the evaluator -------------------------------------------------------------------------------------------------------------------- */

static const aici_isa *set_named(const char *name) {
    for (unsigned i = 0; i < AICI_ISA_COUNT; i++)
        if (aici_isa_at(i) && (strcmp(name, "best") == 0 || strcmp(aici_isa_at(i)->name, name) == 0))
            return aici_isa_at(i);
    stop("this machine does not have that instruction set");
    return NULL;
}

static void run_evaluator(const aici_sampling *sampling) {
    aici_statistics statistics[FLEET_OUTPUTS];
    uint32_t faulty;
    bench_clock start = bench_start();
    if (aici_eval_sample(sampling, statistics, &faulty) != AIC_OK)
        stop("the program is not sampled");
    bench_print(bench_stop(start), statistics[FLEET_OUTPUTS - 1].mean);
}

int main(int count, char **word) {
    static const double quantile[] = {0.05, 0.5, 0.95};
    if (count != 7)
        stop("six words, see the head of the source");
    bool sobol = strcmp(word[1], "sobol") == 0;
    uint64_t samples = (uint64_t)atof(word[2]);
    uint32_t replicates = (uint32_t)atoi(word[3]), threads = (uint32_t)atoi(word[5]);
    aic_scenario *scenario = fleet_load();
    aic_sample_options options = {.size = sizeof options,
                                  .samples = samples * replicates,
                                  .method = sobol ? AIC_METHOD_SOBOL : AIC_METHOD_MONTE_CARLO,
                                  .replicates = replicates,
                                  .threads = threads};
    bool interface = strcmp(word[6], "api") == 0;
    compiled made = fleet_compile(scenario, FLEET_OUTPUTS);
    aici_sampling sampling = {.program = made.program,
                              .uniform = made.uniform,
                              .sobol = sobol,
                              .samples = samples,
                              .replicates = replicates,
                              .threads = threads,
                              .quantile = quantile,
                              .quantile_count = 3,
                              .allocator = aici_memory_default(),
                              .isa = interface ? NULL : set_named(word[6])};
    for (int round = 0; round < atoi(word[4]); round++) {
        sampling.seed = options.seed = (uint64_t)round + 1;
        if (interface)
            run_interface(scenario, &options);
        else
            run_evaluator(&sampling);
    }
    aici_program_free(made.program);
    aic_scenario_free(scenario);
    return 0;
}
