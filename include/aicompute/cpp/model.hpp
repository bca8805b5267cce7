/* SPDX-License-Identifier: MIT */
/*
 * Models: a scenario compiled for being evaluated millions of times, on the caller's columns, without copies.
 */
#ifndef AICOMPUTE_CPP_MODEL_HPP
#define AICOMPUTE_CPP_MODEL_HPP

#include <aicompute/cpp/scenario.hpp>

#include <initializer_list>

namespace aicompute {

/** A quantity that varies or is wanted, and the unit in which the caller holds it: `{"speed", "TFLOP/s"}`. */
struct Column {
    std::string name =
        {}; /**< full name: "chatgpt.capex"; of a series one year: "market.revenue[2026]", or all of them: "market.revenue" */
    std::optional<std::string> unit = {}; /**< none: the unit that results give */
};

#if defined(__cpp_lib_span)
inline namespace with_std_span {
#else
inline namespace with_own_span {
#endif
/** How a batch is run. */
struct BatchOptions {
    const std::atomic<std::uint32_t> *cancel =
        nullptr; /**< set it to other than 0, from any thread or a signal handler, to stop: the call throws AIC_ERROR_CANCELLED */
    std::atomic<std::uint64_t> *progress = nullptr; /**< evaluations done so far */
    Span<std::uint64_t> not_finite = {};            /**< output_count() counters of values that are not finite; empty: not counted */
};
} // namespace

namespace detail {

/** The C struct of a column points to texts; this holds them. */
class CColumns {
  public:
    explicit CColumns(const std::vector<Column> &columns) {
        for (const Column &column : columns) {
            names_.emplace_back(column.name);
            units_.emplace_back(column.unit ? std::string_view(*column.unit) : std::string_view());
        }
        for (std::size_t i = 0; i < columns.size(); i++) {
            c_.push_back({names_[i], columns[i].unit ? static_cast<const char *>(units_[i]) : nullptr});
        }
    }
    CColumns(const CColumns &) = delete;
    CColumns &operator=(const CColumns &) = delete;
    [[nodiscard]] const aic_column *data() const noexcept { return c_.empty() ? nullptr : c_.data(); }
    [[nodiscard]] std::size_t size() const noexcept { return c_.size(); }

  private:
    std::vector<Text> names_, units_;
    std::vector<aic_column> c_;
};

inline void require_size(const char *what, std::size_t given, std::size_t wanted) {
    if (given != wanted) {
        refuse(std::string(what) + ": expected " + std::to_string(wanted) + ", found " + std::to_string(given));
    }
}

} // namespace detail

/** A compiled evaluator. Immutable and counted: copies share it, on any thread. @since 0.1.0
 *
 *   Model model = Model::compile(scenario, {{"speed", "TFLOP/s"}}, {{"days", "day"}});
 *   model.evaluate_batch({speed}, {days});      // two std::vector<double> of one size
 */
class Model {
  public:
    /** No model. */
    Model() noexcept = default;

    /** Takes over a reference that the caller has. */
    explicit Model(aic_model *handle) noexcept : handle_(handle) {}

    /** Compiles a scenario; the model is independent of it afterwards.
     * @param inputs   what varies: assumptions and inputs of models that are not series
     * @param outputs  what is wanted; none: all outputs and calculations
     * @throws         Error, as aic_model_compile()
     */
    [[nodiscard]] static Model compile(Scenario &scenario, const std::vector<Column> &inputs = {}, const std::vector<Column> &outputs = {},
                                       Report *report = nullptr) {
        const detail::CColumns varying(inputs), wanted(outputs);
        aic_model_options c = {};
        c.size = sizeof c;
        c.inputs = varying.data();
        c.input_count = varying.size();
        c.outputs = wanted.data();
        c.output_count = wanted.size();
        detail::Made<aic_model, aic_model_unref> made;
        detail::call(report, [&](aic_report *to) { return aic_model_compile(scenario.get(), &c, made, to); });
        return Model(made.release());
    }

    [[nodiscard]] std::size_t input_count() const noexcept { return aic_model_input_count(get()); }
    [[nodiscard]] std::string_view input_name(std::size_t index) const noexcept { return aic_model_input_name(get(), index); }
    [[nodiscard]] std::string_view input_unit(std::size_t index) const noexcept { return aic_model_input_unit(get(), index); }

    /** The value that the scenario itself gives to an input, in input_unit(); NaN where that is a distribution. */
    [[nodiscard]] double input_value(std::size_t index) const noexcept { return aic_model_input_value(get(), index); }
    [[nodiscard]] std::size_t output_count() const noexcept { return aic_model_output_count(get()); }
    [[nodiscard]] std::string_view output_name(std::size_t index) const noexcept { return aic_model_output_name(get(), index); }
    [[nodiscard]] std::string_view output_unit(std::size_t index) const noexcept { return aic_model_output_unit(get(), index); }

    /** Evaluates once. Allocates nothing, unless it fails or the model is large.
     * @param inputs   input_count() values in input_unit()
     * @param outputs  output_count() values in output_unit(); written also when one is not finite
     * @throws         Error AIC_ERROR_DOMAIN: a value is not finite, with the operation that made it; AIC_ERROR_ARGUMENT: a span of the
     * wrong size
     */
    void evaluate(Span<const double> inputs, Span<double> outputs, Report *report = nullptr) const {
        detail::require_size("inputs of the model", inputs.size(), input_count());
        detail::require_size("outputs of the model", outputs.size(), output_count());
        detail::call_often(report, [&](aic_report *to) { return aic_model_evaluate(get(), inputs.data(), outputs.data(), to); });
    }

    /** The same into a vector. */
    [[nodiscard]] std::vector<double> evaluate(Span<const double> inputs, Report *report = nullptr) const {
        std::vector<double> outputs(output_count());
        evaluate(inputs, outputs, report);
        return outputs;
    }
    [[nodiscard]] std::vector<double> evaluate(std::initializer_list<double> inputs = {}, Report *report = nullptr) const {
        return evaluate(Span<const double>(inputs.begin(), inputs.size()), report);
    }

    /** All derivatives of all outputs by all inputs, exact, output by output. @throws Error AIC_ERROR_DOMAIN: a derivative is not finite */
    [[nodiscard]] std::vector<double> gradient(Span<const double> inputs, Report *report = nullptr) const {
        detail::require_size("inputs of the model", inputs.size(), input_count());
        std::vector<double> derivatives(input_count() * output_count());
        detail::call_often(report,
                           [&](aic_report *to) { return aic_model_gradient(get(), inputs.data(), nullptr, derivatives.data(), to); });
        return derivatives;
    }

    /** Evaluates once for each row of the caller's columns.
     * @param inputs   a column an input, all of one size
     * @param outputs  a column an output, of the same size; columns may not overlap
     * @param report   a warning for each output with values that are not finite: they stand in the columns and are no error
     * @throws         Error AIC_ERROR_ARGUMENT: a wrong number of columns or rows; AIC_ERROR_CANCELLED, AIC_ERROR_MEMORY
     */
    void evaluate_batch(Span<const Span<const double>> inputs, Span<const Span<double>> outputs, const BatchOptions &options = {},
                        Report *report = nullptr) const {
        detail::require_size("columns of inputs", inputs.size(), input_count());
        detail::require_size("columns of outputs", outputs.size(), output_count());
        const std::size_t rows = !inputs.empty() ? inputs[0].size() : !outputs.empty() ? outputs[0].size() : 0;
        const std::vector<const double *> from = columns_of<const double>(inputs, rows);
        const std::vector<double *> into = columns_of<double>(outputs, rows);
        if (!options.not_finite.empty()) {
            detail::require_size("counters of values that are not finite", options.not_finite.size(), output_count());
        }
        aic_batch_options c = {};
        c.size = sizeof c;
        c.cancel = detail::word_of(options.cancel);
        c.progress = detail::word_of(options.progress);
        c.not_finite = options.not_finite.data();
        detail::call(report, [&](aic_report *to) { return aic_model_evaluate_batch(get(), rows, from.data(), into.data(), &c, to); });
    }
    void evaluate_batch(std::initializer_list<Span<const double>> inputs, std::initializer_list<Span<double>> outputs,
                        const BatchOptions &options = {}, Report *report = nullptr) const {
        evaluate_batch(Span<const Span<const double>>(inputs.begin(), inputs.size()),
                       Span<const Span<double>>(outputs.begin(), outputs.size()), options, report);
    }

    /** The program that the model runs, a line an instruction. @throws Error */
    [[nodiscard]] std::string text(Report *report = nullptr) const {
        detail::MadeText text;
        detail::call(report, [&](aic_report *to) { return aic_model_text(get(), text, to); });
        return detail::string_of(text);
    }

    [[nodiscard]] aic_model *get() const noexcept { return handle_.get(); }
    [[nodiscard]] aic_model *release() noexcept { return handle_.release(); }
    [[nodiscard]] explicit operator bool() const noexcept { return get() != nullptr; }

  private:
    template <class Value> static std::vector<Value *> columns_of(Span<const Span<Value>> columns, std::size_t rows) {
        std::vector<Value *> pointers;
        pointers.reserve(columns.size());
        for (const Span<Value> &column : columns) {
            detail::require_size("rows of a column", column.size(), rows);
            pointers.push_back(column.data());
        }
        return pointers;
    }

    detail::Counted<aic_model, aic_model_ref, aic_model_unref> handle_;
};

} // namespace aicompute

#endif
