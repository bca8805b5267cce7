/* SPDX-License-Identifier: MIT */
/* Public functions that sample: options with their defaults filled in, and the statistics of a result. */
#include "analysis/analysis.h"
#include "api/porch.h"
#include "api/sampling.h"
#include "eval/eval.h"
#include <aicompute/sample.h>
#include <math.h>

enum { USUAL_SAMPLES = 65536, USUAL_REPLICATES = 8, MOST_REPLICATES = 64, MOST_THREADS = 1024, MOST_SHARDS = 1 << 20, MOST_CELLS = 1024 };

static const double usual_quantiles[] = {0.05, 0.5, 0.95};
static const uint64_t most_samples = UINT64_C(1) << 32;

static const char *mistake_in_quantiles(const aic_sample_options *options) {
    double before = 0;
    if (options->quantile_count > AICI_MOST_QUANTILES)
        return "more than 32 quantiles";
    for (size_t i = 0; i < options->quantile_count; i++) {
        if (!(options->quantiles[i] > before && options->quantiles[i] < 1))
            return "quantiles must ascend between 0 and 1";
        before = options->quantiles[i];
    }
    return NULL;
}

static const char *mistake_in(const aic_sample_options *options) {
    if (!aici_limits_take_size(options, options->size, sizeof *options))
        return "the size of the options is that of another library";
    if (options->method != AIC_METHOD_SOBOL && options->method != AIC_METHOD_MONTE_CARLO)
        return "there is no such method";
    if (options->samples > most_samples)
        return "more than 2^32 samples";
    if (options->replicates > MOST_REPLICATES)
        return "more than 64 replicates";
    if (options->threads > MOST_THREADS)
        return "more than 1024 threads";
    if (options->shard_count > MOST_SHARDS)
        return "more than 2^20 shards";
    if (options->shard_count ? options->shard >= options->shard_count : options->shard > 0)
        return "shards count from 0: the shard must be below their number";
    return options->quantiles ? mistake_in_quantiles(options) : NULL;
}

static const char *refuse_shard(const aic_sample_options *options) {
    return options->shard_count > 1 ? "a shard has no statistics of its own: aic_scenario_sample_part() samples it" : NULL;
}

static const char *refuse_table(const aic_sample_options *options) {
    return options->keep_draws || options->histogram ? "draws are kept, and histograms made, by aic_scenario_sample() only" : NULL;
}

const char *aici_sampling_mistake(const aic_sample_options *options) {
    const char *mistake = mistake_in(options);
    if (!mistake)
        mistake = refuse_table(options);
    return mistake ? mistake : refuse_shard(options);
}

aici_sample_wish aici_sampling_wish(const aic_sample_options *given) {
    static const aic_sample_options none = {.size = sizeof none};
    const aic_sample_options *options = given ? given : &none;
    return (aici_sample_wish){
        .samples = options->samples ? options->samples : USUAL_SAMPLES,
        .seed = options->seed,
        .sobol = options->method == AIC_METHOD_SOBOL,
        .replicates = options->replicates ? options->replicates : USUAL_REPLICATES,
        .threads = options->threads ? options->threads : 1,
        .quantile = options->quantiles ? options->quantiles : usual_quantiles,
        .quantile_count = options->quantiles ? (uint32_t)options->quantile_count : sizeof usual_quantiles / sizeof *usual_quantiles,
        .control = {options->cancel, options->progress},
        .keep_draws = options->keep_draws != 0,
        .cells = options->histogram,
    };
}

static const char *mistake_in_call(const aic_scenario *scenario, const char *const *names, size_t name_count,
                                   const aic_sample_options *options) {
    if (!scenario)
        return "scenario is NULL";
    for (size_t i = 0; names && i < name_count; i++)
        if (!names[i])
            return "a name is NULL";
    return mistake_in(options);
}

const char *aici_sampling_mistake_in_part(const aic_scenario *scenario, const char *const *names, size_t name_count,
                                          const aic_sample_options *options) {
    const char *mistake = mistake_in_call(scenario, names, name_count, options);
    return mistake ? mistake : refuse_table(options);
}

static const char *mistake_in_sample(const aic_scenario *scenario, const char *const *names, size_t name_count,
                                     const aic_sample_options *options) {
    const char *mistake = mistake_in_call(scenario, names, name_count, options);
    if (!mistake)
        mistake = refuse_shard(options);
    if (mistake)
        return mistake;
    if (options->histogram > MOST_CELLS)
        return "a histogram of more than 1024 cells";
    return options->keep_draws && options->histogram ? "a result has a table of draws or one of a histogram, not both" : NULL;
}

aic_status aic_scenario_sample(aic_scenario *scenario, const char *const *names, size_t name_count, const aic_sample_options *options,
                               aic_result **result, aic_report *report) {
    static const aic_sample_options none = {.size = sizeof none};
    const aic_sample_options *wanted = options ? options : &none;
    if (!result)
        return aici_porch_refuse(report, "result is NULL");
    *result = NULL;
    const char *mistake = mistake_in_sample(scenario, names, name_count, wanted);
    if (mistake)
        return aici_porch_refuse(report, mistake);
    const aici_sample_wish wish = aici_sampling_wish(wanted);
    aici_environment environment;
    aici_bound *bound = NULL;
    aici_porch_enter(&environment, report);
    aic_status status = aici_scenario_bind(scenario, &bound, report);
    if (status == AIC_OK)
        status = aici_analysis_sample(bound, names, names ? name_count : 0, &wish, aici_scenario_allocator(scenario), result, report);
    aici_bound_unref(bound);
    return aici_porch_leave(&environment, status);
}

static const char *mistake_in_check(const aic_scenario *scenario, const aic_sample_options *options) {
    const char *mistake = scenario ? aici_sampling_mistake(options) : "scenario is NULL";
    return mistake || !options->quantiles ? mistake : "a check has quantiles of its own: `quantiles` must be NULL";
}

aic_status aic_scenario_check(aic_scenario *scenario, const aic_sample_options *options, aic_result **result, aic_report *report) {
    static const aic_sample_options none = {.size = sizeof none};
    const aic_sample_options *wanted = options ? options : &none;
    if (!result)
        return aici_porch_refuse(report, "result is NULL");
    *result = NULL;
    const char *mistake = mistake_in_check(scenario, wanted);
    if (mistake)
        return aici_porch_refuse(report, mistake);
    const aici_sample_wish wish = aici_sampling_wish(wanted);
    aici_environment environment;
    aici_bound *bound = NULL;
    aici_porch_enter(&environment, report);
    aic_status status = aici_scenario_bind(scenario, &bound, report);
    if (status == AIC_OK)
        status = aici_analysis_check(bound, &wish, aici_scenario_allocator(scenario), result, report);
    aici_bound_unref(bound);
    return aici_porch_leave(&environment, status);
}

static double statistic_of(const aic_result *result, const aici_result_statistics *of, aic_statistic statistic, size_t quantile) {
    switch (statistic) {
    case AIC_STATISTIC_MEAN: return of->mean;
    case AIC_STATISTIC_SD: return of->sd;
    case AIC_STATISTIC_MEAN_ERROR: return of->mean_error;
    case AIC_STATISTIC_SD_ERROR: return of->sd_error;
    case AIC_STATISTIC_QUANTILE: return quantile < result->quantile_count ? of->quantile[quantile] : (double)NAN;
    case AIC_STATISTIC_QUANTILE_ERROR: return quantile < result->quantile_count ? of->quantile_error[quantile] : (double)NAN;
    case AIC_STATISTIC_OUT_OF_BOUNDS: return (double)of->out_of_bounds;
    case AIC_STATISTIC_NOT_FINITE: return (double)of->not_finite;
    }
    return (double)NAN;
}

double aic_result_statistic(const aic_result *result, size_t index, size_t year, aic_statistic statistic, size_t quantile) {
    if (!result || index >= result->quantity_count)
        return (double)NAN;
    const aici_result_quantity *quantity = &result->quantity[index];
    size_t values = quantity->year ? quantity->year_count : 1;
    return quantity->statistics && year < values ? statistic_of(result, &quantity->statistics[year], statistic, quantile) : (double)NAN;
}

uint64_t aic_result_samples(const aic_result *result) { return result ? result->samples : 0; }
