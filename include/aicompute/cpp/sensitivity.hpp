/* SPDX-License-Identifier: MIT */
/*
 * How sensitivities are found: Scenario::sensitivity() does it; the answer is the table of the Result, a row an input.
 */
#ifndef AICOMPUTE_CPP_SENSITIVITY_HPP
#define AICOMPUTE_CPP_SENSITIVITY_HPP

#include <aicompute/cpp/sample.hpp>
#include <aicompute/sensitivity.h>

namespace aicompute {

/** What is found out, and over how many draws. */
struct SensitivityOptions {
    std::uint32_t measures = 0;                         /**< several of aic_measure; 0: all */
    std::uint64_t samples = 0;                          /**< draws for the means; 0: 65 536 */
    std::uint64_t seed = 0;                             /**< another seed, other draws */
    std::uint32_t replicates = 0;                       /**< of Sobol' points, 2 to 64; 0: 8 */
    std::uint32_t threads = 0;                          /**< made and joined by the call; 0: one, the caller's own */
    double low = 0, high = 0;                           /**< probabilities of the ends of the tornado; both 0: 0.05 and 0.95 */
    double step = 0;                                    /**< by how much of themselves inputs that are certain are moved; 0: not at all */
    const std::atomic<std::uint32_t> *cancel = nullptr; /**< set it to other than 0 to stop: the call throws AIC_ERROR_CANCELLED */
    std::atomic<std::uint64_t> *progress = nullptr;     /**< draws done so far */
};

} // namespace aicompute

#endif
