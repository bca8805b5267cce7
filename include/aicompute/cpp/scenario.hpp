/* SPDX-License-Identifier: MIT */
/*
 * Scenarios: loaded from YAML or built by calls; changed, written, evaluated, checked, explained and compared.
 */
#ifndef AICOMPUTE_CPP_SCENARIO_HPP
#define AICOMPUTE_CPP_SCENARIO_HPP

#include <aicompute/cpp/part.hpp>
#include <aicompute/cpp/sample.hpp>
#include <aicompute/cpp/sensitivity.hpp>
#include <aicompute/cpp/solve.hpp>
#include <aicompute/cpp/sweep.hpp>

#include <optional>

namespace aicompute {

/** A file of kinds and units of one's own. */
struct Library {
    std::string name = {};                /**< of the file, for messages; without a text, the file that is read */
    std::optional<std::string> text = {}; /**< UTF-8 */
};

/** How a scenario is loaded. */
struct LoadOptions {
    const aic_allocator *allocator = nullptr; /**< copied by the call; nullptr: malloc */
    aic_limits limits = {};                   /**< a member that is 0 means its default; `size` need not be set */
    std::vector<Library> libraries = {};      /**< loaded before the scenario is understood */
};

namespace detail {

/** The C struct of options, with what it points to. */
class CLoadOptions {
  public:
    explicit CLoadOptions(const LoadOptions &options) : limits_(options.limits) {
        limits_.size = sizeof limits_;
        libraries_.reserve(options.libraries.size());
        for (const Library &library : options.libraries) {
            names_.emplace_back(library.name);
        }
        for (std::size_t i = 0; i < names_.size(); i++) {
            const std::optional<std::string> &text = options.libraries[i].text;
            libraries_.push_back({names_[i].or_null(), text ? text->data() : nullptr, text ? text->size() : 0});
        }
        c_.size = sizeof c_;
        c_.allocator = options.allocator;
        c_.limits = &limits_;
        c_.libraries = libraries_.data();
        c_.library_count = libraries_.size();
    }
    CLoadOptions(const CLoadOptions &) = delete;
    CLoadOptions &operator=(const CLoadOptions &) = delete;
    operator const aic_load_options *() const noexcept { return &c_; }

  private:
    aic_limits limits_;
    std::vector<Text> names_;
    std::vector<aic_library> libraries_;
    aic_load_options c_ = {};
};

/** An array of C texts. */
class Names {
  public:
    template <class Strings> explicit Names(const Strings &names) : texts_(names.begin(), names.end()) {
        c_.assign(texts_.begin(), texts_.end());
    }
    Names(const Names &) = delete;
    Names &operator=(const Names &) = delete;

    [[nodiscard]] std::size_t count() const noexcept { return c_.size(); }

    /** NULL where there are none. */
    operator const char * const *() const noexcept { return c_.empty() ? nullptr : c_.data(); }

  private:
    std::vector<Text> texts_;
    std::vector<const char *> c_;
};

} // namespace detail

/** The assumptions, models, calculations and claims of one YAML file, or built by calls. Moves; one thread at a time. Every call throws
 * Error when it fails, and then has changed nothing. @since 0.1.0
 *
 *   Scenario scenario = Scenario::load_file("chat.yaml");
 *   scenario.set("chat.utilization", "40 %");
 *   double cost = scenario.evaluate()["chat.capex"].value();
 */
class Scenario {
  public:
    /** Makes an empty scenario, to be built by calls. */
    explicit Scenario(const LoadOptions &options = {}, Report *report = nullptr) {
        const detail::CLoadOptions c(options);
        *this = make(report, [&](aic_scenario **made, aic_report *to) { return aic_scenario_new(c, made, to); });
    }

    /** Takes over a handle that the caller owns. */
    explicit Scenario(aic_scenario *handle) noexcept : handle_(handle) {}

    /** Loads a scenario from memory. @param name of the text, for messages; "": none */
    [[nodiscard]] static Scenario load(std::string_view text, std::string_view name = {}, const LoadOptions &options = {},
                                       Report *report = nullptr) {
        const detail::CLoadOptions c(options);
        const detail::Text called(name);
        const char *bytes = text.data() == nullptr ? "" : text.data();
        return make(report, [&](aic_scenario **made, aic_report *to) {
            return aic_scenario_load(bytes, text.size(), called.or_null(), c, made, to);
        });
    }

    /** Loads a scenario from a file. @param path as fopen() takes it */
    [[nodiscard]] static Scenario load_file(std::string_view path, const LoadOptions &options = {}, Report *report = nullptr) {
        const detail::CLoadOptions c(options);
        const detail::Text file(path);
        return make(report, [&](aic_scenario **made, aic_report *to) { return aic_scenario_load_file(file, c, made, to); });
    }

    /** An independent copy. */
    [[nodiscard]] Scenario copy(Report *report = nullptr) const {
        return make(report, [&](aic_scenario **made, aic_report *to) { return aic_scenario_copy(get(), made, to); });
    }

    /** Sets an assumption, an input of a model or a calculation to an expression. */
    void set(std::string_view name, std::string_view expression, Report *report = nullptr) {
        with_texts(aic_scenario_set, report, name, expression);
    }

    /** Sets an assumption or an input to a number. @param value finite @param unit its unit, such as "TFLOP/s/accelerator"; "": a pure
     * number */
    void set_number(std::string_view name, double value, std::string_view unit = {}, Report *report = nullptr) {
        const detail::Text named(name), in(unit);
        detail::call(report, [&](aic_report *to) { return aic_scenario_set_number(get(), named, value, in, to); });
    }

    /** Sets one year of a series; a quantity that is no series becomes one. */
    void set_year(std::string_view name, int year, std::string_view expression, Report *report = nullptr) {
        const detail::Text named(name), to_be(expression);
        detail::call(report, [&](aic_report *to) { return aic_scenario_set_year(get(), named, year, to_be, to); });
    }

    /** Says more about an assumption or an input. @param key one of `source note label date confidence unit rounded digits` */
    void set_property(std::string_view name, std::string_view key, std::string_view text, Report *report = nullptr) {
        with_texts(aic_scenario_set_property, report, name, key, text);
    }

    /** Sets what stands above the sections. @param key `title`, `description`, `timeline` or `currency` */
    void set_header(std::string_view key, std::string_view text, Report *report = nullptr) {
        with_texts(aic_scenario_set_header, report, key, text);
    }

    /** Ties a currency to another. @param worth of one of it, such as "7.08 CNY" */
    void add_exchange_rate(std::string_view currency, std::string_view worth, Report *report = nullptr) {
        with_texts(aic_scenario_add_exchange_rate, report, currency, worth);
    }

    /** Adds a unit. @param definition "base" for a new dimension, else an expression of known units */
    void add_unit(std::string_view name, std::string_view definition, Report *report = nullptr) {
        with_texts(aic_scenario_add_unit, report, name, definition);
    }

    /** Adds a source, which quantities and claims name by its id. */
    void add_source(std::string_view id, std::string_view title, Report *report = nullptr) {
        with_texts(aic_scenario_add_source, report, id, title);
    }

    void add_assumption(std::string_view name, std::string_view expression, Report *report = nullptr) {
        with_texts(aic_scenario_add_assumption, report, name, expression);
    }

    /** Adds a model; give its inputs with set("name.input", …). @param kind such as "inference" */
    void add_model(std::string_view name, std::string_view kind, Report *report = nullptr) {
        with_texts(aic_scenario_add_model, report, name, kind);
    }

    void add_calculation(std::string_view name, std::string_view expression, Report *report = nullptr) {
        with_texts(aic_scenario_add_calculation, report, name, expression);
    }

    /** Adds a claim. @param published one literal as printed, such as "118 EFLOP/s" @param computed a name or an expression */
    void add_claim(std::string_view id, std::string_view published, std::string_view computed, Report *report = nullptr) {
        with_texts(aic_scenario_add_claim, report, id, published, computed);
    }

    /** Removes an assumption, a model, an input that was given, a calculation, or a claim (by its id). */
    void remove(std::string_view name, Report *report = nullptr) { with_texts(aic_scenario_remove, report, name); }

    /** Checks that a scenario is complete and right, as loading does. */
    void validate(Report *report = nullptr) {
        detail::call(report, [&](aic_report *to) { return aic_scenario_validate(get(), to); });
    }

    /** The scenario as YAML, which loads to an equal one. */
    [[nodiscard]] std::string text(Report *report = nullptr) const {
        detail::MadeText text;
        detail::call(report, [&](aic_report *to) { return aic_scenario_text(get(), text, to); });
        return detail::string_of(text);
    }

    /** The title, or ""; borrowed until the scenario is changed. */
    [[nodiscard]] std::string_view title() const noexcept { return handle_ == nullptr ? "" : aic_scenario_title(get()); }

    /** Computes quantities. @param names full names, or names of models for all of theirs; none: everything */
    [[nodiscard]] Result evaluate(const std::vector<std::string> &names = {}, Report *report = nullptr) {
        const detail::Names wanted(names);
        return result(report,
                      [&](aic_result **made, aic_report *to) { return aic_scenario_evaluate(get(), wanted, wanted.count(), made, to); });
    }

    /** Computes quantities with every distribution at its median, and samples what is uncertain. @param names as of evaluate() */
    [[nodiscard]] Result sample(const std::vector<std::string> &names = {}, const SampleOptions &options = {}, Report *report = nullptr) {
        const detail::Names wanted(names);
        const aic_sample_options c = detail::c_options(options);
        return result(report,
                      [&](aic_result **made, aic_report *to) { return aic_scenario_sample(get(), wanted, wanted.count(), &c, made, to); });
    }

    /** Samples the shard that the options name. @param names as of evaluate() */
    [[nodiscard]] Part sample_part(const std::vector<std::string> &names = {}, const SampleOptions &options = {},
                                   Report *report = nullptr) {
        const detail::Names wanted(names);
        const aic_sample_options c = detail::c_options(options);
        detail::Made<aic_part, aic_part_free> made;
        detail::call(report, [&](aic_report *to) { return aic_scenario_sample_part(get(), wanted, wanted.count(), &c, made, to); });
        return Part(made.release());
    }

    /** Compares every claim with what its assumptions give. A claim that does not hold is no error. */
    [[nodiscard]] Result check(Report *report = nullptr) { return check(SampleOptions(), report); }

    /** The same; claims on uncertain inputs are sampled as the options say. @param options without quantiles */
    [[nodiscard]] Result check(const SampleOptions &options, Report *report = nullptr) {
        const aic_sample_options c = detail::c_options(options);
        return result(report, [&](aic_result **made, aic_report *to) { return aic_scenario_check(get(), &c, made, to); });
    }

    /** Finds out what a value depends on, and how much. @param name full name, or "name[2030]" for one year of a series */
    [[nodiscard]] Result sensitivity(const std::string &name, const SensitivityOptions &options = {}, Report *report = nullptr) {
        aic_sensitivity_options c = {};
        c.size = sizeof c;
        c.measures = options.measures;
        c.replicates = options.replicates;
        c.samples = options.samples;
        c.seed = options.seed;
        c.threads = options.threads;
        c.low = options.low;
        c.high = options.high;
        c.step = options.step;
        c.cancel = detail::word_of(options.cancel);
        c.progress = detail::word_of(options.progress);
        return result(report,
                      [&](aic_result **made, aic_report *to) { return aic_scenario_sensitivity(get(), name.c_str(), &c, made, to); });
    }

    /** Finds every value of an input that makes an output meet a target. No solution is no error: the table has no rows, and the report
     * says why. */
    [[nodiscard]] Result solve(const SolveOptions &options, Report *report = nullptr) {
        const aic_sample_options sampling = detail::c_options(options.sampling);
        aic_solve_options c = {};
        c.size = sizeof c;
        c.output = options.output.c_str();
        c.value = options.value.c_str();
        c.by = options.by.c_str();
        c.low = options.low.empty() ? nullptr : options.low.c_str();
        c.high = options.high.empty() ? nullptr : options.high.c_str();
        c.sampling = &sampling;
        return result(report, [&](aic_result **made, aic_report *to) { return aic_scenario_solve(get(), &c, made, to); });
    }

    /** Computes a scenario at many points of its inputs, into the table of the result. */
    [[nodiscard]] Result sweep(const SweepOptions &options, Report *report = nullptr) {
        const detail::Names wanted(options.names);
        const std::vector<aic_sweep_axis> axes = detail::c_axes(options);
        const aic_sample_options sampling = detail::c_options(options.sampling);
        aic_sweep_options c = detail::c_options(options, axes, sampling);
        c.names = wanted;
        c.name_count = wanted.count();
        return result(report, [&](aic_result **made, aic_report *to) { return aic_scenario_sweep(get(), &c, made, to); });
    }

    /** Derives a figure, to be written by text(). @param name full name, or "name[2030]" for one year of a series */
    [[nodiscard]] Result explain(std::string_view name, Report *report = nullptr) {
        const detail::Text named(name);
        return result(report, [&](aic_result **made, aic_report *to) { return aic_scenario_explain(get(), named, made, to); });
    }

    /** What differs from this scenario to another, and by what each result moved, to be written by text(). One thread at a time on both. */
    [[nodiscard]] Result diff(Scenario &other, Report *report = nullptr) {
        return result(report, [&](aic_result **made, aic_report *to) { return aic_scenario_diff(get(), other.get(), made, to); });
    }

    [[nodiscard]] aic_scenario *get() const noexcept { return handle_.get(); }
    [[nodiscard]] aic_scenario *release() noexcept { return handle_.release(); }
    [[nodiscard]] explicit operator bool() const noexcept { return handle_ != nullptr; }

  private:
    template <class Function> static Scenario make(Report *report, Function &&function) {
        detail::Made<aic_scenario, aic_scenario_free> made;
        detail::call(report, [&](aic_report *to) { return function(made, to); });
        return Scenario(made.release());
    }

    template <class Function> static Result result(Report *report, Function &&function) {
        detail::Made<aic_result, aic_result_unref> made;
        detail::call(report, [&](aic_report *to) { return function(made, to); });
        return Result(made.release());
    }

    template <class Function, class... Views> void with_texts(Function &&function, Report *report, Views... views) {
        detail::call(report, [&](aic_report *to) { return function(get(), detail::Text(views)..., to); });
    }

    detail::Owned<aic_scenario, aic_scenario_free> handle_;
};

} // namespace aicompute

#endif
