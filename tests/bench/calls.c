/* SPDX-License-Identifier: MIT */
/*
 * W3: one evaluation of a compiled model through the public interface, W1's seven inputs and five outputs and four more operations, against
 * the same lines of C behind a function pointer. W4: a scenario of 200 assumptions from its bytes to a compiled model, against libyaml's
 * bare events of the same bytes. Usage: calls WORKLOAD ROUNDS, WORKLOAD one of evaluate, formula, load, events, sweep, sweep-draws. W1
 * swept through the public interface: `sweep`, its inputs values, 10 000 points of two of them; `sweep-draws`, 1000 points of one, with
 * 1024 draws of the others at each. Prints seconds of one call, or of one point.
 */
#include "clock.h"

#include "fleet.h"
#include <aicompute/aicompute.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { INPUTS = 7, OUTPUTS = 5, EVALUATIONS = 200000, LOADS = 50, ASSUMPTIONS = 200, POINTS = 10000, DRAWN_POINTS = 1000, DRAWS = 1024 };

static const char scenario_of_values[] = "aicompute: 1\n"
                                         "assumptions:\n"
                                         "  parameters: 1e12 parameter\n  tokens: 274 token/query\n  utilization: 35 %\n  visits: 6e7 "
                                         "visit/day\n  queries: 10 query/visit\n  peak: 2.5\n"
                                         "  price: 29000 USD/server\n" FLEET_CALCULATIONS;

static void stop(const char *what) {
    fprintf(stderr, "calls: %s\n", what);
    exit(1);
}

static aic_scenario *load(const char *text, size_t size) {
    aic_scenario *scenario = NULL;
    if (aic_scenario_load(text, size, "bench", NULL, &scenario, NULL) != AIC_OK)
        stop("the scenario does not load");
    return scenario;
}

static bench_clock per_call(bench_clock spent, int calls) { return (bench_clock){spent.processor / calls, spent.wall / calls}; }

/* --- W3 ------------------------------------------------------------------------------------------------------------------------------- */

static void time_evaluation(int rounds) {
    const aic_column inputs[INPUTS] = {{"parameters", NULL}, {"tokens", NULL}, {"utilization", NULL}, {"visits", NULL},
                                       {"queries", NULL},    {"peak", NULL},   {"price", NULL}};
    const aic_column outputs[OUTPUTS] = {{"per_query", NULL}, {"rate", NULL}, {"accelerators", NULL}, {"servers", NULL}, {"capex", NULL}};
    const aic_model_options options = {
        .size = sizeof options, .inputs = inputs, .input_count = INPUTS, .outputs = outputs, .output_count = OUTPUTS};
    aic_scenario *scenario = load(scenario_of_values, strlen(scenario_of_values));
    aic_model *model = NULL;
    double input[INPUTS], output[OUTPUTS] = {0};
    if (aic_model_compile(scenario, &options, &model, NULL) != AIC_OK)
        stop("the model does not compile");
    for (size_t i = 0; i < INPUTS; i++)
        input[i] = aic_model_input_value(model, i);
    for (int round = 0; round < rounds; round++) {
        bench_clock start = bench_start();
        for (int i = 0; i < EVALUATIONS; i++) {
            input[5] = output[4] > 1e9 ? 2.5 : 2.25; /* each call waits for the one before */
            aic_model_evaluate(model, input, output, NULL);
        }
        bench_print(per_call(bench_stop(start), EVALUATIONS), output[4]);
    }
    aic_model_unref(model);
    aic_scenario_free(scenario);
}

static void formula(const double *input, double *output) {
    output[0] = 2 * input[0] * input[1] / input[2];
    output[1] = output[0] * input[3] * input[4] / 86400 * input[5];
    output[2] = output[1] / 65e12;
    output[3] = output[2] / 8;
    output[4] = output[3] * input[6];
}

static void time_formula(int rounds) {
    void (*volatile call)(const double *, double *) = formula;
    double input[INPUTS] = {1e12, 274, 0.35, 6e7, 10, 2.5, 29000}, output[OUTPUTS] = {0};
    for (int round = 0; round < rounds; round++) {
        bench_clock start = bench_start();
        for (int i = 0; i < EVALUATIONS; i++) {
            input[5] = output[4] > 1e9 ? 2.5 : 2.25;
            call(input, output);
        }
        bench_print(per_call(bench_stop(start), EVALUATIONS), output[4]);
    }
}

/* --- W4 ------------------------------------------------------------------------------------------------------------------------------- */

static size_t write_assumptions(char *text) {
    static const char *const units[] = {"FLOP/s", "token/query", "USD", "W", "parameter"};
    size_t size = (size_t)sprintf(text, "aicompute: 1\nsources:\n  sheet: {title: Vendor data sheet, date: 2024-03}\nassumptions:\n");
    for (int i = 0; i < ASSUMPTIONS; i++) {
        size += (size_t)sprintf(text + size, "  assumption_%03d:\n    value: ", i);
        if (i % 3 == 2)
            size += (size_t)sprintf(text + size, "%g %s\n", 1.5 * (i + 1), units[i % 5]);
        else
            size += (size_t)sprintf(text + size, "%g to %g %s\n", 1.0 + i, 10.0 + 3 * i, units[i % 5]);
        size += (size_t)sprintf(text + size, "    source: sheet\n    note: measured on a quiet machine, median of %d runs\n", i % 9 + 3);
    }
    return size + (size_t)sprintf(text + size, "calculations:\n  share: assumption_000 / assumption_005\n");
}

static void load_and_compile(const char *text, size_t size) {
    aic_scenario *scenario = load(text, size);
    aic_model *model = NULL;
    if (aic_model_compile(scenario, NULL, &model, NULL) != AIC_OK)
        stop("the model does not compile");
    aic_model_unref(model);
    aic_scenario_free(scenario);
}

static void parse_events(const char *text, size_t size) {
    yaml_parser_t parser;
    yaml_event_t event;
    bool done = false;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
    while (!done && yaml_parser_parse(&parser, &event)) {
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

static void time_text(int rounds, void (*run)(const char *, size_t)) {
    static char text[1 << 18];
    size_t size = write_assumptions(text);
    for (int round = 0; round < rounds; round++) {
        bench_clock start = bench_start();
        for (int i = 0; i < LOADS; i++)
            run(text, size);
        bench_print(per_call(bench_stop(start), LOADS), (double)size);
    }
}

/* --- sweeps --------------------------------------------------------------------------------------------------------------------------- */

/** The check is capex, or its mean, at the last point. */
static void time_sweep(int rounds, aic_scenario *scenario, const aic_sweep_options *options, int points) {
    for (int round = 0; round < rounds; round++) {
        aic_result *result = NULL;
        const double *capex = NULL;
        bench_clock start = bench_start();
        if (aic_scenario_sweep(scenario, options, &result, NULL) != AIC_OK || aic_result_row_count(result) != (size_t)points)
            stop("the scenario is not swept");
        bench_clock spent = bench_stop(start);
        for (size_t i = 0; i < aic_result_column_count(result); i++)
            if (!capex && strcmp(aic_result_column(result, i, AIC_COLUMN_NAME), "capex") == 0)
                capex = aic_result_column_values(result, i);
        bench_print(per_call(spent, points), capex ? capex[points - 1] : 0);
        aic_result_unref(result);
    }
    aic_scenario_free(scenario);
}

static void sweep_values(int rounds) {
    static const char *const names[OUTPUTS] = {"per_query", "rate", "accelerators", "servers", "capex"};
    static double peak[POINTS], price[POINTS];
    const aic_sweep_axis axes[] = {{.name = "peak", .values = peak, .count = POINTS},
                                   {.name = "price", .values = price, .count = POINTS, .unit = "USD/server"}};
    const aic_sweep_options options = {
        .size = sizeof options, .axes = axes, .axis_count = 2, .together = 1, .names = names, .name_count = OUTPUTS};
    for (int i = 0; i < POINTS; i++) {
        peak[i] = 1 + 3.0 * i / POINTS;
        price[i] = 25000 + i;
    }
    time_sweep(rounds, load(scenario_of_values, strlen(scenario_of_values)), &options, POINTS);
}

static void sweep_draws(int rounds) {
    static const char *const name = "capex";
    static double price[DRAWN_POINTS];
    const aic_sweep_axis axis = {.name = "price", .values = price, .count = DRAWN_POINTS, .unit = "USD/server"};
    const aic_sample_options sampling = {.size = sizeof sampling, .samples = DRAWS, .replicates = 1};
    const aic_sweep_options options = {
        .size = sizeof options, .axes = &axis, .axis_count = 1, .names = &name, .name_count = 1, .sampling = &sampling};
    for (int i = 0; i < DRAWN_POINTS; i++)
        price[i] = 25000 + i;
    time_sweep(rounds, load(FLEET_SCENARIO, strlen(FLEET_SCENARIO)), &options, DRAWN_POINTS);
}

int main(int count, char **word) {
    int rounds = count == 3 ? atoi(word[2]) : 0;
    if (rounds && strcmp(word[1], "evaluate") == 0)
        time_evaluation(rounds);
    else if (rounds && strcmp(word[1], "formula") == 0)
        time_formula(rounds);
    else if (rounds && strcmp(word[1], "load") == 0)
        time_text(rounds, load_and_compile);
    else if (rounds && strcmp(word[1], "events") == 0)
        time_text(rounds, parse_events);
    else if (rounds && strcmp(word[1], "sweep") == 0)
        sweep_values(rounds);
    else if (rounds && strcmp(word[1], "sweep-draws") == 0)
        sweep_draws(rounds);
    else
        return 2;
    return 0;
}
