/* SPDX-License-Identifier: MIT */
/*
 * Model kinds: what the library can model, with inputs, outputs, units, defaults, formulas and sources.
 */
#ifndef AICOMPUTE_CPP_KIND_HPP
#define AICOMPUTE_CPP_KIND_HPP

#include <aicompute/cpp/scenario.hpp>

namespace aicompute {

/** A kind of a list: a view, valid as long as its Kinds are. @since 0.1.0 */
class Kind {
  public:
    Kind(const aic_kinds *kinds, std::size_t index) noexcept : kinds_(kinds), index_(index) {}

    [[nodiscard]] std::string_view name() const noexcept { return aic_kinds_name(kinds_, index_); }
    [[nodiscard]] std::string_view title() const noexcept { return aic_kinds_title(kinds_, index_); }

    /** It counts up when results change. */
    [[nodiscard]] unsigned version() const noexcept { return aic_kinds_version(kinds_, index_); }
    [[nodiscard]] std::size_t input_count() const noexcept { return aic_kinds_input_count(kinds_, index_); }
    [[nodiscard]] std::size_t output_count() const noexcept { return aic_kinds_output_count(kinds_, index_); }

    /** A property of an input. @param index below input_count(); else "" */
    [[nodiscard]] std::string_view input(std::size_t index, aic_kind_property property) const noexcept {
        return aic_kinds_input(kinds_, index_, index, property);
    }

    /** A property of an output. @param index below output_count(); else "" */
    [[nodiscard]] std::string_view output(std::size_t index, aic_kind_property property) const noexcept {
        return aic_kinds_output(kinds_, index_, index, property);
    }

  private:
    const aic_kinds *kinds_;
    std::size_t index_;
};

/** The model kinds that are known: the library's own, or those of a scenario too; sorted by name. Immutable, for any thread; moves. @since
 * 0.1.0 */
class Kinds {
  public:
    /** The library's own kinds. @throws Error */
    explicit Kinds(Report *report = nullptr) : Kinds(nullptr, report) {}

    /** The kinds of a scenario too; independent of it afterwards. @throws Error */
    explicit Kinds(const Scenario &scenario, Report *report = nullptr) : Kinds(scenario.get(), report) {}

    [[nodiscard]] std::size_t count() const noexcept { return aic_kinds_count(get()); }

    /** A kind in order. @param index below count(); else one without name */
    [[nodiscard]] Kind kind(std::size_t index) const noexcept { return {get(), index}; }
    [[nodiscard]] Kind operator[](std::size_t index) const noexcept { return kind(index); }

    /** A kind by its name. @throws Error AIC_ERROR_NAME, with the nearest name */
    [[nodiscard]] Kind operator[](std::string_view name) const { return {get(), find(name)}; }

    /** The index of a kind. @throws Error AIC_ERROR_NAME, with the nearest name */
    [[nodiscard]] std::size_t find(std::string_view name, Report *report = nullptr) const {
        const detail::Text text(name);
        std::size_t index = 0;
        detail::call_often(report, [&](aic_report *to) { return aic_kinds_find(get(), text, &index, to); });
        return index;
    }

    using Iterator = detail::Iterator<Kinds, Kind, &Kinds::kind>;
    [[nodiscard]] Iterator begin() const noexcept { return {this, 0}; }
    [[nodiscard]] Iterator end() const noexcept { return {this, count()}; }

    /** One kind in full, or all of them a line each. @param name of a kind; "": the list @throws Error */
    [[nodiscard]] std::string text(std::string_view name = {}, aic_format format = AIC_FORMAT_TEXT, Report *report = nullptr) const {
        const detail::Text named(name);
        detail::MadeText text;
        detail::call(report, [&](aic_report *to) { return aic_kinds_text(get(), named.or_null(), format, text, to); });
        return detail::string_of(text);
    }

    /** The JSON Schema (draft 07) of scenarios with models of these kinds, by which editors complete and check them. @throws Error */
    [[nodiscard]] std::string schema(Report *report = nullptr) const {
        detail::MadeText text;
        detail::call(report, [&](aic_report *to) { return aic_kinds_schema(get(), text, to); });
        return detail::string_of(text);
    }

    [[nodiscard]] aic_kinds *get() const noexcept { return handle_.get(); }
    [[nodiscard]] explicit operator bool() const noexcept { return handle_ != nullptr; }

  private:
    Kinds(const aic_scenario *scenario, Report *report) {
        detail::Made<aic_kinds, aic_kinds_free> made;
        detail::call(report, [&](aic_report *to) { return aic_kinds_new(scenario, made, to); });
        handle_.reset(made.release());
    }

    detail::Owned<aic_kinds, aic_kinds_free> handle_;
};

} // namespace aicompute

#endif
