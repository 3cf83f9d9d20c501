"""What the minutes say, as immutable records: meetings, mentions, case events, directives, and findings about them.

Offsets are code points of a document's source text, half-open ``[start, end)``. Every fact holds the passage it was read from.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "note"]
Mode: TypeAlias = Literal["in-person", "video"]
Section: TypeAlias = Literal["continuing", "new-proposal", "extempore", "report", "other"]
Outcome: TypeAlias = Literal["proposed", "accepted", "tracked", "routine", "delist-requested", "delisted", "reported"]
Purpose: TypeAlias = Literal["delist", "report", "approve", "origin"]
ReferenceKind: TypeAlias = Literal["meeting", "event", "document", "place", "programme"]
PlaceKind: TypeAlias = Literal["", "page", "paragraph"]
Role: TypeAlias = Literal["chair", "recorder", "attendee", "absent", "speaker"]


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A run of a document's source text: code points ``start`` to ``end`` (exclusive), and its words, verbatim."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something about the minutes a person should know; ``line`` and ``column`` count from 1."""

    file: str
    line: int
    column: int
    level: Severity
    code: str
    message: str
    passage: Passage | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.level} {self.code}: {self.message}"


@dataclass(frozen=True, slots=True)
class Places:
    """Where each page or paragraph of a document's text begins, in code points, in order; a page without text begins where the next does.

    The text form, ``page 0 812``, is what a store keeps.

    >>> Places("page", (0, 812)).number(900), str(Places("page", (0, 812))), Places.parse("page 0 812").starts, Places().number(5)
    (2, 'page 0 812', (0, 812), 0)
    """

    kind: PlaceKind = ""
    starts: tuple[int, ...] = ()

    def number(self, offset: int) -> int:
        """The number, from 1, of the page or paragraph that a character stands on; 0 where the format has none."""
        return bisect_right(self.starts, offset)

    def __str__(self) -> str:
        return " ".join((self.kind, *map(str, self.starts)))

    @staticmethod
    def parse(words: str) -> Places:
        """The places that a text form stands for; raises ValueError for words that are none."""
        kind, *starts = words.split(" ")
        kinds: dict[str, PlaceKind] = {"": "", "page": "page", "paragraph": "paragraph"}
        if kind not in kinds:
            raise ValueError(f"no places: {words[:40]}")
        return Places(kinds[kind], tuple(map(int, starts)))


NOWHERE = Places()


@dataclass(frozen=True, slots=True)
class Document:
    """One file of minutes as it was decoded.

    ``text`` is the source text that every offset counts in: the file's own where it is a text file, else what was extracted from it.
    ``sha256`` is of the file's bytes, in hex. ``remarks`` are what its reader had to say about the file as a whole.
    """

    name: str
    text: str
    sha256: str
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    places: Places = NOWHERE
    remarks: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Body:
    """An agency or government by its full path, levels joined by ``/``: 臺北市政府/教育局/資訊教育科.

    Where ``own`` is true the path is below the government of the side that keeps the minutes, which this
    document alone does not tell: 教育局/資教科, or empty for that government itself.
    """

    path: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for one or several bodies, with the id of the rule that read them.

    ``title`` is true inside a quoted case title, where 本市 keeps the meaning of the side that proposed the case.
    ``corrected`` are the words as a correction makes them, empty where they stand in the source so.
    """

    passage: Passage
    bodies: tuple[Body, ...]
    rule: str
    title: bool = False
    corrected: str = ""

    @property
    def surface(self) -> str:
        """The words as they are read."""
        return self.corrected or self.passage.quote


@dataclass(frozen=True, slots=True)
class Participation:
    """One person in one role at one meeting, as the minutes name them; ``title`` is the office, empty where none is given."""

    role: Role
    name: str
    title: str
    passage: Passage
    agency: Body | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeaderField:
    """Where a field of a meeting's header stands: ``field`` names it (title, date, start, end, venue, reviewed)."""

    field: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Escalation:
    """A passing of a case up to, or down from, a level of the platform, in the level's usual name (副市長層級會議)."""

    level: str
    purpose: Purpose
    passage: Passage


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One treatment of one case by one meeting.

    ``surface`` are the words that name the case, ``title`` the same words folded and without brackets, ``ruling`` the words that
    rule on it. ``item`` is the 項次 number where the text gives one. ``involved`` are the mentions within the item, proposers among them.
    ``corrected`` are the words that name the case as a correction makes them, empty where they stand in the source so.
    """

    surface: Passage
    title: str
    section: Section
    outcome: Outcome
    ruling: Passage
    rule: str
    item: int | None = None
    routine: bool = False
    proposers: tuple[Mention, ...] = ()
    involved: tuple[Mention, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    corrected: str = ""

    @property
    def surface_words(self) -> str:
        """The words that name the case, as they are read: verbatim, or as a correction makes them."""
        return self.corrected or self.surface.quote


@dataclass(frozen=True, slots=True)
class Directive:
    """One thing that somebody is asked to do.

    ``events`` are positions in the meeting's ``events`` of the cases it belongs to. ``due`` is ``next-meeting``, ``year-end``,
    an ISO date, month or year, the name of a level, or empty; ``due_text`` are the words that say so. ``recited`` is true where a table
    tells again what an earlier meeting asked.
    """

    passage: Passage
    action: str
    rule: str
    actors: tuple[Mention, ...] = ()
    counterparts: tuple[Mention, ...] = ()
    due: str = ""
    due_text: str = ""
    events: tuple[int, ...] = ()
    recited: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """Something outside this meeting that it speaks of; ``target`` is a meeting's year-ordinal or an ISO date or month, or empty.

    ``corrected`` are the words as a correction makes them, empty where they stand in the source so.
    """

    kind: ReferenceKind
    passage: Passage
    target: str = ""
    corrected: str = ""

    @property
    def surface(self) -> str:
        """The words as they are read."""
        return self.corrected or self.passage.quote


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the minutes and how it was read: ``fact``, ``formula`` or ``unread``."""

    passage: Passage
    read_as: Literal["fact", "formula", "unread"]


@dataclass(frozen=True, slots=True)
class Meeting:
    """The header of one meeting. What the minutes do not state is empty or None; nothing is filled in by guess.

    ``platform`` is the name that the cooperating cities go by (雙北), ``among`` the cities that tell the group from others of its name
    where there is no platform, ``host`` a city, only where the minutes themselves state it.
    ``date`` is an ISO date, ``start`` and ``end`` are HH:MM, ``reviewed`` is a year-ordinal such as 2019-1.
    """

    title: str
    platform: str
    group: str
    year: int | None
    ordinal: int | None
    date: str
    start: str = ""
    end: str = ""
    venue: str = ""
    mode: Mode | Literal[""] = ""
    host: str = ""
    reviewed: str = ""
    review_outcome: str = ""
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Minutes:
    """All that was read of one meeting in one document; ``passage`` covers the meeting's whole text."""

    meeting: Meeting
    passage: Passage
    header: tuple[HeaderField, ...]
    people: tuple[Participation, ...]
    mentions: tuple[Mention, ...]
    events: tuple[CaseEvent, ...]
    directives: tuple[Directive, ...]
    references: tuple[Reference, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says a source should read: ``corrected`` for ``expected``, the old words verbatim.

    ``document`` (the SHA-256 of a file, in hex) and ``meeting`` (words that its text holds) say which documents it is tried on, ``before``
    are words right before ``expected``; each may be empty. ``on`` is an ISO date. ``line`` is where it stands in its file.
    """

    expected: str
    corrected: str
    by: str
    on: str
    why: str = ""
    document: str = ""
    meeting: str = ""
    before: str = ""
    line: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class AppliedCorrection:
    """A correction and where it stands in a document: ``passage`` are its old words, ``changed`` the run of them that is read otherwise.

    ``words`` are read instead of ``changed``. Where a correction changes nothing, both are empty.
    """

    correction: Correction
    passage: Passage
    changed: Passage
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says, meeting by meeting, what there is to say about it, and the corrections that it was read with."""

    document: Document
    minutes: tuple[Minutes, ...]
    findings: tuple[Finding, ...]
    corrections: tuple[AppliedCorrection, ...] = ()
