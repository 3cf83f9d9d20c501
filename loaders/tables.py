"""A line of a table in (案名 | 決議 | 辦理情形), its cells out, and what the headings of the columns say of them.

Word processors' tables, web pages' and ruled PDF tables come as such lines from their readers; Markdown writes them itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from loaders import rules
from loaders.folding import EMPTY, Text, join

BAR: Final = "|"
_RULE: Final = re.compile(r"[|:=+-]*")


@dataclass(frozen=True, slots=True)
class Row:
    """One case's row: its number, name, proposer, and the texts of its ruling and of the report on it; empty where there is none.

    ``recited`` is what an earlier meeting ruled: its column says so, or a report on it stands in a column behind.
    """

    item: Text
    title: Text
    proposer: Text
    ruling: Text
    recited: Text
    report: Text


def is_row(line: Text) -> bool:
    """Whether a compact line is a row of a table."""
    return BAR in line.text


def is_rule(line: Text) -> bool:
    """Whether a compact line only draws a table: ``|---|---|``."""
    return BAR in line.text and _RULE.fullmatch(line.text) is not None


def cells(line: Text) -> list[Text]:
    """The cells of a row; the bars that Markdown puts around it are no cells.

    >>> from loaders.folding import fold
    >>> [cell.text for cell in cells(fold("|1|水岸步道||"))]
    ['1', '水岸步道', '']
    """
    inner = line[1:] if line.text.startswith(BAR) else line
    inner = inner[: len(inner) - 1] if line.text.startswith(BAR) and inner.text.endswith(BAR) else inner
    found: list[Text] = []
    start = 0
    for words in inner.text.split(BAR):
        found.append(inner[start : start + len(words)].strip())
        start += len(words) + 1
    return found


def headings(line: Text) -> tuple[str, ...]:
    """What each column holds, empty where unknown; nothing for a line that is not the headings of a table of cases.

    >>> from loaders.folding import fold
    >>> headings(fold("編號|案名|第三次會議決議|辦理情形")), headings(fold("1|水岸步道|續辦|"))
    (('item', 'title', 'recited', 'report'), ())
    """
    kinds = tuple(_kind(cell.text) for cell in cells(line))
    of_cases = kinds.count("title") == 1 and not {"ruling", "recited", "report"}.isdisjoint(kinds)
    return kinds if of_cases else ()


def _kind(words: str) -> str:
    return next((rule.value for rule in rules.family("column") if rule.pattern.match(words)), "")


def read_row(line: Text, kinds: tuple[str, ...]) -> Row | None:
    """The row as its columns say, None where it has another number of cells.

    >>> from loaders.folding import fold
    >>> row = read_row(fold("水岸步道|續辦|已完成|結案"), ("title", "ruling", "report", "ruling"))
    >>> row.recited.text, row.report.text, row.ruling.text
    ('續辦', '已完成', '結案')
    """
    held = cells(line)
    if len(held) != len(kinds):
        return None
    told = [cell for cell, kind in zip(held, kinds, strict=True) if kind == "report" and cell]
    reported = bool(told) and not rules.pattern("formula.empty").match(join(told).text)
    if reported:  # what stands before the report on it was ruled before
        last = len(kinds) - 1 - kinds[::-1].index("report")
        kinds = tuple("recited" if kind == "ruling" and at < last else kind for at, kind in enumerate(kinds))

    def of(kind: str) -> Text:
        return join(cell for cell, one in zip(held, kinds, strict=True) if one == kind and cell)

    return Row(of("item"), of("title"), of("proposer"), of("ruling"), of("recited"), of("report") if reported else EMPTY)


def as_labels(line: Text, is_label: Callable[[str], bool]) -> Text:
    """A row of labels and values with the bars behind labels as colons, so that it reads as any labelled line does.

    >>> from loaders.folding import fold
    >>> as_labels(fold("時間|108年|地點|視訊"), lambda words: words in ("時間:", "地點:")).text
    '時間:108年 地點:視訊'
    """
    words = list(line.text)
    start = 0
    for place, character in enumerate(line.text):
        if character == BAR:
            words[place] = ":" if is_label(f"{line.text[start:place]}:") else " "
            start = place + 1
    return Text("".join(words), line.offsets)
