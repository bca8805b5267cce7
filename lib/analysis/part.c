/* SPDX-License-Identifier: MIT */
/* The bytes of a part: written, and read as what they are, bytes from anywhere. */
#include "analysis/part.h"
#include "base/sha256.h"

#include <string.h>

static const char mark[] = {'a', 'i', 'c', 'p', 'a', 'r', 't', '\n'};
enum { FORMAT = 1, MOST_REPLICATES = 64, LEAST_BYTES = sizeof mark + 4 + 8 + AICI_SHA256_BYTES };
static const uint64_t most_samples = UINT64_C(1) << 32;

/* --- writing -------------------------------------------------------------------------------------------------------------------------- */

static void write_wish(const aici_sample_wish *wish, aici_buffer *out) {
    aici_bytes_add_u32(out, wish->sobol);
    aici_bytes_add_u64(out, wish->samples);
    aici_bytes_add_u32(out, wish->replicates);
    aici_bytes_add_u64(out, wish->seed);
    aici_bytes_add_u32(out, wish->quantile_count);
    aici_bytes_add_doubles(out, wish->quantile, wish->quantile_count);
}

static void write_text(const aici_part_text *text, aici_buffer *out) {
    aici_bytes_add_text(out, text->name);
    aici_bytes_add_text(out, text->text);
}

static void write_question(const aici_question *question, aici_buffer *out) {
    aici_bytes_add_text(out, question->version);
    write_wish(&question->wish, out);
    aici_bytes_add_u32(out, question->name != NULL);
    aici_bytes_add_u64(out, question->name_count);
    for (size_t i = 0; i < question->name_count; i++)
        aici_bytes_add_text(out, aici_slice_of(question->name[i]));
    write_text(&question->scenario, out);
    aici_bytes_add_u64(out, question->library_count);
    for (size_t i = 0; i < question->library_count; i++)
        write_text(&question->library[i], out);
}

static void write_part(const aici_question *question, aici_gathered *gathered, aici_buffer *out) {
    aici_buffer inner = aici_buffer_new(out->allocator);
    uint8_t digest[AICI_SHA256_BYTES];
    write_question(question, &inner);
    aici_buffer_add(out, mark, sizeof mark);
    aici_bytes_add_u32(out, FORMAT);
    aici_bytes_add_text(out, (aici_slice){inner.bytes, inner.size});
    aici_bytes_add_padding(out, 0);
    if (gathered)
        aici_gathered_write(gathered, out);
    out->failed = out->failed || aici_buffer_failed(&inner);
    if (!out->failed) {
        aici_sha256(out->bytes, out->size, digest);
        aici_buffer_add(out, (const char *)digest, sizeof digest);
    }
    aici_buffer_free(&inner);
}

/* --- reading -------------------------------------------------------------------------------------------------------------------------- */

/** A question that is being read. */
typedef struct reading {
    aici_bytes from;
    aici_arena *arena;
    bool no_memory;
} reading;

static void *take_array(reading *self, uint64_t count, size_t bytes) {
    void *array = aici_arena_take_array(self->arena, (size_t)count + 1, bytes);
    self->no_memory = self->no_memory || !array;
    return array;
}

/** Names are taken by pointer, and end with a NUL there; NULL where one stands inside. */
static const char *copy_name(reading *self, aici_slice text) {
    if (text.size && memchr(text.bytes, 0, text.size))
        return NULL;
    const char *copy = aici_arena_copy(self->arena, text.size ? text.bytes : "", text.size);
    self->no_memory = self->no_memory || !copy;
    return copy;
}

static bool wish_can_be(const aici_sample_wish *wish) {
    double before = 0;
    for (uint32_t i = 0; i < wish->quantile_count; i++) {
        if (!(wish->quantile[i] > before && wish->quantile[i] < 1))
            return false;
        before = wish->quantile[i];
    }
    uint64_t each = wish->replicates ? wish->samples / wish->replicates : 0;
    if (wish->replicates < 1 || wish->replicates > MOST_REPLICATES || each > most_samples || each * wish->replicates != wish->samples)
        return false;
    return wish->samples == 0 || (wish->sobol ? each >= 16 && (each & (each - 1)) == 0 : wish->replicates == 1);
}

static bool read_wish(reading *self, aici_sample_wish *wish) {
    aici_bytes *from = &self->from;
    uint32_t sobol = aici_bytes_u32(from);
    *wish = (aici_sample_wish){.sobol = sobol == 1, .threads = 1};
    wish->samples = aici_bytes_u64(from);
    wish->replicates = aici_bytes_u32(from);
    wish->seed = aici_bytes_u64(from);
    wish->quantile_count = aici_bytes_u32(from);
    if (sobol > 1 || wish->quantile_count > AICI_MOST_QUANTILES || !aici_bytes_have(from, wish->quantile_count, sizeof(double)))
        return false;
    double *quantile = take_array(self, wish->quantile_count, sizeof *quantile);
    if (!quantile)
        return false;
    aici_bytes_doubles(from, quantile, wish->quantile_count);
    wish->quantile = quantile;
    return wish_can_be(wish);
}

static bool read_names(reading *self, aici_question *question) {
    uint32_t some = aici_bytes_u32(&self->from);
    uint64_t count = aici_bytes_u64(&self->from);
    if (some > 1 || (count && !some) || !aici_bytes_have(&self->from, count, 8))
        return false;
    const char **name = take_array(self, count, sizeof *name);
    for (size_t i = 0; name && i < count; i++)
        if (!(name[i] = copy_name(self, aici_bytes_text(&self->from))))
            return false;
    question->name = some ? name : NULL;
    question->name_count = (size_t)count;
    return name;
}

static aici_part_text read_text(aici_bytes *from) {
    aici_part_text text;
    text.name = aici_bytes_text(from);
    text.text = aici_bytes_text(from);
    return text;
}

static bool read_libraries(reading *self, aici_question *question) {
    uint64_t count = aici_bytes_u64(&self->from);
    if (!aici_bytes_have(&self->from, count, 2 * 8))
        return false;
    aici_part_text *library = take_array(self, count, sizeof *library);
    for (size_t i = 0; library && i < count; i++)
        library[i] = read_text(&self->from);
    question->library = library;
    question->library_count = (size_t)count;
    return library;
}

static bool read_question(reading *self, aici_question *question) {
    question->version = aici_bytes_text(&self->from);
    if (!read_wish(self, &question->wish) || !read_names(self, question))
        return false;
    question->scenario = read_text(&self->from);
    return read_libraries(self, question) && !self->from.short_of && self->from.left == 0;
}

static aic_status refuse_shape(const aic_part *part, aic_report *report) {
    aic_status status = aici_report_error(report, AICI_CODE_PART_SHAPE, NULL, "%s%sthese %zu bytes are no part of a sampling", part->label,
                                          *part->label ? ": " : "", part->size);
    aici_report_hint(report, "parts are made by `aicompute sample --shard`, or by aic_scenario_sample_part()");
    return status;
}

static aic_status refuse_damage(const aic_part *part, aic_report *report) {
    aic_status status = aici_report_error(report, AICI_CODE_PART_DAMAGED, NULL,
                                          "%s%sthis part was cut short or changed: its bytes do not have the SHA-256 that it states",
                                          part->label, *part->label ? ": " : "");
    aici_report_hint(report, "copy it again from where it was made, or sample that shard again");
    return status;
}

static aic_status refuse_version(const aic_part *part, uint32_t version, aic_report *report) {
    aic_status status = aici_report_error(report, AICI_CODE_PART_VERSION, NULL,
                                          "%s%sthis part is in version %u of the file format; this library reads version %d", part->label,
                                          *part->label ? ": " : "", version, FORMAT);
    aici_report_hint(report, "merge with the version of the library that made the part");
    return status;
}

/** What was gathered: FORMAT 1 has nothing behind it. */
static bool read_body(const aic_part *part, const aic_allocator *allocator, aici_gathered **out, bool *no_memory) {
    const aici_sample_wish *wish = &part->question.wish;
    aici_bytes from = aici_bytes_of(part->bytes + part->body, part->size - AICI_SHA256_BYTES - part->body);
    *out = NULL;
    *no_memory = false;
    if (wish->samples == 0)
        return from.left == 0;
    if (!aici_gathered_read(&from, wish->samples / wish->replicates, wish->replicates, wish->quantile_count, allocator, out, no_memory))
        return false;
    if (from.left == 0)
        return true;
    aici_gathered_free(*out);
    *out = NULL;
    return false;
}

static aic_status read_draws(aic_part *part, aic_report *report) {
    const aici_sample_wish *wish = &part->question.wish;
    aici_gathered *gathered;
    bool no_memory, good = read_body(part, &part->allocator, &gathered, &no_memory);
    if (good && gathered)
        part->draws = aici_gathered_draws(gathered, wish->samples / wish->replicates, wish->replicates);
    aici_gathered_free(gathered);
    return good ? AIC_OK : no_memory ? aici_report_memory(report) : refuse_shape(part, report);
}

static aic_status check_digest(const aic_part *part, aic_report *report) {
    uint8_t digest[AICI_SHA256_BYTES];
    if (part->size < sizeof mark || memcmp(part->bytes, mark, sizeof mark) != 0)
        return refuse_shape(part, report);
    if (part->size < LEAST_BYTES)
        return refuse_damage(part, report);
    aici_sha256(part->bytes, part->size - sizeof digest, digest);
    return memcmp(part->bytes + part->size - sizeof digest, digest, sizeof digest) == 0 ? AIC_OK : refuse_damage(part, report);
}

/** Says what the bytes ask; they have their digest. */
static aic_status look_into(aic_part *part, aic_report *report) {
    aici_bytes from = aici_bytes_of(part->bytes + sizeof mark, part->size - sizeof mark - AICI_SHA256_BYTES);
    uint32_t version = aici_bytes_u32(&from);
    if (version != FORMAT)
        return refuse_version(part, version, report);
    aici_slice question = aici_bytes_text(&from);
    reading self = {aici_bytes_of(question.bytes, question.size), part->arena, false};
    const uint8_t *begin = (const uint8_t *)part->bytes;
    if (from.short_of || !aici_bytes_padding(&from, begin) || !read_question(&self, &part->question))
        return self.no_memory ? aici_report_memory(report) : refuse_shape(part, report);
    part->body = part->size - AICI_SHA256_BYTES - from.left;
    return AIC_OK;
}

/* --- a part --------------------------------------------------------------------------------------------------------------------------- */

void aici_part_free(aic_part *part) {
    if (!part)
        return;
    const aic_allocator allocator = part->allocator;
    aici_arena_free(part->arena);
    aici_memory_release(&allocator, part->bytes);
    aici_memory_release(&allocator, part);
}

static aic_part *new_part(const aic_allocator *allocator, const aic_limits *limits, const char *label) {
    aic_part *part = aici_memory_take_array(allocator, 1, sizeof *part);
    if (!part)
        return NULL;
    part->allocator = allocator ? *allocator : *aici_memory_default();
    part->limits = *limits;
    part->arena = aici_arena_new(&part->allocator);
    part->label = part->arena ? aici_arena_copy(part->arena, label, strlen(label)) : NULL;
    if (part->label)
        return part;
    aici_part_free(part);
    return NULL;
}

/** A part that takes over bytes in memory of the allocator; NULL: no memory, reported. */
static aic_part *part_of(char *bytes, size_t size, const char *label, const aic_allocator *allocator, const aic_limits *limits,
                         aic_report *report) {
    aic_part *part = bytes ? new_part(allocator, limits, label) : NULL;
    if (!part) {
        aici_memory_release(allocator, bytes);
        aici_report_memory(report);
        return NULL;
    }
    part->bytes = bytes;
    part->size = size;
    return part;
}

static aic_status give(aic_part *part, aic_status status, aic_part **out) {
    if (status == AIC_OK)
        *out = part;
    else
        aici_part_free(part);
    return status;
}

aic_status aici_part_make(const aici_question *question, aici_gathered *gathered, const aic_allocator *allocator, const aic_limits *limits,
                          aic_part **out, aic_report *report) {
    const aici_sample_wish *wish = &question->wish;
    aici_buffer bytes = aici_buffer_new(allocator);
    write_part(question, gathered, &bytes);
    if (aici_buffer_failed(&bytes)) {
        aici_buffer_free(&bytes);
        return aici_report_memory(report);
    }
    aic_part *part = part_of(bytes.bytes, bytes.size, "", allocator, limits, report);
    if (!part)
        return AIC_ERROR_MEMORY;
    part->draws = gathered ? aici_gathered_draws(gathered, wish->samples / wish->replicates, wish->replicates) : 0;
    return give(part, look_into(part, report), out);
}

aic_status aici_part_read(const void *bytes, size_t size, const char *label, const aic_allocator *allocator, const aic_limits *limits,
                          aic_part **out, aic_report *report) {
    char *copy = aici_memory_take(allocator, size + 1);
    if (copy)
        memcpy(copy, bytes, size);
    return aici_part_take(copy, size, label, allocator, limits, out, report);
}

aic_status aici_part_take(char *bytes, size_t size, const char *label, const aic_allocator *allocator, const aic_limits *limits,
                          aic_part **out, aic_report *report) {
    aic_part *part = part_of(bytes, size, label, allocator, limits, report);
    if (!part)
        return AIC_ERROR_MEMORY;
    aic_status status = check_digest(part, report);
    if (status == AIC_OK)
        status = look_into(part, report);
    if (status == AIC_OK)
        status = read_draws(part, report);
    return give(part, status, out);
}

aic_status aici_part_gathered(const aic_part *part, const aic_allocator *allocator, aici_gathered **out, aic_report *report) {
    bool no_memory;
    if (read_body(part, allocator, out, &no_memory))
        return AIC_OK;
    return no_memory ? aici_report_memory(report) : refuse_shape(part, report);
}

uint64_t aici_part_all_draws(const aic_part *part) { return part->question.wish.samples; }
