/* SPDX-License-Identifier: MIT */
/* Sobol' indices against closed forms: Ishigami, Sobol's g, linear, products of lognormals, mixtures, correlated inputs; and against
 * themselves: threads, sets, orders. */
#include "base/elementary.h"
#include "base/hash.h"
#include "eval/sampling.h"
#include "eval/stream.h"
#include "failing_allocator.h"
#include "small_program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define PI 3.14159265358979323846
enum { MOST_DRAWS = 8, MOST_PARAMETERS = 4, POINTS = 4096, REPLICATES = 8 };

/* --- models by hand
 * --------------------------------------------------------------------------------------------------------------------------- */

/** A program with draws; each is a factor of its own unless it is said otherwise. */
struct model {
    struct small_program small;
    aici_draw draw[MOST_DRAWS];
    uint8_t parameter[MOST_DRAWS][MOST_PARAMETERS];
    aici_operand value[MOST_DRAWS][MOST_PARAMETERS];
    uint64_t stream[MOST_DRAWS][2];
    uint32_t factor[MOST_DRAWS], factor_count;
};

static struct model *begin_model(void **state) {
    struct model *model = *state;
    memset(model, 0, sizeof *model);
    small_program_begin(&model->small, 0);
    model->small.program.draw = model->draw;
    return model;
}

static aici_draw *add_draw(struct model *model, aici_distribution distribution, uint32_t words) {
    aici_program *program = &model->small.program;
    uint32_t number = program->draw_count++;
    aici_draw *draw = &model->draw[number];
    *draw = (aici_draw){.distribution = (uint8_t)distribution,
                        .parameter = model->parameter[number],
                        .value = model->value[number],
                        .word = program->word_count,
                        .word_count = words,
                        .stream = model->stream[number]};
    program->word_count += words;
    for (uint32_t word = 0; word < words; word++)
        model->stream[number][word] = aici_name_hash(aici_slice_of("a test's"), number + 100 * word);
    model->factor[number] = words ? model->factor_count++ : AICI_NONE;
    return draw;
}

static void add_parameter(struct model *model, uint32_t parameter, aici_operand value) {
    uint32_t number = model->small.program.draw_count - 1;
    aici_draw *draw = &model->draw[number];
    model->parameter[number][draw->count] = (uint8_t)parameter;
    model->value[number][draw->count++] = value;
}

static void add_number(struct model *model, uint32_t parameter, double value) {
    add_parameter(model, parameter, small_constant(&model->small, value));
}

static uint32_t last_draw(const struct model *model) { return model->small.program.draw_count - 1; }

static aici_operand take_last(struct model *model, uint32_t opcode) { return small_each(&model->small, opcode, last_draw(model), 0, 0); }

static aici_operand uniform(struct model *model, double low, double high) {
    add_draw(model, AICI_DISTRIBUTION_UNIFORM, 1);
    add_number(model, AICI_PARAMETER_LOW, low);
    add_number(model, AICI_PARAMETER_HIGH, high);
    return take_last(model, AICI_OPCODE_DRAW);
}

static void normal_draw(struct model *model, double mean, double sd) {
    add_draw(model, AICI_DISTRIBUTION_NORMAL, 1);
    add_number(model, AICI_PARAMETER_MEAN, mean);
    add_number(model, AICI_PARAMETER_SD, sd);
}

static aici_operand normal(struct model *model, double mean, double sd) {
    normal_draw(model, mean, sd);
    return take_last(model, AICI_OPCODE_DRAW);
}

/** With standard deviation @p sigma of its logarithm. */
static aici_operand lognormal(struct model *model, double median, double sigma) {
    const double reach = sigma * aici_normal_quantile(0.95);
    add_draw(model, AICI_DISTRIBUTION_LOGNORMAL, 1);
    add_number(model, AICI_PARAMETER_P5, median * aici_exp(-reach));
    add_number(model, AICI_PARAMETER_P95, median * aici_exp(reach));
    return take_last(model, AICI_OPCODE_DRAW);
}

static aici_operand operate(struct model *model, aici_opcode opcode, aici_operand a, aici_operand b) {
    return small_each(&model->small, opcode, a, b, 0);
}

static aici_operand number(struct model *model, double value) { return small_constant(&model->small, value); }

static aici_operand add(struct model *model, aici_operand a, aici_operand b) { return operate(model, AICI_OPCODE_ADD, a, b); }
static aici_operand multiply(struct model *model, aici_operand a, aici_operand b) { return operate(model, AICI_OPCODE_MULTIPLY, a, b); }

/** sin(x) for |x| <= pi, by its series: right to 1e-12. */
static aici_operand sine(struct model *model, aici_operand x) {
    const aici_operand square = multiply(model, x, x), one = number(model, 1);
    aici_operand sum = one;
    for (int n = 27; n > 1; n -= 2) {
        aici_operand term = operate(model, AICI_OPCODE_MULTIPLY, square, number(model, 1.0 / (n * (n - 1))));
        sum = operate(model, AICI_OPCODE_SUBTRACT, one, n == 27 ? term : multiply(model, term, sum));
    }
    return multiply(model, x, sum);
}

static void output(struct model *model, aici_operand operand) { small_output(&model->small, operand); }

/* --- runs
 * ------------------------------------------------------------------------------------------------------------------------------------------
 */

static aici_indices_request request_of(const struct model *model) {
    return (aici_indices_request){.program = &model->small.program,
                                  .uniform = model->small.constant,
                                  .factor = model->factor,
                                  .factor_count = model->factor_count,
                                  .seed = 1,
                                  .points = POINTS,
                                  .replicates = REPLICATES,
                                  .threads = 1,
                                  .allocator = aici_memory_default()};
}

static const aici_output_indices *indices_of(const aici_indices_request *request, aici_arena *arena) {
    const aici_output_indices *out;
    uint32_t faulty;
    assert_int_equal(aici_eval_indices(request, arena, &out, &faulty), AIC_OK);
    return out;
}

static void assert_near(aici_estimate found, double expected, double largest_error) {
    if (!(found.error > 0 && found.error < largest_error))
        fail_msg("the error is %.3g instead of at most %.3g", found.error, largest_error);
    if (!(fabs(found.value - expected) <= 5 * found.error))
        fail_msg("found %.9g, expected %.9g, error %.3g: %.1f errors away", found.value, expected, found.error,
                 (found.value - expected) / found.error);
}

/** What is expected of a model with up to three factors; NaN where nothing is. */
struct expectation {
    double variance, first[3], total[3], second[3]; /**< second: of factors 0 and 1, 0 and 2, 1 and 2 */
};

static void meet(const struct model *model, const struct expectation *expected, double largest_error) {
    for (uint64_t seed = 1; seed <= 5; seed++) {
        aici_arena *arena = aici_arena_new(aici_memory_default());
        aici_indices_request request = request_of(model);
        request.seed = seed;
        request.second_order = true;
        const aici_output_indices *of = indices_of(&request, arena);
        double alone = 1;
        if (!(fabs(of->variance / expected->variance - 1) < largest_error * 5))
            fail_msg("the variance is %.9g, expected %.9g", of->variance, expected->variance);
        for (uint32_t i = 0; i < model->factor_count; i++) {
            assert_near(of->first[i], expected->first[i], largest_error);
            assert_near(of->total[i], expected->total[i], largest_error);
            alone -= of->first[i].value;
        }
        assert_true(fabs(of->interactions.value - alone) < 1e-12);
        for (uint32_t i = 0; i < model->factor_count; i++)
            for (uint32_t k = 0; k < i; k++) {
                assert_near(of->second[i * model->factor_count + k], expected->second[i + k - 1], largest_error * 2);
                assert_memory_equal(&of->second[i * model->factor_count + k], &of->second[k * model->factor_count + i], sizeof *of->second);
            }
        aici_arena_free(arena);
    }
}

static int begin(void **state) { return (*state = malloc(sizeof(struct model))) ? 0 : -1; }

static int end(void **state) {
    free(*state);
    return 0;
}

/* --- closed forms
 * ------------------------------------------------------------------------------------------------------------------------------------ */

/** sin x + 7 sin(y)^2 + 0.1 z^4 sin x (T. Ishigami and T. Homma 1990). */
static struct model *ishigami(void **state) {
    struct model *model = begin_model(state);
    const aici_operand x = uniform(model, -PI, PI), y = uniform(model, -PI, PI), z = uniform(model, -PI, PI);
    const aici_operand sin_x = sine(model, x), sin_y = sine(model, y), z_2 = multiply(model, z, z);
    const aici_operand middle = multiply(model, number(model, 7), multiply(model, sin_y, sin_y));
    const aici_operand last = multiply(model, number(model, 0.1), multiply(model, multiply(model, z_2, z_2), sin_x));
    output(model, add(model, add(model, sin_x, middle), last));
    return model;
}

static void ishigami_is_met(void **state) {
    const double pi_4 = PI * PI * PI * PI, pi_8 = pi_4 * pi_4, all = 49.0 / 8 + 0.1 * pi_4 / 5 + 0.01 * pi_8 / 18 + 0.5;
    const double x = 0.1 * pi_4 / 5 + 0.01 * pi_8 / 50 + 0.5, y = 49.0 / 8, xz = 0.01 * pi_8 * (1.0 / 18 - 1.0 / 50);
    const struct expectation expected = {all, {x / all, y / all, 0}, {(x + xz) / all, y / all, xz / all}, {0, xz / all, 0}};
    meet(ishigami(state), &expected, 0.005);
}

/** The product of (|4 x - 2| + a) / (1 + a) (I. M. Sobol' and others; A. Saltelli and I. M. Sobol' 1995). */
static void sobol_g_is_met(void **state) {
    static const double a[] = {0, 1, 4.5};
    struct model *model = begin_model(state);
    struct expectation expected = {.variance = 1};
    double part[3];
    aici_operand product = 0;
    for (int i = 0; i < 3; i++) {
        aici_operand x = uniform(model, 0, 1),
                     away = operate(model, AICI_OPCODE_SUBTRACT, multiply(model, x, number(model, 4)), number(model, 2));
        away = add(model, operate(model, AICI_OPCODE_ABS, away, 0), number(model, a[i]));
        away = operate(model, AICI_OPCODE_DIVIDE, away, number(model, 1 + a[i]));
        product = i ? multiply(model, product, away) : away;
        part[i] = 1 / (3 * (1 + a[i]) * (1 + a[i]));
        expected.variance *= 1 + part[i];
    }
    output(model, product);
    expected.variance -= 1;
    for (int i = 0; i < 3; i++) {
        expected.first[i] = part[i] / expected.variance;
        expected.total[i] = part[i] * (1 + expected.variance) / (1 + part[i]) / expected.variance;
        for (int k = 0; k < i; k++)
            expected.second[i + k - 1] = part[i] * part[k] / expected.variance;
    }
    meet(model, &expected, 0.002);
}

static void linear_is_met(void **state) {
    struct model *model = begin_model(state);
    const aici_operand x = normal(model, 1e6, 1), y = normal(model, 0, 2), z = normal(model, -3, 3);
    output(model, add(model, add(model, x, y), z));
    const struct expectation expected = {14, {1.0 / 14, 4.0 / 14, 9.0 / 14}, {1.0 / 14, 4.0 / 14, 9.0 / 14}, {0, 0, 0}};
    meet(model, &expected, 0.002);
}

static void a_product_of_lognormals_is_met(void **state) {
    static const double sigma[] = {0.3, 0.5, 0.7};
    struct model *model = begin_model(state);
    struct expectation expected = {0};
    double part[3], all = 1, mean = 1;
    const aici_operand x = lognormal(model, 1e6, sigma[0]), y = lognormal(model, 2, sigma[1]), z = lognormal(model, 3e-6, sigma[2]);
    output(model, operate(model, AICI_OPCODE_DIVIDE, multiply(model, x, y), z));
    for (int i = 0; i < 3; i++) {
        part[i] = aici_exp(sigma[i] * sigma[i]) - 1;
        all *= 1 + part[i];
        mean *= aici_exp(sigma[i] * sigma[i] / 2);
    }
    expected.variance = (all - 1) * mean * mean * (1e6 * 2 / 3e-6) * (1e6 * 2 / 3e-6);
    for (int i = 0; i < 3; i++) {
        expected.first[i] = part[i] / (all - 1);
        expected.total[i] = part[i] * all / (1 + part[i]) / (all - 1);
        for (int k = 0; k < i; k++)
            expected.second[i + k - 1] = part[i] * part[k] / (all - 1);
    }
    meet(model, &expected, 0.02);
}

/** A mixture of two uniform pieces times half a normal: both drawn lane by lane, the mixture with two words. */
static void mixtures_and_truncated_draws_are_met(void **state) {
    struct model *model = begin_model(state);
    for (int piece = 0; piece < 2; piece++) {
        add_draw(model, AICI_DISTRIBUTION_UNIFORM, 0);
        add_number(model, AICI_PARAMETER_LOW, 2 * piece);
        add_number(model, AICI_PARAMETER_HIGH, 2 * piece + 1);
    }
    add_draw(model, AICI_DISTRIBUTION_MIXTURE, 2);
    for (uint32_t piece = 0; piece < 2; piece++) {
        add_parameter(model, AICI_PARAMETER_DISTRIBUTION, piece);
        add_number(model, AICI_PARAMETER_WEIGHT, 1);
    }
    const aici_operand x = take_last(model, AICI_OPCODE_DRAW);
    add_draw(model, AICI_DISTRIBUTION_NORMAL, 0);
    add_number(model, AICI_PARAMETER_MEAN, 0);
    add_number(model, AICI_PARAMETER_SD, 1);
    const uint32_t bell = last_draw(model);
    add_draw(model, AICI_DISTRIBUTION_TRUNCATED, 1);
    add_parameter(model, AICI_PARAMETER_DISTRIBUTION, bell);
    add_number(model, AICI_PARAMETER_LOW, 0);
    add_number(model, AICI_PARAMETER_HIGH, 30);
    const aici_operand y = take_last(model, AICI_OPCODE_DRAW);
    output(model, multiply(model, x, y));
    const double of_x = 1 + 1.0 / 12, mean_x = 1.5, of_y = 1 - 2 / PI, mean_y = sqrt(2 / PI), both = of_x * of_y;
    const double one = of_x * mean_y * mean_y, other = of_y * mean_x * mean_x, all = one + other + both;
    const struct expectation expected = {all, {one / all, other / all}, {(one + both) / all, (other + both) / all}, {both / all}};
    meet(model, &expected, 0.003);
}

/** Two normal inputs with correlation 0.6 are one factor beside a third. */
static void correlated_inputs_are_one_factor(void **state) {
    struct model *model = begin_model(state);
    normal_draw(model, 5, 1);
    const aici_operand first = take_last(model, AICI_OPCODE_NORMAL);
    const aici_operand x = small_each(&model->small, AICI_OPCODE_FROM_NORMAL, last_draw(model), first, 0);
    normal_draw(model, 7, 2);
    aici_operand second = multiply(model, take_last(model, AICI_OPCODE_NORMAL), number(model, 0.8));
    second = add(model, multiply(model, first, number(model, 0.6)), second);
    const aici_operand y = small_each(&model->small, AICI_OPCODE_FROM_NORMAL, last_draw(model), second, 0);
    model->factor[1] = 0;
    model->factor_count = 1;
    const aici_operand z = normal(model, 0, 3);
    output(model, add(model, add(model, x, y), z));
    const double pair = 1 + 4 + 2 * 0.6 * 1 * 2, all = pair + 9;
    const struct expectation expected = {all, {pair / all, 9 / all}, {pair / all, 9 / all}, {0}};
    meet(model, &expected, 0.002);
}

/* --- edges
 * ----------------------------------------------------------------------------------------------------------------------------------------
 */

static void a_dead_input_has_nothing(void **state) {
    struct model *model = begin_model(state);
    const aici_operand x = uniform(model, 1, 2), y = uniform(model, 0, 1);
    output(model, multiply(model, x, x));
    output(model, add(model, x, y));
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(model);
    request.second_order = true;
    const aici_output_indices *of = indices_of(&request, arena);
    assert_true(of[0].first[1].value == 0 && of[0].first[1].error == 0 && of[0].total[1].value == 0 && of[0].second[1].value == 0);
    assert_true(fabs(of[0].first[0].value - 1) < 0.001 && fabs(of[0].total[0].value - 1) < 0.001 && fabs(of[0].interactions.value) < 0.001);
    assert_true(fabs(of[1].first[1].value - 0.5) < 0.001);
    aici_arena_free(arena);
}

static void what_does_not_vary_has_no_indices(void **state) {
    struct model *model = begin_model(state);
    const aici_operand x = lognormal(model, 3, 1), three = number(model, 3);
    output(model, three);
    output(model, operate(model, AICI_OPCODE_SUBTRACT, x, x));
    output(model, operate(model, AICI_OPCODE_DIVIDE, multiply(model, x, three), x));
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(model);
    request.second_order = true;
    const aici_output_indices *of = indices_of(&request, arena);
    for (int i = 0; i < 3; i++)
        assert_true(of[i].variance == 0 && isnan(of[i].first[0].value) && isnan(of[i].total[0].value) && isnan(of[i].interactions.value) &&
                    of[i].left_out == 0);
    assert_true(of[0].mean == 3 && of[1].mean == 0 && fabs(of[2].mean - 3) < 1e-12);
    aici_arena_free(arena);
}

/** ln(x - 1) with x from 0 to 2 is a number half of the time; the other half is left out with its partners. */
static void what_is_not_finite_is_left_out_and_counted(void **state) {
    struct model *model = begin_model(state);
    const aici_operand x = uniform(model, 0, 2), y = normal(model, 0, 1), one = number(model, 1);
    output(model, add(model, operate(model, AICI_OPCODE_LN, operate(model, AICI_OPCODE_SUBTRACT, x, one), 0), y));
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(model);
    request.second_order = true;
    const aici_output_indices *of = indices_of(&request, arena);
    const double all = POINTS * REPLICATES;
    assert_true(fabs((double)of->left_out - 0.75 * all) < 0.01 * all);
    assert_true(fabs((double)of->factor_left_out[0] - 0.75 * all) < 0.01 * all);
    assert_true(fabs((double)of->factor_left_out[1] - 0.75 * all) < 0.01 * all);
    assert_true(fabs(of->mean + 1) < 0.02 && fabs(of->variance - 2) < 0.05);
    assert_true(fabs(of->first[0].value - 0.5) < 0.02 && fabs(of->first[1].value - 0.5) < 0.02 && fabs(of->second[1].value) < 0.02);
    aici_arena_free(arena);
}

static void nothing_finite_gives_no_numbers(void **state) {
    struct model *model = begin_model(state);
    output(model, operate(model, AICI_OPCODE_LN, uniform(model, -2, -1), 0));
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(model);
    const aici_output_indices *of = indices_of(&request, arena);
    assert_true(of->left_out == POINTS * REPLICATES && isnan(of->mean) && isnan(of->variance) && isnan(of->first[0].value));
    aici_arena_free(arena);
}

static void one_replicate_has_no_errors(void **state) {
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(ishigami(state));
    request.replicates = 1;
    const aici_output_indices *of = indices_of(&request, arena);
    assert_true(fabs(of->first[1].value - 0.4424) < 0.01 && isnan(of->first[1].error) && isnan(of->total[2].error));
    aici_arena_free(arena);
}

static void even_few_points_give_indices(void **state) {
    const struct model *model = ishigami(state);
    for (uint64_t points = 16; points <= 128; points *= 2) {
        aici_arena *arena = aici_arena_new(aici_memory_default());
        aici_indices_request request = request_of(model);
        request.points = points;
        const aici_output_indices *of = indices_of(&request, arena);
        assert_true(isfinite(of->first[0].value) && of->first[0].error > 0 && fabs(of->first[0].value - 0.3139) < 6 * of->first[0].error);
        aici_arena_free(arena);
    }
}

/** A is ordinary sampling, word for word; B has the dimension behind A's, and a scramble of its own. */
static void the_design_is_one_point_set_in_two_halves(void **state) {
    enum { FEW = 16 };
    double a[FEW], *column[] = {a}, sum = 0;
    struct model *model = begin_model(state);
    output(model, uniform(model, 0, 1));
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(model);
    request.points = FEW;
    request.replicates = 1;
    aici_statistics statistics;
    uint32_t faulty;
    const aici_sampling sampling = {.program = request.program,
                                    .uniform = request.uniform,
                                    .seed = 1,
                                    .sobol = true,
                                    .samples = FEW,
                                    .replicates = 1,
                                    .threads = 1,
                                    .draws = column,
                                    .allocator = aici_memory_default()};
    assert_int_equal(aici_eval_sample(&sampling, &statistics, &faulty), AIC_OK);
    aici_sobol b;
    aici_sobol_begin(&b, 1, 1, aici_hash_mix(model->stream[0][0] ^ UINT64_C(0x6b8b4567327b23c6)), 0, true);
    for (uint64_t i = 0; i < FEW; i++)
        sum += a[i] + (double)(aici_sobol_word(&b, i) >> 12 | 1) * 0x1p-52;
    assert_true(fabs(indices_of(&request, arena)->mean - sum / (2 * FEW)) < 1e-15);
    aici_arena_free(arena);
}

/* --- the same bits
 * ---------------------------------------------------------------------------------------------------------------------------------- */

static uint64_t hash_of(const aici_output_indices *of, uint32_t factors) {
    char bytes[8 * 64];
    size_t count = 0;
    const double head[] = {of->mean, of->variance, of->interactions.value, of->interactions.error};
    memcpy(bytes, head, sizeof head);
    count += sizeof head;
    for (uint32_t i = 0; i < factors; i++) {
        const double own[] = {of->first[i].value, of->first[i].error, of->total[i].value, of->total[i].error};
        memcpy(bytes + count, own, sizeof own);
        count += sizeof own;
        for (uint32_t k = 0; of->second && k < i; k++, count += sizeof(double))
            memcpy(bytes + count, &of->second[i * factors + k].value, sizeof(double));
    }
    return aici_name_hash((aici_slice){bytes, count}, 0);
}

static uint64_t hash_with(const struct model *model, uint64_t points, uint32_t threads, const aici_isa *isa, bool second_order) {
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(model);
    request.points = points;
    request.threads = threads;
    request.isa = isa;
    request.second_order = second_order;
    uint64_t hash = hash_of(indices_of(&request, arena), model->factor_count);
    aici_arena_free(arena);
    return hash;
}

static void threads_change_no_bit(void **state) {
    const struct model *model = ishigami(state);
    const uint64_t one = hash_with(model, 16384, 1, NULL, true);
    for (uint32_t threads = 2; threads <= 64; threads = threads * 2 + 1)
        assert_true(hash_with(model, 16384, threads, NULL, true) == one);
}

static void instruction_sets_change_no_bit(void **state) {
    const struct model *model = ishigami(state);
    const uint64_t best = hash_with(model, 1024, 1, aici_isa_best(), true);
    for (unsigned i = 0; i < AICI_ISA_COUNT; i++)
        if (aici_isa_at(i))
            assert_true(hash_with(model, 1024, 1, aici_isa_at(i), true) == best);
}

/** Compilers and machines neither: these words are written here. */
static void the_bits_are_known(void **state) {
    const uint64_t hash = hash_with(ishigami(state), 1024, 1, NULL, true);
    if (hash != UINT64_C(0x52df13e5ddcd4985))
        fail_msg("the hash is 0x%016llx", (unsigned long long)hash);
}

static void the_second_order_changes_no_bit_of_the_first(void **state) {
    const struct model *model = ishigami(state);
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(model);
    const aici_output_indices *plain = indices_of(&request, arena);
    request.second_order = true;
    const aici_output_indices *more = indices_of(&request, arena);
    assert_memory_equal(plain->first, more->first, 3 * sizeof *plain->first);
    assert_memory_equal(plain->total, more->total, 3 * sizeof *plain->total);
    assert_null(plain->second);
    aici_arena_free(arena);
}

static void an_output_has_its_indices_whoever_stands_beside_it(void **state) {
    struct model *model = begin_model(state);
    const aici_operand x = uniform(model, 1, 2), y = lognormal(model, 2, 0.5), product = multiply(model, x, y);
    output(model, product);
    const uint64_t alone = hash_with(model, 1024, 1, NULL, true);
    for (int i = 0; i < 30; i++)
        output(model, add(model, product, number(model, i)));
    assert_true(hash_with(model, 1024, 1, NULL, true) == alone);
}

static void another_seed_gives_another_design(void **state) {
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(ishigami(state));
    const double one = indices_of(&request, arena)->first[0].value;
    request.seed = 2;
    assert_true(indices_of(&request, arena)->first[0].value != one);
    aici_arena_free(arena);
}

/* --- trouble
 * ------------------------------------------------------------------------------------------------------------------------------------------
 */

static void it_stops_when_asked(void **state) {
    const volatile uint32_t stop = 1;
    const aici_control control = {&stop, NULL};
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(ishigami(state));
    const aici_output_indices *out;
    uint32_t faulty;
    request.control = &control;
    assert_int_equal(aici_eval_indices(&request, arena, &out, &faulty), AIC_ERROR_CANCELLED);
    aici_arena_free(arena);
}

static void progress_ends_at_all_points(void **state) {
    volatile uint64_t progress = 99;
    const aici_control control = {NULL, &progress};
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(ishigami(state));
    request.control = &control;
    request.threads = 3;
    indices_of(&request, arena);
    assert_int_equal(progress, POINTS * REPLICATES);
    aici_arena_free(arena);
}

static void too_many_words_are_refused(void **state) {
    struct model *model = ishigami(state);
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(model);
    const aici_output_indices *out;
    uint32_t faulty;
    model->small.program.word_count = 513;
    assert_int_equal(aici_eval_indices(&request, arena, &out, &faulty), AIC_ERROR_LIMIT);
    aici_arena_free(arena);
}

static void a_draw_without_a_distribution_is_named(void **state) {
    struct model *model = begin_model(state);
    const aici_operand x = uniform(model, 1, 2), y = uniform(model, 3, 2);
    output(model, add(model, x, y));
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(model);
    const aici_output_indices *out;
    uint32_t faulty = 99;
    assert_int_equal(aici_eval_indices(&request, arena, &out, &faulty), AIC_ERROR_DOMAIN);
    assert_int_equal(faulty, 1);
    aici_arena_free(arena);
}

static void each_allocation_may_fail(void **state) {
    const struct model *model = ishigami(state);
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aici_arena *arena = aici_arena_new(&memory.allocator);
        const aici_output_indices *out;
        uint32_t faulty;
        aici_indices_request request = request_of(model);
        request.points = 64;
        request.second_order = true;
        request.allocator = &memory.allocator;
        const aic_status status = arena ? aici_eval_indices(&request, arena, &out, &faulty) : AIC_ERROR_MEMORY;
        assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
        aici_arena_free(arena);
        assert_true(failing_allocator_is_clean(&memory));
    }
}

/** Student's t, from tables. */
static void intervals_are_those_of_student(void **state) {
    (void)state;
    assert_true(fabs(aici_interval_width(2, 0.95) - 12.7062047361747) < 1e-9);
    assert_true(fabs(aici_interval_width(8, 0.95) - 2.36462425159278) < 1e-11);
    assert_true(fabs(aici_interval_width(8, 0.9) - 1.89457860509001) < 1e-11);
    assert_true(fabs(aici_interval_width(64, 0.95) - 1.99834054252074) < 1e-11);
    assert_true(isnan(aici_interval_width(1, 0.95)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
        TEST(ishigami_is_met),
        TEST(sobol_g_is_met),
        TEST(linear_is_met),
        TEST(a_product_of_lognormals_is_met),
        TEST(mixtures_and_truncated_draws_are_met),
        TEST(correlated_inputs_are_one_factor),
        TEST(a_dead_input_has_nothing),
        TEST(what_does_not_vary_has_no_indices),
        TEST(what_is_not_finite_is_left_out_and_counted),
        TEST(nothing_finite_gives_no_numbers),
        TEST(one_replicate_has_no_errors),
        TEST(even_few_points_give_indices),
        TEST(the_design_is_one_point_set_in_two_halves),
        TEST(threads_change_no_bit),
        TEST(instruction_sets_change_no_bit),
        TEST(the_bits_are_known),
        TEST(the_second_order_changes_no_bit_of_the_first),
        TEST(an_output_has_its_indices_whoever_stands_beside_it),
        TEST(another_seed_gives_another_design),
        TEST(it_stops_when_asked),
        TEST(progress_ends_at_all_points),
        TEST(too_many_words_are_refused),
        TEST(a_draw_without_a_distribution_is_named),
        TEST(each_allocation_may_fail),
        TEST(intervals_are_those_of_student),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
