/* SPDX-License-Identifier: MIT */
/*
 * Statuses and the numbers of messages in words. Both lists have one place each: aicompute/status.h and base/codes.h.
 */
#include "base/codes.h"
#include <aicompute/report.h>

const char *aic_status_text(aic_status status) {
    switch (status) {
    case AIC_OK: return "success";
    case AIC_ERROR_ARGUMENT: return "invalid argument";
    case AIC_ERROR_MEMORY: return "out of memory";
    case AIC_ERROR_READ: return "cannot read";
    case AIC_ERROR_WRITE: return "cannot write";
    case AIC_ERROR_LIMIT: return "a limit is exceeded";
    case AIC_ERROR_SYNTAX: return "syntax error";
    case AIC_ERROR_SCENARIO: return "invalid scenario";
    case AIC_ERROR_NAME: return "unknown name";
    case AIC_ERROR_UNIT: return "units do not fit";
    case AIC_ERROR_DOMAIN: return "value out of bounds or not finite";
    case AIC_ERROR_UNSUPPORTED: return "not supported by this version";
    case AIC_ERROR_CANCELLED: return "cancelled";
    case AIC_ERROR_INTERNAL: return "internal error of the library";
    }
    return "unknown status";
}

aic_status aici_code_status(int code) {
    switch (code) {
#define STATUS(name, number, status, meaning)                                                                                              \
    case number: return status;
        AICI_CODES(STATUS)
#undef STATUS
    default: return AIC_ERROR_INTERNAL;
    }
}

const char *aic_code_text(int code) {
    switch (code) {
#define MEANING(name, number, status, meaning)                                                                                             \
    case number: return meaning;
        AICI_CODES(MEANING)
#undef MEANING
    default: return "";
    }
}
