/* SPDX-License-Identifier: MIT */
/*
 * A value becomes what a person reads: "11.59 EFLOP/s", "182.2k accelerator", "6.459B USD", "25.49 %/year". The unit's text is taken apart,
 * the value's digits are rounded once in decimal, and then only the point moves: so a rounding that carries picks the right prefix, and no
 * digit is invented.
 */
#include "base/elementary.h"
#include "base/number.h"
#include "units/lookup.h"
#include "units/print.h"
#include "units/scan.h"

#include <math.h>
#include <string.h>

/* --- the digits ----------------------------------------------------------------------------------------------------------------------- */

enum { MOST_DIGITS = 17 };

/* d.ddd × 10^power, without zeros at the end. */
struct decimal {
    char digit[MOST_DIGITS + 1];
    int count, power;
    bool negative;
};

static int read_power(const char *text) {
    int power = 0;
    bool negative = *text == '-';
    for (const char *at = text + negative; *at; at++)
        power = power * 10 + (*at - '0');
    return negative ? -power : power;
}

/* Takes the rounded number's text apart, in whichever notation it is. */
static struct decimal decimal_of(double value, int digits) {
    char text[AICI_NUMBER_TEXT_BYTES];
    struct decimal decimal = {.negative = value < 0.0};
    aici_number_write_digits(fabs(value), digits, text);
    bool point = false;
    const char *at = text;
    decimal.power = -1;
    for (; *at && *at != 'e'; at++) {
        bool leading = decimal.count == 0 && (*at == '0' || *at == '.');
        point = point || *at == '.';
        if (*at != '.' && !leading && decimal.count <= MOST_DIGITS)
            decimal.digit[decimal.count++] = *at;
        decimal.power += (*at != '.' && !leading && !point) - (*at == '0' && leading && point);
    }
    if (*at == 'e')
        decimal.power += read_power(at + 1);
    while (decimal.count > 0 && decimal.digit[decimal.count - 1] == '0')
        decimal.count--;
    if (decimal.count == 0)
        decimal.power = 0;
    return decimal;
}

/* The number divided by 10^shift, without exponent. */
static void add_plain(const struct decimal *decimal, int shift, aici_buffer *out) {
    int whole = decimal->power - shift + 1; /* digits before the point */
    if (decimal->negative)
        aici_buffer_add_char(out, '-');
    if (decimal->count == 0) {
        aici_buffer_add_char(out, '0');
    } else if (whole <= 0) {
        aici_buffer_add_text(out, "0.");
        aici_buffer_add_repeated(out, '0', (size_t)-whole);
        aici_buffer_add(out, decimal->digit, (size_t)decimal->count);
    } else if (decimal->count <= whole) {
        aici_buffer_add(out, decimal->digit, (size_t)decimal->count);
        aici_buffer_add_repeated(out, '0', (size_t)(whole - decimal->count));
    } else {
        aici_buffer_add(out, decimal->digit, (size_t)whole);
        aici_buffer_add_char(out, '.');
        aici_buffer_add(out, decimal->digit + whole, (size_t)(decimal->count - whole));
    }
}

static void add_with_exponent(const struct decimal *decimal, aici_buffer *out) {
    add_plain(decimal, decimal->power, out);
    aici_buffer_add_format(out, "e%d", decimal->power);
}

/* --- the unit ------------------------------------------------------------------------------------------------------------------------- */

struct shown {
    aici_slice prefix, name, rest; /* of the text: "P", "FLOP", "/s-day"; the name is empty for a pure number */
    double scale;                  /* coherent units in one of the text */
    double bare_scale;             /* the same without the prefix */
    const aici_library_unit *row;  /* of the name; NULL for a unit of the scenario's own, or what is none by itself ("PF") */
    bool letters;                  /* a count, money or a pure number: k M B T, 万 亿 万亿 */
    bool movable;                  /* a prefix may come or change: there is no power on the name */
};

static bool takes_letters(const struct shown *shown, const aici_found *found) {
    bool base = found->entry < AICI_LIBRARY_BASES && shown->row && shown->row->base_class != AICI_BASE_PHYSICAL;
    return base || !shown->row;
}

static bool is_sign(aici_slice text) { return aici_units_scan(text) == 0; }

/* Whether the text may stand after a number: also words joined by `per`, and signs of currencies, for which the code is shown. */
static bool is_literal(aici_slice text, bool found) {
    return aici_units_scan(text) == text.size || memchr(text.bytes, ' ', text.size) || (found && is_sign(text));
}

static bool take_apart(const aici_units *units, aici_slice text, const aici_dimension *dimension, struct shown *shown) {
    aici_unit unit;
    aici_fragment fragment = aici_fragment_of_slice(text);
    bool fits = aici_units_read(units, &fragment, 0, text.size, &unit, NULL) == AIC_OK && !unit.flops_ambiguous;
    if (!fits || !aici_dimension_equal(&unit.dimension, dimension))
        return false;
    *shown = (struct shown){.scale = unit.scale, .bare_scale = unit.scale, .letters = true};
    if (aici_slice_is(text, "1"))
        return true;
    shown->name = (aici_slice){text.bytes, aici_units_name_size(text)};
    shown->rest = aici_units_after(text, shown->name.size);
    aici_found found = aici_units_find(units, shown->name);
    if (shown->name.size == 0 || aici_slice_is(shown->name, "per") || !is_literal(text, found.as == AICI_FOUND_UNIT))
        return false;
    shown->row = found.as == AICI_FOUND_UNIT ? aici_units_row(found.entry) : NULL;
    shown->letters = found.as == AICI_FOUND_UNIT && takes_letters(shown, &found);
    double exponent = 1.0;
    shown->movable = aici_units_exponent_size(shown->rest, &exponent) == 0;
    if (found.prefix) {
        shown->prefix = (aici_slice){text.bytes, found.prefix->size};
        shown->name = aici_units_after(shown->name, found.prefix->size);
        shown->bare_scale = unit.scale / found.prefix->factor;
    }
    if (is_sign(text))
        shown->name = aici_slice_of(shown->row->name);
    return true;
}

/* "1/year" is no literal after a number: growth is shown in %, others as "token^-1". */
static void add_literal_of_inverse(aici_slice text, const aici_dimension *dimension, aici_buffer *out) {
    aici_slice inverse = aici_units_after(text, 2);
    size_t size = aici_units_name_size(inverse);
    bool per_time = dimension->count == 1 && dimension->factor[0].base == AICI_BASE_SECOND + 1 &&
                    dimension->factor[0].exponent == -AICI_EXPONENT_ONE && !aici_slice_is(inverse, "s");
    aici_slice rest = aici_units_after(inverse, size);
    if (per_time) {
        aici_buffer_add_text(out, "%/");
        aici_buffer_add_slice(out, inverse);
        return;
    }
    bool power = rest.size > 0 && rest.bytes[0] == '^';
    aici_buffer_add(out, inverse.bytes, size);
    aici_buffer_add_text(out, power ? "^-" : "^-1");
    aici_buffer_add_slice(out, power ? aici_units_after(rest, 1) : rest);
}

static bool is_inverse(aici_slice text) { return text.size > 2 && memcmp(text.bytes, "1/", 2) == 0; }

/* --- the unit when nobody chose one --------------------------------------------------------------------------------------------------- */

static const char *duration(double seconds) {
    double size = fabs(seconds);
    if (size < 60.0 || !isfinite(size))
        return "s";
    if (size < 3600.0)
        return "min";
    if (size < 86400.0)
        return "h";
    return size < 2.0 * 31557600.0 ? "day" : "year";
}

/* Per which time a person counts things; money is counted per year, but for what an accelerator costs. */
static const char *period(aici_base_class counted, bool per_accelerator, double per_second) {
    double size = fabs(per_second);
    if (counted == AICI_BASE_MONEY)
        return per_accelerator ? "h" : "year";
    if (counted == AICI_BASE_PHYSICAL || size >= 1.0 || !(size > 0.0))
        return "s";
    return size * 86400.0 >= 1.0 ? "day" : "year";
}

static const char *time_word(const aici_units *units, const aici_dimension *dimension, double value) {
    bool numerators = false, per_accelerator = false;
    int time = 0;
    aici_base_class counted = AICI_BASE_PHYSICAL;
    for (unsigned i = 0; i < dimension->count; i++) {
        if (dimension->factor[i].base == AICI_BASE_SECOND + 1) {
            time = dimension->factor[i].exponent;
        } else if (dimension->factor[i].exponent > 0 && !numerators) {
            counted = aici_units_base_class(units, dimension->factor[i].base);
            numerators = true;
        }
        per_accelerator = per_accelerator || dimension->factor[i].base == AICI_BASE_ACCELERATOR + 1;
    }
    if (time == AICI_EXPONENT_ONE)
        return dimension->count == 1 ? duration(value) : counted == AICI_BASE_COUNT ? "h" : "s";
    if (time != -AICI_EXPONENT_ONE)
        return "s";
    return dimension->count == 1 ? "year" : period(counted, per_accelerator, value);
}

static void add_usual_text(const aici_units *units, const aici_dimension *dimension, double value, aici_buffer *out) {
    aici_wording wording = {time_word(units, dimension, value), true};
    aici_units_add_worded(units, dimension, &wording, out);
}

/* --- the value ------------------------------------------------------------------------------------------------------------------------ */

/* Smaller values have an exponent, and larger ones too where there is nothing better. */
enum { SMALLEST_PLAIN = -3, LARGEST_PLAIN = 5, SMALLEST_PREFIX = -12 };

/* The powers of ten by which a number may outgrow the largest prefix shown: none of the usual, some of kilo (384400 km). */
enum { USUAL_PREFIXES = 18, LEFT_OF_USUAL = 2, LEFT_OF_SHORT = 5 };

struct view {
    const aici_units *units;
    double value; /* coherent */
    int digits;
    aici_numerals numerals;
    aici_buffer *out;
};

static void add_unit(const struct view *view, const char *prefix, const struct shown *shown) {
    if (shown->name.size == 0)
        return;
    aici_buffer_add_char(view->out, ' ');
    aici_buffer_add_text(view->out, prefix);
    aici_buffer_add_slice(view->out, shown->name);
    aici_buffer_add_slice(view->out, shown->rest);
}

static void add_unit_as_it_is(const struct view *view, const struct shown *shown) {
    if (shown->name.size > 0)
        aici_buffer_add_char(view->out, ' ');
    aici_buffer_add_slice(view->out, shown->prefix);
    aici_buffer_add_slice(view->out, shown->name);
    aici_buffer_add_slice(view->out, shown->rest);
}

static bool is_short_whole(const struct view *view, double value) {
    return floor(value) == value && fabs(value) < aici_power(10.0, view->digits);
}

static bool is_plain(const struct decimal *decimal) { return decimal->power >= SMALLEST_PLAIN && decimal->power <= LARGEST_PLAIN; }

/* In the very unit of the text. */
static void show_as_it_is(const struct view *view, const struct shown *shown) {
    double value = view->value / shown->scale;
    struct decimal decimal = decimal_of(value, view->digits);
    if (is_plain(&decimal) || is_short_whole(view, value))
        add_plain(&decimal, 0, view->out);
    else
        add_with_exponent(&decimal, view->out);
    add_unit_as_it_is(view, shown);
}

/* The letter and its power of ten, "" and 0 where the number needs none; NULL where no letter is large enough. */
static const char *magnitude(aici_numerals numerals, int power, int *shift) {
    static const char western[][2] = {"", "k", "M", "B", "T"};
    static const char chinese[][8] = {"", "万", "亿", "万亿"};
    bool in_chinese = numerals == AICI_NUMERALS_CHINESE;
    int step = in_chinese ? 4 : 3, letters = in_chinese ? 4 : 5, index = power < 0 ? 0 : power / step;
    *shift = index * step;
    if (index >= letters)
        return NULL;
    return in_chinese ? chinese[index] : western[index];
}

/* Counts, money and pure numbers: the letter stands tight at the number. */
static void show_with_letters(const struct view *view, const struct shown *shown) {
    int shift = 0;
    double value = view->value / shown->bare_scale;
    struct decimal decimal = decimal_of(value, view->digits);
    const char *letter = magnitude(view->numerals, decimal.power, &shift);
    if (is_short_whole(view, value)) {
        add_plain(&decimal, 0, view->out);
    } else if (!letter || decimal.power < SMALLEST_PLAIN) {
        add_with_exponent(&decimal, view->out);
    } else {
        add_plain(&decimal, shift, view->out);
        aici_buffer_add_text(view->out, letter);
    }
    add_unit(view, "", shown);
}

/* The power of the prefix that brings the value between 1 and 1000, as far as the prefixes of the unit go. */
static int prefix_power(const aici_library_unit *row, int power) {
    int wanted = power >= 0 ? power / 3 * 3 : -((-power + 2) / 3 * 3);
    int most = row->flags & AICI_PREFIX_LARGE ? row->largest_shown : 0;
    int least = row->flags & AICI_PREFIX_SMALL ? SMALLEST_PREFIX : 0;
    return wanted > most ? most : wanted < least ? least : wanted;
}

/* Physical units: the prefix moves with the value. */
static void show_with_prefix(const struct view *view, const struct shown *shown) {
    struct decimal decimal = decimal_of(view->value / shown->bare_scale, view->digits);
    int shift = prefix_power(shown->row, decimal.power), left = decimal.power - shift;
    if (left < SMALLEST_PLAIN || left > (shown->row->largest_shown == USUAL_PREFIXES ? LEFT_OF_USUAL : LEFT_OF_SHORT)) {
        add_with_exponent(&decimal, view->out);
        shift = 0;
    } else {
        add_plain(&decimal, shift, view->out);
    }
    add_unit(view, aici_units_prefix(shift)->text, shown);
}

/* "t" in place of "g" from 10^6 g. */
static void take_successor(const struct view *view, struct shown *shown) {
    struct decimal decimal = decimal_of(view->value / shown->bare_scale, view->digits);
    if (!shown->row->successor || decimal.power < shown->row->successor_power)
        return;
    shown->name = aici_slice_of(shown->row->successor);
    shown->row = aici_units_row(aici_units_find(view->units, shown->name).entry);
    shown->bare_scale *= shown->row->scale;
}

static bool keeps_prefix(const struct view *view, const struct shown *shown) {
    struct decimal decimal = decimal_of(view->value / shown->scale, view->digits);
    return shown->prefix.size > 0 && (!shown->movable || is_plain(&decimal));
}

static void show(const struct view *view, struct shown *shown) {
    if (!isfinite(view->value / shown->scale) || !isfinite(view->value / shown->bare_scale)) {
        aici_buffer_add_number(view->out, view->value / shown->scale);
        add_unit_as_it_is(view, shown);
    } else if (keeps_prefix(view, shown)) {
        show_as_it_is(view, shown);
    } else if (shown->letters) {
        show_with_letters(view, shown);
    } else if (shown->row && shown->movable && shown->row->flags & (AICI_PREFIX_LARGE | AICI_PREFIX_SMALL)) {
        take_successor(view, shown);
        show_with_prefix(view, shown);
    } else {
        show_as_it_is(view, shown);
    }
}

static bool show_in(const struct view *view, aici_slice text, const aici_dimension *dimension) {
    struct shown shown;
    aici_buffer literal = aici_buffer_new(&view->units->allocator);
    if (is_inverse(text)) {
        add_literal_of_inverse(text, dimension, &literal);
        text = (aici_slice){literal.bytes, literal.size};
        view->out->failed = view->out->failed || aici_buffer_failed(&literal);
    }
    bool fits = !view->out->failed && take_apart(view->units, text, dimension, &shown);
    if (fits)
        show(view, &shown);
    aici_buffer_free(&literal);
    return fits;
}

void aici_units_add_value(const aici_units *units, double coherent, const aici_dimension *dimension, const char *preferred, int digits,
                          aici_numerals numerals, aici_buffer *out) {
    struct view view = {units, coherent, digits < 1 ? 1 : digits > MOST_DIGITS ? MOST_DIGITS : digits, numerals, out};
    if (preferred && show_in(&view, aici_slice_trim(aici_slice_of(preferred)), dimension))
        return;
    aici_buffer usual = aici_buffer_new(&units->allocator);
    add_usual_text(units, dimension, coherent, &usual);
    if (aici_buffer_failed(&usual)) {
        out->failed = true;
    } else if (!show_in(&view, (aici_slice){usual.bytes, usual.size}, dimension)) {
        aici_buffer_add_number(out, coherent);
        aici_buffer_add_char(out, ' ');
        aici_buffer_add_slice(out, (aici_slice){usual.bytes, usual.size});
    }
    aici_buffer_free(&usual);
}
