/* SPDX-License-Identifier: MIT */
/*
 * How many servers does a chat service need, for a thousand combinations of traffic and utilization? The scenario is compiled once with
 * these two as inputs, then a batch runs over the caller's own arrays: no copies, no text, a few nanoseconds each.
 *
 *   cc serve_a_chat_service.c $(pkg-config --cflags --libs aicompute)
 */
#include <aicompute/aicompute.h>
#include <stdio.h>

enum { CASES = 1000 };

static int fail(aic_report *report) {
    aic_text *text = NULL;
    if (aic_report_text(report, 0, &text) == AIC_OK) {
        fputs(aic_text_bytes(text), stderr);
    }
    aic_text_free(text);
    aic_report_free(report);
    return 1;
}

/** Visits from 20 to 120 million a day, utilization from 20 to 50 %. */
static void fill_inputs(double *visits, double *utilization) {
    for (int i = 0; i < CASES; i++) {
        visits[i] = 20e6 + 100e6 * (double)(i % 25) / 24;
        utilization[i] = 0.20 + 0.30 * (double)(i / 25) / 39;
    }
}

static aic_status compile(const char *file, aic_model **model, aic_report *report) {
    const aic_column inputs[] = {{"visits", "visit/day"}, {"chat.utilization", "1"}};
    const aic_column outputs[] = {{"chat.servers", NULL}, {"chat.capex", "USD"}};
    const aic_model_options options = {sizeof options, inputs, 2, outputs, 2};
    aic_scenario *scenario = NULL;
    aic_status status = aic_scenario_load_file(file, NULL, &scenario, report);
    if (status == AIC_OK) {
        status = aic_model_compile(scenario, &options, model, report);
    }
    aic_scenario_free(scenario); /* the model does not need it */
    return status;
}

int main(int count, char **words) {
    static double visits[CASES], utilization[CASES], servers[CASES], capex[CASES];
    const double *inputs[] = {visits, utilization};
    double *outputs[] = {servers, capex};
    aic_report *report = aic_report_new(NULL);
    aic_model *model = NULL;
    if (compile(count > 1 ? words[1] : "examples/scenarios/chat_service.yaml", &model, report) != AIC_OK) {
        return fail(report);
    }
    fill_inputs(visits, utilization);
    aic_status status = aic_model_evaluate_batch(model, CASES, inputs, outputs, NULL, report);
    aic_model_unref(model);
    if (status != AIC_OK) {
        return fail(report);
    }
    for (int i = 0; i < CASES; i += 333) {
        printf("%6.1f M visits/day at %4.1f %%: %9.0f servers, %8.1f M USD\n", visits[i] / 1e6, utilization[i] * 100, servers[i],
               capex[i] / 1e6);
    }
    aic_report_free(report);
    return 0;
}
