/* SPDX-License-Identifier: MIT */
/* One pass over values that keeps those in an interval and counts those below it. */
#include "eval/isa/set.h"

/** True in the first @p count lanes. */
static aici_m first_lanes(size_t count) {
    double number[AICI_LANES];
    for (unsigned i = 0; i < AICI_LANES; i++)
        number[i] = i;
    return v_less(v_load(number), v_all((double)count));
}

size_t AICI_FOR_SET(aici_narrow)(const double *values, size_t count, double from, double to, double *out, uint64_t *below) {
    const aici_v low = v_all(from), high = v_all(to);
    const size_t whole = count / AICI_LANES * AICI_LANES;
    aici_w under = w_all(0);
    size_t kept = 0;
    for (size_t i = 0; i < whole; i += AICI_LANES) {
        const aici_v value = v_load(values + i);
        const aici_m less = v_less(value, low);
        under = w_count(under, less);
        kept += v_pack(out + kept, m_but_not(v_less(value, high), less), value);
    }
    if (whole < count) {
        double rest[AICI_LANES] = {0};
        memcpy(rest, values + whole, (count - whole) * sizeof *rest);
        const aici_m real = first_lanes(count - whole), less = m_and(real, v_less(v_load(rest), low));
        under = w_count(under, less);
        kept += v_pack(out + kept, m_but_not(m_and(real, v_less(v_load(rest), high)), less), v_load(rest));
    }
    *below += w_sum(under);
    return kept;
}
