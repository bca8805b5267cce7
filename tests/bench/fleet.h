/* SPDX-License-Identifier: MIT */
/*
 * The workload of the benchmarks, W1: a service's fleet of servers, seven uncertain inputs and five outputs. Here as a scenario;
 * sampling_limit.c, sampling_gsl.c and the programs in other languages have the same numbers by hand.
 */
#ifndef TESTS_BENCH_FLEET_H
#define TESTS_BENCH_FLEET_H

#define FLEET_CALCULATIONS                                                                                                                 \
    "calculations:\n"                                                                                                                      \
    "  per_query: 2 FLOP/parameter/token * parameters * tokens / utilization\n"                                                            \
    "  rate: per_query * visits * queries * peak\n"                                                                                        \
    "  accelerators: rate / 65 TFLOP/s/accelerator\n"                                                                                      \
    "  servers: accelerators / 8 accelerator/server\n"                                                                                     \
    "  capex: servers * price\n"

#define FLEET_SCENARIO                                                                                                                     \
    "aicompute: 1\n"                                                                                                                       \
    "assumptions:\n"                                                                                                                       \
    "  parameters: 0.5e12 to 2e12 parameter\n"                                                                                             \
    "  tokens: 150 to 500 token/query\n"                                                                                                   \
    "  utilization: uniform(20 %, 50 %)\n"                                                                                                 \
    "  visits: 4e7 to 9e7 visit/day\n"                                                                                                     \
    "  queries: triangular(5 query/visit, 10 query/visit, 15 query/visit)\n"                                                               \
    "  peak: uniform(1, 4)\n"                                                                                                              \
    "  price: 29000 ± 3000 USD/server\n" FLEET_CALCULATIONS

#endif
