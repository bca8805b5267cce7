/* SPDX-License-Identifier: MIT */
/* The frame around every public call; see porch.h. */
#include "api/porch.h"

void aici_porch_enter(aici_environment *environment, aic_report *report) {
    aici_environment_enter(environment);
    aic_report_clear(report);
}

aic_status aici_porch_leave(const aici_environment *environment, aic_status status) {
    aici_environment_leave(environment);
    return status;
}

aic_status aici_porch_refuse(aic_report *report, const char *mistake) {
    aic_report_clear(report);
    return aici_report_error(report, AICI_CODE_ARGUMENT, NULL, "%s", mistake);
}

aic_status aici_porch_give_text(aici_buffer *buffer, aic_status status, aic_text **text, aic_report *report) {
    aic_text *made = status == AIC_OK ? aici_buffer_release(buffer) : NULL;
    aici_buffer_free(buffer);
    if (status == AIC_OK && made == NULL) {
        return aici_report_memory(report);
    }
    *text = made;
    return status;
}
