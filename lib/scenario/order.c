/* SPDX-License-Identifier: MIT */
/*
 * The order of computing: strongly connected components of who needs whom (R. Tarjan 1972, doi:10.1137/0201010), each after all that it
 * needs. A component of several is a recursion over time when all circles in it go through previous() or delay(), and a fault with the path
 * of the circle otherwise. Everything is iterative: a chain of names may be as long as it likes.
 */
#include "scenario/bind.h"

/** A draft on the way down, and the next of its uses to look at. */
typedef struct frame {
    uint32_t draft, next;
} frame;

typedef struct sorter {
    aici_binder *binder;
    uint32_t *number, *low; /* of Tarjan's algorithm; number 0: not seen yet */
    uint32_t *component;    /* number of the component, 0: not known yet */
    uint32_t *before;       /* where a search came from */
    uint8_t *color;         /* inside a component: 0 not seen, 1 on the way, 2 done */
    uint32_t *stack;
    frame *frames;
    uint32_t stack_count, frame_count, seen, components, ordered;
} sorter;

static bool make_room(sorter *self) {
    size_t count = self->binder->draft_count;
    aici_arena *scratch = self->binder->scratch;
    self->number = aici_arena_take_array(scratch, count, sizeof *self->number);
    self->low = aici_arena_take_array(scratch, count, sizeof *self->low);
    self->component = aici_arena_take_array(scratch, count, sizeof *self->component);
    self->before = aici_arena_take_array(scratch, count, sizeof *self->before);
    self->color = aici_arena_take_array(scratch, count, sizeof *self->color);
    self->stack = aici_arena_take_array(scratch, count, sizeof *self->stack);
    self->frames = aici_arena_take_array(scratch, count, sizeof *self->frames);
    self->binder->order = aici_arena_take_array(scratch, count, sizeof *self->binder->order);
    self->binder->group = aici_arena_take_array(scratch, count, sizeof *self->binder->group);
    return (self->number && self->low && self->component && self->before && self->color && self->stack && self->frames &&
            self->binder->order && self->binder->group) ||
           aici_bind_no_memory(self->binder);
}

static const aici_edge *edge_at(const sorter *self, uint32_t draft, uint32_t use) {
    return &self->binder->edge[self->binder->draft[draft].first_use + use];
}

/* --- circles -------------------------------------------------------------------------------------------------------------------------- */

/* The first of a circle in the order of the scenario, where the scenario itself wrote it. */
static uint32_t find_start(const aici_binder *binder, const uint32_t *circle, uint32_t count) {
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++) {
        bool kind = binder->draft[circle[i]].script == AICI_SCRIPT_KIND, best_kind = binder->draft[circle[best]].script == AICI_SCRIPT_KIND;
        if (kind != best_kind ? best_kind : circle[i] < circle[best])
            best = i;
    }
    return best;
}

enum { SHOWN = 8 };

static void add_path(const aici_binder *binder, const uint32_t *circle, uint32_t count, uint32_t start, aici_buffer *text) {
    for (uint32_t i = 0; i <= count; i++) {
        if (count > SHOWN && i == SHOWN - 2) {
            aici_buffer_add_text(text, " -> …");
            i = count - 1;
        }
        aici_buffer_add_format(text, "%s%s", i > 0 ? " -> " : "", binder->draft[circle[(start + i) % count]].quantity.name);
    }
}

static aici_place place_of_use(const sorter *self, uint32_t from, uint32_t to) {
    const aici_draft *draft = &self->binder->draft[from];
    for (uint32_t i = 0; draft->script != AICI_SCRIPT_KIND && i < draft->use_count; i++) {
        const aici_edge *edge = edge_at(self, from, i);
        if (edge->to == to && edge->name->fragment)
            return aici_fragment_place(edge->name->fragment, edge->name->begin, edge->name->end);
    }
    return draft->quantity.place;
}

/* What would break the circle. @p whole: a draft and another that looks at all years of it, or NULL. */
static void hint_at_repair(const aici_binder *binder, const uint32_t *whole, uint32_t used) {
    if (whole)
        aici_report_hint(binder->report, "%s looks at all years of %s, so no year of it can come first",
                         binder->draft[whole[1]].quantity.name, binder->draft[whole[0]].quantity.name);
    else if (binder->timeline)
        aici_report_hint(binder->report, "if the value of the year before is meant, write `previous(%s, initial)`",
                         binder->draft[used].quantity.name);
    else
        aici_report_hint(binder->report, "give one of them a value of its own");
}

static bool refuse_circle(sorter *self, const uint32_t *circle, uint32_t count, const uint32_t *whole) {
    aici_binder *binder = self->binder;
    uint32_t start = find_start(binder, circle, count), first = circle[start];
    aici_place place = place_of_use(self, first, circle[(start + 1) % count]);
    aici_buffer text = aici_buffer_new(binder->allocator);
    add_path(binder, circle, count, start, &text);
    if (aici_buffer_failed(&text)) {
        aici_buffer_free(&text);
        return aici_bind_no_memory(binder);
    }
    aic_status status = aici_report_error(binder->report, AICI_CODE_CYCLE, &place, "%s needs itself: %s",
                                          binder->draft[first].quantity.name, aici_buffer_text(&text));
    aici_buffer_free(&text);
    hint_at_repair(binder, whole, circle[(start + 1) % count]);
    aici_report_path(binder->report, "%s", binder->draft[first].path);
    return aici_bind_note(binder, status);
}

/* --- inside a component --------------------------------------------------------------------------------------------------------------- */

/* The way from one member to another, found breadth first, into @p way; returns its length. */
static uint32_t find_way(sorter *self, const uint32_t *members, uint32_t count, const uint32_t ends[2], uint32_t *way) {
    uint32_t component = self->component[ends[0]], head = 0, tail = 0, length = 1;
    for (uint32_t i = 0; i < count; i++)
        self->color[members[i]] = 0;
    self->color[ends[0]] = 1;
    way[tail++] = ends[0]; /* the queue, at first */
    while (head < tail && !self->color[ends[1]]) {
        uint32_t at = way[head++];
        for (uint32_t i = 0; i < self->binder->draft[at].use_count; i++) {
            const aici_edge *edge = edge_at(self, at, i);
            if (self->component[edge->to] != component || self->color[edge->to])
                continue;
            self->color[edge->to] = 1;
            self->before[edge->to] = at;
            way[tail++] = edge->to;
        }
    }
    for (uint32_t at = ends[1]; at != ends[0]; at = self->before[at])
        length++;
    uint32_t place = length;
    for (uint32_t at = ends[1]; place > 0; at = self->before[at])
        way[--place] = at;
    return length;
}

/* A member that needs all years of another, which needs it: no order of years can serve both. */
static bool find_whole_use(const sorter *self, const uint32_t *members, uint32_t count, uint32_t ends[2]) {
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < self->binder->draft[members[i]].use_count; k++) {
            const aici_edge *edge = edge_at(self, members[i], k);
            if (edge->use != AICI_USE_ALL_YEARS || self->component[edge->to] != self->component[members[i]])
                continue;
            ends[0] = edge->to;
            ends[1] = members[i];
            return true;
        }
    }
    return false;
}

/* The part of the way that leads back to where it is: a circle, in the order of the uses. */
static uint32_t close_circle(const frame *frames, uint32_t depth, uint32_t back_to, uint32_t *circle) {
    uint32_t first = depth - 1;
    while (frames[first].draft != back_to)
        first--;
    for (uint32_t i = first; i < depth; i++)
        circle[i - first] = frames[i].draft;
    return depth - first;
}

/* Walks down the uses of the same year from one member and orders what it finishes. Meeting a member on the way closes a circle: its
 * length, else 0. */
static uint32_t order_from(sorter *self, uint32_t member, uint32_t *circle) {
    frame *frames = self->frames + self->frame_count;
    uint32_t depth = 0, component = self->component[member];
    frames[depth++] = (frame){member, 0};
    self->color[member] = 1;
    while (depth > 0) {
        frame *top = &frames[depth - 1];
        if (top->next == self->binder->draft[top->draft].use_count) {
            self->color[top->draft] = 2;
            self->binder->order[self->ordered++] = top->draft;
            depth--;
            continue;
        }
        const aici_edge *edge = edge_at(self, top->draft, top->next++);
        if (edge->use != AICI_USE_SAME_YEAR || self->component[edge->to] != component || self->color[edge->to] == 2)
            continue;
        if (self->color[edge->to] == 1)
            return close_circle(frames, depth, edge->to, circle);
        self->color[edge->to] = 1;
        frames[depth++] = (frame){edge->to, 0};
    }
    return 0;
}

/* A component that cannot be computed keeps its place in the order, so that all drafts have one. */
static void give_up(sorter *self, const uint32_t *members, uint32_t count, uint32_t ordered) {
    for (uint32_t i = 0; i < count; i++) {
        self->binder->draft[members[i]].faulty = true;
        self->binder->order[ordered + i] = members[i];
    }
    self->ordered = ordered + count;
}

static bool order_recursion(sorter *self, const uint32_t *members, uint32_t count) {
    uint32_t ends[2], ordered = self->ordered;
    uint32_t *circle = aici_arena_take_array(self->binder->scratch, count, sizeof *circle);
    if (!circle)
        return aici_bind_no_memory(self->binder);
    if (find_whole_use(self, members, count, ends)) {
        uint32_t length = find_way(self, members, count, ends, circle);
        give_up(self, members, count, ordered);
        return refuse_circle(self, circle, length, ends);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t length = self->color[members[i]] == 0 ? order_from(self, members[i], circle) : 0;
        if (length == 0)
            continue;
        give_up(self, members, count, ordered);
        return refuse_circle(self, circle, length, NULL);
    }
    return true;
}

/* --- components ----------------------------------------------------------------------------------------------------------------------- */

static bool uses_itself(const sorter *self, uint32_t draft) {
    for (uint32_t i = 0; i < self->binder->draft[draft].use_count; i++)
        if (edge_at(self, draft, i)->to == draft)
            return true;
    return false;
}

static bool take_component(sorter *self, uint32_t root) {
    uint32_t first = self->stack_count;
    self->components++;
    do {
        self->component[self->stack[--first]] = self->components;
    } while (self->stack[first] != root);
    const uint32_t *members = &self->stack[first];
    uint32_t count = self->stack_count - first;
    bool recursive = count > 1 || uses_itself(self, root);
    self->binder->group[self->binder->group_count++] = (aici_group){self->ordered, count, recursive};
    self->stack_count = first;
    if (recursive)
        return order_recursion(self, members, count);
    self->binder->order[self->ordered++] = root;
    return true;
}

static void enter(sorter *self, uint32_t draft) {
    self->number[draft] = self->low[draft] = ++self->seen;
    self->stack[self->stack_count++] = draft;
    self->frames[self->frame_count++] = (frame){draft, 0};
}

static void lower(uint32_t *low, uint32_t to) {
    if (to < *low)
        *low = to;
}

/* All that can be reached from one draft. */
static bool sort_from(sorter *self, uint32_t draft) {
    enter(self, draft);
    while (self->frame_count > 0) {
        frame *top = &self->frames[self->frame_count - 1];
        uint32_t at = top->draft;
        if (top->next < self->binder->draft[at].use_count) {
            uint32_t to = edge_at(self, at, top->next++)->to;
            if (self->number[to] == 0)
                enter(self, to);
            else if (self->component[to] == 0)
                lower(&self->low[at], self->number[to]);
            continue;
        }
        self->frame_count--;
        if (self->frame_count > 0)
            lower(&self->low[self->frames[self->frame_count - 1].draft], self->low[at]);
        if (self->low[at] == self->number[at] && !take_component(self, at))
            return false;
    }
    return true;
}

bool aici_bind_order(aici_binder *binder) {
    sorter self = {.binder = binder};
    if (!make_room(&self))
        return false;
    for (uint32_t i = 0; i < binder->draft_count; i++)
        if (self.number[i] == 0 && !sort_from(&self, i))
            return false;
    return true;
}
