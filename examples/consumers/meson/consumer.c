/* SPDX-License-Identifier: MIT */
/* A program of another Meson project: lists the kinds of models that the library knows, exits 0 when `training` is among them. */
#include <aicompute/aicompute.h>
#include <stdio.h>

int main(void) {
    aic_kinds *kinds = NULL;
    size_t index = 0;
    aic_status status = aic_kinds_new(NULL, &kinds, NULL);
    for (size_t i = 0; i < aic_kinds_count(kinds); i++) {
        printf("%s: %s\n", aic_kinds_name(kinds, i), aic_kinds_title(kinds, i));
    }
    if (status == AIC_OK) {
        status = aic_kinds_find(kinds, "training", &index, NULL);
    }
    aic_kinds_free(kinds);
    return status == AIC_OK ? 0 : 1;
}
