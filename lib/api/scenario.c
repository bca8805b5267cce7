/* SPDX-License-Identifier: MIT */
/* Public functions of the scenario: they check arguments, guard the environment and hand on to the scenario and analysis rooms. */
#include "analysis/analysis.h"
#include "api/porch.h"
#include <aicompute/scenario.h>
#include <math.h>
#include <string.h>

/* --- loading -------------------------------------------------------------------------------------------------------------------------- */

static const char *refuse_options(const aic_load_options *options) {
    aic_limits filled;
    if (options == NULL) {
        return NULL;
    }
    if (!aici_limits_take_size(options, options->size, sizeof *options)) {
        return "options->size is not sizeof(aic_load_options), or there are options that this version does not know";
    }
    const aic_allocator *allocator = options->allocator;
    if (allocator != NULL && (allocator->allocate == NULL || allocator->reallocate == NULL || allocator->release == NULL)) {
        return "options->allocator lacks a function";
    }
    if (options->limits != NULL && !aici_limits_fill(options->limits, &filled)) {
        return "options->limits->size is not sizeof(aic_limits)";
    }
    return options->libraries == NULL && options->library_count > 0 ? "options->libraries is NULL" : NULL;
}

static aic_limits limits_of(const aic_load_options *options) {
    aic_limits filled;
    aici_limits_fill(options != NULL ? options->limits : NULL, &filled);
    return filled;
}

static const aic_allocator *allocator_of(const aic_load_options *options) { return options != NULL ? options->allocator : NULL; }

static aic_status add_library(aic_scenario *scenario, const aic_library *library, size_t limit, aic_report *report) {
    const aic_allocator *allocator = aici_scenario_allocator(scenario);
    const char *name = library->name != NULL ? library->name : "";
    char *read = NULL;
    size_t size = library->bytes;
    if (library->text == NULL) {
        aic_status status = aici_file_read(name, limit, allocator, &read, &size, report);
        if (status != AIC_OK) {
            return status;
        }
    }
    const char *text = library->text != NULL ? library->text : (read != NULL ? read : "");
    aic_status status = aici_scenario_add_library(scenario, name, text, size, report);
    aici_memory_release(allocator, read);
    return status;
}

static aic_status add_libraries(aic_scenario *scenario, const aic_load_options *options, aic_report *report) {
    size_t count = options != NULL ? options->library_count : 0;
    size_t limit = limits_of(options).file_bytes;
    for (size_t i = 0; i < count; i++) {
        aic_status status = add_library(scenario, &options->libraries[i], limit, report);
        if (status != AIC_OK) {
            return status;
        }
    }
    return AIC_OK;
}

static aic_status bind_once(aic_scenario *scenario, aic_report *report) {
    aici_bound *bound = NULL;
    aic_status status = aici_scenario_bind(scenario, &bound, report);
    aici_bound_unref(bound);
    return status;
}

/** Hands the scenario over, or gives it back when a later step failed. */
static aic_status give(aic_scenario *made, aic_status status, aic_scenario **scenario) {
    if (status == AIC_OK) {
        *scenario = made;
    } else {
        aici_scenario_free(made);
    }
    return status;
}

static aic_status load(const char *text, size_t bytes, const char *name, const aic_load_options *options, aic_scenario **scenario,
                       aic_report *report) {
    aic_limits limits = limits_of(options);
    aic_scenario *made = NULL;
    aici_report_keep(report, limits.diagnostics);
    aic_status status = aici_scenario_read(allocator_of(options), &limits, name != NULL ? name : "", text, bytes, &made, report);
    if (status == AIC_OK) {
        status = add_libraries(made, options, report);
    }
    if (status == AIC_OK) {
        status = bind_once(made, report);
    }
    return give(made, status, scenario);
}

aic_status aic_scenario_new(const aic_load_options *options, aic_scenario **scenario, aic_report *report) {
    if (scenario == NULL) {
        return aici_porch_refuse(report, "scenario is NULL");
    }
    *scenario = NULL;
    const char *mistake = refuse_options(options);
    if (mistake != NULL) {
        return aici_porch_refuse(report, mistake);
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    aic_limits limits = limits_of(options);
    aic_scenario *made = NULL;
    aic_status status = aici_scenario_new(allocator_of(options), &limits, &made, report);
    if (status == AIC_OK) {
        status = add_libraries(made, options, report);
    }
    return aici_porch_leave(&environment, give(made, status, scenario));
}

aic_status aic_scenario_load(const char *text, size_t bytes, const char *name, const aic_load_options *options, aic_scenario **scenario,
                             aic_report *report) {
    if (scenario == NULL) {
        return aici_porch_refuse(report, "scenario is NULL");
    }
    *scenario = NULL;
    const char *mistake = text == NULL ? "text is NULL" : refuse_options(options);
    if (mistake != NULL) {
        return aici_porch_refuse(report, mistake);
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, load(text, bytes, name, options, scenario, report));
}

aic_status aic_scenario_load_file(const char *path, const aic_load_options *options, aic_scenario **scenario, aic_report *report) {
    if (scenario == NULL) {
        return aici_porch_refuse(report, "scenario is NULL");
    }
    *scenario = NULL;
    const char *mistake = path == NULL ? "path is NULL" : refuse_options(options);
    if (mistake != NULL) {
        return aici_porch_refuse(report, mistake);
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    char *text = NULL;
    size_t size = 0;
    aic_status status = aici_file_read(path, limits_of(options).file_bytes, allocator_of(options), &text, &size, report);
    if (status == AIC_OK) {
        status = load(text != NULL ? text : "", size, path, options, scenario, report);
    }
    aici_memory_release(allocator_of(options), text);
    return aici_porch_leave(&environment, status);
}

aic_status aic_scenario_copy(const aic_scenario *scenario, aic_scenario **copy, aic_report *report) {
    if (copy == NULL) {
        return aici_porch_refuse(report, "copy is NULL");
    }
    *copy = NULL;
    if (scenario == NULL) {
        return aici_porch_refuse(report, "scenario is NULL");
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, aici_scenario_copy(scenario, copy, report));
}

void aic_scenario_free(aic_scenario *scenario) { aici_scenario_free(scenario); }

/* --- changing ------------------------------------------------------------------------------------------------------------------------- */

/** A change that takes two texts. */
typedef aic_status (*change_with_two)(aic_scenario *, const char *, const char *, aic_report *);

static aic_status change(change_with_two function, aic_scenario *scenario, const char *first, const char *second, aic_report *report) {
    if (scenario == NULL || first == NULL || second == NULL) {
        return aici_porch_refuse(report, scenario == NULL ? "scenario is NULL" : "a text is NULL");
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, function(scenario, first, second, report));
}

aic_status aic_scenario_set(aic_scenario *scenario, const char *name, const char *expression, aic_report *report) {
    return change(aici_scenario_set, scenario, name, expression, report);
}

aic_status aic_scenario_set_header(aic_scenario *scenario, const char *key, const char *text, aic_report *report) {
    return change(aici_scenario_set_header, scenario, key, text, report);
}

aic_status aic_scenario_add_exchange_rate(aic_scenario *scenario, const char *currency, const char *worth, aic_report *report) {
    return change(aici_scenario_add_exchange_rate, scenario, currency, worth, report);
}

aic_status aic_scenario_add_unit(aic_scenario *scenario, const char *name, const char *definition, aic_report *report) {
    return change(aici_scenario_add_unit, scenario, name, definition, report);
}

aic_status aic_scenario_add_source(aic_scenario *scenario, const char *id, const char *title, aic_report *report) {
    return change(aici_scenario_add_source, scenario, id, title, report);
}

aic_status aic_scenario_add_assumption(aic_scenario *scenario, const char *name, const char *expression, aic_report *report) {
    return change(aici_scenario_add_assumption, scenario, name, expression, report);
}

aic_status aic_scenario_add_model(aic_scenario *scenario, const char *name, const char *kind, aic_report *report) {
    return change(aici_scenario_add_model, scenario, name, kind, report);
}

aic_status aic_scenario_add_calculation(aic_scenario *scenario, const char *name, const char *expression, aic_report *report) {
    return change(aici_scenario_add_calculation, scenario, name, expression, report);
}

aic_status aic_scenario_set_number(aic_scenario *scenario, const char *name, double value, const char *unit, aic_report *report) {
    if (scenario == NULL || name == NULL) {
        return aici_porch_refuse(report, scenario == NULL ? "scenario is NULL" : "name is NULL");
    }
    if (!isfinite(value)) {
        return aici_porch_refuse(report, "value is not a finite number");
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    aici_buffer text = aici_buffer_new(aici_scenario_allocator(scenario));
    aici_buffer_add_number(&text, value);
    if (unit != NULL && *unit != '\0' && strcmp(unit, "1") != 0) {
        aici_buffer_add_char(&text, ' ');
        aici_buffer_add_text(&text, unit);
    }
    aic_status status =
        aici_buffer_failed(&text) ? aici_report_memory(report) : aici_scenario_set(scenario, name, aici_buffer_text(&text), report);
    aici_buffer_free(&text);
    return aici_porch_leave(&environment, status);
}

aic_status aic_scenario_set_year(aic_scenario *scenario, const char *name, int year, const char *expression, aic_report *report) {
    if (scenario == NULL || name == NULL || expression == NULL) {
        return aici_porch_refuse(report, scenario == NULL ? "scenario is NULL" : "a text is NULL");
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, aici_scenario_set_year(scenario, name, year, expression, report));
}

aic_status aic_scenario_set_property(aic_scenario *scenario, const char *name, const char *key, const char *text, aic_report *report) {
    if (scenario == NULL || name == NULL || key == NULL || text == NULL) {
        return aici_porch_refuse(report, scenario == NULL ? "scenario is NULL" : "a text is NULL");
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, aici_scenario_set_property(scenario, name, key, text, report));
}

aic_status aic_scenario_add_claim(aic_scenario *scenario, const char *id, const char *published, const char *computed, aic_report *report) {
    if (scenario == NULL || id == NULL || published == NULL || computed == NULL) {
        return aici_porch_refuse(report, scenario == NULL ? "scenario is NULL" : "a text is NULL");
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, aici_scenario_add_claim(scenario, id, published, computed, report));
}

aic_status aic_scenario_remove(aic_scenario *scenario, const char *name, aic_report *report) {
    if (scenario == NULL || name == NULL) {
        return aici_porch_refuse(report, scenario == NULL ? "scenario is NULL" : "name is NULL");
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, aici_scenario_remove(scenario, name, report));
}

/* --- asking --------------------------------------------------------------------------------------------------------------------------- */

aic_status aic_scenario_validate(aic_scenario *scenario, aic_report *report) {
    if (scenario == NULL) {
        return aici_porch_refuse(report, "scenario is NULL");
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, bind_once(scenario, report));
}

aic_status aic_scenario_text(const aic_scenario *scenario, aic_text **text, aic_report *report) {
    if (text == NULL) {
        return aici_porch_refuse(report, "text is NULL");
    }
    *text = NULL;
    if (scenario == NULL) {
        return aici_porch_refuse(report, "scenario is NULL");
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    aici_buffer buffer = aici_buffer_new(aici_scenario_allocator(scenario));
    aici_scenario_write(scenario, &buffer);
    aic_status status = aici_buffer_failed(&buffer) ? aici_report_memory(report) : AIC_OK;
    return aici_porch_leave(&environment, aici_porch_give_text(&buffer, status, text, report));
}

const char *aic_scenario_title(const aic_scenario *scenario) { return scenario != NULL ? aici_scenario_title(scenario) : ""; }

/** A question to a bound scenario: what it is called with differs, what surrounds it does not. */
struct question {
    const char *const *names;
    size_t name_count;
};

typedef aic_status (*ask)(aici_bound *bound, const struct question *question, const aic_allocator *allocator, aic_result **result,
                          aic_report *report);

static aic_status ask_values(aici_bound *bound, const struct question *question, const aic_allocator *allocator, aic_result **result,
                             aic_report *report) {
    return aici_analysis_evaluate(bound, question->names, question->name_count, allocator, result, report);
}

static aic_status ask_derivation(aici_bound *bound, const struct question *question, const aic_allocator *allocator, aic_result **result,
                                 aic_report *report) {
    return aici_analysis_explain(bound, question->names[0], allocator, result, report);
}

static aic_status answer(aic_scenario *scenario, ask function, const struct question *question, aic_result **result, aic_report *report) {
    if (result == NULL) {
        return aici_porch_refuse(report, "result is NULL");
    }
    *result = NULL;
    if (scenario == NULL) {
        return aici_porch_refuse(report, "scenario is NULL");
    }
    for (size_t i = 0; i < question->name_count; i++) {
        if (question->names == NULL || question->names[i] == NULL) {
            return aici_porch_refuse(report, "a name is NULL");
        }
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    aici_bound *bound = NULL;
    aic_status status = aici_scenario_bind(scenario, &bound, report);
    if (status == AIC_OK) {
        status = function(bound, question, aici_scenario_allocator(scenario), result, report);
    }
    aici_bound_unref(bound);
    return aici_porch_leave(&environment, status);
}

aic_status aic_scenario_evaluate(aic_scenario *scenario, const char *const *names, size_t name_count, aic_result **result,
                                 aic_report *report) {
    return answer(scenario, ask_values, &(struct question){names, names != NULL ? name_count : 0}, result, report);
}

aic_status aic_scenario_explain(aic_scenario *scenario, const char *name, aic_result **result, aic_report *report) {
    return answer(scenario, ask_derivation, &(struct question){&name, 1}, result, report);
}

aic_status aic_scenario_diff(aic_scenario *a, aic_scenario *b, aic_result **result, aic_report *report) {
    if (result == NULL) {
        return aici_porch_refuse(report, "result is NULL");
    }
    *result = NULL;
    if (a == NULL || b == NULL) {
        return aici_porch_refuse(report, a == NULL ? "a is NULL" : "b is NULL");
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, aici_analysis_diff(a, b, aici_scenario_allocator(a), result, report));
}
