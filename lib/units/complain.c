/* SPDX-License-Identifier: MIT */
/*
 * The messages about units that cannot be read, each with its place and its repair. read.c finds the faults.
 */
#include "units/complain.h"
#include "units/scan.h"

#include "base/utf8.h"

#include <string.h>

static aici_slice text_of(const aici_unit_piece *piece) {
    if (piece->begin == piece->end)
        return (aici_slice){"", 0};
    return (aici_slice){piece->fragment->text.bytes + piece->begin, piece->end - piece->begin};
}

static aici_place place_of(const aici_unit_piece *piece) { return aici_fragment_place(piece->fragment, piece->begin, piece->end); }

/* --- names ---------------------------------------------------------------------------------------------------------------------------- */

struct guess {
    aici_nearest nearest;
    char other_case[8]; /* names of one or two letters are too short to be near anything, but may differ in case only */
};

static char lower(char byte) { return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte; }

static bool differs_in_case_only(aici_slice left, aici_slice right) {
    for (size_t i = 0; i < left.size && i < right.size; i++) {
        if (lower(left.bytes[i]) != lower(right.bytes[i]))
            return false;
    }
    return left.size == right.size;
}

static void guess(void *context, aici_slice name) {
    struct guess *guess = context;
    aici_nearest_offer(&guess->nearest, name);
    bool fits = guess->other_case[0] == '\0' && name.size < sizeof guess->other_case;
    if (fits && differs_in_case_only(guess->nearest.wanted, name))
        memcpy(guess->other_case, name.bytes, name.size);
}

static void hint_nearest(const aici_unit_piece *piece, aic_report *report) {
    struct guess guesses = {aici_nearest_to(text_of(piece)), ""};
    aici_units_each_name(piece->units, true, guess, &guesses);
    const char *name = aici_nearest_name(&guesses.nearest);
    if (!name && guesses.other_case[0])
        name = guesses.other_case;
    if (name)
        aici_report_hint(report, "did you mean `%s`?", name);
    else
        aici_report_hint(report, "units of your own are defined under `units`, as in `robot: base`");
}

static bool is_magnitude(aici_slice name) { return name.size == 1 && strchr("kKMGT", name.bytes[0]) != NULL; }

/* A name after `/` or a hyphen may have been meant as a quantity of the scenario. */
static void note_operator(const aici_unit_piece *piece, aic_report *report) {
    char before = piece->begin > piece->unit_begin ? piece->fragment->text.bytes[piece->begin - 1] : '\0';
    if (before == '/')
        aici_report_note(report, "to divide by the quantity `%.*s`, put spaces around `/`", AICI_SLICE(text_of(piece)));
    else if (before == '-')
        aici_report_note(report, "to subtract the quantity `%.*s`, put spaces around `-`", AICI_SLICE(text_of(piece)));
}

static aic_status refuse_unknown(const aici_unit_piece *piece, aic_report *report) {
    aici_place place = place_of(piece);
    aici_report_error(report, AICI_CODE_UNIT_UNKNOWN, &place, "`%.*s` is no unit", AICI_SLICE(text_of(piece)));
    if (is_magnitude(text_of(piece)))
        aici_report_hint(report, "a magnitude letter stands tight against its number, as in `5M USD`");
    else
        hint_nearest(piece, report);
    note_operator(piece, report);
    return AIC_ERROR_UNIT;
}

static aic_status refuse_prefix(const aici_unit_piece *piece, const aici_found *found, aic_report *report) {
    aici_place place = place_of(piece);
    aici_slice whole = text_of(piece), rest = aici_units_after(whole, found->prefix->size);
    const aici_library_unit *row = aici_units_row(found->entry);
    bool large = row && row->flags & AICI_PREFIX_LARGE;
    bool binary = row && row->flags & AICI_PREFIX_BINARY;
    aici_report_error(report, AICI_CODE_UNIT_PREFIX, &place, "`%.*s`: the unit `%.*s` does not take the prefix `%s`", AICI_SLICE(whole),
                      AICI_SLICE(rest), found->prefix->text);
    bool kilo = aici_slice_is(aici_slice_of(found->prefix->text), "K"), milli = aici_slice_is(aici_slice_of(found->prefix->text), "m");
    if (kilo && binary)
        aici_report_hint(report, "write `k%.*s` (1000) or `Ki%.*s` (1024)", AICI_SLICE(rest), AICI_SLICE(rest));
    else if (kilo && large)
        aici_report_hint(report, "write `k%.*s`", AICI_SLICE(rest));
    else if (milli && large)
        aici_report_hint(report, "`m` is milli; mega is `M%.*s`", AICI_SLICE(rest));
    else
        aici_report_hint(report, "write `%.*s`, with the magnitude at the number (`5M %.*s`)", AICI_SLICE(rest), AICI_SLICE(rest));
    return AIC_ERROR_UNIT;
}

static aic_status refuse_bit_or_byte(const aici_unit_piece *piece, const aici_found *found, aic_report *report) {
    aici_place place = place_of(piece);
    const char *prefix = found->prefix ? found->prefix->text : "";
    if (aici_slice_is(aici_slice_of(prefix), "K"))
        prefix = "k";
    aici_report_error(report, AICI_CODE_UNIT_BIT_OR_BILLION, &place, "`%.*s` could be %sbit or %sB (byte)%s", AICI_SLICE(text_of(piece)),
                      prefix, prefix, found->prefix ? "" : ", or billion");
    if (found->prefix)
        aici_report_hint(report, "write `%sbit` or `%sB`", prefix, prefix);
    else
        aici_report_hint(report, "write `bit` or `B`, or for billion a capital tight against the number: `7B`");
    return AIC_ERROR_UNIT;
}

aic_status aici_units_refuse_name(const aici_unit_piece *piece, const aici_found *found, aic_report *report) {
    if (found->as == AICI_FOUND_REFUSED_PREFIX)
        return refuse_prefix(piece, found, report);
    if (found->as == AICI_FOUND_BIT_OR_BYTE)
        return refuse_bit_or_byte(piece, found, report);
    return refuse_unknown(piece, report);
}

/* --- syntax --------------------------------------------------------------------------------------------------------------------------- */

static void hint_character(char byte, aic_report *report) {
    if (byte == '*')
        aici_report_hint(report, "join units with `·` or a hyphen, as in `GPU-hour`");
    else if (byte == '(' || byte == ')')
        aici_report_hint(report, "units take no brackets; a hyphen binds tighter than `/`: `USD/GPU-hour`");
    else if (byte == '^')
        aici_report_hint(report, "after `^` stands a number, as in `pixel^2`");
    else
        aici_report_hint(report, "a unit is written as `TFLOP/s/accelerator`, `USD/GPU-hour` or `pixel^2`");
}

static aic_status refuse_space(const aici_unit_piece *piece, aic_report *report) {
    aici_unit_piece after = *piece;
    while (after.begin < after.end && piece->fragment->text.bytes[after.begin] == ' ')
        after.begin++;
    aici_place place = place_of(&after);
    aici_report_error(report, AICI_CODE_UNIT_SYNTAX, &place, "a unit ends at a space, found `%.*s` after it", AICI_SLICE(text_of(&after)));
    aici_report_hint(report, "units have no spaces inside, but for `per`: `FLOP/s` or `FLOP per s`");
    return AIC_ERROR_UNIT;
}

aic_status aici_units_refuse_syntax(const aici_unit_piece *piece, aic_report *report) {
    if (piece->begin < piece->unit_end && text_of(piece).bytes[0] == ' ')
        return refuse_space(piece, report);
    aici_unit_piece at = *piece;
    at.begin = piece->begin < piece->unit_end ? piece->begin : piece->unit_begin;
    at.end = piece->begin < piece->unit_end ? piece->begin + aici_utf8_offset(text_of(piece), 1) : piece->unit_end;
    aici_place place = place_of(&at);
    if (piece->unit_begin == piece->unit_end) {
        aici_report_error(report, AICI_CODE_UNIT_SYNTAX, &place, "expected a unit, found nothing");
        hint_character('\0', report);
    } else if (piece->begin < piece->unit_end) {
        aici_report_error(report, AICI_CODE_UNIT_SYNTAX, &place, "expected a unit, found `%.*s`", AICI_SLICE(text_of(&at)));
        hint_character(text_of(&at).bytes[0], report);
    } else {
        aici_report_error(report, AICI_CODE_UNIT_SYNTAX, &place, "`%.*s` is not finished: expected one more unit",
                          AICI_SLICE(text_of(&at)));
    }
    return AIC_ERROR_UNIT;
}

/* --- what is too much, and what is ambiguous ------------------------------------------------------------------------------------------ */

aic_status aici_units_refuse_flops(const aici_unit_piece *piece, aic_report *report) {
    aici_place place = place_of(piece);
    aici_slice whole = text_of(piece);
    size_t prefix = whole.size > strlen("FLOPS") ? whole.size - strlen("FLOPS") : 0;
    aici_report_error(report, AICI_CODE_UNIT_AMBIGUOUS_FLOPS, &place,
                      "`%.*s` is an amount (FLOP) or a rate (FLOP/s), and here it is not clear which", AICI_SLICE(whole));
    aici_report_hint(report, "write `%.*sFLOP/s` for a rate, `%.*sFLOP` for an amount", (int)prefix, whole.bytes, (int)prefix, whole.bytes);
    return AIC_ERROR_UNIT;
}

aic_status aici_units_refuse_size(const aici_unit_piece *piece, aic_report *report) {
    aici_place place = place_of(piece);
    return aici_report_error(report, AICI_CODE_LIMIT_UNIT, &place, "a unit of %zu bytes; at most %zu are read", piece->end - piece->begin,
                             piece->units->unit_bytes);
}

aic_status aici_units_refuse_range(const aici_unit_piece *piece, aic_report *report) {
    aici_place place = place_of(piece);
    return aici_report_error(report, AICI_CODE_UNIT_TOO_COMPLEX, &place,
                             "`%.*s` has more than %d different base units, or powers that no number holds", AICI_SLICE(text_of(piece)),
                             (int)AICI_DIMENSION_FACTORS);
}

aic_status aici_units_refuse_yen(const aici_unit_piece *piece, aic_report *report) {
    aici_place place = place_of(piece);
    aici_report_error(report, AICI_CODE_UNIT_YEN_OR_YUAN, &place, "`¥` is the sign of CNY and of JPY");
    aici_report_hint(report, "say `currency: CNY` (or JPY) at the top, or write the code after the number: `5 CNY`");
    return AIC_ERROR_UNIT;
}
