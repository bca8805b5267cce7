/* SPDX-License-Identifier: MIT */
/*
 * An expression while it is read: what waits for its operands, and the operands that wait. Two stacks of their own, so that no nesting
 * of the text becomes nesting of the C stack.
 */
#ifndef AICI_EXPR_READING_H
#define AICI_EXPR_READING_H

#include "expr/lexer.h"
#include "expr/tree.h"

typedef enum aici_pending_kind {
    /* operators, which are reduced when a weaker one follows */
    AICI_PENDING_BINARY,   /**< variant: aici_operator */
    AICI_PENDING_INTERVAL, /**< variant: aici_distribution */
    AICI_PENDING_NEGATE,
    AICI_PENDING_NOT,
    AICI_PENDING_ELSE, /**< condition and first branch wait below */
    /* openings, which wait for what closes them */
    AICI_PENDING_IF,
    AICI_PENDING_THEN,
    AICI_PENDING_BRACKET,
    AICI_PENDING_INDEX,
    AICI_PENDING_CALL,        /**< variant: aici_function */
    AICI_PENDING_DISTRIBUTION /**< variant: aici_distribution */
} aici_pending_kind;

/** How strongly an operator binds; a pending operator is reduced before a weaker one, and before an equal one that runs from left to right.
 */
enum {
    AICI_BINDS_NOTHING,
    AICI_BINDS_IF,
    AICI_BINDS_OR,
    AICI_BINDS_AND,
    AICI_BINDS_NOT,
    AICI_BINDS_COMPARISON,
    AICI_BINDS_INTERVAL,
    AICI_BINDS_SUM,
    AICI_BINDS_PRODUCT,
    AICI_BINDS_NEGATE,
    AICI_BINDS_POWER,
    AICI_BINDS_TIGHTEST
};

typedef struct aici_pending {
    uint8_t kind; /**< aici_pending_kind */
    uint8_t variant;
    uint8_t binding;
    bool behind_unit;    /**< BINARY: what stands directly before it is a literal with a unit */
    bool named;          /**< DISTRIBUTION: the argument that is being read has a name */
    uint8_t parameter;   /**< DISTRIBUTION: that name */
    uint32_t begin, end; /**< of the token that it was made from */
    uint32_t operands;   /**< how many operands waited before it */
} aici_pending;

typedef struct aici_waiting {
    aici_expr *node;
    uint32_t begin, end; /**< with its brackets */
    uint32_t height;     /**< levels of nesting in it; a left operand is on the level of its operator */
    int16_t scale;       /**< of a literal: the power of ten that a scale or letter stood for */
    bool named;          /**< an argument of a distribution with a name: */
    uint8_t parameter;
} aici_waiting;

enum { AICI_READING_INLINE = 24 };

typedef struct aici_reading {
    const aici_expr_reader *reader;
    const aic_allocator *allocator;
    aici_lexer lexer;
    size_t depth, deepest; /**< of openings and prefixes, and the limit */
    aici_pending *pending;
    size_t pending_count, pending_capacity;
    aici_waiting *waiting;
    size_t waiting_count, waiting_capacity;
    aici_pending first_pending[AICI_READING_INLINE];
    aici_waiting first_waiting[AICI_READING_INLINE];
} aici_reading;

uint8_t aici_operator_binding(uint8_t operation);

aic_status aici_reading_push(aici_reading *reading, aici_pending pending);
aic_status aici_reading_wait(aici_reading *reading, aici_waiting waiting);

/** Makes nodes of the pending operators that bind at least this strongly. */
aic_status aici_reading_reduce(aici_reading *reading, uint8_t binding);

/** Makes a node of the newest operands and puts it in their place, from @p begin to @p end of the text. The caller fills in what is
 * particular to it by @p made. */
aic_status aici_reading_join(aici_reading *reading, aici_expr_kind kind, uint32_t count, uint32_t begin, uint32_t end, aici_expr **made);

/** Reads what may stand before an operand; *behind: the operand itself was read, and the reader stands behind it. */
aic_status aici_reading_before_operand(aici_reading *reading, bool *behind);

/** An opening or a prefix, made from the current token: one level of nesting. Moves on. */
aic_status aici_reading_open(aici_reading *reading, aici_pending_kind kind, uint8_t binding);

/** Closes a call of a function or distribution whose arguments wait; the current token is the closing bracket. */
aic_status aici_reading_close_call(aici_reading *reading, const aici_pending *call);

/** Refuses a name before an opening bracket that is no function. */
aic_status aici_reading_refuse_function(const aici_reading *reading, uint32_t begin, uint32_t end);

/** Refuses the current token: "expected @p expected, found @p found `…`". */
aic_status aici_reading_refuse_token(const aici_reading *reading, enum aici_code code, const char *expected, const char *found);
aic_status aici_reading_refuse_as_operand(const aici_reading *reading);
aic_status aici_reading_refuse_behind_operand(const aici_reading *reading);
aic_status aici_reading_refuse_nesting(const aici_reading *reading);
/** Refuses what is still open where it should be closed. */
aic_status aici_reading_refuse_open(const aici_reading *reading, const aici_pending *open);

static inline const aici_token *aici_reading_token(const aici_reading *reading) { return &reading->lexer.token; }

static inline aici_slice aici_reading_token_text(const aici_reading *reading) {
    return aici_lexer_slice(&reading->lexer, reading->lexer.token.begin, reading->lexer.token.end);
}

static inline aic_status aici_reading_next(aici_reading *reading) { return aici_lexer_next(&reading->lexer); }

static inline aici_pending *aici_reading_top(aici_reading *reading) {
    return reading->pending_count > 0 ? &reading->pending[reading->pending_count - 1] : NULL;
}

static inline aici_waiting *aici_reading_newest(aici_reading *reading) { return &reading->waiting[reading->waiting_count - 1]; }

static inline aic_report *aici_reading_report(const aici_reading *reading) { return reading->reader->report; }

static inline aici_slice aici_reading_slice(const aici_reading *reading, uint32_t begin, uint32_t end) {
    return aici_lexer_slice(&reading->lexer, begin, end);
}

static inline aici_place aici_reading_place(const aici_reading *reading, uint32_t begin, uint32_t end) {
    return aici_lexer_place(&reading->lexer, begin, end);
}

#endif
