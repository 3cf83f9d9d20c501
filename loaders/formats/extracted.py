"""What every reader of a format returns, and how it is put together line by line within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from ontology.records import NOWHERE, PlaceKind, Places

LONGEST_TEXT: Final = 1_000_000  # characters; what a table of so many states takes two gigabytes while it is read
_LONGEST_HEADING: Final = 12
_WRAPPED: Final = 10
_CLOSED: Final = "。；：！？）;:!?)"
CELL_BREAK: Final = " | "
Cell: TypeAlias = list[str]
Row: TypeAlias = list[Cell]


class Unreadable(Exception):
    """A file that no text can be had from without loss: one line, without the file's name, that says why and what to do next."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file, its media type and encoding, where its pages or paragraphs begin, and remarks (code, message) about it."""

    text: str
    media_type: str
    encoding: str = "utf-8"
    places: Places = NOWHERE
    remarks: tuple[tuple[str, str], ...] = ()


class Lines:
    """Collects a text line by line; each line is a paragraph, unless pages are begun by name.

    >>> lines = Lines()
    >>> lines.add("壹、時間"), lines.add(""), lines.add("貳、地點")
    (None, None, None)
    >>> lines.text(), str(lines.places("paragraph"))
    ('壹、時間\\n\\n貳、地點\\n', 'paragraph 0 6')
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._starts: list[int] = []
        self._pages: list[int] = []
        self._length = 0

    def add(self, line: str) -> None:
        """One line, without its end; raises Unreadable where the text grows past its bound."""
        if line.strip():
            self._starts.append(self._length)
        self._lines.append(line)
        self._length += len(line) + 1
        if self._length > LONGEST_TEXT:
            raise Unreadable(f"holds more than {LONGEST_TEXT:,} characters of text; split the file")

    def begin_page(self) -> None:
        """What is added from here on stands on the next page."""
        self._pages.append(self._length)

    def text(self) -> str:
        """All lines, each with its end."""
        return "".join(f"{line}\n" for line in self._lines)

    def places(self, kind: PlaceKind) -> Places:
        """Where the pages, or the paragraphs that hold something, begin."""
        return Places(kind, tuple(self._pages if kind == "page" else self._starts))


def join_cells(cells: list[str]) -> str:
    """The cells of one row on one line: ``案名 | 決議``; empty ones keep their place, and a lone cell stays as it is.

    >>> join_cells(["1", " 水岸步道 ", ""]), join_cells(["附件"])
    ('1 | 水岸步道 | ', '附件')
    """
    return CELL_BREAK.join(" ".join(cell.split()) for cell in cells)


def lay_out(rows: list[Row]) -> Iterator[str]:
    """A table's rows as lines, ``cell | cell | cell``; a cell is its paragraphs, which ``/`` keeps apart save in the row of headings.

    A table that only places text on a page (one column, or one row of cells with paragraphs) gives the paragraphs of its cells. Of a row
    of two, label and paragraphs, the paragraphs after the first follow on lines of their own.

    >>> list(lay_out([[["案", "名"], ["決議"], ["辦理情形"]], [["河岸步道"], ["一、續辦。", "二、追蹤。"], []]]))
    ['案名 | 決議 | 辦理情形', '河岸步道 | 一、續辦。 / 二、追蹤。 | ']
    >>> list(lay_out([[["主席"], ["王大明"]], [["決議"], ["一、續辦。", "二、解除列管。"]]]))
    ['主席 | 王大明', '決議 | 一、續辦。', '二、解除列管。']
    """
    held = [row for row in rows if any(line.strip() for cell in row for line in cell)]
    columns = max((len(row) for row in held), default=0)
    if columns < 2 or (len(held) == 1 and any(len(cell) > 2 for cell in held[0])):
        yield from (line for row in held for cell in row for line in cell)
        return
    for place, row in enumerate(held):
        headings = place == 0 and all(sum(map(len, cell)) <= _LONGEST_HEADING for cell in row)
        if len(row) == 1:
            yield from row[0]
        elif len(row) == 2 and columns == 2:
            yield join_cells(["".join(row[0]), row[1][0] if row[1] else ""])
            yield from row[1][1:]
        else:
            yield join_cells(["".join(cell) if headings else _join_paragraphs(cell) for cell in row])


def _join_paragraphs(cell: Cell) -> str:
    """A cell's paragraphs with ``/`` between them, save where a long one breaks off in mid-sentence.

    >>> _join_paragraphs(["王大明", "李小華"]), _join_paragraphs(["請兩市於下次會議之前再", "提報進度。"])
    ('王大明 / 李小華', '請兩市於下次會議之前再提報進度。')
    """
    written = ""
    for paragraph in cell:
        broken = len(written.rpartition(" / ")[2]) >= _WRAPPED and written[-1] not in _CLOSED
        written += paragraph if broken or not written else f" / {paragraph}"
    return written
