/* SPDX-License-Identifier: MIT */
/*
 * What all of the C++ layer stands on: owned and counted handles, texts that go in and out, spans.
 */
#ifndef AICOMPUTE_CPP_STATUS_HPP
#define AICOMPUTE_CPP_STATUS_HPP

#if __cplusplus < 201703L
#error "aicompute.hpp needs C++17"
#endif

#include <aicompute/aicompute.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>
#if __cplusplus >= 202002L && __has_include(<span>)
#include <span>
#endif

namespace aicompute {

/** The version of the library that runs, such as "0.1.0". @since 0.1.0 */
[[nodiscard]] inline std::string_view version() noexcept { return aic_version(); }

/** The number of its binary interface. @since 0.1.0 */
[[nodiscard]] inline unsigned abi_version() noexcept { return aic_abi_version(); }

/** A status in a few English words, borrowed for ever. @since 0.1.0 */
[[nodiscard]] inline std::string_view status_text(aic_status status) noexcept { return aic_status_text(status); }

/** What the number of a message means, in a sentence; "" for an unknown number. Borrowed for ever. @since 0.1.0 */
[[nodiscard]] inline std::string_view code_text(int code) noexcept { return aic_code_text(code); }

#if defined(__cpp_lib_span)
inline namespace with_std_span {
/** A pointer and a size: std::span where the compiler has it. */
template <class Value> using Span = std::span<Value>;
} // namespace with_std_span
#else
inline namespace with_own_span {
/** A pointer and a size. Made of an array, or of anything that has data() and size(): std::vector, std::array, another span. Borrows. */
template <class Value> class Span {
    template <class Other> using Fits = std::enable_if_t<std::is_convertible_v<Other (*)[], Value (*)[]>>;

  public:
    using element_type = Value;
    using value_type = std::remove_cv_t<Value>;
    using size_type = std::size_t;
    using iterator = Value *;

    constexpr Span() noexcept = default;
    constexpr Span(Value *data, std::size_t size) noexcept : data_(data), size_(size) {}
    template <std::size_t Size> constexpr Span(Value (&values)[Size]) noexcept : data_(values), size_(Size) {}
    template <class Container, class = Fits<std::remove_pointer_t<decltype(std::declval<Container &>().data())>>,
              class = decltype(std::declval<Container &>().size())>
    constexpr Span(Container &values) noexcept : data_(values.data()), size_(values.size()) {}
    template <class Container, class = Fits<std::remove_pointer_t<decltype(std::declval<const Container &>().data())>>,
              class = decltype(std::declval<const Container &>().size()), class = void>
    constexpr Span(const Container &values) noexcept : data_(values.data()), size_(values.size()) {}

    [[nodiscard]] constexpr Value *data() const noexcept { return data_; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] constexpr Value &operator[](std::size_t index) const { return data_[index]; }
    [[nodiscard]] constexpr Value &front() const { return data_[0]; }
    [[nodiscard]] constexpr Value &back() const { return data_[size_ - 1]; }
    [[nodiscard]] constexpr Value *begin() const noexcept { return data_; }
    [[nodiscard]] constexpr Value *end() const noexcept { return data_ + size_; }

  private:
    Value *data_ = nullptr;
    std::size_t size_ = 0;
};
} // namespace with_own_span
#endif

/** Not for callers. */
namespace detail {

template <auto Function> struct Release {
    template <class Handle> void operator()(Handle *handle) const noexcept { Function(handle); }
};

/** A handle with one owner. */
template <class Handle, auto Free> using Owned = std::unique_ptr<Handle, Release<Free>>;

/** A handle that is counted. */
template <class Handle, auto Ref, auto Unref> class Counted {
  public:
    Counted() noexcept = default;
    explicit Counted(Handle *handle) noexcept : handle_(handle) {}
    Counted(const Counted &other) noexcept : handle_(Ref(other.handle_)) {}
    Counted(Counted &&other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Counted &operator=(Counted other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~Counted() { Unref(handle_); }

    [[nodiscard]] Handle *get() const noexcept { return handle_; }
    [[nodiscard]] Handle *release() noexcept { return std::exchange(handle_, nullptr); }

  private:
    Handle *handle_ = nullptr;
};

/** Where a C function puts the handle that it makes: `Made made; f(made);` */
template <class Handle, auto Free> class Made {
  public:
    Made() = default;
    Made(const Made &) = delete;
    Made &operator=(const Made &) = delete;
    ~Made() { Free(handle_); }
    operator Handle **() noexcept { return &handle_; }
    [[nodiscard]] Handle *release() noexcept { return std::exchange(handle_, nullptr); }
    [[nodiscard]] const Handle *get() const noexcept { return handle_; }

  private:
    Handle *handle_ = nullptr;
};

using MadeText = Made<aic_text, aic_text_free>;

inline std::string string_of(const MadeText &text) { return {aic_text_bytes(text.get()), aic_text_size(text.get())}; }

/** The word of the library behind an atomic of the caller's: a lock-free atomic has the bytes of its value, and the library reads and
 * writes the word atomically. */
template <class Word> const volatile Word *word_of(const std::atomic<Word> *word) noexcept {
    static_assert(std::atomic<Word>::is_always_lock_free && sizeof(std::atomic<Word>) == sizeof(Word), "an atomic word is a word");
    return reinterpret_cast<const volatile Word *>(word);
}
template <class Word> volatile Word *word_of(std::atomic<Word> *word) noexcept {
    return const_cast<volatile Word *>(word_of(static_cast<const std::atomic<Word> *>(word)));
}

/** Steps over anything that is counted and indexed. */
template <class Owner, class Item, Item (Owner::*At)(std::size_t) const> class Iterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Item;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Item;

    Iterator(const Owner *owner, std::size_t index) noexcept : owner_(owner), index_(index) {}
    Item operator*() const { return (owner_->*At)(index_); }
    Iterator &operator++() noexcept {
        index_++;
        return *this;
    }
    Iterator operator++(int) noexcept {
        Iterator before = *this;
        index_++;
        return before;
    }
    friend bool operator==(const Iterator &a, const Iterator &b) noexcept { return a.index_ == b.index_; }
    friend bool operator!=(const Iterator &a, const Iterator &b) noexcept { return a.index_ != b.index_; }

  private:
    const Owner *owner_;
    std::size_t index_;
};

} // namespace detail
} // namespace aicompute

#endif
