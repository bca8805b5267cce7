/* SPDX-License-Identifier: MIT */
/*
 * Units as text, and conversions.
 */
#ifndef AICOMPUTE_CPP_UNIT_HPP
#define AICOMPUTE_CPP_UNIT_HPP

#include <aicompute/cpp/scenario.hpp>

namespace aicompute {

/** A unit of a list: a view, valid as long as its Units are. @since 0.1.0 */
class Unit {
  public:
    Unit(const aic_units *units, std::size_t index) noexcept : units_(units), index_(index) {}

    [[nodiscard]] std::string_view name() const noexcept { return aic_units_name(units_, index_); }
    [[nodiscard]] std::string_view title() const noexcept { return aic_units_title(units_, index_); }

    /** "base", or a quantity such as "3600 J". */
    [[nodiscard]] std::string_view definition() const noexcept { return aic_units_definition(units_, index_); }

    /** Other names, separated by spaces. */
    [[nodiscard]] std::string_view synonyms() const noexcept { return aic_units_synonyms(units_, index_); }

  private:
    const aic_units *units_;
    std::size_t index_;
};

/** The units that are known: the library's own, or those of a scenario with its exchange rates. Immutable, for any thread; moves. @since
 * 0.1.0 */
class Units {
  public:
    /** The library's own units. @throws Error */
    explicit Units(Report *report = nullptr) : Units(nullptr, report) {}

    /** The units of a scenario too; independent of it afterwards. @throws Error */
    explicit Units(const Scenario &scenario, Report *report = nullptr) : Units(scenario.get(), report) {}

    [[nodiscard]] std::size_t count() const noexcept { return aic_units_count(get()); }

    /** A unit in order. @param index below count(); else one without name */
    [[nodiscard]] Unit unit(std::size_t index) const noexcept { return {get(), index}; }
    [[nodiscard]] Unit operator[](std::size_t index) const noexcept { return unit(index); }

    using Iterator = detail::Iterator<Units, Unit, &Units::unit>;
    [[nodiscard]] Iterator begin() const noexcept { return {this, 0}; }
    [[nodiscard]] Iterator end() const noexcept { return {this, count()}; }

    /** A number in another unit of the same dimension. @throws Error AIC_ERROR_UNIT and others */
    [[nodiscard]] double convert(double value, std::string_view from, std::string_view to, Report *report = nullptr) const {
        return converted(value, from, detail::Text(to), report);
    }

    /** A number in the coherent unit: no prefix, no scale, time in seconds. @throws Error AIC_ERROR_UNIT and others */
    [[nodiscard]] double convert(double value, std::string_view from, Report *report = nullptr) const {
        return converted(value, from, nullptr, report);
    }

    /** One unit described, or all of them. @param unit the text of any unit; "": the whole list @throws Error */
    [[nodiscard]] std::string text(std::string_view unit = {}, bool json = false, Report *report = nullptr) const {
        const detail::Text named(unit);
        detail::MadeText text;
        detail::call(report, [&](aic_report *to) { return aic_units_text(get(), named.or_null(), json, text, to); });
        return detail::string_of(text);
    }

    [[nodiscard]] aic_units *get() const noexcept { return handle_.get(); }
    [[nodiscard]] explicit operator bool() const noexcept { return handle_ != nullptr; }

  private:
    Units(const aic_scenario *scenario, Report *report) {
        detail::Made<aic_units, aic_units_free> made;
        detail::call(report, [&](aic_report *to) { return aic_units_new(scenario, made, to); });
        handle_.reset(made.release());
    }

    double converted(double value, std::string_view from, const char *to, Report *report) const {
        const detail::Text in(from);
        double result = 0;
        detail::call_often(report, [&](aic_report *into) { return aic_units_convert(get(), value, in, to, &result, into); });
        return result;
    }

    detail::Owned<aic_units, aic_units_free> handle_;
};

} // namespace aicompute

#endif
