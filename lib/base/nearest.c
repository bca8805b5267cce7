/* SPDX-License-Identifier: MIT */
/*
 * From a name that nobody defines to the one that was probably meant: the fewest letters added, left out, changed or swapped
 * (optimal string alignment, P. E. Damerau 1964, V. I. Levenshtein 1965), case and underscores nearly free; or one name inside the other.
 * Only distances up to 3 matter, so only a band of seven diagonals is computed.
 */
#include "base/names.h"
#include "base/utf8.h"

#include <string.h>

enum { LONGEST = sizeof((aici_nearest *)0)->best - 1, NEAR = 3, SHORTEST_WANTED = 3, SHORTEST_INSIDE = 4 };

/* What a candidate costs. A name inside another ranks behind two changed letters and before three, the shorter rest first. */
enum { EDIT = 1000, INSIDE = 2500, SPELLING = 1, NOWHERE = 1000000 };

struct folded {
    uint32_t points[LONGEST];
    unsigned count;
    uint64_t letters; /* a bit for each that occurs: tells most pairs apart at once */
};

static uint32_t fold_point(uint32_t point) { return point >= 'A' && point <= 'Z' ? point - 'A' + 'a' : point; }

/* Lower case, no underscores; false for a name that is too long to be offered. */
static bool fold(aici_slice name, struct folded *folded) {
    folded->count = 0;
    folded->letters = 0;
    if (name.size > LONGEST)
        return false;
    for (size_t i = 0; i < name.size;) {
        uint32_t point = (unsigned char)name.bytes[i];
        size_t bytes = aici_utf8_decode(name.bytes + i, name.size - i, &point);
        i += bytes ? bytes : 1;
        if (point == '_')
            continue;
        point = fold_point(point);
        folded->points[folded->count++] = point;
        folded->letters |= UINT64_C(1) << point % 64;
    }
    return true;
}

static unsigned smaller(unsigned left, unsigned right) { return left < right ? left : right; }

/* Rows of the distance table: [0] for the letter at hand, [1] and [2] for the two before it. */
struct rows {
    unsigned cells[3][LONGEST + 1];
};

static unsigned best_of_cell(const struct rows *rows, const struct folded *left, const struct folded *right, unsigned i, unsigned j) {
    bool same = left->points[i - 1] == right->points[j - 1];
    unsigned best = rows->cells[1][j - 1] + (same ? 0 : 1);
    best = smaller(best, smaller(rows->cells[1][j], rows->cells[0][j - 1]) + 1);
    bool swapped = i > 1 && j > 1 && left->points[i - 1] == right->points[j - 2] && left->points[i - 2] == right->points[j - 1];
    return swapped ? smaller(best, rows->cells[2][j - 2] + 1) : best;
}

static void begin_row(struct rows *rows, unsigned i, unsigned cells) {
    if (i > 1)
        memcpy(rows->cells[2], rows->cells[1], cells * sizeof(unsigned));
    memcpy(rows->cells[1], rows->cells[0], cells * sizeof(unsigned));
    for (unsigned j = 0; j < cells; j++)
        rows->cells[0][j] = NEAR + 1;
    if (i <= NEAR)
        rows->cells[0][0] = i;
}

static unsigned count_bits(uint64_t word) {
    unsigned bits = 0;
    for (; word; word &= word - 1)
        bits++;
    return bits;
}

/* One change of a letter takes one out of the set of letters and puts one in, at most. */
static bool are_far_apart(const struct folded *left, const struct folded *right) {
    return left->count > right->count + NEAR || right->count > left->count + NEAR || count_bits(left->letters ^ right->letters) > 2 * NEAR;
}

/* The distance where it is at most NEAR, else something greater. */
static unsigned distance_of(const struct folded *left, const struct folded *right) {
    if (are_far_apart(left, right))
        return NEAR + 1;
    struct rows rows;
    for (unsigned j = 0; j <= right->count; j++)
        rows.cells[0][j] = j;
    for (unsigned i = 1; i <= left->count; i++) {
        begin_row(&rows, i, right->count + 1);
        unsigned first = i > NEAR ? i - NEAR : 1, last = smaller(i + NEAR, right->count), least = rows.cells[0][0];
        for (unsigned j = first; j <= last; j++) {
            rows.cells[0][j] = best_of_cell(&rows, left, right, i, j);
            least = smaller(least, rows.cells[0][j]);
        }
        if (least > NEAR)
            return NEAR + 1;
    }
    return rows.cells[0][right->count];
}

static bool is_inside(const struct folded *part, const struct folded *whole) {
    if (part->count < SHORTEST_INSIDE || part->count > whole->count || part->letters & ~whole->letters)
        return false;
    for (unsigned i = 0; i <= whole->count - part->count; i++)
        if (memcmp(whole->points + i, part->points, part->count * sizeof part->points[0]) == 0)
            return true;
    return false;
}

static unsigned cost_of(const struct folded *wanted, const struct folded *candidate) {
    unsigned distance = distance_of(wanted, candidate);
    unsigned cost = distance <= NEAR && distance <= wanted->count / 3 ? distance * EDIT : NOWHERE;
    bool longer = candidate->count > wanted->count;
    if (longer ? is_inside(wanted, candidate) : is_inside(candidate, wanted))
        cost = smaller(cost, INSIDE + (longer ? candidate->count - wanted->count : wanted->count - candidate->count));
    return cost;
}

aici_nearest aici_nearest_to(aici_slice wanted) { return (aici_nearest){.wanted = wanted, .distance = NOWHERE}; }

void aici_nearest_offer(aici_nearest *nearest, aici_slice candidate) {
    struct folded wanted, offered;
    if (!fold(nearest->wanted, &wanted) || !fold(candidate, &offered))
        return;
    if (wanted.count < SHORTEST_WANTED || offered.count == 0)
        return;
    unsigned cost = cost_of(&wanted, &offered) + (aici_slice_equal(nearest->wanted, candidate) ? 0 : SPELLING);
    if (cost >= nearest->distance || cost >= NOWHERE)
        return;
    memcpy(nearest->best, candidate.bytes, candidate.size);
    nearest->best[candidate.size] = '\0';
    nearest->distance = cost;
}

const char *aici_nearest_name(const aici_nearest *nearest) { return nearest->best[0] ? nearest->best : NULL; }
