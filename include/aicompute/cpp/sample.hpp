/* SPDX-License-Identifier: MIT */
/*
 * How a scenario with distributions is sampled; Scenario::sample() does it, Quantity::statistic() says what came out.
 */
#ifndef AICOMPUTE_CPP_SAMPLE_HPP
#define AICOMPUTE_CPP_SAMPLE_HPP

#include <aicompute/cpp/result.hpp>

namespace aicompute {

/** How draws are made. */
struct SampleOptions {
    std::uint64_t samples = 0; /**< draws; 0: 65 536 */
    std::uint64_t seed = 0;    /**< another seed, other draws */
    aic_method method = AIC_METHOD_SOBOL;
    std::uint32_t replicates = 0; /**< of Sobol' points, at most 64; 0: 8; 1: errors are NaN */
    std::uint32_t threads = 0;    /**< made and joined by the call; 0: one, the caller's own. The result has the same bits for any number */
    std::vector<double> quantiles = {}; /**< probabilities, ascending, inside (0, 1); none: 0.05, 0.5, 0.95 */
    const std::atomic<std::uint32_t> *cancel =
        nullptr; /**< set it to other than 0, from any thread or a signal handler, to stop: the call throws AIC_ERROR_CANCELLED */
    std::atomic<std::uint64_t> *progress = nullptr; /**< draws done so far */
    std::uint32_t shard = 0;                        /**< Scenario::sample_part(): which shard, counted from 0, … */
    std::uint32_t shard_count = 0;                  /**< … of how many; 0: all draws */
    bool keep_partial = false;                      /**< Scenario::sample_part(): when it is stopped, what was done is a part */
    bool keep_draws = false;     /**< Scenario::sample(): the result has a table of all draws, 8 bytes a draw and value */
    std::uint32_t histogram = 0; /**< Scenario::sample(): in place of that a histogram of so many cells, at most 1024 */
};

namespace detail {

/** Points into @p options. */
inline aic_sample_options c_options(const SampleOptions &options) noexcept {
    aic_sample_options c = {};
    c.size = sizeof c;
    c.samples = options.samples;
    c.seed = options.seed;
    c.method = options.method;
    c.replicates = options.replicates;
    c.threads = options.threads;
    c.quantiles = options.quantiles.empty() ? nullptr : options.quantiles.data();
    c.quantile_count = options.quantiles.size();
    c.cancel = word_of(options.cancel);
    c.progress = word_of(options.progress);
    c.shard = options.shard;
    c.shard_count = options.shard_count;
    c.keep_partial = options.keep_partial;
    c.keep_draws = options.keep_draws;
    c.histogram = options.histogram;
    return c;
}

} // namespace detail
} // namespace aicompute

#endif
