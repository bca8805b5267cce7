/* SPDX-License-Identifier: MIT */
/*
 * Results: quantities by name or in order, claims with their verdicts, and their writing.
 */
#ifndef AICOMPUTE_CPP_RESULT_HPP
#define AICOMPUTE_CPP_RESULT_HPP

#include <aicompute/cpp/report.hpp>

namespace aicompute {

/** A verdict as it is written, such as "not_checkable"; borrowed for ever. @since 0.1.0 */
[[nodiscard]] inline std::string_view verdict_text(aic_verdict verdict) noexcept { return aic_verdict_text(verdict); }

/** How a text is made. */
struct TextOptions {
    aic_format format = AIC_FORMAT_TEXT;
    aic_numerals numerals = AIC_NUMERALS_SI; /**< of text and Markdown */
    bool color = false;                      /**< ANSI colours in text */
    int width = 0;                           /**< columns of a text table; 0: 100 */
    int digits = 0;                          /**< significant digits for people; 0: 4 */
    bool everything = false;                 /**< text and Markdown also list assumptions and inputs (JSON and CSV always do) */
};

namespace detail {

inline aic_text_options c_options(const TextOptions &options) noexcept {
    aic_text_options c = {};
    c.size = sizeof c;
    c.format = options.format;
    c.numerals = options.numerals;
    c.color = options.color;
    c.width = options.width;
    c.digits = options.digits;
    c.everything = options.everything;
    return c;
}

} // namespace detail

/** A quantity of a result: a view, valid as long as a Result (or a copy of it) is. Any thread. @since 0.1.0 */
class Quantity {
  public:
    Quantity(const aic_result *result, std::size_t index) noexcept : result_(result), index_(index) {}

    [[nodiscard]] std::string_view text(aic_quantity_text which) const noexcept { return aic_result_quantity(result_, index_, which); }
    [[nodiscard]] std::string_view name() const noexcept { return text(AIC_QUANTITY_NAME); }
    [[nodiscard]] std::string_view unit() const noexcept { return text(AIC_QUANTITY_UNIT); }
    [[nodiscard]] std::string_view display() const noexcept { return text(AIC_QUANTITY_DISPLAY); }
    [[nodiscard]] std::string_view label() const noexcept { return text(AIC_QUANTITY_LABEL); }
    [[nodiscard]] std::string_view source() const noexcept { return text(AIC_QUANTITY_SOURCE); }
    [[nodiscard]] std::string_view note() const noexcept { return text(AIC_QUANTITY_NOTE); }
    [[nodiscard]] std::string_view model() const noexcept { return text(AIC_QUANTITY_MODEL); }
    [[nodiscard]] aic_role role() const noexcept { return aic_result_role(result_, index_); }
    [[nodiscard]] bool is_default() const noexcept { return aic_result_is_default(result_, index_) != 0; }

    /** The value in unit(); of a series that of its first year; NaN for a text or a truth value. */
    [[nodiscard]] double value() const noexcept { return aic_result_value(result_, index_); }
    [[nodiscard]] bool is_series() const noexcept { return aic_result_year_count(result_, index_) > 0; }

    /** The years of a series, ascending; of another quantity none. Borrowed from the result. */
    template <class View = Span<const int>> [[nodiscard]] View years() const noexcept {
        return View(aic_result_years(result_, index_), aic_result_year_count(result_, index_));
    }

    /** The values in unit(): one a year, or just one; none of a text or a truth value. Borrowed from the result. */
    template <class View = Span<const double>> [[nodiscard]] View values() const noexcept {
        const double *values = aic_result_values(result_, index_);
        const std::size_t years = aic_result_year_count(result_, index_);
        return View(values, values == nullptr ? 0 : years > 0 ? years : 1);
    }

    /** The value of one year of a series. @throws Error AIC_ERROR_ARGUMENT: it has no such year */
    [[nodiscard]] double value(int year) const {
        const int *years = aic_result_years(result_, index_);
        for (std::size_t i = 0; i < aic_result_year_count(result_, index_); i++) {
            if (years[i] == year) {
                return aic_result_values(result_, index_)[i];
            }
        }
        detail::refuse(std::string(name()) + " has no year " + std::to_string(year));
    }

    /** What sampling has made of it, in unit(); NaN where it was not sampled.
     * @param quantile  number of the quantile among those that were asked for; of other statistics 0
     * @param year      number of the year among years(); 0 for a quantity that is not a series
     */
    [[nodiscard]] double statistic(aic_statistic which, std::size_t quantile = 0, std::size_t year = 0) const noexcept {
        return aic_result_statistic(result_, index_, year, which, quantile);
    }
    [[nodiscard]] double mean(std::size_t year = 0) const noexcept { return statistic(AIC_STATISTIC_MEAN, 0, year); }
    [[nodiscard]] double sd(std::size_t year = 0) const noexcept { return statistic(AIC_STATISTIC_SD, 0, year); }
    [[nodiscard]] double quantile(std::size_t quantile, std::size_t year = 0) const noexcept {
        return statistic(AIC_STATISTIC_QUANTILE, quantile, year);
    }

  private:
    const aic_result *result_;
    std::size_t index_;
};

/** A claim of a result: a view, valid as long as a Result (or a copy of it) is. Any thread. @since 0.1.0 */
class Claim {
  public:
    Claim(const aic_result *result, std::size_t index) noexcept : result_(result), index_(index) {}

    [[nodiscard]] std::string_view text(aic_claim_text which) const noexcept { return aic_result_claim(result_, index_, which); }
    [[nodiscard]] std::string_view id() const noexcept { return text(AIC_CLAIM_ID); }
    [[nodiscard]] std::string_view says() const noexcept { return text(AIC_CLAIM_SAYS); }
    [[nodiscard]] std::string_view unit() const noexcept { return text(AIC_CLAIM_UNIT); }
    [[nodiscard]] std::string_view reading() const noexcept { return text(AIC_CLAIM_READING); }
    [[nodiscard]] std::string_view source() const noexcept { return text(AIC_CLAIM_SOURCE); }
    [[nodiscard]] std::string_view note() const noexcept { return text(AIC_CLAIM_NOTE); }

    /** A figure in unit(); NaN where it does not apply, infinity where an interval is open. */
    [[nodiscard]] double figure(aic_claim_figure which) const noexcept { return aic_result_claim_figure(result_, index_, which); }
    [[nodiscard]] double published() const noexcept { return figure(AIC_CLAIM_PUBLISHED); }
    [[nodiscard]] double computed() const noexcept { return figure(AIC_CLAIM_COMPUTED); }
    [[nodiscard]] double ratio() const noexcept { return figure(AIC_CLAIM_RATIO); }
    [[nodiscard]] aic_verdict verdict() const noexcept { return aic_result_claim_verdict(result_, index_); }
    [[nodiscard]] aic_verdict expected() const noexcept { return aic_result_claim_expected(result_, index_); }

  private:
    const aic_result *result_;
    std::size_t index_;
};

/** A column of a result's table: a view, valid as long as a Result (or a copy of it) is. Any thread. @since 0.1.0 */
class TableColumn {
  public:
    TableColumn(const aic_result *result, std::size_t index) noexcept : result_(result), index_(index) {}

    [[nodiscard]] std::string_view text(aic_column_text which) const noexcept { return aic_result_column(result_, index_, which); }
    [[nodiscard]] std::string_view name() const noexcept { return text(AIC_COLUMN_NAME); }
    [[nodiscard]] std::string_view unit() const noexcept { return text(AIC_COLUMN_UNIT); }
    [[nodiscard]] std::string_view statistic() const noexcept { return text(AIC_COLUMN_STATISTIC); }

    /** The numbers in unit(), one a row; NaN where a row has none. Borrowed from the result. */
    template <class View = Span<const double>> [[nodiscard]] View values() const noexcept {
        const double *values = aic_result_column_values(result_, index_);
        return View(values, values == nullptr ? 0 : aic_result_row_count(result_));
    }

  private:
    const aic_result *result_;
    std::size_t index_;
};

/** What came out: values, verdicts, a derivation, a difference or a table. Immutable and counted: copies share it, on any thread. @since
 * 0.1.0
 *
 *   for (Quantity quantity : result) { std::cout << quantity.name() << " = " << quantity.display() << '\n'; }
 */
class Result {
  public:
    /** No result. */
    Result() noexcept = default;

    /** Takes over a reference that the caller has. */
    explicit Result(aic_result *handle) noexcept : handle_(handle) {}

    [[nodiscard]] std::size_t count() const noexcept { return aic_result_count(get()); }

    /** A quantity in order. @param index below count(); else a quantity without name or value */
    [[nodiscard]] Quantity quantity(std::size_t index) const noexcept { return {get(), index}; }
    [[nodiscard]] Quantity operator[](std::size_t index) const noexcept { return quantity(index); }

    /** A quantity by its full name, such as "chatgpt.capex". @throws Error AIC_ERROR_NAME, with the nearest name */
    [[nodiscard]] Quantity operator[](std::string_view name) const { return {get(), find(name)}; }

    /** The index of a quantity. @throws Error AIC_ERROR_NAME, with the nearest name */
    [[nodiscard]] std::size_t find(std::string_view name, Report *report = nullptr) const {
        std::size_t index = 0;
        const detail::Text text(name);
        detail::call_often(report, [&](aic_report *to) { return aic_result_find(get(), text, &index, to); });
        return index;
    }

    using Iterator = detail::Iterator<Result, Quantity, &Result::quantity>;
    [[nodiscard]] Iterator begin() const noexcept { return {this, 0}; }
    [[nodiscard]] Iterator end() const noexcept { return {this, count()}; }

    [[nodiscard]] std::size_t claim_count() const noexcept { return aic_result_claim_count(get()); }

    /** A claim in the order of the scenario. @param index below claim_count(); else a claim without id, which is not checkable */
    [[nodiscard]] Claim claim(std::size_t index) const noexcept { return {get(), index}; }

    /** All claims, in order. */
    [[nodiscard]] std::vector<Claim> claims() const {
        std::vector<Claim> all;
        all.reserve(claim_count());
        for (std::size_t i = 0; i < claim_count(); i++) {
            all.push_back(claim(i));
        }
        return all;
    }

    /** How many claims have a verdict. */
    [[nodiscard]] std::size_t verdict_count(aic_verdict verdict) const noexcept { return aic_result_verdict_count(get(), verdict); }

    /** How many claims have another verdict than the expected one. */
    [[nodiscard]] std::size_t unexpected_count() const noexcept { return aic_result_unexpected_count(get()); }

    [[nodiscard]] std::size_t row_count() const noexcept { return aic_result_row_count(get()); }
    [[nodiscard]] std::size_t column_count() const noexcept { return aic_result_column_count(get()); }

    /** What a row of the table is about, such as an input; "" where rows are only numbered. */
    [[nodiscard]] std::string_view row(std::size_t row) const noexcept { return aic_result_row(get(), row, AIC_ROW_NAME); }

    /** The unit of a row's own numbers: in a sensitivity, that of the input; "" where rows have none. */
    [[nodiscard]] std::string_view row_unit(std::size_t row) const noexcept { return aic_result_row(get(), row, AIC_ROW_UNIT); }

    /** A column of the table in order. @param index below column_count(); else a column without name or values */
    [[nodiscard]] TableColumn column(std::size_t index) const noexcept { return {get(), index}; }

    /** How many draws its statistics come from; 0 when nothing was sampled. */
    [[nodiscard]] std::uint64_t samples() const noexcept { return aic_result_samples(get()); }

    /** The result as a table, JSON, CSV or Markdown. @throws Error */
    [[nodiscard]] std::string text(const TextOptions &options = {}, Report *report = nullptr) const {
        detail::MadeText text;
        const aic_text_options c = detail::c_options(options);
        detail::call(report, [&](aic_report *to) { return aic_result_text(get(), &c, text, to); });
        return detail::string_of(text);
    }

    [[nodiscard]] aic_result *get() const noexcept { return handle_.get(); }
    [[nodiscard]] aic_result *release() noexcept { return handle_.release(); }
    [[nodiscard]] explicit operator bool() const noexcept { return get() != nullptr; }

  private:
    detail::Counted<aic_result, aic_result_ref, aic_result_unref> handle_;
};

} // namespace aicompute

#endif
