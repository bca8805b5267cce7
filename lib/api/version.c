/* SPDX-License-Identifier: MIT */
/* The two numbers of the library; the build gives them. */
#include <aicompute/status.h>

const char *aic_version(void) { return AICI_VERSION; }

unsigned aic_abi_version(void) { return AICI_ABI_VERSION; }
