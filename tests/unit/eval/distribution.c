/* SPDX-License-Identifier: MIT */
/* Distributions agree with independently computed numbers (tests/cases/distributions.yaml), and keep the laws of all distributions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/memory.h"
#include "eval/distribution.h"
#include "expr/words.h"
#include "cases.h"
#include "failing_allocator.h"

#include <math.h>

enum { MOST_PARAMETERS = 16, KINDS = AICI_DISTRIBUTION_TRUNCATED + 1, PARAMETERS = AICI_PARAMETER_DISTRIBUTION };

/** Reads `normal(mean=3, sd=2)`, with distributions inside, and prepares it. */
typedef struct reading {
    const char *next;
    aici_arena *arena;
    uint32_t at; /**< the faulty parameter */
} reading;

static uint8_t word_among(reading *read, const char *(*text)(uint8_t), uint8_t count, char end) {
    size_t size = strcspn(read->next, "(=");
    for (uint8_t i = 0; i < count; i++) {
        if (strlen(text(i)) == size && memcmp(text(i), read->next, size) == 0 && read->next[size] == end) {
            read->next += size + 1;
            return i;
        }
    }
    return count;
}

static aici_distribution_fault prepare(reading *read, aici_ready *out) {
    uint8_t parameter[MOST_PARAMETERS];
    double value[MOST_PARAMETERS] = {0};
    const aici_ready *component[MOST_PARAMETERS] = {NULL};
    aici_written written = {word_among(read, aici_distribution_text, KINDS, '('), 0, parameter, value, component};
    if (written.distribution == KINDS)
        fail_msg("no distribution: %s", read->next);
    while (*read->next != ')') {
        uint32_t n = written.count++;
        parameter[n] = word_among(read, aici_parameter_text, PARAMETERS, '=');
        if (parameter[n] == AICI_PARAMETER_DISTRIBUTION) {
            aici_ready *inner = aici_arena_take(read->arena, sizeof *inner);
            aici_distribution_fault fault = inner ? prepare(read, inner) : AICI_DISTRIBUTION_NO_MEMORY;
            if (fault != AICI_DISTRIBUTION_FINE)
                return fault;
            component[n] = inner;
        } else {
            char *end;
            value[n] = strtod(read->next, &end);
            read->next = end;
        }
        read->next += strspn(read->next, ", ");
    }
    read->next++;
    return aici_distribution_prepare(&written, read->arena, out, &read->at);
}

static aici_ready made_of(const char *text, aici_arena *arena) {
    reading read = {text, arena, 99};
    aici_ready ready;
    if (prepare(&read, &ready) != AICI_DISTRIBUTION_FINE)
        fail_msg("%s is refused", text);
    return ready;
}

/* --- agreement with the data ---------------------------------------------------------------------------------------------------------- */

static double distance(double found, double expected, double scale) {
    if (found == expected)
        return 0;
    double whole = fmax(fabs(expected), scale);
    return fabs(found - expected) / whole;
}

typedef double question(const aici_ready *, double);

/** How a probability answers to the last bits of the value: narrow distributions far from 0 are known no better than this. */
static double change_around(const aici_ready *ready, double x) {
    double bits = 4 * (nextafter(fabs(x), HUGE_VAL) - fabs(x));
    return aici_distribution_probability(ready, x + bits) - aici_distribution_probability(ready, x - bits);
}

static double slack(const aici_ready *ready, question *ask, double x) {
    bool narrow = ready->distribution == AICI_DISTRIBUTION_NORMAL || ready->distribution == AICI_DISTRIBUTION_LOGNORMAL;
    return ask == aici_distribution_probability && narrow ? change_around(ready, x) / ask(ready, x) : 0;
}

/** The worst distance of answers from the data. @p scale: sizes below it count as it. */
static double worst_of(const test_case *item, const aici_ready *ready, question *ask, const char *const keys[2], double scale) {
    const char *asked = test_case_text(item, keys[0]), *expected = test_case_text(item, keys[1]);
    double worst = 0;
    while (*asked && *expected) {
        char *end;
        double x = strtod(asked, &end);
        asked = end + (*end == '\n');
        double y = strtod(expected, &end);
        expected = end + (*end == '\n');
        double apart = fmax(distance(ask(ready, x), y, scale) - slack(ready, ask, x), 0);
        if (!(apart <= 1e-12))
            print_error("%s: %s %.17g: %.17g instead of %.17g (%.2g)\n", test_case_text(item, "of"), keys[0], x, ask(ready, x), y, apart);
        worst = apart >= worst ? apart : worst;
    }
    return worst;
}

/** Whether probabilities inside are differences of others, and therefore precise only as parts of the whole. */
static bool has_cuts(const aici_ready *ready) {
    for (uint32_t i = 0; ready->distribution == AICI_DISTRIBUTION_MIXTURE && i < ready->count; i++) {
        if (has_cuts(ready->component[i]))
            return true;
    }
    return ready->distribution == AICI_DISTRIBUTION_TRUNCATED;
}

/** Sizes below which values near 0 are not precise, where 0 is within. */
static double scale_of(const aici_ready *ready) {
    if (ready->scale_low >= 0 && !has_cuts(ready))
        return 0;
    return isinf(ready->scale_low) || has_cuts(ready) ? aici_distribution_sd(ready) : fmax(-ready->scale_low, fabs(ready->scale_high));
}

static double check_case(const test_case *item, aici_arena *arena) {
    static const char *const by_p[] = {"p", "quantile"}, *const by_x[] = {"at", "probability"};
    aici_ready ready = made_of(test_case_text(item, "of"), arena);
    double scale = scale_of(&ready), mean = test_case_number(item, "mean"), sd = test_case_number(item, "sd");
    double moments = fmax(distance(aici_distribution_mean(&ready), mean, scale), distance(aici_distribution_sd(&ready), sd, 0));
    if (!(moments <= 1e-12))
        print_error("%s: mean %.17g, sd %.17g instead of %.17g, %.17g\n", test_case_text(item, "of"), aici_distribution_mean(&ready),
                    aici_distribution_sd(&ready), mean, sd);
    double quantiles = worst_of(item, &ready, aici_distribution_quantile, by_p, scale);
    double probabilities = worst_of(item, &ready, aici_distribution_probability, by_x, has_cuts(&ready) ? 1 : 0);
    if (getenv("SHOW_WORST"))
        print_message("%-12s q %.1e p %.1e m %.1e %s\n", aici_distribution_text(ready.distribution), quantiles, probabilities, moments,
                      test_case_text(item, "of"));
    return fmax(fmax(quantiles, probabilities), moments);
}

static void quantiles_probabilities_and_moments_agree_with_the_data(void **state) {
    test_cases cases = test_cases_read("tests/cases/distributions.yaml");
    double worst = 0;
    (void)state;
    for (size_t i = 0; i < cases.count; i++) {
        aici_arena *arena = aici_arena_new(NULL);
        worst = fmax(worst, check_case(&cases.item[i], arena));
        aici_arena_free(arena);
    }
    test_cases_free(&cases);
    assert_true(worst <= 1e-12);
}

/* --- laws ----------------------------------------------------------------------------------------------------------------------------- */

static bool has_steps(const aici_ready *ready) { return ready->distribution == AICI_DISTRIBUTION_DISCRETE; }

static void check_laws_at(const aici_ready *ready, const char *text, double p, double *before) {
    double x = aici_distribution_quantile(ready, p), back = aici_distribution_probability(ready, x);
    if (!(x >= ready->scale_low && x <= ready->scale_high))
        fail_msg("%s: the quantile %.17g of %.17g is outside", text, x, p);
    if (!(x >= *before))
        fail_msg("%s: the quantile falls at %.17g", text, p);
    double last = aici_distribution_probability(ready, nextafter(x, -HUGE_VAL));
    double room = has_steps(ready) ? 1 : 1e-12 + change_around(ready, x);
    if (!(fabs(back - p) <= room) || (has_steps(ready) && !(back >= p && last < p)))
        fail_msg("%s: at the quantile of %.17g the probability is %.17g", text, p, back);
    *before = x;
}

static void a_quantile_has_its_probability_lies_in_the_support_and_never_falls(void **state) {
    test_cases cases = test_cases_read("tests/cases/distributions.yaml");
    (void)state;
    for (size_t i = 0; i < cases.count; i++) {
        aici_arena *arena = aici_arena_new(NULL);
        const char *text = test_case_text(&cases.item[i], "of");
        aici_ready ready = made_of(text, arena);
        double before = -HUGE_VAL;
        for (int n = 1; n < 256; n++)
            check_laws_at(&ready, text, n / 256.0, &before);
        aici_arena_free(arena);
    }
    test_cases_free(&cases);
}

static void the_ends_are_those_of_the_support(void **state) {
    test_cases cases = test_cases_read("tests/cases/distributions.yaml");
    (void)state;
    for (size_t i = 0; i < cases.count; i++) {
        aici_arena *arena = aici_arena_new(NULL);
        aici_ready ready = made_of(test_case_text(&cases.item[i], "of"), arena);
        double low = aici_distribution_quantile(&ready, 0), high = aici_distribution_quantile(&ready, 1);
        assert_true(low < high);
        assert_true(isinf(low) || aici_distribution_probability(&ready, nextafter(low, -HUGE_VAL)) == 0);
        assert_true(aici_distribution_probability(&ready, high) == 1);
        assert_true(isnan(aici_distribution_quantile(&ready, -0.1)) && isnan(aici_distribution_quantile(&ready, 1.1)));
        assert_true(isnan(aici_distribution_quantile(&ready, (double)NAN)) && isnan(aici_distribution_probability(&ready, (double)NAN)));
        aici_arena_free(arena);
    }
    test_cases_free(&cases);
}

static void a_discrete_quantile_is_the_smallest_value_that_reaches(void **state) {
    aici_arena *arena = aici_arena_new(NULL);
    (void)state;
    aici_ready ready = made_of("discrete(value=4, weight=1, value=1, weight=1, value=2, weight=2)", arena);
    assert_true(aici_distribution_quantile(&ready, 0.25) == 1);
    assert_true(aici_distribution_quantile(&ready, nextafter(0.25, 1)) == 2);
    assert_true(aici_distribution_quantile(&ready, 0.75) == 2);
    assert_true(aici_distribution_quantile(&ready, nextafter(0.75, 1)) == 4);
    aici_arena_free(arena);
}

static void a_mixture_with_a_gap_gives_the_value_before_it(void **state) {
    aici_arena *arena = aici_arena_new(NULL);
    (void)state;
    aici_ready ready = made_of("mixture(uniform(low=0, high=1), weight=1, uniform(low=5, high=6), weight=1)", arena);
    assert_true(aici_distribution_quantile(&ready, 0.5) == 1);
    assert_true(aici_distribution_quantile(&ready, 0.5 + 1e-9) >= 5);
    assert_true(aici_distribution_probability(&ready, 3) == 0.5);
    aici_arena_free(arena);
}

static void a_truncated_discrete_keeps_values_at_its_ends(void **state) {
    aici_arena *arena = aici_arena_new(NULL);
    (void)state;
    aici_ready ready =
        made_of("truncated(mixture(discrete(value=2, weight=1), weight=1, uniform(low=0, high=4), weight=1), low=2, high=3)", arena);
    assert_true(fabs(aici_distribution_probability(&ready, 2) - 0.8) < 1e-15);
    assert_true(aici_distribution_quantile(&ready, 0.79) == 2);
    aici_arena_free(arena);
}

static void the_given_quantiles_come_back(void **state) {
    aici_arena *arena = aici_arena_new(NULL);
    (void)state;
    aici_ready ready = made_of("lognormal(p5=1, p50=3, p95=4)", arena);
    assert_true(fabs(aici_distribution_quantile(&ready, 0.05) - 1) < 4e-15);
    assert_true(fabs(aici_distribution_quantile(&ready, 0.5) - 3) < 4e-15);
    assert_true(fabs(aici_distribution_quantile(&ready, 0.95) - 4) < 8e-15);
    aici_arena_free(arena);
}

/** Of distributions that lie evenly, or whose logarithm does, the ends are found from what is given. */
static void what_a_uniform_is_written_by_comes_back(void **state) {
    (void)state;
    static const char *const by_quantiles[] = {"uniform(p5=2, p95=9)",    "uniform(p10=2, p90=9)",    "uniform(p25=2, p75=9)",
                                               "loguniform(p5=2, p95=9)", "loguniform(p10=2, p90=9)", "loguniform(p75=9, p25=2)"};
    static const double probability[] = {0.05, 0.1, 0.25};
    aici_arena *arena = aici_arena_new(NULL);
    for (size_t i = 0; i < 6; i++) {
        const aici_ready ready = made_of(by_quantiles[i], arena);
        const double p = probability[i % 3];
        assert_true(fabs(aici_distribution_quantile(&ready, p) - 2) < 4e-15);
        assert_true(fabs(aici_distribution_quantile(&ready, 1 - p) - 9) < 8e-15);
        assert_true(fabs(aici_distribution_quantile(&ready, 0.5) - (i < 3 ? 5.5 : sqrt(18))) < 4e-15);
        assert_true(fabs(aici_distribution_probability(&ready, 2) - p) < 1e-15);
    }
    const aici_ready by_moments = made_of("uniform(mean=-3, sd=2)", arena);
    assert_true(fabs(by_moments.scale_low + 3 + sqrt(12)) < 4e-15 && fabs(by_moments.scale_high + 3 - sqrt(12)) < 4e-15);
    assert_true(fabs(aici_distribution_mean(&by_moments) + 3) < 4e-15 && fabs(aici_distribution_sd(&by_moments) - 2) < 4e-15);
    aici_arena_free(arena);
}

/* --- faults --------------------------------------------------------------------------------------------------------------------------- */

typedef struct refusal {
    const char *text;
    aici_distribution_fault fault;
    uint32_t at;
} refusal;

static const refusal refusals[] = {
    {"normal(mean=inf, sd=1)", AICI_DISTRIBUTION_NOT_FINITE, 0},
    {"normal(mean=0, sd=nan)", AICI_DISTRIBUTION_NOT_FINITE, 1},
    {"uniform(low=-1e308, high=1e308)", AICI_DISTRIBUTION_NOT_FINITE, 1},
    {"normal(mean=0, sd=0)", AICI_DISTRIBUTION_NOT_POSITIVE, 1},
    {"normal(sd=-1, mean=0)", AICI_DISTRIBUTION_NOT_POSITIVE, 0},
    {"lognormal(mean=0, sd=1)", AICI_DISTRIBUTION_NOT_POSITIVE, 0},
    {"lognormal(p5=0, p95=1)", AICI_DISTRIBUTION_NOT_POSITIVE, 0},
    {"lognormal(p90=3, p10=-1)", AICI_DISTRIBUTION_NOT_POSITIVE, 1},
    {"loguniform(low=0, high=1)", AICI_DISTRIBUTION_NOT_POSITIVE, 0},
    {"beta(a=0, b=1)", AICI_DISTRIBUTION_NOT_POSITIVE, 0},
    {"beta(a=1, b=-1)", AICI_DISTRIBUTION_NOT_POSITIVE, 1},
    {"discrete(value=1, weight=1, value=2, weight=-1)", AICI_DISTRIBUTION_NOT_POSITIVE, 3},
    {"discrete(value=1, weight=0, value=2, weight=0)", AICI_DISTRIBUTION_NOT_POSITIVE, 1},
    {"mixture(normal(mean=0, sd=1), weight=-1)", AICI_DISTRIBUTION_NOT_POSITIVE, 1},
    {"normal(p5=2, p95=2)", AICI_DISTRIBUTION_NOT_ORDERED, 1},
    {"normal(p5=2, p50=1, p95=3)", AICI_DISTRIBUTION_NOT_ORDERED, 1},
    {"normal(p5=2, p50=4, p95=3)", AICI_DISTRIBUTION_NOT_ORDERED, 2},
    {"lognormal(p75=1, p25=2)", AICI_DISTRIBUTION_NOT_ORDERED, 0},
    {"uniform(p5=3, p95=2)", AICI_DISTRIBUTION_NOT_ORDERED, 1},
    {"uniform(p25=-1e308, p75=1e307)", AICI_DISTRIBUTION_NOT_FINITE, 1},
    {"uniform(sd=1, mean=1e308)", AICI_DISTRIBUTION_NOT_ORDERED, 0},
    {"uniform(sd=1e308, mean=1)", AICI_DISTRIBUTION_NOT_FINITE, 0},
    {"uniform(mean=1, sd=0)", AICI_DISTRIBUTION_NOT_POSITIVE, 1},
    {"loguniform(p95=3, p5=0)", AICI_DISTRIBUTION_NOT_POSITIVE, 1},
    {"loguniform(p25=1e-300, p75=1)", AICI_DISTRIBUTION_NOT_POSITIVE, 0},
    {"loguniform(p25=1e-3, p75=1e300)", AICI_DISTRIBUTION_NOT_FINITE, 1},
    {"uniform(low=1, high=1)", AICI_DISTRIBUTION_NOT_ORDERED, 1},
    {"triangular(low=1, mode=0, high=3)", AICI_DISTRIBUTION_NOT_ORDERED, 1},
    {"pert(low=1, mode=4, high=3)", AICI_DISTRIBUTION_NOT_ORDERED, 2},
    {"truncated(normal(mean=0, sd=1), low=3, high=2)", AICI_DISTRIBUTION_NOT_ORDERED, 2},
    {"truncated(uniform(low=0, high=1), low=2, high=3)", AICI_DISTRIBUTION_EMPTY, 1},
    {"truncated(uniform(low=0, high=1), low=-3, high=-2)", AICI_DISTRIBUTION_EMPTY, 2},
    {"truncated(uniform(low=0, high=1), low=1, high=2)", AICI_DISTRIBUTION_EMPTY, 1},
    {"truncated(normal(mean=0, sd=1), low=50, high=60)", AICI_DISTRIBUTION_EMPTY, 1},
    {"truncated(discrete(value=1, weight=1, value=5, weight=1), low=2, high=4)", AICI_DISTRIBUTION_EMPTY, 1},
    {"truncated(mixture(uniform(low=0, high=1), weight=1, uniform(low=5, high=6), weight=1), low=2, high=4)", AICI_DISTRIBUTION_EMPTY, 1},
};

static void parameters_that_make_no_distribution_are_refused_with_their_number(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        aici_arena *arena = aici_arena_new(NULL);
        reading read = {refusals[i].text, arena, 99};
        aici_ready ready = {.count = 12345};
        aici_distribution_fault fault = prepare(&read, &ready);
        if (fault != refusals[i].fault || read.at != refusals[i].at || ready.count != 12345)
            fail_msg("%s: fault %d at %u", refusals[i].text, (int)fault, (unsigned)read.at);
        aici_arena_free(arena);
    }
}

/* An arena takes chunks of some size: it is filled a little more in each round, so that every block in turn is the first of a new chunk. */
static void prepare_without_second_chunk(const char *text, size_t filled, struct failing_allocator *memory) {
    aici_ready ready;
    failing_allocator_init(memory);
    memory->fail_at = 2;
    memory->fail_forever = true;
    aici_arena *arena = aici_arena_new(&memory->allocator);
    reading read = {text, arena, 99};
    if (aici_arena_take(arena, filled))
        assert_true((prepare(&read, &ready) == AICI_DISTRIBUTION_NO_MEMORY) == memory->failed);
    aici_arena_free(arena);
    assert_true(failing_allocator_is_clean(memory));
}

static void without_memory_nothing_is_made_and_nothing_leaks(void **state) {
    static const char *const texts[] = {
        "truncated(normal(mean=0, sd=1), low=1, high=2)",
        "truncated(discrete(value=1, weight=1, value=5, weight=1), low=2, high=9)",
        "truncated(mixture(normal(mean=0, sd=1), weight=1, discrete(value=5, weight=1), weight=1), low=2, high=9)",
    };
    struct failing_allocator memory;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int failures = 0, successes = 0;
        for (size_t filled = 16; filled < 4200; filled += 16) {
            prepare_without_second_chunk(texts[i], filled, &memory);
            failures += memory.failed;
            successes += !memory.failed;
        }
        assert_true(failures > 10 && successes > 10);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_probabilities_and_moments_agree_with_the_data),
        cmocka_unit_test(a_quantile_has_its_probability_lies_in_the_support_and_never_falls),
        cmocka_unit_test(the_ends_are_those_of_the_support),
        cmocka_unit_test(a_discrete_quantile_is_the_smallest_value_that_reaches),
        cmocka_unit_test(a_mixture_with_a_gap_gives_the_value_before_it),
        cmocka_unit_test(a_truncated_discrete_keeps_values_at_its_ends),
        cmocka_unit_test(the_given_quantiles_come_back),
        cmocka_unit_test(what_a_uniform_is_written_by_comes_back),
        cmocka_unit_test(parameters_that_make_no_distribution_are_refused_with_their_number),
        cmocka_unit_test(without_memory_nothing_is_made_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
