"""A document in, its reading out: each meeting's header, people, mentions, case events, directives and references, sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from loaders import rules
from loaders.agenda import Agenda, Item, MeetingText
from loaders.attendance import read_absence, read_attendance
from loaders.cases import find_cases, quotations
from loaders.corrections import UNCORRECTED, Located
from loaders.dates import number
from loaders.directives import find_directives, tidy
from loaders.folding import Text, fold, join
from loaders.genre import NOT_MINUTES, TRANSCRIPT, is_minutes, is_transcript
from loaders.header import read_header
from loaders.mentions import UNCLEAR, Placed, mentions_by
from loaders.meter import measure
from loaders.outcomes import decide, find_escalations
from loaders.references import find_references
from loaders.sections import divide
from loaders.sides import find_sides
from loaders.wording import Wording
from ontology.gazetteer import Gazetteer
from ontology.records import (
    CaseEvent,
    Directive,
    Document,
    Escalation,
    Finding,
    Meeting,
    Mention,
    Minutes,
    Participation,
    Passage,
    Reading,
    Reference,
    Section,
    Severity,
)


def read(document: Document, gazetteer: Gazetteer, located: Located = UNCORRECTED) -> Reading:
    """All that a document states, meeting by meeting; a document that is not minutes gives no meeting and a finding that says so.

    ``located`` are the corrections that stand in it (``loaders.corrections.locate``): values are read from the corrected words, passages
    are of the raw source.
    """
    wording = Wording(document.text, ((a.changed, a.words) for a in located.applied if a.changed.quote))
    every = divide(fold(wording.text))
    spoken = is_transcript(every)
    parts = [part for part in every if is_minutes(part) and not spoken]
    line_ends = [found.start() for found in re.finditer("\n", document.text)]
    readers = [_MeetingReader(part, document, wording, gazetteer, line_ends) for part in parts]
    minutes = tuple(reader.read() for reader in readers)
    findings = [*document.remarks, *located.findings, *(finding for reader in readers for finding in reader.findings)]
    if not minutes:
        code, message = TRANSCRIPT if spoken else NOT_MINUTES
        findings.append(Finding(document.name, 1, 1, "error", code, message))
    return Reading(document, minutes, tuple(sorted(findings, key=lambda f: (f.line, f.column, f.code))), located.applied)


@dataclass(slots=True)
class _Collected:
    """What was read so far."""

    mentions: list[Mention] = field(default_factory=list)
    events: list[CaseEvent] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)


class _MeetingReader:
    """Reads one meeting's part of a document."""

    def __init__(self, part: MeetingText, document: Document, wording: Wording, gazetteer: Gazetteer, line_ends: Sequence[int]) -> None:
        self._part = part
        self._line_ends = line_ends
        self._document = document
        self._wording = wording
        self._gazetteer = gazetteer
        self._finder = mentions_by(gazetteer)
        self._header = read_header(part, wording, gazetteer)
        self._sides = find_sides(self._header.meeting, gazetteer)
        self._found = _Collected()
        self.findings: list[Finding] = []

    def read(self) -> Minutes:
        part, found = self._part, self._found
        for label, text in part.header:
            if label == "venue":
                found.mentions += [p.mention for p in self._place(text)]
            found.references += find_references(text, self._wording, self._header.meeting)
        listed = [*(text for label, text in part.header if label == "attendance"), *part.attendance]
        for line in listed:
            found.mentions += [p.mention for p in self._place(line)]
        attendees = tuple(read_attendance(listed, self._wording, self._gazetteer))
        absent = [text for label, text in part.header if label == "absence"]
        attendees += tuple(read_absence(absent, self._wording, self._gazetteer))
        for point in part.agenda:
            self._read_point(point)
        self._check_header()
        for mention in _once(found.mentions):
            if mention.rule == UNCLEAR:
                message = f"{mention.surface} could mean several bodies here; it is counted for none"
                self._tell(mention.passage, "warning", "which-body", message)
        header = replace(self._header, people=(*self._header.people, *attendees))
        passage = part.whole.passage(self._wording)
        return Minutes(
            meeting=self._placed(header.meeting, header.people),
            passage=passage,
            header=header.fields,
            people=header.people,
            mentions=_once(found.mentions),
            events=tuple(found.events),
            directives=tuple(found.directives),
            references=tuple(sorted(set(found.references), key=lambda r: r.passage)),
            sentences=measure(part, self._wording, header, found.events, found.directives, found.references),
        )

    def _placed(self, meeting: Meeting, present: Sequence[Participation]) -> Meeting:
        """The meeting with what tells its group from others of its name, where it names no platform and no city in its title.

        That are the governments whose bodies it names, or else the document: rather one group taken for two than two for one.
        """
        if meeting.platform or meeting.among or not meeting.group:
            return meeting
        bodies = [person.agency for person in present if person.agency] + [body for m in self._found.mentions for body in m.bodies]
        governments = {body.path.partition("/")[0] for body in bodies if not body.own}
        return replace(meeting, among=tuple(sorted(governments)) or (self._document.sha256[:16],))

    def _place(self, text: Text, titles: tuple[tuple[int, int], ...] = (), proposer: str = "") -> tuple[Placed, ...]:
        return self._finder.find(text, self._wording, self._sides, titles, proposer)

    def _read_point(self, point: Agenda) -> None:
        for text in (*point.other, *(item.whole for item in (*point.recited, *point.rulings))):
            self._found.references += find_references(text, self._wording, self._header.meeting)
        if point.nature == "review":
            return
        if found := rules.pattern("title.proposer").search(point.title.text):
            point.proposers.append(
                point.title[found.start("unit") : found.end("unit")]
                if found["unit"]
                else point.title[found.start("body") : found.end("body")]
            )
        proposers = tuple(p.mention for text in point.proposers for p in self._place(text))
        self._found.mentions += proposers
        for text in point.other:
            if not point.title or text.offsets[-1] < point.title.offsets[0]:
                self._found.mentions += [p.mention for p in self._place(text)]
            elif text.offsets[0] > point.title.offsets[-1]:  # 說明 of a case: 改善臺南市商圈 names a place, 內政部核定 a body that acts
                self._found.mentions += [p.mention for p in self._place(text) if p.mention.rule != "mention.city"]
        section: Section = point.nature
        by_item = [find_cases(item.whole, section) for item in point.rulings]
        if point.title and not any(named.rule == "case.behind-quote" for found in by_item for named in found):
            self._read_titled(point, proposers, section)
        else:
            self._read_items(point.rulings, proposers, section)

    def _read_titled(self, point: Agenda, proposers: tuple[Mention, ...], section: Section) -> None:
        """A point whose title is the case: all items of its ruling treat that one case."""
        title = _bare_title(point.title)
        numbered = rules.pattern("case.item-number").match(title.text)
        if numbered and numbered.end() < len(title):
            title = title[numbered.end() :]
        item_number = number(numbered["item"]) if numbered else point.item
        in_title = self._place(title, ((0, len(title)),), _city_of(proposers))
        items = [*point.recited, *point.rulings]
        placed = [self._place(item.whole) for item in items]
        involved = [p.mention for run in (in_title, *placed) for p in run]
        self._found.mentions += involved
        for report in point.reports:
            told = [p.mention for p in self._place(report)]
            self._found.mentions += told
            self._add_event(title, report, "", "report", item_number, "case.report-on-it", proposers, told)
        ruled = join(item.whole for item in point.rulings or point.recited)  # of no words where only a number stands behind the label
        if not ruled and (point.reports or section not in ("new-proposal", "extempore")):
            return
        self._add_event(title, ruled or title, ruled.text, section, item_number, "case.agenda-title", proposers, involved)
        event = len(self._found.events) - 1
        for at, (item, run) in enumerate(zip(items, placed, strict=True)):
            asked = find_directives(item, self._wording, run, self._header.meeting, (event,))
            dated = [replace(directive, recited=at < len(point.recited)) for directive in asked]
            self._found.directives += [_of_proposers(directive, proposers) for directive in dated]

    def _read_items(self, items: list[Item], proposers: tuple[Mention, ...], section: Section) -> None:
        """Items that name their cases themselves; one that says 本案 without naming any goes on with the case before it."""
        before: tuple[int, ...] = ()
        for item in items:
            text = item.whole
            named = find_cases(text, section)
            placed = self._place(text, tuple((n.start, n.end) for n in named))
            self._found.mentions += [p.mention for p in placed]
            ruling_words = _without(text.text, [(n.start, n.end) for n in named])
            first = len(self._found.events)
            for case in named:
                involved = [p.mention for p in placed if not p.mention.title or case.start <= p.start < case.end]
                surface = text[case.start : case.end]
                self._add_event(surface, text, ruling_words, section, case.item, case.rule, proposers, involved)
            events = tuple(range(first, len(self._found.events)))
            if not named and rules.pattern("case.pointed-at").search(text.text):
                events = before if len(before) == 1 else ()
                if not events:
                    self._note(text, "warning", "case-not-named", "本案 or 該案 points at no single case here; its ruling is not counted")
            closed = [(n.start, n.end) for n in named if n.rule == "case.unquoted"]
            self._found.directives += find_directives(item, self._wording, placed, self._header.meeting, events, closed)
            before = events or before

    def _add_event(
        self,
        surface: Text,
        ruling: Text,
        words: str,
        section: Section,
        item: int | None,
        rule: str,
        proposers: tuple[Mention, ...],
        involved: list[Mention],
    ) -> None:
        outcome, routine, decided_by = decide(words, section)
        escalations = tuple(_distinct(find_escalations(ruling, self._wording)))
        if section == "other":
            ruled = not decided_by.startswith("outcome.by-section")
            section = "new-proposal" if outcome == "accepted" else "continuing" if ruled else section
        self._found.events.append(
            CaseEvent(
                surface=surface.passage(self._wording),
                title=tidy(surface.words(self._wording)),
                section=section,
                outcome=outcome,
                ruling=ruling.passage(self._wording),
                rule=f"{rule} {decided_by}",
                item=item,
                routine=routine,
                proposers=proposers,
                involved=_once([*proposers, *involved]),
                escalations=escalations,
                corrected=surface.corrected(self._wording),
            )
        )

    def _check_header(self) -> None:
        meeting = self._header.meeting
        for name in ("date", "venue"):
            if not getattr(meeting, name):
                self._note(self._part.whole[:1], "warning", f"no-{name}", f"the minutes state no {name}")
        if not any(person.role == "chair" for person in self._header.people):
            self._note(self._part.whole[:1], "note", "no-chair", "the minutes name no chair")

    def _note(self, text: Text, level: Severity, code: str, message: str) -> None:
        self._tell(text.passage(self._wording), level, code, message)

    def _tell(self, passage: Passage, level: Severity, code: str, message: str) -> None:
        line = bisect_left(self._line_ends, passage.start)
        column = passage.start - (self._line_ends[line - 1] if line else -1)
        self.findings.append(Finding(self._document.name, line + 1, column, level, code, message, passage))


def _of_proposers(directive: Directive, proposers: tuple[Mention, ...]) -> Directive:
    """A directive that asks 提案單位 is the proposers'."""
    return replace(directive, actors=proposers) if rules.pattern("actor.proposer").match(directive.action) else directive


def _bare_title(title: Text) -> Text:
    """A title on the agenda without what is put around it: 有關, the full stop, (如附件一), 提請討論, who proposed it."""
    if lead := re.match("有關|關於", title.text):
        title = title[lead.end() :]
    end = len(title)
    while found := rules.pattern("title.tail").search(title.text, 0, end):
        if found.start() == end or not found.start():
            break
        end = found.start()
    title = title[:end]
    quoted = list(quotations(title.text))
    whole = len(quoted) == 1 and quoted[0][0] == 1 and title.text[quoted[0][1] + 1 :] in ("", "案", "一案", "乙案")
    return title[slice(*quoted[0])] if whole else title


def _city_of(proposers: tuple[Mention, ...]) -> str:
    cities = {body.path.split("政府")[0] for mention in proposers for body in mention.bodies if "政府" in body.path}
    return cities.pop() if len(cities) == 1 else ""


def _without(words: str, runs: list[tuple[int, int]]) -> str:
    kept = list(words)
    for start, end in runs:
        kept[start:end] = "□" * (end - start)
    return "".join(kept)


def _distinct(escalations: Iterator[Escalation]) -> Iterator[Escalation]:
    """Each passing once: the same level and purpose in one sentence is one passing."""
    seen: set[tuple[str, str, Passage]] = set()
    for escalation in escalations:
        key = (escalation.level, escalation.purpose, escalation.passage)
        if key not in seen:
            seen.add(key)
            yield escalation


def _once(mentions: list[Mention]) -> tuple[Mention, ...]:
    """Mentions in the order of the text, each place once; a corrected run may hold several."""
    by_place = {(mention.passage.start, mention.passage.end, mention.corrected): mention for mention in mentions}
    return tuple(by_place[place] for place in sorted(by_place))
