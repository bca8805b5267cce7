/* SPDX-License-Identifier: MIT */
/* A result as JSON for other programs. The keys are part of the interface: a key stays and keeps its meaning; new keys come behind the
 * others. */
#include "base/version.h"
#include "result/writer.h"

#include <limits.h>
#include <math.h>
#include <string.h>

static const char *const role_text[] = {"assumption", "input", "output", "calculation"};
static const char *const verdict_text[] = {"holds", "reading", "differs", "not_checkable"};

/* Keys that stand only where there is something to say. */
static void add_if_any(aici_json *json, const char *key, const char *value) {
    if (value && *value)
        aici_json_text(json, key, value);
}

static void add_or_null(aici_json *json, const char *key, const char *value) { aici_json_text(json, key, value && *value ? value : NULL); }

static void add_header(const aic_result *result, aici_json *json) {
    aici_json_text(json, "aicompute", AICI_VERSION);
    aici_json_open(json, "scenario", '{');
    aici_json_text(json, "title", result->title);
    aici_json_text(json, "file", result->file);
    aici_json_close(json, '}');
}

/* --- values --------------------------------------------------------------------------------------------------------------------------- */

static void add_value(aici_writer *writer, const aici_result_quantity *quantity, aici_json *json) {
    if (!quantity->is_text)
        aici_json_number(json, "value", quantity->value[0]);
    else if (strcmp(quantity->text, "true") == 0 || strcmp(quantity->text, "false") == 0)
        aici_json_boolean(json, "value", quantity->text[0] == 't');
    else
        aici_json_text(json, "value", quantity->text);
    aici_json_text(json, "unit", quantity->unit);
    aici_json_text(json, "display", aici_writer_show_value(writer, quantity, 0));
}

static void add_series(aici_writer *writer, const aici_result_quantity *quantity, aici_json *json) {
    aici_json_text(json, "unit", quantity->unit);
    aici_json_open(json, "years", '[');
    for (size_t i = 0; i < quantity->year_count; i++)
        aici_json_integer(json, NULL, quantity->year[i]);
    aici_json_close(json, ']');
    aici_json_open(json, "values", '[');
    for (size_t i = 0; i < quantity->year_count; i++)
        aici_json_number(json, NULL, quantity->value[i]);
    aici_json_close(json, ']');
    aici_json_open(json, "display", '[');
    for (size_t i = 0; i < quantity->year_count; i++)
        aici_json_text(json, NULL, aici_writer_show_value(writer, quantity, i));
    aici_json_close(json, ']');
}

static void add_quantity(aici_writer *writer, const aici_result_quantity *quantity, aici_json *json) {
    aici_json_open(json, NULL, '{');
    aici_json_text(json, "name", quantity->name);
    aici_json_text(json, "role", role_text[quantity->role]);
    (quantity->year ? add_series : add_value)(writer, quantity, json);
    aici_json_text(json, "label", quantity->label);
    aici_add_statistics_json(writer, quantity, json);
    add_if_any(json, "source", quantity->source);
    add_if_any(json, "note", quantity->note);
    add_if_any(json, "model", quantity->model);
    add_if_any(json, "kind", quantity->kind);
    add_if_any(json, "formula", quantity->formula);
    if (quantity->is_default)
        aici_json_boolean(json, "default", true);
    aici_json_close(json, '}');
}

static void add_models(const aic_result *result, aici_json *json) {
    aici_json_open(json, "models", '[');
    for (size_t i = 0; i < result->model_count; i++) {
        aici_json_open(json, NULL, '{');
        aici_json_text(json, "name", result->model[i].name);
        aici_json_text(json, "kind", result->model[i].kind);
        aici_json_integer(json, "version", result->model[i].version);
        aici_json_close(json, '}');
    }
    aici_json_close(json, ']');
}

static void add_left_out(const aic_result *result, aici_json *json) {
    aici_json_open(json, "left_out", '[');
    for (size_t i = 0; i < result->missing_count; i++) {
        aici_json_open(json, NULL, '{');
        aici_json_text(json, "name", result->missing[i].name);
        aici_json_text(json, "needs", result->missing[i].needs);
        aici_json_close(json, '}');
    }
    aici_json_close(json, ']');
}

static void add_defaults(const aic_result *result, aici_json *json) {
    aici_json_open(json, "defaults", '[');
    for (size_t i = 0; i < result->standing_count; i++)
        aici_json_text(json, NULL, result->standing[i].name);
    aici_json_close(json, ']');
}

static void add_quantities(aici_writer *writer, aici_json *json) {
    const aic_result *result = writer->result;
    aici_json_count(json, "samples", result->samples);
    aici_json_count(json, "seed", result->seed);
    aici_json_open(json, "quantities", '[');
    for (size_t i = 0; i < result->quantity_count; i++)
        add_quantity(writer, &result->quantity[i], json);
    aici_json_close(json, ']');
    add_models(result, json);
    add_left_out(result, json);
    add_defaults(result, json);
}

/* --- claims --------------------------------------------------------------------------------------------------------------------------- */

static void add_figures(const aici_result_claim *claim, aici_json *json) {
    aici_json_number(json, "published", claim->figure[AIC_CLAIM_PUBLISHED]);
    aici_json_number(json, "published_low", claim->figure[AIC_CLAIM_PUBLISHED_LOW]);
    aici_json_number(json, "published_high", claim->figure[AIC_CLAIM_PUBLISHED_HIGH]);
    add_or_null(json, "unit", claim->unit);
    aici_json_number(json, "computed", claim->figure[AIC_CLAIM_COMPUTED]);
    aici_json_number(json, "computed_low", claim->figure[AIC_CLAIM_COMPUTED_LOW]);
    aici_json_number(json, "computed_high", claim->figure[AIC_CLAIM_COMPUTED_HIGH]);
    aici_json_number(json, "ratio", claim->figure[AIC_CLAIM_RATIO]);
}

static void add_names(aici_json *json, const char *key, const aici_result_names *names) {
    aici_json_open(json, key, '[');
    for (size_t i = 0; i < names->count; i++)
        aici_json_text(json, NULL, names->name[i]);
    aici_json_close(json, ']');
}

static void add_diagnosis(const aici_result_claim *claim, aici_json *json) {
    aici_json_open(json, "diagnosis", '[');
    for (size_t i = 0; i < claim->diagnosis_count; i++) {
        aici_json_open(json, NULL, '{');
        aici_json_text(json, "slip", claim->diagnosis[i].slip);
        aici_json_number(json, "gives", claim->diagnosis[i].gives);
        aici_json_text(json, "text", claim->diagnosis[i].text);
        aici_json_number(json, "by_luck", claim->diagnosis[i].by_luck);
        aici_json_close(json, '}');
    }
    aici_json_close(json, ']');
}

/* Null where no slip was looked for. */
static void add_search(const aici_result_claim *claim, aici_json *json) {
    aici_json_number(json, "edits_tried", claim->diagnosed ? (double)claim->edits_tried : (double)NAN);
    aici_json_number(json, "hits_by_luck", claim->diagnosed ? claim->hits_by_luck : (double)NAN);
    aici_json_open(json, "reconcile", '[');
    for (size_t i = 0; i < claim->reconcile_count; i++) {
        aici_json_open(json, NULL, '{');
        aici_json_text(json, "input", claim->reconcile[i].input);
        aici_json_number(json, "value", claim->reconcile[i].value);
        aici_json_text(json, "unit", claim->reconcile[i].unit);
        aici_json_text(json, "display", claim->reconcile[i].display);
        aici_json_boolean(json, "within_bounds", claim->reconcile[i].within_bounds);
        aici_json_close(json, '}');
    }
    aici_json_close(json, ']');
}

static void add_claim(const aici_result_claim *claim, aici_json *json) {
    aici_json_open(json, NULL, '{');
    aici_json_text(json, "id", claim->id);
    aici_json_text(json, "says", claim->says);
    add_figures(claim, json);
    aici_json_text(json, "verdict", verdict_text[claim->verdict]);
    aici_json_text(json, "expected", verdict_text[claim->expected]);
    add_diagnosis(claim, json);
    aici_json_open(json, "reading", '[');
    for (size_t i = 0; i < claim->reading_count; i++)
        aici_json_text(json, NULL, claim->reading_name[i]);
    aici_json_close(json, ']');
    aici_json_text(json, "statement", claim->statement);
    add_or_null(json, "source", claim->source);
    add_or_null(json, "note", claim->note);
    add_or_null(json, "why", claim->why);
    add_or_null(json, "file", claim->file);
    aici_json_number(json, "line", claim->line ? (double)claim->line : (double)NAN);
    aici_json_boolean(json, "unexpected", claim->verdict != claim->expected);
    add_search(claim, json);
    add_names(json, "unsourced", &claim->unsourced);
    add_names(json, "defaults", &claim->standing);
    aici_json_boolean(json, "sampled", claim->samples > 0);
    aici_json_close(json, '}');
}

static void add_claims(const aic_result *result, aici_json *json) {
    long long count[4] = {0}, unexpected = 0;
    aici_json_open(json, "claims", '[');
    for (size_t i = 0; i < result->claim_count; i++) {
        add_claim(&result->claim[i], json);
        count[result->claim[i].verdict]++;
        unexpected += result->claim[i].verdict != result->claim[i].expected;
    }
    aici_json_close(json, ']');
    aici_json_open(json, "summary", '{');
    for (size_t i = 0; i < 4; i++)
        aici_json_integer(json, verdict_text[i], count[i]);
    aici_json_integer(json, "unexpected", unexpected);
    aici_json_close(json, '}');
    aici_json_count(json, "samples", result->samples);
    aici_json_count(json, "seed", result->seed);
}

/* --- steps ---------------------------------------------------------------------------------------------------------------------------- */

static void add_step_value(aici_writer *writer, const aici_result_step *step, aici_json *json) {
    aici_json_text(json, "name", step->name);
    if (step->year != INT_MIN)
        aici_json_integer(json, "year", step->year);
    if (step->text)
        aici_json_text(json, "value", step->text);
    else
        aici_json_number(json, "value", step->value);
    aici_json_text(json, "unit", step->unit);
    aici_json_text(json, "display", step->text ? step->text : aici_writer_show(writer, &step->figure, writer->digits));
}

static void add_step_series(const aici_result_step *step, aici_json *json) {
    aici_json_open(json, "years", '[');
    for (size_t i = 0; i < step->series_count; i++)
        aici_json_integer(json, NULL, step->series_year[i]);
    aici_json_close(json, ']');
    aici_json_open(json, "values", '[');
    for (size_t i = 0; i < step->series_count; i++)
        aici_json_number(json, NULL, step->series_value[i]);
    aici_json_close(json, ']');
}

static void open_step(aici_writer *writer, const aici_result_step *step, const char *key, aici_json *json) {
    aici_json_open(json, key, '{');
    add_step_value(writer, step, json);
    add_if_any(json, "formula", step->formula);
    add_if_any(json, "substituted", aici_writer_substitute(writer, step));
    add_if_any(json, "written", step->written);
    add_if_any(json, "label", step->label);
    add_if_any(json, "doc", step->doc);
    add_if_any(json, "source", step->source);
    add_if_any(json, "note", step->note);
    add_if_any(json, "where", step->where);
    if (step->series_year)
        add_step_series(step, json);
    if (step->is_default)
        aici_json_boolean(json, "default", true);
    if (step->repeated)
        aici_json_boolean(json, "repeated", true);
    if (step->cut)
        aici_json_boolean(json, "cut", true);
    aici_json_open(json, "inputs", '[');
}

static void close_steps(aici_json *json, size_t count) {
    for (size_t i = 0; i < count; i++) {
        aici_json_close(json, ']');
        aici_json_close(json, '}');
    }
}

static void add_steps(aici_writer *writer, aici_json *json) {
    const aic_result *result = writer->result;
    size_t open = 0;
    for (size_t i = 0; i < result->step_count; i++) {
        const aici_result_step *step = &result->step[i];
        close_steps(json, open - step->depth);
        open_step(writer, step, step->depth ? NULL : "explanation", json);
        open = step->depth + 1;
    }
    close_steps(json, open);
}

void aici_write_json(aici_writer *writer) {
    const aic_result *result = writer->result;
    aici_json json = aici_json_new(writer->out);
    bool header_first = result->has_quantities || result->has_steps || result->diff || result->table;
    aici_json_open(&json, NULL, '{');
    if (header_first)
        add_header(result, &json);
    if (result->has_quantities)
        add_quantities(writer, &json);
    if (result->has_claims)
        add_claims(result, &json);
    if (result->has_steps)
        add_steps(writer, &json);
    if (result->diff)
        aici_write_diff_json(writer, &json);
    if (result->table)
        aici_write_table_json(writer, &json);
    if (!header_first)
        add_header(result, &json);
    aici_json_close(&json, '}');
    aici_buffer_add_char(writer->out, '\n');
}
