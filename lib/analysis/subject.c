/* SPDX-License-Identifier: MIT */
/* A name with a year in brackets, looked up. */
#include "analysis/subject.h"
#include "analysis/retain.h"
#include "plan/plan.h"

#include <string.h>

/* Splits "name[2030]"; false when what is in brackets is no year. */
static bool split_year(const char *asked, aici_slice *name, int32_t *year) {
    const char *bracket = strchr(asked, '[');
    *name = aici_slice_of(asked);
    *year = AICI_NO_YEAR;
    if (!bracket)
        return true;
    name->size = (size_t)(bracket - asked);
    int32_t value = 0;
    const char *digit = bracket + 1;
    for (; *digit >= '0' && *digit <= '9' && digit - bracket <= 6; digit++)
        value = value * 10 + (*digit - '0');
    *year = value;
    return digit > bracket + 1 && strcmp(digit, "]") == 0;
}

static aic_status refuse_year(const aici_quantity *quantity, int32_t year, aic_report *report) {
    const aici_years *years = quantity->tree->type.years;
    if (!years)
        return aici_report_error(report, AICI_CODE_SERIES_NEEDED, NULL, "%s: one value, not a series over the years", quantity->name);
    aic_status status = aici_report_error(report, AICI_CODE_YEAR_OUTSIDE, NULL, "%s: there is no value in %d", quantity->name, (int)year);
    aici_report_hint(report, "it has values from %d to %d", (int)years->year[0], (int)years->year[years->count - 1]);
    return status;
}

aic_status aici_subject_find(const aici_bound *bound, const char *asked, const aic_allocator *allocator, aici_subject *out,
                             aic_report *report) {
    aici_slice name;
    int32_t year;
    aici_buffer text = aici_buffer_new(allocator);
    bool readable = split_year(asked, &name, &year);
    aici_buffer_add_slice(&text, readable ? name : aici_slice_of(asked));
    uint32_t found = aici_bound_find(bound, aici_buffer_text(&text));
    aic_status status = AIC_OK;
    if (aici_buffer_failed(&text))
        status = aici_report_memory(report);
    else if (found == AICI_NONE)
        status = aici_retain_refuse_name(bound, aici_buffer_text(&text), false, NULL, report);
    aici_buffer_free(&text);
    if (status != AIC_OK)
        return status;
    const aici_quantity *quantity = &bound->quantity[found];
    const aici_years *years = quantity->tree->type.years;
    if (year != AICI_NO_YEAR && (!years || aici_years_find(years, year) < 0))
        return refuse_year(quantity, year, report);
    *out = (aici_subject){found, year};
    return AIC_OK;
}
