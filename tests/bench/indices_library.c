/* SPDX-License-Identifier: MIT */
/*
 * W2 by the library's evaluator: first-order and total Sobol' indices of the fleet's capex, from a compiled program on. Usage: indices_library POWER ROUNDS [REPLICATES], 2^POWER base
 * points in all.
 */
#include "clock.h"

#include "eval/eval.h"
#include "eval/indices.h"
#include "fleet.h"
#include "scenario/scenario.h"
#include <aicompute/aicompute.h>
#include <stdlib.h>
#include <string.h>

enum { INPUTS = 7 };

static void stop(const char *what) {
    fprintf(stderr, "indices_library: %s\n", what);
    exit(1);
}

static aici_program *compile(aic_scenario *scenario) {
    aici_bound *bound = NULL;
    aici_program *program = NULL;
    if (aici_scenario_bind(scenario, &bound, NULL) != AIC_OK)
        stop("the scenario is not bound");
    const aici_wanted wanted = {.quantity = aici_bound_find(bound, "capex"), .year = AICI_NO_YEAR, .scale = 1};
    const aici_plan_request request = {.bound = bound, .wanted = &wanted, .wanted_count = 1, .samples = true};
    if (aici_plan_compile(&request, aici_memory_default(), &program, NULL) != AIC_OK || program->draw_count != INPUTS)
        stop("no program");
    aici_bound_unref(bound);
    return program;
}

/** The total index of the first input is what the program made by hand prints, too. */
static void run(const aici_indices_request *request) {
    const aici_output_indices *indices = NULL;
    uint32_t faulty;
    bench_clock start = bench_start();
    aici_arena *arena = aici_arena_new(NULL);
    if (!arena || aici_eval_indices(request, arena, &indices, &faulty) != AIC_OK)
        stop("no indices");
    bench_print(bench_stop(start), indices[0].total[0].value);
    aici_arena_free(arena);
}

int main(int count, char **word) {
    static const uint32_t factor[INPUTS] = {0, 1, 2, 3, 4, 5, 6};
    double uniform[100];
    aic_scenario *scenario = NULL;
    if (count != 3 && count != 4)
        stop("two or three words, see the head of the source");
    if (aic_scenario_load(FLEET_SCENARIO, strlen(FLEET_SCENARIO), "fleet", NULL, &scenario, NULL) != AIC_OK)
        stop("the scenario does not load");
    aici_program *program = compile(scenario);
    if (program->uniform_count > 100 || aici_eval_prepare(program, NULL, aici_memory_default(), uniform, NULL) != AIC_OK)
        stop("not prepared");
    uint32_t replicates = count == 4 ? (uint32_t)atoi(word[3]) : 1;
    aici_indices_request request = {.program = program, .uniform = uniform, .factor = factor, .factor_count = INPUTS, .replicates = replicates,
                                    .points = (UINT64_C(1) << atoi(word[1])) / replicates, .threads = 1, .allocator = aici_memory_default()};
    for (int round = 0; round < atoi(word[2]); round++) {
        request.seed = (uint64_t)round + 1;
        run(&request);
    }
    aici_program_free(program);
    aic_scenario_free(scenario);
    return 0;
}
