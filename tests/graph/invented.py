"""Invented minutes as readings: the text is written and every passage noted as it is, so that the tests need no reader."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from graph.build import Decisions, Source, Summary, build_documents
from graph.store import Store
from loaders.corrections import Located
from ontology.records import (
    Body,
    CaseEvent,
    Directive,
    Document,
    Escalation,
    HeaderField,
    Meeting,
    Mention,
    Minutes,
    Outcome,
    Participation,
    Passage,
    Reading,
    Reference,
    Section,
    Sentence,
)

NEW, TAIPEI = "新北市", "臺北市"
_SAID: dict[str, Reading] = {}  # what each text loaded so far states: a build may read a text of the store again


@dataclass(frozen=True)
class Ask:
    """A directive: its words, who must act (surface, body), and when."""

    words: str
    actor: tuple[str, Body] | None = None
    due: str = ""


@dataclass(frozen=True)
class Item:
    """A case event: the case's title and the words that rule on it, then what is asked and who proposed it."""

    title: str
    ruling: str = "本案持續列管。"
    outcome: Outcome = "tracked"
    section: Section = "continuing"
    item: int | None = None
    proposer: tuple[str, Body] | None = None
    involved: tuple[tuple[str, Body], ...] = ()
    asks: tuple[Ask, ...] = ()
    level: str = ""


@dataclass(frozen=True)
class Sitting:
    """A meeting of the invented group."""

    key: str  # year-ordinal
    date: str
    items: tuple[Item, ...] = ()
    host: str = ""
    chair: tuple[str, str] = ("", "")  # name, office
    recorder: str = ""
    attendees: tuple[tuple[str, str, Body | None], ...] = ()
    group: str = "河川公園組"
    reference: str = ""
    unread: str = ""
    platform: str = "雙北"


@dataclass
class _Draft:
    text: str = ""
    mentions: list[Mention] = field(default_factory=list)

    def add(self, words: str, end: str = "\n") -> Passage:
        start = len(self.text)
        self.text += words + end
        return Passage(start, start + len(words), words)

    def mention(self, words: tuple[str, Body]) -> Mention:
        found = Mention(self.add(words[0]), (words[1],), "a-rule")
        self.mentions.append(found)
        return found


def reading(name: str, *sittings: Sitting) -> Reading:
    """What a document of these meetings states."""
    draft, minutes = _Draft(), []
    for sitting in sittings:
        minutes.append(_minutes(draft, sitting))
    document = Document(name, draft.text, hashlib.sha256(draft.text.encode()).hexdigest())
    return Reading(document, tuple(minutes), ())


def _minutes(draft: _Draft, sitting: Sitting) -> Minutes:
    start, before = len(draft.text), len(draft.mentions)
    year, ordinal = sitting.key.split("-")
    title = draft.add(f"{year}{sitting.platform}合作「{sitting.group}」第{ordinal}次小組會議紀錄")
    people = [Participation("chair", sitting.chair[0], sitting.chair[1], draft.add(sitting.chair[0]))] if sitting.chair[0] else []
    if sitting.recorder:
        people.append(Participation("recorder", sitting.recorder, "", draft.add(sitting.recorder)))
    people += [Participation("attendee", name, office, draft.add(name), body) for name, office, body in sitting.attendees]
    events, directives = [], []
    for item in sitting.items:
        surface = draft.add(item.title)
        proposers = (draft.mention(item.proposer),) if item.proposer else ()
        involved = tuple(draft.mention(words) for words in item.involved)
        ruling = draft.add(item.ruling)
        escalations = (Escalation(item.level, "delist", ruling),) if item.level else ()
        for ask in item.asks:
            passage = draft.add(ask.words)
            actors = (draft.mention(ask.actor),) if ask.actor else ()
            directives.append(Directive(passage, ask.words, "a-rule", actors, (), ask.due, ask.due and "期限", (len(events),)))
        events.append(
            CaseEvent(
                surface,
                item.title,
                item.section,
                item.outcome,
                ruling,
                "a-rule",
                item.item,
                proposers=proposers,
                involved=(*proposers, *involved),
                escalations=escalations,
            )
        )
    references = (Reference("event", draft.add(sitting.reference)),) if sitting.reference else ()
    sentences = [Sentence(title, "fact")] + ([Sentence(draft.add(sitting.unread), "unread")] if sitting.unread else [])
    meeting = Meeting(
        title.quote, sitting.platform, sitting.group, int(year), int(ordinal), sitting.date, start="14:00", end="14:30", host=sitting.host
    )
    return Minutes(
        meeting,
        Passage(start, len(draft.text), draft.text[start:]),
        (HeaderField("title", title),),
        tuple(people),
        tuple(draft.mentions[before:]),
        tuple(events),
        tuple(directives),
        references,
        tuple(sentences),
    )


def load(store: Store, *readings: Reading, folder: str = "/minutes", judgements: Path | None = None) -> Summary:
    """Build readings as if each were a file of its document's name in a folder."""
    _SAID.update((found.document.sha256, found) for found in readings)

    def read(document: Document, _: Located) -> Reading:
        found = _SAID[document.sha256]
        return Reading(document, found.minutes, found.findings)

    sources = [Source(f"{folder}/{found.document.name}", found.document) for found in readings]
    return build_documents(sources, store, iris=store.iris, read=read, decisions=Decisions(judgements))


def case_titles(store: Store) -> list[list[str]]:
    """The titles of each case's events, in time."""
    rows = store.select(
        "SELECT ?case ?date ?order ?title { ?e cc:case ?case ; a cc:CaseEvent ; dct:title ?title ; cc:order ?order ;"
        " cc:meeting/eli-dl:activity_date ?date } ORDER BY ?case ?date ?order"
    ).rows
    cases: dict[str, list[str]] = {}
    for case, _, _, title in rows:
        cases.setdefault(case, []).append(title)
    return sorted(cases.values())
