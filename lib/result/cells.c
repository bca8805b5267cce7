/* SPDX-License-Identifier: MIT */
/* One cell of a text table after the other. Texts of the user pass through here on their way to a terminal; what could harm it is escaped.
 */
#include "result/cells.h"
#include "base/utf8.h"

/* One character as it is shown. */
typedef struct glyph {
    char bytes[AICI_UTF8_SAFE_BYTES];
    size_t size, read;
} glyph;

static glyph first_glyph(const char *text, size_t size) {
    glyph shown;
    if (*text == '\n' || *text == '\r' || *text == '\t')
        return (glyph){.bytes = " ", .size = 1, .read = 1};
    shown.read = aici_utf8_safe_character(text, size, shown.bytes, &shown.size);
    return shown;
}

static size_t glyph_width(const glyph *shown) { return aici_utf8_width((aici_slice){shown->bytes, shown->size}); }

/* Without the line end that a YAML text block leaves. */
static aici_slice content(const char *cell) {
    aici_slice text = aici_slice_of(cell);
    while (text.size && text.bytes[text.size - 1] == '\n')
        text.size--;
    return text;
}

size_t aici_cell_width(const char *cell) {
    aici_slice text = content(cell);
    size_t width = 0;
    for (size_t i = 0; i < text.size;) {
        glyph shown = first_glyph(text.bytes + i, text.size - i);
        width += glyph_width(&shown);
        i += shown.read;
    }
    return width;
}

static void add_up_to(aici_buffer *out, aici_slice text, size_t width) {
    for (size_t i = 0; i < text.size;) {
        glyph shown = first_glyph(text.bytes + i, text.size - i);
        if (glyph_width(&shown) > width)
            return;
        width -= glyph_width(&shown);
        aici_buffer_add(out, shown.bytes, shown.size);
        i += shown.read;
    }
}

void aici_cell_add(aici_buffer *out, const char *cell) { add_up_to(out, content(cell), SIZE_MAX); }

void aici_cell_add_padded(aici_buffer *out, const char *cell, size_t width, char align) {
    size_t own = aici_cell_width(cell), padding = own < width ? width - own : 0;
    if (align == 'r')
        aici_buffer_add_repeated(out, ' ', padding);
    aici_cell_add(out, cell);
    if (align != 'r')
        aici_buffer_add_repeated(out, ' ', padding);
}

void aici_cell_add_cut(aici_buffer *out, const char *cell, size_t width) {
    if (aici_cell_width(cell) <= width) {
        aici_cell_add(out, cell);
        return;
    }
    add_up_to(out, content(cell), width ? width - 1 : 0);
    aici_cell_trim(out);
    if (width)
        aici_buffer_add_text(out, "…");
}

void aici_cell_trim(aici_buffer *out) {
    while (out->size && out->bytes[out->size - 1] == ' ')
        out->bytes[--out->size] = '\0';
}
