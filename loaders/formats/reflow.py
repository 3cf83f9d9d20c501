"""The characters and lines drawn on pages in, running text out: paragraphs joined over line and page ends, tables as rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from loaders.folding import fold, fold_words
from loaders.formats.extracted import lay_out
from loaders.formats.grid import Cell, Rule, Table, find_tables
from loaders.paragraphs import find_label, is_title
from ontology.records import Places

_BAND: Final = 0.13  # of a page's height, at its head and at its foot: where furniture stands
_NUMBER_ALONE: Final = re.compile(
    r"[-–—─~〜\s]*(?:第\s*)?[\d０-９一二三四五六七八九十]{1,4}\s*頁?(?:\s*[/／,，]?\s*共\s*\d+\s*頁)?[-–—─~〜\s]*"
)
_PAGE_OF: Final = re.compile(r"\s*(?:Page|頁次:?)?\s*\d{1,4}\s*(?:/|of)\s*\d{1,4}\s*", re.IGNORECASE)
_STARTS: Final = re.compile(
    r"\s*(?:[壹貳參肆伍陸柒捌玖拾一二三四五六七八九十廿甲乙丙丁戊己庚辛]{1,4}[、．.]"
    r"|[(（][一二三四五六七八九十\d０-９]{1,3}[)）]|[\d０-９]{1,2}(?:[、．)）]|\.(?!\d))|[•●◎■□◆※*]|第[一二三四五六七八九十\d]{1,3}案)"
)
_LONGEST_LABEL: Final = 40
_DEEPEST_INDENT: Final = 5  # characters; a line further in than that is centred or a table's
_TITLE_LINES: Final = 4
_WORD: Final = re.compile(r"[A-Za-z]")
__all__ = ("Glyph", "Page", "Rule", "reflow")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as it is drawn, in points from the lower left corner of its page; ``base`` is the line that it stands on."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """What is drawn on one page."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of words on a page, or a row of a table (``fixed``), which nothing is joined to; ``size`` is a full-width character's."""

    text: str
    left: float
    right: float
    y: float
    size: float
    page: int
    fixed: bool = False


def reflow(pages: Sequence[Page]) -> tuple[str, Places]:
    """The text of some pages, and where in it each page begins."""
    lines = [line for number, page in enumerate(pages, 1) for line in _lines_of(page, number)]
    lines = _without_furniture(lines, pages)
    edges = _edges(lines, pages)
    starts: list[int] = []
    written: list[str] = []
    length = 0
    before: _Line | None = None
    for place, line in enumerate(lines):
        if before is not None:
            glue = _glue(before, line) if _goes_on(before, line, edges[before.page], place < _TITLE_LINES) else "\n"
            written.append(glue)
            length += len(glue)
        while len(starts) < line.page:
            starts.append(length)
        written.append(line.text)
        length += len(line.text)
        before = line
    starts += [length] * (len(pages) - len(starts))
    return "".join(written) + "\n", Places("page", tuple(starts))


def _lines_of(page: Page, number: int) -> list[_Line]:
    """A page's lines and table rows from the top."""
    tables = find_tables(page.rules)
    free: list[Glyph] = []
    held: list[dict[Cell, list[Glyph]]] = [{} for _ in tables]
    for glyph in page.glyphs:
        x, y = (glyph.left + glyph.right) / 2, glyph.base + glyph.size / 3
        for table, cells in zip(tables, held, strict=True):
            if (cell := table.cell_at(x, y)) is not None:
                cells.setdefault(cell, []).append(glyph)
                break
        else:
            free.append(glyph)
    lines = list(_free_lines(free, number))
    for table, cells in zip(tables, held, strict=True):
        lines += _rows(table, cells, number)
    return sorted(lines, key=lambda line: -line.y)


def _free_lines(glyphs: Sequence[Glyph], page: int) -> Iterator[_Line]:
    """Characters gathered into lines by where they stand, whatever their order in the file."""
    for row in _gather(glyphs):
        text = _write(row)
        if text.strip():
            inked = [glyph for glyph in row if not glyph.text.isspace()]
            wide = sorted(glyph.right - glyph.left for glyph in inked if ord(glyph.text) > 0x2E7F)
            size = wide[len(wide) // 2] if wide else max(glyph.size for glyph in inked)
            yield _Line(text.strip(" "), inked[0].left, inked[-1].right, inked[0].base, size, page)


def _gather(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Rows of characters from the top, each from the left; one drawn twice on one spot, as bold type is faked, is taken once."""
    rows: list[list[Glyph]] = []
    base = size = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.base):
        if not rows or base - glyph.base > 0.4 * min(size, glyph.size):
            rows.append([])
            base, size = glyph.base, glyph.size
        rows[-1].append(glyph)
    return [_once(sorted(row, key=lambda glyph: (glyph.left, glyph.right))) for row in rows]


def _once(row: list[Glyph]) -> list[Glyph]:
    kept: list[Glyph] = []
    for glyph in row:
        near = 0.3 * (glyph.right - glyph.left)
        if not any(other.text == glyph.text and abs(other.left - glyph.left) < near for other in kept[-3:]):
            kept.append(glyph)
    return kept


def _write(row: Sequence[Glyph]) -> str:
    """A row's characters, with a space where a gap is wider than between letters."""
    words: list[str] = []
    for place, glyph in enumerate(row):
        before = row[place - 1] if place else None
        if before is not None and not before.text.isspace() and not glyph.text.isspace():
            gap, size = glyph.left - before.right, min(glyph.size, before.size)
            wide = ord(before.text) > 0x2E7F and ord(glyph.text) > 0x2E7F
            if gap > (0.6 if wide else 0.22) * size:
                words.append(" ")
        words.append(" " if glyph.text.isspace() and glyph.text != "\u3000" else glyph.text)
    return "".join(words)


def _rows(table: Table, cells: dict[Cell, list[Glyph]], page: int) -> Iterator[_Line]:
    """A table's rows, laid out as the other formats' are."""
    places = [(row, column) for row, line in enumerate(table.cells) for column in range(len(line))]
    texts = {place: list(_paragraphs(cells.get(place, ()), table, place, page)) for place in places}
    rows = [[texts[place] for place in group] for _, group in groupby(places, key=lambda place: place[0])]
    laid = list(lay_out(rows))
    top, bottom = table.ys[0], table.ys[-1]
    for place, text in enumerate(laid):
        yield _Line(text, table.xs[0], table.xs[-1], top - (top - bottom) * (place + 0.5) / len(laid), 0.0, page, fixed=True)


def _paragraphs(glyphs: Iterable[Glyph], table: Table, place: Cell, page: int) -> Iterator[str]:
    """The paragraphs of one cell: a line that reaches near its right edge goes on in the next."""
    held = tuple(glyphs)
    if not held:
        return
    lines = list(_free_lines(held, page))
    reached = max((line.right for line in lines), default=0.0)
    written = ""
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        if before is not None and reached - before.right < 1.2 * before.size and not _STARTS.match(line.text):
            written += _glue(before, line) + line.text
        else:
            if written:
                yield written
            written = line.text
    if written:
        yield written


def _without_furniture(lines: list[_Line], pages: Sequence[Page]) -> list[_Line]:
    """Lines without page numbers and running heads: what stands in the head or foot band and is the same, numbers aside, on other pages.

    A title that stands nowhere but in the running head is kept once.
    """
    in_band = [not line.fixed and not _BAND < line.y / pages[line.page - 1].height < 1 - _BAND for line in lines]
    counted = Counter((_masked(line), round(line.y / 4)) for line, near in zip(lines, in_band, strict=True) if near)
    elsewhere = Counter(_masked(line) for line in lines)
    kept: list[_Line] = []
    seen: set[str] = set()
    for line, near in zip(lines, in_band, strict=True):
        key = _masked(line)
        repeated = near and counted[key, round(line.y / 4)] > 1
        first = repeated and key not in seen and elsewhere[key] == counted[key, round(line.y / 4)] and is_title(fold(line.text))
        seen.add(key)
        alone = near and (_NUMBER_ALONE.fullmatch(line.text) or _PAGE_OF.fullmatch(line.text)) is not None
        if not alone and (not repeated or first):
            kept.append(line)
    return kept


def _masked(line: _Line) -> str:
    """A line's words with its numbers masked, so that heads that count pages are alike."""
    return re.sub(r"[\d０-９]+", "#", re.sub(r"\s+", "", line.text))


def _edges(lines: Sequence[_Line], pages: Sequence[Page]) -> dict[int, tuple[float, float]]:
    """From where to where running text goes, for each page: as on all pages of its width."""
    edges: dict[int, tuple[float, float]] = {}
    for line in lines:
        width = round(pages[line.page - 1].width)
        if not line.fixed:
            left, right = edges.get(width, (line.left, line.right))
            edges[width] = (min(left, line.left), max(right, line.right))
    return {number: edges.get(round(page.width), (0.0, page.width)) for number, page in enumerate(pages, 1)}


def _goes_on(before: _Line, line: _Line, edges: tuple[float, float], top: bool) -> bool:
    """Whether a line goes on where the one before broke off: that one is full, and this one begins nothing new.

    At the ``top`` of a document stand lines that are centred.
    """
    if before.fixed or line.fixed or _STARTS.match(line.text) or find_label(fold_words(line.text[:_LONGEST_LABEL]))[0]:
        return False
    left, right = edges
    centred = abs(line.left + line.right - left - right) < 2 * line.size and line.left - left > line.size
    if (top and centred) or line.left - before.left > _DEEPEST_INDENT * line.size:
        return False
    full = right - before.right < 1.6 * before.size
    indented = line.left - before.left > 1.5 * line.size and before.text.rstrip().endswith(("。", "；"))
    return full and not indented


def _glue(before: _Line, line: _Line) -> str:
    """What stands between two lines that are joined: a space between two words in Latin letters, else nothing."""
    return " " if _WORD.match(before.text[-1:]) and _WORD.match(line.text[:1]) else ""
