"""What a meeting's text is divided into: its header, and the points of its agenda with what was ruled on each."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal, TypeAlias

from loaders import rules
from loaders.folding import EMPTY, Text, join
from loaders.paragraphs import MarkerKind, Paragraph, find_label, find_marker
from ontology.records import Section

Nature: TypeAlias = Section | Literal["review"]


@dataclass(slots=True)
class Item:
    """One item of a ruling with the paragraphs that belong to it; ``whole`` joins them."""

    marker: MarkerKind
    number: str
    parts: list[Text]

    @property
    def whole(self) -> Text:
        """The item's text, sub-items included."""
        return join(self.parts)

    @property
    def breaks(self) -> frozenset[int]:
        """Where in ``whole`` each paragraph ends."""
        return frozenset(accumulate(len(part) for part in self.parts))


@dataclass(slots=True)
class Agenda:
    """One point of a meeting: what it is about, who proposed it, and the items of its ruling.

    A row of a table of cases may also tell what an earlier meeting ruled (``recited``) and what was done since (``reports``), and has its
    number in a column (``item``).
    """

    nature: Nature
    heading: Text
    title: Text = EMPTY
    proposers: list[Text] = field(default_factory=list)
    rulings: list[Item] = field(default_factory=list)
    other: list[Text] = field(default_factory=list)
    recited: list[Item] = field(default_factory=list)
    reports: list[Text] = field(default_factory=list)
    item: int | None = None


@dataclass(slots=True)
class MeetingText:
    """One meeting's part of a document: its title line, its labelled header lines, and its agenda in order."""

    title: Text
    whole: Text
    header: list[tuple[str, Text]] = field(default_factory=list)
    attendance: list[Text] = field(default_factory=list)
    agenda: list[Agenda] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)


def items_of(cell: Text) -> list[Item]:
    """The items of a cell that rules, without the labels in front of them."""
    items = []
    for part in _parts(cell):
        label, start = find_label(part.text)
        items.append(Item("", "", [part[start:] if label == "ruling" else part]))
    return items


def _parts(cell: Text) -> list[Text]:
    """The paragraphs of a cell, where each has a number; else the cell."""
    words = cell.text
    cuts = [place for place, character in enumerate(words) if character == "/" and find_marker(words[place + 1 :])[0]]
    parts = [cell[start:end] for start, end in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(words)], strict=True)]
    return [part[find_marker(part.text)[2] :] for part in parts if part]


def nature(words: str) -> Nature | Literal[""]:
    """What kind of section some words announce, or empty.

    >>> nature("柒、2023雙北合作「交通運輸組」新增合作方案"), nature("河岸步道合作案")
    ('new-proposal', '')
    """
    natures: dict[str, Nature] = {
        "review": "review",
        "extempore": "extempore",
        "new-proposal": "new-proposal",
        "continuing": "continuing",
        "report": "report",
    }
    return next((natures[rule.value] for rule in rules.family("nature") if rule.pattern.search(words)), "")
