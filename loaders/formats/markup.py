"""A part of a zipped word processor's file in, its XML tree out: no entities, nothing from outside, bounded in size and depth."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

from loaders.formats.archive import Budget, read_member
from loaders.formats.extracted import Unreadable

DEEPEST: Final = 150
_LARGEST: Final = 128 * 1024 * 1024


def parse_part(packed: zipfile.ZipFile, name: str, budget: Budget | None = None) -> ElementTree.Element | None:
    """The tree of a part, None where there is no such part. Raises Unreadable for XML that is broken, too large, or declares entities."""
    try:
        member = packed.getinfo(name)
    except KeyError:
        return None
    return parse(read_member(packed, member, budget or Budget(1, _LARGEST)))


def parse(content: bytes) -> ElementTree.Element:
    """The tree of some XML. Raises Unreadable as ``parse_part`` does.

    >>> parse(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    Traceback (most recent call last):
    loaders.formats.extracted.Unreadable: declares XML entities, as no word processor does; save it anew from one
    """
    if b"<!DOCTYPE" in content.replace(b"\0", b""):
        raise Unreadable("declares XML entities, as no word processor does; save it anew from one")
    try:
        return ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Unreadable(f"its XML is broken ({error}); open it in a word processor and save it anew") from error


def check_depth(depth: int) -> None:
    """Raise Unreadable where elements are nested deeper than any real document's."""
    if depth > DEEPEST:
        raise Unreadable(f"its parts are nested more than {DEEPEST} deep; save it anew from a word processor")


def child(element: ElementTree.Element | None, *path: str) -> ElementTree.Element | None:
    """The first element down a path of tags, or None."""
    for tag in path:
        element = None if element is None else element.find(tag)
    return element


def children(element: ElementTree.Element | None, tag: str) -> Iterator[ElementTree.Element]:
    """The elements directly below one, by tag; none below None."""
    if element is not None:
        yield from element.findall(tag)
