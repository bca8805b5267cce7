/* SPDX-License-Identifier: MIT */
/* The words that the language keeps for itself, and how functions and distributions are called. */
#ifndef AICI_EXPR_WORDS_H
#define AICI_EXPR_WORDS_H

#include "base/names.h"
#include "expr/expr.h"
#include "expr/token.h"

enum { AICI_PARAMETER_COUNT = AICI_PARAMETER_DISTRIBUTION + 1 };

/** A reserved word, as the token that it makes. */
typedef struct aici_word {
    char text[14];
    uint8_t size;
    uint8_t kind; /**< aici_token_kind */
    uint8_t variant;
} aici_word;

/** The reserved word that a text is, or NULL. */
const aici_word *aici_word_find(aici_slice text);

/** Bytes at the start of a text that are an ASCII letter or _, then letters, digits, _; 0 when there are none. */
size_t aici_word_size(aici_slice text);

static inline bool aici_is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

static inline bool aici_is_digit(char c) { return c >= '0' && c <= '9'; }

const char *aici_function_text(uint8_t function);
/** "clamp(x, low, high)", to stand between backquotes; where there are two ways they are parted by "` or `" */
const char *aici_function_usage(uint8_t function);
uint32_t aici_function_fewest(uint8_t function);
uint32_t aici_function_most(uint8_t function);

const char *aici_distribution_text(uint8_t distribution);
/** "normal(mean, sd)" */
const char *aici_distribution_usage(uint8_t distribution);

/** The parameters of a distribution by position; `repeats`: they may be given again and again. */
typedef struct aici_positions {
    uint8_t count; /**< 0: only by name */
    bool repeats;
    uint8_t parameter[3];
} aici_positions;
aici_positions aici_distribution_positions(uint8_t distribution);

/** Finds a parameter that a distribution has by its name: "p5", "low" (or "a" for uniform). */
bool aici_distribution_parameter(uint8_t distribution, aici_slice name, uint8_t *parameter);
const char *aici_parameter_text(uint8_t parameter);

/** Offers the names of all functions and distributions. */
void aici_words_offer(aici_nearest *nearest);

#endif
