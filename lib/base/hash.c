/* SPDX-License-Identifier: MIT */
/*
 * FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo), and behind it the output function of splitmix64 (G. L. Steele, D. Lea, C. H. Flood, 2014): FNV
 * alone leaves the high bits of short names too much alike.
 */
#include "base/hash.h"

static uint64_t take_byte(uint64_t hash, unsigned char byte) { return (hash ^ byte) * UINT64_C(0x100000001b3); }

uint64_t aici_hash_mix(uint64_t hash) {
    hash = (hash ^ (hash >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    hash = (hash ^ (hash >> 27)) * UINT64_C(0x94d049bb133111eb);
    return hash ^ (hash >> 31);
}

uint64_t aici_name_hash(aici_slice name, uint32_t number) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < name.size; i++)
        hash = take_byte(hash, (unsigned char)name.bytes[i]);
    for (unsigned shift = 0; shift < 32; shift += 8)
        hash = take_byte(hash, (unsigned char)(number >> shift));
    return aici_hash_mix(hash);
}
