/* SPDX-License-Identifier: MIT */
/* The writer's tools, and the choice of the writer for a format. */
#include "result/writer.h"
#include "base/number.h"

#include <math.h>
#include <string.h>

enum { USUAL_WIDTH = 100, MOST_DIGITS = 17 };

const char *aici_writer_keep(aici_writer *writer) {
    const char *kept =
        aici_buffer_failed(&writer->text) ? NULL : aici_arena_copy(writer->arena, aici_buffer_text(&writer->text), writer->text.size);
    aici_buffer_clear(&writer->text);
    writer->failed = writer->failed || !kept;
    return kept ? kept : "";
}

const char **aici_writer_cells(aici_writer *writer, size_t count) {
    const char **cell = aici_arena_take_array(writer->arena, count, sizeof *cell);
    writer->failed = writer->failed || !cell;
    return cell;
}

static void add_plain(aici_writer *writer, double value, int digits) {
    char text[AICI_NUMBER_TEXT_BYTES];
    aici_buffer_add(&writer->text, text, aici_number_write_digits(value, digits, text));
}

const char *aici_writer_show(aici_writer *writer, const aici_figure *figure, int digits) {
    const aici_units *units = writer->result->units;
    if (units && figure->dimension)
        aici_units_add_value(units, figure->coherent, figure->dimension, figure->preferred, digits, writer->numerals, &writer->text);
    else
        add_plain(writer, figure->coherent, digits);
    return aici_writer_keep(writer);
}

const char *aici_writer_number(aici_writer *writer, double value) {
    if (!isfinite(value))
        return "";
    aici_buffer_add_number(&writer->text, value);
    return aici_writer_keep(writer);
}

const char *aici_writer_integer(aici_writer *writer, long long value) { return aici_writer_number(writer, (double)value); }

const char *aici_writer_show_value(aici_writer *writer, const aici_result_quantity *quantity, size_t index) {
    if (quantity->is_text)
        return quantity->text;
    bool prepared = quantity->shown && (writer->digits == AICI_RESULT_DIGITS || !writer->result->units);
    if (prepared)
        return writer->numerals == AICI_NUMERALS_CHINESE ? quantity->shown[index].chinese : quantity->shown[index].si;
    aici_figure figure = {quantity->value[index] * quantity->scale, quantity->dimension, quantity->preferred};
    return aici_writer_show(writer, &figure, writer->digits);
}

const char *aici_writer_substitute(aici_writer *writer, const aici_result_step *step) {
    aici_buffer text = aici_buffer_new(writer->out->allocator);
    const aici_figure *operand = step->operand, *end = operand ? operand + step->operand_count : NULL;
    for (const char *at = step->substituted; *at; at++) {
        if (*at != AICI_RESULT_OPERAND)
            aici_buffer_add_char(&text, *at);
        else if (operand != end)
            aici_buffer_add_text(&text, aici_writer_show(writer, operand++, writer->digits));
    }
    aici_buffer_add_text(&writer->text, aici_buffer_text(&text));
    writer->failed = writer->failed || aici_buffer_failed(&text);
    aici_buffer_free(&text);
    return aici_writer_keep(writer);
}

size_t aici_model_length(const char *name) {
    const char *dot = strchr(name, '.');
    return dot ? (size_t)(dot - name) : 0;
}

const char *aici_local_name(const char *name, const char *model) {
    size_t length = aici_model_length(name);
    return length && length == strlen(model) && memcmp(name, model, length) == 0 ? name + length + 1 : name;
}

/* --- breaking lines ------------------------------------------------------------------------------------------------------------------- */

static size_t piece_up_to(const char *text, bool (*ends)(const char *text, size_t space)) {
    size_t i = 0;
    while (text[i] && !(text[i] == ' ' && ends(text, i)))
        i++;
    return text[i] ? i + 1 : i;
}

static bool ends_word(const char *text, size_t space) {
    (void)text;
    (void)space;
    return true;
}

static bool ends_item(const char *text, size_t space) { return space && (text[space - 1] == ',' || text[space - 1] == ';'); }

static bool ends_operand(const char *text, size_t space) {
    static const char *const operator[] = {"* ", "/ ", "+ ", "- ", "then ", "else ", "and ", "or "};
    for (size_t i = 0; i < sizeof operator/ sizeof * operator; i++) {
        if (strncmp(text + space + 1, operator[i], strlen(operator[i])) == 0)
            return true;
    }
    return ends_item(text, space);
}

size_t aici_piece_word(const char *text) { return piece_up_to(text, ends_word); }

size_t aici_piece_item(const char *text) { return piece_up_to(text, ends_item); }

size_t aici_piece_operand(const char *text) { return piece_up_to(text, ends_operand); }

static size_t column_of(const aici_buffer *out) {
    size_t line = out->size;
    while (line && out->bytes[line - 1] != '\n')
        line--;
    return line < out->size ? aici_cell_width(out->bytes + line) : 0;
}

static void begin_line(aici_writer *writer, const char *stem, size_t indent) {
    aici_cell_trim(writer->out);
    aici_buffer_add_char(writer->out, '\n');
    aici_buffer_add_text(writer->out, stem);
    aici_buffer_add_repeated(writer->out, ' ', indent);
}

size_t aici_writer_fill(aici_writer *writer, const char *text, aici_piece *piece, const char *stem, size_t indent) {
    enum { SMALLEST_LINE = 40 }; /* in deep derivations, lines become longer rather than shorter */
    size_t start = aici_cell_width(stem) + indent, column = column_of(writer->out);
    size_t limit = writer->width > start + SMALLEST_LINE ? writer->width : start + SMALLEST_LINE;
    while (*text) {
        size_t size = piece(text);
        aici_buffer_add(&writer->text, text, size);
        const char *kept = aici_writer_keep(writer);
        size_t width = aici_cell_width(kept), behind = size && text[size - 1] == ' ';
        if (column > start && column + width - behind > limit) {
            begin_line(writer, stem, indent);
            column = start;
        }
        aici_cell_add(writer->out, kept);
        column += width;
        text += size;
    }
    return column;
}

/* --- the title ------------------------------------------------------------------------------------------------------------------------ */

static void add_title_line(aici_writer *writer) {
    const char *title = writer->result->title, *file = writer->result->file;
    size_t used = aici_cell_width(title), needed = aici_cell_width(file);
    aici_cell_add(writer->out, title);
    if (*title && *file)
        aici_buffer_add_repeated(writer->out, ' ', used + needed + 2 < writer->margin ? writer->margin - used - needed : 2);
    aici_cell_add(writer->out, file);
}

void aici_writer_add_title(aici_writer *writer, int format) {
    const char *title = writer->result->title;
    if (!*title && !*writer->result->file)
        return;
    if (format == AIC_FORMAT_MARKDOWN) {
        aici_buffer_add_text(writer->out, "## ");
        aici_cell_add(writer->out, *title ? title : writer->result->file);
    } else
        add_title_line(writer);
    aici_buffer_add_text(writer->out, "\n\n");
}

/* --- the choice of the writer --------------------------------------------------------------------------------------------------------- */

static aici_writer new_writer(const aic_result *result, const aic_text_options *options, aici_buffer *out) {
    aici_writer writer = {.result = result, .out = out, .arena = aici_arena_new(out->allocator), .text = aici_buffer_new(out->allocator)};
    writer.numerals = options && options->numerals == AIC_NUMERALS_CHINESE ? AICI_NUMERALS_CHINESE : AICI_NUMERALS_SI;
    writer.digits = options && options->digits > 0 ? options->digits : AICI_RESULT_DIGITS;
    if (writer.digits > MOST_DIGITS)
        writer.digits = MOST_DIGITS;
    writer.width = options && options->width > 0 ? (size_t)options->width : USUAL_WIDTH;
    writer.margin = writer.width < USUAL_WIDTH ? writer.width : USUAL_WIDTH;
    writer.color = options && options->color;
    writer.everything = options && options->everything;
    return writer;
}

static void write_sections(aici_writer *writer, int format) {
    const aic_result *result = writer->result;
    if (result->has_quantities)
        aici_write_values(writer, format);
    if (result->has_claims)
        aici_write_claims(writer, format);
    if (result->has_steps)
        aici_write_steps(writer, format);
    if (result->diff)
        aici_write_diff(writer, format);
    if (result->table)
        (result->table->tornado && format != AIC_FORMAT_CSV ? aici_write_sensitivity : aici_write_table)(writer, format);
}

static void write_any(aici_writer *writer, int format) {
    if (format == AIC_FORMAT_JSON || format == AIC_FORMAT_CSV)
        writer->numerals = AICI_NUMERALS_SI;
    if (format == AIC_FORMAT_JSON)
        aici_write_json(writer);
    else
        write_sections(writer, format);
}

static void take_back(aici_buffer *out, size_t size) {
    if (out->bytes && out->size > size)
        out->bytes[out->size = size] = '\0';
}

aic_status aici_result_write(const aic_result *result, const aic_text_options *options, aici_buffer *out, aic_report *report) {
    int format = options ? options->format : AIC_FORMAT_TEXT;
    if (format < AIC_FORMAT_TEXT || format > AIC_FORMAT_MARKDOWN)
        return aici_report_error(report, AICI_CODE_ARGUMENT, NULL, "options->format is %d, which is no aic_format", format);
    size_t before = out->size;
    aici_writer writer = new_writer(result, options, out);
    if (writer.arena)
        write_any(&writer, format);
    bool failed = !writer.arena || writer.failed || aici_buffer_failed(out) || aici_buffer_failed(&writer.text);
    aici_buffer_free(&writer.text);
    aici_arena_free(writer.arena);
    if (!failed)
        return AIC_OK;
    take_back(out, before);
    return aici_report_memory(report);
}
