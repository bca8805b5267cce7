/* SPDX-License-Identifier: MIT */
/*
 * A tree while it is checked: each node is copied, its children first, and the copy gets its type. A faulty node makes all above it faulty
 * without another word.
 */
#ifndef AICI_EXPR_CHECKER_H
#define AICI_EXPR_CHECKER_H

#include "expr/tree.h"
#include "expr/years.h"

#include <math.h>

/** In aici_type.kind while a tree is checked, of a node in which a fault was reported. */
enum { AICI_TYPE_FAULTY = 255 };

/** In aici_dimension.count while a tree is checked: nothing is known, because the name is used behind a lag of its own definition. */
enum { AICI_DIMENSION_UNKNOWN = UINT16_MAX };

/** What a place in the tree is for; bits. */
enum {
    AICI_PLACE_VALUE = 1,     /**< what stands here is the value that the expectation is about */
    AICI_PLACE_GROWTH = 2,    /**< what stands here is a growth rate */
    AICI_PLACE_QUIET = 4,     /**< a parameter of such a value: takes its unit, but complaints are made about the whole */
    AICI_PLACE_LAGGED = 8,    /**< behind previous() or delay() */
    AICI_PLACE_COMPONENT = 16 /**< a distribution that is part of another */
};

/** In aici_expr.constant: it is none. */
static inline double aici_no_constant(void) { return (double)NAN; }

typedef struct aici_checker {
    const aici_scope *scope;
    const aici_expectation *expectation; /**< may be NULL */
    aici_expectation growth;             /**< of a growth rate */
    aic_status status;                   /**< of the first fault */
    bool memory;                         /**< there was none */
    bool has_time;                       /**< the three below are known */
    double year;                         /**< seconds of a year */
    aici_dimension time, rate;
    struct aici_unknown *unknown; /**< nodes whose dimension was not known, the newest first */
} aici_checker;

/* --- the walk ------------------------------------------------------------------------------------------------------------------------- */

/** Give a copied node, whose children are done and sound, its type. */
void aici_check_operator(aici_checker *checker, aici_expr *node);
void aici_check_call(aici_checker *checker, aici_expr *node);
void aici_check_index(aici_checker *checker, aici_expr *node);
void aici_check_distribution(aici_checker *checker, aici_expr *node, unsigned place);
void aici_check_series(aici_checker *checker, aici_expr *node);
void aici_check_compound(aici_checker *checker, aici_expr *node);

/** Holds a value against what is expected of it; gives the node that stands in its place (perhaps with its unit added), faulty after a
 * complaint. */
aici_expr *aici_check_expected(aici_checker *checker, aici_expr *node, const aici_expectation *expectation, bool quiet);

/** The constant of a node from those of its children, or NaN. */
double aici_constant_fold(const aici_checker *checker, const aici_expr *node);

/* --- faults --------------------------------------------------------------------------------------------------------------------------- */

/** Marks a node faulty after a report of this status. */
void aici_check_fault(aici_checker *checker, aici_expr *node, aic_status status);
bool aici_check_no_memory(aici_checker *checker);
static inline aic_report *aici_check_report(const aici_checker *checker) { return checker->scope->report; }

/** Adds hint and notes to the newest message, which said that @p found has another dimension than expected: what slip it probably is, and
 * the repair. */
void aici_mismatch_explain(aici_checker *checker, const aici_expr *found, const aici_dimension *expected, const char *expected_text,
                           const char *hint);
/** CURRENCY_MIX where two dimensions differ by a currency alone, else DIMENSION. */
enum aici_code aici_mismatch_code(const aici_checker *checker, const aici_dimension *expected, const aici_dimension *found);

/* --- texts for messages: in the arena; "" when there is no memory --------------------------------------------------------------------- */

const char *aici_check_describe(aici_checker *checker, const aici_dimension *dimension); /**< "a ratio", "FLOP/s" */
const char *aici_check_unit(aici_checker *checker, const aici_dimension *dimension);     /**< "1", "FLOP/s" */
const char *aici_check_years(aici_checker *checker, const aici_years *years);            /**< "2021..2026" */
/** A node as its writer sees it, cut where it is long. */
const char *aici_check_show(aici_checker *checker, const aici_expr *node);
/** What was found, for messages: as the literal says it where the coherent unit would puzzle ("USD/year"), else as described. */
const char *aici_check_found(aici_checker *checker, const aici_expr *node);
/** printf into the arena. */
const char *aici_check_compose(aici_checker *checker, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* --- dimensions ----------------------------------------------------------------------------------------------------------------------- */

static inline bool aici_is_unknown(const aici_expr *node) { return node->type.dimension.count == AICI_DIMENSION_UNKNOWN; }

static inline bool aici_is_pure(const aici_expr *node) { return node->type.dimension.count == 0; }

/** Whether a dimension is a product of powers of counts alone; so is none at all. */
bool aici_is_made_of_counts(const aici_checker *checker, const aici_dimension *dimension);

/** Says of a node that its dimension is not known. */
void aici_check_set_unknown(aici_checker *checker, aici_expr *node);

/** Time and 1/time of the scenario's units; reads them once. */
const aici_dimension *aici_check_time(aici_checker *checker);
const aici_dimension *aici_check_rate(aici_checker *checker);

/** Whether two children have the same dimension; complains about the node when they have not. An unknown one has any. */
bool aici_check_same(aici_checker *checker, aici_expr *node, uint32_t left, uint32_t right);

/** Whether a child is a quantity of this dimension; complains about it when it is not. @p what: "the lifetime". */
bool aici_check_demand(aici_checker *checker, aici_expr *node, uint32_t index, const aici_dimension *dimension, const char *what);

/** Whether children [from, count) are quantities; complains about the first that is not. */
bool aici_check_quantities(aici_checker *checker, aici_expr *node, uint32_t from);

/** Uncertainty and years of a node from its children: the years that all share; complains when there is none. */
bool aici_check_join(aici_checker *checker, aici_expr *node);

/** Complains about a child that is one value for all years where a series is needed, and the reverse. */
bool aici_check_is_series(aici_checker *checker, aici_expr *node, uint32_t index);
bool aici_check_is_single(aici_checker *checker, aici_expr *node, uint32_t index, const char *what);

#endif
