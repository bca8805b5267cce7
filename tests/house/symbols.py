#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Exports, map and headers agree; nothing is imported that a library must not call; nothing is writable that is global.

Usage: symbols.py SOURCE_ROOT LIBRARY
"""
import pathlib
import re
import subprocess
import sys

BANNED = """exit _exit _Exit abort quick_exit printf vprintf puts putchar fprintf vfprintf fputs fputc fwrite perror stdout stderr stdin system popen fork
vfork execve signal sigaction raise setlocale uselocale newlocale localeconv srand rand random getenv secure_getenv setenv putenv strtok strtod strtof strtold
atof sscanf setjmp longjmp _longjmp siglongjmp strerror ctime localtime gmtime time clock_gettime gettimeofday fopen fopen64 freopen tmpfile dlopen socket connect
strcasecmp strncasecmp isalpha isdigit isspace tolower toupper __ctype_b_loc __ctype_tolower_loc __assert_fail __printf_chk __fprintf_chk sprintf
malloc_trim pthread_key_create
sin cos tan asin acos atan atan2 sinh cosh tanh exp exp2 exp10 expm1 log log2 log10 log1p pow cbrt hypot erf erfc lgamma tgamma""".split()
# What the linker itself puts there.
LINKER = {"_DYNAMIC", "_GLOBAL_OFFSET_TABLE_", "__TMC_END__", "__dso_handle", "completed.0", "__frame_dummy_init_array_entry",
          "__do_global_dtors_aux_fini_array_entry", "_edata", "_end", "__bss_start", "__data_start", "data_start", ".data", ".bss", ".init_array", ".fini_array",
          "frame_dummy_init_array_entry"}


# .data.rel.ro is not among them: tables with pointers, which the loader makes read-only.
WRITABLE = {".data", ".bss", ".tdata", ".tbss", ".init_array", ".fini_array"}


def objects_of(library):
    """Names of data objects with the section that each lies in."""
    pattern = re.compile(r"^[0-9a-f]+ .{7} (\S+)\t[0-9a-f]+ +(?:\.hidden )?(\S+)$")
    for line in subprocess.run(["objdump", "-t", library], check=True, capture_output=True, text=True).stdout.splitlines():
        match = pattern.match(line)
        if match:
            yield match.group(2), match.group(1)


def nm(*arguments):
    return subprocess.run(["nm", *arguments], check=True, capture_output=True, text=True).stdout.splitlines()


def main():
    root, library = pathlib.Path(sys.argv[1]), sys.argv[2]
    faults = []
    headers = "\n".join(path.read_text() for path in (root / "include/aicompute").glob("*.h"))
    declared = set(re.findall(r"^AIC_API [^;{]*?\b(aic_\w+)\(", headers, re.M))
    mapped = set(re.findall(r"^\s+(aic_\w+);", (root / "lib/aicompute.map").read_text(), re.M))
    exported = {}
    for line in nm("-D", "--defined-only", library):
        kind, name = line.split()[-2:]
        if kind != "A":
            exported[name.split("@")[0]] = (kind, name)
    for name in sorted(declared ^ mapped):
        faults.append(f"{name}: only in {'the headers' if name in declared else 'the map'}")
    for name in sorted(set(exported) ^ mapped):
        faults.append(f"{name}: only in {'the library' if name in exported else 'the map'}")
    faults += [f"{name}: exported data" for name, (kind, _) in exported.items() if kind != "T"]
    faults += [f"{name}: exported without a version" for name, (_, full) in exported.items() if "@" not in full]
    if len(declared) > 122:
        faults.append(f"{len(declared)} public functions: more than 122")
    imported = {line.split()[-1].split("@")[0] for line in nm("-D", "--undefined-only", library)}
    faults += [f"{name}: a library must not call it" for name in sorted(imported & set(BANNED))]
    sanitized = any(name.startswith(("__asan", "__ubsan", "__tsan", "__gcov")) for name in imported)
    for name, section in [] if sanitized else objects_of(library):
        if section in WRITABLE and name not in LINKER:
            faults.append(f"{name}: writable global state in {section}")
    print("\n".join(faults) or f"{len(exported)} exports, all declared, mapped and versioned; {len(imported)} imports, none banned; no writable globals")
    return 1 if faults else 0


sys.exit(main())
