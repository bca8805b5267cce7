/* SPDX-License-Identifier: MIT */
/* SHA-256 (FIPS 180-4): by which bytes that travelled are known to be those that were sent. */
#ifndef AICI_BASE_SHA256_H
#define AICI_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

enum { AICI_SHA256_BYTES = 32 };

/** The digest of @p size bytes; @p bytes may be NULL where there are none. */
void aici_sha256(const void *bytes, size_t size, uint8_t digest[AICI_SHA256_BYTES]);

#endif
