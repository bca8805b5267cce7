/* SPDX-License-Identifier: MIT */
/*
 * What every call shares: the status it returns, the memory it uses, the limits it keeps, the text it hands out.
 */
#ifndef AICOMPUTE_STATUS_H
#define AICOMPUTE_STATUS_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__) || defined(__clang__)
#define AIC_API __attribute__((visibility("default")))
#else
#define AIC_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** What a call came to. Each value asks for a different reaction; the report says what happened in detail. */
typedef enum aic_status {
    AIC_OK = 0,
    AIC_ERROR_ARGUMENT = 1,     /**< the caller's mistake: a NULL handle, an index out of range, a wrong `size` */
    AIC_ERROR_MEMORY = 2,       /**< no memory; nothing was changed */
    AIC_ERROR_READ = 3,         /**< a file or a read callback failed */
    AIC_ERROR_WRITE = 4,        /**< a file or a write callback failed */
    AIC_ERROR_LIMIT = 5,        /**< the input is larger or deeper than `aic_limits` allows */
    AIC_ERROR_SYNTAX = 6,       /**< not YAML as this format reads it, or not an expression */
    AIC_ERROR_SCENARIO = 7,     /**< well-formed, but not a scenario: unknown or duplicate key, missing input, cycle */
    AIC_ERROR_NAME = 8,         /**< a name that nobody defines */
    AIC_ERROR_UNIT = 9,         /**< an unknown unit, or dimensions that do not fit */
    AIC_ERROR_DOMAIN = 10,      /**< a value out of its bounds, or not finite */
    AIC_ERROR_UNSUPPORTED = 11, /**< understood, but this version does not do it */
    AIC_ERROR_CANCELLED = 12,   /**< the caller's cancel word was set */
    AIC_ERROR_INTERNAL = 13     /**< a fault of this library: please report it */
} aic_status;

/** A status in a few English words.
 * @param status  any value, also one of a newer library
 * @return        text borrowed from the library, never NULL
 * @lifetime      for ever
 * @threads       any
 * @since         0.1.0
 */
AIC_API const char *aic_status_text(aic_status status);

/** The version of this library, such as "0.1.0".
 * @return        text borrowed from the library
 * @lifetime      for ever
 * @threads       any
 * @since         0.1.0
 */
AIC_API const char *aic_version(void);

/** The number of the binary interface; it counts apart from the version and equals the number in the soname.
 * @return        the number
 * @threads       any
 * @since         0.1.0
 */
AIC_API unsigned aic_abi_version(void);

/** Where memory comes from. Blocks must suit any type (as malloc's do). The functions may be called from any thread that
 * uses an object made with them, also from two threads at once for objects that are shared (model, result).
 */
typedef struct aic_allocator {
    void *(*allocate)(void *user, size_t bytes);                /**< NULL when there is none; `bytes` is never 0 */
    void *(*reallocate)(void *user, void *block, size_t bytes); /**< as realloc; `block` is never NULL */
    void (*release)(void *user, void *block);                   /**< `block` is never NULL */
    void *user;                                                 /**< handed to each call */
} aic_allocator;

/** How large an input may be. (Like all structs with a `size`: a later version may add members at the end; a library takes a larger struct
 * when what it does not know is zero.) A member that is 0 means the default in brackets. */
typedef struct aic_limits {
    size_t size;              /**< sizeof(aic_limits) */
    size_t file_bytes;        /**< of one file (16 MiB) */
    size_t depth;             /**< of nested mappings and sequences (64) */
    size_t nodes;             /**< scalars, sequences and mappings (1 000 000), aliases counted as often as they expand */
    size_t expanded_bytes;    /**< of scalars after aliases are expanded (16 MiB) */
    size_t anchors;           /**< (1024) */
    size_t scalar_bytes;      /**< of one scalar (1 MiB) */
    size_t name_bytes;        /**< of one name or anchor (128) */
    size_t expression_depth;  /**< of nested expressions (200) */
    size_t expression_tokens; /**< of one expression (100 000) */
    size_t years;             /**< of the timeline (200) */
    size_t unit_bytes;        /**< of one unit's text (256) */
    size_t instructions;      /**< of one compiled program, years unrolled (1 000 000) */
    size_t diagnostics;       /**< entries kept in a report of one call (20) */
} aic_limits;

/** Text made by the library: YAML, a table, JSON. Owned by the caller until aic_text_free(). */
typedef struct aic_text aic_text;

/** The bytes of a text, followed by a NUL that is not counted.
 * @param text    may be NULL, which gives ""
 * @return        UTF-8, borrowed from @p text
 * @lifetime      until the text is freed
 * @threads       any
 * @since         0.1.0
 */
AIC_API const char *aic_text_bytes(const aic_text *text);

/** How many bytes a text has.
 * @param text    may be NULL, which gives 0
 * @return        bytes, without the final NUL
 * @threads       any
 * @since         0.1.0
 */
AIC_API size_t aic_text_size(const aic_text *text);

/** Gives a text back.
 * @param text    may be NULL
 * @threads       one at a time
 * @since         0.1.0
 */
AIC_API void aic_text_free(aic_text *text);

#ifdef __cplusplus
}
#endif
#endif
