"""Pairs that wait for a decision go in, a person's answers are written to the file of judgements one by one, what was written comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from graph.decisions import VERDICTS, Judgement, Verdict, append, withdraw
from graph.queue import Candidate, Side
from graph.tables import Table
from loaders.folding import fold_words
from output.meetings import Held
from output.messages import Messages
from output.tables_text import as_columns, as_paragraph

Answer: TypeAlias = Verdict | Literal["skip", "undo", "quit"]

SIDE_BY_SIDE: Final = 100  # cells of a line from which the two sides stand beside each other
_KEYS: Final[Mapping[str, Answer]] = {"s": "same", "n": "not-same", "u": "unsure", "k": "skip", "z": "undo", "q": "quit"}


@dataclass(frozen=True, slots=True)
class Desk:
    """Where decisions are written, who makes them, and on which day (ISO date)."""

    file: Path
    by: str
    on: str


@dataclass(frozen=True, slots=True)
class Terminal:
    """The lines that a person types, where text is shown, and how many cells a line takes."""

    answers: Iterator[str]
    show: Callable[[str], None]
    width: int = 80


def review(
    queue: Sequence[Candidate], desk: Desk, terminal: Terminal, meetings: Mapping[str, Held], messages: Messages
) -> tuple[Judgement, ...]:
    """Show each pair and ask for a decision, until all are seen, the person quits or the input ends; the judgements that stand.

    Each is in the file before the next pair is shown; an undo takes the line out again. Raises CrossCityError where the file can't be
    written.
    """
    passed: list[Judgement | None] = []  # what became of each pair so far: a judgement, or skipped
    while True:
        if len(passed) < len(queue):
            candidate = queue[len(passed)]
            terminal.show(say_candidate(candidate, len(passed) + 1, len(queue), meetings, messages, width=terminal.width))
            answer = _ask(terminal, messages("review.keys"), messages)
        else:
            answer = _ask_at_the_end(terminal, messages) if passed else "quit"
        if answer == "quit":
            break
        if answer == "undo":
            _undo(passed, desk, terminal, messages)
        elif answer == "skip":
            passed.append(None)
        else:
            terminal.show(messages("review.why"))
            why = " ".join(next(terminal.answers, "").split())
            judgement = Judgement(answer, candidate.kind, candidate.first.end, candidate.second.end, desk.by, desk.on, why)
            append(desk.file, judgement)
            passed.append(judgement)
            terminal.show(messages("review.wrote", verdict=messages.term("verdict", answer)) + "\n")
    return tuple(judgement for judgement in passed if judgement is not None)


def _ask(terminal: Terminal, question: str, messages: Messages) -> Answer:
    """The answer that a key stands for; the end of the input is as good as quitting."""
    terminal.show(question)
    for line in terminal.answers:
        key = fold_words(line).lower()
        if key in _KEYS:
            return _KEYS[key]
        terminal.show(messages("review.unknown", key=as_paragraph(line) or "—"))
    return "quit"


def _ask_at_the_end(terminal: Terminal, messages: Messages) -> Answer:
    """Whether the last answer is to be taken back, once all pairs are seen."""
    terminal.show(messages("review.last"))
    return "undo" if fold_words(next(terminal.answers, "")).lower() == "z" else "quit"


def _undo(passed: list[Judgement | None], desk: Desk, terminal: Terminal, messages: Messages) -> None:
    """Go back to the pair before; a judgement on it is taken out of the file."""
    if not passed:
        terminal.show(messages("review.nothing-to-undo") + "\n")
        return
    judgement = passed.pop()
    if judgement is not None:
        withdraw(desk.file, judgement)
        terminal.show(messages("review.undone", verdict=messages.term("verdict", judgement.verdict)) + "\n")


def say_candidate(
    candidate: Candidate, number: int, count: int, meetings: Mapping[str, Held], messages: Messages, *, width: int = 80
) -> str:
    """A pair with the evidence of both sides: beside each other from 100 cells a line, else one under the other."""
    parts = [messages("review.number", number=number, count=count), messages(f"review.ask-{candidate.kind}")]
    if candidate.likeness is not None:
        parts.append(messages("review.likeness", likeness=f"{candidate.likeness:.2f}"))
    if candidate.shared:
        parts.append(messages("review.shared", words=messages("list.and").join(candidate.shared)))
    if candidate.reasons:
        reasons = messages("list.and").join(messages.term("reason", reason) for reason in candidate.reasons)
        parts.append(messages("review.reasons", reasons=reasons))
    sides = [_say_side(side, meetings, messages) for side in (candidate.first, candidate.second)]
    names = (messages("review.first"), messages("review.second"))
    if width >= SIDE_BY_SIDE:
        rows = tuple((label, one, other) for (label, one), (_, other) in zip(*sides, strict=True) if one or other)
        body = as_columns(Table(("", *names), rows), width=width)
    else:
        tables = [Table((name, ""), tuple(row for row in side if row[1])) for name, side in zip(names, sides, strict=True)]
        body = "\n\n".join(as_columns(table, width=width) for table in tables)
    return f"{'─' * width}\n{as_paragraph(messages('review.dash').join(parts), width=width)}\n\n{body}\n"


def _say_side(side: Side, meetings: Mapping[str, Held], messages: Messages) -> tuple[tuple[str, str], ...]:
    """The evidence of a side, a label and its words each; what a side doesn't have is empty."""
    held = meetings.get(side.meeting)
    name = held.name if held else side.meeting_title
    around = f"{side.before} […] {side.after}".strip() if side.before or side.after else ""
    office = messages("list.and").join(part for part in (messages.term("role", side.role) if side.role else "", side.office) if part)
    return (
        (messages("review.meeting"), " ".join(part for part in (side.date, name) if part)),
        (messages("review.title"), side.title),
        (messages("review.words"), f"「{side.words}」"),
        (messages("review.outcome"), messages.term("outcome", side.outcome) if side.outcome else ""),
        (messages("review.office"), office),
        (messages("review.ruling"), f"「{side.ruling}」" if side.ruling else ""),
        (messages("review.around"), around),
        (messages("review.agencies"), messages("list.and").join(side.agencies)),
        (messages("review.source"), f"{side.file}:{side.line}"),
    )


def say_written(judgements: Sequence[Judgement], file: Path, store: str | Path, messages: Messages) -> str:
    """What was written, by verdict, and how it is applied."""
    if not judgements:
        return messages("review.nothing")
    counts = Counter(judgement.verdict for judgement in judgements)
    told = [messages("list.count", what=messages.term("verdict", word), count=counts[word]) for word in VERDICTS if counts[word]]
    return messages("review.written", file=file, counts=messages("list.and").join(told), store=store)
