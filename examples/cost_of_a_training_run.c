/* SPDX-License-Identifier: MIT */
/*
 * What does a training run cost? Loads examples/scenarios/training_run.yaml (or the file named on the command line), asks for three
 * figures, then for the same with a higher utilization.
 *
 *   cc cost_of_a_training_run.c $(pkg-config --cflags --libs aicompute)
 */
#include <aicompute/aicompute.h>
#include <stdio.h>

static int fail(aic_report *report) {
    aic_text *text = NULL;
    if (aic_report_text(report, 0, &text) == AIC_OK) {
        fputs(aic_text_bytes(text), stderr);
    }
    aic_text_free(text);
    aic_report_free(report);
    return 1;
}

static void print(const aic_result *result, const char *name) {
    size_t index;
    if (aic_result_find(result, name, &index, NULL) == AIC_OK) {
        printf("  %-22s %s\n", name, aic_result_quantity(result, index, AIC_QUANTITY_DISPLAY));
    }
}

static aic_status print_cost(aic_scenario *scenario, aic_report *report) {
    aic_result *result = NULL;
    aic_status status = aic_scenario_evaluate(scenario, NULL, 0, &result, report);
    if (status == AIC_OK) {
        print(result, "run.compute");
        print(result, "run.duration");
        print(result, "run.cost");
    }
    aic_result_unref(result);
    return status;
}

int main(int count, char **words) {
    const char *file = count > 1 ? words[1] : "examples/scenarios/training_run.yaml";
    aic_report *report = aic_report_new(NULL);
    aic_scenario *scenario = NULL;
    if (aic_scenario_load_file(file, NULL, &scenario, report) != AIC_OK) {
        return fail(report);
    }
    printf("%s\n", aic_scenario_title(scenario));
    aic_status status = print_cost(scenario, report);
    if (status == AIC_OK) {
        puts("At 55 % utilization:");
        status = aic_scenario_set(scenario, "run.utilization", "55 %", report);
    }
    if (status == AIC_OK) {
        status = print_cost(scenario, report);
    }
    aic_scenario_free(scenario);
    if (status != AIC_OK) {
        return fail(report);
    }
    aic_report_free(report);
    return 0;
}
