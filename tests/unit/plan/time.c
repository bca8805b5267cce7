/* SPDX-License-Identifier: MIT */
/* What formulas mean over the years. Expectations are worked out by hand, or written as the arithmetic that the formula stands for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "scene.h"

static const double YEAR = 31557600;

static void a_recursion_over_time_is_unrolled(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2026\n"
                                  "assumptions: {additions: 20, start: 100}\n"
                                  "calculations: {stock: 'previous(stock, start) + additions * (year - 2023)'}\n");
    scene_compile(&scene, "start", "stock[2026]");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 20\n"
                         "  u1 = 2024\n"
                         "  u2 = 2023\n"
                         "  u3 = 2025\n"
                         "  u4 = 2026\n"
                         "inputs:\n"
                         "  r0 = input 0\n"
                         "once:\n"
                         "  u5 = u1 - u2    # stock 2024\n"
                         "  u6 = u0 * u5    # stock 2024\n"
                         "  u7 = u3 - u2    # stock 2025\n"
                         "  u8 = u0 * u7    # stock 2025\n"
                         "  u9 = u4 - u2    # stock 2026\n"
                         "  u10 = u0 * u9    # stock 2026\n"
                         "each:\n"
                         "  r0 = r0 + u6    # stock 2024\n"
                         "  r0 = r0 + u8    # stock 2025\n"
                         "  r0 = r0 + u10    # stock 2026\n"
                         "outputs:\n"
                         "  output 0 = r0\n");
    scene_expect_value(&scene, "stock[2024]", 120);
    scene_expect_value(&scene, "stock[2026]", 220);
    scene_close(&scene);
}

static void two_quantities_may_recur_through_each_other(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2027\n"
                                  "calculations:\n"
                                  "  rabbits: previous(rabbits, 100) * 2 - previous(foxes, 10)\n"
                                  "  foxes: previous(foxes, 10) + rabbits / 100\n");
    scene_expect_value(&scene, "rabbits[2024]", 190);
    scene_expect_value(&scene, "foxes[2024]", 10 + 1.9);
    scene_expect_value(&scene, "rabbits[2025]", 190 * 2 - (10 + 1.9));
    scene_close(&scene);
}

static void a_recursion_may_begin_later_than_the_timeline(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2020..2026\n"
                                  "assumptions: {additions: {series: {2024: 1, 2025: 2, 2026: 3}}}\n"
                                  "calculations: {stock: 'previous(stock * 2, 100) + additions'}\n");
    scene_expect_value(&scene, "stock[2024]", 101);
    scene_expect_value(&scene, "stock[2025]", 204);
    scene_expect_value(&scene, "stock[2026]", 411);
    scene_close(&scene);
}

static void only_the_years_that_are_needed_are_computed(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2030\n"
                                  "calculations: {x: exp(year), y: 'x[2026] + 1'}\n");
    scene_compile(&scene, "", "y");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 2026\n"
                         "  u1 = 1\n"
                         "once:\n"
                         "  u2 = exp(u0)    # x 2026\n"
                         "  u3 = u2 + u1    # y\n"
                         "outputs:\n"
                         "  output 0 = u3\n");
    scene_close(&scene);
}

static void what_is_the_same_in_all_years_is_one_value(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2025\n"
                                  "assumptions: {a: 3, growing: {series: {2024: 1, 2025: 2}}}\n"
                                  "calculations: {y: growing * exp(a)}\n");
    scene_compile(&scene, "", "y[2024] y[2025]");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 1\n"
                         "  u1 = 3\n"
                         "  u2 = 2\n"
                         "once:\n"
                         "  u3 = exp(u1)    # y\n"
                         "  u4 = u0 * u3    # y 2024\n"
                         "  u5 = u2 * u3    # y 2025\n"
                         "outputs:\n"
                         "  output 0 = u4\n"
                         "  output 1 = u5\n");
    scene_close(&scene);
}

/* --- looking back --------------------------------------------------------------------------------------------------------------------- */

static const char *const SALES = "timeline: 2020..2026\n"
                                 "assumptions: {sales: {series: {2022: 10, 2023: 20, 2024: 40, 2025: 50}}, initial: 7}\n"
                                 "calculations:\n"
                                 "  before: previous(sales, initial)\n"
                                 "  two_before: delay(sales, 2, initial)\n"
                                 "  so_far: cumulative(sales)\n"
                                 "  pace: growth(sales)\n"
                                 "  all: sum(sales)\n"
                                 "  middle: mean(sales)\n"
                                 "  least: min(sales)\n"
                                 "  most: max(sales)\n"
                                 "  begin: first(sales)\n"
                                 "  end: last(sales)\n"
                                 "  begin_year: first_year(sales)\n"
                                 "  end_year: last_year(sales)\n"
                                 "  chosen: 'sales[2024]'\n"
                                 "  more: sum(sales, 1)\n"
                                 "  at_least: max(sales, 25)\n";

static void previous_gives_the_initial_value_in_the_first_year_only(void **state) {
    (void)state;
    struct scene scene = scene_of(SALES);
    scene_expect_value(&scene, "before[2022]", 7);
    scene_expect_value(&scene, "before[2023]", 10);
    scene_expect_value(&scene, "before[2025]", 40);
    scene_close(&scene);
}

static void delay_gives_the_initial_value_until_the_first_has_arrived(void **state) {
    (void)state;
    struct scene scene = scene_of(SALES);
    scene_expect_value(&scene, "two_before[2022]", 7);
    scene_expect_value(&scene, "two_before[2023]", 7);
    scene_expect_value(&scene, "two_before[2024]", 10);
    scene_expect_value(&scene, "two_before[2025]", 20);
    scene_close(&scene);
}

static void cumulative_is_the_sum_so_far(void **state) {
    (void)state;
    struct scene scene = scene_of(SALES);
    scene_expect_value(&scene, "so_far[2022]", 10);
    scene_expect_value(&scene, "so_far[2023]", 30);
    scene_expect_value(&scene, "so_far[2025]", 120);
    scene_close(&scene);
}

static void growth_is_per_year(void **state) {
    (void)state;
    struct scene scene = scene_of(SALES);
    scene_expect_value(&scene, "pace[2023]", (20.0 / 10 - 1) / YEAR);
    scene_expect_value(&scene, "pace[2025]", (50.0 / 40 - 1) / YEAR);
    scene_close(&scene);
}

static void a_series_is_summed_up_over_its_own_years(void **state) {
    (void)state;
    struct scene scene = scene_of(SALES);
    scene_expect_value(&scene, "all", 120);
    scene_expect_value(&scene, "middle", 30);
    scene_expect_value(&scene, "least", 10);
    scene_expect_value(&scene, "most", 50);
    scene_expect_value(&scene, "begin", 10);
    scene_expect_value(&scene, "end", 50);
    scene_expect_value(&scene, "begin_year", 2022);
    scene_expect_value(&scene, "end_year", 2025);
    scene_expect_value(&scene, "chosen", 40);
    scene_close(&scene);
}

static void several_arguments_are_summed_up_year_by_year(void **state) {
    (void)state;
    struct scene scene = scene_of(SALES);
    scene_expect_value(&scene, "more[2023]", 21);
    scene_expect_value(&scene, "at_least[2023]", 25);
    scene_expect_value(&scene, "at_least[2024]", 40);
    scene_close(&scene);
}

static void a_running_sum_adds_once_a_year(void **state) {
    (void)state;
    struct scene scene = scene_of(SALES);
    scene_compile(&scene, "", "so_far[2025] so_far[2024]");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 10\n"
                         "  u1 = 20\n"
                         "  u2 = 40\n"
                         "  u3 = 50\n"
                         "once:\n"
                         "  u4 = u0 + u1    # so_far 2023\n"
                         "  u5 = u4 + u2    # so_far 2024\n"
                         "  u6 = u5 + u3    # so_far 2025\n"
                         "outputs:\n"
                         "  output 0 = u6\n"
                         "  output 1 = u5\n");
    scene_close(&scene);
}

/* --- in service ----------------------------------------------------------------------------------------------------------------------- */

static void what_is_in_service_counts_by_age(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2026\n"
                                  "assumptions: {added: {series: {2024: 10, 2025: 20, 2026: 40}}, life: 1.5 year, none: 0}\n"
                                  "calculations: {stock: 'in_service(added, life, none)'}\n");
    scene_expect_value(&scene, "stock[2024]", 10);
    scene_expect_value(&scene, "stock[2025]", 20 + 10 * 0.5);
    scene_expect_value(&scene, "stock[2026]", 40 + 20 * 0.5);
    scene_close(&scene);
}

static void one_addition_in_every_year_before_is_in_service_too(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2027\n"
                                  "assumptions: {added: {series: {2024: 10, 2025: 20, 2026: 40, 2027: 0}}, life: 3.5 year, early: 8}\n"
                                  "calculations: {stock: 'in_service(added, life, early)'}\n");
    scene_expect_value(&scene, "stock[2024]", 10 + 8 + 8 + 8 * 0.5);
    scene_expect_value(&scene, "stock[2025]", 20 + 10 + 8 + 8 * 0.5);
    scene_expect_value(&scene, "stock[2026]", 40 + 20 + 10 + 8 * 0.5);
    scene_expect_value(&scene, "stock[2027]", 0 + 40 + 20 + 10 * 0.5);
    scene_close(&scene);
}

static void listed_additions_of_years_before_are_in_service_too(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2020..2025\n"
                                  "assumptions:\n"
                                  "  added: {series: {2024: 10, 2025: 20}}\n"
                                  "  early: {series: {2020: 1000, 2022: 6, 2023: 4}}\n"
                                  "  life: 3.5 year\n"
                                  "calculations: {stock: 'in_service(added, life, early)'}\n");
    scene_expect_value(&scene, "stock[2024]", 10 + 4 + 6);
    scene_expect_value(&scene, "stock[2025]", 20 + 10 + 4 + 6 * 0.5);
    scene_close(&scene);
}

static void what_is_added_at_a_rate_is_a_stock_in_service(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2025\n"
                                  "assumptions: {added: {series: {2024: 10 server/year, 2025: 20 server/year}}, life: 2 year}\n"
                                  "calculations: {stock: 'in_service(added, life, 4 server/year)'}\n");
    scene_expect_near(&scene, "stock[2024]", 14);
    scene_expect_near(&scene, "stock[2025]", 30);
    scene_close(&scene);
}

static void a_lifetime_may_vary(void **state) {
    double stock;
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2025\n"
                                  "assumptions: {added: {series: {2024: 10, 2025: 20}}, life: 1 year, none: 0}\n"
                                  "calculations: {stock: 'in_service(added, life, none)'}\n");
    scene_compile(&scene, "life", "stock[2025]");
    scene_evaluate(&scene, (const double[]){1.25 * YEAR}, &stock);
    assert_true(stock == 20 + 10 * 0.25);
    scene_close(&scene);
}

/* --- series and growth ---------------------------------------------------------------------------------------------------------------- */

static void years_between_are_filled_as_the_series_says(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2020..2024\n"
                                  "assumptions:\n"
                                  "  on_a_line: {series: {2020: 10, 2024: 30}, between: linear}\n"
                                  "  on_two_lines: {series: {2020: 10, 2022: 30, 2024: 0}, between: linear}\n"
                                  "  by_a_factor: {series: {2020: 10, 2024: 160}, between: geometric}\n"
                                  "  in_steps: {series: {2020: 10, 2023: 30, 2024: 40}, between: step}\n");
    scene_expect_value(&scene, "on_a_line[2020]", 10);
    scene_expect_value(&scene, "on_a_line[2021]", 15);
    scene_expect_value(&scene, "on_a_line[2024]", 30);
    scene_expect_value(&scene, "on_two_lines[2021]", 20);
    scene_expect_value(&scene, "on_two_lines[2023]", 15);
    scene_expect_near(&scene, "by_a_factor[2022]", 40);
    scene_expect_value(&scene, "by_a_factor[2024]", 160);
    scene_expect_value(&scene, "in_steps[2022]", 10);
    scene_expect_value(&scene, "in_steps[2023]", 30);
    scene_close(&scene);
}

static void growth_compounds_from_the_first_year(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2022..2026\n"
                                  "assumptions: {gdp: {start: 50, start_year: 2022, growth: 4 %/year}}\n");
    scene_expect_value(&scene, "gdp[2022]", 50);
    assert_int_equal(scene.program->once_count, 0);
    scene_expect_near(&scene, "gdp[2023]", 52);
    scene_expect_near(&scene, "gdp[2026]", 50 * 1.04 * 1.04 * 1.04 * 1.04);
    scene_close(&scene);
}

static void growth_between_two_figures_is_per_year(void **state) {
    (void)state;
    struct scene scene = scene_of("calculations:\n"
                                  "  by_count: cagr(350, 1089.4, 5)\n"
                                  "  by_time: cagr(350, 1089.4, 5 year)\n"
                                  "  twice: doubling_time(100 %/year)\n");
    double expected = (pow(1089.4 / 350, 1.0 / 5) - 1) / YEAR;
    scene_expect_value(&scene, "by_count", expected);
    scene_expect_value(&scene, "by_time", expected);
    scene_expect_near(&scene, "twice", YEAR);
    scene_close(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_recursion_over_time_is_unrolled),
        cmocka_unit_test(two_quantities_may_recur_through_each_other),
        cmocka_unit_test(a_recursion_may_begin_later_than_the_timeline),
        cmocka_unit_test(only_the_years_that_are_needed_are_computed),
        cmocka_unit_test(what_is_the_same_in_all_years_is_one_value),
        cmocka_unit_test(previous_gives_the_initial_value_in_the_first_year_only),
        cmocka_unit_test(delay_gives_the_initial_value_until_the_first_has_arrived),
        cmocka_unit_test(cumulative_is_the_sum_so_far),
        cmocka_unit_test(growth_is_per_year),
        cmocka_unit_test(a_series_is_summed_up_over_its_own_years),
        cmocka_unit_test(several_arguments_are_summed_up_year_by_year),
        cmocka_unit_test(a_running_sum_adds_once_a_year),
        cmocka_unit_test(what_is_in_service_counts_by_age),
        cmocka_unit_test(one_addition_in_every_year_before_is_in_service_too),
        cmocka_unit_test(listed_additions_of_years_before_are_in_service_too),
        cmocka_unit_test(what_is_added_at_a_rate_is_a_stock_in_service),
        cmocka_unit_test(a_lifetime_may_vary),
        cmocka_unit_test(years_between_are_filled_as_the_series_says),
        cmocka_unit_test(growth_compounds_from_the_first_year),
        cmocka_unit_test(growth_between_two_figures_is_per_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
