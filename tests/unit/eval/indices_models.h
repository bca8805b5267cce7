/* SPDX-License-Identifier: MIT */
/* Programs with draws, made by hand, and their indices. */
#ifndef TESTS_UNIT_EVAL_INDICES_MODELS_H
#define TESTS_UNIT_EVAL_INDICES_MODELS_H

#include "base/elementary.h"
#include "base/hash.h"
#include "eval/sampling.h"
#include "eval/small_program.h"

#include <stdlib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define PI 3.14159265358979323846
enum { MOST_DRAWS = 8, MOST_PARAMETERS = 4, POINTS = 4096, REPLICATES = 8 };

/* --- models by hand ------------------------------------------------------------------------------------------------------------------- */

/** A program with draws; each is a factor of its own unless it is said otherwise. */
struct model {
    struct small_program small;
    aici_draw draw[MOST_DRAWS];
    uint8_t parameter[MOST_DRAWS][MOST_PARAMETERS];
    aici_operand value[MOST_DRAWS][MOST_PARAMETERS];
    uint64_t stream[MOST_DRAWS][2];
    uint32_t factor[MOST_DRAWS], factor_count;
};

static inline struct model *begin_model(void **state) {
    struct model *model = *state;
    memset(model, 0, sizeof *model);
    small_program_begin(&model->small, 0);
    model->small.program.draw = model->draw;
    return model;
}

static inline aici_draw *add_draw(struct model *model, aici_distribution distribution, uint32_t words) {
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

static inline void add_parameter(struct model *model, uint32_t parameter, aici_operand value) {
    uint32_t number = model->small.program.draw_count - 1;
    aici_draw *draw = &model->draw[number];
    model->parameter[number][draw->count] = (uint8_t)parameter;
    model->value[number][draw->count++] = value;
}

static inline void add_number(struct model *model, uint32_t parameter, double value) {
    add_parameter(model, parameter, small_constant(&model->small, value));
}

static inline uint32_t last_draw(const struct model *model) { return model->small.program.draw_count - 1; }

static inline aici_operand take_last(struct model *model, uint32_t opcode) {
    return small_each(&model->small, opcode, last_draw(model), 0, 0);
}

static inline aici_operand uniform(struct model *model, double low, double high) {
    add_draw(model, AICI_DISTRIBUTION_UNIFORM, 1);
    add_number(model, AICI_PARAMETER_LOW, low);
    add_number(model, AICI_PARAMETER_HIGH, high);
    return take_last(model, AICI_OPCODE_DRAW);
}

static inline void normal_draw(struct model *model, double mean, double sd) {
    add_draw(model, AICI_DISTRIBUTION_NORMAL, 1);
    add_number(model, AICI_PARAMETER_MEAN, mean);
    add_number(model, AICI_PARAMETER_SD, sd);
}

static inline aici_operand normal(struct model *model, double mean, double sd) {
    normal_draw(model, mean, sd);
    return take_last(model, AICI_OPCODE_DRAW);
}

/** With standard deviation @p sigma of its logarithm. */
static inline aici_operand lognormal(struct model *model, double median, double sigma) {
    const double reach = sigma * aici_normal_quantile(0.95);
    add_draw(model, AICI_DISTRIBUTION_LOGNORMAL, 1);
    add_number(model, AICI_PARAMETER_P5, median * aici_exp(-reach));
    add_number(model, AICI_PARAMETER_P95, median * aici_exp(reach));
    return take_last(model, AICI_OPCODE_DRAW);
}

static inline aici_operand operate(struct model *model, aici_opcode opcode, aici_operand a, aici_operand b) {
    return small_each(&model->small, opcode, a, b, 0);
}

static inline aici_operand number(struct model *model, double value) { return small_constant(&model->small, value); }

static inline aici_operand add(struct model *model, aici_operand a, aici_operand b) { return operate(model, AICI_OPCODE_ADD, a, b); }
static inline aici_operand multiply(struct model *model, aici_operand a, aici_operand b) {
    return operate(model, AICI_OPCODE_MULTIPLY, a, b);
}

/** sin(x) for |x| <= pi, by its series: right to 1e-12. */
static inline aici_operand sine(struct model *model, aici_operand x) {
    const aici_operand square = multiply(model, x, x), one = number(model, 1);
    aici_operand sum = one;
    for (int n = 27; n > 1; n -= 2) {
        aici_operand term = operate(model, AICI_OPCODE_MULTIPLY, square, number(model, 1.0 / (n * (n - 1))));
        sum = operate(model, AICI_OPCODE_SUBTRACT, one, n == 27 ? term : multiply(model, term, sum));
    }
    return multiply(model, x, sum);
}

static inline void output(struct model *model, aici_operand operand) { small_output(&model->small, operand); }

/* --- runs ----------------------------------------------------------------------------------------------------------------------------- */

static inline aici_indices_request request_of(const struct model *model) {
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

static inline void assert_near(aici_estimate found, double expected, double largest_error) {
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

static inline void meet(const struct model *model, const struct expectation *expected, double largest_error) {
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

static inline int begin(void **state) { return (*state = malloc(sizeof(struct model))) ? 0 : -1; }

static inline int end(void **state) {
    free(*state);
    return 0;
}

/** sin x + 7 sin(y)^2 + 0.1 z^4 sin x (T. Ishigami and T. Homma 1990). */
static inline struct model *ishigami(void **state) {
    struct model *model = begin_model(state);
    const aici_operand x = uniform(model, -PI, PI), y = uniform(model, -PI, PI), z = uniform(model, -PI, PI);
    const aici_operand sin_x = sine(model, x), sin_y = sine(model, y), z_2 = multiply(model, z, z);
    const aici_operand middle = multiply(model, number(model, 7), multiply(model, sin_y, sin_y));
    const aici_operand last = multiply(model, number(model, 0.1), multiply(model, multiply(model, z_2, z_2), sin_x));
    output(model, add(model, add(model, sin_x, middle), last));
    return model;
}

#endif
