/* SPDX-License-Identifier: MIT */
/*
 * Characters that mean nothing in an expression, and what their writer probably meant: signs of print, full-width forms, operators of
 * programming languages.
 */
#include "base/utf8.h"
#include "expr/lexer.h"

#include <string.h>

typedef struct meaning {
    char text[8];
    const char *hint;
} meaning;

/* The longer before the shorter that they begin with. */
static const meaning meanings[] = {
    {"**", "a power is written `^`, as in `10 ^ 3`"},
    {"//", "division is written `/`; `floor(a / b)` rounds down"},
    {"&&", "write `and`"},
    {"&", "write `and`"},
    {"||", "write `or`"},
    {"|", "write `or`; a size without its sign is `abs(x)`"},
    {"!", "write `not`"},
    {"?", "write `if … then … else …`"},
    {"%", "`%` stands right behind a number, as in `32 %`"},
    {";", "arguments are separated by a comma"},
    {"{", "brackets are round: `( )`"},
    {"}", "brackets are round: `( )`"},
    {"~", "write the number itself; `5 to 9` gives a range"},
    {"`", "a name stands without quotes"},
    {"#", "a comment needs a space before `#`"},
    {"@", "a name is letters, digits and `_`"},
    {"\\", NULL},
    {":", "years are listed under `series:`; a division is written `/`"},
    {".", "a name behind a point begins with a letter, as in `model.quantity`"},
    {"−", "a minus is written `-`"},
    {"–", "a minus is written `-`; a range is `5 to 9`"},
    {"—", "a minus is written `-`; a range is `5 to 9`"},
    {"…", "a range is written `5 to 9`"},
    {"×", "a product is written `*`, a multiple as a plain number (`8.2`), ten to a power as part of the number (`3.14e23`)"},
    {"·", "a product is written `*`; `·` only joins units, as in `GPU·h`"},
    {"÷", "division is written `/`"},
    {"≤", "write `<=`"},
    {"≥", "write `>=`"},
    {"≠", "write `!=`"},
    {"≈", "write the number itself; `5 to 9` gives a range"},
    {"²", "a power is written `^`, as in `x ^ 2`"},
    {"³", "a power is written `^`, as in `x ^ 3`"},
    {"⁰", "a power is written `^`; ten to a power is part of the number, as in `3.14e23`"},
    {"¹", "a power is written `^`; ten to a power is part of the number, as in `3.14e23`"},
    {"⁻", "a power is written `^`; ten to a power is part of the number, as in `3.14e-23`"},
    {"√", "a root is written `sqrt(x)`"},
    {"‰", "a thousandth is written `0.1 %`"},
    {"“", "a text stands in plain quotes, as in `'pad'`"},
    {"”", "a text stands in plain quotes, as in `'pad'`"},
    {"‘", "a text stands in plain quotes, as in `'pad'`"},
    {"’", "a text stands in plain quotes, as in `'pad'`"},
    {"，", "write `,` instead of the full-width sign"},
    {"。", "write `.` instead of the full-width sign"},
    {"、", "write `,` instead of the full-width sign"},
};

static const meaning *find_meaning(const aici_lexer *lexer, uint32_t position) {
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++) {
        if (aici_lexer_at(lexer, position, meanings[i].text))
            return &meanings[i];
    }
    return NULL;
}

/* U+2074 .. U+2079 */
static bool is_superscript_digit(uint32_t point) { return point >= 0x2074 && point <= 0x2079; }

static bool is_full_width(uint32_t point) { return point >= 0xff01 && point <= 0xff5e; }

/* Letters of any script but punctuation and symbols: what could be part of a name in the writer's language. */
static bool is_foreign_letter(uint32_t point) {
    return point >= 0xc0 && !(point >= 0x2000 && point <= 0x2bff) && !(point >= 0x3000 && point <= 0x303f) && point < 0xfe00;
}

static void hint_by_point(aic_report *report, uint32_t point) {
    if (is_full_width(point))
        aici_report_hint(report, "write `%c` instead of the full-width sign", (int)(point - 0xff01 + '!'));
    else if (is_superscript_digit(point))
        aici_report_hint(report, "a power is written `^`; ten to a power is part of the number, as in `3.14e23`");
    else if (is_foreign_letter(point))
        aici_report_hint(report, "names are ASCII letters, digits and `_`; a `label` may be any text in any language");
}

aic_status aici_refuse_character(const aici_lexer *lexer, uint32_t position) {
    const meaning *known = find_meaning(lexer, position);
    aici_slice rest = aici_lexer_rest(lexer, position);
    uint32_t point = 0;
    size_t size = known ? strlen(known->text) : aici_utf8_decode(rest.bytes, rest.size, &point);
    aic_report *report = lexer->reader->report;
    aici_place place = aici_lexer_place(lexer, position, position + (uint32_t)(size ? size : 1));
    if (size == 0)
        return aici_report_error(report, AICI_CODE_EXPR_SYNTAX, &place, "a byte that is not UTF-8 stands here");
    aic_status status = aici_report_error(report, AICI_CODE_EXPR_SYNTAX, &place, "`%.*s` means nothing here", (int)size, rest.bytes);
    if (known && known->hint)
        aici_report_hint(report, "%s", known->hint);
    else
        hint_by_point(report, point);
    return status;
}
