/* SPDX-License-Identifier: MIT */
/*
 * What happened during a call: a report that the caller may hand in to see warnings and notes, and the exception that a call throws when it
 * fails.
 */
#ifndef AICOMPUTE_CPP_REPORT_HPP
#define AICOMPUTE_CPP_REPORT_HPP

#include <aicompute/cpp/status.hpp>

#include <new>
#include <stdexcept>

namespace aicompute {

/** Where an entry begins and ends: lines from 1, columns in code points from 1, the last column included; 0 where there is no place. */
struct Place {
    unsigned line = 0;
    unsigned column = 0;
    unsigned last_line = 0;
    unsigned last_column = 0;
};

/** One fault or remark, copied out of a report. */
struct Entry {
    aic_severity severity = AIC_SEVERITY_NOTE;
    int code = 0;        /**< stable; code_text() says what it means */
    std::string message; /**< one line without place, hint or final stop */
    std::string hint;    /**< the likely repair, or "" */
    std::string notes;   /**< further facts, one a line, or "" */
    std::string file;    /**< as the caller named it, or "" */
    std::string path;    /**< dotted path in the scenario, or "" */
    Place place;
};

/** What happened during one call. Every call that can fail takes one, last, which it first empties; without one, notes and warnings are
 * dropped and errors still are thrown. Moves; one thread at a time. @since 0.1.0
 */
class Report {
  public:
    /** Makes an empty report.
     * @param allocator  copied; nullptr means malloc
     * @throws           std::bad_alloc
     */
    explicit Report(const aic_allocator *allocator = nullptr) : handle_(aic_report_new(allocator)) {
        if (!handle_) {
            throw std::bad_alloc();
        }
    }

    void clear() noexcept { aic_report_clear(get()); }
    [[nodiscard]] std::size_t count() const noexcept { return aic_report_count(get()); }

    /** How many errors there were, also those that were too many to be kept. */
    [[nodiscard]] std::size_t error_count() const noexcept { return aic_report_error_count(get()); }

    /** An entry, copied. @param index below count(); else an empty entry */
    [[nodiscard]] Entry entry(std::size_t index) const {
        Entry entry;
        entry.severity = aic_report_severity(get(), index);
        entry.code = aic_report_code(get(), index);
        entry.message = aic_report_message(get(), index);
        entry.hint = aic_report_hint(get(), index);
        entry.notes = aic_report_notes(get(), index);
        entry.file = aic_report_file(get(), index);
        entry.path = aic_report_path(get(), index);
        aic_report_place(get(), index, &entry.place.line, &entry.place.column, &entry.place.last_line, &entry.place.last_column);
        return entry;
    }

    /** All entries, copied. */
    [[nodiscard]] std::vector<Entry> entries() const {
        std::vector<Entry> all;
        all.reserve(count());
        for (std::size_t i = 0; i < count(); i++) {
            all.push_back(entry(i));
        }
        return all;
    }

    /** The whole report as compilers write: place, message, source line, caret, hint.
     * @param color  ANSI colours
     * @throws       std::bad_alloc
     */
    [[nodiscard]] std::string text(bool color = false) const {
        detail::MadeText text;
        if (aic_report_text(get(), color, text) == AIC_ERROR_MEMORY) {
            throw std::bad_alloc();
        }
        return detail::string_of(text);
    }

    [[nodiscard]] aic_report *get() const noexcept { return handle_.get(); }
    [[nodiscard]] explicit operator bool() const noexcept { return handle_ != nullptr; }

  private:
    detail::Owned<aic_report, aic_report_free> handle_;
};

/** A call failed, and changed nothing. what() is the picture that the program `aicompute` prints: place, message, source line, caret, hint.
 * Copies are cheap and cannot fail. Memory that the library could not have is an Error with AIC_ERROR_MEMORY; memory that this layer itself
 * could not have is std::bad_alloc. @since 0.1.0
 */
class Error : public std::runtime_error {
  public:
    /** A failure that a report tells of. */
    Error(aic_status status, const Report &report)
        : std::runtime_error(picture(status, report)), status_(status),
          entries_(std::make_shared<const std::vector<Entry>>(report.entries())) {}

    /** A failure that this layer found itself, such as a span of the wrong size: it has no entries. */
    Error(aic_status status, const std::string &message)
        : std::runtime_error(message), status_(status), entries_(std::make_shared<const std::vector<Entry>>()) {}

    Error(const Error &) = default;
    Error &operator=(const Error &) = default;
    ~Error() override = default;

    /** Which reaction is asked for. */
    [[nodiscard]] aic_status status() const noexcept { return status_; }

    /** The number of the first error, the `nnn` of AIC-nnn; 0 when there is no entry. */
    [[nodiscard]] int code() const noexcept {
        for (const Entry &entry : *entries_) {
            if (entry.severity == AIC_SEVERITY_ERROR) {
                return entry.code;
            }
        }
        return 0;
    }

    /** What the report said: errors, with warnings and notes among them, in the order of the text. Borrowed from this exception and its
     * copies. */
    [[nodiscard]] const std::vector<Entry> &entries() const noexcept { return *entries_; }

  private:
    static std::string picture(aic_status status, const Report &report) {
        std::string text = report.text();
        while (!text.empty() && text.back() == '\n') {
            text.pop_back();
        }
        return text.empty() ? aic_status_text(status) : text;
    }

    aic_status status_;
    std::shared_ptr<const std::vector<Entry>> entries_;
};

namespace detail {

[[noreturn]] inline void refuse(const std::string &message) { throw Error(AIC_ERROR_ARGUMENT, message); }

/** Makes a call with the caller's report, or one of its own, and throws when it fails. */
template <class Function> void call(Report *report, Function &&function) {
    if (report == nullptr || !*report) {
        Report own;
        call(&own, function);
        return;
    }
    const aic_status status = function(report->get());
    if (status != AIC_OK) {
        throw Error(status, *report);
    }
}

/** The same for calls that only read, and are wanted often: a report is made, and the call made again, only when it has failed without one.
 */
template <class Function> void call_often(Report *report, Function &&function) {
    if (report != nullptr || function(nullptr) != AIC_OK) {
        call(report, function);
    }
}

/** Text on its way in: C ends it at a NUL, so that one inside is refused. Lives until the call has returned. */
class Text {
  public:
    Text(std::string_view text) : text_(text) {
        if (text_.find('\0') != std::string::npos) {
            refuse("a text has a NUL inside: \"" + text_.substr(0, text_.find('\0')) + "\"");
        }
    }
    operator const char *() const noexcept { return text_.c_str(); }

    /** NULL for the empty text, where C means "none" by it. */
    [[nodiscard]] const char *or_null() const noexcept { return text_.empty() ? nullptr : text_.c_str(); }

  private:
    std::string text_;
};

} // namespace detail
} // namespace aicompute

#endif
