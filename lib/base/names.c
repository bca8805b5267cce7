/* SPDX-License-Identifier: MIT */
/*
 * The map from names to indices: open addressing with the hashes stored, so that names are compared about once a search.
 * The hash is SipHash-1-3 (J.-P. Aumasson, D. J. Bernstein, 2012); its key holds the address of the map, so that nobody can
 * prepare names that collide. Nothing but the speed depends on it.
 */
#include "base/names.h"

#include <string.h>

struct slot {
    const char *bytes;
    uint32_t size;
    uint32_t hash; /* 0: the slot is free */
    uint32_t value;
};

struct aici_names {
    aic_allocator allocator;
    uint64_t key;
    size_t count;
    size_t mask; /* slots less 1; a power of two less 1 */
    struct slot *slots;
};

enum { FIRST_SLOTS = 16 };

static uint64_t rotate(uint64_t word, unsigned bits) { return word << bits | word >> (64 - bits); }

struct sip {
    uint64_t a, b, c, d;
};

static inline void mix(struct sip *sip) {
    sip->a += sip->b;
    sip->c += sip->d;
    sip->b = rotate(sip->b, 13) ^ sip->a;
    sip->d = rotate(sip->d, 16) ^ sip->c;
    sip->a = rotate(sip->a, 32) + sip->d;
    sip->c += sip->b;
    sip->d = rotate(sip->d, 21) ^ sip->a;
    sip->b = rotate(sip->b, 17) ^ sip->c;
    sip->c = rotate(sip->c, 32);
}

static inline void absorb(struct sip *sip, uint64_t word) {
    sip->d ^= word;
    mix(sip);
    sip->a ^= word;
}

static uint64_t last_word(const char *bytes, size_t size) {
    uint64_t word = (uint64_t)size << 56;
    for (size_t i = 0; i < size % 8; i++)
        word |= (uint64_t)(unsigned char)bytes[size - size % 8 + i] << 8 * i;
    return word;
}

static uint32_t hash_name(uint64_t key, aici_slice name) {
    const uint64_t second_key = UINT64_C(0x9e3779b97f4a7c15);
    struct sip sip = {key ^ UINT64_C(0x736f6d6570736575), second_key ^ UINT64_C(0x646f72616e646f6d), key ^ UINT64_C(0x6c7967656e657261),
                      second_key ^ UINT64_C(0x7465646279746573)};
    for (size_t i = 0; i + 8 <= name.size; i += 8) {
        uint64_t word;
        memcpy(&word, name.bytes + i, sizeof word);
        absorb(&sip, word);
    }
    absorb(&sip, last_word(name.bytes, name.size));
    sip.c ^= 0xff;
    mix(&sip);
    mix(&sip);
    mix(&sip);
    uint32_t hash = (uint32_t)((sip.a ^ sip.b ^ sip.c ^ sip.d) >> 32);
    return hash ? hash : 1;
}

aici_names *aici_names_new(const aic_allocator *allocator) {
    aici_names *names = aici_memory_take_array(allocator, 1, sizeof *names);
    struct slot *slots = aici_memory_take_array(allocator, FIRST_SLOTS, sizeof *slots);
    if (!names || !slots) {
        aici_memory_release(allocator, names);
        aici_memory_release(allocator, slots);
        return NULL;
    }
    names->allocator = allocator ? *allocator : *aici_memory_default();
    names->key = (uint64_t)(uintptr_t)names;
    names->mask = FIRST_SLOTS - 1;
    names->slots = slots;
    return names;
}

void aici_names_free(aici_names *names) {
    if (!names)
        return;
    aic_allocator allocator = names->allocator;
    aici_memory_release(&allocator, names->slots);
    aici_memory_release(&allocator, names);
}

size_t aici_names_count(const aici_names *names) { return names ? names->count : 0; }

/* The slot of a name, or the free slot where it would go. */
static struct slot *find_slot(const aici_names *names, aici_slice name, uint32_t hash) {
    for (size_t i = hash & names->mask;; i = (i + 1) & names->mask) {
        struct slot *slot = &names->slots[i];
        if (!slot->hash)
            return slot;
        if (slot->hash == hash && slot->size == name.size && (name.size == 0 || memcmp(slot->bytes, name.bytes, name.size) == 0))
            return slot;
    }
}

static struct slot *find_free(struct slot *slots, size_t mask, uint32_t hash) {
    size_t i = hash & mask;
    while (slots[i].hash)
        i = (i + 1) & mask;
    return &slots[i];
}

static bool double_slots(aici_names *names) {
    size_t mask = names->mask * 2 + 1;
    struct slot *slots = aici_memory_take_array(&names->allocator, mask + 1, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i <= names->mask; i++)
        if (names->slots[i].hash)
            *find_free(slots, mask, names->slots[i].hash) = names->slots[i];
    aici_memory_release(&names->allocator, names->slots);
    names->slots = slots;
    names->mask = mask;
    return true;
}

bool aici_names_add(aici_names *names, aici_slice name, uint32_t value) {
    if (name.size > UINT32_MAX)
        return false;
    uint32_t hash = hash_name(names->key, name);
    if (find_slot(names, name, hash)->hash)
        return true;
    if (names->count >= (names->mask + 1) / 8 * 5 && !double_slots(names))
        return false;
    *find_slot(names, name, hash) = (struct slot){name.bytes, (uint32_t)name.size, hash, value};
    names->count++;
    return true;
}

bool aici_names_find(const aici_names *names, aici_slice name, uint32_t *value) {
    if (!names || name.size > UINT32_MAX)
        return false;
    const struct slot *slot = find_slot(names, name, hash_name(names->key, name));
    if (!slot->hash)
        return false;
    *value = slot->value;
    return true;
}
