/* SPDX-License-Identifier: MIT */
/*
 * The units that every scenario knows, with what they are, how else they are written, and where their factor comes from. Data only:
 * lookup.c finds names in it, prefixes and plurals included; entries.c shows it to callers.
 */
#include "units/table.h"

#include <string.h>

#define SI "SI Brochure, 9th edition"
#define IEC "IEC 80000-13:2008"
#define ISO_CURRENCY "ISO 4217"
#define JULIAN "IAU Style Manual (1989): the Julian year of 365.25 days"

/* clang-format off */
#define ONE {0, {{0, 0}}}
#define POWER(base, twelfths) {1, {{(base) + 1, (twelfths)}}}
#define PRODUCT(base, twelfths, other, other_twelfths) {2, {{(base) + 1, (twelfths)}, {(other) + 1, (other_twelfths)}}}

#define PHYSICAL(name, title, synonyms, source, flags, shown) \
    {name, title, "base", synonyms, source, 1.0, ONE, AICI_BASE_PHYSICAL, (flags), (shown), 0, NULL}
#define HEAVY(name, title, synonyms, source, successor) \
    {name, title, "base", synonyms, source, 1.0, ONE, AICI_BASE_PHYSICAL, LARGE | SMALL | PLURAL, 3, 6, successor}
#define MONEY(name, title, synonyms) {name, title, "base", synonyms, ISO_CURRENCY, 1.0, ONE, AICI_BASE_MONEY, LARGE, 0, 0, NULL}
#define COUNT(name, title, synonyms, flags) {name, title, "base", synonyms, "", 1.0, ONE, AICI_BASE_COUNT, (flags) | PLURAL, 0, 0, NULL}
#define DERIVED(name, title, definition, synonyms, source, scale, dimension, flags, shown) \
    {name, title, definition, synonyms, source, scale, dimension, AICI_BASE_PHYSICAL, (flags), (shown), 0, NULL}
/* clang-format on */

enum { LARGE = AICI_PREFIX_LARGE, SMALL = AICI_PREFIX_SMALL, BINARY = AICI_PREFIX_BINARY, PLURAL = AICI_UNIT_PLURAL };
enum { OPERATION = AICI_UNIT_OPERATION, AMBIGUOUS = AICI_UNIT_AMBIGUOUS, BARE = 0 };

/* Beyond exa people do not know the prefixes by heart; such values are shown as d.dde±x. */
enum { EXA = 18 };

static const aici_library_unit library[] = {
    [AICI_BASE_FLOP] = PHYSICAL("FLOP", "floating-point operation", "flop Flop", "", LARGE | OPERATION, EXA),
    [AICI_BASE_OP] = PHYSICAL("OP", "integer operation", "", "", LARGE | OPERATION, EXA),
    [AICI_BASE_SECOND] = PHYSICAL("s", "second", "sec second 秒", SI, SMALL | PLURAL, 0),
    [AICI_BASE_BIT] = PHYSICAL("bit", "bit", "", IEC, LARGE | BINARY | PLURAL, EXA),
    [AICI_BASE_JOULE] = PHYSICAL("J", "joule", "joule", SI, LARGE | SMALL | PLURAL, EXA),
    [AICI_BASE_METRE] = PHYSICAL("m", "metre", "metre meter", SI, LARGE | SMALL | PLURAL, 3),
    [AICI_BASE_GRAM] = HEAVY("g", "gram", "gram", SI, "t"),
    [AICI_BASE_CO2E] = HEAVY("gCO2e", "gram of CO2 equivalent", "gCO2eq", "IPCC AR6, glossary", "tCO2e"),

    [AICI_BASE_USD] = MONEY("USD", "United States dollar", "$ 美元"),
    [AICI_BASE_CNY] = MONEY("CNY", "Chinese yuan", "RMB yuan 元 人民币"),
    [AICI_BASE_EUR] = MONEY("EUR", "euro", "€ euro euros 欧元"),
    [AICI_BASE_JPY] = MONEY("JPY", "Japanese yen", "yen 日元"),
    [AICI_BASE_GBP] = MONEY("GBP", "pound sterling", "£ 英镑"),
    [AICI_BASE_KRW] = MONEY("KRW", "South Korean won", "韩元"),
    [AICI_BASE_INR] = MONEY("INR", "Indian rupee", ""),
    [AICI_BASE_TWD] = MONEY("TWD", "New Taiwan dollar", "新台币"),
    [AICI_BASE_HKD] = MONEY("HKD", "Hong Kong dollar", "港元"),
    [AICI_BASE_SGD] = MONEY("SGD", "Singapore dollar", ""),
    [AICI_BASE_CAD] = MONEY("CAD", "Canadian dollar", ""),
    [AICI_BASE_AUD] = MONEY("AUD", "Australian dollar", ""),
    [AICI_BASE_NZD] = MONEY("NZD", "New Zealand dollar", ""),
    [AICI_BASE_CHF] = MONEY("CHF", "Swiss franc", ""),
    [AICI_BASE_SEK] = MONEY("SEK", "Swedish krona", ""),
    [AICI_BASE_NOK] = MONEY("NOK", "Norwegian krone", ""),
    [AICI_BASE_DKK] = MONEY("DKK", "Danish krone", ""),
    [AICI_BASE_PLN] = MONEY("PLN", "Polish zloty", ""),
    [AICI_BASE_TRY] = MONEY("TRY", "Turkish lira", ""),
    [AICI_BASE_ILS] = MONEY("ILS", "Israeli new shekel", ""),
    [AICI_BASE_AED] = MONEY("AED", "UAE dirham", ""),
    [AICI_BASE_SAR] = MONEY("SAR", "Saudi riyal", ""),
    [AICI_BASE_BRL] = MONEY("BRL", "Brazilian real", ""),
    [AICI_BASE_MXN] = MONEY("MXN", "Mexican peso", ""),
    [AICI_BASE_ZAR] = MONEY("ZAR", "South African rand", ""),
    [AICI_BASE_THB] = MONEY("THB", "Thai baht", ""),
    [AICI_BASE_IDR] = MONEY("IDR", "Indonesian rupiah", ""),
    [AICI_BASE_MYR] = MONEY("MYR", "Malaysian ringgit", ""),
    [AICI_BASE_VND] = MONEY("VND", "Vietnamese dong", ""),

    [AICI_BASE_PARAMETER] = COUNT("parameter", "weight of a neural network", "param", LARGE),
    [AICI_BASE_TOKEN] = COUNT("token", "what a model reads and writes one of at a time", "tok 词元", LARGE),
    [AICI_BASE_ACCELERATOR] = COUNT("accelerator", "chip or card that computes", "GPU TPU NPU chip card", BARE),
    [AICI_BASE_SERVER] = COUNT("server", "server", "", BARE),
    [AICI_BASE_USER] = COUNT("user", "user of a service", "", BARE),
    [AICI_BASE_VISIT] = COUNT("visit", "visit to a service", "", BARE),
    [AICI_BASE_QUERY] = COUNT("query", "question put to a service", "", BARE),
    [AICI_BASE_REQUEST] = COUNT("request", "request to a server", "", BARE),
    [AICI_BASE_IMAGE] = COUNT("image", "still image", "", BARE),
    [AICI_BASE_VIDEO] = COUNT("video", "video", "", BARE),
    [AICI_BASE_FRAME] = COUNT("frame", "one picture of a video", "", BARE),
    [AICI_BASE_PIXEL] = COUNT("pixel", "picture element, along an edge; an area is pixel^2", "px", LARGE),
    [AICI_BASE_PATCH] = COUNT("patch", "square of pixels that becomes a token", "", BARE),
    [AICI_BASE_PERSON] = COUNT("person", "person", "people capita", BARE),
    [AICI_BASE_UNIT] = COUNT("unit", "piece of goods", "", BARE),
    [AICI_BASE_LAYER] = COUNT("layer", "layer of a neural network", "", BARE),
    [AICI_BASE_HEAD] = COUNT("head", "attention head", "", BARE),
    [AICI_BASE_EXPERT] = COUNT("expert", "expert of a mixture of experts", "", BARE),
    [AICI_BASE_CHANNEL] = COUNT("channel", "channel of an image", "", BARE),
    [AICI_BASE_SEQUENCE] = COUNT("sequence", "sequence of tokens", "", BARE),
    [AICI_BASE_SAMPLE] = COUNT("sample", "item of training data", "", BARE),
    [AICI_BASE_STEP] = COUNT("step", "step of training", "", BARE),
    [AICI_BASE_WORD] = COUNT("word", "word of text", "", BARE),
    [AICI_BASE_CHARACTER] = COUNT("character", "character of text", "", BARE),
    [AICI_BASE_PAGE] = COUNT("page", "page of text", "", BARE),
    [AICI_BASE_DOCUMENT] = COUNT("document", "document", "", BARE),
    [AICI_BASE_MESSAGE] = COUNT("message", "message of a conversation", "", BARE),
    [AICI_BASE_SESSION] = COUNT("session", "session of a user", "", BARE),
    [AICI_BASE_TASK] = COUNT("task", "task given to an agent", "", BARE),
    [AICI_BASE_AGENT] = COUNT("agent", "software agent", "", BARE),
    [AICI_BASE_SUBSCRIPTION] = COUNT("subscription", "paid subscription", "", BARE),
    [AICI_BASE_HOUSEHOLD] = COUNT("household", "household", "", BARE),
    [AICI_BASE_COMPANY] = COUNT("company", "company", "", BARE),
    [AICI_BASE_VEHICLE] = COUNT("vehicle", "vehicle", "", BARE),
    [AICI_BASE_DEVICE] = COUNT("device", "device of an end user", "", BARE),
    [AICI_BASE_CORE] = COUNT("core", "processor core", "", BARE),
    [AICI_BASE_WAFER] = COUNT("wafer", "wafer of silicon", "", BARE),

    DERIVED("%", "percent", "0.01", "percent", "ISO 80000-1:2009, 7.4", 0.01, ONE, BARE, 0),
    DERIVED("pp", "percentage point: a difference of percentages", "0.01", "", "", 0.01, ONE, BARE, 0),
    DERIVED("bp", "basis point", "1e-4", "", "", 1e-4, ONE, BARE, 0),
    DERIVED("FLOPS", "FLOP or FLOP/s, as the input that it is given to demands", "1 FLOP", "FLOPs Flops flops", "", 1.0,
            POWER(AICI_BASE_FLOP, 12), LARGE | AMBIGUOUS, EXA),
    DERIVED("FLOP/s-h", "what computes 1 FLOP/s does in an hour", "3600 FLOP", "", "", 3600.0, POWER(AICI_BASE_FLOP, 12), LARGE, EXA),
    DERIVED("FLOP/s-day", "what computes 1 FLOP/s does in a day; PFLOP/s-day is also PF-day and pfs-day", "86400 FLOP", "",
            "OpenAI, AI and Compute (2018)", 86400.0, POWER(AICI_BASE_FLOP, 12), LARGE, EXA),
    DERIVED("FLOP/s-year", "what computes 1 FLOP/s does in a year", "31557600 FLOP", "", "", 31557600.0, POWER(AICI_BASE_FLOP, 12), LARGE,
            EXA),
    DERIVED("MAC", "multiply-accumulate: one multiplication and one addition", "2 FLOP", "", "", 2.0, POWER(AICI_BASE_FLOP, 12),
            LARGE | PLURAL | OPERATION, EXA),
    DERIVED("OPS", "integer operations per second, as in TOPS", "1 OP/s", "", "", 1.0, PRODUCT(AICI_BASE_OP, 12, AICI_BASE_SECOND, -12),
            LARGE, EXA),
    DERIVED("min", "minute", "60 s", "minute 分钟", SI, 60.0, POWER(AICI_BASE_SECOND, 12), PLURAL, 0),
    DERIVED("h", "hour", "3600 s", "hr hour 小时", SI, 3600.0, POWER(AICI_BASE_SECOND, 12), PLURAL, 0),
    DERIVED("day", "day", "86400 s", "d 天 日", SI, 86400.0, POWER(AICI_BASE_SECOND, 12), PLURAL, 0),
    DERIVED("week", "week", "604800 s", "wk 周", "seven days", 604800.0, POWER(AICI_BASE_SECOND, 12), PLURAL, 0),
    DERIVED("month", "month, a twelfth of a year", "2629800 s", "月", JULIAN, 2629800.0, POWER(AICI_BASE_SECOND, 12), PLURAL, 0),
    DERIVED("quarter", "quarter of a year", "7889400 s", "季度", JULIAN, 7889400.0, POWER(AICI_BASE_SECOND, 12), PLURAL, 0),
    DERIVED("year", "year of 365.25 days", "31557600 s", "yr 年", JULIAN, 31557600.0, POWER(AICI_BASE_SECOND, 12), PLURAL, 0),
    DERIVED("Hz", "hertz", "1 1/s", "hertz", SI, 1.0, POWER(AICI_BASE_SECOND, -12), LARGE, EXA),
    DERIVED("B", "byte", "8 bit", "byte", IEC, 8.0, POWER(AICI_BASE_BIT, 12), LARGE | BINARY | PLURAL, EXA),
    DERIVED("bps", "bit per second", "1 bit/s", "", "", 1.0, PRODUCT(AICI_BASE_SECOND, -12, AICI_BASE_BIT, 12), LARGE, EXA),
    DERIVED("Wh", "watt-hour", "3600 J", "", SI, 3600.0, POWER(AICI_BASE_JOULE, 12), LARGE | SMALL, EXA),
    DERIVED("W", "watt", "1 J/s", "watt", SI, 1.0, PRODUCT(AICI_BASE_SECOND, -12, AICI_BASE_JOULE, 12), LARGE | SMALL | PLURAL, EXA),
    DERIVED("mile", "statute mile", "1609.344 m", "mi", "international yard and pound agreement (1959)", 1609.344,
            POWER(AICI_BASE_METRE, 12), PLURAL, 0),
    DERIVED("L", "litre", "0.001 m^3", "litre liter", SI, 1e-3, POWER(AICI_BASE_METRE, 36), LARGE | SMALL | PLURAL, 9),
    DERIVED("t", "tonne", "1e6 g", "tonne", SI, 1e6, POWER(AICI_BASE_GRAM, 12), LARGE | PLURAL, 9),
    DERIVED("tCO2e", "tonne of CO2 equivalent", "1e6 gCO2e", "tCO2eq", "IPCC AR6, glossary", 1e6, POWER(AICI_BASE_CO2E, 12), LARGE, 9),
    DERIVED("fps", "frames per second", "1 frame/s", "FPS", "", 1.0, PRODUCT(AICI_BASE_SECOND, -12, AICI_BASE_FRAME, 12), BARE, 0),
    DERIVED("QPS", "queries per second", "1 query/s", "qps", "", 1.0, PRODUCT(AICI_BASE_SECOND, -12, AICI_BASE_QUERY, 12), BARE, 0),
};

/* The longer before the shorter that they begin with. A case of the tests shows that no synonym of the table is missing here. */
static const char chinese[][12] = {"美元", "人民币", "元",   "欧元", "日元", "日", "英镑", "韩元", "新台币", "港元",
                                   "词元", "秒",     "分钟", "小时", "天",   "周", "月",   "季度", "年"};

size_t aici_units_library_count(void) { return sizeof library / sizeof library[0]; }

const aici_library_unit *aici_units_library(size_t row) { return &library[row]; }

size_t aici_units_chinese_size(aici_slice text) {
    for (size_t i = 0; i < sizeof chinese / sizeof chinese[0]; i++) {
        size_t size = strlen(chinese[i]);
        if (text.size >= size && memcmp(text.bytes, chinese[i], size) == 0)
            return size;
    }
    return 0;
}
