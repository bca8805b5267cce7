// SPDX-License-Identifier: MIT
// A C++17 program of another Meson project: lists the inputs of a kind of model, exits 0 when `utilization` is among them.
#include <aicompute/aicompute.hpp>

#include <iostream>

int main() {
    const aicompute::Kinds kinds;
    const aicompute::Kind inference = kinds["inference"];
    bool found = false;
    for (std::size_t i = 0; i < inference.input_count(); i++) {
        std::cout << inference.input(i, AIC_KIND_NAME) << ": " << inference.input(i, AIC_KIND_UNIT) << '\n';
        found = found || inference.input(i, AIC_KIND_NAME) == "utilization";
    }
    return found ? 0 : 1;
}
