/* SPDX-License-Identifier: MIT */
/*
 * Every kind of message, with its stable number. A number keeps its meaning for ever and is never used again;
 * new kinds take a free number in the range of the room that finds the fault. X(name, number, status, what it means).
 *
 *   100  api and files      200  document       300  units      400  expressions
 *   500  scenario           600  model kinds    700  plan and evaluation     800  claims and analyses
 */
#ifndef AICI_BASE_CODES_H
#define AICI_BASE_CODES_H

#include <aicompute/status.h>

#define AICI_CODES(X)                                                                                                                      \
    /* 100: api and files */                                                                                                               \
    X(ARGUMENT, 100, AIC_ERROR_ARGUMENT, "a call was made with an argument that it cannot take")                                           \
    X(MEMORY, 101, AIC_ERROR_MEMORY, "there was no memory; nothing was changed")                                                           \
    X(READ, 102, AIC_ERROR_READ, "a file could not be read")                                                                               \
    X(CANCELLED, 104, AIC_ERROR_CANCELLED, "the caller asked to stop")                                                                     \
    X(INTERNAL, 105, AIC_ERROR_INTERNAL, "a fault of the library: please report it")                                                       \
    X(TOO_MANY, 106, AIC_OK, "further messages were counted but not kept")                                                                 \
    /* 200: document */                                                                                                                    \
    X(YAML, 200, AIC_ERROR_SYNTAX, "the text is not YAML")                                                                                 \
    X(ENCODING, 201, AIC_ERROR_SYNTAX, "the text is not UTF-8, or has a character that YAML forbids")                                      \
    X(DIRECTIVE, 202, AIC_ERROR_SYNTAX, "a YAML directive other than one %YAML")                                                           \
    X(TAG, 203, AIC_ERROR_SYNTAX, "a YAML tag: the format has none")                                                                       \
    X(MERGE_KEY, 204, AIC_ERROR_SYNTAX, "a YAML merge key (<<): the format has none")                                                      \
    X(DUPLICATE_KEY, 205, AIC_ERROR_SCENARIO, "a key that stands twice in one mapping")                                                    \
    X(UNDEFINED_ALIAS, 206, AIC_ERROR_SYNTAX, "an alias (*name) without an anchor (&name) before it")                                      \
    X(SECOND_DOCUMENT, 207, AIC_ERROR_SYNTAX, "more than one YAML document in a file")                                                     \
    X(EMPTY_DOCUMENT, 208, AIC_ERROR_SYNTAX, "a file without content")                                                                     \
    X(COMPLEX_KEY, 209, AIC_ERROR_SYNTAX, "a key that is not plain text")                                                                  \
    X(LIMIT_BYTES, 210, AIC_ERROR_LIMIT, "a file of too many bytes")                                                                       \
    X(LIMIT_DEPTH, 211, AIC_ERROR_LIMIT, "nesting too deep")                                                                               \
    X(LIMIT_NODES, 212, AIC_ERROR_LIMIT, "too many nodes")                                                                                 \
    X(LIMIT_EXPANSION, 213, AIC_ERROR_LIMIT, "aliases that expand to too much text")                                                       \
    X(LIMIT_ANCHORS, 214, AIC_ERROR_LIMIT, "too many anchors")                                                                             \
    X(LIMIT_SCALAR, 215, AIC_ERROR_LIMIT, "a scalar of too many bytes")                                                                    \
    X(LIMIT_NAME, 216, AIC_ERROR_LIMIT, "a name or anchor of too many bytes")                                                              \
    X(QUOTES_NEEDED, 217, AIC_ERROR_SYNTAX, "a formula that YAML reads otherwise unless it stands in quotes")                              \
    X(ALIAS_CYCLE, 218, AIC_ERROR_SYNTAX, "an alias inside the very node that it repeats")                                                 \
    X(ENTRY_WITHOUT_VALUE, 219, AIC_ERROR_SYNTAX, "an entry inside { } that has a name and no value")                                      \
    /* 300: units */                                                                                                                       \
    X(UNIT_SYNTAX, 300, AIC_ERROR_UNIT, "a unit that is not written as units are")                                                         \
    X(UNIT_UNKNOWN, 301, AIC_ERROR_UNIT, "a unit that nobody defines")                                                                     \
    X(UNIT_AMBIGUOUS_FLOPS, 302, AIC_ERROR_UNIT, "FLOPS where it could be an amount or a rate")                                            \
    X(UNIT_YEN_OR_YUAN, 303, AIC_ERROR_UNIT, "the sign ¥ where no currency is declared")                                                   \
    X(UNIT_PREFIX, 304, AIC_ERROR_UNIT, "a prefix on a unit that takes none")                                                              \
    X(UNIT_REDEFINED, 305, AIC_ERROR_UNIT, "a unit defined twice, or one of the library's own")                                            \
    X(UNIT_TOO_COMPLEX, 306, AIC_ERROR_LIMIT, "a unit or formula with too many different base units")                                      \
    X(LIMIT_UNIT, 307, AIC_ERROR_LIMIT, "a unit of too many bytes")                                                                        \
    X(EXCHANGE_RATE, 308, AIC_ERROR_UNIT, "an exchange rate that ties no two currencies, or ties them in a circle")                        \
    X(UNIT_BIT_OR_BILLION, 309, AIC_ERROR_UNIT, "a letter that could be two units or scales")                                              \
    /* 400: expressions */                                                                                                                 \
    X(EXPR_SYNTAX, 400, AIC_ERROR_SYNTAX, "an expression that cannot be read")                                                             \
    X(EXPR_NUMBER, 401, AIC_ERROR_SYNTAX, "a number that is not written as numbers are")                                                   \
    X(EXPR_SEPARATOR, 402, AIC_ERROR_SYNTAX, "separators that do not stand between groups of three digits")                                \
    X(EXPR_SCALE, 403, AIC_ERROR_SYNTAX, "a scale that has two readings")                                                                  \
    X(EXPR_RANGE, 404, AIC_ERROR_DOMAIN, "a number too large or too small for a double")                                                   \
    X(EXPR_RESERVED, 405, AIC_ERROR_SYNTAX, "a reserved word where a name should stand")                                                   \
    X(EXPR_UNKNOWN_FUNCTION, 406, AIC_ERROR_NAME, "a function that does not exist")                                                        \
    X(EXPR_ARGUMENTS, 407, AIC_ERROR_SYNTAX, "a function with the wrong arguments")                                                        \
    X(LIMIT_EXPR_DEPTH, 408, AIC_ERROR_LIMIT, "an expression nested too deeply")                                                           \
    X(LIMIT_EXPR_TOKENS, 409, AIC_ERROR_LIMIT, "an expression of too many tokens")                                                         \
    X(UNKNOWN_NAME, 410, AIC_ERROR_NAME, "a name that nobody defines")                                                                     \
    X(DIMENSION, 411, AIC_ERROR_UNIT, "two dimensions that do not fit")                                                                    \
    X(TYPE, 412, AIC_ERROR_UNIT, "a truth value or text where a quantity should stand, or the reverse")                                    \
    X(GROWTH_PLUS_NUMBER, 413, AIC_ERROR_UNIT, "a growth rate (1/time) added to a pure number")                                            \
    X(YEAR_AFTER_SLASH, 414, AIC_ERROR_SYNTAX, "`/ year` after a unit literal, which has two readings")                                    \
    X(COMPARISON_CHAIN, 415, AIC_ERROR_SYNTAX, "comparisons that are chained")                                                             \
    X(EXPONENT, 416, AIC_ERROR_UNIT, "the exponent of a dimensioned value that is not a constant number")                                  \
    X(SERIES_NEEDED, 417, AIC_ERROR_DOMAIN, "one value where a series over the years should stand")                                        \
    X(NO_SHARED_YEAR, 418, AIC_ERROR_DOMAIN, "an operation on series that share no year")                                                  \
    X(YEAR_OUTSIDE, 419, AIC_ERROR_DOMAIN, "a year in which the series has no value")                                                      \
    X(NO_TIMELINE, 420, AIC_ERROR_SCENARIO, "years in a scenario without a timeline")                                                      \
    X(DISTRIBUTION_PLACE, 421, AIC_ERROR_SCENARIO, "a distribution outside an assumption or an input")                                     \
    X(DISTRIBUTION_PARAMETER, 422, AIC_ERROR_DOMAIN, "parameters that make no distribution")                                               \
    X(CONSTANT_NEEDED, 423, AIC_ERROR_DOMAIN, "a place where only a constant can stand")                                                   \
    X(SERIES_REFUSED, 424, AIC_ERROR_DOMAIN, "a series over the years where one value should stand")                                       \
    /* 500: scenario */                                                                                                                    \
    X(UNKNOWN_KEY, 500, AIC_ERROR_SCENARIO, "a key that the format does not have")                                                         \
    X(MISSING_KEY, 501, AIC_ERROR_SCENARIO, "a key that must be there")                                                                    \
    X(WRONG_SHAPE, 502, AIC_ERROR_SCENARIO, "a mapping, list or text where another should stand")                                          \
    X(FORMAT_VERSION, 503, AIC_ERROR_SCENARIO, "a version of the format that this library does not read")                                  \
    X(BAD_NAME, 504, AIC_ERROR_SCENARIO, "a name that cannot be one")                                                                      \
    X(DUPLICATE_NAME, 505, AIC_ERROR_SCENARIO, "a name that is given twice")                                                               \
    X(CYCLE, 506, AIC_ERROR_SCENARIO, "quantities that need each other in a circle")                                                       \
    X(UNKNOWN_SOURCE, 507, AIC_ERROR_NAME, "a source that is not listed under `sources`")                                                  \
    X(BAD_TIMELINE, 508, AIC_ERROR_SCENARIO, "a timeline that is not first..last")                                                         \
    X(LIMIT_YEARS, 509, AIC_ERROR_LIMIT, "a timeline of too many years")                                                                   \
    X(BAD_SERIES, 510, AIC_ERROR_SCENARIO, "a series that is not a mapping from years to values")                                          \
    X(OUT_OF_BOUNDS, 511, AIC_ERROR_DOMAIN, "a value outside the bounds of its input")                                                     \
    X(BAD_CORRELATION, 512, AIC_ERROR_DOMAIN, "a rank correlation that cannot be")                                                         \
    X(CORRELATION_IGNORED, 513, AIC_OK, "a correlation with a quantity that is not uncertain")                                             \
    X(FLOPS_READ, 514, AIC_OK, "FLOPS was read in the dimension that the input declares")                                                  \
    X(BARE_NUMBER, 515, AIC_ERROR_UNIT, "a bare number where a unit is needed")                                                            \
    X(LIBRARY_KEY, 516, AIC_ERROR_SCENARIO, "a key that a library file cannot have")                                                       \
    X(UNKNOWN_CURRENCY, 517, AIC_ERROR_UNIT, "a currency that the library does not know")                                                  \
    X(ROUNDED_FORMULA, 518, AIC_ERROR_SCENARIO, "`rounded` or `digits` on something that is not a printed number")                         \
    X(WRONG_FILE_KIND, 519, AIC_ERROR_SCENARIO, "a library file given as a scenario, or the reverse")                                      \
    X(CURRENCY_MIX, 520, AIC_ERROR_UNIT, "two currencies that no exchange rate ties")                                                      \
    X(READ_ONLY, 521, AIC_ERROR_SCENARIO, "a quantity that cannot be set, because it is computed")                                         \
    X(QUANTITY_UNKNOWN, 522, AIC_ERROR_NAME, "the caller asked for a quantity that the scenario does not have")                            \
    X(CATALOG_UNUSED, 523, AIC_OK, "catalogue entries of a library file, which this version does not use")                                 \
    /* 600: model kinds */                                                                                                                 \
    X(UNKNOWN_KIND, 600, AIC_ERROR_NAME, "a model kind that nobody defines")                                                               \
    X(UNKNOWN_INPUT, 601, AIC_ERROR_NAME, "an input that the model kind does not have")                                                    \
    X(MISSING_INPUT, 602, AIC_ERROR_SCENARIO, "an input that the model kind needs")                                                        \
    X(ALTERNATIVE_INPUTS, 603, AIC_ERROR_SCENARIO, "inputs of which exactly one group must be given")                                      \
    X(KIND_REDEFINED, 604, AIC_ERROR_SCENARIO, "a model kind of the library's own, or one defined twice")                                  \
    X(BAD_KIND, 605, AIC_ERROR_SCENARIO, "a definition of a model kind that cannot work")                                                  \
    X(MISSING_OUTPUT, 606, AIC_ERROR_SCENARIO, "an output that was left out because an optional input is missing")                         \
    X(INPUT_VALUE, 607, AIC_ERROR_SCENARIO, "a value that the input's type does not take")                                                 \
    X(MODEL_ASSERTION, 608, AIC_ERROR_DOMAIN, "a condition of the model kind that does not hold")                                          \
    /* 700: plan and evaluation */                                                                                                         \
    X(NOT_FINITE, 700, AIC_ERROR_DOMAIN, "a result that is not a finite number")                                                           \
    X(CANNOT_VARY, 702, AIC_ERROR_UNSUPPORTED, "a quantity that cannot be varied")                                                         \
    X(PROGRAM_INVALID, 703, AIC_ERROR_INTERNAL, "a program that the verifier refused")                                                     \
    X(LIMIT_INSTRUCTIONS, 704, AIC_ERROR_LIMIT, "a scenario that takes too many operations to compute")                                    \
    X(DRAW_PARAMETERS, 705, AIC_ERROR_DOMAIN, "parameters of a distribution that were computed and make none")                             \
    X(LIMIT_DIMENSIONS, 710, AIC_ERROR_LIMIT, "more uncertain numbers than Sobol' points have dimensions")                                 \
    X(DRAWS_AMISS, 711, AIC_OK, "draws that are out of bounds or not finite")                                                              \
    X(LIMIT_DRAWS, 712, AIC_ERROR_LIMIT, "more draws than can be kept")                                                                    \
    X(PART_SHAPE, 720, AIC_ERROR_SYNTAX, "bytes that are no part of a sampling")                                                           \
    X(PART_DAMAGED, 721, AIC_ERROR_READ, "a part that was cut short or changed on its way")                                                \
    X(PART_VERSION, 722, AIC_ERROR_UNSUPPORTED, "a part in a file format that this version does not read")                                 \
    X(PART_LIBRARY, 723, AIC_ERROR_UNSUPPORTED, "parts that were drawn by different versions of the library")                              \
    X(PART_SCENARIO, 724, AIC_ERROR_SCENARIO, "parts of different scenarios")                                                              \
    X(PART_NAMES, 725, AIC_ERROR_SCENARIO, "parts for which different quantities were asked")                                              \
    X(PART_METHOD, 726, AIC_ERROR_SCENARIO, "parts that were drawn by different methods")                                                  \
    X(PART_SEED, 727, AIC_ERROR_SCENARIO, "parts of different seeds")                                                                      \
    X(PART_SAMPLES, 728, AIC_ERROR_SCENARIO, "parts of different numbers of draws or replicates")                                          \
    X(PART_QUANTILES, 729, AIC_ERROR_SCENARIO, "parts for which different quantiles were asked")                                           \
    X(PART_OVERLAP, 730, AIC_ERROR_SCENARIO, "parts that hold the same draws")                                                             \
    X(PART_GAP, 731, AIC_ERROR_SCENARIO, "draws that are in none of the parts")                                                            \
    X(PART_DRAWS, 732, AIC_ERROR_UNSUPPORTED, "draws that this library would not make of the scenario")                                    \
    X(PART_MISSED, 733, AIC_ERROR_INTERNAL, "a quantile outside the values that parts keep (not in 10^9 runs)")                            \
    X(PART_INCOMPLETE, 734, AIC_OK, "draws that are missing where the caller takes what is there")                                         \
    /* 800: claims and analyses */                                                                                                         \
    X(CLAIM_SHAPE, 800, AIC_ERROR_SCENARIO, "a claim without exactly one of its kinds of statement")                                       \
    X(CLAIM_SERIES, 801, AIC_ERROR_SCENARIO, "a claim about a series where one year is meant")                                             \
    X(CLAIM_LITERAL, 802, AIC_ERROR_SCENARIO, "a published figure that is not one literal")                                                \
    X(CLAIM_VERDICT, 803, AIC_ERROR_SCENARIO, "an expected verdict that does not exist")                                                   \
    X(SOLVE_TARGET, 820, AIC_ERROR_SYNTAX, "a target of a solve that is no NAME, mean(NAME) or pN(NAME)")                                  \
    X(RANGE, 821, AIC_ERROR_DOMAIN, "a range whose first end is not below its second")                                                     \
    X(RANGE_UNITS, 822, AIC_ERROR_UNIT, "a list with a plain number beside values of different units")                                     \
    X(SOLVE_NONE, 823, AIC_OK, "nothing that was looked at meets the target of a solve")                                                   \
    X(SOLVE_JUMP, 824, AIC_OK, "a quantity that jumps over the target of a solve")                                                         \
    X(SOLVE_SEVERAL, 825, AIC_OK, "more than one value, or a whole range of them, meets the target of a solve")                            \
    X(SOLVE_BOUNDS, 826, AIC_OK, "a value that meets the target of a solve and is not allowed")                                            \
    X(SOLVE_REPLACED, 827, AIC_OK, "a distribution or series that a solve or sweep replaces by one value")                                 \
    X(SOLVE_MEDIANS, 828, AIC_OK, "a target on something uncertain, met with every distribution at its median")                            \
    X(SWEEP_AXIS, 830, AIC_ERROR_SYNTAX, "an axis of a sweep that is neither A..B:N nor a list of values")                                 \
    X(SWEEP_TWICE, 831, AIC_ERROR_SCENARIO, "an input that a sweep moves twice")                                                           \
    X(LIMIT_POINTS, 832, AIC_ERROR_LIMIT, "a sweep of too many points")                                                                    \
    X(ROWS, 833, AIC_ERROR_SYNTAX, "rows of a sweep that are not CSV")                                                                     \
    X(POINTS_AMISS, 834, AIC_OK, "points of a sweep that are out of bounds or have no value")

enum aici_code {
#define AICI_CODE(name, number, status, meaning) AICI_CODE_##name = (number),
    AICI_CODES(AICI_CODE)
#undef AICI_CODE
};

/** The status that a call returns because of an error of this kind. */
aic_status aici_code_status(int code);

#endif
