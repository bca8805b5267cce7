/* SPDX-License-Identifier: MIT */
/* Every case of tests/cases/units.yaml. */
#include "units/support.h"

#include "base/utf8.h"
#include "cases.h"

struct world {
    aici_units *units;
    aic_report *report;
    test_cases cases;
};

static int make_world(void **state) {
    static struct world world;
    world.units = aici_units_new(NULL, NULL);
    world.report = aic_report_new(NULL);
    world.cases = test_cases_read("tests/cases/units.yaml");
    *state = &world;
    return 0;
}

static int end_world(void **state) {
    struct world *world = *state;
    aici_units_free(world->units);
    aic_report_free(world->report);
    test_cases_free(&world->cases);
    return 0;
}

static int code_named(const char *name) {
    static const struct {
        const char *name;
        int code;
    } codes[] = {
#define CODE(name, number, status, meaning) {#name, number},
        AICI_CODES(CODE)
#undef CODE
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (strcmp(codes[i].name, name) == 0)
            return codes[i].code;
    }
    fail_msg("no such kind of message: %s", name);
    return 0;
}

static void complain(const test_case *item, const char *what, const char *found) {
    print_error("tests/cases/units.yaml:%u: %s: found `%s`\n", item->line, what, found);
}

static bool expect_text(const test_case *item, const char *key, const char *found) {
    const char *expected = test_case_text(item, key);
    bool same = expected && strcmp(expected, found) == 0;
    if (!same)
        complain(item, key, found);
    return same;
}

/* --- read ----------------------------------------------------------------------------------------------------------------------------- */

static bool meaning_holds(struct world *world, const test_case *item, const aici_unit *unit) {
    char number[40];
    double scale = test_case_number(item, "scale");
    if (test_case_text(item, "per"))
        scale /= test_case_number(item, "per");
    snprintf(number, sizeof number, "%.17g", unit->scale);
    bool right = close_to(unit->scale, scale);
    if (!right)
        complain(item, "scale", number);
    aici_buffer text = aici_buffer_new(NULL);
    aici_units_add_dimension(world->units, &unit->dimension, &text);
    right = expect_text(item, "dimension", aici_buffer_text(&text)) && right;
    aici_buffer_free(&text);
    if (unit->flops_ambiguous != (test_case_text(item, "flops") != NULL)) {
        complain(item, "flops", unit->flops_ambiguous ? "yes" : "no");
        right = false;
    }
    return right;
}

/* The bytes between two columns. */
static aici_slice pointed_at(const aici_source *source, const aic_report *report) {
    unsigned line = 0, column = 0, last_line = 0, last_column = 0;
    aic_report_place(report, 0, &line, &column, &last_line, &last_column);
    aici_slice text = {source->text, source->size};
    size_t begin = aici_utf8_offset(text, column - 1), end = aici_utf8_offset(text, last_column);
    return (aici_slice){source->text + begin, end - begin};
}

static bool refusal_holds(struct world *world, const test_case *item, aic_status status, const aici_source *source) {
    const aic_report *report = world->report;
    bool right = aic_report_count(report) == 1 && aic_report_code(report, 0) == code_named(test_case_text(item, "error")) &&
                 aici_code_status(aic_report_code(report, 0)) == status;
    if (!right)
        complain(item, "error", status == AIC_OK ? "a unit" : aic_report_message(report, 0));
    if (!strstr(aic_report_hint(report, 0), test_case_text_or(item, "hint", "?"))) {
        complain(item, "hint", aic_report_hint(report, 0));
        right = false;
    }
    const char *at = test_case_text(item, "at");
    if (right && at && !aici_slice_is(pointed_at(source, report), at)) {
        complain(item, "at", "another part");
        right = false;
    }
    return right;
}

static bool read_holds(struct world *world, const test_case *item, const char *text) {
    aici_arena *arena = aici_arena_new(NULL);
    const aici_source *source = aici_source_new(arena, "case", text, strlen(text));
    aici_fragment fragment = aici_fragment_of_source(source);
    aici_unit unit = {0};
    aic_report_clear(world->report);
    aic_status status = aici_units_read(world->units, &fragment, 0, fragment.text.size, &unit, world->report);
    bool right = true;
    if (test_case_text(item, "error")) {
        right = refusal_holds(world, item, status, source);
    } else if (status != AIC_OK) {
        complain(item, "read", aic_report_message(world->report, 0));
        right = false;
    } else {
        right = meaning_holds(world, item, &unit);
    }
    aici_arena_free(arena);
    return right;
}

static void texts_mean_what_the_cases_say(void **state) {
    struct world *world = *state;
    unsigned wrong = 0, seen = 0;
    for (size_t i = 0; i < world->cases.count; i++) {
        const char *text = test_case_text(&world->cases.item[i], "read");
        seen += text != NULL;
        wrong += text && !read_holds(world, &world->cases.item[i], text);
    }
    assert_int_equal(wrong, 0);
    assert_true(seen >= 150);
}

/* --- scan ----------------------------------------------------------------------------------------------------------------------------- */

static void units_end_where_the_cases_say(void **state) {
    struct world *world = *state;
    unsigned wrong = 0, seen = 0;
    for (size_t i = 0; i < world->cases.count; i++) {
        const test_case *item = &world->cases.item[i];
        const char *text = test_case_text(item, "scan");
        if (!text)
            continue;
        char found[64] = "";
        size_t size = aici_units_scan(aici_slice_of(text));
        assert_true(size <= strlen(text) && size < sizeof found);
        memcpy(found, text, size);
        wrong += !expect_text(item, "unit", found);
        seen++;
    }
    assert_int_equal(wrong, 0);
    assert_true(seen >= 20);
}

/* --- show ----------------------------------------------------------------------------------------------------------------------------- */

static aici_numerals numerals_of(const test_case *item) {
    return strcmp(test_case_text_or(item, "numerals", "si"), "chinese") == 0 ? AICI_NUMERALS_CHINESE : AICI_NUMERALS_SI;
}

static void show_case(struct world *world, const test_case *item, aici_buffer *out) {
    aici_unit unit = unit_of(world->units, test_case_text(item, "of"));
    double value = test_case_number(item, "show") * unit.scale;
    int digits = test_case_text(item, "digits") ? (int)test_case_number(item, "digits") : 4;
    aici_units_add_value(world->units, value, &unit.dimension, test_case_text(item, "in"), digits, numerals_of(item), out);
}

static void values_are_shown_as_the_cases_say(void **state) {
    struct world *world = *state;
    unsigned wrong = 0, seen = 0;
    for (size_t i = 0; i < world->cases.count; i++) {
        const test_case *item = &world->cases.item[i];
        if (!test_case_text(item, "show"))
            continue;
        aici_buffer shown = aici_buffer_new(NULL);
        show_case(world, item, &shown);
        wrong += !expect_text(item, "text", aici_buffer_text(&shown));
        aici_buffer_free(&shown);
        seen++;
    }
    assert_int_equal(wrong, 0);
    assert_true(seen >= 60);
}

/* A number, a scale tight at it, a space and a unit: by hand, as the language has them. */
static double read_back(const aici_units *units, const char *text, aici_dimension *dimension) {
    static const struct {
        const char *text;
        double factor;
    } scales[] = {{"万亿", 1e12}, {"亿", 1e8}, {"万", 1e4}, {"k", 1e3}, {"M", 1e6}, {"B", 1e9}, {"T", 1e12}};
    char *rest = NULL;
    double value = strtod(text, &rest);
    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
        if (strncmp(rest, scales[i].text, strlen(scales[i].text)) == 0) {
            value *= scales[i].factor;
            rest += strlen(scales[i].text);
            break;
        }
    }
    *dimension = aici_dimension_none();
    if (*rest == '\0')
        return value;
    assert_int_equal(*rest++, ' ');
    size_t size = aici_units_scan(aici_slice_of(rest));
    assert_true(size == strlen(rest) || strncmp(rest + size, " per ", 5) == 0);
    aici_unit unit = unit_of(units, rest);
    *dimension = unit.dimension;
    return value * unit.scale;
}

static void what_is_shown_reads_back_to_the_digits_shown(void **state) {
    struct world *world = *state;
    for (size_t i = 0; i < world->cases.count; i++) {
        const test_case *item = &world->cases.item[i];
        double written = test_case_text(item, "show") ? test_case_number(item, "show") : 0.0;
        if (!test_case_text(item, "show") || !(written - written == 0.0))
            continue;
        aici_unit unit = unit_of(world->units, test_case_text(item, "of"));
        aici_buffer shown = aici_buffer_new(NULL);
        show_case(world, item, &shown);
        aici_dimension dimension;
        double value = read_back(world->units, aici_buffer_text(&shown), &dimension), expected = written * unit.scale;
        double difference = value > expected ? value - expected : expected - value, size = expected < 0.0 ? -expected : expected;
        if (difference > 0.006 * size)
            complain(item, "reads back", aici_buffer_text(&shown));
        assert_true(difference <= 0.006 * size);
        assert_true(aici_dimension_equal(&dimension, &unit.dimension));
        aici_buffer_free(&shown);
    }
}

static void seventeen_digits_read_back_to_the_same_value(void **state) {
    struct world *world = *state;
    static const char *const texts[] = {"FLOP/s", "token", "s", "TFLOP/s/accelerator", "1"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        aici_dimension dimension = dimension_of(world->units, texts[i]), found;
        aici_buffer shown = aici_buffer_new(NULL);
        aici_units_add_value(world->units, 1.2345678901234567e13, &dimension, texts[i], 17, AICI_NUMERALS_SI, &shown);
        assert_true(close_to(read_back(world->units, aici_buffer_text(&shown), &found), 1.2345678901234567e13));
        assert_true(aici_dimension_equal(&found, &dimension));
        aici_buffer_free(&shown);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_mean_what_the_cases_say),
        cmocka_unit_test(units_end_where_the_cases_say),
        cmocka_unit_test(values_are_shown_as_the_cases_say),
        cmocka_unit_test(what_is_shown_reads_back_to_the_digits_shown),
        cmocka_unit_test(seventeen_digits_read_back_to_the_same_value),
    };
    return cmocka_run_group_tests(tests, make_world, end_world);
}
