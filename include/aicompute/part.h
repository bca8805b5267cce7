/* SPDX-License-Identifier: MIT */
/*
 * Sampling in several places: a part holds what the draws of a shard came to, as bytes that travel by file, pickle or message. Parts merge
 * in any order, on any machine, and what comes out is to the last bit what one call of aic_scenario_sample() would have given. Everything
 * is in a part, the scenario's text too. How-tos: doc/shards.md.
 */
#ifndef AICOMPUTE_PART_H
#define AICOMPUTE_PART_H

#include <aicompute/sample.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Some of the draws of a sampling. Never changes; owned by the caller. */
typedef struct aic_part aic_part;

/** Samples the shard that the options name: draws are dealt out in chunks of 8192, so that shard i of n is the same draws wherever and by
 * however many threads it is done.
 * @param scenario    not NULL
 * @param names       as aic_scenario_sample()
 * @param name_count  how many
 * @param options     `shard`, `shard_count` and `keep_partial` count here; NULL: all draws by default
 * @param[out] part   NULL on failure
 * @param report      may be NULL; warns of a shard that was stopped
 * @return            as aic_scenario_sample(); when it is cancelled with `keep_partial` AIC_OK as soon as one chunk was done
 * @lifetime          until aic_part_free(); independent of the scenario
 * @threads           one at a time on @p scenario
 * @since             0.1.0
 */
AIC_API aic_status aic_scenario_sample_part(aic_scenario *scenario, const char *const *names, size_t name_count,
                                            const aic_sample_options *options, aic_part **part, aic_report *report);

/** Reads a part from bytes, of which nothing is believed until it is checked.
 * @param bytes      not NULL
 * @param size       how many
 * @param name       of the bytes, for messages, such as a file's; NULL: none
 * @param options    allocator and limits, of the scenario too that is in the part; no libraries; NULL: defaults
 * @param[out] part  NULL on failure
 * @param report     may be NULL
 * @return           AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_MEMORY, AIC_ERROR_SYNTAX (no part), AIC_ERROR_READ (cut short or changed),
 * AIC_ERROR_UNSUPPORTED (a newer format)
 * @lifetime         until aic_part_free(); @p bytes may go when the call returns
 * @threads          any
 * @since            0.1.0
 */
AIC_API aic_status aic_part_read(const void *bytes, size_t size, const char *name, const aic_load_options *options, aic_part **part,
                                 aic_report *report);

/** Reads a part from a file, as aic_part_read() does from memory, and holds its bytes once only.
 * @param path       not NULL; messages name it
 * @param options    as aic_part_read(); a part may be of any size
 * @param[out] part  NULL on failure
 * @param report     may be NULL
 * @return           as aic_part_read(), and AIC_ERROR_READ when the file cannot be read
 * @lifetime         until aic_part_free()
 * @threads          any
 * @since            0.1.0
 */
AIC_API aic_status aic_part_load_file(const char *path, const aic_load_options *options, aic_part **part, aic_report *report);

/** The bytes of a part: the same ones for any number of threads, and however it was merged.
 * @param part       may be NULL, which gives NULL
 * @param[out] size  how many; may be NULL
 * @return           borrowed from @p part
 * @lifetime         until the part is freed
 * @threads          any
 * @since            0.1.0
 */
AIC_API const void *aic_part_bytes(const aic_part *part, size_t *size);

/** How many draws a part holds.
 * @param part      may be NULL, which gives 0
 * @param[out] all  how many the whole sampling has; 0 where nothing is uncertain; may be NULL
 * @return          draws
 * @threads         any
 * @since           0.1.0
 */
AIC_API uint64_t aic_part_samples(const aic_part *part, uint64_t *all);

/** Makes one part of several, in any order; of all shards, the very part that a sampling without shards gives.
 * @param parts        not NULL, none of them NULL; they stay the caller's
 * @param count        at least 1
 * @param[out] merged  NULL on failure
 * @param report       may be NULL
 * @return             AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_MEMORY, AIC_ERROR_SCENARIO (parts that do not belong together, or hold the same
 * draws), AIC_ERROR_UNSUPPORTED (drawn by different versions of the library)
 * @lifetime           until aic_part_free(); independent of @p parts
 * @threads            any
 * @since              0.1.0
 */
AIC_API aic_status aic_parts_merge(const aic_part *const *parts, size_t count, aic_part **merged, aic_report *report);

/** What a part comes to: of all draws the very result of aic_scenario_sample().
 * @param part         not NULL
 * @param partial      not 0: where draws are missing, the statistics of those that are there, with a warning that says how many; 0: then an
 * error
 * @param[out] result  NULL on failure
 * @param report       may be NULL
 * @return             as aic_scenario_load() and aic_scenario_sample(), and AIC_ERROR_SCENARIO (draws are missing), AIC_ERROR_UNSUPPORTED
 * (this library would draw otherwise)
 * @lifetime           until aic_result_unref(); independent of the part
 * @threads            any
 * @since              0.1.0
 */
AIC_API aic_status aic_part_result(const aic_part *part, int partial, aic_result **result, aic_report *report);

/** What parts come to together: as aic_parts_merge() and then aic_part_result(), in half the memory, since the bytes of the whole are not
 * made.
 * @param parts        not NULL, none of them NULL; they stay the caller's
 * @param count        at least 1
 * @param partial      as aic_part_result()
 * @param[out] result  NULL on failure
 * @param report       may be NULL
 * @return             as aic_parts_merge() and aic_part_result()
 * @lifetime           until aic_result_unref(); independent of @p parts
 * @threads            any
 * @since              0.1.0
 */
AIC_API aic_status aic_parts_result(const aic_part *const *parts, size_t count, int partial, aic_result **result, aic_report *report);

/** Gives a part back.
 * @param part  may be NULL
 * @threads     one at a time
 * @since       0.1.0
 */
AIC_API void aic_part_free(aic_part *part);

#ifdef __cplusplus
}
#endif
#endif
