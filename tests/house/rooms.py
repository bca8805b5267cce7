#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every #include in lib/ is one that lib/rooms.txt allows, and no two files include each other in a circle.

Usage: rooms.py SOURCE_ROOT
A room may include its own headers, everything of base, the public headers, and the door (<room>/<room>.h) of the rooms listed for it.
"""
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.M)
# Which foreign headers a room may use besides the C library's.
FOREIGN = {"document": {"yaml.h"}}
C_HEADERS = {"stdarg.h", "stdbool.h", "stddef.h", "stdint.h", "string.h", "math.h", "errno.h", "fenv.h", "limits.h", "float.h", "stdio.h", "stdlib.h",
             "inttypes.h", "xmmintrin.h", "immintrin.h", "cpuid.h", "pthread.h", "fcntl.h", "unistd.h", "sys/stat.h", "stdatomic.h", "stdalign.h",
             "sanitizer/asan_interface.h"}
# POSIX is for the one file that opens files.
ONLY_IN = {"cpuid.h": {"eval/isa.c"}, "immintrin.h": {"base/simd/avx2.h", "base/simd/avx512.h"},
           "sanitizer/asan_interface.h": {"base/arena.c"}, "fcntl.h": {"api/file.c"}, "unistd.h": {"api/file.c"}, "sys/stat.h": {"api/file.c"}}


def read_rooms(path):
    rooms = {}
    for line in path.read_text().splitlines():
        line = line.split("#")[0].strip()
        if line:
            room, _, lower = line.partition(":")
            rooms[room.strip()] = lower.split()
    return rooms


def allowed(room, target, rooms):
    parts = target.split("/")
    if parts[0] in (room, "base"):
        return len(parts) >= 2
    if len(parts) != 2:
        return False
    return parts[0] in rooms[room] and parts[1] == parts[0] + ".h"


def faults_of(path, room, rooms, lib):
    name = str(path.relative_to(lib))
    for quote, target in INCLUDE.findall(path.read_text()):
        if quote == '"':
            if not allowed(room, target, rooms):
                yield f"{name}: room {room} may not include {target}"
        elif not target.startswith("aicompute/") and target not in C_HEADERS | FOREIGN.get(room, set()):
            yield f"{name}: <{target}> is no header for room {room}"
        elif target in ONLY_IN and name not in ONLY_IN[target]:
            yield f"{name}: <{target}> belongs in {', '.join(ONLY_IN[target])}"


def find_circle(graph):
    done, path = set(), []

    def visit(node):
        if node in path:
            return path[path.index(node):] + [node]
        if node in done:
            return None
        path.append(node)
        for target in graph.get(node, ()):
            circle = visit(target)
            if circle:
                return circle
        path.pop()
        done.add(node)
        return None

    for node in graph:
        circle = visit(node)
        if circle:
            return circle
    return None


def main():
    lib = pathlib.Path(sys.argv[1]) / "lib"
    rooms = read_rooms(lib / "rooms.txt")
    faults, graph = [], {}
    for path in sorted(lib.rglob("*.[ch]")):
        room = path.relative_to(lib).parts[0]
        if room not in rooms:
            faults.append(f"{path.relative_to(lib)}: in no room of rooms.txt")
            continue
        faults += faults_of(path, room, rooms, lib)
        graph[str(path.relative_to(lib))] = [t for q, t in INCLUDE.findall(path.read_text()) if q == '"']
    circle = find_circle(graph)
    if circle:
        faults.append("headers in a circle: " + " -> ".join(circle))
    print("\n".join(faults) or f"{len(graph)} files of {len(rooms)} rooms lean only on whom they may")
    return 1 if faults else 0


sys.exit(main())
