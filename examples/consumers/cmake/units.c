/* SPDX-License-Identifier: MIT */
/* A C99 program of a CMake project: converts a figure, exits 0 when the answer is right. */
#include <aicompute/aicompute.h>
#include <stdio.h>

int main(void) {
    aic_units *units = NULL;
    double flop = 0;
    aic_status status = aic_units_new(NULL, &units, NULL);
    if (status == AIC_OK) {
        status = aic_units_convert(units, 2, "PFLOP/s-day", "EFLOP", &flop, NULL);
    }
    printf("2 PFLOP/s-day are %g EFLOP: %s\n", flop, aic_status_text(status));
    aic_units_free(units);
    return status == AIC_OK && flop > 172.79 && flop < 172.81 ? 0 : 1;
}
