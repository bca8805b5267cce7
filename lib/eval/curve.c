/* SPDX-License-Identifier: MIT */
/*
 * Pieces of degree five that share value, slope and bend at their ends (Hermite). Knots are first a quarter apart; each time the values in
 * the middle tell how far off the pieces are, and become knots themselves, which divides the error by sixty-four.
 */
#include "eval/curve.h"
#include "base/elementary.h"
#include "eval/distribution_inner.h"

#include <math.h>

enum { FIRST_EACH = 4, MOST_EACH = 64 };
static const double TOLERANCE = 4e-9; /* of the pieces before the last halving */
static const double DENSITY_AT_ZERO = 0.3989422804014326779;

/** The logit at a place, and its first and second derivative. */
typedef struct knot {
    double value, slope, bend;
} knot;

typedef struct curve_making {
    aici_beta_shape shape;
    bool possible;  /**< all knots are finite */
    double first;   /**< place of the first knot */
    uint32_t count; /**< of pieces; one knot more */
    double each;
    knot *at;
} curve_making;

static bool is_finite(const knot *at) { return isfinite(at->value) && isfinite(at->slope) && isfinite(at->bend); }

/** With power = x (1 - x) density: slope = normal density / power, and the logarithm of the power has the derivative a (1 - x) - b x in the
 * logit. */
static knot knot_at(const aici_beta_shape *shape, double z) {
    bool upper = z > 0;
    double rest, x = aici_beta_quantile(shape, aici_normal_probability(upper ? -z : z), upper, &rest);
    double slope = DENSITY_AT_ZERO * aici_exp(-z * z / 2) / aici_beta_power(shape, x, rest);
    return (knot){aici_ln(x) - aici_ln(rest), slope, -slope * (z + (shape->a * rest - shape->b * x) * slope)};
}

static double middle_of_piece(const knot *left, const knot *right, double width) {
    return (left->value + right->value) / 2 + width * (5 * (left->slope - right->slope) + width * (left->bend + right->bend) / 2) / 32;
}

static knot make_knot(curve_making *self, double z) {
    knot made = knot_at(&self->shape, z);
    self->possible = self->possible && is_finite(&made);
    return made;
}

/** Twice as many pieces; *error receives how far the former ones were off in their middles, at most. */
static bool halve(curve_making *self, aici_arena *arena, double *error) {
    knot *finer = aici_arena_take_array(arena, 2 * (size_t)self->count + 1, sizeof *finer);
    *error = 0;
    if (!finer)
        return false;
    for (uint32_t i = 0; i < self->count; i++) {
        finer[2 * i] = self->at[i];
        finer[2 * i + 1] = make_knot(self, self->first + (i + 0.5) / self->each);
        double off = fabs(middle_of_piece(&self->at[i], &self->at[i + 1], 1 / self->each) - finer[2 * i + 1].value);
        *error = off > *error ? off : *error;
    }
    finer[2 * self->count] = self->at[self->count];
    self->at = finer;
    self->count *= 2;
    self->each *= 2;
    return true;
}

static void set_piece(const knot *left, const knot *right, double width, double *to) {
    const double rise = right->value - left->value, slope = left->slope * width, slope_end = right->slope * width;
    const double bend = left->bend * width * width / 2, bend_end = right->bend * width * width / 2;
    to[0] = left->value;
    to[1] = slope;
    to[2] = bend;
    to[3] = 10 * rise - 6 * slope - 4 * slope_end - 3 * bend + bend_end;
    to[4] = -15 * rise + 8 * slope + 7 * slope_end + 3 * bend - 2 * bend_end;
    to[5] = 6 * rise - 3 * (slope + slope_end) - bend + bend_end;
}

static bool set_pieces(const curve_making *self, aici_arena *arena, aici_curve *out) {
    double *piece = aici_arena_take_array(arena, self->count, AICI_CURVE_NUMBERS * sizeof *piece);
    if (!piece)
        return false;
    for (uint32_t i = 0; i < self->count; i++)
        set_piece(&self->at[i], &self->at[i + 1], 1 / self->each, piece + (size_t)i * AICI_CURVE_NUMBERS);
    *out = (aici_curve){self->first, self->each, self->count - 1.0, piece};
    return true;
}

static bool begin(curve_making *self, const aici_ready *beta, double low, double high, aici_arena *arena) {
    *self =
        (curve_making){.shape = aici_beta_of(beta), .possible = true, .first = floor(low * FIRST_EACH) / FIRST_EACH, .each = FIRST_EACH};
    self->count = (uint32_t)(ceil(high * FIRST_EACH) - self->first * FIRST_EACH);
    self->count += self->count == 0;
    self->at = aici_arena_take_array(arena, (size_t)self->count + 1, sizeof *self->at);
    for (uint32_t i = 0; self->at && i <= self->count && self->possible; i++)
        self->at[i] = make_knot(self, self->first + i / self->each);
    return self->at;
}

bool aici_curve_make(const aici_ready *beta, double low, double high, aici_arena *arena, aici_curve *out) {
    curve_making self;
    double error = 1;
    *out = (aici_curve){0};
    bool made = begin(&self, beta, low, high, arena);
    while (made && self.possible && !(error <= TOLERANCE) && self.each < MOST_EACH)
        made = halve(&self, arena, &error);
    return made && (!self.possible || !(error <= TOLERANCE) || set_pieces(&self, arena, out));
}
