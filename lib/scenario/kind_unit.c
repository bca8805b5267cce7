/* SPDX-License-Identifier: MIT */
/*
 * The unit of an input or output: `unit:` becomes a unit and an exponent of money, which stands for whichever currency a model uses;
 * `like:` names another input; `show:` is checked. What `like` names is looked up once all inputs are known, in kind_formula.c.
 */
#include "scenario/kind_reader.h"

#include <string.h>

/* --- money ---------------------------------------------------------------------------------------------------------------------------- */

/* A factor of a unit's text with the separator before it: none, a slash, or a joiner (hyphen, middle dot). */
typedef struct factor {
    aici_slice separator, text;
} factor;

static const char middle_dot[] = "\xc2\xb7";

static size_t separator_size(aici_slice rest, bool after_caret) {
    if (rest.bytes[0] == '/' || (rest.bytes[0] == '-' && !after_caret))
        return 1;
    return rest.size >= 2 && memcmp(rest.bytes, middle_dot, 2) == 0 ? 2 : 0;
}

/* Takes the next factor from the front of @p rest; false at the end. */
static bool next_factor(aici_slice *rest, factor *out) {
    if (rest->size == 0)
        return false;
    size_t before = separator_size(*rest, false), end = before;
    while (end < rest->size && !separator_size((aici_slice){rest->bytes + end, rest->size - end}, end > 0 && rest->bytes[end - 1] == '^'))
        end++;
    out->separator = (aici_slice){rest->bytes, before};
    out->text = (aici_slice){rest->bytes + before, end - before};
    rest->bytes += end;
    rest->size -= end;
    return true;
}

/* `money`, `money^2`, `money^-1`: the exponent, else 0. */
static int money_exponent(aici_slice text) {
    static const char word[] = "money";
    size_t size = sizeof word - 1;
    if (text.size < size || memcmp(text.bytes, word, size) != 0)
        return 0;
    if (text.size == size)
        return 1;
    bool negative = text.size == size + 3 && text.bytes[size + 1] == '-';
    char digit = text.bytes[text.size - 1];
    if (text.bytes[size] != '^' || text.size != size + (negative ? 3 : 2) || digit < '1' || digit > '9')
        return 0;
    return negative ? '0' - digit : digit - '0';
}

/* Writes @p text without its money to @p rest (which has room for it and three bytes more) and returns money's exponent. */
static int strip_money(aici_slice text, char *rest) {
    int money = 0, sign = 1;
    size_t size = 0;
    factor part;
    aici_slice inherited = {NULL, 0};
    bool inherits = false;
    while (next_factor(&text, &part)) {
        bool slash = part.separator.size == 1 && part.separator.bytes[0] == '/';
        sign = slash ? -1 : sign;
        if (inherits && !slash)
            part.separator = inherited;
        int exponent = money_exponent(part.text);
        money += sign * exponent;
        inherits = exponent != 0;
        inherited = part.separator;
        if (inherits)
            continue;
        if (size == 0 && part.separator.size > 0)
            rest[size++] = '1';
        memcpy(rest + size, part.separator.bytes, part.separator.size);
        memcpy(rest + size + part.separator.size, part.text.bytes, part.text.size);
        size += part.separator.size + part.text.size;
    }
    if (size == 0)
        rest[size++] = '1';
    rest[size] = '\0';
    return money;
}

/* --- units ---------------------------------------------------------------------------------------------------------------------------- */

static aici_place locate_whole(const aici_fragment *fragment, size_t begin, size_t end) {
    (void)begin;
    (void)end;
    return ((const aici_node *)fragment->origin)->place;
}

static bool read_units(aici_kind_reader *reader, const aici_fragment *fragment, const aici_node *node, aici_unit *out) {
    aic_status status = aici_units_read(reader->expr->units, fragment, 0, fragment->text.size, out, reader->expr->report);
    if (status != AIC_OK || !out->flops_ambiguous)
        return aici_kind_note(reader, status);
    bool go_on = aici_kind_fault(reader, AICI_CODE_UNIT_AMBIGUOUS_FLOPS, node, "%s: `%s` could be an amount or a rate", reader->member,
                                 node->as.text.bytes);
    aici_report_hint(reader->expr->report, "write FLOP for an amount, FLOP/s for a rate");
    return go_on;
}

static bool read_money_unit(aici_kind_reader *reader, const aici_node *node, aici_kind_unit *out) {
    char *rest = aici_arena_take(reader->expr->arena, node->as.text.size + 4);
    if (!rest)
        return aici_kind_no_memory(reader);
    out->money = (int16_t)(strip_money(node->as.text, rest) * AICI_EXPONENT_ONE);
    aici_fragment fragment = {.text = aici_slice_of(rest), .locate = locate_whole, .origin = node};
    return read_units(reader, &fragment, node, &out->unit);
}

bool aici_kind_read_unit_text(aici_kind_reader *reader, const aici_node *node, aici_kind_unit *out) {
    const aici_node *text = node;
    if (!aici_kind_shape(reader, &text, AICI_NODE_SCALAR, "a unit"))
        return false;
    if (!text)
        return true;
    out->text = node->as.text.bytes;
    out->any = aici_slice_is(node->as.text, "any");
    if (out->any)
        return true;
    if (strstr(out->text, "money"))
        return read_money_unit(reader, node, out);
    aici_fragment fragment = aici_node_fragment(node);
    return read_units(reader, &fragment, node, &out->unit);
}

bool aici_kind_read_unit(aici_kind_reader *reader, const aici_node *unit, const aici_node *like, bool pure_number, aici_kind_unit *out) {
    *out = (aici_kind_unit){.text = "1"};
    if (unit && like)
        return aici_kind_fault(reader, AICI_CODE_BAD_KIND, like, "%s: `unit` and `like` exclude each other", reader->member);
    if (unit)
        return aici_kind_read_unit_text(reader, unit, out);
    if (like)
        return aici_kind_text(reader, like, "like", &out->like);
    out->unit.scale = 1;
    if (pure_number)
        return true;
    bool go_on = aici_kind_fault(reader, AICI_CODE_MISSING_KEY, reader->node, "%s: has no `unit`", reader->member);
    aici_report_hint(reader->expr->report,
                     "give `unit: FLOP/s` (say), `unit: \"1\"` for a pure number, `unit: any`, or `like:` another input");
    return go_on;
}

bool aici_kind_read_shown(aici_kind_reader *reader, const aici_node *node, const aici_kind_unit *unit, const char **shown) {
    aici_kind_unit read = {.unit = {.scale = 0}}; /* 0 stays where the unit cannot be read */
    *shown = NULL;
    if (!node)
        return true;
    if (!aici_kind_read_unit_text(reader, node, &read))
        return false;
    bool known = !unit->any && !unit->like && unit->unit.scale > 0;
    bool fits = !read.any && !read.money && !(known && (unit->money || !aici_dimension_equal(&read.unit.dimension, &unit->unit.dimension)));
    if (!fits)
        return aici_kind_fault(reader, AICI_CODE_BAD_KIND, node, "%s: `show: %s` is no unit of %s", reader->member, read.text, unit->text);
    *shown = read.unit.scale > 0 ? read.text : NULL;
    return true;
}
