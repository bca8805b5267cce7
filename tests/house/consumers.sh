#!/bin/sh
# SPDX-License-Identifier: MIT
# Other people's builds (examples/consumers) against the *installed* library, built and run; one way a call. Exit 77, a skipped test, says which tool is absent.
# Usage: consumers.sh SOURCE_ROOT BUILD_ROOT make|uninstalled|cmake|meson
set -eu
root=$1 build=$2 way=$3
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

skip() { echo "$1: skipped"; exit 77; }
need() { for tool; do command -v "$tool" >/dev/null || skip "$tool is not here"; done; }
quietly() { "$@" >"$stage/log" 2>&1 || { cat "$stage/log"; exit 1; }; }
consumer() { cp -r "$root/examples/consumers/$1" "$stage/$2"; }
fail() { echo "$1"; exit 1; }
runs() { for program in plain_c99 plain_cpp11 modern_cpp17; do "$1/$program"; done; }

# An ASan build's consumers need the sanitizer's runtime first; that is not what is tested here.
if nm -D --undefined-only "$build/lib/libaicompute.so" | grep -q __asan; then skip "sanitized library"; fi

# Installs below $stage/root, and writes a .pc file for that place: DESTDIR alone leaves the final prefix in it.
install_staged() {
    DESTDIR=$stage/root meson install -C "$build" --no-rebuild --quiet
    pc=$(find "$stage/root" -name aicompute.pc)
    [ -n "$pc" ]
    libraries=$(dirname "$(find "$stage/root" -name 'libaicompute.so.0' | head -n 1)")
    prefix=$(prefix_above "$pc")
    mkdir "$stage/pc"
    sed "s|^prefix=.*|prefix=$prefix|" "$pc" >"$stage/pc/aicompute.pc"
}
prefix_above() { at=$1; while [ ! -d "$at/include" ]; do at=$(dirname "$at"); done; echo "$at"; }
use_staged() { export PKG_CONFIG_PATH="$stage/pc" LD_LIBRARY_PATH="$libraries"; }
use_nothing() { unset PKG_CONFIG_PATH LD_LIBRARY_PATH; }

by_make() {
    need make pkg-config readelf
    install_staged
    use_staged
    consumer pkg-config shared
    CFLAGS=-Werror CXXFLAGS=-Werror make -s -C "$stage/shared"
    runs "$stage/shared"
    readelf -d "$stage/shared/modern_cpp17" | grep -q 'NEEDED.*libaicompute.so.0' || fail "the shared program does not need the library"

    consumer pkg-config static
    make -s -C "$stage/static" STATIC=1
    (unset LD_LIBRARY_PATH; runs "$stage/static")
    if readelf -d "$stage/static/modern_cpp17" | grep -q 'NEEDED.*\(libaicompute\|libyaml\)'; then fail "the static program needs a shared library"; fi
    "$(find "$stage/root" -path '*/bin/aicompute')" --version
}

by_make_uninstalled() {
    need make pkg-config
    consumer pkg-config uninstalled
    PKG_CONFIG_PATH="$build/meson-uninstalled" CFLAGS=-Werror CXXFLAGS=-Werror make -s -C "$stage/uninstalled"
    LD_LIBRARY_PATH="$build/lib" runs "$stage/uninstalled"
}

cmake_consumer() {
    name=$1
    shift
    quietly cmake -S "$root/examples/consumers/cmake" -B "$stage/$name" "$@"
    quietly cmake --build "$stage/$name"
    quietly cmake -E chdir "$stage/$name" ctest --output-on-failure
    echo "cmake, $name: built and ran"
}

refused() {
    why=$1
    shift
    if cmake -S "$root/examples/consumers/cmake" -B "$stage/refused" "$@" >"$stage/log" 2>&1; then fail "found, and should not be: $why"; fi
    tr -s ' \n' '  ' <"$stage/log" | grep -q "$why" || { cat "$stage/log"; fail "not refused for: $why"; }
    rm -rf "$stage/refused"
}

by_cmake() {
    need cmake
    install_staged
    config=$(dirname "$(find "$stage/root" -name aicomputeConfig.cmake)")
    cmake_consumer shared "-Daicompute_DIR=$config"
    readelf -d "$stage/shared/market_in_cpp" | grep -q 'NEEDED.*\[libaicompute.so.0\]' || fail "the program does not need the library by its soname"
    cmake_consumer static "-Daicompute_DIR=$config" -DSTATIC=ON
    if readelf -d "$stage/static/market_in_cpp" | grep -q 'NEEDED.*libaicompute'; then fail "the static program needs the shared library"; fi

    if command -v pkg-config >/dev/null; then
        (use_staged; cmake_consumer pkg-config -DBY_PKG_CONFIG=ON)
    fi

    # Moved elsewhere, and found by its prefix.
    mv "$prefix" "$stage/moved"
    cmake_consumer moved "-DCMAKE_PREFIX_PATH=$stage/moved"
    config=$(dirname "$(find "$stage/moved" -name aicomputeConfig.cmake)")
    if grep -n "$stage\|$root\|$build" "$config"/*; then fail "a path is absolute"; fi

    version_of 0.0 true
    version_of 1 false
    version_of 99 false
    version_of 0.0...0.9 true
    version_of 0.0...0.0.9 false
    rm "$config/../../libaicompute.a"
    refused 'without the component `static`' "-Daicompute_DIR=$config" -DSTATIC=ON
}

# Whether a project that asks for a version finds the package.
version_of() {
    mkdir -p "$stage/asks"
    printf 'cmake_minimum_required(VERSION 3.19)\nproject(asks C)\nfind_package(aicompute %s CONFIG)\nfile(WRITE found "${aicompute_FOUND}")\n' "$1" >"$stage/asks/CMakeLists.txt"
    quietly cmake -S "$stage/asks" -B "$stage/asks/build" "-DCMAKE_PREFIX_PATH=$stage/moved"
    found=$(cat "$stage/asks/found")
    rm -rf "$stage/asks"
    case $found-$2 in 1-true | 0-false) ;; *) fail "asked for version $1: found is $found" ;; esac
}

by_meson() {
    install_staged
    use_staged
    consumer meson found
    quietly meson setup "$stage/found/build" "$stage/found"
    quietly meson test -C "$stage/found/build"

    use_nothing
    consumer meson along
    along=$stage/along/subprojects/aicompute
    mkdir -p "$along/tests" "$along/doc"
    (cd "$root" && cp -r meson.build meson_options.txt include lib examples "$along/")
    quietly meson setup --force-fallback-for=aicompute "$stage/along/build" "$stage/along"
    quietly meson test -C "$stage/along/build"
}

case $way in
make) by_make ;;
uninstalled) by_make_uninstalled ;;
cmake) by_cmake ;;
meson) by_meson ;;
*) fail "no such way: $way" ;;
esac
echo "$way: consumers built and ran"
