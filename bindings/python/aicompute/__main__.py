# SPDX-License-Identifier: MIT
"""`python -m aicompute` is the program `aicompute`, which is found beside this package or on the PATH."""
import pathlib
import shutil
import subprocess
import sys


def main() -> int:
    beside = pathlib.Path(__file__).resolve().parent / "aicompute"
    program = str(beside) if beside.is_file() else shutil.which("aicompute")
    if program is None:
        print("python -m aicompute: the program aicompute is not on the PATH", file=sys.stderr)
        return 127
    return subprocess.call([program, *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
