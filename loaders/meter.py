"""A meeting's paragraphs and what was read of them in, each sentence out as fact, known formula, or unread."""

from __future__ import annotations

from collections.abc import Iterable

from loaders import rules
from loaders.agenda import MeetingText, nature
from loaders.header import Header
from loaders.outcomes import sentences
from loaders.paragraphs import Paragraph
from loaders.runs import Runs
from loaders.wording import Wording
from ontology.records import CaseEvent, Directive, Reference, Sentence

_LABELS_OF_FACTS = ("time", "venue", "chair", "recorder", "proposer", "motion")
_LABELS_OF_FORM = ("attendance", "absence", "opening", "adjourn", "columns")


def measure(
    part: MeetingText,
    wording: Wording,
    header: Header,
    events: Iterable[CaseEvent],
    directives: Iterable[Directive],
    references: Iterable[Reference],
) -> tuple[Sentence, ...]:
    """How each sentence of a meeting was read; a sentence is a fact when one was read from any part of it."""
    passages = [field.passage for field in header.fields] + [person.passage for person in header.people]
    passages += [p for event in events for p in (event.surface, event.ruling)] + [d.passage for d in directives]
    covered = Runs((passage.start, passage.end) for passage in passages)
    read: list[Sentence] = []
    for paragraph in part.paragraphs:
        for start, end in sentences(paragraph.whole.text):
            passage = paragraph.whole.passage(wording, start, end)
            words = paragraph.whole.text[start:end]
            if covered.touch(passage.start, passage.end):
                read.append(Sentence(passage, "fact"))
            else:
                read.append(Sentence(passage, "formula" if _is_formula(paragraph, words) else "unread"))
    return tuple(read)


def _is_formula(paragraph: Paragraph, words: str) -> bool:
    if paragraph.label in (*_LABELS_OF_FACTS, *_LABELS_OF_FORM) or not paragraph.text or not words.strip("|/ 無"):
        return True
    behind = words.removeprefix(paragraph.whole.text[: len(paragraph.whole) - len(paragraph.text)])
    if paragraph.marker in ("heading", "letter") or (nature(words) and len(words) < 60):
        return True
    return any(
        rule.pattern.search(candidate)
        for rule in rules.family("formula")
        if rule.id != "formula.heading" or paragraph.label == "agenda"
        for candidate in (words, behind)
    )
