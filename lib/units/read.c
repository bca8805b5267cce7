/* SPDX-License-Identifier: MIT */
/*
 * The text of a unit becomes a scale and a dimension:
 *
 *     unit  = ( "1" | term ) { ( "/" | " per " ) term }       term = part { ( "·" | "-" ) part }
 *     part  = name [ exponent ] | operation "/s-" time | [ prefix ] ( "F" | "fs" ) "-" time
 *
 * scan.c knows the characters, lookup.c the names, complain.c the words for what is wrong.
 */
#include "units/complain.h"
#include "units/scan.h"

#include <math.h>
#include <string.h>

struct reader {
    const aici_units *units;
    const aici_fragment *fragment;
    size_t begin, at, end;
    double above, below; /* the line of the fraction; divided once, at the end */
    aici_dimension dimension;
    unsigned flops;        /* how often FLOPS stands in the text */
    bool flops_once_above; /* so far only in a place where a declared dimension can tell what it means */
    bool per_second;
    size_t flops_begin, flops_end;
    aic_report *report;
};

struct part {
    aici_unit unit;
    double exponent;
    bool operation; /* FLOP, OP or MAC, with any prefix */
    bool second;    /* plain s */
    size_t begin, end;
};

static aici_slice rest_of(const struct reader *reader) {
    return (aici_slice){reader->fragment->text.bytes + reader->at, reader->end - reader->at};
}

static aici_unit_piece piece_of(const struct reader *reader, size_t begin, size_t end) {
    return (aici_unit_piece){reader->units, reader->fragment, begin, end, reader->begin, reader->end};
}

static aic_status refuse_syntax(const struct reader *reader) {
    aici_unit_piece piece = piece_of(reader, reader->at, reader->end);
    return aici_units_refuse_syntax(&piece, reader->report);
}

/* --- units by name: rate times time --------------------------------------------------------------------------------------------------- */

static aici_slice name_at(aici_slice text) { return (aici_slice){text.bytes, aici_units_name_size(text)}; }

static bool is_second(aici_unit unit, const aici_found *found) {
    return !found->prefix && found->entry == AICI_BASE_SECOND && unit.scale == 1.0;
}

static bool find_time(const struct reader *reader, aici_slice name, aici_unit *unit) {
    aici_found found = aici_units_find(reader->units, name);
    if (found.as != AICI_FOUND_UNIT)
        return false;
    *unit = aici_units_unit(reader->units, found.entry);
    if (found.prefix)
        unit->scale *= found.prefix->factor;
    const aici_dimension *dimension = &unit->dimension;
    return dimension->count == 1 && dimension->factor[0].base == AICI_BASE_SECOND + 1 && dimension->factor[0].exponent == AICI_EXPONENT_ONE;
}

/* "-day" after a rate: what the rate does in that time. Returns its bytes, or 0. */
static size_t read_time_of_rate(const struct reader *reader, aici_slice text, aici_unit *unit) {
    aici_unit time;
    if (text.size == 0 || text.bytes[0] != '-')
        return 0;
    aici_slice name = name_at(aici_units_after(text, 1));
    if (name.size == 0 || !find_time(reader, name, &time))
        return 0;
    unit->scale *= time.scale;
    return 1 + name.size;
}

/* "/s-day" after FLOP. */
static void read_rate_times_time(struct reader *reader, struct part *part) {
    aici_slice rest = rest_of(reader);
    if (rest.size == 0 || rest.bytes[0] != '/')
        return;
    aici_slice name = name_at(aici_units_after(rest, 1)), after = aici_units_after(rest, 1 + name.size);
    if (name.size == 0 || after.size == 0 || after.bytes[0] != '-')
        return;
    aici_found found = aici_units_find(reader->units, name);
    if (found.as != AICI_FOUND_UNIT || found.prefix || found.entry != AICI_BASE_SECOND)
        return;
    size_t size = read_time_of_rate(reader, after, &part->unit);
    if (size > 0)
        reader->at += 1 + name.size + size;
}

/* "PF-day", "pfs-day": the letter of a prefix, then F, or fs in lower case. */
static bool read_short_rate(struct reader *reader, aici_slice name, struct part *part) {
    static const char letters[] = "MGTPEZ";
    bool short_form = name.size == 2 && name.bytes[1] == 'F';
    bool long_form = name.size == 3 && (memcmp(name.bytes + 1, "fs", 2) == 0 || memcmp(name.bytes + 1, "FS", 2) == 0);
    if (!short_form && !long_form)
        return false;
    char letter = name.bytes[0];
    if (long_form && letter >= 'a' && letter <= 'z')
        letter = (char)(letter - 'a' + 'A');
    const char *found = memchr(letters, letter, sizeof letters - 1);
    if (!found)
        return false;
    part->unit = aici_units_unit(reader->units, AICI_BASE_FLOP);
    part->unit.scale = aici_units_prefix(6 + 3 * (int)(found - letters))->factor;
    size_t size = read_time_of_rate(reader, aici_units_after(rest_of(reader), name.size), &part->unit);
    reader->at += size > 0 ? name.size + size : 0;
    return size > 0;
}

/* --- parts ---------------------------------------------------------------------------------------------------------------------------- */

static bool is_yen_sign(aici_slice name) { return aici_slice_is(name, "¥") || aici_slice_is(name, "￥"); }

/* The currency whose sign ¥ is, as declared. */
static bool find_yen(const aici_units *units, aici_unit *out) {
    bool declared = units->currency == AICI_BASE_CNY + 1 || units->currency == AICI_BASE_JPY + 1;
    return declared && aici_units_currency(units, out, NULL);
}

static aic_status read_yen(struct reader *reader, size_t size, struct part *part) {
    aici_unit_piece piece = piece_of(reader, reader->at, reader->at + size);
    if (!find_yen(reader->units, &part->unit))
        return aici_units_refuse_yen(&piece, reader->report);
    reader->at += size;
    return AIC_OK;
}

static aic_status read_name(struct reader *reader, struct part *part) {
    aici_slice name = name_at(rest_of(reader));
    if (name.size == 0)
        return refuse_syntax(reader);
    aici_found found = aici_units_find(reader->units, name);
    if (found.as == AICI_FOUND_UNIT) {
        const aici_library_unit *row = aici_units_row(found.entry);
        part->unit = aici_units_unit(reader->units, found.entry);
        part->second = is_second(part->unit, &found);
        part->operation = row && row->flags & AICI_UNIT_OPERATION;
        if (found.prefix)
            part->unit.scale *= found.prefix->factor;
        reader->at += name.size;
        return AIC_OK;
    }
    if (is_yen_sign(name))
        return read_yen(reader, name.size, part);
    if (read_short_rate(reader, name, part))
        return AIC_OK;
    aici_unit_piece piece = piece_of(reader, reader->at, reader->at + name.size);
    return aici_units_refuse_name(&piece, &found, reader->report);
}

static aic_status read_exponent(struct reader *reader, struct part *part) {
    aici_slice rest = rest_of(reader);
    size_t size = aici_units_exponent_size(rest, &part->exponent);
    reader->at += size;
    return size == 0 && rest.size > 0 && rest.bytes[0] == '^' ? refuse_syntax(reader) : AIC_OK;
}

static void remember_flops(struct reader *reader, const struct part *part, bool above) {
    if (part->unit.flops_ambiguous) {
        reader->flops_once_above = reader->flops == 0 && above && part->exponent == 1.0;
        reader->flops++;
        reader->flops_begin = part->begin;
        reader->flops_end = part->end;
    }
    reader->per_second = reader->per_second || (part->second && !above && part->exponent == 1.0);
}

/* Multiplies by the part, or divides where @p above is false. */
static aic_status apply(struct reader *reader, const struct part *part, bool above) {
    double scale = part->unit.scale;
    aici_dimension power = part->unit.dimension;
    bool fits = true;
    if (part->exponent != 1.0) {
        scale = aici_units_power(scale, fabs(part->exponent));
        fits = aici_dimension_power(&part->unit.dimension, part->exponent, &power);
    }
    if (above == (part->exponent >= 0.0))
        reader->above *= scale;
    else
        reader->below *= scale;
    if (above)
        fits = fits && aici_dimension_multiply(&reader->dimension, &power, &reader->dimension);
    else
        fits = fits && aici_dimension_divide(&reader->dimension, &power, &reader->dimension);
    aici_unit_piece piece = piece_of(reader, reader->begin, reader->end);
    return fits ? AIC_OK : aici_units_refuse_range(&piece, reader->report);
}

static aic_status read_part(struct reader *reader, bool above) {
    struct part part = {.exponent = 1.0, .begin = reader->at};
    aic_status status = read_name(reader, &part);
    part.end = reader->at;
    if (status == AIC_OK && part.operation)
        read_rate_times_time(reader, &part);
    if (status == AIC_OK)
        status = read_exponent(reader, &part);
    if (status != AIC_OK)
        return status;
    remember_flops(reader, &part, above);
    return apply(reader, &part, above);
}

static aic_status read_term(struct reader *reader, bool above) {
    aic_status status = read_part(reader, above);
    for (size_t joint = 1; status == AIC_OK && joint > 0;) {
        joint = aici_units_joint_size(rest_of(reader));
        reader->at += joint;
        if (joint > 0)
            status = read_part(reader, above);
    }
    return status;
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static bool is_space(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

static size_t spaces_at(aici_slice text) {
    size_t size = 0;
    while (size < text.size && is_space(text.bytes[size]))
        size++;
    return size;
}

/* "per" and the spaces around it; none is needed before the first. */
static size_t per_size(const struct reader *reader) {
    aici_slice rest = rest_of(reader);
    size_t before = spaces_at(rest);
    aici_slice word = aici_units_after(rest, before);
    if ((before == 0 && reader->at > reader->begin) || word.size < 3 || memcmp(word.bytes, "per", 3) != 0)
        return 0;
    size_t after = spaces_at(aici_units_after(word, 3));
    return after > 0 || word.size == 3 ? before + 3 + after : 0;
}

static bool read_division(struct reader *reader) {
    aici_slice rest = rest_of(reader);
    size_t size = rest.size > 0 && rest.bytes[0] == '/' ? 1 : per_size(reader);
    reader->at += size;
    return size > 0;
}

static aic_status read_first(struct reader *reader) {
    aici_slice rest = rest_of(reader);
    bool one = rest.size > 0 && rest.bytes[0] == '1' && (rest.size == 1 || rest.bytes[1] == '/' || is_space(rest.bytes[1]));
    if (one) {
        reader->at++;
        return AIC_OK;
    }
    return per_size(reader) > 0 ? AIC_OK : read_term(reader, true);
}

static aic_status read_all(struct reader *reader) {
    aic_status status = read_first(reader);
    while (status == AIC_OK && reader->at < reader->end)
        status = read_division(reader) ? read_term(reader, false) : refuse_syntax(reader);
    return status;
}

static aic_status refuse_nothing(const struct reader *reader) {
    aici_unit_piece piece = piece_of(reader, reader->begin, reader->begin);
    piece.unit_end = reader->begin;
    return aici_units_refuse_syntax(&piece, reader->report);
}

static aic_status finish(const struct reader *reader, aici_unit *out) {
    double scale = reader->above / reader->below;
    if (!(scale > 0.0) || !isfinite(scale)) {
        aici_unit_piece piece = piece_of(reader, reader->begin, reader->end);
        return aici_units_refuse_range(&piece, reader->report);
    }
    if (reader->flops > 0 && (!reader->flops_once_above || reader->per_second)) {
        aici_unit_piece piece = piece_of(reader, reader->flops_begin, reader->flops_end);
        return aici_units_refuse_flops(&piece, reader->report);
    }
    *out = (aici_unit){scale, reader->dimension, reader->flops > 0};
    return AIC_OK;
}

aic_status aici_units_read(const aici_units *units, const aici_fragment *fragment, size_t begin, size_t end, aici_unit *out,
                           aic_report *report) {
    const char *text = fragment->text.bytes;
    while (begin < end && is_space(text[begin]))
        begin++;
    while (begin < end && is_space(text[end - 1]))
        end--;
    struct reader reader = {
        .units = units, .fragment = fragment, .begin = begin, .at = begin, .end = end, .above = 1.0, .below = 1.0, .report = report};
    if (end - begin > units->unit_bytes) {
        aici_unit_piece piece = piece_of(&reader, begin, end);
        return aici_units_refuse_size(&piece, report);
    }
    aic_status status = begin < end ? read_all(&reader) : refuse_nothing(&reader);
    return status == AIC_OK ? finish(&reader, out) : status;
}

size_t aici_units_read_sign(const aici_units *units, const aici_fragment *fragment, size_t begin, aici_unit *out, aic_status *status,
                            aic_report *report) {
    static const struct {
        char sign[4];
        uint8_t size, base;
    } signs[] = {{"$", 1, AICI_BASE_USD}, {"€", 3, AICI_BASE_EUR}, {"£", 2, AICI_BASE_GBP}, {"¥", 2, 0}, {"￥", 3, 0}};
    aici_slice rest = aici_units_after(fragment->text, begin);
    *status = AIC_OK;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (rest.size < signs[i].size || memcmp(rest.bytes, signs[i].sign, signs[i].size) != 0)
            continue;
        aici_unit_piece piece = {units, fragment, begin, begin + signs[i].size, begin, begin + signs[i].size};
        if (signs[i].base)
            *out = aici_units_unit(units, signs[i].base);
        else if (!find_yen(units, out))
            *status = aici_units_refuse_yen(&piece, report);
        return signs[i].size;
    }
    return 0;
}
