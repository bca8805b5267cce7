/* SPDX-License-Identifier: MIT */
/*
 * W2 by the library's evaluator: first-order and total Sobol' indices of the fleet's capex, from a compiled program on. Usage:
 * indices_library POWER ROUNDS [REPLICATES], 2^POWER base points in all.
 */
#include "clock.h"

#include "compiled.h"

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
    static const uint32_t factor[FLEET_INPUTS] = {0, 1, 2, 3, 4, 5, 6};
    if (count != 3 && count != 4)
        stop("two or three words, see the head of the source");
    aic_scenario *scenario = fleet_load();
    compiled made = fleet_compile(scenario, 1);
    uint32_t replicates = count == 4 ? (uint32_t)atoi(word[3]) : 1;
    aici_indices_request request = {.program = made.program,
                                    .uniform = made.uniform,
                                    .factor = factor,
                                    .factor_count = FLEET_INPUTS,
                                    .replicates = replicates,
                                    .points = (UINT64_C(1) << atoi(word[1])) / replicates,
                                    .threads = 1,
                                    .allocator = aici_memory_default()};
    for (int round = 0; round < atoi(word[2]); round++) {
        request.seed = (uint64_t)round + 1;
        run(&request);
    }
    aici_program_free(made.program);
    aic_scenario_free(scenario);
    return 0;
}
