/* SPDX-License-Identifier: MIT */
/*
 * Reserved words: a sorted table with an index by first letter, since every name of every formula is looked up here once. What a name that
 * is not reserved means is the caller's affair.
 */
#include "expr/words.h"

#include <string.h>

#define WORD(text, kind, variant)                                                                                                          \
    { text, sizeof(text) - 1, AICI_TOKEN_##kind, (variant) }
#define FUNCTION(text, name) WORD(text, FUNCTION, AICI_FUNCTION_##name)
#define DISTRIBUTION(text, name) WORD(text, DISTRIBUTION, AICI_DISTRIBUTION_##name)

/* Sorted by the first letter; `first` below says where each letter begins. */
static const aici_word words[] = {
    FUNCTION("abs", ABS),
    WORD("and", OPERATOR, AICI_OPERATOR_AND),
    DISTRIBUTION("beta", BETA),
    FUNCTION("cagr", CAGR),
    FUNCTION("ceil", CEIL),
    FUNCTION("clamp", CLAMP),
    FUNCTION("cumulative", CUMULATIVE),
    FUNCTION("delay", DELAY),
    DISTRIBUTION("discrete", DISCRETE),
    FUNCTION("doubling_time", DOUBLING_TIME),
    WORD("else", ELSE, 0),
    FUNCTION("exp", EXP),
    WORD("false", FALSE, 0),
    FUNCTION("first", FIRST),
    FUNCTION("first_year", FIRST_YEAR),
    FUNCTION("floor", FLOOR),
    FUNCTION("growth", GROWTH),
    WORD("if", IF, 0),
    FUNCTION("in_service", IN_SERVICE),
    FUNCTION("last", LAST),
    FUNCTION("last_year", LAST_YEAR),
    FUNCTION("ln", LN),
    FUNCTION("log10", LOG10),
    FUNCTION("log2", LOG2),
    DISTRIBUTION("lognormal", LOGNORMAL),
    DISTRIBUTION("loguniform", LOGUNIFORM),
    FUNCTION("max", MAX),
    FUNCTION("mean", MEAN),
    FUNCTION("min", MIN),
    DISTRIBUTION("mixture", MIXTURE),
    DISTRIBUTION("normal", NORMAL),
    WORD("not", NOT, 0),
    WORD("or", OPERATOR, AICI_OPERATOR_OR),
    WORD("per", PER, 0),
    DISTRIBUTION("pert", PERT),
    FUNCTION("previous", PREVIOUS),
    FUNCTION("round", ROUND),
    FUNCTION("sqrt", SQRT),
    FUNCTION("sum", SUM),
    WORD("then", THEN, 0),
    WORD("to", INTERVAL, AICI_DISTRIBUTION_LOGNORMAL),
    DISTRIBUTION("triangular", TRIANGULAR),
    WORD("true", TRUE, 0),
    DISTRIBUTION("truncated", TRUNCATED),
    DISTRIBUTION("uniform", UNIFORM),
    WORD("year", YEAR, 0),
};

/* first[c - 'a'] .. first[c - 'a' + 1]: the words that begin with c. */
static const uint8_t first[27] = {
    /* a */ 0,  /* b */ 2,  /* c */ 3,  /* d */ 7,  /* e */ 10, /* f */ 12, /* g */ 16, /* h */ 17, /* i */ 17,
    /* j */ 19, /* k */ 19, /* l */ 19, /* m */ 26, /* n */ 30, /* o */ 32, /* p */ 33, /* q */ 36, /* r */ 36,
    /* s */ 37, /* t */ 39, /* u */ 44, /* v */ 45, /* w */ 45, /* x */ 45, /* y */ 45, /* z */ 46, 46};

const aici_word *aici_word_find(aici_slice text) {
    if (text.size < 2 || text.size >= sizeof words[0].text || text.bytes[0] < 'a' || text.bytes[0] > 'z')
        return NULL;
    size_t letter = (size_t)(text.bytes[0] - 'a');
    for (size_t i = first[letter]; i < first[letter + 1]; i++) {
        if (words[i].size == text.size && memcmp(words[i].text, text.bytes, text.size) == 0)
            return &words[i];
    }
    return NULL;
}

size_t aici_word_size(aici_slice text) {
    if (text.size == 0 || !aici_is_letter(text.bytes[0]))
        return 0;
    size_t size = 1;
    while (size < text.size && (aici_is_letter(text.bytes[size]) || aici_is_digit(text.bytes[size])))
        size++;
    return size;
}

bool aici_expr_is_reserved(aici_slice text) { return aici_word_find(text) != NULL; }

bool aici_expr_is_name(aici_slice text) { return text.size > 0 && aici_word_size(text) == text.size && !aici_expr_is_reserved(text); }

/* --- functions ------------------------------------------------------------------------------------------------------------------------ */

typedef struct function_entry {
    const char *text;
    uint32_t fewest, most;
} function_entry;

static const char *const usages[] = {
    [AICI_FUNCTION_MIN] = "min(a, b, …)` or `min(series)",
    [AICI_FUNCTION_MAX] = "max(a, b, …)` or `max(series)",
    [AICI_FUNCTION_SUM] = "sum(series)` or `sum(a, b, …)",
    [AICI_FUNCTION_MEAN] = "mean(series)` or `mean(a, b, …)",
    [AICI_FUNCTION_ABS] = "abs(x)",
    [AICI_FUNCTION_SQRT] = "sqrt(x)",
    [AICI_FUNCTION_EXP] = "exp(x)",
    [AICI_FUNCTION_LN] = "ln(x)",
    [AICI_FUNCTION_LOG2] = "log2(x)",
    [AICI_FUNCTION_LOG10] = "log10(x)",
    [AICI_FUNCTION_CEIL] = "ceil(x)",
    [AICI_FUNCTION_FLOOR] = "floor(x)",
    [AICI_FUNCTION_ROUND] = "round(x)",
    [AICI_FUNCTION_CLAMP] = "clamp(x, low, high)",
    [AICI_FUNCTION_CAGR] = "cagr(start, end, periods)",
    [AICI_FUNCTION_DOUBLING_TIME] = "doubling_time(rate)",
    [AICI_FUNCTION_PREVIOUS] = "previous(series, initial)",
    [AICI_FUNCTION_DELAY] = "delay(series, whole_years, initial)",
    [AICI_FUNCTION_CUMULATIVE] = "cumulative(series)",
    [AICI_FUNCTION_GROWTH] = "growth(series)",
    [AICI_FUNCTION_IN_SERVICE] = "in_service(series, lifetime, before)",
    [AICI_FUNCTION_FIRST] = "first(series)",
    [AICI_FUNCTION_LAST] = "last(series)",
    [AICI_FUNCTION_FIRST_YEAR] = "first_year(series)",
    [AICI_FUNCTION_LAST_YEAR] = "last_year(series)",
};

static const function_entry functions[] = {
#define ENTRY(name, text, fewest, most) {text, fewest, most},
    AICI_FUNCTIONS(ENTRY)
#undef ENTRY
};

const char *aici_function_text(uint8_t function) { return functions[function].text; }

const char *aici_function_usage(uint8_t function) { return usages[function]; }

uint32_t aici_function_fewest(uint8_t function) { return functions[function].fewest; }

uint32_t aici_function_most(uint8_t function) { return functions[function].most; }

/* --- distributions -------------------------------------------------------------------------------------------------------------------- */

#define BIT(name) (1u << AICI_PARAMETER_##name)
#define PAIRS (BIT(P5) | BIT(P10) | BIT(P25) | BIT(P75) | BIT(P90) | BIT(P95))
#define QUANTILES (PAIRS | BIT(P50))

typedef struct distribution_entry {
    const char *text, *usage;
    aici_positions positions;
    uint32_t has; /**< a bit for each parameter */
} distribution_entry;

static const distribution_entry distributions[] = {
    [AICI_DISTRIBUTION_NORMAL] = {"normal",
                                  "normal(mean, sd)` or `normal(p5=…, p95=…)",
                                  {2, false, {AICI_PARAMETER_MEAN, AICI_PARAMETER_SD}},
                                  BIT(MEAN) | BIT(SD) | QUANTILES},
    [AICI_DISTRIBUTION_LOGNORMAL] = {"lognormal",
                                     "lognormal(mean=…, sd=…)` or `lognormal(p10=…, p90=…)",
                                     {0, false, {0}},
                                     BIT(MEAN) | BIT(SD) | QUANTILES},
    [AICI_DISTRIBUTION_UNIFORM] = {"uniform",
                                   "uniform(a, b)` or `uniform(p5=…, p95=…)",
                                   {2, false, {AICI_PARAMETER_LOW, AICI_PARAMETER_HIGH}},
                                   BIT(LOW) | BIT(HIGH) | BIT(MEAN) | BIT(SD) | PAIRS},
    [AICI_DISTRIBUTION_LOGUNIFORM] = {"loguniform",
                                      "loguniform(a, b)` or `loguniform(p5=…, p95=…)",
                                      {2, false, {AICI_PARAMETER_LOW, AICI_PARAMETER_HIGH}},
                                      BIT(LOW) | BIT(HIGH) | PAIRS},
    [AICI_DISTRIBUTION_TRIANGULAR] = {"triangular",
                                      "triangular(low, mode, high)",
                                      {3, false, {AICI_PARAMETER_LOW, AICI_PARAMETER_MODE, AICI_PARAMETER_HIGH}},
                                      BIT(LOW) | BIT(MODE) | BIT(HIGH)},
    [AICI_DISTRIBUTION_PERT] = {"pert",
                                "pert(low, mode, high)",
                                {3, false, {AICI_PARAMETER_LOW, AICI_PARAMETER_MODE, AICI_PARAMETER_HIGH}},
                                BIT(LOW) | BIT(MODE) | BIT(HIGH)},
    [AICI_DISTRIBUTION_BETA] = {"beta", "beta(a, b)", {2, false, {AICI_PARAMETER_A, AICI_PARAMETER_B}}, BIT(A) | BIT(B)},
    [AICI_DISTRIBUTION_DISCRETE] = {"discrete",
                                    "discrete(value, weight, value, weight, …)",
                                    {2, true, {AICI_PARAMETER_VALUE, AICI_PARAMETER_WEIGHT}},
                                    BIT(VALUE) | BIT(WEIGHT)},
    [AICI_DISTRIBUTION_MIXTURE] = {"mixture",
                                   "mixture(dist, weight, dist, weight, …)",
                                   {2, true, {AICI_PARAMETER_DISTRIBUTION, AICI_PARAMETER_WEIGHT}},
                                   BIT(DISTRIBUTION) | BIT(WEIGHT)},
    [AICI_DISTRIBUTION_TRUNCATED] = {"truncated",
                                     "truncated(dist, low, high)",
                                     {3, false, {AICI_PARAMETER_DISTRIBUTION, AICI_PARAMETER_LOW, AICI_PARAMETER_HIGH}},
                                     BIT(DISTRIBUTION) | BIT(LOW) | BIT(HIGH)},
};

static const char *const parameters[AICI_PARAMETER_COUNT] = {"mean", "sd",  "low", "high", "mode", "a",     "b",      "p5",  "p10",
                                                             "p25",  "p50", "p75", "p90",  "p95",  "value", "weight", "dist"};

const char *aici_distribution_text(uint8_t distribution) { return distributions[distribution].text; }

const char *aici_distribution_usage(uint8_t distribution) { return distributions[distribution].usage; }

aici_positions aici_distribution_positions(uint8_t distribution) { return distributions[distribution].positions; }

static bool has(uint8_t distribution, uint8_t parameter) { return (distributions[distribution].has >> parameter & 1u) != 0; }

const char *aici_parameter_text(uint8_t parameter) { return parameters[parameter]; }

/* The ends of a uniform are written a and b on the page, and are low and high by what they are. */
static uint8_t end_by_letter(uint8_t distribution, uint8_t parameter) {
    bool flat = distribution == AICI_DISTRIBUTION_UNIFORM || distribution == AICI_DISTRIBUTION_LOGUNIFORM;
    if (flat && parameter == AICI_PARAMETER_A)
        return AICI_PARAMETER_LOW;
    return flat && parameter == AICI_PARAMETER_B ? AICI_PARAMETER_HIGH : parameter;
}

bool aici_distribution_parameter(uint8_t distribution, aici_slice name, uint8_t *parameter) {
    for (uint8_t i = 0; i < AICI_PARAMETER_COUNT; i++) {
        uint8_t meant = end_by_letter(distribution, i);
        if (aici_slice_is(name, parameters[i]) && has(distribution, meant)) {
            *parameter = meant;
            return true;
        }
    }
    return false;
}

void aici_words_offer(aici_nearest *nearest) {
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (words[i].kind == AICI_TOKEN_FUNCTION || words[i].kind == AICI_TOKEN_DISTRIBUTION)
            aici_nearest_offer(nearest, (aici_slice){words[i].text, words[i].size});
    }
}
