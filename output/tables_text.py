"""A table goes in, text for a reader comes out: columns for a terminal, Markdown, CSV, JSON, or HTML."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Final

from rich.cells import cell_len

from graph.tables import Table

_NARROWEST: Final = 6  # cells of a column that had to give way
_NARROWEST_WRAPPED: Final = 13  # below this, a date breaks: rows are shown one under the other instead
_GAP: Final = 2
_CLOSING: Final = "，。、；：！？）」』》〉】％…"
_OPENING: Final = "（「『《〈【"
_WIDE: Final = r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
# A part that a line break must not fall into: opening marks, one wide character or a run of others, closing marks, and spaces behind.
_PARTS: Final = re.compile(
    rf"[{re.escape(_OPENING)}]*(?:{_WIDE}[,;]?|(?:(?!{_WIDE}|[{re.escape(_CLOSING)}])\S)+|)[{re.escape(_CLOSING)}]*\ *|\s"
)


def as_columns(table: Table, *, width: int = 80, right: Iterable[str] = ()) -> str:
    """The table in aligned columns, no line wider than ``width`` terminal cells (a Chinese character takes two).

    ``right`` names the columns of numbers. Long cells run over several lines; nothing is cut off. Where the
    columns would get too narrow, each row is a block of its own.

    >>> print(as_columns(Table(("案", "n"), (("酷課雲", "1"),)), right=("n",)))
    案      n
    ──────  ─
    酷課雲  1
    """
    rows: list[tuple[str, ...]] = [table.columns, *(tuple(map(_one_line, row)) for row in table.rows)]
    widths = _share([max(cell_len(row[place]) for row in rows) for place in range(len(table.columns))], width)
    if widths and max(widths) < _NARROWEST_WRAPPED < max(cell_len(cell) for row in rows for cell in row):
        return _as_records(table, width)
    aligned = [column in set(right) for column in table.columns]
    lines: list[str] = []
    for number, row in enumerate(rows):
        cells = [fold_words(cell, cells_wide) for cell, cells_wide in zip(row, widths, strict=True)]
        for line in range(max((len(cell) for cell in cells), default=0)):
            parts = [cell[line] if line < len(cell) else "" for cell in cells]
            padded = [_pad(part, cells_wide, end) for part, cells_wide, end in zip(parts, widths, aligned, strict=True)]
            lines.append((" " * _GAP).join(padded).rstrip())
        if number == 0:
            lines.append((" " * _GAP).join("─" * cells_wide for cells_wide in widths))
    return "\n".join(lines)


def fits(table: Table, width: int) -> bool:
    """Whether all columns have room beside each other, the widest of them at least a third of the width where it needs that."""
    natural = sorted(
        max(cell_len(_one_line(words)) for words in (column, *(row[place] for row in table.rows)))
        for place, column in enumerate(table.columns)
    )
    wide = min(natural[-1], width // 3) + sum(min(needed, width // 6) for needed in natural[:-1])
    return wide + _GAP * (len(natural) - 1) <= width


def _as_records(table: Table, width: int) -> str:
    """A row a block, a column a line: for tables of more columns than fit beside each other."""
    label = max(map(cell_len, table.columns)) + _GAP
    blocks = []
    for row in table.rows:
        lines = []
        for column, cell in zip(table.columns, row, strict=True):
            first, *more = fold_words(_one_line(cell), max(width - label, _NARROWEST)) if cell else [""]
            lines += [(_pad(column, label, False) + first).rstrip(), *(" " * label + line for line in more)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) or "  ".join(table.columns)


def _share(natural: list[int], width: int) -> list[int]:
    """The columns' widths: each what it needs, but the widest cut down alike until all fit."""
    room = max(width - _GAP * (len(natural) - 1), _NARROWEST * len(natural))
    cap = max(natural, default=0)
    while cap > _NARROWEST and sum(min(needed, cap) for needed in natural) > room:
        cap -= 1
    return [min(needed, cap) for needed in natural]


def _pad(words: str, width: int, right: bool) -> str:
    blank = " " * (width - cell_len(words))
    return blank + words if right else words + blank


def as_paragraph(words: str, *, width: int = 80, indent: int = 0) -> str:
    """Words broken into lines of at most ``width`` cells, each moved in by ``indent``; their own line breaks are kept."""
    lines = [line for given in words.splitlines() for line in fold_words(_one_line(given), max(width - indent, 2 * _NARROWEST)) if line]
    return "\n".join(" " * indent + line for line in lines)


def fold_words(words: str, width: int) -> list[str]:
    """Lines of at most ``width`` cells (at least two): Chinese breaks anywhere but before a closing mark, other words at spaces.

    >>> fold_words("共同申辦2025年OpenID登入，案", 12)
    ['共同申辦2025', '年OpenID登', '入，案']
    """
    lines, line, used = [], "", 0
    for part in _PARTS.findall(words):
        for piece in _cut(part, width) if cell_len(part) > width else [part]:
            needed = cell_len(piece.rstrip(" "))
            if line and used + needed > width:
                lines.append(line.rstrip(" "))
                line, used = "", 0
            if line or piece.strip(" "):
                line += piece
                used += cell_len(piece)
    return [*lines, line.rstrip(" ")] if line or not lines else lines


def _cut(part: str, width: int) -> list[str]:
    """A part that is wider than a line, cut to the width."""
    pieces, piece = [], ""
    for sign in part:
        if cell_len(piece + sign) > width:
            pieces.append(piece)
            piece = ""
        piece += sign
    return [*pieces, piece]


def as_markdown(table: Table) -> str:
    """The table as GitHub's Markdown writes it.

    >>> print(as_markdown(Table(("a",), (("x|y",),))))
    | a |
    | --- |
    | x\\|y |
    """
    lines = [_markdown_row(table.columns), _markdown_row("---" for _ in table.columns)]
    return "\n".join([*lines, *(_markdown_row(map(markdown_words, row)) for row in table.rows)])


def as_csv(table: Table) -> str:
    """The table as CSV: one header row, lines ended by a line feed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return out.getvalue().removesuffix("\n")


def as_json(table: Table) -> str:
    """The rows as a JSON array of objects."""
    return json.dumps(table.records(), ensure_ascii=False, indent=2)


def as_html(table: Table) -> str:
    """The table as an HTML ``table`` element; cells are text, never markup."""
    head = "".join(f'<th scope="col">{html.escape(column)}</th>' for column in table.columns)
    rows = "\n".join("<tr>" + "".join(f"<td{_day(cell)}>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _day(cell: str) -> str:
    """What keeps a date on one line of a page."""
    return ' class="day"' if re.fullmatch(r"\d{4}-\d\d-\d\d", cell) else ""


def _one_line(cell: str) -> str:
    """A cell without line breaks or other control characters, which a terminal would obey."""
    return "".join(sign if sign.isprintable() else " " for sign in " ".join(cell.split()))


def _markdown_row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def markdown_words(cell: str) -> str:
    """Words that Markdown shows as they are, on one line."""
    plain = _one_line(cell).replace("\\", "\\\\")
    for sign in "|<>*_`[]":
        plain = plain.replace(sign, f"\\{sign}")
    return plain


def numeric(table: Table) -> Sequence[str]:
    """The columns all of whose known cells are numbers, and at least one is."""
    found = []
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in table.rows if row[place]]
        if cells and all(cell.replace(".", "", 1).isdecimal() for cell in cells):
            found.append(column)
    return found
