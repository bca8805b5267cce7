/* SPDX-License-Identifier: MIT */
/*
 * The door of expr: text becomes a tree, and a tree becomes a checked tree in which every node has a type (dimension, years). What a name
 * means is asked of the caller through a scope; nothing here knows of scenarios, models or YAML, and nothing is evaluated but constants.
 */
#ifndef AICI_EXPR_EXPR_H
#define AICI_EXPR_EXPR_H

#include "units/units.h"

/* --- years and types ------------------------------------------------------------------------------------------------------------------ */

/** The years on which a series lives: ascending, at least one. Immutable, in an arena; equal sets need not be the same pointer. */
typedef struct aici_years {
    uint32_t count;
    int32_t year[];
} aici_years;

bool aici_years_equal(const aici_years *left, const aici_years *right);
/** Position of @p year, or -1. */
int32_t aici_years_find(const aici_years *years, int32_t year);
/** first..last in @p arena; NULL when there is no memory. */
const aici_years *aici_years_range(aici_arena *arena, int32_t first, int32_t last);

typedef enum aici_type_kind { AICI_TYPE_QUANTITY, AICI_TYPE_BOOLEAN, AICI_TYPE_TEXT } aici_type_kind;

typedef struct aici_type {
    uint8_t kind;             /**< aici_type_kind */
    bool uncertain;           /**< a distribution is in it, or in something that it refers to */
    const aici_years *years;  /**< NULL: one value, whatever the year; else a series on these years */
    aici_dimension dimension; /**< of a quantity */
} aici_type;

/* --- trees ---------------------------------------------------------------------------------------------------------------------------- */

typedef enum aici_expr_kind {
    AICI_EXPR_NUMBER,  /**< a literal with its unit */
    AICI_EXPR_BOOLEAN, /**< true, false */
    AICI_EXPR_TEXT,    /**< 'pad' or "pad": only to compare with an input of type text */
    AICI_EXPR_NAME,
    AICI_EXPR_YEAR,   /**< the running year */
    AICI_EXPR_NEGATE, /**< unary minus */
    AICI_EXPR_NOT,
    AICI_EXPR_BINARY,       /**< variant: aici_operator; two children */
    AICI_EXPR_IF,           /**< condition, then, else */
    AICI_EXPR_CALL,         /**< variant: aici_function */
    AICI_EXPR_INDEX,        /**< x[2026]: series, constant year */
    AICI_EXPR_DISTRIBUTION, /**< variant: aici_distribution; children are its parameters, named by as.parameter */
    AICI_EXPR_SERIES,  /**< children are the values of as.year[], ascending; variant: aici_between. Not in the grammar: made by the scenario
                        */
    AICI_EXPR_COMPOUND /**< start, growth: start * (1 + growth * 1 year)^(year - as.start_year), from then on. Made by the scenario */
} aici_expr_kind;

typedef enum aici_operator {
    AICI_OPERATOR_ADD,
    AICI_OPERATOR_SUBTRACT,
    AICI_OPERATOR_MULTIPLY,
    AICI_OPERATOR_DIVIDE,
    AICI_OPERATOR_POWER,
    AICI_OPERATOR_LESS,
    AICI_OPERATOR_LESS_EQUAL,
    AICI_OPERATOR_GREATER,
    AICI_OPERATOR_GREATER_EQUAL,
    AICI_OPERATOR_EQUAL,
    AICI_OPERATOR_NOT_EQUAL,
    AICI_OPERATOR_AND,
    AICI_OPERATOR_OR
} aici_operator;

/** X(name, text, fewest arguments, most arguments). `first last first_year last_year` are of the series' own years; `min max sum mean` of
 * one series run over its years, of several arguments over these. A call keeps all its arguments as children, in the order of the text. */
#define AICI_FUNCTIONS(X)                                                                                                                  \
    X(MIN, "min", 1, 65535)                                                                                                                \
    X(MAX, "max", 1, 65535)                                                                                                                \
    X(SUM, "sum", 1, 65535) X(MEAN, "mean", 1, 65535) X(ABS, "abs", 1, 1) X(SQRT, "sqrt", 1, 1) X(EXP, "exp", 1, 1) X(LN, "ln", 1, 1)      \
        X(LOG2, "log2", 1, 1) X(LOG10, "log10", 1, 1) X(CEIL, "ceil", 1, 1) X(FLOOR, "floor", 1, 1) X(ROUND, "round", 1, 1)                \
            X(CLAMP, "clamp", 3, 3) X(CAGR, "cagr", 3, 3) X(DOUBLING_TIME, "doubling_time", 1, 1) X(PREVIOUS, "previous", 2, 2)            \
                X(DELAY, "delay", 3, 3) X(CUMULATIVE, "cumulative", 1, 1) X(GROWTH, "growth", 1, 1) X(IN_SERVICE, "in_service", 3, 3)      \
                    X(FIRST, "first", 1, 1) X(LAST, "last", 1, 1) X(FIRST_YEAR, "first_year", 1, 1) X(LAST_YEAR, "last_year", 1, 1)

typedef enum aici_function {
#define AICI_FUNCTION(name, text, fewest, most) AICI_FUNCTION_##name,
    AICI_FUNCTIONS(AICI_FUNCTION)
#undef AICI_FUNCTION
        AICI_FUNCTION_COUNT
} aici_function;

typedef enum aici_distribution {
    AICI_DISTRIBUTION_NORMAL,
    AICI_DISTRIBUTION_LOGNORMAL,
    AICI_DISTRIBUTION_UNIFORM,
    AICI_DISTRIBUTION_LOGUNIFORM,
    AICI_DISTRIBUTION_TRIANGULAR,
    AICI_DISTRIBUTION_PERT,
    AICI_DISTRIBUTION_BETA,
    AICI_DISTRIBUTION_DISCRETE,
    AICI_DISTRIBUTION_MIXTURE,
    AICI_DISTRIBUTION_TRUNCATED
} aici_distribution;

typedef enum aici_parameter {
    AICI_PARAMETER_MEAN,
    AICI_PARAMETER_SD,
    AICI_PARAMETER_LOW,
    AICI_PARAMETER_HIGH,
    AICI_PARAMETER_MODE,
    AICI_PARAMETER_A,
    AICI_PARAMETER_B,
    AICI_PARAMETER_P5,
    AICI_PARAMETER_P10,
    AICI_PARAMETER_P25,
    AICI_PARAMETER_P50,
    AICI_PARAMETER_P75,
    AICI_PARAMETER_P90,
    AICI_PARAMETER_P95,
    AICI_PARAMETER_VALUE,
    AICI_PARAMETER_WEIGHT,
    AICI_PARAMETER_DISTRIBUTION
} aici_parameter;

/** How a series fills the years between those that it lists. */
typedef enum aici_between { AICI_BETWEEN_NONE, AICI_BETWEEN_LINEAR, AICI_BETWEEN_GEOMETRIC, AICI_BETWEEN_STEP } aici_between;

typedef struct aici_expr aici_expr;

/** A node. A tree from the reader is immutable and may be checked many times (a model kind's formula, once in each model);
 * each check makes a new tree, whose types, coherent values and symbols are filled in. All nodes live in arenas. */
struct aici_expr {
    uint8_t kind;                  /**< aici_expr_kind */
    uint8_t variant;               /**< operator, function, distribution or between, as the kind says */
    uint32_t count;                /**< of children */
    uint32_t begin, end;           /**< bytes in *fragment */
    const aici_fragment *fragment; /**< the text that the node was read from; NULL for nodes made by calls */
    const aici_expr *const *child;
    union {
        struct {
            /** in coherent units: written value times the unit's scale (checked trees; in read trees FLOPS is not resolved) */
            double value;
            double written;       /**< as written, scale words and magnitude letters included: 1.43e8 for 1.43亿 */
            aici_unit unit;       /**< scale 1, no dimension: a bare number */
            aici_slice unit_text; /**< as written ("TFLOP/s/accelerator"; "USD" for $); empty for a bare number */
            int32_t last_place;   /**< decimal exponent of the last printed digit, scale included: 6 for 1.43亿, -2 for 20.83 */
            int32_t digits;       /**< printed significant digits: 3 for 1.43亿, 4 for 20.83, 3 for 350 */
        } number;
        bool boolean;
        aici_slice text;
        struct {
            aici_slice text;             /**< "chatgpt.capex" */
            uint32_t symbol;             /**< checked: what the scope's find() gave */
            const aici_expr *definition; /**< checked: the checked tree behind the name when it was known, else NULL */
        } name;
        const int32_t *year;      /**< SERIES: one a child */
        const uint8_t *parameter; /**< DISTRIBUTION: aici_parameter, one a child */
        int32_t start_year;       /**< COMPOUND */
        int32_t index_year;       /**< INDEX, checked */
        int32_t whole_years;      /**< CALL of delay, checked */
    } as;
    aici_type type;  /**< checked */
    double constant; /**< checked: what aici_expr_constant() gives; NaN where that is nothing */
};

/* --- reading -------------------------------------------------------------------------------------------------------------------------- */

typedef struct aici_expr_reader {
    aici_arena *arena;
    const aici_units *units;
    const aic_limits *limits; /**< filled in */
    aic_report *report;
} aici_expr_reader;

/** Reads the whole fragment as an expression. The fragment struct is copied into the arena; its text must live as long as the arena.
 * Reports the first fault only (a tree is all or nothing) with its range. */
aic_status aici_expr_read(const aici_expr_reader *reader, const aici_fragment *fragment, const aici_expr **out);

/** Whether a text can be a name: ASCII letter or _, then letters, digits, _; not reserved (`to per if then else and or not true false
 * year`, functions, distributions). */
bool aici_expr_is_name(aici_slice text);
bool aici_expr_is_reserved(aici_slice text);

/* --- trees made by calls (for mappings of the scenario). NULL when there is no memory ------------------------------------------------- */

const aici_expr *aici_expr_new_series(aici_arena *arena, aici_between between, uint32_t count, const int32_t *year,
                                      const aici_expr *const *value);
const aici_expr *aici_expr_new_compound(aici_arena *arena, int32_t start_year, const aici_expr *start, const aici_expr *growth);
/** A distribution by named parameters, as `{p5: …, p95: …}` and `{mean: …, sd: …}` make it; the check finds out whether they make one. @p
 * fragment places faults. */
const aici_expr *aici_expr_new_distribution(aici_arena *arena, aici_distribution distribution, uint32_t count, const uint8_t *parameter,
                                            const aici_expr *const *value, const aici_fragment *fragment);
const aici_expr *aici_expr_new_binary(aici_arena *arena, aici_operator operation, const aici_expr *left, const aici_expr *right);
const aici_expr *aici_expr_new_name(aici_arena *arena, aici_slice name, const aici_fragment *fragment);

/* --- what a tree needs ---------------------------------------------------------------------------------------------------------------- */

/** In which years a tree looks at a name, seen from the year that is computed. */
typedef enum aici_use {
    AICI_USE_SAME_YEAR,    /**< it must be known before */
    AICI_USE_EARLIER_YEAR, /**< only behind previous() or delay(): a circle through such a use is a recursion over time, and fine */
    AICI_USE_ALL_YEARS     /**< x[2026], sum(x), first(x): it must be known in full before */
} aici_use;

/** Visits every name of a tree (read or checked), from left to right. */
void aici_expr_each_name(const aici_expr *tree, void (*visit)(void *context, const aici_expr *name, aici_use use), void *context);

/* --- checking ------------------------------------------------------------------------------------------------------------------------- */

/** What a name stands for. */
typedef struct aici_symbol {
    uint32_t index; /**< the caller's number for it, kept in the tree */
    /** NULL: not known yet, because the use is behind a lag in a recursion over time. What the check can say of such a formula
                  is its type; a second check, when that is known, finds the faults that the first could not see */
    const aici_type *type;
    const aici_expr *definition; /**< its checked tree, or NULL; lets constants be followed */
} aici_symbol;

/** What surrounds a tree. */
typedef struct aici_scope {
    aici_arena *arena;
    const aici_units *units;
    const aici_years *timeline; /**< NULL: the scenario has none */
    aic_report *report;
    const char *subject; /**< what messages are about: "utilization"; "" for none */
    const char *path;    /**< dotted path for the report, or "" */
    bool distributions;  /**< may stand here */
    bool any_years;      /**< a series may list years outside the timeline (what was there before it began) */
    bool (*find)(const struct aici_scope *scope, aici_slice name, aici_symbol *out); /**< false: nobody defines it */
    void (*offer)(const struct aici_scope *scope, aici_nearest *nearest);            /**< offers every name that find() would find */
    const void *context;
} aici_scope;

/** What a place demands of the whole tree. */
typedef struct aici_expectation {
    bool any_dimension;       /**< nothing is demanded of the dimension */
    bool boolean, text;       /**< a truth value, a text, instead of a quantity */
    bool bare_numbers;        /**< a number without unit is taken as being in the unit below, where that is a count or counts per count */
    bool bare_growth;         /**< a number without unit (`20 %`) is taken as per year */
    bool scalar;              /**< a series is refused */
    aici_dimension dimension; /**< demanded; without its money where `money` is not 0 */
    int16_t money;            /**< exponent (in twelfths) of any one currency that the dimension must have besides; 0: none */
    const char *unit_text;    /**< how the unit is written, for messages: "FLOP/s/accelerator" */
    const char *hint;         /**< a likely repair to offer on a mismatch, or NULL */
    /** further units that are accepted and read as if they were in the demanded dimension ("frame/s" for "frame/s/video") */
    const aici_unit *also;
    uint32_t also_count;
} aici_expectation;

/** Checks a tree: names found, dimensions right at every operator, years shared, arguments legal, literals of FLOPS resolved by the
 * expectation (a remark FLOPS_READ is left), bare numbers accepted or refused (BARE_NUMBER), constants where constants must be. Reports
 * every independent fault of the tree (a node with a faulty child is not complained about again). @p expectation may be NULL. On success
 * *checked is a new tree. */
aic_status aici_expr_check(const aici_expr *tree, const aici_expectation *expectation, const aici_scope *scope, const aici_expr **checked);

/** The value of a checked tree that is made of literals, operators, functions of single values and names of such trees; false if it is not
 * (or not finite). */
bool aici_expr_constant(const aici_expr *checked, double *value);

/** The printed figure when the tree (read or checked) is one literal, perhaps negated; else NULL. */
const aici_expr *aici_expr_literal(const aici_expr *tree);

/** Half a unit of the last printed digit of a literal in coherent units, or of the last of @p digits significant digits when that is above
 * 0. */
double aici_expr_half_digit(const aici_expr *literal, int digits);

/* --- printing ------------------------------------------------------------------------------------------------------------------------- */

/** How leaves are shown: @p name writes a name (or its value), @p number a literal; NULL members print the text as written. */
typedef struct aici_expr_printer {
    void (*name)(const struct aici_expr_printer *printer, const aici_expr *name, aici_buffer *out);
    void (*number)(const struct aici_expr_printer *printer, const aici_expr *number, aici_buffer *out);
    const void *context;
} aici_expr_printer;

/** Writes a tree as an expression with the fewest brackets; with a NULL printer it reads back to an equal tree. */
void aici_expr_add_text(const aici_expr *tree, const aici_expr_printer *printer, aici_buffer *out);

#endif
