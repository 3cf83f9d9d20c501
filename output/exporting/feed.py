"""A store goes in, a feed of what the last meetings changed comes out (Atom, RFC 4287): of each group its last meeting loaded.

An entry is one ruling on a case, one thing that somebody was asked to do, or one earlier request that was reported on; its words are the
sentence that it rests on.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from graph import named
from graph.store import Store
from output.messages import Messages

_ATOM: Final = "http://www.w3.org/2005/Atom"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_NEVER: Final = "1970-01-01"
_NOON: Final = "T12:00:00+08:00"  # minutes give the day; Taiwan's clock


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: an IRI, a line, the sentence it rests on, and the day."""

    iri: str
    title: str
    words: str
    day: str
    group: str


def write(store: Store, spoken: Messages) -> bytes:
    """The feed, UTF-8, the newest meeting first."""
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed", {f"{{{_XML}}}lang": "zh-Hant-TW"})
    listed = sorted(entries(store, spoken), key=lambda entry: entry.day, reverse=True)
    _say(feed, "id", _uri(f"{store.base}feed"))
    _say(feed, "title", spoken("export.feed"))
    _say(feed, "updated", (listed[0].day if listed else _NEVER) + _NOON)
    _say(_say(feed, "author"), "name", "crosscity")
    for entry in listed:
        element = _say(feed, "entry")
        _say(element, "id", _uri(entry.iri))
        _say(element, "title", entry.title)
        _say(element, "updated", entry.day + _NOON)
        if entry.group:
            _say(element, "category").set("term", entry.group)
        _say(element, "link").set("href", _uri(entry.iri))
        _say(element, "content", entry.words).set("type", "text")
    ElementTree.indent(feed, " ")
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def entries(store: Store, spoken: Messages) -> Iterator[Entry]:
    """What the last dated meeting of each group changed, in the order of its minutes."""
    last = _last_meetings(named.ask(store, "meetings").records())
    promises = named.ask(store, "promises").records()
    for row in named.ask(store, "case-events").records():
        if row["meeting"] in last:
            title = spoken("export.feed-ruling", outcome=spoken.term("outcome", row["outcome"]), title=row["case_title"])
            yield Entry(row["event"], title, row["quote"], *last[row["meeting"]])
    for row in promises:
        if row["meeting"] in last:
            actors = row["actors"].replace(named.SEPARATOR, "、").replace("/", "") or spoken("export.feed-nobody")
            yield Entry(row["directive"], spoken("export.feed-asked", actors=actors), row["quote"], *last[row["meeting"]])
        if row["report_meeting"] in last:
            title = spoken("export.feed-reported", state=spoken.term("state", row["state"]), quote=row["quote"])
            yield Entry(f"{row['directive']}#reported", title, row["report_quote"], *last[row["report_meeting"]])


def _last_meetings(meetings: Iterable[Mapping[str, str]]) -> dict[str, tuple[str, str]]:
    """The last dated meeting of each group, and of each level above: its day and its group."""
    latest: dict[str, Mapping[str, str]] = {}
    for row in sorted(meetings, key=lambda row: (row["date"], row["meeting"])):
        if row["date"]:
            latest[row["meeting"].rpartition("/")[0]] = row
    return {row["meeting"]: (row["date"], row["group"]) for row in latest.values()}


def _say(parent: ElementTree.Element, name: str, words: str = "") -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}")
    element.text = words or None
    return element


def _uri(iri: str) -> str:
    return quote(iri, safe=":/#?=&%")
