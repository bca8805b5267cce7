/* SPDX-License-Identifier: MIT */
/*
 * Natural numbers of a few thousand bits on the stack, with just the operations that an exact comparison needs.
 */
#include "base/number_exact.h"

#include <string.h>

void aici_natural_set(struct natural *number, uint64_t value) {
    number->limbs[0] = (uint32_t)value;
    number->limbs[1] = (uint32_t)(value >> 32);
    number->count = value >> 32 ? 2 : value ? 1 : 0;
}

void aici_natural_times_plus(struct natural *number, uint32_t factor, uint32_t addend) {
    uint64_t carry = addend;
    for (unsigned i = 0; i < number->count; i++) {
        carry += (uint64_t)number->limbs[i] * factor;
        number->limbs[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry)
        number->limbs[number->count++] = (uint32_t)carry;
}

void aici_natural_times_power_of_five(struct natural *number, unsigned power) {
    static const uint32_t small[] = {1, 5, 25, 125, 625, 3125, 15625, 78125, 390625, 1953125, 9765625, 48828125, 244140625};
    for (; power >= 13; power -= 13)
        aici_natural_times_plus(number, 1220703125, 0);
    aici_natural_times_plus(number, small[power], 0);
}

void aici_natural_shift(struct natural *number, unsigned bits) {
    unsigned limbs = bits / 32;
    aici_natural_times_plus(number, UINT32_C(1) << bits % 32, 0);
    if (!number->count || !limbs)
        return;
    memmove(number->limbs + limbs, number->limbs, number->count * sizeof number->limbs[0]);
    memset(number->limbs, 0, limbs * sizeof number->limbs[0]);
    number->count += limbs;
}

int aici_natural_compare(const struct natural *left, const struct natural *right) {
    if (left->count != right->count)
        return left->count < right->count ? -1 : 1;
    for (unsigned i = left->count; i-- > 0;)
        if (left->limbs[i] != right->limbs[i])
            return left->limbs[i] < right->limbs[i] ? -1 : 1;
    return 0;
}

int aici_number_compare(const struct natural *decimal, int power, uint64_t binary, int exponent) {
    struct natural left = *decimal, right;
    aici_natural_set(&right, binary);
    aici_natural_times_power_of_five(power < 0 ? &right : &left, (unsigned)(power < 0 ? -power : power));
    int twos = power - exponent; /* decimal * 5^.. * 2^power against binary * 2^exponent */
    aici_natural_shift(twos > 0 ? &left : &right, (unsigned)(twos > 0 ? twos : -twos));
    return aici_natural_compare(&left, &right);
}
