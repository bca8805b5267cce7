/* SPDX-License-Identifier: MIT */
/* Draws: words of the draw's streams become values of its distribution, a loop each. */
#include "base/simd/functions.h"
#include "base/simd/normal.h"
#include "eval/isa/set.h"

#include <math.h>

static void take_words(const aici_block *block, uint32_t word) {
    if (block->stream)
        aici_stream_words(&block->stream[word], block->lanes, block->word);
    else
        aici_sobol_words(&block->sobol[word], block->first, block->lanes, block->word);
}

AICI_INLINE aici_v open_unit(const aici_block *block, size_t i) { return v_unit_open(w_load(block->word + i)); }

#define EACH_GROUP(result)                                                                                                                 \
    for (size_t i = 0; i < block->lanes; i += AICI_LANES)                                                                                  \
        v_store(to + i, result);

/** Lanes in the tails, one in fifty, wait until all can be worked out together. */
typedef struct waiting {
    double p[AICI_BLOCK_LONGEST + AICI_LANES], lane[AICI_BLOCK_LONGEST + AICI_LANES];
    size_t count;
} waiting;

static void serve(waiting *tails, double *to) {
    v_store(tails->p + tails->count, v_all(0.001));
    for (size_t i = 0; i < tails->count; i += AICI_LANES)
        v_store(tails->p + i, v_quantile_far(v_load(tails->p + i)));
    for (size_t i = 0; i < tails->count; i++)
        to[(size_t)tails->lane[i]] = tails->p[i];
}

/** Standard normal numbers in the order of the words. */
static void take_quantiles(const aici_block *block, double *to) {
    static const double first[AICI_LANES] = {0, 1, 2, 3, 4, 5, 6, 7};
    aici_v lane = v_load(first);
    waiting tails;
    tails.count = 0;
    for (size_t i = 0; i < block->lanes; i += AICI_LANES) {
        aici_m tail;
        const aici_v p = open_unit(block, i);
        v_store(to + i, v_quantile_centre(p, &tail));
        v_pack(tails.lane + tails.count, tail, lane);
        tails.count += v_pack(tails.p + tails.count, tail, p);
        lane = v_add(lane, v_all(AICI_LANES));
    }
    serve(&tails, to);
}

/* Monte Carlo takes pairs of words for pairs of numbers (Box and Muller 1958); Sobol' points keep their order only through the quantile
 * function. */
#define EACH_NORMAL(made)                                                                                                                  \
    if (block->stream) {                                                                                                                   \
        for (size_t i = 0; i < block->lanes; i += (size_t)2 * AICI_LANES) {                                                                \
            aici_v z, other;                                                                                                               \
            v_normal_pair(w_load(block->word + i), w_load(block->word + i + AICI_LANES), &z, &other);                                      \
            v_store(to + i, made);                                                                                                         \
            z = other;                                                                                                                     \
            v_store(to + i + AICI_LANES, made);                                                                                            \
        }                                                                                                                                  \
    } else {                                                                                                                               \
        take_quantiles(block, to);                                                                                                         \
        for (size_t i = 0; i < block->lanes; i += AICI_LANES) {                                                                            \
            const aici_v z = v_load(to + i);                                                                                               \
            v_store(to + i, made);                                                                                                         \
        }                                                                                                                                  \
    }

static void draw_normal(const aici_block *block, const aici_sampler *sampler, double *to) {
    const aici_v a = v_all(sampler->a), b = v_all(sampler->b);
    EACH_NORMAL(v_fma(z, b, a))
}

static void draw_lognormal(const aici_block *block, const aici_sampler *sampler, double *to) {
    const aici_v a = v_all(sampler->a), b = v_all(sampler->b);
    if (fabs(sampler->a) + 9 * sampler->b < 700) { /* no standard normal number from 64 bits is 9 away from 0 */
        EACH_NORMAL(v_exp_moderate(v_fma(z, b, a)))
    } else {
        EACH_NORMAL(v_exp(v_fma(z, b, a)))
    }
}

static void draw_uniform(const aici_block *block, const aici_sampler *sampler, double *to) {
    const aici_v a = v_all(sampler->a), b = v_all(sampler->b);
    EACH_GROUP(v_fma(open_unit(block, i), b, a))
}

static void draw_loguniform(const aici_block *block, const aici_sampler *sampler, double *to) {
    const aici_v a = v_all(sampler->a), b = v_all(sampler->b);
    EACH_GROUP(v_exp(v_fma(open_unit(block, i), b, a)))
}

static void draw_triangular(const aici_block *block, const aici_sampler *sampler, double *to) {
    const double width = sampler->c - sampler->a, left = sampler->b - sampler->a, right = sampler->c - sampler->b;
    const aici_v low = v_all(sampler->a), high = v_all(sampler->c), share = v_all(left / width), one = v_all(1);
    const aici_v rise = v_all(width * left), fall = v_all(width * right);
    for (size_t i = 0; i < block->lanes; i += AICI_LANES) {
        const aici_v u = open_unit(block, i);
        const aici_m rising = v_less(u, share);
        const aici_v way = v_sqrt(v_select(rising, v_multiply(u, rise), v_multiply(v_subtract(one, u), fall)));
        v_store(to + i, v_select(rising, v_add(low, way), v_subtract(high, way)));
    }
}

/* --- from standard normal numbers ----------------------------------------------------------------------------------------------------- */

/** The part of the component that is left, seen from its nearer end; as truncated_at() in distribution.c. */
AICI_INLINE aici_v into_component(const aici_ready *truncated, aici_v p) {
    const aici_v from = v_all(truncated->p_low), to = v_all(truncated->p_high), all = v_all(truncated->p_high - truncated->p_low);
    const aici_v up = v_add(from, v_multiply(p, all)), down = v_subtract(to, v_multiply(v_subtract(v_all(1), p), all));
    const aici_v z = v_normal_quantile(v_select(v_less_equal(p, v_all(0.5)), up, down));
    return truncated->upper ? v_negate(z) : z;
}

AICI_INLINE aici_v value_of_bell(const aici_ready *shape, aici_v z) {
    const aici_v from_median = v_multiply(v_select(v_less(z, v_all(0)), v_all(shape->b), v_all(shape->c)), z), a = v_all(shape->a);
    if (shape->distribution == AICI_DISTRIBUTION_NORMAL)
        return v_add(a, from_median);
    const aici_v plain = v_exp(v_add(a, from_median));
    return shape->middle > 0 ? v_select(v_less(v_abs(from_median), v_all(700)), v_multiply(v_all(shape->middle), v_exp(from_median)), plain)
                             : plain;
}

/** A lane's polynomial is looked up by that lane alone, number by number. */
AICI_INLINE aici_v logit_at(const aici_curve *curve, aici_v z) {
    const aici_v at = v_clamp(v_all(0), v_multiply(v_subtract(z, v_all(curve->first)), v_all(curve->each)), v_all(curve->last + 1));
    const aici_v floor = v_floor(at), piece = v_select(v_less(v_all(curve->last), floor), v_all(curve->last), floor),
                 rest = v_subtract(at, piece);
    double number[AICI_LANES], coefficient[AICI_CURVE_NUMBERS][AICI_LANES];
    v_store(number, piece);
    for (size_t lane = 0; lane < AICI_LANES; lane++)
        for (size_t k = 0; k < AICI_CURVE_NUMBERS; k++)
            coefficient[k][lane] = curve->piece[(size_t)number[lane] * AICI_CURVE_NUMBERS + k];
    aici_v made = v_load(coefficient[AICI_CURVE_NUMBERS - 1]);
    for (size_t k = AICI_CURVE_NUMBERS - 1; k > 0; k--)
        made = v_fma(made, rest, v_load(coefficient[k - 1]));
    return made;
}

AICI_INLINE aici_v value_of_curve(const aici_sampler *sampler, aici_v z) {
    const aici_ready *shape = sampler->shape;
    const aici_v logit = logit_at(&sampler->curve, z), power = v_exp(v_negate(v_abs(logit)));
    const aici_v part = v_multiply(v_divide(power, v_add(power, v_all(1))), v_all(shape->scale_high - shape->scale_low));
    return v_select(v_less(logit, v_all(0)), v_add(v_all(shape->scale_low), part), v_subtract(v_all(shape->scale_high), part));
}

/** Standard normal numbers become values, in their place. */
static void shape_normals(const aici_block *block, const aici_sampler *sampler, double *to) {
    const aici_v low = v_all(sampler->ready->scale_low), high = v_all(sampler->ready->scale_high);
    if (sampler->kind == AICI_SAMPLER_BELL) {
        EACH_GROUP(v_clamp(low, value_of_bell(sampler->shape, v_load(to + i)), high))
    } else {
        EACH_GROUP(v_clamp(low, value_of_curve(sampler, v_load(to + i)), high))
    }
}

static bool is_truncated(const aici_sampler *sampler) { return sampler->shape != sampler->ready; }

static void draw_shaped(const aici_block *block, const aici_sampler *sampler, double *to) {
    if (is_truncated(sampler)) {
        EACH_GROUP(into_component(sampler->ready, open_unit(block, i)))
    } else {
        take_quantiles(block, to);
    }
    shape_normals(block, sampler, to);
}

static void shape_correlated(const aici_block *block, const aici_sampler *sampler, const double *z, double *to) {
    if (is_truncated(sampler)) {
        EACH_GROUP(into_component(sampler->ready, v_normal_probability(v_load(z + i))))
    } else {
        EACH_GROUP(v_load(z + i))
    }
    shape_normals(block, sampler, to);
}

/* --- lane by lane --------------------------------------------------------------------------------------------------------------------- */

static double open_unit_of(uint64_t word) {
    const uint64_t bits = word >> 12 | 1 | UINT64_C(0x3ff0000000000000);
    double number;
    memcpy(&number, &bits, sizeof number);
    return number - 1;
}

static void draw_by_quantile(const aici_block *block, const aici_sampler *sampler, double *to) {
    for (size_t i = 0; i < block->lanes; i++)
        to[i] = aici_distribution_quantile(sampler->ready, open_unit_of(block->word[i]));
}

/** The component that a probability chooses. */
static const aici_ready *choose(const aici_ready *mixture, double u) {
    uint32_t i = 0;
    while (i + 1 < mixture->count && u >= mixture->share[i])
        i++;
    return mixture->component[i];
}

/** Lanes carry the distribution that was chosen for them from word to word; all words are taken, whether a lane needs them or not. */
static void draw_mixture(const aici_block *block, const aici_sampler *sampler, uint32_t words, double *to) {
    const aici_ready *chosen[AICI_BLOCK_LONGEST];
    for (size_t i = 0; i < block->lanes; i++)
        chosen[i] = sampler->ready;
    for (uint32_t k = 0; k < words; k++) {
        if (k > 0)
            take_words(block, sampler->word + k);
        for (size_t i = 0; i < block->lanes; i++) {
            double u = open_unit_of(block->word[i]);
            if (k + 1 < words && chosen[i]->distribution == AICI_DISTRIBUTION_MIXTURE)
                chosen[i] = choose(chosen[i], u);
            else if (k + 1 == words)
                to[i] = aici_distribution_quantile(chosen[i], u);
        }
    }
}

static void draw(const aici_block *block, const aici_sampler *sampler, uint32_t words, double *to) {
    take_words(block, sampler->word);
    switch ((aici_sampler_kind)sampler->kind) {
    case AICI_SAMPLER_NORMAL: draw_normal(block, sampler, to); break;
    case AICI_SAMPLER_LOGNORMAL: draw_lognormal(block, sampler, to); break;
    case AICI_SAMPLER_UNIFORM: draw_uniform(block, sampler, to); break;
    case AICI_SAMPLER_LOGUNIFORM: draw_loguniform(block, sampler, to); break;
    case AICI_SAMPLER_TRIANGULAR: draw_triangular(block, sampler, to); break;
    case AICI_SAMPLER_BELL:
    case AICI_SAMPLER_CURVE: draw_shaped(block, sampler, to); break;
    case AICI_SAMPLER_QUANTILE: draw_by_quantile(block, sampler, to); break;
    case AICI_SAMPLER_MIXTURE: draw_mixture(block, sampler, words, to); break;
    }
}

static void transform(const aici_block *block, const aici_sampler *sampler, const double *z, double *to) {
    const aici_v a = v_all(sampler->a), b = v_all(sampler->b);
    if (sampler->kind == AICI_SAMPLER_NORMAL) {
        EACH_GROUP(v_fma(v_load(z + i), b, a))
    } else if (sampler->kind == AICI_SAMPLER_LOGNORMAL) {
        EACH_GROUP(v_exp(v_fma(v_load(z + i), b, a)))
    } else if (sampler->kind == AICI_SAMPLER_BELL || sampler->kind == AICI_SAMPLER_CURVE) {
        shape_correlated(block, sampler, z, to);
    } else {
        EACH_GROUP(v_normal_probability(v_load(z + i)))
        for (size_t i = 0; i < block->lanes; i++)
            to[i] = aici_distribution_quantile(sampler->ready, to[i]);
    }
}

void AICI_FOR_SET(aici_block_draw)(const aici_block *block, const aici_instruction *instruction) {
    const aici_sampler *sampler = &block->sampler[instruction->a], standard = {.kind = AICI_SAMPLER_NORMAL, .b = 1, .word = sampler->word};
    double *to = block->lane + (size_t)instruction->to * block->stride;
    if (instruction->opcode == AICI_OPCODE_FROM_NORMAL)
        transform(block, sampler, block->lane + (size_t)instruction->b * block->stride, to);
    else
        draw(block, instruction->opcode == AICI_OPCODE_NORMAL ? &standard : sampler, block->program->draw[instruction->a].word_count, to);
}
