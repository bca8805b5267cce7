# SPDX-License-Identifier: MIT
"""Tables for notebooks; every cell is escaped."""
from html import escape
from typing import Iterable, Sequence

MOST_ROWS = 200  # of one table


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]], count: int = 0) -> str:
    """`count`: of all rows, where not all are given."""
    listed = [list(row) for row in rows]
    shown, count = listed[:MOST_ROWS], max(count, len(listed))
    lines = ["<table>", f"<caption>{escape(caption)}</caption>", "<thead><tr>" + "".join(f"<th>{escape(head)}</th>" for head in heads) + "</tr></thead>"]
    lines += ["<tr>" + "".join(f'<td style="text-align:left">{escape(str(cell))}</td>' for cell in row) + "</tr>" for row in shown]
    if count > len(shown):
        lines.append(f'<tr><td colspan="{len(heads)}">… {count - len(shown)} more</td></tr>')
    return "\n".join(lines + ["</table>"])


def preformatted(text: str) -> str:
    return f"<pre>{escape(text)}</pre>"
