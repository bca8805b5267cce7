#!/bin/sh
# SPDX-License-Identifier: MIT
# Every public header compiles alone, and twice, as C99, C11 and C++11, without a warning; every function is documented in full.
# Usage: headers.sh SOURCE_ROOT
set -eu
root=$1
flags="-Wall -Wextra -pedantic -Werror -fsyntax-only -I$root/include"
for header in "$root"/include/aicompute/*.h; do
    name=aicompute/$(basename "$header")
    text=$(printf '#include <%s>\n#include <%s>\n' "$name" "$name")
    printf '%s\n' "$text" | ${CC:-cc} $flags -std=c99 -x c -
    printf '%s\n' "$text" | ${CC:-cc} $flags -std=c11 -x c -
    if command -v "${CXX:-c++}" >/dev/null; then
        printf '%s\n' "$text" | ${CXX:-c++} $flags -std=c++11 -x c++ -
    fi
    if command -v clang >/dev/null; then
        printf '%s\n' "$text" | clang $flags -std=c99 -Wdocumentation -fcomment-block-commands=units,lifetime,threads,source,since -x c -
    fi
done
python=${PYTHON:-python3}
exec "$python" "$root/tests/house/documented.py" "$root"
