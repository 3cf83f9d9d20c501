"""Bytes of a DOCX file in, its text out: automatic numbers, insertions, text boxes and tables kept; deletions and page heads left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from loaders.formats.archive import open_zip
from loaders.formats.extracted import Extracted, Lines, Row, Unreadable, lay_out
from loaders.formats.markup import check_depth, child, parse_part
from loaders.formats.word_lists import VALUE, Numbering, W

MAIN_PART: Final = "word/document.xml"
MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DELETED: Final = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rt", "pPr", "rPr"))
_CHARACTERS: Final = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_NOTES: Final = ("word/footnotes.xml", "word/endnotes.xml")


def extract(content: bytes) -> Extracted:
    """The document's text, footnotes last. Raises Unreadable for a broken file."""
    with open_zip(content) as packed:
        body = child(parse_part(packed, MAIN_PART), f"{W}body")
        if body is None:
            raise Unreadable("a Word file without a body; open it in Word and save it anew")
        walk = _Walk(Numbering(parse_part(packed, "word/numbering.xml"), parse_part(packed, "word/styles.xml")))
        lines = Lines()
        for line in walk.blocks(body, 0):
            lines.add(line)
        for part in _NOTES:
            for note in parse_part(packed, part) or ():
                if not note.get(f"{W}type"):  # the others are separators
                    for line in walk.blocks(note, 0):
                        lines.add(line)
    return Extracted(lines.text(), MEDIA_TYPE, places=lines.places("paragraph"))


class _Walk:
    """Goes through a document's blocks in order."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._boxes: list[Element] = []
        self._joined = ""

    def blocks(self, parent: Element, depth: int) -> Iterator[str]:
        """The lines of all paragraphs and tables below an element."""
        check_depth(depth)
        for element in parent:
            if element.tag == f"{W}p":
                yield from self._paragraph(element, depth)
            elif element.tag == f"{W}tbl":
                yield from lay_out(list(self._rows(element, depth + 1)))
            elif element.tag == f"{_MC}AlternateContent":
                yield from self.blocks(_chosen(element), depth + 1)
            elif element.tag not in _DELETED:
                yield from self.blocks(element, depth + 1)

    def _paragraph(self, paragraph: Element, depth: int) -> Iterator[str]:
        properties = child(paragraph, f"{W}pPr")
        words = "".join(self._words(paragraph, depth + 1))
        boxes, self._boxes = self._boxes, []
        if child(properties, f"{W}rPr", f"{W}del") is not None:  # its end was deleted: it goes on in the next
            self._joined += words
        else:
            whole, self._joined = self._joined + words, ""
            number = self._numbering.take(properties) if whole.strip() else ""
            yield from (number + whole).split("\n")
        for box in boxes:
            yield from self.blocks(box, depth + 1)

    def _words(self, parent: Element, depth: int) -> Iterator[str]:
        check_depth(depth)
        for element in parent:
            tag = element.tag
            if tag in _DELETED or (tag == f"{W}r" and _hidden(element)):
                continue
            if tag in (f"{W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"):
                yield (element.text or "").replace("\n", " ")
            elif tag in _CHARACTERS:
                yield _CHARACTERS[tag]
            elif tag == f"{W}sym":
                yield _symbol(element.get(f"{W}char", ""))
            elif tag == f"{W}txbxContent":
                self._boxes.append(element)
            elif tag == f"{_MC}AlternateContent":
                yield from self._words(_chosen(element), depth + 1)
            else:
                yield from self._words(element, depth + 1)

    def _rows(self, table: Element, depth: int) -> Iterator[Row]:
        check_depth(depth)
        for element in table:
            if element.tag == f"{W}tr" and child(element, f"{W}trPr", f"{W}del") is None:
                yield list(self._cells(element, depth + 1))
            elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
                yield from self._rows(element, depth + 1)

    def _cells(self, row: Element, depth: int) -> Iterator[list[str]]:
        check_depth(depth)
        for element in row:
            if element.tag == f"{W}tc":
                span = child(element, f"{W}tcPr", f"{W}gridSpan")
                yield [line for line in self.blocks(element, depth + 1) if line.strip()]
                columns = "1" if span is None else span.get(VALUE, "1")
                yield from ([] for _ in range(min(int(columns), 64) - 1 if columns.isdecimal() else 0))
            elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
                yield from self._cells(element, depth + 1)


def _chosen(alternatives: Element) -> Element:
    """The first choice of what Word writes twice, for new and old readers."""
    choice = alternatives.find(f"{_MC}Choice")
    fallback = alternatives.find(f"{_MC}Fallback")
    held = choice if choice is not None else fallback
    return alternatives if held is None else held


def _hidden(run: Element) -> bool:
    vanish = child(run, f"{W}rPr", f"{W}vanish")
    return vanish is not None and vanish.get(VALUE, "true") not in ("0", "false")


def _symbol(code: str) -> str:
    """A symbol font's character by its hexadecimal code."""
    try:
        return chr(int(code, 16)) if len(code) <= 6 else ""
    except ValueError:
        return ""
