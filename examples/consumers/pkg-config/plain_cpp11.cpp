// SPDX-License-Identifier: MIT
// A C++11 program of somebody else: builds a scenario by calls, compiles it, evaluates a batch, exits 0 when the answers are right.
#include <aicompute/aicompute.h>

#include <cmath>
#include <iostream>
#include <vector>

int main() {
    aic_scenario *scenario = nullptr;
    aic_model *model = nullptr;
    const aic_column input = {"speed", "TFLOP/s"};
    const aic_column output = {"days", "day"};
    const aic_model_options options = {sizeof(aic_model_options), &input, 1, &output, 1};
    aic_status status = aic_scenario_new(nullptr, &scenario, nullptr);
    if (status == AIC_OK) {
        status = aic_scenario_add_assumption(scenario, "speed", "1 TFLOP/s", nullptr);
    }
    if (status == AIC_OK) {
        status = aic_scenario_add_calculation(scenario, "days", "8.64e16 FLOP / speed", nullptr);
    }
    if (status == AIC_OK) {
        status = aic_model_compile(scenario, &options, &model, nullptr);
    }
    std::vector<double> speed = {1, 2, 4}, days(3);
    const double *inputs[] = {speed.data()};
    double *outputs[] = {days.data()};
    if (status == AIC_OK) {
        status = aic_model_evaluate_batch(model, speed.size(), inputs, outputs, nullptr, nullptr);
    }
    std::cout << days[0] << ' ' << days[1] << ' ' << days[2] << " days: " << aic_status_text(status) << '\n';
    aic_model_unref(model);
    aic_scenario_free(scenario);
    return status == AIC_OK && std::fabs(days[2] - 0.25) < 1e-12 ? 0 : 1;
}
