/* SPDX-License-Identifier: MIT */
/* A C99 program of somebody else: loads a scenario from memory, evaluates it, exits 0 when the answer is right. */
#include <aicompute/aicompute.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

int main(void) {
    static const char text[] = "aicompute: 1\n"
                               "assumptions:\n"
                               "  parameters: 175B parameter\n"
                               "  tokens: 300B token\n"
                               "calculations:\n"
                               "  compute: 6 FLOP/parameter/token * parameters * tokens\n";
    aic_scenario *scenario = NULL;
    aic_result *result = NULL;
    size_t index = 0;
    double value = 0;
    aic_status status = aic_scenario_load(text, strlen(text), "inline", NULL, &scenario, NULL);
    if (status == AIC_OK) {
        status = aic_scenario_evaluate(scenario, NULL, 0, &result, NULL);
    }
    if (status == AIC_OK) {
        status = aic_result_find(result, "compute", &index, NULL);
        value = aic_result_value(result, index);
        printf("%s %s with libaicompute %s\n", aic_result_quantity(result, index, AIC_QUANTITY_DISPLAY), aic_status_text(status),
               aic_version());
    }
    aic_result_unref(result);
    aic_scenario_free(scenario);
    return status == AIC_OK && fabs(value / 3.15e23 - 1) < 1e-12 ? 0 : 1;
}
