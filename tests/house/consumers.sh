#!/bin/sh
# SPDX-License-Identifier: MIT
# Other people's builds against the *installed* library: C99 and C++11 by pkg-config, a static link, a Meson project that finds it, and one that builds it along.
# Usage: consumers.sh SOURCE_ROOT BUILD_ROOT
set -eu
root=$1 build=$2
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
DESTDIR=$stage/root meson install -C "$build" --no-rebuild --quiet

pc=$(find "$stage/root" -name aicompute.pc)
[ -n "$pc" ]
# The prefix may be one that pkg-config takes for the system's own and leaves out; staged, it is none.
export PKG_CONFIG_PATH="${pc%/aicompute.pc}" PKG_CONFIG_SYSROOT_DIR=$stage/root PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1 PKG_CONFIG_ALLOW_SYSTEM_LIBS=1
libraries=$(find "$stage/root" -name 'libaicompute.so.0' | head -n 1)
LD_LIBRARY_PATH=$(dirname "$libraries")
export LD_LIBRARY_PATH

# An ASan build's consumers need the sanitizer's runtime first; that is not what is tested here.
if nm -D --undefined-only "$libraries" | grep -q __asan; then echo "sanitized library: skipped"; exit 77; fi

cp -r "$root/examples/consumers/pkg-config" "$stage/shared"
CFLAGS=-Werror CXXFLAGS=-Werror make -s -C "$stage/shared"
"$stage/shared/plain_c99"
"$stage/shared/plain_cpp11"
readelf -d "$stage/shared/plain_c99" | grep -q 'NEEDED.*libaicompute.so.0'

cp -r "$root/examples/consumers/pkg-config" "$stage/static"
make -s -C "$stage/static" STATIC=1
(unset LD_LIBRARY_PATH; "$stage/static/plain_c99"; "$stage/static/plain_cpp11")
if readelf -d "$stage/static/plain_c99" | grep -q 'NEEDED.*\(libaicompute\|libyaml\)'; then echo "the static program needs a shared library"; exit 1; fi

cp -r "$root/examples/consumers/meson" "$stage/found"
meson setup "$stage/found/build" "$stage/found" >"$stage/log" 2>&1 || { cat "$stage/log"; exit 1; }
meson test -C "$stage/found/build" >"$stage/log" 2>&1 || { cat "$stage/log"; exit 1; }

unset PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR LD_LIBRARY_PATH
cp -r "$root/examples/consumers/meson" "$stage/along"
mkdir -p "$stage/along/subprojects/aicompute"
(cd "$root" && cp -r meson.build meson_options.txt include lib examples "$stage/along/subprojects/aicompute/")
mkdir -p "$stage/along/subprojects/aicompute/tests" "$stage/along/subprojects/aicompute/doc"
meson setup --force-fallback-for=aicompute "$stage/along/build" "$stage/along" >"$stage/log" 2>&1 || { cat "$stage/log"; exit 1; }
meson test -C "$stage/along/build" >"$stage/log" 2>&1 || { cat "$stage/log"; exit 1; }

LD_LIBRARY_PATH=$(dirname "$libraries") "$(find "$stage/root" -path '*/bin/aicompute')" --version
echo "five consumers built and ran"
