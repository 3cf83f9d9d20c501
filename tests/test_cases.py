"""Whole invented minutes against the facts expected of them, one fact a line, so that a change of a rule is reviewed as a diff.

``pytest tests/test_cases.py --rewrite`` writes what is read now. The lines are the records, not N-Quads: a reviewer reads them, and
``loaders.triples`` has tests of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from loaders import rules
from loaders.documents import read as read_document
from loaders.folding import fold
from loaders.minutes import read
from ontology import gazetteer
from ontology.records import Mention, Minutes

FOLDER = Path(__file__).parent / "cases"
CASES = sorted(path.parent for path in FOLDER.glob("*/minutes.txt"))
EXAMPLES = sorted((FOLDER.parents[1] / "examples").glob("*.txt"))


def paths(mentions: Iterable[Mention]) -> str:
    return "+".join(("~/" if body.own else "") + body.path for mention in mentions for body in mention.bodies) or "-"


def one_line(words: str) -> str:
    return " ".join(words.split())


def facts(minutes: Minutes) -> Iterator[str]:
    meeting = minutes.meeting
    yield f"meeting | {one_line(meeting.title)} | {meeting.platform} | {meeting.group} | {meeting.year} | {meeting.ordinal}"
    yield f"  when | {meeting.date} | {meeting.start} | {meeting.end}"
    yield f"  where | {meeting.venue} | {meeting.mode} | {meeting.host}"
    yield f"  reviews | {meeting.reviewed} | {meeting.review_outcome}"
    for person in minutes.people:
        more = f" | {person.agency.path if person.agency else '-'} | {person.note or '-'}" if person.role in ("attendee", "absent") else ""
        yield f"  {person.role} | {person.name} | {person.title}{more}"
    for mention in minutes.mentions:
        yield f"  mention | {one_line(mention.passage.quote)} | {paths([mention])} | {mention.rule}"
    for event in minutes.events:
        outcome = f"{event.outcome} routine" if event.routine else event.outcome
        yield f"  event | {event.title} | {event.item} | {event.section} | {outcome} | {paths(event.proposers)} | {event.rule}"
        for escalation in event.escalations:
            yield f"    passed | {escalation.level} | {escalation.purpose}"
    for directive in minutes.directives:
        of = ",".join(minutes.events[place].title for place in directive.events) or "-"
        yield (
            f"  directive | {one_line(directive.passage.quote)} | {paths(directive.actors)} | {paths(directive.counterparts)}"
            f" | {directive.due} | {directive.due_text} | {of} | {directive.rule}"
        )
    for reference in minutes.references:
        yield f"  reference | {reference.kind} | {one_line(reference.passage.quote)} | {reference.target}"
    for sentence in minutes.sentences:
        if sentence.read_as == "unread":
            yield f"  unread | {one_line(sentence.passage.quote)}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_invented_minutes_state(case: Path, request: pytest.FixtureRequest) -> None:
    reading = read(read_document(case / "minutes.txt"), gazetteer.load())
    lines = [line for minutes in reading.minutes for line in facts(minutes)] + [str(finding) for finding in reading.findings]
    expected = case / "expected.txt"
    if request.config.getoption("--rewrite"):
        expected.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == expected.read_text("utf-8").splitlines()


def test_no_case_was_lost() -> None:
    assert len(CASES) == 20


def test_every_rule_has_something_to_match_in_the_cases() -> None:
    words = [
        line.compact().text.strip(" -")
        for path in [*(case / "minutes.txt" for case in CASES), *EXAMPLES]
        for line in fold(read_document(path).text).lines()
    ]
    silent = [rule.id for rule in rules.load().rules if not any(matches_somewhere(rule, line) for line in words)]
    assert silent == []


def matches_somewhere(rule: rules.Rule, words: str) -> bool:
    """Whether a rule matches the line, or, being anchored at a start or an end, a run of it."""
    starts = range(len(words)) if rule.pattern.pattern.lstrip("(?:").startswith("^") else (0,)
    ends = range(len(words), 0, -1) if "$" in rule.pattern.pattern and len(words) < 120 else (len(words),)
    return any(rule.pattern.search(words[start:end]) for start in starts for end in ends if end > start)
