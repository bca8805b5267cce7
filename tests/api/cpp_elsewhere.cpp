// SPDX-License-Identifier: MIT
// A second file of the same program includes the header as well, which defines nothing twice; what it throws is caught in the first.
#include "cpp.hpp"

void testing::throw_from_another_file() { static_cast<void>(aicompute::Scenario::load("aicompute: 1\nassumptions: {a: 1 flopp}\n")); }
