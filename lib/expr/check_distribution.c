/* SPDX-License-Identifier: MIT */
/*
 * Distributions: where one may stand, and whether its parameters make one, as far as they are constants. Nothing is drawn here.
 */
#include "expr/checker.h"
#include "expr/words.h"

#include <math.h>

#define BIT(name) (1u << AICI_PARAMETER_##name)

static void refuse_at(aici_checker *checker, aici_expr *node, const aici_expr *at, const char *message, const char *hint) {
    aici_place place = aici_node_place(at);
    aic_status status = aici_report_error(aici_check_report(checker), AICI_CODE_DISTRIBUTION_PARAMETER, &place, "%s", message);
    if (hint)
        aici_report_hint(aici_check_report(checker), "%s", hint);
    aici_check_fault(checker, node, status);
}

static int32_t index_of(const aici_expr *node, uint8_t parameter) {
    for (uint32_t i = 0; i < node->count; i++) {
        if (node->as.parameter[i] == parameter)
            return (int32_t)i;
    }
    return -1;
}

/* --- where it stands, and what its parameters are ------------------------------------------------------------------------------------- */

static bool check_place(aici_checker *checker, aici_expr *node, unsigned at) {
    if (checker->scope->distributions || at & AICI_PLACE_COMPONENT)
        return true;
    aici_place place = aici_node_place(node);
    aic_status status = aici_report_error(aici_check_report(checker), AICI_CODE_DISTRIBUTION_PLACE, &place,
                                          "a distribution stands in an assumption or in an input of a model, not here");
    aici_report_hint(aici_check_report(checker),
                     "make it an assumption of its own and refer to it by name; a name is one draw wherever it is used");
    aici_check_fault(checker, node, status);
    return false;
}

static bool check_certain(aici_checker *checker, aici_expr *node) {
    for (uint32_t i = 0; i < node->count; i++) {
        const aici_expr *child = node->child[i];
        bool component = node->as.parameter[i] == AICI_PARAMETER_DISTRIBUTION, distribution = child->kind == AICI_EXPR_DISTRIBUTION;
        if (component == distribution && (component || !child->type.uncertain))
            continue;
        if (component)
            refuse_at(checker, node, child,
                      aici_check_compose(checker, "`%s` takes a distribution here", aici_distribution_text(node->variant)),
                      "write it out, as in `5 to 9` or `normal(7, 1)`");
        else
            refuse_at(checker, node, child, "the parameters of a distribution cannot themselves be uncertain",
                      "use numbers, or names of quantities that are certain");
        return false;
    }
    return true;
}

static uint32_t given(const aici_expr *node) {
    uint32_t bits = 0;
    for (uint32_t i = 0; i < node->count; i++)
        bits |= 1u << node->as.parameter[i];
    return bits;
}

static bool is_pair(uint32_t quantiles) {
    return quantiles == (BIT(P5) | BIT(P95)) || quantiles == (BIT(P10) | BIT(P90)) || quantiles == (BIT(P25) | BIT(P75));
}

static bool is_complete(const aici_expr *node) {
    uint32_t bits = given(node), quantiles = bits & ~BIT(P50);
    aici_positions positions = aici_distribution_positions(node->variant);
    switch (node->variant) {
    case AICI_DISTRIBUTION_NORMAL:
    case AICI_DISTRIBUTION_LOGNORMAL: return bits == (BIT(MEAN) | BIT(SD)) || is_pair(quantiles);
    case AICI_DISTRIBUTION_UNIFORM: return bits == (BIT(LOW) | BIT(HIGH)) || bits == (BIT(MEAN) | BIT(SD)) || is_pair(bits);
    case AICI_DISTRIBUTION_LOGUNIFORM: return bits == (BIT(LOW) | BIT(HIGH)) || is_pair(bits);
    case AICI_DISTRIBUTION_DISCRETE:
    case AICI_DISTRIBUTION_MIXTURE:
        for (uint32_t i = 0; i < node->count; i++) {
            if (node->as.parameter[i] != positions.parameter[i % 2])
                return false;
        }
        return node->count > 0 && node->count % 2 == 0;
    default:
        for (uint32_t i = 0; i < positions.count; i++) {
            if (index_of(node, positions.parameter[i]) < 0)
                return false;
        }
        return node->count == positions.count;
    }
}

static bool check_complete(aici_checker *checker, aici_expr *node) {
    if (is_complete(node))
        return true;
    bool bell = node->variant == AICI_DISTRIBUTION_NORMAL || node->variant == AICI_DISTRIBUTION_LOGNORMAL;
    refuse_at(checker, node, node,
              aici_check_compose(checker, "these parameters do not make a `%s`", aici_distribution_text(node->variant)),
              bell ? "give `mean` and `sd`, or `p5` and `p95` (or `p10` and `p90`, `p25` and `p75`), and `p50` beside two of these"
                   : aici_check_compose(checker, "it is written `%s`", aici_distribution_usage(node->variant)));
    return false;
}

static bool is_pure_parameter(const aici_expr *node, uint32_t index) {
    return node->as.parameter[index] == AICI_PARAMETER_WEIGHT || node->variant == AICI_DISTRIBUTION_BETA;
}

static bool check_dimensions(aici_checker *checker, aici_expr *node) {
    static const aici_dimension none;
    for (uint32_t i = 0; i < node->count; i++) {
        const char *name = aici_parameter_text(node->as.parameter[i]);
        if (is_pure_parameter(node, i) ? !aici_check_demand(checker, node, i, &none, name) : !aici_check_same(checker, node, 0, i))
            return false;
    }
    node->type.dimension = node->child[0]->type.dimension;
    return true;
}

/* --- constants that make no distribution ---------------------------------------------------------------------------------------------- */

static bool is_interval(const aici_expr *node) {
    return node->variant == AICI_DISTRIBUTION_LOGNORMAL && node->count == 2 && node->as.parameter[0] == AICI_PARAMETER_P5 &&
           node->as.parameter[1] == AICI_PARAMETER_P95;
}

static bool check_above_zero(aici_checker *checker, aici_expr *node, uint8_t parameter) {
    int32_t index = index_of(node, parameter);
    if (index < 0 || !(node->child[index]->constant <= 0))
        return true;
    const char *shown = aici_check_show(checker, node->child[index]);
    const char *message = aici_check_compose(checker, "`%s` of `%s` must be above 0, found `%s`", aici_parameter_text(parameter),
                                             aici_distribution_text(node->variant), shown);
    if (!is_interval(node)) {
        refuse_at(checker, node, node->child[index], message, NULL);
        return false;
    }
    const char *high = aici_check_show(checker, node->child[1]);
    refuse_at(checker, node, node,
              aici_check_compose(checker, "`a to b` is a lognormal, whose values are all above 0, and `%s` is not", shown),
              aici_check_compose(checker, "write `normal(p5=%s, p95=%s)` or `uniform(%s, %s)`", shown, high, shown, high));
    return false;
}

/* Constants that are there must ascend; `strictly` is asked of neighbours, too. */
static bool check_ascending(aici_checker *checker, aici_expr *node, const uint8_t *parameter, uint32_t count, bool strictly) {
    int32_t before = -1;
    for (uint32_t i = 0; i < count; i++) {
        int32_t index = index_of(node, parameter[i]);
        if (index < 0 || isnan(node->child[index]->constant))
            continue;
        double low = before < 0 ? (double)-INFINITY : node->child[before]->constant, high = node->child[index]->constant;
        if (high < low || (strictly && high == low)) {
            const char *a = aici_check_show(checker, node->child[before]), *b = aici_check_show(checker, node->child[index]);
            refuse_at(checker, node, node,
                      aici_check_compose(checker, "`%s` (%s) must be %s `%s` (%s)", aici_parameter_text(parameter[i]), b,
                                         strictly ? "above" : "at least", aici_parameter_text(node->as.parameter[before]), a),
                      !is_interval(node) ? NULL
                      : high < low       ? aici_check_compose(checker, "write `%s to %s`", b, a)
                                         : aici_check_compose(checker, "for a certain value write `%s` alone", a));
            return false;
        }
        before = index;
    }
    return true;
}

static bool check_weights(aici_checker *checker, aici_expr *node) {
    double sum = 0;
    for (uint32_t i = 1; i < node->count; i += 2) {
        double weight = node->child[i]->constant;
        if (weight < 0) {
            refuse_at(checker, node, node->child[i], "a weight cannot be below 0", NULL);
            return false;
        }
        sum += weight;
    }
    if (sum == 0)
        refuse_at(checker, node, node, "at least one weight must be above 0", NULL);
    return sum != 0;
}

/* A distribution by its ends, quantiles, or mean and sd; @p positive: all its values are above 0. */
static bool check_spread(aici_checker *checker, aici_expr *node, bool positive) {
    static const uint8_t least[] = {AICI_PARAMETER_MEAN, AICI_PARAMETER_P5, AICI_PARAMETER_P10, AICI_PARAMETER_P25, AICI_PARAMETER_LOW};
    static const uint8_t ends[] = {AICI_PARAMETER_LOW, AICI_PARAMETER_HIGH};
    static const uint8_t quantiles[] = {AICI_PARAMETER_P5,  AICI_PARAMETER_P10, AICI_PARAMETER_P25, AICI_PARAMETER_P50,
                                        AICI_PARAMETER_P75, AICI_PARAMETER_P90, AICI_PARAMETER_P95};
    if (!check_above_zero(checker, node, AICI_PARAMETER_SD))
        return false;
    for (uint32_t i = 0; positive && i < sizeof least; i++)
        if (!check_above_zero(checker, node, least[i]))
            return false;
    return check_ascending(checker, node, quantiles, sizeof quantiles, true) && check_ascending(checker, node, ends, 2, true);
}

static bool check_constants(aici_checker *checker, aici_expr *node) {
    static const uint8_t ends[] = {AICI_PARAMETER_LOW, AICI_PARAMETER_HIGH};
    static const uint8_t peak[] = {AICI_PARAMETER_LOW, AICI_PARAMETER_MODE, AICI_PARAMETER_HIGH};
    switch (node->variant) {
    case AICI_DISTRIBUTION_NORMAL:
    case AICI_DISTRIBUTION_UNIFORM: return check_spread(checker, node, false);
    case AICI_DISTRIBUTION_LOGNORMAL:
    case AICI_DISTRIBUTION_LOGUNIFORM: return check_spread(checker, node, true);
    case AICI_DISTRIBUTION_TRIANGULAR:
    case AICI_DISTRIBUTION_PERT: return check_ascending(checker, node, peak, 3, false) && check_ascending(checker, node, ends, 2, true);
    case AICI_DISTRIBUTION_BETA:
        return check_above_zero(checker, node, AICI_PARAMETER_A) && check_above_zero(checker, node, AICI_PARAMETER_B);
    case AICI_DISTRIBUTION_DISCRETE:
    case AICI_DISTRIBUTION_MIXTURE: return check_weights(checker, node);
    default: return check_ascending(checker, node, ends, 2, true);
    }
}

void aici_check_distribution(aici_checker *checker, aici_expr *node, unsigned place) {
    if (!check_place(checker, node, place) || !aici_check_quantities(checker, node, 0) || !check_certain(checker, node) ||
        !check_complete(checker, node) || !check_dimensions(checker, node) || !check_constants(checker, node) ||
        !aici_check_join(checker, node))
        return;
    node->type.uncertain = true;
}
