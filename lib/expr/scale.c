/* SPDX-License-Identifier: MIT */
/*
 * What may stand between the digits of a literal and its unit: a magnitude letter tight against them (175B), a word (million), a Chinese
 * scale (万亿). Letters and signs that different people read differently are refused with their readings.
 */
#include "expr/decimal.h"
#include "expr/words.h"

#include <string.h>

typedef struct scale {
    char text[12];
    int power;
} scale;

/* The longer before the shorter that they begin with, so that 36万亿 is 36 times 10^12. */
static const scale chinese[] = {
    {"千万", 7}, {"千亿", 11}, {"千萬", 7}, {"千億", 11}, {"千", 3}, {"百万", 6},  {"百亿", 10}, {"百萬", 6}, {"百億", 10}, {"十万", 5},
    {"十亿", 9}, {"十萬", 5},  {"十億", 9}, {"万亿", 12}, {"万", 4}, {"萬億", 12}, {"萬", 4},    {"亿", 8},   {"億", 8},
};

static const scale words[] = {
    {"thousand", 3}, {"million", 6}, {"billion", 9}, {"trillion", 12}, {"mn", 6}, {"bn", 9},
};

static const scale letters[] = {{"k", 3}, {"K", 3}, {"M", 6}, {"B", 9}, {"T", 12}};

static bool goes_on(const aici_lexer *lexer, uint32_t position) {
    char c = aici_lexer_byte(lexer, position);
    return aici_is_letter(c) || aici_is_digit(c);
}

static const scale *find_letter(const aici_lexer *lexer, uint32_t position) {
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        if (aici_lexer_byte(lexer, position) == letters[i].text[0] && !goes_on(lexer, position + 1))
            return &letters[i];
    }
    return NULL;
}

static const scale *find_word(const aici_lexer *lexer, uint32_t position) {
    char c = aici_lexer_byte(lexer, position);
    if ((unsigned char)c >= 0x80) {
        for (size_t i = 0; i < sizeof chinese / sizeof chinese[0]; i++) {
            if (aici_lexer_at(lexer, position, chinese[i].text))
                return &chinese[i];
        }
        return NULL;
    }
    if (c != 't' && c != 'm' && c != 'b')
        return NULL;
    aici_slice word = {lexer->text + position, aici_word_size(aici_lexer_rest(lexer, position))};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (aici_slice_is(word, words[i].text))
            return &words[i];
    }
    return NULL;
}

static aici_slice digits_of(const aici_lexer *lexer, const aici_decimal *decimal) {
    return aici_lexer_slice(lexer, decimal->begin, decimal->end);
}

/* 10^6 in mainland China, 10^12 in Taiwan and Japan. */
static aic_status refuse_mega_or_tera(const aici_lexer *lexer, const aici_decimal *decimal, uint32_t end) {
    aic_report *report = lexer->reader->report;
    aici_slice digits = digits_of(lexer, decimal);
    aici_place place = aici_lexer_place(lexer, decimal->begin, end);
    aic_status status = aici_report_error(report, AICI_CODE_EXPR_SCALE, &place,
                                          "`%.*s兆` is 10^6 in mainland China and 10^12 in Taiwan and Japan", AICI_SLICE(digits));
    aici_report_hint(report, "write `%.*s百万` or `%.*s million` for the one, `%.*s万亿` or `%.*s trillion` for the other",
                     AICI_SLICE(digits), AICI_SLICE(digits), AICI_SLICE(digits), AICI_SLICE(digits));
    return status;
}

static aic_status refuse_small_letter(const aici_lexer *lexer, const aici_decimal *decimal, char letter) {
    aic_report *report = lexer->reader->report;
    aici_slice digits = digits_of(lexer, decimal);
    aici_place place = aici_lexer_place(lexer, decimal->begin, decimal->end + 1);
    bool billion = letter == 'b';
    aic_status status =
        aici_report_error(report, AICI_CODE_EXPR_SCALE, &place, "`%.*s%c` is %s to some and %s to others", AICI_SLICE(digits), letter,
                          billion ? "billions" : "millions", billion ? "bits" : "metres or minutes");
    if (billion)
        aici_report_hint(report, "write `%.*sB` for billions, `%.*s bit` for bits", AICI_SLICE(digits), AICI_SLICE(digits));
    else
        aici_report_hint(report, "write `%.*sM` for millions, `%.*s m` for metres, `%.*s minute` for minutes", AICI_SLICE(digits),
                         AICI_SLICE(digits), AICI_SLICE(digits));
    return status;
}

static aic_status refuse_second_scale(const aici_lexer *lexer, uint32_t begin, uint32_t end, uint32_t second, const char *text) {
    aici_place place = aici_lexer_place(lexer, second, second + (uint32_t)strlen(text));
    aic_report *report = lexer->reader->report;
    aic_status status = aici_report_error(report, AICI_CODE_EXPR_SCALE, &place, "a second scale, `%s`, behind `%.*s`", text,
                                          AICI_SLICE(aici_lexer_slice(lexer, begin, end)));
    aici_report_hint(report, "use one scale, such as `36万亿` or `36 trillion`");
    return status;
}

aic_status aici_scale_read(aici_lexer *lexer, const aici_decimal *decimal, int *power) {
    uint32_t tight = lexer->position, begin = tight;
    char next = aici_lexer_byte(lexer, tight);
    *power = 0;
    if ((next == 'b' || next == 'm') && !goes_on(lexer, tight + 1))
        return refuse_small_letter(lexer, decimal, next);
    const scale *found = find_letter(lexer, tight);
    if (!found) {
        begin = aici_lexer_skip(lexer, tight);
        if (aici_lexer_at(lexer, begin, "兆"))
            return refuse_mega_or_tera(lexer, decimal, begin + (uint32_t)strlen("兆"));
        found = find_word(lexer, begin);
    }
    if (!found)
        return AIC_OK;
    lexer->position = begin + (uint32_t)strlen(found->text);
    uint32_t after = aici_lexer_skip(lexer, lexer->position);
    const scale *second = find_word(lexer, after);
    if (second)
        return refuse_second_scale(lexer, decimal->begin, lexer->position, after, second->text);
    *power = found->power;
    return AIC_OK;
}
