#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the manual pages aicompute.1, aicompute.3 and aicompute.5 from the pages of this folder, and keeps the tables of commands and options in program.md.

Usage: man.py SOURCE_ROOT PROGRAM PAGE...   writes each PAGE, named aicompute.1, .3 or .5
       man.py SOURCE_ROOT PROGRAM           tells whether program.md is fresh
       man.py SOURCE_ROOT PROGRAM --write   brings it up to date
"""
import pathlib
import re
import subprocess
import sys

# --- what the program says of itself -------------------------------------------------------------------------------------


def ask(program, *words):
    return subprocess.run([program, *words], check=True, capture_output=True, text=True).stdout


def commands_of(program):
    """(command, arguments, what it does), as the usage has them."""
    return re.findall(r"^  aicompute (\w+) ?(.*?)  +(.*)$", ask(program, "--help"), re.M)


def options_of(program):
    """Option with its argument → (what it does, commands that know it)."""
    found = {}
    for command, _, _ in commands_of(program):
        for option, help_text in re.findall(r"^  (--.*?)  +(.*)$", ask(program, command, "--help"), re.M):
            found.setdefault(option, (help_text, []))[1].append(command)
    return found


def cell(text):
    return text.replace("|", "\\|")


def tables_of(program):
    commands = ["| command | does |", "| --- | --- |"]
    commands += [f"| `{' '.join(filter(None, ('aicompute', name, arguments)))}` | {cell(text)} |" for name, arguments, text in commands_of(program)]
    everywhere = len(commands_of(program))
    options = ["| option | does | commands |", "| --- | --- | --- |"]
    options += [f"| `{cell(option)}` | {cell(text)} | {'all' if len(known) == everywhere else ', '.join(known)} |" for option, (text, known) in options_of(program).items()]
    return {"commands": commands, "options": options}


def fill(text, program):
    for name, lines in tables_of(program).items():
        text = re.sub(rf"(<!-- {name} -->\n).*?(<!-- end -->)", lambda match, lines=lines: match[1] + "\n".join(lines) + "\n" + match[2], text, flags=re.S)
    return text


# --- from Markdown to roff -----------------------------------------------------------------------------------------------

CODE = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"}
PROSE = {"\\": "\\e", "^": "\\(ha", "~": "\\(ti", "`": "\\(ga"}


def plain(text, special=PROSE):
    """Characters for themselves; beyond ASCII by number, which every groff reads in every locale."""
    return "".join(special.get(char, char) if ord(char) < 128 else f"\\[u{ord(char):04X}]" for char in text)


def line_of(text):
    """A line that is no request."""
    return "\\&" + text if text[:1] in (".", "'") else text


def inline(text):
    """`code` is bold, *words* are in italics, a link is its text."""
    text = re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r"\1", text).replace("\\|", "|").replace("&#124;", "|")
    out = ""
    for part in re.split(r"(``.+?``|`[^`]+`|\*\*[^*]+\*\*|(?<![\w*])\*[^*\s][^*]*\*(?!\w))", text):
        if part.startswith("`"):
            out += "\\fB" + plain(part.strip("`").strip() if part.startswith("``") else part[1:-1], CODE) + "\\fR"
        elif part.startswith("*") and len(part) > 2:
            out += "\\fI" + plain(part.strip("*")) + "\\fR"
        else:
            out += plain(part)
    return out


def table(rows):
    """Each row a tagged paragraph; columns behind the second are named."""
    head, out = rows[0], []
    for row in rows[1:]:
        rest = [inline(row[1])] if len(row) > 1 else []
        rest += [f"{plain(name.capitalize())}: {inline(text)}" for name, text in zip(head[2:], row[2:]) if text and text != "all"]
        out += [".TP", line_of(inline(row[0])), line_of(". ".join(text.rstrip(".") for text in rest)) + "."]
    return out


def cells(line):
    return [part.strip() for part in re.split(r"(?<!\\)\|", line.strip())[1:-1]]


def block(lines, at):
    """One block of Markdown from line `at`: its roff, and the line behind it."""
    line, end = lines[at], at + 1
    if line.startswith("```"):
        while not lines[end].startswith("```"):
            end += 1
        return [".PP", ".in +4n", ".EX", *[line_of(plain(text, CODE)) for text in lines[at + 1:end]], ".EE", ".in"], end + 1
    if line.startswith("|"):
        while end < len(lines) and lines[end].startswith("|"):
            end += 1
        return table([cells(text) for text in lines[at:end] if not re.match(r"^\|[\s:|-]+\|$", text)]), end
    if line.startswith("#"):
        depth = len(line) - len(line.lstrip("#"))
        title = plain(re.sub("`", "", line.lstrip("# ")))
        return [f'.SH "{title.upper()}"' if depth == 2 else f'.SS "{title}"'], end
    bullet = line.startswith("* ")
    while end < len(lines) and lines[end].strip() and not re.match(r"(\* |```|\||#|<!--)", lines[end]):
        end += 1
    text = " ".join(part.strip() for part in lines[at:end])
    # a line of source for each sentence, as roff has it
    sentences = [line_of(part) for part in re.split(r"(?<=[.:;]) (?=\S)", inline(text[2:] if bullet else text))]
    return [".IP \\(bu 2" if bullet else ".PP", *sentences], end


def roff(markdown):
    lines, out, at = markdown.splitlines(), [], 0
    while at < len(lines):
        if not lines[at].strip() or lines[at].startswith(("<!--", "# ")):
            at += 1
            continue
        made, at = block(lines, at)
        out += made
    return out


# --- pages ---------------------------------------------------------------------------------------------------------------


def page(section, version, manual, what, body, also):
    head = ['.\\" Made by doc/man.py from the documentation.', f'.TH AICOMPUTE {section} "" "aicompute {version}" "{manual}"', ".nr HY 0", ".nh", ".ad l",
            ".SH NAME", f"aicompute \\- {what}"]
    return "\n".join([*head, *body, '.SH "SEE ALSO"', also]) + "\n"


def split_first(text):
    """The paragraph under the title, and the sections."""
    at = text.index("\n## ")
    return text[:at], text[at:]


def program_page(root, program, version):
    first, rest = split_first(fill((root / "doc/program.md").read_text(encoding="utf-8"), program))
    synopsis = [".SH SYNOPSIS"]
    for name, arguments, _ in commands_of(program):
        synopsis += [f".B aicompute {name}", plain(f"{arguments} [OPTION...]".strip(), CODE), ".br"]
    return page(1, version, "User Commands", "compute, cost and market models of AI from sourced assumptions", [*synopsis[:-1], ".SH DESCRIPTION", *roff(first), *roff(rest)],
                ".BR aicompute (5)\nfor the format of scenarios,\n.BR aicompute (3)\nfor the library.")


def functions_of(root):
    """Per header, what each function does: the first sentence of its comment."""
    out = []
    order = ["scenario", "sample", "model", "result", "table", "kind", "unit", "report", "status"]
    others = sorted(path.stem for path in (root / "include/aicompute").glob("*.h") if path.stem not in [*order, "aicompute"])
    for header in [*order[:2], *others, *order[2:]]:
        path = root / f"include/aicompute/{header}.h"
        out.append(f'.SS "<aicompute/{header}.h>"')
        for comment, declaration in re.findall(r"/\*\*((?:(?!\*/).)*?)\*/\s*\nAIC_API ([^;]*?\));", path.read_text(encoding="utf-8"), re.S):
            words = " ".join(re.sub(r"^\s*\* ?", "", comment.split("@")[0], flags=re.M).split())
            name = re.search(r"\b(aic_\w+)\(", declaration)[1]
            sentence = re.match(r".*?[.](?= |$)", words)
            out += [".TP", f".BR {name} ()", line_of(inline(sentence[0] if sentence else words))]
    return out


def library_page(root, program, version):
    first, rest = split_first((root / "doc/api.md").read_text(encoding="utf-8"))
    synopsis = [".SH SYNOPSIS", ".EX", "#include <aicompute/aicompute.h>", "", plain("cc program.c $(pkg-config --cflags --libs aicompute)", CODE), ".EE"]
    return page(3, version, "Library Functions Manual", "library of compute, cost and market models of AI",
                [*synopsis, ".SH DESCRIPTION", *roff(first), *roff(rest), ".SH FUNCTIONS", *functions_of(root)],
                ".BR aicompute (1)\nfor the program,\n.BR aicompute (5)\nfor the format of scenarios.\nEach header says units, statuses, lifetime and threads of its functions.")


def format_page(root, program, version):
    first, rest = split_first((root / "doc/format.md").read_text(encoding="utf-8"))
    return page(5, version, "File Formats Manual", "scenarios of AI compute, cost and markets, format version 1",
                [".SH DESCRIPTION", *roff(first), *roff(rest)], ".BR aicompute (1)\nfor the program: `aicompute models\\(aq lists kinds of models, `aicompute units\\(aq units."
                .replace("`aicompute models\\(aq", "\\fBaicompute models\\fR").replace("`aicompute units\\(aq", "\\fBaicompute units\\fR"))


PAGES = {"aicompute.1": program_page, "aicompute.3": library_page, "aicompute.5": format_page}


def main():
    root, program, targets = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    source = root / "doc/program.md"
    if not targets or targets == ["--write"]:
        text = source.read_text(encoding="utf-8")
        fresh = fill(text, program)
        if targets:
            source.write_text(fresh, encoding="utf-8")
        elif text != fresh:
            print("doc/program.md is stale: run `meson compile -C build update-docs`")
            return 1
        return 0
    version = ask(program, "--version").split()[1]
    for target in map(pathlib.Path, targets):
        target.write_text(PAGES[target.name](root, program, version), encoding="ascii")
    return 0


sys.exit(main())
