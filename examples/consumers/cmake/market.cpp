// SPDX-License-Identifier: MIT
// A C++17 program of a CMake project: builds a scenario by calls, evaluates a series, exits 0 when the answer is right and a mistake is an
// exception.
#include <aicompute/aicompute.hpp>

#include <iostream>

int main() {
    aicompute::Scenario scenario;
    scenario.set_header("timeline", "2024..2026");
    scenario.add_assumption("start", "10 server");
    scenario.add_calculation("servers", "start * 2 ^ (year - 2024)");
    const aicompute::Result result = scenario.evaluate();
    for (const double servers : result["servers"].values()) {
        std::cout << servers << " servers\n";
    }
    try {
        static_cast<void>(result["server"]);
        return 1;
    } catch (const aicompute::Error &error) {
        std::cout << error.what() << '\n';
    }
    return result["servers"].value(2026) == 40 ? 0 : 1;
}
