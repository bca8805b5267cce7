/* SPDX-License-Identifier: MIT */
/* Parts of a sampling: shards in any order come to the very result of one call; what does not belong together is refused, each with its own
 * message. */
#include "support.h"

/** Numbers of messages. */
enum {
    PART_SHAPE = 720,
    PART_DAMAGED = 721,
    PART_SCENARIO = 724,
    PART_NAMES = 725,
    PART_METHOD = 726,
    PART_SEED = 727,
    PART_SAMPLES = 728,
    PART_QUANTILES = 729,
    PART_OVERLAP = 730,
    PART_GAP = 731,
    PART_INCOMPLETE = 734
};

static const char FLEET[] = "aicompute: 1\n"
                            "title: A fleet\n"
                            "timeline: 2024..2026\n"
                            "assumptions:\n"
                            "  visits: 4e7 to 9e7 visit/day\n"
                            "  price: 29000 ± 3000 USD/server\n"
                            "  share: uniform(20 %, 50 %)\n"
                            "  sites: discrete(1, 20 %, 2, 50 %, 5, 30 %)\n"
                            "  fixed: 10 query/visit\n"
                            "correlations: [[visits, price, 0.5]]\n"
                            "calculations:\n"
                            "  queries: visits * fixed\n"
                            "  one: visits / visits\n"
                            "  sure: fixed * 2\n"
                            "  capped: \"min(visits, 6e7 visit/day)\"\n"
                            "  stepped: sites * 2\n"
                            "  broken: ln(share - 30 %)\n"
                            "  spent: price * (1 + 0.1 * (year - 2024))\n";

static aic_part *sample(aic_scenario *scenario, aic_sample_options options, uint32_t shard, uint32_t count) {
    aic_report *report = aic_report_new(NULL);
    aic_part *part = NULL;
    options.size = sizeof options;
    options.shard = shard;
    options.shard_count = count;
    if (aic_scenario_sample_part(scenario, NULL, 0, &options, &part, report) != AIC_OK) {
        show(report);
        fail();
    }
    aic_report_free(report);
    return part;
}

static char *json_of(aic_result *result) {
    const aic_text_options options = {.size = sizeof options, .format = AIC_FORMAT_JSON};
    aic_text *text = NULL;
    assert_int_equal(aic_result_text(result, &options, &text, NULL), AIC_OK);
    char *copy = strdup(aic_text_bytes(text));
    aic_text_free(text);
    aic_result_unref(result);
    return copy;
}

static char *json_of_part(const aic_part *part, int partial) {
    aic_result *result = NULL;
    aic_report *report = aic_report_new(NULL);
    if (aic_part_result(part, partial, &result, report) != AIC_OK) {
        show(report);
        fail();
    }
    aic_report_free(report);
    return json_of(result);
}

static char *json_of_whole(aic_scenario *scenario, aic_sample_options options) {
    aic_result *result = NULL;
    options.size = sizeof options;
    assert_int_equal(aic_scenario_sample(scenario, NULL, 0, &options, &result, NULL), AIC_OK);
    return json_of(result);
}

static void free_parts(aic_part **part, size_t count) {
    for (size_t i = 0; i < count; i++)
        aic_part_free(part[i]);
}

static void shuffle(aic_part **part, uint32_t count, uint64_t *state) {
    for (uint32_t i = count; i > 1; i--) {
        *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407u;
        uint32_t other = (uint32_t)(*state >> 33) % i;
        aic_part *kept = part[i - 1];
        part[i - 1] = part[other];
        part[other] = kept;
    }
}

/** Shards that were each sampled by another number of threads, merged in a random order: the same bytes of part and of result as without
 * shards. */
static void merge_equals_whole(aic_scenario *scenario, aic_sample_options options, uint32_t count, uint64_t *random) {
    aic_part *part[32], *merged = NULL, *whole = sample(scenario, options, 0, 1);
    char *expected = json_of_whole(scenario, options);
    for (uint32_t i = 0; i < count; i++) {
        options.threads = 1 + (uint32_t)(*random >> 40) % 64;
        part[i] = sample(scenario, options, i, count);
    }
    shuffle(part, count, random);
    assert_int_equal(aic_parts_merge((const aic_part *const *)part, count, &merged, NULL), AIC_OK);
    size_t size, size_of_whole;
    const void *bytes = aic_part_bytes(merged, &size), *bytes_of_whole = aic_part_bytes(whole, &size_of_whole);
    assert_int_equal(size, size_of_whole);
    assert_memory_equal(bytes, bytes_of_whole, size);
    char *found = json_of_part(merged, 0), *together;
    aic_result *result = NULL;
    assert_string_equal(found, expected);
    assert_int_equal(aic_parts_result((const aic_part *const *)part, count, 0, &result, NULL), AIC_OK);
    together = json_of(result);
    assert_string_equal(together, expected);
    free(together);
    free(found);
    free(expected);
    aic_part_free(merged);
    aic_part_free(whole);
    free_parts(part, count);
}

static void all_divisions_give_the_same_bits(aic_sample_options options, uint32_t step) {
    static const double many[] = {0.01, 0.02,  0.05, 0.1,   0.2,   0.3,   0.4,   0.5,   0.6,   0.7,  0.8,
                                  0.9,  0.91,  0.92, 0.93,  0.94,  0.95,  0.955, 0.96,  0.965, 0.97, 0.975,
                                  0.98, 0.985, 0.99, 0.991, 0.992, 0.993, 0.994, 0.995, 0.996, 0.999};
    static const size_t counts[] = {3, 0, 1, 12, 32};
    aic_scenario *scenario = load(FLEET);
    uint64_t random = 20240607;
    for (uint32_t count = 1; count <= 32; count += step) {
        options.quantiles = counts[count % 5] == 3 ? NULL : many;
        options.quantile_count = options.quantiles ? counts[count % 5] : 0;
        merge_equals_whole(scenario, options, count, &random);
    }
    aic_scenario_free(scenario);
}

static void shards_of_monte_carlo_give_the_bits_of_the_whole(void **state) {
    (void)state;
    all_divisions_give_the_same_bits((aic_sample_options){.samples = 100000, .method = AIC_METHOD_MONTE_CARLO, .seed = 3}, 1);
}

static void shards_of_sobol_points_give_the_bits_of_the_whole(void **state) {
    (void)state;
    all_divisions_give_the_same_bits((aic_sample_options){.samples = 65536, .seed = 7}, 3);
}

/** What is taken and not given back, and the most that was. */
typedef struct held {
    size_t now, most;
} held;

enum { HEADER = 32 };

static void *allocate_counted(void *user, size_t size) {
    held *count = user;
    char *block = malloc(size + HEADER);
    if (block == NULL) {
        return NULL;
    }
    memcpy(block, &size, sizeof size);
    count->now += size;
    count->most = count->now > count->most ? count->now : count->most;
    return block + HEADER;
}

static void release_counted(void *user, void *memory) {
    held *count = user;
    size_t size;
    if (memory != NULL) {
        memcpy(&size, (char *)memory - HEADER, sizeof size);
        count->now -= size;
        free((char *)memory - HEADER);
    }
}

static void *reallocate_counted(void *user, void *memory, size_t size) {
    size_t before = 0;
    void *block = allocate_counted(user, size);
    if (block != NULL && memory != NULL) {
        memcpy(&before, (char *)memory - HEADER, sizeof before);
        memcpy(block, memory, before < size ? before : size);
        release_counted(user, memory);
    }
    return block;
}

static void values_are_taken_from_the_bytes_of_a_part_without_a_copy(void **state) {
    (void)state;
    held count = {0, 0};
    const aic_allocator counting = {allocate_counted, reallocate_counted, release_counted, &count};
    const aic_load_options options = {.size = sizeof options, .allocator = &counting};
    aic_scenario *scenario = load(FLEET);
    aic_part *made = sample(scenario, (aic_sample_options){.samples = 400000, .method = AIC_METHOD_MONTE_CARLO}, 0, 1), *part = NULL;
    size_t size;
    const void *bytes = aic_part_bytes(made, &size);
    assert_int_equal(aic_part_read(bytes, size, NULL, &options, &part, NULL), AIC_OK);
    assert_true(size > 500000 && count.most < size + size / 4);
    char *found = json_of_part(part, 0), *expected = json_of_part(made, 0);
    assert_string_equal(found, expected);
    assert_true(count.most < 2 * size); /* what selecting takes is by output */
    free(found);
    free(expected);
    aic_part_free(part);
    assert_int_equal(count.now, 0);
    aic_part_free(made);
    aic_scenario_free(scenario);
}

static void a_file_is_held_once(void **state) {
    (void)state;
    held count = {0, 0};
    const aic_allocator counting = {allocate_counted, reallocate_counted, release_counted, &count};
    const aic_load_options options = {.size = sizeof options, .allocator = &counting};
    aic_scenario *scenario = load(FLEET);
    aic_part *made = sample(scenario, (aic_sample_options){.samples = 400000, .method = AIC_METHOD_MONTE_CARLO}, 0, 1), *part = NULL;
    char path[32];
    FILE *file = tmpfile();
    size_t size, again;
    const void *bytes = aic_part_bytes(made, &size);
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fflush(file), 0);
    snprintf(path, sizeof path, "/dev/fd/%d", fileno(file));
    assert_int_equal(aic_part_load_file(path, &options, &part, NULL), AIC_OK);
    assert_memory_equal(aic_part_bytes(part, &again), bytes, size);
    assert_int_equal(again, size);
    assert_true(count.now < size + size / 2 + (size_t)(1 << 20)); /* a buffer that grew, and little else */
    aic_part_free(part);
    assert_int_equal(count.now, 0);
    fclose(file);
    aic_part_free(made);
    aic_scenario_free(scenario);
}

static void a_file_that_is_no_part_is_refused_by_its_name(void **state) {
    (void)state;
    static const struct {
        const char *path;
        int code;
    } files[] = {{"no/such.part", 102}, {"/", 102}, {"/dev/null", PART_SHAPE}, {"meson.build", PART_SHAPE}};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        aic_report *report = aic_report_new(NULL);
        aic_part *part = NULL;
        assert_int_not_equal(aic_part_load_file(files[i].path, NULL, &part, report), AIC_OK);
        assert_null(part);
        assert_int_equal(aic_report_code(report, 0), files[i].code);
        assert_non_null(strstr(aic_report_message(report, 0), files[i].path));
        aic_report_free(report);
    }
}

static void few_draws_have_shards_too(void **state) {
    (void)state;
    all_divisions_give_the_same_bits((aic_sample_options){.samples = 500}, 7);
    all_divisions_give_the_same_bits((aic_sample_options){.samples = 17, .method = AIC_METHOD_MONTE_CARLO}, 7);
    all_divisions_give_the_same_bits((aic_sample_options){.samples = 9000, .method = AIC_METHOD_MONTE_CARLO}, 7);
}

static void parts_merge_in_steps(void **state) {
    (void)state;
    aic_scenario *scenario = load(FLEET);
    const aic_sample_options options = {.samples = 100000, .method = AIC_METHOD_MONTE_CARLO};
    aic_part *part[4], *left = NULL, *right = NULL, *all = NULL, *whole = sample(scenario, options, 0, 1);
    for (uint32_t i = 0; i < 4; i++)
        part[i] = sample(scenario, options, i, 4);
    const aic_part *outer[] = {part[3], part[0]}, *inner[] = {part[2], part[1]};
    assert_int_equal(aic_parts_merge(outer, 2, &left, NULL), AIC_OK);
    assert_int_equal(aic_parts_merge(inner, 2, &right, NULL), AIC_OK);
    const aic_part *halves[] = {left, right};
    assert_int_equal(aic_parts_merge(halves, 2, &all, NULL), AIC_OK);
    size_t size, size_of_whole;
    const void *bytes = aic_part_bytes(all, &size), *bytes_of_whole = aic_part_bytes(whole, &size_of_whole);
    assert_true(size == size_of_whole && memcmp(bytes, bytes_of_whole, size) == 0);
    free_parts(part, 4);
    free_parts((aic_part *[]){left, right, all, whole}, 4);
    aic_scenario_free(scenario);
}

static void a_part_needs_nothing_but_its_bytes(void **state) {
    (void)state;
    static const char kinds[] =
        "aicompute: 1\ndefinitions:\n  fleet:\n    title: A fleet\n    inputs:\n      price: {unit: USD/server, doc: price}\n"
        "      count: {unit: server, doc: how many}\n    outputs:\n      total: {unit: USD, formula: price * count, doc: all}\n";
    static const char text[] =
        "aicompute: 1\nassumptions: {p: 20000 to 40000 USD/server}\nmodels:\n  f: {kind: fleet, price: p, count: 12 server}\n";
    const aic_library library = {"fleet.yaml", kinds, sizeof kinds - 1};
    const aic_load_options options = {.size = sizeof options, .libraries = &library, .library_count = 1};
    aic_report *report = aic_report_new(NULL);
    aic_scenario *scenario = NULL;
    aic_part *part = NULL, *again = NULL;
    const char *names[] = {"f.total", "p"};
    if (aic_scenario_load(text, sizeof text - 1, "f.yaml", &options, &scenario, report) != AIC_OK)
        show(report);
    assert_int_equal(aic_scenario_set(scenario, "f.count", "13 server", NULL), AIC_OK);
    aic_result *expected = NULL;
    assert_int_equal(aic_scenario_sample(scenario, names, 2, NULL, &expected, NULL), AIC_OK);
    assert_int_equal(aic_scenario_sample_part(scenario, names, 2, NULL, &part, report), AIC_OK);
    aic_scenario_free(scenario);
    size_t size;
    const void *bytes = aic_part_bytes(part, &size);
    char *copy = malloc(size);
    memcpy(copy, bytes, size);
    aic_part_free(part);
    assert_int_equal(aic_part_read(copy, size, "f.part", NULL, &again, report), AIC_OK);
    free(copy);
    uint64_t all;
    assert_int_equal(aic_part_samples(again, &all), 65536);
    assert_int_equal(all, 65536);
    char *json = json_of_part(again, 0), *expected_json = json_of(expected);
    assert_string_equal(json, expected_json);
    free(json);
    free(expected_json);
    aic_part_free(again);
    aic_report_free(report);
}

static void where_nothing_is_uncertain_parts_merge_all_the_same(void **state) {
    (void)state;
    aic_scenario *scenario = load("aicompute: 1\nassumptions: {x: 3}\ncalculations: {y: x * 2}\n");
    aic_part *part[] = {sample(scenario, (aic_sample_options){0}, 0, 2), sample(scenario, (aic_sample_options){0}, 1, 2)}, *merged = NULL;
    assert_int_equal(aic_parts_merge((const aic_part *const *)part, 2, &merged, NULL), AIC_OK);
    char *found = json_of_part(merged, 0), *expected = json_of_whole(scenario, (aic_sample_options){0});
    assert_string_equal(found, expected);
    free(found);
    free(expected);
    aic_part_free(merged);
    free_parts(part, 2);
    aic_scenario_free(scenario);
}

/* --- what is missing ------------------------------------------------------------------------------------------------------------------ */

static void a_gap_is_refused_and_a_partial_result_says_so(void **state) {
    (void)state;
    aic_scenario *scenario = load(FLEET);
    const aic_sample_options options = {.samples = 100000, .method = AIC_METHOD_MONTE_CARLO};
    aic_part *part[] = {sample(scenario, options, 0, 4), sample(scenario, options, 2, 4)}, *merged = NULL;
    aic_report *report = aic_report_new(NULL);
    aic_result *result = NULL;
    uint64_t all;
    assert_int_equal(aic_parts_merge((const aic_part *const *)part, 2, &merged, report), AIC_OK);
    assert_int_equal(aic_part_samples(merged, &all), 6 * 8192);
    assert_int_equal(all, 100000);
    assert_int_equal(aic_part_result(merged, 0, &result, report), AIC_ERROR_SCENARIO);
    assert_null(result);
    assert_int_equal(aic_report_code(report, 0), PART_GAP);
    assert_contains(aic_report_message(report, 0), "49152 of 100000 draws are there; the first that is missing is draw 24576");
    assert_int_equal(aic_part_result(merged, 1, &result, report), AIC_OK);
    assert_int_equal(aic_result_samples(result), 49152);
    assert_int_equal(aic_report_code(report, aic_report_count(report) - 1), PART_INCOMPLETE);
    size_t index;
    assert_int_equal(aic_result_find(result, "queries", &index, NULL), AIC_OK);
    assert_true(fabs(aic_result_statistic(result, index, 0, AIC_STATISTIC_QUANTILE, 1) / (6e8 / 86400) - 1) < 0.01);
    aic_result_unref(result);
    aic_part_free(merged);
    free_parts(part, 2);
    aic_report_free(report);
    aic_scenario_free(scenario);
}

static void a_replicate_alone_says_nothing_of_its_error(void **state) {
    (void)state;
    aic_scenario *scenario = load(FLEET);
    aic_part *one = sample(scenario, (aic_sample_options){.samples = 131072}, 0, 8), *three = NULL;
    aic_part *more[] = {one, sample(scenario, (aic_sample_options){.samples = 131072}, 1, 8),
                        sample(scenario, (aic_sample_options){.samples = 131072}, 5, 8)};
    aic_result *result = NULL;
    size_t index;
    assert_int_equal(aic_part_result(one, 1, &result, NULL), AIC_OK);
    assert_int_equal(aic_result_find(result, "queries", &index, NULL), AIC_OK);
    assert_true(isnan(aic_result_statistic(result, index, 0, AIC_STATISTIC_MEAN_ERROR, 0)));
    assert_true(aic_result_statistic(result, index, 0, AIC_STATISTIC_MEAN, 0) > 0);
    aic_result_unref(result);
    assert_int_equal(aic_parts_merge((const aic_part *const *)more, 3, &three, NULL), AIC_OK);
    assert_int_equal(aic_part_result(three, 1, &result, NULL), AIC_OK);
    assert_true(aic_result_statistic(result, index, 0, AIC_STATISTIC_MEAN_ERROR, 0) > 0);
    assert_true(aic_result_statistic(result, index, 0, AIC_STATISTIC_QUANTILE_ERROR, 2) > 0);
    aic_result_unref(result);
    aic_part_free(three);
    free_parts(more, 3);
    aic_scenario_free(scenario);
}

/* --- what does not belong together ---------------------------------------------------------------------------------------------------- */

static void assert_refused(aic_part *first, aic_part *second, int code, const char *words) {
    const aic_part *parts[] = {first, second};
    aic_part *merged = (aic_part *)&code;
    aic_report *report = aic_report_new(NULL);
    assert_int_not_equal(aic_parts_merge(parts, 2, &merged, report), AIC_OK);
    assert_null(merged);
    assert_int_equal(aic_report_code(report, 0), code);
    assert_contains(aic_report_message(report, 0), words);
    assert_true(*aic_report_hint(report, 0) != '\0');
    aic_report_free(report);
}

static aic_part *named(aic_scenario *scenario, const char *name) {
    const aic_sample_options options = {.size = sizeof options, .shard = 1, .shard_count = 2};
    aic_part *part = NULL;
    assert_int_equal(aic_scenario_sample_part(scenario, &name, 1, &options, &part, NULL), AIC_OK);
    return part;
}

static void parts_of_other_samplings_are_refused(void **state) {
    (void)state;
    static const double tail[] = {0.9};
    aic_scenario *scenario = load(FLEET), *other = load(FLEET);
    assert_int_equal(aic_scenario_set(other, "fixed", "11 query/visit", NULL), AIC_OK);
    aic_part *first = sample(scenario, (aic_sample_options){0}, 0, 2);
    aic_part *second[] = {
        sample(other, (aic_sample_options){0}, 1, 2),
        named(scenario, "queries"),
        sample(scenario, (aic_sample_options){.method = AIC_METHOD_MONTE_CARLO}, 1, 2),
        sample(scenario, (aic_sample_options){.seed = 5}, 1, 2),
        sample(scenario, (aic_sample_options){.samples = 131072}, 1, 2),
        sample(scenario, (aic_sample_options){.replicates = 16}, 1, 2),
        sample(scenario, (aic_sample_options){.quantiles = tail, .quantile_count = 1}, 1, 2),
        sample(scenario, (aic_sample_options){0}, 1, 3),
    };
    assert_refused(first, second[0], PART_SCENARIO, "part 2: of another scenario");
    assert_refused(first, second[1], PART_NAMES, "other quantities");
    assert_refused(first, second[2], PART_METHOD, "drawn by method `mc`, expected `sobol`");
    assert_refused(first, second[3], PART_SEED, "drawn with seed 5, expected 0 as in part 1");
    assert_refused(first, second[4], PART_SAMPLES, "of 131072 draws in 8 replicates, expected 65536 in 8");
    assert_refused(first, second[5], PART_SAMPLES, "of 65536 draws in 16 replicates");
    assert_refused(first, second[6], PART_QUANTILES, "other quantiles");
    assert_refused(first, second[7], PART_OVERLAP, "part 2: draw 16384, and others, are in a part before it too");
    assert_refused(first, first, PART_OVERLAP, "part 2: draw 0");
    aic_part_free(first);
    free_parts(second, 8);
    aic_scenario_free(scenario);
    aic_scenario_free(other);
}

/* --- bytes from anywhere -------------------------------------------------------------------------------------------------------------- */

static int code_of_reading(const void *bytes, size_t size) {
    aic_report *report = aic_report_new(NULL);
    aic_part *part = NULL;
    aic_status status = aic_part_read(bytes, size, "x.part", NULL, &part, report);
    int code = status == AIC_OK ? 0 : aic_report_code(report, 0);
    assert_true((status == AIC_OK) == (part != NULL));
    if (code)
        assert_contains(aic_report_message(report, 0), "x.part: ");
    aic_part_free(part);
    aic_report_free(report);
    return code;
}

static void a_part_that_was_changed_is_refused(void **state) {
    (void)state;
    aic_scenario *scenario = load(FLEET);
    aic_part *part = sample(scenario, (aic_sample_options){.samples = 100}, 0, 1);
    size_t size;
    const char *bytes = aic_part_bytes(part, &size);
    char *copy = malloc(size);
    memcpy(copy, bytes, size);
    assert_int_equal(code_of_reading(copy, size), 0);
    for (size_t cut = 0; cut < size; cut += cut < 400 ? 1 : 977)
        assert_int_equal(code_of_reading(copy, cut), cut < 8 ? PART_SHAPE : PART_DAMAGED);
    for (size_t at = 0; at < size; at += at < 400 ? 1 : 977) {
        copy[at] ^= 1;
        assert_int_equal(code_of_reading(copy, size), at < 8 ? PART_SHAPE : PART_DAMAGED);
        copy[at] ^= 1;
    }
    assert_int_equal(code_of_reading(FLEET, sizeof FLEET), PART_SHAPE);
    free(copy);
    aic_part_free(part);
    aic_scenario_free(scenario);
}

/* --- stopping ------------------------------------------------------------------------------------------------------------------------- */

static void a_part_that_is_stopped_at_once_is_none(void **state) {
    (void)state;
    const volatile uint32_t stop = 1;
    const aic_sample_options options = {.size = sizeof options, .cancel = &stop, .keep_partial = 1};
    aic_scenario *scenario = load(FLEET);
    aic_part *part = (aic_part *)&options;
    assert_int_equal(aic_scenario_sample_part(scenario, NULL, 0, &options, &part, NULL), AIC_ERROR_CANCELLED);
    assert_null(part);
    aic_scenario_free(scenario);
}

/** An allocator that sets the cancel word when the run has begun: the one way to stop at a known place. */
struct stopper {
    volatile uint32_t stop;
    size_t calls, stop_at;
};

static void *allocate(void *user, size_t bytes) {
    struct stopper *self = user;
    self->stop = self->stop || ++self->calls == self->stop_at;
    return malloc(bytes);
}

static void *reallocate(void *user, void *block, size_t bytes) {
    (void)user;
    return realloc(block, bytes);
}

static void release(void *user, void *block) {
    (void)user;
    free(block);
}

/** Stops at each allocation in turn: a part, if there is one, completes with the rest to the very result. */
static void a_part_that_was_stopped_is_worth_what_it_holds(void **state) {
    (void)state;
    volatile uint64_t progress = 0;
    struct stopper stopper = {0};
    const aic_allocator allocator = {allocate, reallocate, release, &stopper};
    const aic_load_options load_options = {.size = sizeof load_options, .allocator = &allocator};
    aic_sample_options options = {.size = sizeof options,
                                  .samples = 400000,
                                  .method = AIC_METHOD_MONTE_CARLO,
                                  .cancel = &stopper.stop,
                                  .progress = &progress,
                                  .threads = 2};
    aic_scenario *scenario = NULL;
    size_t stopped = 0;
    assert_int_equal(aic_scenario_load(FLEET, sizeof FLEET - 1, "fleet", &load_options, &scenario, NULL), AIC_OK);
    for (size_t calls = 1, more = 1; more; calls++) {
        aic_report *report = aic_report_new(NULL);
        aic_part *part = NULL;
        stopper = (struct stopper){.stop_at = calls};
        options.keep_partial = calls % 2 == 0;
        aic_status status = aic_scenario_sample_part(scenario, NULL, 0, &options, &part, report);
        more = stopper.stop;
        assert_true(status == AIC_OK || status == AIC_ERROR_CANCELLED);
        assert_true((status == AIC_OK) == (part != NULL));
        if (part && aic_part_samples(part, NULL) < 400000) {
            stopped++;
            assert_true(options.keep_partial);
            assert_int_equal(aic_part_samples(part, NULL), progress);
            assert_int_equal(aic_report_code(report, aic_report_count(report) - 1), PART_INCOMPLETE);
        }
        aic_part_free(part);
        aic_report_free(report);
    }
    print_message("%zu were stopped on the way\n", stopped);
    aic_scenario_free(scenario);
}

static void mistakes_of_the_caller_are_refused(void **state) {
    (void)state;
    aic_scenario *scenario = load(FLEET);
    aic_part *part = NULL;
    aic_result *result = NULL;
    const aic_sample_options bad[] = {{.size = sizeof *bad, .shard = 1},
                                      {.size = sizeof *bad, .shard = 2, .shard_count = 2},
                                      {.size = sizeof *bad, .shard_count = 1u << 21}};
    const aic_sample_options half = {.size = sizeof half, .shard_count = 2};
    const aic_library library = {"x", "", 0};
    const aic_load_options with_library = {.size = sizeof with_library, .libraries = &library, .library_count = 1};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(aic_scenario_sample_part(scenario, NULL, 0, &bad[i], &part, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_sample(scenario, NULL, 0, &half, &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_sample_part(NULL, NULL, 0, NULL, &part, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_sample_part(scenario, NULL, 0, NULL, NULL, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_part_read(NULL, 5, NULL, NULL, &part, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_part_read("", 0, NULL, &with_library, &part, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_parts_merge(NULL, 1, &part, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_parts_merge((const aic_part *const[]){NULL}, 1, &part, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_part_result(NULL, 0, &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_parts_result(NULL, 1, 0, &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_parts_result((const aic_part *const[]){NULL}, 1, 0, &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_part_load_file(NULL, NULL, &part, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_part_load_file("x", &with_library, &part, NULL), AIC_ERROR_ARGUMENT);
    assert_null(part);
    size_t size = 9;
    uint64_t all = 9;
    assert_null(aic_part_bytes(NULL, &size));
    assert_int_equal(aic_part_samples(NULL, &all) + all + size, 0);
    aic_part_free(NULL);
    aic_scenario_free(scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shards_of_monte_carlo_give_the_bits_of_the_whole),
        cmocka_unit_test(shards_of_sobol_points_give_the_bits_of_the_whole),
        cmocka_unit_test(values_are_taken_from_the_bytes_of_a_part_without_a_copy),
        cmocka_unit_test(a_file_is_held_once),
        cmocka_unit_test(a_file_that_is_no_part_is_refused_by_its_name),
        cmocka_unit_test(few_draws_have_shards_too),
        cmocka_unit_test(parts_merge_in_steps),
        cmocka_unit_test(a_part_needs_nothing_but_its_bytes),
        cmocka_unit_test(where_nothing_is_uncertain_parts_merge_all_the_same),
        cmocka_unit_test(a_gap_is_refused_and_a_partial_result_says_so),
        cmocka_unit_test(a_replicate_alone_says_nothing_of_its_error),
        cmocka_unit_test(parts_of_other_samplings_are_refused),
        cmocka_unit_test(a_part_that_was_changed_is_refused),
        cmocka_unit_test(a_part_that_is_stopped_at_once_is_none),
        cmocka_unit_test(a_part_that_was_stopped_is_worth_what_it_holds),
        cmocka_unit_test(mistakes_of_the_caller_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
