"""Bytes of an HTML page in, its text out: a line a block, a table's row a line, scripts and styles left out; nothing is fetched or run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from loaders.formats.extracted import Extracted, Lines, Row, Unreadable, lay_out
from loaders.formats.numbers import write_number
from loaders.formats.plain import BIG5_REMARK, decode

_DECLARED: Final = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_MARKUP: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|div|p)[\s>]", re.IGNORECASE)
_SKIPPED: Final = frozenset(("script", "style", "title", "noscript", "template", "del", "select", "svg", "object", "iframe"))
_BLOCKS: Final = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figure",
            "footer",
        ),
        *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "ul"),
    )
)
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_WRAP: Final = re.compile(r"(?<=[\u3000-\uffef]) ?[\r\n]\s*(?=[\u3000-\uffef])")
_LIST_STYLE: Final = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)")
_DEEPEST: Final = 200
_MOST_UNCLOSED: Final = 1_000


def looks_like(content: bytes) -> bool:
    """Whether bytes begin as an HTML page does."""
    return _MARKUP.search(content[:4096]) is not None and content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def extract(content: bytes) -> Extracted:
    """The page's text. Raises Unreadable where its encoding cannot be told or it is nested past all use."""
    declared = _DECLARED.search(content[:4096])
    text, encoding = decode(content, declared[1].decode("ascii").lower() if declared else "")
    if text.count("<") > 2 * text.count(">") + _MOST_UNCLOSED:  # the parser takes quadratic time over tags that never end
        raise Unreadable("its HTML is broken: most tags have no end; open it in a browser and save it anew")
    page = _Page()
    page.feed(text)
    page.close()
    lines = Lines()
    for line in page.finish():
        lines.add(line)
    remarks = (BIG5_REMARK,) if encoding == "cp950" else ()
    return Extracted(lines.text(), "text/html", encoding, lines.places("paragraph"), remarks)


@dataclass(slots=True)
class _Table:
    """A table being read: its rows, and the lines that the page, or the outer cell, had before it."""

    outer: list[str]
    rows: list[Row] = field(default_factory=list)
    nested: bool = False


@dataclass(slots=True)
class _List:
    """A list being read: the form of its numbers, empty for bullets, and the number of its last item."""

    form: str
    last: int = 0


class _Page(HTMLParser):
    """Collects a page's lines as its tags come by."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._words: list[str] = []
        self._tables: list[_Table] = []
        self._lists: list[_List] = []
        self._skipping: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipping.append(tag)
        elif tag == "table":
            self._open_table()
        elif tag in ("tr", "td", "th") and self._tables:
            self._open_cell(tag)
        elif tag == "br":
            self._break()
        elif tag in _BLOCKS:
            self._break()
            self._open_list(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._skipping:
            del self._skipping[self._skipping.index(tag) :]
        elif tag == "table" and self._tables:
            self._close_table()
        elif tag in _BLOCKS or tag in ("tr", "td", "th"):
            self._break()
            if tag in ("ol", "ul") and self._lists:
                self._lists.pop()

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self._words.append(data)

    def finish(self) -> list[str]:
        """The lines, once all is read."""
        while self._tables:
            self._close_table()
        self._break()
        return self._lines

    def _break(self) -> None:
        line = _SPACE.sub(" ", _WRAP.sub("", "".join(self._words))).strip(" ")
        self._words = []
        if line:
            self._lines.append(line)

    def _open_list(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag in ("ol", "ul"):
            style = _LIST_STYLE.search(attributes.get("style") or "")
            form = (style[1] if style else attributes.get("type") or "1") if tag == "ol" else ""
            start = attributes.get("start") or "1"
            self._lists.append(_List(form, int(start) - 1 if start.isdecimal() else 0))
        elif tag == "li" and self._lists and self._lists[-1].form:
            held = self._lists[-1]
            held.last += 1
            written = write_number(held.last, held.form)
            self._words.append(written + (". " if written.isascii() else "、"))

    def _open_table(self) -> None:
        if len(self._tables) >= _DEEPEST:
            raise Unreadable(f"tables nested more than {_DEEPEST} deep; this is no page of minutes")
        self._break()
        for table in self._tables[-1:]:
            table.nested = True
        self._tables.append(_Table(self._lines))

    def _open_cell(self, tag: str) -> None:
        self._break()
        table = self._tables[-1]
        if tag == "tr" or not table.rows:
            table.rows.append([])
        if tag != "tr":
            self._lines = []
            table.rows[-1].append(self._lines)

    def _close_table(self) -> None:
        self._break()
        table = self._tables.pop()
        self._lines = table.outer
        if table.nested:
            self._lines += [line for row in table.rows for cell in row for line in cell]
        else:
            self._lines += lay_out(table.rows)
