/* SPDX-License-Identifier: MIT */
/* The words of streams and of Sobol' points, made with AVX2: the same as from every other set. Skipped where the processor lacks it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#if defined(__x86_64__)

#include <immintrin.h>

/* gcc names the sets of the pragma by macros; clang does not, so they are named here. */
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#if !defined(__AVX2__)
#define __AVX2__ 1
#define __FMA__ 1
#endif
#else
#pragma GCC push_options
#pragma GCC target("avx2,fma")
#endif

#include "eval/stream.h"

static void draw_stream(aici_stream *stream, size_t count, uint64_t *to) { aici_stream_words(stream, count, to); }
static void draw_sobol(const aici_sobol *sobol, uint64_t first, size_t count, uint64_t *to) { aici_sobol_words(sobol, first, count, to); }

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#include "words_tests.h"

int main(void) {
    const struct CMUnitTest tests[] = {WORDS_TESTS};
    if (!(__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")))
        return 77;
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

int main(void) { return 77; }

#endif
