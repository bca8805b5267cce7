/* SPDX-License-Identifier: MIT */
/*
 * libaicompute from C++17: handles that release themselves, failures as exceptions that carry the report, columns as spans.
 *
 * A layer of inline functions over the C interface, without state of its own; whoever includes it links the same libaicompute as C does.
 * Classes are named as the handles, members as the functions: aic_scenario_set(scenario, …) is scenario.set(…). Units, statuses and threads
 * are those of the C function, whose comment says them. Scenario, Report, Part, Kinds …  one owner: they move. A scenario has copy().
 *   Model, Result, …                 immutable and counted: a copy is one more reference, at no cost, for any thread
 *   Quantity, Claim, Kind, …         views of the above: they borrow, and so do the std::string_views that they give
 * A handle that was moved from is empty (`if (scenario)`): calls on it throw Error or give "", 0 or NaN, as a NULL handle does in C. Pass
 * get() to any C function.
 */
#ifndef AICOMPUTE_AICOMPUTE_HPP
#define AICOMPUTE_AICOMPUTE_HPP

#include <aicompute/cpp/kind.hpp>
#include <aicompute/cpp/model.hpp>
#include <aicompute/cpp/part.hpp>
#include <aicompute/cpp/report.hpp>
#include <aicompute/cpp/result.hpp>
#include <aicompute/cpp/sample.hpp>
#include <aicompute/cpp/scenario.hpp>
#include <aicompute/cpp/sensitivity.hpp>
#include <aicompute/cpp/solve.hpp>
#include <aicompute/cpp/status.hpp>
#include <aicompute/cpp/sweep.hpp>
#include <aicompute/cpp/unit.hpp>

#endif
