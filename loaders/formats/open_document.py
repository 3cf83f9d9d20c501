"""Bytes of an ODT file in, its text out: automatic numbers, text boxes and tables kept; deletions, comments and page furniture left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from loaders.formats.archive import Budget, open_zip, read_member
from loaders.formats.extracted import Extracted, Lines, Row, Unreadable, lay_out
from loaders.formats.markup import check_depth, child, parse_part
from loaders.formats.open_lists import TEXT, ListStyles

MEDIA_TYPE: Final = "application/vnd.oasis.opendocument.text"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW: Final = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_LEFT_OUT: Final = frozenset(
    (
        *(f"{TEXT}{name}" for name in ("tracked-changes", "table-of-content", "note-citation", "ruby-text", "sequence-decls")),
        *(f"{_OFFICE}{name}" for name in ("annotation", "forms", "binary-data")),
        "{http://www.w3.org/2000/svg}title",
        "{http://www.w3.org/2000/svg}desc",
    )
)
_BOXES: Final = frozenset((f"{_DRAW}text-box", f"{TEXT}note-body"))
_ENCRYPTED: Final = b"encryption-data"
_MOST_REPEATED: Final = 64


def extract(content: bytes) -> Extracted:
    """The document's text. Raises Unreadable for a broken or encrypted file."""
    with open_zip(content) as packed:
        if _is_encrypted(packed):
            raise Unreadable("protected by a password; save it without one")
        held = parse_part(packed, "content.xml")
        body = child(held, f"{_OFFICE}body", f"{_OFFICE}text")
        if body is None:
            raise Unreadable("an OpenDocument file without a text; open it in a word processor and save it anew")
        walk = _Walk(ListStyles([held, parse_part(packed, "styles.xml")]))
        lines = Lines()
        for line in walk.blocks(body, 0):
            lines.add(line)
    return Extracted(lines.text(), MEDIA_TYPE, places=lines.places("paragraph"))


def _is_encrypted(packed: ZipFile) -> bool:
    """Whether the manifest says so; one that is missing or broken does not, and the text may be whole all the same."""
    try:
        return _ENCRYPTED in read_member(packed, packed.getinfo("META-INF/manifest.xml"), Budget())
    except (KeyError, Unreadable):
        return False


class _Walk:
    """Goes through a document's blocks in order."""

    def __init__(self, styles: ListStyles) -> None:
        self._styles = styles
        self._boxes: list[Element] = []

    def blocks(self, parent: Iterable[Element], depth: int) -> Iterator[str]:
        """The lines of all paragraphs, lists and tables among some elements, or below one."""
        check_depth(depth)
        for element in parent:
            if element.tag in (f"{TEXT}p", f"{TEXT}h"):
                yield from self._paragraph(element, self._styles.of_heading(element), depth)
            elif element.tag == f"{TEXT}list":
                yield from self._list(element, "", 0, depth + 1)
            elif element.tag == f"{_TABLE}table":
                yield from lay_out(list(self._rows(element, depth + 1)))
            elif element.tag not in _LEFT_OUT:
                yield from self.blocks(element, depth + 1)

    def _paragraph(self, paragraph: Element, number: str, depth: int) -> Iterator[str]:
        words = "".join(self._words(paragraph, depth + 1))
        boxes, self._boxes = self._boxes, []
        yield from (number + words).split("\n")
        for box in boxes:
            yield from self.blocks(box, depth + 1)

    def _list(self, element: Element, style: str, level: int, depth: int) -> Iterator[str]:
        check_depth(depth)
        style = element.get(f"{TEXT}style-name") or style
        if level == 0:
            self._styles.begin(style, element)
        for item in element:
            numbered = item.tag == f"{TEXT}list-item"
            for block in item:
                if block.tag == f"{TEXT}list":
                    yield from self._list(block, style, level + 1, depth + 1)
                elif block.tag in (f"{TEXT}p", f"{TEXT}h"):
                    holds = any(word.strip() for word in block.itertext())
                    number = self._styles.take(style, level, item) if numbered and holds else ""
                    numbered = numbered and not holds
                    yield from self._paragraph(block, number, depth)
                else:
                    yield from self.blocks((block,), depth + 1)

    def _words(self, parent: Element, depth: int) -> Iterator[str]:
        check_depth(depth)
        yield _plain(parent.text)
        for element in parent:
            tag = element.tag
            if tag == f"{TEXT}s":
                count = element.get(f"{TEXT}c", "1")
                yield " " * (min(int(count), _MOST_REPEATED) if count.isdecimal() and len(count) < 6 else 1)
            elif tag == f"{TEXT}tab":
                yield "\t"
            elif tag == f"{TEXT}line-break":
                yield "\n"
            elif tag in _BOXES:
                self._boxes.append(element)
            elif tag not in _LEFT_OUT:
                yield from self._words(element, depth + 1)
            yield _plain(element.tail)

    def _rows(self, table: Element, depth: int) -> Iterator[Row]:
        check_depth(depth)
        for element in table:
            if element.tag == f"{_TABLE}table-row":
                yield list(self._cells(element, depth + 1))
            elif element.tag in tuple(f"{_TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group")):
                yield from self._rows(element, depth + 1)

    def _cells(self, row: Element, depth: int) -> Iterator[list[str]]:
        for element in row:
            if element.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                yield [line for line in self.blocks(element, depth + 1) if line.strip()]


def _plain(words: str | None) -> str:
    """Words without the line ends that only lay out the XML."""
    return " ".join(words.split("\n")) if words else ""
