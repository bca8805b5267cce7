/* SPDX-License-Identifier: MIT */
/*
 * Where a scenario is computed at many points: Scenario::sweep() does it; the answer is the table of the Result, a row a point.
 */
#ifndef AICOMPUTE_CPP_SWEEP_HPP
#define AICOMPUTE_CPP_SWEEP_HPP

#include <aicompute/cpp/sample.hpp>
#include <aicompute/sweep.h>

namespace aicompute {

/** An input that is moved, and where. */
struct SweepAxis {
    std::string name = {};           /**< "chat.utilization", "rate[2026]" */
    std::string range = {};          /**< "25 %..45 %:5", "1..1000:4 log", "1 USD, 2 USD"; none: numbers */
    std::vector<double> values = {}; /**< numbers, in place of a range */
    std::string unit = {};           /**< of the numbers; none: the unit that results give */
};

/** How a scenario is swept. */
struct SweepOptions {
    std::vector<SweepAxis> axes = {};
    bool together = false; /**< the first values of all axes go together, the second, and so on; else every value of one with every value of
                              the others */
    std::string rows = {}; /**< CSV in place of axes */
    std::string rows_name = {};          /**< of its file, for messages */
    std::vector<std::string> names = {}; /**< what is wanted; none: outputs and calculations that move */
    SampleOptions sampling = {};         /**< for what is uncertain; its progress counts points */
};

namespace detail {

/** Point into @p options. */
inline std::vector<aic_sweep_axis> c_axes(const SweepOptions &options) {
    std::vector<aic_sweep_axis> axes;
    for (const SweepAxis &axis : options.axes) {
        aic_sweep_axis c = {};
        c.name = axis.name.c_str();
        c.range = axis.range.empty() ? nullptr : axis.range.c_str();
        c.values = axis.range.empty() ? axis.values.data() : nullptr;
        c.count = axis.values.size();
        c.unit = axis.unit.empty() ? nullptr : axis.unit.c_str();
        axes.push_back(c);
    }
    return axes;
}

inline aic_sweep_options c_options(const SweepOptions &options, const std::vector<aic_sweep_axis> &axes,
                                   const aic_sample_options &sampling) noexcept {
    aic_sweep_options c = {};
    c.size = sizeof c;
    c.axes = axes.data();
    c.axis_count = axes.size();
    c.together = options.together ? 1 : 0;
    c.rows = options.rows.empty() ? nullptr : options.rows.c_str();
    c.rows_size = options.rows.size();
    c.rows_name = options.rows_name.c_str();
    c.sampling = &sampling;
    return c;
}

} // namespace detail
} // namespace aicompute

#endif
