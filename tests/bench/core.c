/* SPDX-License-Identifier: MIT */
/*
 * The speed and the memory of the core, measured in one run: loading and compiling a scenario against libyaml's bare event parse of the
 * same bytes, and one evaluation of a compiled model. Prints figures; judges nothing. Usage: core FOLDER_OF_KINDS (lib/models)
 */
#define _POSIX_C_SOURCE 200809L
#include <aicompute/aicompute.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yaml.h>

enum { ASSUMPTIONS = 200, MODELS = 20, KINDS = 4, ROUNDS = 15 };

static const char *const kinds[KINDS] = {"training", "inference", "server_market", "cagr"};

static double processor_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* --- the scenario --------------------------------------------------------------------------------------------------------------------- */

static size_t add(char *text, size_t size, const char *format, int number, double value) {
    return size + (size_t)sprintf(text + size, format, number, value);
}

/** Assumptions with sources and notes, then models that use them: shaped like a real file. */
static size_t write_scenario(char *text) {
    static const char *const units[] = {"FLOP/s", "token/query", "USD", "W", "parameter"};
    size_t size = (size_t)sprintf(
        text,
        "aicompute: 1\ntitle: A fleet\ntimeline: 2024..2030\nsources:\n  sheet: {title: Vendor data sheet, date: 2024-03}\nassumptions:\n");
    for (int i = 0; i < ASSUMPTIONS; i++) {
        size = add(text, size, "  assumption_%03d:\n    value: %g", i, 1.5 * (i + 1));
        size += (size_t)sprintf(text + size, " %s\n    source: sheet\n    note: \"measured on a quiet machine, median of %d runs\"\n",
                                units[i % 5], i % 9 + 3);
    }
    size += (size_t)sprintf(text + size, "models:\n");
    for (int i = 0; i < MODELS; i += KINDS) {
        size = add(text, size, "  run_%02d:\n    kind: training\n    parameters: assumption_%03.0f * 1e9\n    tokens: 15T token\n", i,
                   4.0 + 5 * (i / KINDS));
        size = add(text, size,
                   "    accelerators: %d accelerator\n    accelerator_peak: %g TFLOP/s/accelerator\n    utilization: 40 %%\n    "
                   "accelerator_hour_price: 2 USD/accelerator-hour\n",
                   1000 + i, 989);
        size = add(text, size,
                   "  chat_%02d:\n    kind: inference\n    parameters: assumption_%03.0f * 1e9\n    tokens_per_query: 267 token/query\n    "
                   "utilization: 32 %%\n",
                   i, 9.0 + 5 * (i / KINDS));
        size = add(text, size,
                   "    queries_per_day: %d query/day\n    accelerator_peak: %g TFLOP/s/accelerator\n    server_price: 29000 USD/server\n",
                   600000000 + i, 65);
        size = add(text, size,
                   "  market_%02d:\n    kind: server_market\n    shipments_base: %g server/year\n    shipments_growth: 20 %%/year\n    "
                   "price_base: 160000 USD/server\n    price_growth: 3 %%/year\n",
                   i, 1.6e6);
        size = add(text, size,
                   "  growth_%02d:\n    kind: cagr\n    start: %g CNY/year\n    end: 1089.4亿 CNY/year\n    start_year: 2021\n    "
                   "end_year: 2026\n",
                   i, 3.5e10);
    }
    return size;
}

static char *read_file(const char *folder, const char *kind, size_t *size) {
    char path[500];
    snprintf(path, sizeof path, "%s/%s.yaml", folder, kind);
    FILE *file = fopen(path, "rb");
    char *text = malloc(1 << 20);
    if (file == NULL || text == NULL) {
        fprintf(stderr, "%s cannot be read\n", path);
        exit(2);
    }
    *size = fread(text, 1, 1 << 20, file);
    fclose(file);
    return text;
}

/* --- what is timed -------------------------------------------------------------------------------------------------------------------- */

static long parse_events(const char *text, size_t size) {
    yaml_parser_t parser;
    yaml_event_t event;
    long count = 0;
    int done = 0;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
    while (!done && yaml_parser_parse(&parser, &event)) {
        count++;
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return count;
}

static aic_scenario *load(const char *text, size_t size, const aic_allocator *allocator) {
    aic_load_options options = {.size = sizeof options, .allocator = allocator};
    aic_report *report = aic_report_new(NULL);
    aic_scenario *scenario = NULL;
    if (aic_scenario_load(text, size, "generated", &options, &scenario, report) != AIC_OK) {
        aic_text *picture = NULL;
        aic_report_text(report, 0, &picture);
        fputs(aic_text_bytes(picture), stderr);
        exit(1);
    }
    aic_report_free(report);
    return scenario;
}

static void load_and_compile(const char *text, size_t size) {
    aic_scenario *scenario = load(text, size, NULL);
    aic_model *model = NULL;
    if (aic_model_compile(scenario, NULL, &model, NULL) != AIC_OK) {
        exit(1);
    }
    aic_model_unref(model);
    aic_scenario_free(scenario);
}

static int compare_doubles(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static double median(double *values, int count) {
    qsort(values, (size_t)count, sizeof *values, compare_doubles);
    return values[count / 2];
}

/** Rounds of both in turn, so that the machine's speed cancels in the ratio. */
static void time_loading(const char *text, size_t size, char *kind_text[KINDS], const size_t kind_size[KINDS]) {
    double parse[ROUNDS], whole[ROUNDS], ratio[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        double start = processor_seconds();
        for (int i = 0; i < 20; i++) {
            parse_events(text, size);
            for (int kind = 0; kind < KINDS; kind++) {
                parse_events(kind_text[kind], kind_size[kind]);
            }
        }
        double middle = processor_seconds();
        for (int i = 0; i < 20; i++) {
            load_and_compile(text, size);
        }
        double end = processor_seconds();
        parse[round] = (middle - start) / 20;
        whole[round] = (end - middle) / 20;
        ratio[round] = whole[round] / parse[round];
    }
    size_t kinds_size = kind_size[0] + kind_size[1] + kind_size[2] + kind_size[3];
    printf("scenario of %zu bytes, %d assumptions, %d models; kinds of %zu bytes\n", size, ASSUMPTIONS, MODELS, kinds_size);
    printf("  libyaml's events alone      %8.3f ms\n", median(parse, ROUNDS) * 1e3);
    printf("  load and compile            %8.3f ms\n", median(whole, ROUNDS) * 1e3);
    printf("  ratio                       %8.2f\n", median(ratio, ROUNDS));
}

/* --- memory --------------------------------------------------------------------------------------------------------------------------- */

struct counter {
    size_t live, calls;
};

static void *count_allocate(void *user, size_t bytes) {
    struct counter *counter = user;
    size_t *block = malloc(bytes + 16);
    if (block == NULL) {
        return NULL;
    }
    counter->live += bytes;
    counter->calls++;
    *block = bytes;
    return (char *)block + 16;
}

static void count_release(void *user, void *block) {
    struct counter *counter = user;
    size_t *start = (size_t *)(void *)((char *)block - 16);
    counter->live -= *start;
    free(start);
}

static void *count_reallocate(void *user, void *block, size_t bytes) {
    void *moved = count_allocate(user, bytes);
    size_t old = *(size_t *)(void *)((char *)block - 16);
    if (moved != NULL) {
        memcpy(moved, block, old < bytes ? old : bytes);
        count_release(user, block);
    }
    return moved;
}

static void weigh(const char *text, size_t size) {
    struct counter counter = {0, 0};
    aic_allocator allocator = {count_allocate, count_reallocate, count_release, &counter};
    aic_scenario *scenario = load(text, size, &allocator);
    printf("  memory of the scenario      %8.1f bytes a byte of YAML\n", (double)counter.live / (double)size);
    aic_scenario_free(scenario);
    if (counter.live != 0) {
        printf("  LEAKED                      %8zu bytes\n", counter.live);
    }
}

/* --- one evaluation ------------------------------------------------------------------------------------------------------------------- */

static const char fleet[] =
    "aicompute: 1\n"
    "assumptions:\n"
    "  parameters: 1e12 parameter\n  tokens: 274 token/query\n  utilization: 35 %\n  visits: 6e7 visit/day\n  queries: 10 query/visit\n"
    "  peak: 2.5\n  price: 29000 USD/server\n"
    "calculations:\n"
    "  per_query: 2 FLOP/parameter/token * parameters * tokens / utilization\n"
    "  rate: per_query * visits * queries * peak\n"
    "  accelerators: rate / 65 TFLOP/s/accelerator\n"
    "  servers: accelerators / 8 accelerator/server\n"
    "  capex: servers * price\n"
    "  spare: max(servers * 1.1, servers + 100 server) / servers\n";

static void time_evaluation(void) {
    const aic_column inputs[] = {{"parameters", NULL}, {"tokens", NULL}, {"utilization", NULL}, {"visits", NULL},
                                 {"queries", NULL},    {"peak", NULL},   {"price", NULL}};
    aic_model_options options = {.size = sizeof options, .inputs = inputs, .input_count = 7};
    struct counter counter = {0, 0};
    aic_allocator allocator = {count_allocate, count_reallocate, count_release, &counter};
    aic_scenario *scenario = load(fleet, strlen(fleet), &allocator);
    aic_model *model = NULL;
    aic_text *program = NULL;
    double input[7], output[6], seconds[ROUNDS];
    if (aic_model_compile(scenario, &options, &model, NULL) != AIC_OK || aic_model_text(model, &program, NULL) != AIC_OK) {
        exit(1);
    }
    for (size_t i = 0; i < 7; i++) {
        input[i] = aic_model_input_value(model, i);
    }
    size_t calls = counter.calls;
    const int count = 1000000;
    for (int round = 0; round < ROUNDS; round++) {
        double start = processor_seconds();
        for (int i = 0; i < count; i++) {
            input[3] += 1e-9;
            aic_model_evaluate(model, input, output, NULL);
        }
        seconds[round] = (processor_seconds() - start) / count;
    }
    const char *each = strstr(aic_text_bytes(program), "each:");
    int instructions = 0;
    for (const char *line = each; line != NULL && (line = strstr(line, " = ")) != NULL; line++) {
        instructions++;
    }
    printf("one evaluation through the interface, %d operations\n", instructions);
    printf("  processor time              %8.1f ns\n", median(seconds, ROUNDS) * 1e9);
    printf("  allocations                 %8zu in %d evaluations\n", counter.calls - calls, count * ROUNDS);
    aic_text_free(program);
    aic_model_unref(model);
    aic_scenario_free(scenario);
}

int main(int count, char **words) {
    static char text[1 << 20];
    char *kind_text[KINDS];
    size_t kind_size[KINDS];
    for (int i = 0; i < KINDS; i++) {
        kind_text[i] = read_file(count > 1 ? words[1] : "lib/models", kinds[i], &kind_size[i]);
    }
    size_t size = write_scenario(text);
    time_loading(text, size, kind_text, kind_size);
    weigh(text, size);
    time_evaluation();
    for (int i = 0; i < KINDS; i++) {
        free(kind_text[i]);
    }
    return 0;
}
