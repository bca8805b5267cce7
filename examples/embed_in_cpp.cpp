// SPDX-License-Identifier: MIT
// The library from C++17: handles that release themselves, failures as exceptions that carry the report's picture, a batch over the
// caller's own vectors.
//
//   c++ -std=c++17 embed_in_cpp.cpp $(pkg-config --cflags --libs aicompute)
#include <aicompute/aicompute.hpp>

#include <iostream>
#include <vector>

namespace {

void print_what_follows(const aicompute::Result &result) {
    for (const aicompute::Quantity quantity : result) {
        if (quantity.role() >= AIC_ROLE_OUTPUT) {
            std::cout << quantity.name() << " = " << quantity.display() << '\n';
        }
    }
}

/** Compiled once, evaluated for each utilization: what a service that answers many questions does. */
void print_servers_by_utilization(aicompute::Scenario &scenario) {
    const auto model = aicompute::Model::compile(scenario, {{"chat.utilization", "%"}}, {{"chat.servers"}});
    const std::vector<double> utilization = {20, 30, 40, 50};
    std::vector<double> servers(utilization.size());
    model.evaluate_batch({utilization}, {servers});
    for (std::size_t i = 0; i < servers.size(); i++) {
        std::cout << utilization[i] << " %: " << servers[i] << ' ' << model.output_unit(0) << '\n';
    }
}

} // namespace

int main(int count, char **words) {
    try {
        auto scenario = aicompute::Scenario::load_file(count > 1 ? words[1] : "examples/scenarios/chat_service.yaml");
        print_what_follows(scenario.evaluate());
        print_servers_by_utilization(scenario);
        return 0;
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
