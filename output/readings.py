"""Paths of minutes go in; what can be read of them, meeting by meeting, comes out, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.reading import verify
from graph.tables import Table
from loaders import documents, minutes
from ontology import gazetteer
from ontology.errors import CrossCityError
from ontology.records import Document, Finding, Minutes
from output.messages import Messages
from output.places import Place, line_and_column, line_starts


@dataclass(frozen=True, slots=True)
class Check:
    """A row a meeting (date, title, sentences, unread, read), the sentences that no rule read, and the findings."""

    table: Table
    unread: tuple[Place, ...]
    findings: tuple[Finding, ...]


def check(paths: Sequence[Path], messages: Messages, progress: Callable[[int, int, str], None] | None = None) -> Check:
    """Read files and folders as a build would; what cannot be read is among the findings.

    Raises CrossCityError where no meeting is found at all.
    """
    files = documents.gather(paths)
    words = gazetteer.load()
    rows: list[tuple[str, ...]] = []
    unread: list[Place] = []
    findings: list[Finding] = []
    for done, file in enumerate(files):
        if progress is not None:
            progress(done, len(files), file.name)
        loaded = documents.read_all(file)
        findings += loaded.findings
        for document in loaded.documents:
            reading = minutes.read(document, words)
            verify(reading)
            findings += reading.findings
            for held in reading.minutes:
                rows.append(_row(held))
                unread += _unread(held, document)
    if not rows:
        unreadable = [finding for finding in findings if finding.code == "unreadable"]
        if unreadable:
            raise CrossCityError(f"{unreadable[0].file}: {unreadable[0].message}")
        raise CrossCityError(messages("check.no-meeting", file=files[0]))
    columns = ("date", "meeting", "sentences", "unread", "read")
    return Check(Table(columns, tuple(rows)), tuple(unread), tuple(sorted(findings, key=lambda finding: (finding.file, finding.line))))


def _row(held: Minutes) -> tuple[str, ...]:
    every = len(held.sentences)
    unread = sum(sentence.read_as == "unread" for sentence in held.sentences)
    share = f"{100 * (every - unread) / every:.1f}%" if every else ""
    return (held.meeting.date, held.meeting.title, str(every), str(unread), share)


def _unread(held: Minutes, document: Document) -> list[Place]:
    starts = line_starts(document.text)
    found = []
    for sentence in held.sentences:
        if sentence.read_as == "unread":
            passage = sentence.passage
            line, column = line_and_column(starts, passage.start)
            found.append(Place(document.name, passage.start, passage.end, line, column, passage.quote))
    return found


def say_share(checked: Check, messages: Messages) -> str:
    """The share of all sentences that was read, in words."""
    every, unread = (sum(int(row[place]) for row in checked.table.rows) for place in (2, 3))
    share = f"{100 * (every - unread) / every:.1f}%" if every else "—"
    return messages("coverage.read", sentences=every, share=share, unread=unread)
