/* SPDX-License-Identifier: MIT */
/*
 * How well slips are found. Claims of the example scenarios that hold are given the figure that a slip would have led to, worked out here
 * by overriding quantities and not by the search that is tested; then claims are given a figure that no slip led to. Seeds are fixed; the
 * counts are printed.
 */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "analysis/diagnose.h"
#include "base/number.h"
#include "eval/eval.h"
#include "scene.h"

#include <glob.h>

enum { MOST_SCENARIOS = 64, CASES = 500, DRAWS = 4000, OWN = UINT32_MAX };

static const double YEAR_SECONDS = 31557600.0;

/* A scenario whose claims are drawn from. */
struct source {
    struct scene scene;
    aic_result *plain; /* its claims as they are */
};

struct sources {
    struct source source[MOST_SCENARIOS];
    size_t count;
    uint64_t random;
};

/* One drawn claim. */
struct draw {
    struct sources *from;
    struct source *source;
    aici_bound *bound;
    uint32_t claim;
    double computed; /* coherent */
    double planted;  /* what the slip makes of it */
    uint32_t also;   /* a second claim whose published figure is changed too, or AICI_NONE */
    double also_published;
};

/* --- chance --------------------------------------------------------------------------------------------------------------------------- */

static uint64_t next_random(struct sources *sources) {
    sources->random ^= sources->random << 13;
    sources->random ^= sources->random >> 7;
    sources->random ^= sources->random << 17;
    return sources->random;
}

static uint32_t below(struct sources *sources, size_t count) { return count ? (uint32_t)(next_random(sources) % count) : 0; }

static double between(struct sources *sources, double low, double high) {
    return low + (high - low) * (double)(next_random(sources) >> 11) / 9007199254740992.0;
}

static double choose(struct sources *sources, const double *from, size_t count) { return from[below(sources, count)]; }

#define CHOOSE(draw, ...) choose((draw)->from, (const double[]){__VA_ARGS__}, sizeof(const double[]){__VA_ARGS__} / sizeof(double))

static double or_divided(struct draw *draw, double factor) { return below(draw->from, 2) ? factor : 1 / factor; }

/* --- working out ---------------------------------------------------------------------------------------------------------------------- */

/* The claim's value when one or two quantities are overridden; NaN when they cannot be. */
static double value_with(const struct draw *draw, uint32_t quantity, double value, uint32_t other, double other_value) {
    aici_varying varying[] = {{quantity, NULL, 1.0, false}, {other, NULL, 1.0, false}};
    aici_wanted wanted = {AICI_NONE, draw->bound->claim[draw->claim].computed, AICI_NO_YEAR, 1.0};
    aici_plan_request request = {draw->bound, varying, other == AICI_NONE ? 1 : 2, &wanted, 1, false, false};
    aici_program *program = NULL;
    double out = (double)NAN, input[] = {value, other_value};
    if (aici_plan_compile(&request, NULL, &program, NULL) != AIC_OK)
        return out;
    double *uniform = calloc(program->uniform_count + 1, sizeof *uniform);
    assert_non_null(uniform);
    aici_eval_prepare(program, NULL, NULL, uniform, NULL);
    assert_int_equal(aici_eval_one(program, uniform, input, &out, NULL), AIC_OK);
    free(uniform);
    aici_program_free(program);
    return out;
}

static double value_of(const struct draw *draw, uint32_t quantity) {
    aici_wanted wanted = {quantity, NULL, AICI_NO_YEAR, 1.0};
    aici_plan_request request = {draw->bound, NULL, 0, &wanted, 1, false, false};
    aici_program *program = NULL;
    double out = (double)NAN;
    if (aici_plan_compile(&request, NULL, &program, NULL) != AIC_OK)
        return out;
    double *uniform = calloc(program->uniform_count + 1, sizeof *uniform);
    assert_non_null(uniform);
    aici_eval_prepare(program, NULL, NULL, uniform, NULL);
    assert_int_equal(aici_eval_one(program, uniform, NULL, &out, NULL), AIC_OK);
    free(uniform);
    aici_program_free(program);
    return out;
}

static bool is_single(const aici_quantity *quantity) {
    return quantity->tree->type.kind == AICI_TYPE_QUANTITY && !quantity->tree->type.years;
}

/* A given figure that the claim depends on, or AICI_NONE. */
static uint32_t draw_input(struct draw *draw) {
    const aici_bound *bound = draw->bound;
    aici_wanted wanted = {AICI_NONE, bound->claim[draw->claim].computed, AICI_NO_YEAR, 1.0};
    unsigned char *reached = calloc(bound->quantity_count + 1, 1);
    uint32_t found = AICI_NONE, seen = 0;
    assert_non_null(reached);
    assert_int_equal(aici_plan_reach(bound, &wanted, 1, NULL, reached, NULL), AIC_OK);
    for (uint32_t i = 0; i < bound->quantity_count; i++) {
        const aici_expr *literal = aici_expr_literal(bound->quantity[i].tree);
        if (reached[i] && is_single(&bound->quantity[i]) && literal && literal->as.number.value != 0 && !bound->quantity[i].is_default &&
            below(draw->from, ++seen) == 0)
            found = i;
    }
    free(reached);
    return found;
}

static double unit_of(const struct draw *draw, uint32_t input) {
    const aici_expr *literal = aici_expr_literal(draw->bound->quantity[input].tree);
    return aici_dimension_is_none(&literal->type.dimension) ? 1 : literal->as.number.value / literal->as.number.written;
}

/* A computed quantity that the claim depends on and is not, or AICI_NONE. */
static uint32_t draw_intermediate(struct draw *draw) {
    const aici_bound *bound = draw->bound;
    const aici_expr *tree = bound->claim[draw->claim].computed;
    aici_wanted wanted = {AICI_NONE, tree, AICI_NO_YEAR, 1.0};
    unsigned char *reached = calloc(bound->quantity_count + 1, 1);
    uint32_t found = AICI_NONE, seen = 0;
    assert_non_null(reached);
    assert_int_equal(aici_plan_reach(bound, &wanted, 1, NULL, reached, NULL), AIC_OK);
    for (uint32_t i = 0; i < bound->quantity_count; i++) {
        const aici_quantity *quantity = &bound->quantity[i];
        bool itself = tree->kind == AICI_EXPR_NAME && tree->as.name.symbol == i;
        if (reached[i] && !itself && is_single(quantity) && quantity->role != AICI_ROLE_ASSUMPTION && quantity->role != AICI_ROLE_INPUT &&
            below(draw->from, ++seen) == 0)
            found = i;
    }
    free(reached);
    return found;
}

static const aici_dimension *dimension_of(const struct draw *draw) { return &draw->bound->claim[draw->claim].computed->type.dimension; }

static bool has_unit(const struct draw *draw, const char *unit) {
    const aici_claim *claim = &draw->bound->claim[draw->claim];
    return (claim->unit && strstr(claim->unit, unit)) || (claim->shown && strstr(claim->shown, unit));
}

static double rounded(double value, int digits) {
    char text[AICI_NUMBER_TEXT_BYTES];
    double out = (double)NAN;
    aici_number_read(text, aici_number_write_digits(value, digits, text), 0, &out);
    return out;
}

/* --- slips: each sets draw->planted, or says that it does not apply ------------------------------------------------------------------- */

static bool scale_result(struct draw *draw, double factor) {
    draw->planted = draw->computed * factor;
    return true;
}

static bool is_power_of(double ratio, double units) {
    double exponent = log(ratio) / log(units);
    return units != 1 && fabs(exponent) > 0.4 && fabs(exponent * 2 - round(exponent * 2)) < 1e-9;
}

/* A factor that is left out counts as one, anything else as nothing. */
static bool leave_out(struct draw *draw) {
    uint32_t input = draw_input(draw);
    if (input == AICI_NONE)
        return false;
    double units = aici_expr_literal(draw->bound->quantity[input].tree)->as.number.value / unit_of(draw, input);
    draw->planted = value_with(draw, input, unit_of(draw, input), AICI_NONE, 0);
    if (!is_power_of(draw->planted / draw->computed, units))
        draw->planted = value_with(draw, input, 0, AICI_NONE, 0);
    return true;
}

static bool count_twice(struct draw *draw) {
    uint32_t input = draw_input(draw);
    if (input == AICI_NONE)
        return false;
    double value = aici_expr_literal(draw->bound->quantity[input].tree)->as.number.value;
    draw->planted = value_with(draw, input, value * value / unit_of(draw, input), AICI_NONE, 0);
    if (!is_power_of(draw->planted / draw->computed, value / unit_of(draw, input)))
        draw->planted = value_with(draw, input, 2 * value, AICI_NONE, 0);
    return true;
}

static bool miscount_periods(struct draw *draw) {
    uint32_t input = draw_input(draw);
    if (input == AICI_NONE || !aici_dimension_is_none(&draw->bound->quantity[input].tree->type.dimension))
        return false;
    double value = aici_expr_literal(draw->bound->quantity[input].tree)->as.number.value;
    if (value != floor(value) || value < 1900 || value > 2100)
        return false;
    draw->planted = value_with(draw, input, value + (below(draw->from, 2) ? 1 : -1), AICI_NONE, 0);
    return true;
}

static bool slip_a_power_of_ten(struct draw *draw) { return scale_result(draw, or_divided(draw, 10)); }

static bool slip_an_input_by_ten(struct draw *draw) {
    uint32_t input = draw_input(draw);
    if (input == AICI_NONE)
        return false;
    double value = aici_expr_literal(draw->bound->quantity[input].tree)->as.number.value;
    draw->planted = value_with(draw, input, value * or_divided(draw, 10), AICI_NONE, 0);
    return true;
}

static bool confuse_chinese_scales(struct draw *draw) { return scale_result(draw, or_divided(draw, CHOOSE(draw, 1e4, 1e8))); }

static bool confuse_prefixes(struct draw *draw) { return scale_result(draw, or_divided(draw, CHOOSE(draw, 1e3, 1e6))); }

static bool take_a_percentage_for_a_number(struct draw *draw) {
    return (aici_dimension_is_none(dimension_of(draw)) || has_unit(draw, "%")) && scale_result(draw, or_divided(draw, 100));
}

static bool take_a_rate_for_an_amount(struct draw *draw) {
    bool timed = has_unit(draw, "FLOP/s") || has_unit(draw, "year") || has_unit(draw, "day") || has_unit(draw, "month");
    return timed && scale_result(draw, or_divided(draw, CHOOSE(draw, 3600, 86400, 31557600)));
}

static uint32_t find_local(const aici_bound *bound, uint32_t model, const char *local) {
    const aici_model_entry *entry = &bound->model[model];
    for (uint32_t i = entry->first; i < entry->first + entry->count; i++) {
        const char *dot = strchr(bound->quantity[i].name, '.');
        if (dot && strcmp(dot + 1, local) == 0)
            return i;
    }
    return AICI_NONE;
}

/* 1 - (1 - a)(1 - b) of a learning curve. */
static bool add_rates(struct draw *draw) {
    const aici_expr *tree = draw->bound->claim[draw->claim].computed;
    const aici_expr *name = tree->kind == AICI_EXPR_INDEX ? tree->child[0] : tree;
    const aici_quantity *quantity = name->kind == AICI_EXPR_NAME ? &draw->bound->quantity[name->as.name.symbol] : NULL;
    if (!quantity || quantity->model == AICI_NONE)
        return false;
    uint32_t a = find_local(draw->bound, quantity->model, "hardware_decline"),
             b = find_local(draw->bound, quantity->model, "algorithm_decline");
    uint32_t both = find_local(draw->bound, quantity->model, "combined_decline");
    if (a == AICI_NONE || b == AICI_NONE || both == AICI_NONE)
        return false;
    draw->planted = value_with(draw, both, value_of(draw, a) + value_of(draw, b), AICI_NONE, 0);
    return true;
}

static bool confuse_growth_of_and_to(struct draw *draw) {
    const aici_dimension *dimension = dimension_of(draw);
    bool yearly = has_unit(draw, "%/year");
    if (!aici_dimension_is_none(dimension) && !yearly)
        return false;
    draw->planted = draw->computed + (below(draw->from, 2) ? 1 : -1) / (yearly ? YEAR_SECONDS : 1);
    return true;
}

static bool take_another_quantity(struct draw *draw) {
    const aici_bound *bound = draw->bound;
    uint32_t input = draw_input(draw), found = AICI_NONE, seen = 0;
    for (uint32_t i = 0; input != AICI_NONE && i < bound->quantity_count; i++) {
        const aici_quantity *other = &bound->quantity[i];
        if (i != input && is_single(other) && aici_expr_literal(other->tree) &&
            aici_dimension_equal(&other->tree->type.dimension, &bound->quantity[input].tree->type.dimension) &&
            below(draw->from, ++seen) == 0)
            found = i;
    }
    if (found == AICI_NONE)
        return false;
    draw->planted = value_with(draw, input, aici_expr_literal(bound->quantity[found].tree)->as.number.value, AICI_NONE, 0);
    return true;
}

static double printed(const aici_bound *bound, uint32_t claim, double value);

static bool carry_a_wrong_figure_forward(struct draw *draw) {
    const aici_bound *bound = draw->bound;
    uint32_t quantity = draw_intermediate(draw);
    for (uint32_t i = 0; quantity != AICI_NONE && i < bound->claim_count; i++) {
        const aici_claim *claim = &bound->claim[i];
        bool is_it = claim->computed && claim->computed->kind == AICI_EXPR_NAME && claim->computed->as.name.symbol == quantity &&
                     claim->statement == AICI_STATEMENT_PUBLISHED;
        if (!is_it || i == draw->claim)
            continue;
        draw->also = i;
        draw->also_published =
            printed(bound, i, value_of(draw, quantity) * exp(or_divided(draw, 1) * between(draw->from, log(1.2), log(20))));
        draw->planted = value_with(draw, quantity, draw->also_published, AICI_NONE, 0);
        return true;
    }
    return false;
}

static bool round_an_intermediate(struct draw *draw) {
    uint32_t quantity = draw_intermediate(draw);
    if (quantity == AICI_NONE)
        return false;
    double scale = draw->bound->quantity[quantity].unit_scale, value = value_of(draw, quantity);
    draw->planted = value_with(draw, quantity, rounded(value / scale, 1 + (int)below(draw->from, 3)) * scale, AICI_NONE, 0);
    return true;
}

static bool slip_a_factor(struct draw *draw) { return scale_result(draw, or_divided(draw, CHOOSE(draw, 2, 3, 6, 8))); }

static bool take_another_year(struct draw *draw) {
    return (has_unit(draw, "year") || has_unit(draw, "FLOP/s")) &&
           scale_result(draw, or_divided(draw, CHOOSE(draw, 365.25 / 360, 365.25 / 365)));
}

static bool take_binary_for_decimal(struct draw *draw) {
    return scale_result(draw, or_divided(draw, CHOOSE(draw, 1.024, 1.048576, 1.073741824)));
}

/* Height and width. */
static bool drop_a_dimension(struct draw *draw) {
    const aici_bound *bound = draw->bound;
    uint32_t a = draw_input(draw), b = draw_input(draw);
    if (a == AICI_NONE || b == AICI_NONE || a == b)
        return false;
    const aici_dimension *dimension = &bound->quantity[a].tree->type.dimension;
    if (aici_dimension_is_none(dimension) || !aici_dimension_equal(dimension, &bound->quantity[b].tree->type.dimension))
        return false;
    double without = value_with(draw, a, unit_of(draw, a), AICI_NONE, 0) / draw->computed,
           other = value_with(draw, b, unit_of(draw, b), AICI_NONE, 0) / draw->computed;
    draw->planted = value_with(draw, a, unit_of(draw, a), b, unit_of(draw, b));
    double units = aici_expr_literal(bound->quantity[a].tree)->as.number.value / unit_of(draw, a);
    double other_units = aici_expr_literal(bound->quantity[b].tree)->as.number.value / unit_of(draw, b);
    return is_power_of(without, units) && is_power_of(other, other_units) && (without < 1) == (other < 1) &&
           fabs(draw->planted / draw->computed / (without * other) - 1) < 1e-9;
}

static bool choose_otherwise(struct draw *draw) {
    const aici_bound *bound = draw->bound;
    uint32_t found = AICI_NONE, seen = 0;
    for (uint32_t i = 0; i < bound->quantity_count; i++) {
        if (bound->quantity[i].tree->kind == AICI_EXPR_BOOLEAN && below(draw->from, ++seen) == 0)
            found = i;
    }
    if (found == AICI_NONE)
        return false;
    draw->planted = value_with(draw, found, !bound->quantity[found].tree->as.boolean, AICI_NONE, 0);
    return true;
}

static bool leave_a_currency_unconverted(struct draw *draw) {
    const aici_units *units = draw->bound->units;
    for (size_t i = 0; i < aici_units_count(units); i++) {
        aici_unit_entry entry = aici_units_entry(units, i);
        if (entry.base_class == AICI_BASE_MONEY && entry.unit.scale != 1 && strcmp(entry.definition, "base") == 0 &&
            (has_unit(draw, "USD") || has_unit(draw, "CNY")))
            return scale_result(draw, or_divided(draw, entry.unit.scale));
    }
    return false;
}

static const struct {
    const char *name;
    bool (*plant)(struct draw *draw);
} slip[] = {
    {"an input left out", leave_out},
    {"an input counted twice", count_twice},
    {"a period more or fewer", miscount_periods},
    {"a power of ten", slip_a_power_of_ten},
    {"a power of ten in an input", slip_an_input_by_ten},
    {"a Chinese scale", confuse_chinese_scales},
    {"a prefix", confuse_prefixes},
    {"percent taken as a fraction", take_a_percentage_for_a_number},
    {"a rate for an amount", take_a_rate_for_an_amount},
    {"rates added", add_rates},
    {"growth of for growth to", confuse_growth_of_and_to},
    {"another quantity", take_another_quantity},
    {"a figure carried forward", carry_a_wrong_figure_forward},
    {"a rounded intermediate", round_an_intermediate},
    {"a factor of 2, 3, 6, 8", slip_a_factor},
    {"a year of 360 or 365 days", take_another_year},
    {"binary for decimal", take_binary_for_decimal},
    {"a dropped dimension", drop_a_dimension},
    {"another choice", choose_otherwise},
    {"a currency not converted", leave_a_currency_unconverted},
};
enum { SLIPS = sizeof slip / sizeof *slip };

/* --- claims --------------------------------------------------------------------------------------------------------------------------- */

static int digits_of(const aici_claim *claim) {
    return (int)(floor(log10(fabs(claim->published) / (claim->high - claim->low)) + 1e-9) + 1);
}

static double printed(const aici_bound *bound, uint32_t index, double value) {
    const aici_claim *claim = &bound->claim[index];
    return rounded(value / claim->unit_scale, digits_of(claim)) * claim->unit_scale;
}

/* Bound scenarios are read-only to everybody else; here the printed figure alone is exchanged. */
static aici_claim publish(const aici_bound *bound, uint32_t index, double value) {
    aici_claim *claim = (aici_claim *)(uintptr_t)&bound->claim[index], before = *claim;
    double in_unit = printed(bound, index, value) / claim->unit_scale;
    double half = 0.5 * pow(10, floor(log10(fabs(in_unit)) + 1e-12) - digits_of(claim) + 1) * claim->unit_scale;
    claim->published = in_unit * claim->unit_scale;
    claim->low = claim->published - half;
    claim->high = claim->published + half;
    return before;
}

static void put_back(const aici_bound *bound, uint32_t index, aici_claim before) {
    *(aici_claim *)(uintptr_t)&bound->claim[index] = before;
}

static bool draw_claim(struct sources *sources, struct draw *draw) {
    struct source *source = &sources->source[below(sources, sources->count)];
    const aici_bound *bound = source->scene.bound;
    *draw = (struct draw){.from = sources, .source = source, .bound = source->scene.bound, .also = AICI_NONE};
    if (!bound->claim_count)
        return false;
    draw->claim = below(sources, bound->claim_count);
    const aici_claim *claim = &bound->claim[draw->claim];
    const aici_result_claim *plain = &source->plain->claim[draw->claim];
    draw->computed = plain->figure[AIC_CLAIM_COMPUTED] * claim->unit_scale;
    return plain->verdict == AIC_VERDICT_HOLDS && claim->statement == AICI_STATEMENT_PUBLISHED && claim->published != 0 &&
           claim->high > claim->low && draw->computed != 0;
}

/* Checks the scenario with the figures of the draw; true when the claim then differs. */
static bool check_drawn(struct draw *draw) {
    aici_claim before = publish(draw->bound, draw->claim, draw->planted), also_before = {0};
    if (draw->also != AICI_NONE)
        also_before = publish(draw->bound, draw->also, draw->also_published);
    scene_expect_ok(&draw->source->scene, scene_check(&draw->source->scene));
    put_back(draw->bound, draw->claim, before);
    if (draw->also != AICI_NONE)
        put_back(draw->bound, draw->also, also_before);
    return draw->source->scene.result->claim[draw->claim].verdict == AIC_VERDICT_DIFFERS;
}

static bool is_sensible(const struct draw *draw) {
    return isfinite(draw->planted) && draw->planted / draw->computed > 0 && fabs(log(draw->planted / draw->computed)) > 1e-9;
}

static bool draw_case(struct sources *sources, bool (*plant)(struct draw *draw), struct draw *draw) {
    for (int i = 0; i < DRAWS; i++) {
        if (draw_claim(sources, draw) && plant(draw) && is_sensible(draw) && check_drawn(draw))
            return true;
    }
    return false;
}

static void open_all(struct sources *sources, const char *pattern) {
    glob_t found;
    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc && sources->count < MOST_SCENARIOS; i++) {
        struct source *source = &sources->source[sources->count++];
        scene_open(&source->scene, found.gl_pathv[i]);
        scene_expect_ok(&source->scene, scene_check(&source->scene));
        source->plain = aici_result_ref(source->scene.result);
    }
    globfree(&found);
}

static struct sources *begin(uint64_t seed) {
    struct sources *sources = calloc(1, sizeof *sources);
    assert_non_null(sources);
    sources->random = seed;
    open_all(sources, "examples/scenarios/*.yaml");
    open_all(sources, "examples/scenarios/report/*.yaml");
    return sources;
}

static void end(struct sources *sources) {
    for (size_t i = 0; i < sources->count; i++) {
        aici_result_release(sources->source[i].plain);
        scene_end(&sources->source[i].scene);
    }
    free(sources);
}

/* --- the two measures ----------------------------------------------------------------------------------------------------------------- */

static bool is_found_first(const struct draw *draw) {
    const aici_result_claim *claim = &draw->source->scene.result->claim[draw->claim];
    double gives = claim->diagnosis_count ? claim->diagnosis[0].gives * draw->bound->claim[draw->claim].unit_scale : (double)NAN;
    return fabs(gives / draw->planted - 1) < 1e-9;
}

static void tell(const struct draw *draw, const char *name) {
    const aici_result_claim *claim = &draw->source->scene.result->claim[draw->claim];
    if (getenv("AIC_TELL"))
        print_message("    %s: %s %s: computed %g, published %g (%d digits): %s\n", name, draw->source->scene.result->file, claim->id,
                      draw->computed, draw->planted, digits_of(&draw->bound->claim[draw->claim]),
                      claim->diagnosis_count ? claim->diagnosis[0].text : "no simple slip");
}

static void planted_slips_are_found_first(void **state) {
    (void)state;
    struct sources *sources = begin(20240311);
    size_t cases[SLIPS] = {0}, found[SLIPS] = {0}, silent[SLIPS] = {0}, all = 0, all_found = 0;
    for (size_t i = 0; i < SLIPS * CASES && all < CASES; i++) {
        struct draw draw;
        size_t kind = i % SLIPS;
        if ((i >= SLIPS && cases[kind] == 0) || !draw_case(sources, slip[kind].plant, &draw))
            continue;
        bool first = is_found_first(&draw);
        cases[kind]++;
        all++;
        found[kind] += first;
        all_found += first;
        silent[kind] += draw.source->scene.result->claim[draw.claim].diagnosis_count == 0;
        if (!first)
            tell(&draw, slip[kind].name);
    }
    for (size_t i = 0; i < SLIPS; i++)
        print_message("  %-28s %3zu of %3zu found first, %zu without an answer\n", slip[i].name, found[i], cases[i], silent[i]);
    print_message("  planted slips: %zu of %zu found first (%.1f %%)\n", all_found, all, 100.0 * (double)all_found / (double)all);
    assert_int_equal(all, CASES);
    assert_true(all_found * 10 >= all * 9);
    end(sources);
}

/* A factor without a cause: anything between a hundredth and a hundred. */
static bool draw_a_factor(struct draw *draw) { return scale_result(draw, exp(between(draw->from, -log(100), log(100)))); }

static void a_factor_without_a_cause_gets_no_answer(void **state) {
    (void)state;
    struct sources *sources = begin(987654321);
    size_t silent = 0;
    for (size_t i = 0; i < CASES; i++) {
        struct draw draw;
        assert_true(draw_case(sources, draw_a_factor, &draw));
        bool none = draw.source->scene.result->claim[draw.claim].diagnosis_count == 0;
        silent += none;
        if (!none)
            tell(&draw, "no cause");
    }
    print_message("  factors without a cause: %zu of %d without an answer (%.1f %%)\n", silent, CASES, 100.0 * (double)silent / CASES);
    assert_true(silent * 10 >= CASES * 9);
    end(sources);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planted_slips_are_found_first),
        cmocka_unit_test(a_factor_without_a_cause_gets_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
