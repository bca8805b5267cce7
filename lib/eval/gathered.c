/* SPDX-License-Identifier: MIT */
/* What chunks came to: its memory, its joining, and its bytes. */
#include "eval/sampling.h"

#include <math.h>
#include <string.h>

enum { MOST_IN_ROOM = 1 << 15 }; /* numbers: 256 KiB */

/* --- memory --------------------------------------------------------------------------------------------------------------------------- */

aici_gathered *aici_gathered_new(const aic_allocator *allocator, uint32_t outputs, uint32_t quantiles) {
    aici_gathered *gathered = aici_memory_take_array(allocator, 1, sizeof *gathered);
    if (!gathered)
        return NULL;
    gathered->allocator = allocator;
    gathered->output_count = outputs;
    gathered->quantile_count = quantiles;
    gathered->view = aici_memory_take_array(allocator, (size_t)outputs + 1, sizeof *gathered->view);
    if (gathered->view)
        return gathered;
    aici_memory_release(allocator, gathered);
    return NULL;
}

static void end_kept(const aici_gathered *gathered, aici_kept *kept) {
    if (!kept->borrowed)
        aici_memory_release(gathered->allocator, kept->value);
    *kept = (aici_kept){0};
}

static void end_records(const aici_gathered *gathered, aici_piece *piece) {
    aici_memory_release(gathered->allocator, piece->chunk);
    aici_memory_release(gathered->allocator, piece->below);
    piece->chunk = NULL;
    piece->below = NULL;
}

static void end_piece(const aici_gathered *gathered, aici_piece *piece) {
    for (uint32_t i = 0; piece->kept && i < gathered->output_count; i++)
        end_kept(gathered, &piece->kept[i]);
    end_records(gathered, piece);
    aici_memory_release(gathered->allocator, piece->kept);
    aici_memory_release(gathered->allocator, piece->room);
}

void aici_gathered_clear(aici_gathered *gathered) {
    for (size_t i = 0; i < gathered->piece_count; i++)
        end_piece(gathered, &gathered->piece[i]);
    gathered->piece_count = 0;
}

void aici_gathered_free(aici_gathered *gathered) {
    if (!gathered)
        return;
    const aic_allocator *allocator = gathered->allocator;
    aici_gathered_clear(gathered);
    aici_memory_release(allocator, gathered->piece);
    aici_memory_release(allocator, gathered->view);
    aici_memory_release(allocator, gathered);
}

void aici_gathered_set_marks(aici_gathered *gathered) {
    gathered->marks = gathered->quantile_count;
    for (uint32_t i = 0; i < gathered->output_count; i++)
        gathered->marks = gathered->view[i].mark_count > gathered->marks ? gathered->view[i].mark_count : gathered->marks;
}

/** A block for all outputs, which is quicker had and given back than many. */
static bool take_room(const aici_gathered *gathered, aici_piece *piece, const size_t *kept, size_t all) {
    double *value = piece->room = aici_memory_take(gathered->allocator, all * sizeof *piece->room);
    for (uint32_t i = 0; value && i < gathered->output_count; i++) {
        piece->kept[i] = (aici_kept){.value = value, .capacity = kept[i], .borrowed = true};
        value += kept[i];
    }
    return piece->room;
}

/** A block for each output, which can be given back before the others. */
static bool take_kept(const aici_gathered *gathered, aici_piece *piece, const size_t *kept) {
    bool taken = true;
    for (uint32_t i = 0; taken && i < gathered->output_count; i++) {
        piece->kept[i] = (aici_kept){.value = aici_memory_take(gathered->allocator, kept[i] * sizeof(double)), .capacity = kept[i]};
        taken = piece->kept[i].value;
    }
    return taken;
}

static bool begin_kept(const aici_gathered *gathered, aici_piece *piece, const size_t *kept) {
    size_t all = 0;
    for (uint32_t i = 0; kept && i < gathered->output_count; i++)
        all += kept[i];
    return all == 0 || (all <= MOST_IN_ROOM ? take_room(gathered, piece, kept, all) : take_kept(gathered, piece, kept));
}

static bool begin_piece(const aici_gathered *gathered, aici_piece *piece, uint64_t end, const size_t *kept) {
    size_t records = (size_t)(end - piece->first) * gathered->output_count;
    piece->chunk = aici_memory_take_array(gathered->allocator, records + 1, sizeof *piece->chunk);
    piece->below = aici_memory_take_array(gathered->allocator, records + 1, ((size_t)gathered->marks + 1) * sizeof *piece->below);
    piece->kept = aici_memory_take_array(gathered->allocator, (size_t)gathered->output_count + 1, sizeof *piece->kept);
    return piece->chunk && piece->below && piece->kept && begin_kept(gathered, piece, kept);
}

static bool make_room(aici_gathered *gathered) {
    aici_piece *grown =
        aici_memory_grow(gathered->allocator, gathered->piece, gathered->piece_count, &gathered->piece_capacity, sizeof *grown);
    gathered->piece = grown ? grown : gathered->piece;
    return grown;
}

aici_piece *aici_gathered_add(aici_gathered *gathered, uint64_t first, uint64_t end, const size_t *kept) {
    aici_piece piece = {.first = first, .end = first};
    if (!make_room(gathered))
        return NULL;
    if (!begin_piece(gathered, &piece, end, kept)) {
        end_piece(gathered, &piece);
        return NULL;
    }
    gathered->piece[gathered->piece_count] = piece;
    return &gathered->piece[gathered->piece_count++];
}

/* --- how much it is ------------------------------------------------------------------------------------------------------------------- */

static uint64_t chunks_each(uint64_t samples) { return (samples + AICI_STREAM_BLOCK - 1) / AICI_STREAM_BLOCK; }

uint64_t aici_eval_chunk_count(uint64_t samples, uint32_t replicates) { return chunks_each(samples) * replicates; }

uint64_t aici_eval_draws_before(uint64_t samples, uint32_t replicates, uint64_t end) {
    uint64_t each = chunks_each(samples);
    if (end >= each * replicates)
        return samples * replicates;
    return end / each * samples + end % each * AICI_STREAM_BLOCK;
}

uint64_t aici_gathered_draws(const aici_gathered *gathered, uint64_t samples, uint32_t replicates) {
    uint64_t draws = 0;
    for (size_t i = 0; i < gathered->piece_count; i++)
        draws += aici_eval_draws_before(samples, replicates, gathered->piece[i].end) -
                 aici_eval_draws_before(samples, replicates, gathered->piece[i].first);
    return draws;
}

uint64_t aici_gathered_gap(const aici_gathered *gathered) {
    uint64_t next = 0;
    for (size_t i = 0; i < gathered->piece_count; i++) {
        if (gathered->piece[i].first > next)
            break;
        next = gathered->piece[i].end;
    }
    return next;
}

/* --- joining -------------------------------------------------------------------------------------------------------------------------- */

static bool same_view(const aici_view *a, const aici_view *b) {
    return memcmp(&a->shift, &b->shift, sizeof a->shift) == 0 && memcmp(&a->kurtosis, &b->kurtosis, sizeof a->kurtosis) == 0 &&
           a->mark_count == b->mark_count && memcmp(a->low, b->low, sizeof a->low) == 0 && memcmp(a->high, b->high, sizeof a->high) == 0 &&
           memcmp(a->from, b->from, sizeof a->from) == 0 && memcmp(a->to, b->to, sizeof a->to) == 0;
}

bool aici_gathered_same_views(const aici_gathered *a, const aici_gathered *b) {
    if (a->output_count != b->output_count || a->quantile_count != b->quantile_count)
        return false;
    for (uint32_t i = 0; i < a->output_count; i++)
        if (!same_view(&a->view[i], &b->view[i]))
            return false;
    return true;
}

static bool find_overlap(const aici_gathered *gathered, const aici_piece *other, uint64_t *chunk) {
    for (size_t i = 0; i < gathered->piece_count; i++) {
        const aici_piece *piece = &gathered->piece[i];
        uint64_t first = piece->first > other->first ? piece->first : other->first;
        *chunk = first;
        if (first < piece->end && first < other->end)
            return true;
    }
    return false;
}

static void insert_piece(aici_gathered *gathered, aici_piece piece) {
    size_t at = gathered->piece_count++;
    for (; at > 0 && gathered->piece[at - 1].first > piece.first; at--)
        gathered->piece[at] = gathered->piece[at - 1];
    gathered->piece[at] = piece;
}

static bool make_room_for(aici_gathered *gathered, size_t count) {
    size_t before = gathered->piece_count;
    bool made = true;
    for (; made && gathered->piece_count < before + count; gathered->piece_count++)
        made = make_room(gathered);
    gathered->piece_count = before;
    return made;
}

aic_status aici_gathered_join(aici_gathered *gathered, aici_gathered *other, aici_gathered_fault *fault, uint64_t *chunk) {
    *fault = aici_gathered_same_views(gathered, other) ? AICI_GATHERED_FINE : AICI_GATHERED_OTHER;
    for (size_t i = 0; *fault == AICI_GATHERED_FINE && i < other->piece_count; i++)
        if (find_overlap(gathered, &other->piece[i], chunk))
            *fault = AICI_GATHERED_OVERLAP;
    if (*fault != AICI_GATHERED_FINE)
        return AIC_OK;
    if (!make_room_for(gathered, other->piece_count))
        return AIC_ERROR_MEMORY;
    for (size_t i = 0; i < other->piece_count; i++)
        insert_piece(gathered, other->piece[i]);
    other->piece_count = 0;
    return AIC_OK;
}

/* --- bytes ---------------------------------------------------------------------------------------------------------------------------- */

enum { RECORD_BYTES = 2 * 8 + 4 * 2, VIEW_BYTES = 3 * 8 + 4 };

static void write_view(const aici_view *view, uint32_t quantiles, aici_buffer *out) {
    const double numbers[] = {view->shift, view->kurtosis, view->share};
    aici_bytes_add_doubles(out, numbers, 3);
    aici_bytes_add_u32(out, view->mark_count);
    aici_buffer_add(out, (const char *)view->low, quantiles);
    aici_buffer_add(out, (const char *)view->high, quantiles);
    aici_bytes_add_doubles(out, view->from, view->mark_count);
    aici_bytes_add_doubles(out, view->to, view->mark_count);
}

static void write_records(const aici_gathered *gathered, const aici_piece *piece, aici_buffer *out) {
    size_t records = (size_t)(piece->end - piece->first) * gathered->output_count;
    for (size_t i = 0; i < records; i++) {
        const aici_chunk *at = &piece->chunk[i];
        const double sums[] = {at->sum, at->square};
        const uint16_t counts[] = {at->finite, at->not_finite, at->out_of_bounds, at->kept};
        aici_bytes_add_doubles(out, sums, 2);
        aici_bytes_add_u16s(out, counts, 4);
        aici_bytes_add_u16s(out, piece->below + i * gathered->marks, gathered->marks);
    }
}

/** Pieces that lie one behind the other are one run. */
static size_t end_of_run(const aici_gathered *gathered, size_t first) {
    size_t end = first + 1;
    while (end < gathered->piece_count && gathered->piece[end].first == gathered->piece[end - 1].end)
        end++;
    return end;
}

/** What is written is given back at once: memory never holds it twice. */
static void write_run(const aici_gathered *gathered, size_t first, size_t end, size_t begin, aici_buffer *out) {
    aici_bytes_add_u64(out, gathered->piece[first].first);
    aici_bytes_add_u64(out, gathered->piece[end - 1].end);
    for (size_t i = first; i < end; i++) {
        write_records(gathered, &gathered->piece[i], out);
        end_records(gathered, &gathered->piece[i]);
    }
    aici_bytes_add_padding(out, begin);
    for (uint32_t k = 0; k < gathered->output_count; k++)
        for (size_t i = first; i < end; i++) {
            aici_kept *kept = &gathered->piece[i].kept[k];
            aici_bytes_add_doubles(out, kept->value, kept->count);
            end_kept(gathered, kept);
        }
}

static bool is_empty_run(const aici_gathered *gathered, size_t first, size_t end) {
    return gathered->piece[first].first == gathered->piece[end - 1].end;
}

void aici_gathered_write(aici_gathered *gathered, aici_buffer *out) {
    const size_t begin = out->size;
    uint64_t runs = 0;
    aici_bytes_add_u32(out, gathered->output_count);
    aici_bytes_add_u32(out, gathered->marks);
    for (uint32_t i = 0; i < gathered->output_count; i++)
        write_view(&gathered->view[i], gathered->quantile_count, out);
    for (size_t i = 0, end; i < gathered->piece_count; i = end) {
        end = end_of_run(gathered, i);
        runs += !is_empty_run(gathered, i, end);
    }
    aici_bytes_add_u64(out, runs);
    for (size_t i = 0, end; i < gathered->piece_count; i = end) {
        end = end_of_run(gathered, i);
        if (!is_empty_run(gathered, i, end))
            write_run(gathered, i, end, begin, out);
    }
}

/** What is being read. */
typedef struct reading {
    aici_bytes *from;
    const uint8_t *begin;
    uint64_t samples;
    uint32_t replicates;
    aici_gathered *to;
    bool no_memory;
} reading;

static bool marks_fit(const aici_view *view, uint32_t quantiles) {
    for (uint32_t i = 0; i < quantiles; i++)
        if ((view->low[i] && (view->low[i] < quantiles || view->low[i] >= view->mark_count)) ||
            (view->high[i] && (view->high[i] < quantiles || view->high[i] >= view->mark_count)))
            return false;
    return true;
}

static void read_bytes(aici_bytes *from, uint8_t *to, uint32_t count) {
    from->short_of = from->short_of || from->left < count;
    if (from->short_of)
        return;
    memcpy(to, from->at, count);
    from->at += count;
    from->left -= count;
}

static bool read_view(reading *self, aici_view *view) {
    double numbers[3];
    uint32_t quantiles = self->to->quantile_count;
    aici_bytes_doubles(self->from, numbers, 3);
    *view = (aici_view){.shift = numbers[0], .kurtosis = numbers[1], .share = numbers[2], .mark_count = aici_bytes_u32(self->from)};
    if (view->mark_count < quantiles || view->mark_count > self->to->marks || view->mark_count > AICI_MOST_MARKS)
        return false;
    read_bytes(self->from, view->low, quantiles);
    read_bytes(self->from, view->high, quantiles);
    aici_bytes_doubles(self->from, view->from, view->mark_count);
    aici_bytes_doubles(self->from, view->to, view->mark_count);
    return !self->from->short_of && marks_fit(view, quantiles);
}

static bool read_record(reading *self, uint32_t lanes, aici_chunk *at, uint16_t *below) {
    double sums[2];
    uint16_t counts[4];
    aici_bytes_doubles(self->from, sums, 2);
    aici_bytes_u16s(self->from, counts, 4);
    aici_bytes_u16s(self->from, below, self->to->marks);
    *at = (aici_chunk){sums[0], sums[1], counts[0], counts[1], counts[2], counts[3]};
    for (uint32_t i = 0; i < self->to->marks; i++)
        if (below[i] > at->finite)
            return false;
    return (uint32_t)at->finite + at->not_finite == lanes && at->kept <= at->finite && at->out_of_bounds <= lanes;
}

/** Where they stand, or a copy. */
static bool take_values(reading *self, size_t count, aici_kept *kept) {
    const double *borrowed = aici_bytes_borrow_doubles(self->from, count);
    if (borrowed) {
        *kept = (aici_kept){(double *)(uintptr_t)borrowed, count, 0, true};
        return true;
    }
    double *value = aici_memory_take(self->to->allocator, (count + 1) * sizeof *value);
    self->no_memory = !value;
    if (!value)
        return false;
    *kept = (aici_kept){value, count, count + 1, false};
    aici_bytes_doubles(self->from, value, count);
    return true;
}

static bool read_kept(reading *self, aici_piece *piece, uint32_t output) {
    uint64_t count = 0;
    for (uint64_t k = 0; k < piece->end - piece->first; k++)
        count += piece->chunk[k * self->to->output_count + output].kept;
    if (!aici_bytes_have(self->from, count, sizeof(double)))
        return false;
    if (!take_values(self, (size_t)count, &piece->kept[output]))
        return false;
    bool finite = true;
    for (size_t i = 0; i < count; i++)
        finite = finite && isfinite(piece->kept[output].value[i]);
    return finite;
}

static bool read_run(reading *self, uint64_t not_before) {
    uint64_t first = aici_bytes_u64(self->from), end = aici_bytes_u64(self->from);
    uint32_t outputs = self->to->output_count;
    if (self->from->short_of || first < not_before || first >= end || end > aici_eval_chunk_count(self->samples, self->replicates) ||
        !aici_bytes_have(self->from, (end - first) * outputs, RECORD_BYTES + 2 * (size_t)self->to->marks))
        return false;
    aici_piece *piece = aici_gathered_add(self->to, first, end, NULL);
    self->no_memory = !piece;
    bool good = piece;
    for (; good && piece->end < end; piece->end++) {
        uint64_t at = (piece->end - first) * outputs;
        uint64_t lanes = aici_eval_draws_before(self->samples, self->replicates, piece->end + 1) -
                         aici_eval_draws_before(self->samples, self->replicates, piece->end);
        for (uint32_t i = 0; good && i < outputs; i++)
            good = read_record(self, (uint32_t)lanes, &piece->chunk[at + i], piece->below + (at + i) * self->to->marks);
    }
    good = good && aici_bytes_padding(self->from, self->begin);
    for (uint32_t i = 0; good && i < outputs; i++)
        good = read_kept(self, piece, i);
    return good;
}

static bool read_all(reading *self) {
    uint64_t not_before = 0;
    for (uint32_t i = 0; i < self->to->output_count; i++)
        if (!read_view(self, &self->to->view[i]))
            return false;
    uint64_t runs = aici_bytes_u64(self->from);
    for (uint64_t i = 0; i < runs; i++) {
        if (!read_run(self, not_before))
            return false;
        not_before = self->to->piece[self->to->piece_count - 1].end + 1; /* else they were one run */
    }
    return !self->from->short_of;
}

bool aici_gathered_read(aici_bytes *from, uint64_t samples, uint32_t replicates, uint32_t quantiles, const aic_allocator *allocator,
                        aici_gathered **out, bool *no_memory) {
    const uint8_t *begin = from->at;
    uint32_t outputs = aici_bytes_u32(from), marks = aici_bytes_u32(from);
    reading self = {from, begin, samples, replicates, NULL, false};
    *out = NULL;
    *no_memory = false;
    if (from->short_of || !aici_bytes_have(from, outputs, VIEW_BYTES) || quantiles > AICI_MOST_QUANTILES || marks < quantiles ||
        marks > 3 * quantiles)
        return false;
    self.to = aici_gathered_new(allocator, outputs, quantiles);
    self.no_memory = !self.to;
    if (self.to) {
        self.to->marks = marks;
        if (read_all(&self)) {
            *out = self.to;
            return true;
        }
    }
    *no_memory = self.no_memory;
    aici_gathered_free(self.to);
    return false;
}
