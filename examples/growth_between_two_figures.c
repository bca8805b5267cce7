/* SPDX-License-Identifier: MIT */
/*
 * A report prints 35.0 billion in 2021, 108.94 billion in 2026, and a growth of 20.83 % a year. Does it follow? The rounding of the printed
 * digits is carried through on both sides.
 *
 *   cc growth_between_two_figures.c $(pkg-config --cflags --libs aicompute)
 */
#include <aicompute/aicompute.h>
#include <stdio.h>
#include <string.h>

static const char text[] = "aicompute: 1\n"
                           "models:\n"
                           "  market:\n"
                           "    kind: cagr\n"
                           "    start: {value: 350亿 CNY/year, rounded: true}\n"
                           "    end: {value: 1089.4亿 CNY/year, rounded: true}\n"
                           "    start_year: 2021\n"
                           "    end_year: 2026\n"
                           "claims:\n"
                           "  - {id: growth, published: 20.83 %/year, computed: market.cagr}\n";

int main(void) {
    aic_report *report = aic_report_new(NULL);
    aic_scenario *scenario = NULL;
    aic_result *result = NULL;
    aic_status status = aic_scenario_load(text, strlen(text), "growth", NULL, &scenario, report);
    if (status == AIC_OK) {
        status = aic_scenario_check(scenario, NULL, &result, report);
    }
    if (status == AIC_OK) {
        printf("published %.4f, computed %.4f (%.4f to %.4f): %s\n", aic_result_claim_figure(result, 0, AIC_CLAIM_PUBLISHED),
               aic_result_claim_figure(result, 0, AIC_CLAIM_COMPUTED), aic_result_claim_figure(result, 0, AIC_CLAIM_COMPUTED_LOW),
               aic_result_claim_figure(result, 0, AIC_CLAIM_COMPUTED_HIGH), aic_verdict_text(aic_result_claim_verdict(result, 0)));
    } else {
        fprintf(stderr, "%s\n", aic_report_count(report) > 0 ? aic_report_message(report, 0) : aic_status_text(status));
    }
    aic_result_unref(result);
    aic_scenario_free(scenario);
    aic_report_free(report);
    return status == AIC_OK ? 0 : 1;
}
