/* SPDX-License-Identifier: MIT */
/*
 * A server market year by year: series come back as parallel arrays of years and values.
 *
 *   cc market_to_2030.c $(pkg-config --cflags --libs aicompute)
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

static void print_series(const aic_result *result, const char *name, double scale, const char *unit) {
    size_t index;
    if (aic_result_find(result, name, &index, NULL) != AIC_OK) {
        return;
    }
    const int *years = aic_result_years(result, index);
    const double *values = aic_result_values(result, index);
    printf("%s, %s\n", name, unit);
    for (size_t i = 0; i < aic_result_year_count(result, index); i++) {
        printf("  %d %10.2f\n", years[i], values[i] / scale);
    }
}

int main(int count, char **words) {
    const char *file = count > 1 ? words[1] : "examples/scenarios/server_market.yaml";
    aic_report *report = aic_report_new(NULL);
    aic_scenario *scenario = NULL;
    aic_result *result = NULL;
    aic_status status = aic_scenario_load_file(file, NULL, &scenario, report);
    if (status == AIC_OK) {
        const char *const names[] = {"market"}; /* all of this model's quantities */
        status = aic_scenario_evaluate(scenario, names, 1, &result, report);
    }
    if (status == AIC_OK) {
        print_series(result, "market.revenue", 1e9, "billion USD/year");
        print_series(result, "market.installed_base", 1e6, "million servers");
        print_series(result, "market.replacement", 1e6, "million servers a year");
    }
    aic_result_unref(result);
    aic_scenario_free(scenario);
    if (status != AIC_OK) {
        return fail(report);
    }
    aic_report_free(report);
    return 0;
}
