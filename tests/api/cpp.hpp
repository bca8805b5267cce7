/* SPDX-License-Identifier: MIT */
/*
 * What the tests of the C++ layer share: cmocka as C++ sees it, a small scenario, and the Error that a call throws.
 */
#ifndef AICOMPUTE_TEST_CPP_HPP
#define AICOMPUTE_TEST_CPP_HPP

#include <aicompute/aicompute.hpp>

#include <setjmp.h>
#include <stdarg.h>

extern "C" {
#include <cmocka.h>
}

namespace testing {

constexpr std::string_view chat = "aicompute: 1\n"
                                  "title: A chat service\n"
                                  "timeline: 2024..2026\n"
                                  "assumptions:\n"
                                  "  visits: {value: 60M visit/day, note: published traffic, label: 日访问量}\n"
                                  "  speed: 2 TFLOP/s\n"
                                  "calculations:\n"
                                  "  queries: visits * 10 query/visit\n"
                                  "  days: 1.728e17 FLOP / speed\n"
                                  "  growing: \"1 server * 2 ^ (year - 2024)\"\n"
                                  "claims:\n"
                                  "  - {id: queries, says: queries a day, published: 600M query/day, computed: queries}\n"
                                  "  - {id: days, published: 3 day, computed: days}\n";

inline aicompute::Scenario chat_service() { return aicompute::Scenario::load(chat, "chat.yaml"); }

/** The Error of a call that must throw one. */
template <class Call> aicompute::Error error_of(Call &&call) {
    try {
        call();
    } catch (const aicompute::Error &error) {
        return error;
    }
    fail_msg("nothing was thrown");
    return aicompute::Error(AIC_OK, "");
}

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/** Of the other file of the program, which includes the header too: throws. */
void throw_from_another_file();

} // namespace testing

#endif
