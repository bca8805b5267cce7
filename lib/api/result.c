/* SPDX-License-Identifier: MIT */
/* Public functions of the result: borrowed texts and numbers, and its writing. */
#include "api/porch.h"
#include "result/result.h"
#include <math.h>
#include <string.h>

aic_result *aic_result_ref(aic_result *result) {
    if (result != NULL) {
        __atomic_add_fetch(&result->references, 1, __ATOMIC_RELAXED);
    }
    return result;
}

void aic_result_unref(aic_result *result) { aici_result_release(result); }

size_t aic_result_count(const aic_result *result) { return result != NULL ? result->quantity_count : 0; }

size_t aic_result_claim_count(const aic_result *result) { return result != NULL ? result->claim_count : 0; }

static const aici_result_quantity *quantity_at(const aic_result *result, size_t index) {
    return result != NULL && index < result->quantity_count ? &result->quantity[index] : NULL;
}

static const aici_result_claim *claim_at(const aic_result *result, size_t index) {
    return result != NULL && index < result->claim_count ? &result->claim[index] : NULL;
}

static const char *text_or_empty(const char *text) { return text != NULL ? text : ""; }

aic_status aic_result_find(const aic_result *result, const char *name, size_t *index, aic_report *report) {
    aic_report_clear(report);
    if (result == NULL || name == NULL || index == NULL) {
        return aici_porch_refuse(report, "result, name or index is NULL");
    }
    aici_nearest nearest = aici_nearest_to(aici_slice_of(name));
    for (size_t i = 0; i < result->quantity_count; i++) {
        if (strcmp(result->quantity[i].name, name) == 0) {
            *index = i;
            return AIC_OK;
        }
        aici_nearest_offer(&nearest, aici_slice_of(result->quantity[i].name));
    }
    aic_status status = aici_report_error(report, AICI_CODE_QUANTITY_UNKNOWN, NULL, "%s: the result has no such quantity", name);
    if (aici_nearest_name(&nearest) != NULL) {
        aici_report_hint(report, "did you mean `%s`?", aici_nearest_name(&nearest));
    }
    return status;
}

const char *aic_result_quantity(const aic_result *result, size_t index, aic_quantity_text which) {
    const aici_result_quantity *quantity = quantity_at(result, index);
    if (quantity == NULL) {
        return "";
    }
    switch (which) {
    case AIC_QUANTITY_NAME: return text_or_empty(quantity->name);
    case AIC_QUANTITY_UNIT: return text_or_empty(quantity->unit);
    case AIC_QUANTITY_DISPLAY: return quantity->is_text ? text_or_empty(quantity->text) : text_or_empty(quantity->shown[0].si);
    case AIC_QUANTITY_LABEL: return text_or_empty(quantity->label);
    case AIC_QUANTITY_SOURCE: return text_or_empty(quantity->source);
    case AIC_QUANTITY_NOTE: return text_or_empty(quantity->note);
    case AIC_QUANTITY_MODEL: return text_or_empty(quantity->model);
    }
    return "";
}

aic_role aic_result_role(const aic_result *result, size_t index) {
    const aici_result_quantity *quantity = quantity_at(result, index);
    return quantity != NULL ? (aic_role)quantity->role : AIC_ROLE_ASSUMPTION;
}

int aic_result_is_default(const aic_result *result, size_t index) {
    const aici_result_quantity *quantity = quantity_at(result, index);
    return quantity != NULL && quantity->is_default;
}

double aic_result_value(const aic_result *result, size_t index) {
    const aici_result_quantity *quantity = quantity_at(result, index);
    return quantity != NULL && !quantity->is_text ? quantity->value[0] : (double)NAN;
}

size_t aic_result_year_count(const aic_result *result, size_t index) {
    const aici_result_quantity *quantity = quantity_at(result, index);
    return quantity != NULL && quantity->year != NULL ? quantity->year_count : 0;
}

const int *aic_result_years(const aic_result *result, size_t index) {
    const aici_result_quantity *quantity = quantity_at(result, index);
    return quantity != NULL ? quantity->year : NULL;
}

const double *aic_result_values(const aic_result *result, size_t index) {
    const aici_result_quantity *quantity = quantity_at(result, index);
    return quantity != NULL && !quantity->is_text ? quantity->value : NULL;
}

const char *aic_result_claim(const aic_result *result, size_t index, aic_claim_text which) {
    const aici_result_claim *claim = claim_at(result, index);
    if (claim == NULL) {
        return "";
    }
    switch (which) {
    case AIC_CLAIM_ID: return text_or_empty(claim->id);
    case AIC_CLAIM_SAYS: return text_or_empty(claim->says);
    case AIC_CLAIM_UNIT: return text_or_empty(claim->unit);
    case AIC_CLAIM_READING: return text_or_empty(claim->reading);
    case AIC_CLAIM_SOURCE: return text_or_empty(claim->source);
    case AIC_CLAIM_NOTE: return text_or_empty(claim->note);
    case AIC_CLAIM_UNSOURCED: return text_or_empty(claim->unsourced.text);
    case AIC_CLAIM_DEFAULTS: return text_or_empty(claim->standing.text);
    }
    return "";
}

double aic_result_claim_figure(const aic_result *result, size_t index, aic_claim_figure figure) {
    const aici_result_claim *claim = claim_at(result, index);
    bool known = (int)figure >= AIC_CLAIM_PUBLISHED && (int)figure <= AIC_CLAIM_RATIO;
    if (claim != NULL && figure == AIC_CLAIM_SAMPLES) {
        return (double)claim->samples;
    }
    return claim != NULL && known ? claim->figure[figure] : (double)NAN;
}

aic_verdict aic_result_claim_verdict(const aic_result *result, size_t index) {
    const aici_result_claim *claim = claim_at(result, index);
    return claim != NULL ? (aic_verdict)claim->verdict : AIC_VERDICT_NOT_CHECKABLE;
}

aic_verdict aic_result_claim_expected(const aic_result *result, size_t index) {
    const aici_result_claim *claim = claim_at(result, index);
    return claim != NULL ? (aic_verdict)claim->expected : AIC_VERDICT_NOT_CHECKABLE;
}

size_t aic_result_verdict_count(const aic_result *result, aic_verdict verdict) {
    size_t count = 0;
    for (size_t i = 0; i < aic_result_claim_count(result); i++) {
        count += result->claim[i].verdict == (uint8_t)verdict;
    }
    return count;
}

size_t aic_result_unexpected_count(const aic_result *result) {
    size_t count = 0;
    for (size_t i = 0; i < aic_result_claim_count(result); i++) {
        count += result->claim[i].verdict != result->claim[i].expected;
    }
    return count;
}

const char *aic_verdict_text(aic_verdict verdict) {
    switch (verdict) {
    case AIC_VERDICT_HOLDS: return "holds";
    case AIC_VERDICT_READING: return "reading";
    case AIC_VERDICT_DIFFERS: return "differs";
    case AIC_VERDICT_NOT_CHECKABLE: return "not_checkable";
    }
    return "";
}

aic_status aic_result_text(const aic_result *result, const aic_text_options *options, aic_text **text, aic_report *report) {
    if (text == NULL) {
        return aici_porch_refuse(report, "text is NULL");
    }
    *text = NULL;
    if (result == NULL) {
        return aici_porch_refuse(report, "result is NULL");
    }
    if (options != NULL && !aici_limits_take_size(options, options->size, sizeof *options)) {
        return aici_porch_refuse(report, "options->size is not sizeof(aic_text_options)");
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    aici_buffer buffer = aici_buffer_new(aici_arena_allocator(result->arena));
    aic_status status = aici_result_write(result, options, &buffer, report);
    return aici_porch_leave(&environment, aici_porch_give_text(&buffer, status, text, report));
}
