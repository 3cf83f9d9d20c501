"""A text in, what it points at outside the meeting out: other meetings, events, papers, agreements, places, programmes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import cast

from loaders import dates, rules
from loaders.folding import Text
from loaders.runs import Runs
from loaders.wording import Wording
from ontology.records import Meeting, Reference, ReferenceKind


def find_references(text: Text, wording: Wording, meeting: Meeting) -> Iterator[Reference]:
    """The references of a text, family by family; a run of text is one reference at most."""
    taken: list[tuple[int, int]] = []
    for rule in rules.family("reference"):
        held = Runs(taken)
        for found in rule.pattern.finditer(text.text):
            if held.touch(*found.span()):
                continue
            taken.append(found.span())
            target = _target(found[0], meeting) if rule.value == "meeting" else _when(found[0])
            yield _reference(cast(ReferenceKind, rule.value), text, wording, found.span(), target)
    held = Runs(taken)
    for found in _programmes().finditer(text.text):
        if not held.touch(*found.span()):
            yield _reference("programme", text, wording, found.span())


def _reference(kind: ReferenceKind, text: Text, wording: Wording, run: tuple[int, int], target: str = "") -> Reference:
    return Reference(kind, text.passage(wording, *run), target, text.corrected(wording, *run))


def _programmes() -> re.Pattern[str]:
    """The programmes that are known as one city's own."""
    return _any_of(tuple(name for listed in rules.load().owners.values() for name in listed))


@cache
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)")


def _target(words: str, meeting: Meeting) -> str:
    """A meeting's year-ordinal where the words give both, else its date or month."""
    numbered = re.search(r"(?P<year>(?:19|20)\d{2}).*第(?P<ordinal>[^次]+)次", words)
    if numbered and (ordinal := dates.number(numbered["ordinal"])):
        return f"{numbered['year']}-{ordinal}"
    if date := dates.find_date(words):
        return date[0]
    month = re.search(r"(?:(?P<year>\d{2,4})年)?(?P<month>\d{1,2})月", words)
    if not month or not (month["year"] or meeting.date):
        return ""
    year = dates.year(month["year"]) if month["year"] else int(meeting.date[:4])
    return f"{year}-{int(month['month']):02}"


def _when(words: str) -> str:
    """The year that an event's name gives."""
    year = re.match(r"(?:(?P<year>(?:19|20)\d{2})|(?P<minguo>1\d{2})年)", words)
    return str(dates.year(year["year"] or year["minguo"])) if year else ""
