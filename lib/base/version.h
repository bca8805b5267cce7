/* SPDX-License-Identifier: MIT */
/* The version of the library as text, which the build takes from its one place (meson.build). */
#ifndef AICI_BASE_VERSION_H
#define AICI_BASE_VERSION_H

#ifndef AICI_VERSION
#error "the build defines AICI_VERSION as the version of the library in quotes"
#endif

#endif
