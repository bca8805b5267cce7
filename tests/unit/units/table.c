/* SPDX-License-Identifier: MIT */
/* The library's table: what it says about itself is what reading finds. */
#include "units/support.h"

#include <stdlib.h>
#include <string.h>

static int make_units(void **state) {
    *state = aici_units_new(NULL, NULL);
    return *state ? 0 : -1;
}

static int free_units(void **state) {
    aici_units_free(*state);
    return 0;
}

static bool same_unit(const aici_unit *left, const aici_unit *right) {
    return close_to(left->scale, right->scale) && aici_dimension_equal(&left->dimension, &right->dimension) &&
           left->flops_ambiguous == right->flops_ambiguous;
}

static void every_entry_reads_as_itself(void **state) {
    for (size_t i = 0; i < aici_units_count(*state); i++) {
        aici_unit_entry entry = aici_units_entry(*state, i);
        assert_non_null(entry.name);
        assert_true(strlen(entry.title) > 0);
        aici_unit unit = unit_of(*state, entry.name);
        assert_true(same_unit(&unit, &entry.unit));
    }
}

static void every_synonym_reads_as_its_unit(void **state) {
    size_t synonyms = 0;
    for (size_t i = 0; i < aici_units_count(*state); i++) {
        aici_unit_entry entry = aici_units_entry(*state, i);
        char words[128];
        assert_true(strlen(entry.synonyms) < sizeof words);
        strcpy(words, entry.synonyms);
        for (char *word = strtok(words, " "); word; word = strtok(NULL, " ")) {
            aici_unit unit = unit_of(*state, word);
            assert_true(same_unit(&unit, &entry.unit));
            bool sign = strcmp(word, "$") == 0 || strcmp(word, "€") == 0 || strcmp(word, "£") == 0;
            assert_int_equal(aici_units_scan(aici_slice_of(word)), sign ? 0 : strlen(word));
            synonyms++;
        }
    }
    assert_true(synonyms > 50);
}

static void every_definition_is_true(void **state) {
    for (size_t i = 0; i < aici_units_count(*state); i++) {
        aici_unit_entry entry = aici_units_entry(*state, i);
        char *rest = NULL;
        double scale = strtod(entry.definition, &rest);
        if (strcmp(entry.definition, "base") == 0) {
            assert_true(entry.unit.scale == 1.0 && entry.unit.dimension.count == 1);
            continue;
        }
        aici_unit unit = unit_of(*state, *rest ? rest : "1");
        unit.scale *= scale;
        assert_true(close_to(unit.scale, entry.unit.scale));
        assert_true(aici_dimension_equal(&unit.dimension, &entry.unit.dimension));
    }
}

static void no_two_base_units_are_the_same(void **state) {
    for (size_t i = 0; i < aici_units_count(*state); i++) {
        aici_unit_entry left = aici_units_entry(*state, i);
        for (size_t k = 0; k < i && strcmp(left.definition, "base") == 0; k++) {
            aici_unit_entry right = aici_units_entry(*state, k);
            assert_string_not_equal(left.name, right.name);
            if (strcmp(right.definition, "base") == 0)
                assert_false(aici_dimension_equal(&left.unit.dimension, &right.unit.dimension));
        }
    }
}

static void prefixes_are_taken_as_the_table_says(void **state) {
    for (size_t i = 0; i < aici_units_count(*state); i++) {
        aici_unit_entry entry = aici_units_entry(*state, i);
        char decimal[64], small[64], binary[64];
        assert_true(strlen(entry.name) < 60);
        strcat(strcpy(decimal, "G"), entry.name);
        strcat(strcpy(small, "n"), entry.name);
        strcat(strcpy(binary, "Gi"), entry.name);
        bool some = aici_units_knows(*state, aici_slice_of(decimal)) || aici_units_knows(*state, aici_slice_of(small));
        assert_int_equal(some, entry.decimal_prefixes);
        assert_int_equal(aici_units_knows(*state, aici_slice_of(binary)), entry.binary_prefixes);
    }
}

static void names_with_operators_are_not_known_but_read(void **state) {
    assert_false(aici_units_knows(*state, aici_slice_of("USD/server")));
    assert_false(aici_units_knows(*state, aici_slice_of("")));
    assert_false(aici_units_knows(*state, aici_slice_of("s s")));
    assert_true(aici_units_knows(*state, aici_slice_of("TFLOP")));
    assert_true(aici_units_knows(*state, aici_slice_of("%")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_entry_reads_as_itself),
        cmocka_unit_test(every_synonym_reads_as_its_unit),
        cmocka_unit_test(every_definition_is_true),
        cmocka_unit_test(no_two_base_units_are_the_same),
        cmocka_unit_test(prefixes_are_taken_as_the_table_says),
        cmocka_unit_test(names_with_operators_are_not_known_but_read),
    };
    return cmocka_run_group_tests(tests, make_units, free_units);
}
