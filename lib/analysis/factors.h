/* SPDX-License-Identifier: MIT */
/*
 * The inputs that a value depends on, one by one: figures of assumptions and models, certain or distributed. All years of a series are one
 * factor, which is scaled as a whole; a figure in the middle of a formula counts as the quantity it stands in when it is the only one with
 * a unit there. A distribution is never left out: where several stand in one formula each is a factor of its own.
 */
#ifndef AICI_ANALYSIS_FACTORS_H
#define AICI_ANALYSIS_FACTORS_H

#include "analysis/analysis.h"
#include "plan/plan.h"

typedef struct aici_factor {
    const char *name; /**< of the quantity; more of it where that is not enough: "market (growth)", "visits: 9M to 2亿" */
    uint32_t quantity;
    const aici_expr *only;  /**< its figure, where it is one: NUMBER or DISTRIBUTION; NULL: several */
    const aici_expr *whole; /**< what the figure stands in: a quantity's tree, or a part of it */
    bool uncertain;         /**< a distribution is among its figures */
    bool correlated;        /**< with others */
    double times;           /**< the factor is its figure by this: -1 of `-(3 USD)`, 1000 of `{value: 1 to 2, unit: kUSD}` */
    bool fixed;             /**< a figure of it can be no setting: its effect is not known */
    bool bends;             /**< the parameter of a distribution depends on it: derivatives do not follow it there */
    const aici_dimension *dimension;
    const char *unit;      /**< of the factor */
    double scale;          /**< coherent units in one of it */
    const char *preferred; /**< unit for people, or NULL */
} aici_factor;

/** A figure, and the factor that it belongs to. */
typedef struct aici_factor_figure {
    const aici_expr *node;
    uint32_t quantity, factor;
} aici_factor_figure;

typedef struct aici_factors {
    const aici_bound *bound;
    aici_factor *factor;
    uint32_t count;
    aici_factor_figure *figure;
    uint32_t figure_count;
    aici_varying *varying; /**< the certain figures as settings of a program */
    double *setting;       /**< their values */
    uint32_t *setting_factor;
    uint32_t setting_count;
} aici_factors;

/** Finds the factors of a value; everything goes into @p arena. */
aic_status aici_factors_find(aici_bound *bound, const aici_wanted *wanted, aici_arena *arena, aici_factors *out, aic_report *report);

/** Compiles a program whose settings are the certain figures. Figures that no setting can be (exponents, numbers of years) are taken out
 * first. */
aic_status aici_factors_compile(aici_factors *factors, aici_bound *bound, const aici_wanted *wanted, bool samples,
                                const aic_allocator *allocator, aici_program **program, aic_report *report);

/** By draw of a program: the factor that it belongs to, or AICI_NONE (components). NULL when there is no memory. */
const uint32_t *aici_factors_of_draws(const aici_factors *factors, const aici_program *program, aici_arena *arena);

#endif
