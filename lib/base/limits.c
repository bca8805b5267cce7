/* SPDX-License-Identifier: MIT */
/*
 * The limits that a call keeps: the caller's where they are given, the defaults elsewhere.
 * That an input keeps them is the work of the rooms that read it.
 */
#include "base/limits.h"

enum { MEBIBYTE = 1 << 20 };

bool aici_limits_take_size(const void *options, size_t given, size_t known) {
    const unsigned char *bytes = options;
    for (size_t i = known; i < given; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return given >= known;
}

static void use_default(size_t *limit, size_t usual) {
    if (*limit == 0)
        *limit = usual;
}

bool aici_limits_fill(const aic_limits *limits, aic_limits *out) {
    if (limits && !aici_limits_take_size(limits, limits->size, sizeof *limits))
        return false;
    aic_limits filled = limits ? *limits : (aic_limits){0};
    filled.size = sizeof filled;
    use_default(&filled.file_bytes, 16 * MEBIBYTE);
    use_default(&filled.depth, 64);
    use_default(&filled.nodes, 1000000);
    use_default(&filled.expanded_bytes, 16 * MEBIBYTE);
    use_default(&filled.anchors, 1024);
    use_default(&filled.scalar_bytes, MEBIBYTE);
    use_default(&filled.name_bytes, 128);
    use_default(&filled.expression_depth, 200);
    use_default(&filled.expression_tokens, 100000);
    use_default(&filled.years, 200);
    use_default(&filled.unit_bytes, 256);
    use_default(&filled.instructions, 1000000);
    use_default(&filled.diagnostics, 20);
    *out = filled;
    return true;
}
