/* SPDX-License-Identifier: MIT */
/*
 * Sampling in several places: a Part holds what the draws of a shard came to, as bytes that travel; Scenario::sample_part() makes one.
 */
#ifndef AICOMPUTE_CPP_PART_HPP
#define AICOMPUTE_CPP_PART_HPP

#include <aicompute/cpp/sample.hpp>

namespace aicompute {

/** Some of the draws of a sampling. Never changes; moves. Any thread. @since 0.1.0
 *
 *   aicompute::Part all = aicompute::Part::merge({&first, &second});
 *   double mean = all.result()["chat.capex"].statistic(AIC_STATISTIC_MEAN);
 */
class Part {
  public:
    /** Takes over a handle of the C interface. */
    explicit Part(aic_part *handle) noexcept : handle_(handle) {}

    /** Reads a part from bytes, of which nothing is believed until it is checked. @param name for messages, such as a file's */
    [[nodiscard]] static Part read(std::string_view bytes, std::string_view name = {}, Report *report = nullptr) {
        detail::Made<aic_part, aic_part_free> made;
        const detail::Text named(name);
        detail::call(report, [&](aic_report *to) {
            return aic_part_read(bytes.data() == nullptr ? "" : bytes.data(), bytes.size(), named, nullptr, made, to);
        });
        return Part(made.release());
    }

    /** Reads a part from a file, whose bytes are held once only. @throws Error it cannot be read, or is no part */
    [[nodiscard]] static Part load_file(std::string_view path, Report *report = nullptr) {
        detail::Made<aic_part, aic_part_free> made;
        const detail::Text named(path);
        detail::call(report, [&](aic_report *to) { return aic_part_load_file(named, nullptr, made, to); });
        return Part(made.release());
    }

    /** Makes one part of several, in any order; they stay as they are. @throws Error they do not belong together, or hold the same draws */
    [[nodiscard]] static Part merge(const std::vector<const Part *> &parts, Report *report = nullptr) {
        const std::vector<const aic_part *> handles = handles_of(parts);
        detail::Made<aic_part, aic_part_free> made;
        detail::call(report, [&](aic_report *to) { return aic_parts_merge(handles.data(), handles.size(), made, to); });
        return Part(made.release());
    }

    /** What parts come to together: as merge() and result(), in half the memory. @param partial as in result() */
    [[nodiscard]] static Result result_of(const std::vector<const Part *> &parts, bool partial = false, Report *report = nullptr) {
        const std::vector<const aic_part *> handles = handles_of(parts);
        detail::Made<aic_result, aic_result_unref> made;
        detail::call(report, [&](aic_report *to) { return aic_parts_result(handles.data(), handles.size(), partial, made, to); });
        return Result(made.release());
    }

    /** The bytes; the same ones for any number of threads, and however it was merged. Borrowed. */
    [[nodiscard]] std::string_view bytes() const noexcept {
        std::size_t size = 0;
        const void *bytes = aic_part_bytes(get(), &size);
        return {static_cast<const char *>(bytes), size};
    }

    /** How many draws it holds. */
    [[nodiscard]] std::uint64_t samples() const noexcept { return aic_part_samples(get(), nullptr); }

    /** How many draws the whole sampling has; 0 where nothing is uncertain. */
    [[nodiscard]] std::uint64_t all_samples() const noexcept {
        std::uint64_t all = 0;
        aic_part_samples(get(), &all);
        return all;
    }

    /** What it comes to: of all draws the very result of Scenario::sample(). @param partial where draws are missing: of those that are
     * there; else that is an error */
    [[nodiscard]] Result result(bool partial = false, Report *report = nullptr) const {
        detail::Made<aic_result, aic_result_unref> made;
        detail::call(report, [&](aic_report *to) { return aic_part_result(get(), partial, made, to); });
        return Result(made.release());
    }

    [[nodiscard]] const aic_part *get() const noexcept { return handle_.get(); }
    [[nodiscard]] aic_part *release() noexcept { return handle_.release(); }
    [[nodiscard]] explicit operator bool() const noexcept { return handle_ != nullptr; }

  private:
    static std::vector<const aic_part *> handles_of(const std::vector<const Part *> &parts) {
        std::vector<const aic_part *> handles;
        for (const Part *part : parts) {
            handles.push_back(part == nullptr ? nullptr : part->get());
        }
        return handles;
    }

    detail::Owned<aic_part, aic_part_free> handle_;
};

} // namespace aicompute

#endif
