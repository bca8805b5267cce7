/* SPDX-License-Identifier: MIT */
/* Parts come together, in any order, when they are of one sampling and no draw is in two of them. */
#include "analysis/part.h"

#include <string.h>

/** A part as messages call it: "p3.part", or by its number from 1. */
static void add_label(aici_buffer *out, const aic_part *part, size_t index) {
    if (*part->label)
        aici_buffer_add_text(out, part->label);
    else
        aici_buffer_add_format(out, "part %zu", index + 1);
}

static bool same_text(const aici_part_text *a, const aici_part_text *b) {
    return aici_slice_equal(a->name, b->name) && aici_slice_equal(a->text, b->text);
}

static bool same_scenario(const aici_question *a, const aici_question *b) {
    bool same = a->library_count == b->library_count && same_text(&a->scenario, &b->scenario);
    for (size_t i = 0; same && i < a->library_count; i++)
        same = same_text(&a->library[i], &b->library[i]);
    return same;
}

static bool same_names(const aici_question *a, const aici_question *b) {
    bool same = a->name_count == b->name_count && !a->name == !b->name;
    for (size_t i = 0; same && i < a->name_count; i++)
        same = strcmp(a->name[i], b->name[i]) == 0;
    return same;
}

static bool same_quantiles(const aici_sample_wish *a, const aici_sample_wish *b) {
    return a->quantile_count == b->quantile_count && memcmp(a->quantile, b->quantile, a->quantile_count * sizeof *a->quantile) == 0;
}

static const char *method_of(const aici_sample_wish *wish) { return wish->sobol ? "sobol" : "mc"; }

/** In what way two parts differ that should not: the message's number, and what it says of either; AICI_CODE_TOO_MANY: in none. */
static enum aici_code difference(const aici_question *a, const aici_question *b, aici_buffer *says) {
    const aici_sample_wish *x = &a->wish, *y = &b->wish;
    if (!aici_slice_equal(a->version, b->version)) {
        aici_buffer_add_format(says, "drawn by version %.*s of the library, expected %.*s as in", AICI_SLICE(b->version),
                               AICI_SLICE(a->version));
        return AICI_CODE_PART_LIBRARY;
    }
    if (!same_scenario(a, b)) {
        aici_buffer_add_text(says, "of another scenario (or library file) than");
        return AICI_CODE_PART_SCENARIO;
    }
    if (!same_names(a, b)) {
        aici_buffer_add_text(says, "other quantities were asked for than in");
        return AICI_CODE_PART_NAMES;
    }
    if (x->sobol != y->sobol) {
        aici_buffer_add_format(says, "drawn by method `%s`, expected `%s` as in", method_of(y), method_of(x));
        return AICI_CODE_PART_METHOD;
    }
    if (x->seed != y->seed) {
        aici_buffer_add_format(says, "drawn with seed %zu, expected %zu as in", (size_t)y->seed, (size_t)x->seed);
        return AICI_CODE_PART_SEED;
    }
    if (x->samples != y->samples || x->replicates != y->replicates) {
        aici_buffer_add_format(says, "of %zu draws in %u replicates, expected %zu in %u as in", (size_t)y->samples, y->replicates,
                               (size_t)x->samples, x->replicates);
        return AICI_CODE_PART_SAMPLES;
    }
    if (!same_quantiles(x, y)) {
        aici_buffer_add_text(says, "other quantiles were asked for than in");
        return AICI_CODE_PART_QUANTILES;
    }
    return AICI_CODE_TOO_MANY;
}

static aic_status check_belongs(const aic_part *const *part, size_t index, aic_report *report) {
    aici_buffer says = aici_buffer_new(&part[0]->allocator);
    add_label(&says, part[index], index);
    aici_buffer_add_text(&says, ": ");
    enum aici_code code = difference(&part[0]->question, &part[index]->question, &says);
    aic_status status = AIC_OK;
    aici_buffer_add_char(&says, ' ');
    add_label(&says, part[0], 0);
    if (aici_buffer_failed(&says)) {
        status = aici_report_memory(report);
    } else if (code != AICI_CODE_TOO_MANY) {
        status = aici_report_error(report, code, NULL, "%s", aici_buffer_text(&says));
        aici_report_hint(report, "parts belong together when scenario, names, method, seed, samples and quantiles were the same");
    }
    aici_buffer_free(&says);
    return status;
}

static aic_status refuse_overlap(const aic_part *const *part, size_t index, uint64_t chunk, aic_report *report) {
    const aici_sample_wish *wish = &part[index]->question.wish;
    aici_buffer label = aici_buffer_new(&part[0]->allocator);
    add_label(&label, part[index], index);
    aic_status status = aici_buffer_failed(&label)
                            ? aici_report_memory(report)
                            : aici_report_error(report, AICI_CODE_PART_OVERLAP, NULL,
                                                "%s: draw %zu, and others, are in a part before it too", aici_buffer_text(&label),
                                                (size_t)aici_eval_draws_before(wish->samples / wish->replicates, wish->replicates, chunk));
    if (status != AIC_ERROR_MEMORY)
        aici_report_hint(report, "give each part once, and take all shards of one division: of `--shard i/n` the same n");
    aici_buffer_free(&label);
    return status;
}

static aic_status join(const aic_part *const *part, size_t index, aici_gathered *all, aic_report *report) {
    aici_gathered *more = NULL;
    aici_gathered_fault fault = AICI_GATHERED_FINE;
    uint64_t chunk = 0;
    aic_status status = aici_part_gathered(part[index], &part[0]->allocator, &more, report);
    if (status == AIC_OK && aici_gathered_join(all, more, &fault, &chunk) != AIC_OK)
        status = aici_report_memory(report);
    aici_gathered_free(more);
    if (status == AIC_OK && fault == AICI_GATHERED_OVERLAP)
        status = refuse_overlap(part, index, chunk, report);
    else if (status == AIC_OK && fault == AICI_GATHERED_OTHER) {
        status = aici_report_error(report, AICI_CODE_PART_DRAWS, NULL,
                                   "part %zu holds draws that were made otherwise than those of the first part", index + 1);
        aici_report_hint(report, "sample all shards with one version of the library");
    }
    return status;
}

aic_status aici_parts_gathered(const aic_part *const *part, size_t count, aici_gathered **all, aic_report *report) {
    aic_status status = AIC_OK;
    *all = NULL;
    for (size_t i = 1; i < count && status == AIC_OK; i++)
        status = check_belongs(part, i, report);
    if (status == AIC_OK)
        status = aici_part_gathered(part[0], &part[0]->allocator, all, report);
    for (size_t i = 1; i < count && status == AIC_OK && *all; i++)
        status = join(part, i, *all, report);
    if (status == AIC_OK)
        return AIC_OK;
    aici_gathered_free(*all);
    *all = NULL;
    return status;
}

aic_status aici_parts_merge(const aic_part *const *part, size_t count, aic_part **out, aic_report *report) {
    aici_gathered *all = NULL;
    *out = NULL;
    aic_status status = aici_parts_gathered(part, count, &all, report);
    if (status == AIC_OK)
        status = aici_part_make(&part[0]->question, all, &part[0]->allocator, &part[0]->limits, out, report);
    aici_gathered_free(all);
    return status;
}

aic_status aici_parts_check_whole(const aici_sample_wish *wish, const aici_gathered *gathered, aic_report *report) {
    const uint64_t draws = gathered ? aici_gathered_draws(gathered, wish->samples / wish->replicates, wish->replicates) : wish->samples;
    if (draws == wish->samples)
        return AIC_OK;
    uint64_t missing = aici_eval_draws_before(wish->samples / wish->replicates, wish->replicates, aici_gathered_gap(gathered));
    aic_status status =
        aici_report_error(report, AICI_CODE_PART_GAP, NULL, "%zu of %zu draws are there; the first that is missing is draw %zu",
                          (size_t)draws, (size_t)wish->samples, (size_t)missing);
    aici_report_hint(report, "add the parts that lack, or ask for the statistics of what is there (`--partial`)");
    return status;
}
