/* SPDX-License-Identifier: MIT */
/* Roots by brackets: sign changes between neighbours of the grid, closed in on by Chandrupatla's method (1997); smallest misses, in which a
 * root may only touch. */
#include "analysis/root.h"
#include "base/elementary.h"

#include <math.h>

enum { MOST_STEPS = 200, GOLDEN_STEPS = 64, MOST_ROOTS = 1000 };

static const double NEAR = 1e-9;   /* of the target: what is farther off than this behind the last bracket is a jump */
static const double TOUCH = 1e-12; /* of the target: what comes as near as this without crossing touches it */
static const double FLAT = 1e-6;   /* of the place: less than this is met all around by the last bits only */
static const double GOLDEN = 0.6180339887498949;
static const double TWO_ULP = 4.440892098500626e-16;

typedef struct node {
    double x, y;
} node;

typedef struct hunt {
    const aici_root_search *search;
    aici_roots *out;
    node *at; /**< the grid, and the ends of the stretches on which there are values */
    size_t count;
    aic_status status;
} hunt;

static double miss_at(hunt *self, double x) {
    double y = (double)NAN;
    if (self->status == AIC_OK)
        self->status = self->search->miss(self->search->context, 1, &x, &y);
    return self->status == AIC_OK ? y : (double)NAN;
}

static node look(hunt *self, double x) { return (node){x, miss_at(self, x)}; }

static double middle_of(double a, double b) { return a / 2 + b / 2; }

static void keep(hunt *self, const aici_root *root) {
    aici_roots *out = self->out;
    if (self->status != AIC_OK || out->count >= MOST_ROOTS)
        return;
    aici_root *grown = aici_memory_grow(self->search->allocator, out->root, out->count, &out->capacity, sizeof *grown);
    if (!grown) {
        self->status = AIC_ERROR_MEMORY;
        return;
    }
    out->root = grown;
    grown[out->count++] = *root;
}

/* --- the edge of something ------------------------------------------------------------------------------------------------------------ */

static bool has_value(double y) { return isfinite(y); }
static bool is_met(double y) { return y == 0; }

/** The last place, seen from @p inside, where @p is holds; at @p outside it does not. */
static node edge(hunt *self, node inside, double outside, bool (*is)(double y)) {
    for (int i = 0; i < MOST_STEPS && self->status == AIC_OK; i++) {
        node middle = look(self, middle_of(inside.x, outside));
        if (middle.x == inside.x || middle.x == outside)
            break;
        if (is(middle.y))
            inside = middle;
        else
            outside = middle.x;
    }
    return inside;
}

/* --- one root ------------------------------------------------------------------------------------------------------------------------- */

static double nearest_to(double wanted, double from, double to) {
    return isnan(wanted) || wanted < from ? from : wanted > to ? to : wanted;
}

/** Where the target is met exactly, it may be met all around: between the neighbours at which it is not. */
static void keep_met(hunt *self, node at, double left, double right) {
    node from = at, to = at, down = look(self, at.x - FLAT * fabs(at.x)), up = look(self, at.x + FLAT * fabs(at.x));
    if (is_met(down.y) && down.x > left)
        from = edge(self, down, left, is_met);
    if (is_met(up.y) && up.x < right)
        to = edge(self, up, right, is_met);
    bool flat = to.x - from.x > FLAT * fabs(at.x);
    keep(self, &(aici_root){.at = flat ? nearest_to(self->search->present, from.x, to.x) : at.x,
                            .from = flat ? from.x : at.x,
                            .to = flat ? to.x : at.x});
}

static double size_of_target(const hunt *self, node a, node b) {
    double target = fabs(self->search->target);
    return target > 0 ? target : fmax(fabs(a.y), fabs(b.y));
}

/** Inverse quadratic interpolation where it is trusted, else the middle; as a share of the way from a to b. */
static double share_of(node a, node b, node c) {
    double xi = (a.x - b.x) / (c.x - b.x), phi = (a.y - b.y) / (c.y - b.y);
    if (!(phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi))
        return 0.5;
    return a.y / (b.y - a.y) * c.y / (b.y - c.y) + (c.x - a.x) / (b.x - a.x) * a.y / (c.y - a.y) * b.y / (c.y - b.y);
}

/** Whether a steep function only seems to jump: then it changes by more over a wider stretch. */
static bool is_steep(hunt *self, node low, node high) {
    double width = 1024 * (high.x - low.x), apart = fabs(high.y - low.y);
    double wide = fabs(miss_at(self, high.x + width) - miss_at(self, low.x - width));
    return isfinite(wide) && apart < wide / 2;
}

/** Closes in on a change of sign until nothing lies between. What has no value on the way is a jump. */
static void close_in(hunt *self, node left, node right) {
    node a = right, b = left, c;
    double share = 0.5, size = size_of_target(self, left, right);
    for (int i = 0; i < MOST_STEPS && self->status == AIC_OK; i++) {
        node next = look(self, a.x + share * (b.x - a.x));
        if (!isfinite(next.y)) {
            b = (b.y < 0) == (left.y < 0) ? left : right;
            break;
        }
        bool same = (next.y > 0) == (a.y > 0);
        c = same ? a : b;
        b = same ? b : a;
        a = next;
        double near = fabs(a.y) < fabs(b.y) ? a.x : b.x, limit = TWO_ULP * fabs(near) / fabs(b.x - a.x);
        if (a.y == 0 || a.x == b.x || !(limit < 0.5))
            break;
        share = share_of(a, b, c);
        share = share < limit ? limit : share > 1 - limit ? 1 - limit : share;
    }
    node best = fabs(a.y) <= fabs(b.y) ? a : b, low = a.x < b.x ? a : b, high = a.x < b.x ? b : a;
    if (best.y == 0)
        keep_met(self, best, left.x, right.x);
    else if (fabs(best.y) <= NEAR * size || is_steep(self, low, high))
        keep(self, &(aici_root){.at = best.x, .from = best.x, .to = best.x});
    else
        keep(self, &(aici_root){.at = best.x, .from = low.x, .to = high.x, .jumps = true, .before = low.y, .after = high.y});
}

static bool changes_sign(node a, node b) { return (a.y < 0 && b.y > 0) || (a.y > 0 && b.y < 0); }

/** The miss is smallest in the middle of three; it may come to nothing between. */
static void look_for_touch(hunt *self, node left, node middle, node right) {
    double from = left.x, to = right.x;
    node best = middle, p = look(self, to - GOLDEN * (to - from)), q = look(self, from + GOLDEN * (to - from));
    for (int i = 0; i < GOLDEN_STEPS && self->status == AIC_OK; i++) {
        best = fabs(p.y) < fabs(best.y) ? p : best;
        best = fabs(q.y) < fabs(best.y) ? q : best;
        if (changes_sign(left, best)) {
            close_in(self, left, best);
            close_in(self, best, right);
            return;
        }
        if (fabs(p.y) < fabs(q.y)) {
            to = q.x;
            q = p;
            p = look(self, to - GOLDEN * (to - from));
        } else {
            from = p.x;
            p = q;
            q = look(self, from + GOLDEN * (to - from));
        }
        if (best.y == 0)
            break;
    }
    if (best.y == 0)
        keep_met(self, best, left.x, right.x);
    else if (fabs(best.y) <= TOUCH * size_of_target(self, left, right))
        keep(self, &(aici_root){.at = best.x, .from = best.x, .to = best.x});
}

/* --- the walk along the grid ---------------------------------------------------------------------------------------------------------- */

static size_t end_of_met(const hunt *self, size_t first) {
    size_t last = first;
    while (last + 1 < self->count && self->at[last + 1].y == 0)
        last++;
    return last;
}

/** Neighbours of the grid that meet the target, and what lies between. */
static size_t walk_over_met(hunt *self, size_t first) {
    size_t last = end_of_met(self, first);
    node from = self->at[first], to = self->at[last];
    double left = first > 0 ? self->at[first - 1].x : from.x, right = last + 1 < self->count ? self->at[last + 1].x : to.x;
    if (first == last) {
        keep_met(self, from, left, right);
        return last;
    }
    from = first > 0 ? edge(self, from, left, is_met) : from;
    to = last + 1 < self->count ? edge(self, to, right, is_met) : to;
    keep(self, &(aici_root){.at = nearest_to(self->search->present, from.x, to.x), .from = from.x, .to = to.x});
    return last;
}

static bool is_nearest(const hunt *self, size_t i) {
    if (i == 0 || i + 1 >= self->count)
        return false;
    double before = self->at[i - 1].y, here = self->at[i].y, after = self->at[i + 1].y;
    return isfinite(before) && isfinite(here) && isfinite(after) && before * here > 0 && after * here > 0 && fabs(here) <= fabs(before) &&
           fabs(here) <= fabs(after) && (fabs(here) < fabs(before) || fabs(here) < fabs(after));
}

static void walk(hunt *self) {
    for (size_t i = 0; i < self->count && self->status == AIC_OK; i++) {
        if (self->at[i].y == 0)
            i = walk_over_met(self, i);
        else if (is_nearest(self, i))
            look_for_touch(self, self->at[i - 1], self->at[i], self->at[i + 1]);
        if (i + 1 < self->count && changes_sign(self->at[i], self->at[i + 1]))
            close_in(self, self->at[i], self->at[i + 1]);
    }
}

/* --- the grid ------------------------------------------------------------------------------------------------------------------------- */

static void note_value(hunt *self, double y) {
    aici_roots *out = self->out;
    if (!isfinite(y))
        return;
    out->finite++;
    out->lowest = !(out->lowest <= y) ? y : out->lowest;
    out->highest = !(out->highest >= y) ? y : out->highest;
}

static void add_node(hunt *self, node at) { self->at[self->count++] = at; }

/** Where values end between two places of the grid, the last one is looked for: a root may lie before it. */
static void lay_out(hunt *self, const double *miss) {
    const aici_root_search *search = self->search;
    for (size_t i = 0; i < search->grid_count && self->status == AIC_OK; i++) {
        node here = {search->grid[i], miss[i]}, before = i ? (node){search->grid[i - 1], miss[i - 1]} : here;
        if (isfinite(before.y) && !isfinite(here.y))
            add_node(self, edge(self, before, here.x, has_value));
        if (!isfinite(before.y) && isfinite(here.y))
            add_node(self, edge(self, here, before.x, has_value));
        add_node(self, here);
        note_value(self, here.y);
    }
}

static double distance(double at, double present) {
    if (isnan(present))
        return 0;
    if (at * present > 0)
        return fabs(aici_ln(at / present));
    return 1e3 + fabs(at - present) / fmax(fabs(present), 1e-300);
}

static double present_of_sort(const aici_root *root, double present) { return distance(root->at, present); }

/** Few, so they are sorted by insertion; neighbours that are the same place are one. */
static void sort(const hunt *self) {
    aici_roots *out = self->out;
    double present = self->search->present;
    size_t kept = 0;
    for (size_t i = 0; i < out->count; i++) {
        aici_root next = out->root[i];
        bool again =
            kept > 0 && i > 0 && fabs(next.at - out->root[kept - 1].at) <= 1e-12 * fabs(next.at) && next.jumps == out->root[kept - 1].jumps;
        if (!again)
            out->root[kept++] = next;
    }
    out->count = kept;
    for (size_t i = 1; i < kept; i++)
        for (size_t k = i; k > 0 && present_of_sort(&out->root[k], present) < present_of_sort(&out->root[k - 1], present); k--) {
            aici_root other = out->root[k];
            out->root[k] = out->root[k - 1];
            out->root[k - 1] = other;
        }
}

aic_status aici_roots_find(const aici_root_search *search, aici_roots *out) {
    hunt self = {.search = search, .out = out};
    *out = (aici_roots){.lowest = (double)NAN, .highest = (double)NAN};
    double *miss = aici_memory_take_array(search->allocator, search->grid_count + 1, sizeof *miss);
    self.at = aici_memory_take_array(search->allocator, 3 * search->grid_count + 1, sizeof *self.at);
    self.status = miss && self.at ? search->miss(search->context, search->grid_count, search->grid, miss) : AIC_ERROR_MEMORY;
    if (self.status == AIC_OK)
        lay_out(&self, miss);
    if (self.status == AIC_OK)
        walk(&self);
    if (self.status == AIC_OK)
        sort(&self);
    aici_memory_release(search->allocator, miss);
    aici_memory_release(search->allocator, self.at);
    return self.status;
}
