// SPDX-License-Identifier: MIT
// A C++17 program of somebody else: the same by the C++ layer, where what is owned gives itself back and what fails throws.
#include <aicompute/aicompute.hpp>

#include <cmath>
#include <iostream>

int main() {
    aicompute::Scenario scenario;
    scenario.add_assumption("speed", "1 TFLOP/s");
    scenario.add_calculation("days", "8.64e16 FLOP / speed");
    const auto model = aicompute::Model::compile(scenario, {{"speed", "TFLOP/s"}}, {{"days", "day"}});
    std::vector<double> speed = {1, 2, 4}, days(3);
    model.evaluate_batch({speed}, {days});
    std::cout << days[0] << ' ' << days[1] << ' ' << days[2] << " days\n";
    return std::fabs(days[2] - 0.25) < 1e-12 ? 0 : 1;
}
