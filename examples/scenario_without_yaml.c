/* SPDX-License-Identifier: MIT */
/*
 * Builds a scenario by calls, computes it, and prints it as the YAML that would load to the same.
 *
 *   cc scenario_without_yaml.c $(pkg-config --cflags --libs aicompute)
 */
#include <aicompute/aicompute.h>
#include <stdio.h>

/** The calls in order, as a table: each changes nothing when it fails, so the first failure can simply be reported. */
static aic_status build(aic_scenario *scenario, aic_report *report) {
    static const struct {
        const char *name, *expression;
    } inputs[] = {
        {"run.tokens", "300B token"},
        {"run.accelerators", "1024 accelerator"},
        {"run.accelerator_peak", "312 TFLOP/s/accelerator"},
        {"run.utilization", "mfu"},
    };
    aic_status status = aic_scenario_set_header(scenario, "title", "GPT-3 on 1024 A100", report);
    if (status == AIC_OK) {
        status = aic_scenario_add_source(scenario, "megatron", "Narayanan et al. 2021, arXiv:2104.04473", report);
    }
    if (status == AIC_OK) {
        status = aic_scenario_add_assumption(scenario, "mfu", "140 TFLOP/s / 312 TFLOP/s", report);
    }
    if (status == AIC_OK) {
        status = aic_scenario_add_model(scenario, "run", "training", report);
    }
    if (status == AIC_OK) {
        status = aic_scenario_set_number(scenario, "run.parameters", 175e9, "parameter", report);
    }
    for (size_t i = 0; status == AIC_OK && i < sizeof inputs / sizeof inputs[0]; i++) {
        status = aic_scenario_set(scenario, inputs[i].name, inputs[i].expression, report);
    }
    if (status == AIC_OK) {
        status = aic_scenario_set_property(scenario, "run.tokens", "source", "megatron", report);
    }
    if (status == AIC_OK) {
        status = aic_scenario_add_calculation(scenario, "weeks", "run.duration / 7 day", report);
    }
    return status;
}

int main(void) {
    aic_report *report = aic_report_new(NULL);
    aic_scenario *scenario = NULL;
    aic_result *result = NULL;
    aic_text *yaml = NULL, *table = NULL;
    aic_status status = aic_scenario_new(NULL, &scenario, report);
    if (status == AIC_OK) {
        status = build(scenario, report);
    }
    if (status == AIC_OK) {
        status = aic_scenario_evaluate(scenario, NULL, 0, &result, report);
    }
    if (status == AIC_OK && aic_result_text(result, NULL, &table, report) == AIC_OK &&
        aic_scenario_text(scenario, &yaml, report) == AIC_OK) {
        printf("%s\n# the same as YAML\n%s", aic_text_bytes(table), aic_text_bytes(yaml));
    } else if (status != AIC_OK) {
        fprintf(stderr, "%s\n", aic_report_count(report) > 0 ? aic_report_message(report, 0) : aic_status_text(status));
    }
    aic_text_free(yaml);
    aic_text_free(table);
    aic_result_unref(result);
    aic_scenario_free(scenario);
    aic_report_free(report);
    return status == AIC_OK ? 0 : 1;
}
