/* SPDX-License-Identifier: MIT */
/*
 * What is solved for: Scenario::solve() finds it; the answer is the table of the Result, a row a solution.
 */
#ifndef AICOMPUTE_CPP_SOLVE_HPP
#define AICOMPUTE_CPP_SOLVE_HPP

#include <aicompute/cpp/sample.hpp>
#include <aicompute/solve.h>

namespace aicompute {

/** An output, what it is to be, and the input that is moved for it. */
struct SolveOptions {
    std::string output = {}; /**< "chat.capex", "market.revenue[2030]", "mean(chat.capex)", "p95(chat.capex)" */
    std::string value = {};  /**< an expression: "10M USD" */
    std::string by = {};     /**< "chat.utilization", "growth[2026]" */
    std::string low = {},
                high = {};       /**< expressions between which it is moved; none: its bounds, and orders of magnitude around what it is */
    SampleOptions sampling = {}; /**< for means and quantiles; without quantiles of its own */
};

} // namespace aicompute

#endif
