// SPDX-License-Identifier: MIT
// The C interface from C++11: handles in unique_ptr, failures as exceptions that carry the report's picture.
//
//   c++ embed_in_cpp.cpp $(pkg-config --cflags --libs aicompute)
#include <aicompute/aicompute.h>

#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

namespace {

struct Release {
    void operator()(aic_scenario *scenario) const { aic_scenario_free(scenario); }
    void operator()(aic_result *result) const { aic_result_unref(result); }
    void operator()(aic_report *report) const { aic_report_free(report); }
    void operator()(aic_text *text) const { aic_text_free(text); }
};

template <class Handle> using Owned = std::unique_ptr<Handle, Release>;

void require(aic_status status, const aic_report *report) {
    if (status == AIC_OK) {
        return;
    }
    aic_text *text = nullptr;
    aic_report_text(report, 0, &text);
    Owned<aic_text> picture(text);
    throw std::runtime_error(aic_text_bytes(picture.get()));
}

Owned<aic_scenario> load(const std::string &file, aic_report *report) {
    aic_scenario *scenario = nullptr;
    require(aic_scenario_load_file(file.c_str(), nullptr, &scenario, report), report);
    return Owned<aic_scenario>(scenario);
}

Owned<aic_result> evaluate(aic_scenario *scenario, aic_report *report) {
    aic_result *result = nullptr;
    require(aic_scenario_evaluate(scenario, nullptr, 0, &result, report), report);
    return Owned<aic_result>(result);
}

} // namespace

int main(int count, char **words) {
    try {
        Owned<aic_report> report(aic_report_new(nullptr));
        Owned<aic_scenario> scenario = load(count > 1 ? words[1] : "examples/scenarios/chat_service.yaml", report.get());
        Owned<aic_result> result = evaluate(scenario.get(), report.get());
        for (std::size_t i = 0; i < aic_result_count(result.get()); i++) {
            if (aic_result_role(result.get(), i) >= AIC_ROLE_OUTPUT) {
                std::cout << aic_result_quantity(result.get(), i, AIC_QUANTITY_NAME) << " = "
                          << aic_result_quantity(result.get(), i, AIC_QUANTITY_DISPLAY) << '\n';
            }
        }
        return 0;
    } catch (const std::exception &error) {
        std::cerr << error.what();
        return 1;
    }
}
