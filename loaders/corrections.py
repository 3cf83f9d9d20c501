"""A file of people's corrections and a document go in, which of them stand where in its source come out.

Words are compared folded and without white space, so that a correction outlives re-wrapping. It is applied where its old words stand
exactly once; a text that has been mended already is left alone.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from loaders.folding import Text, fold, fold_words
from ontology.errors import CrossCityError
from ontology.records import AppliedCorrection, Correction, Document, Finding, Passage

_NEEDED: Final = ("expected", "corrected", "by", "on")
_KEYS: Final = (*_NEEDED, "why", "document", "meeting", "before")
_TABLE: Final = re.compile(r"^[ \t]*\[\[[ \t]*correction[ \t]*\]\]", re.MULTILINE)
_AT_LINE: Final = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Located:
    """What corrections come to in one document.

    ``applied`` are in the order of the text, no two sharing a character. ``found`` are all that have a target here, those that were not
    applied among them; ``findings`` say why those were not.
    """

    applied: tuple[AppliedCorrection, ...] = ()
    found: tuple[Correction, ...] = ()
    findings: tuple[Finding, ...] = ()


UNCORRECTED: Final = Located()


def load(path: Path) -> tuple[Correction, ...]:
    """The corrections of a TOML file, in its order.

    Raises CrossCityError, with file and line where known, where the file is missing, can't be read, is not TOML, or a correction in it
    lacks a key, has one too many, or has a value that can't be.
    """
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise CrossCityError(f"{path}: no such file of corrections; check the name") from error
    except OSError as error:
        raise CrossCityError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    except UnicodeDecodeError as error:
        raise CrossCityError(f"{path}: not UTF-8 text (byte {error.start}); save the file as UTF-8") from error
    try:
        held = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        where = f"{path}:{at[1]}" if at else str(path)
        raise CrossCityError(f"{where}: not TOML ({_AT_LINE.sub('', str(error)).strip()}); mend the line") from error
    tables = held.pop("correction", [])
    if held or not isinstance(tables, list):
        raise CrossCityError(f"{path}: has {', '.join(sorted(held)) or 'correction'} of its own; write [[correction]] tables only")
    lines = [content.count("\n", 0, found.start()) + 1 for found in _TABLE.finditer(content)]
    known = len(lines) == len(tables)  # not so where a value holds such a line
    found = []
    for number, table in enumerate(tables):
        try:
            found.append(replace(_correction(table), line=lines[number] if known else 1))
        except ValueError as error:
            where = f"{path}:{lines[number]}" if known else f"{path}: correction {number + 1}"
            raise CrossCityError(f"{where}: {error}") from error
    return tuple(found)


def _correction(table: object) -> Correction:
    """A table's correction; raises ValueError, in words that say what to do, where it is none."""
    if not isinstance(table, Mapping):
        raise ValueError("not a table; write [[correction]] and its keys below")
    if unknown := [key for key in table if key not in _KEYS]:
        raise ValueError(f"unknown key {unknown[0]!r}; the keys are {', '.join(_KEYS)}")
    if missing := [key for key in _NEEDED if key not in table]:
        raise ValueError(f"the key {missing[0]!r} is missing; add it")
    values: dict[str, str] = {}
    for key, value in table.items():
        told = value.isoformat() if key == "on" and type(value) is datetime.date else value
        if not isinstance(told, str):
            raise ValueError(f"{key!r} is no text; put it in quotation marks")
        values[key] = told
    expected, corrected, by, on, why, hint, meeting, before = (values.get(key, "") for key in _KEYS)
    correction = Correction(expected, corrected, by, on, why, hint, meeting, before)
    if not _dense(correction.expected):
        raise ValueError("'expected' is empty; give the old words, to put words in also the word next to them")
    if not correction.by.strip():
        raise ValueError("'by' is empty; say who corrects")
    if not _is_date(correction.on):
        raise ValueError(f"'on' is {correction.on!r}; write a day, as 2021-06-30")
    if correction.document and not re.fullmatch("[0-9a-f]{64}", correction.document):
        raise ValueError("'document' is no SHA-256; write the 64 hex digits in small letters, or leave it out and give 'meeting'")
    return correction


def _is_date(words: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", words, re.ASCII):
        return False
    try:
        datetime.date.fromisoformat(words)
    except ValueError:
        return False
    return True


def locate(corrections: Iterable[Correction], document: Document) -> Located:
    """Which corrections stand where in a document.

    One is tried where its ``document`` is this file's digest, or else its ``meeting`` words stand in the text, or else it gives neither.
    One whose old words stand at several places is not applied, nor are those that share words; a finding says what to do.
    """
    corrections = tuple(corrections)
    if not corrections:
        return UNCORRECTED
    text = _dense(document.text)
    placed: list[AppliedCorrection] = []
    found: list[Correction] = []
    findings: list[Finding] = []
    for correction in corrections:
        places = _places(correction, text) if _is_tried(correction, document, text) else []
        if places:
            found.append(correction)
        if len(places) == 1:
            placed.append(_apply(correction, document.text, text, places[0]))
        elif places:
            passage = _passage(document.text, text, places[0], places[0] + len(_dense(correction.expected)))
            message = f"{short(correction)}: stands at {len(places)} places, none corrected; give more of the words before it as 'before'"
            findings.append(_finding(document, passage, "correction-ambiguous", message))
    placed.sort(key=lambda applied: (applied.passage, applied.correction.line))
    overlapping = _overlapping([applied.passage for applied in placed])
    for n in sorted(overlapping):
        message = f"{short(placed[n].correction)}: shares words with another correction, neither is applied; make one of the two"
        findings.append(_finding(document, placed[n].passage, "correction-overlap", message))
    return Located(tuple(applied for n, applied in enumerate(placed) if n not in overlapping), tuple(found), tuple(findings))


def orphaned(corrections: Iterable[Correction], found: Collection[Correction], file: str) -> Iterator[Finding]:
    """A warning at each correction, in the file of that name, that no document of a build has a target for; it stays in its file.

    ``found`` are those of ``Located.found`` of all documents.
    """
    held = set(found)
    for correction in corrections:
        if correction not in held:
            message = f"{short(correction)}: nothing loaded has these words; load its minutes, or take it out if they are mended"
            yield Finding(file, correction.line, 1, "warning", "orphaned-correction", message)


def short(correction: Correction) -> str:
    """A correction in a few words, on one line.

    >>> short(Correction("112 年", "113 年", "林小河", "2024-03-05"))
    '112 年 → 113 年'
    """
    return " → ".join(" ".join(words.split())[:40] or "(nothing)" for words in (correction.expected, correction.corrected))


def _is_tried(correction: Correction, document: Document, text: Text) -> bool:
    if correction.document == document.sha256:
        return True
    if words := _dense(correction.meeting).text:
        return words in text.text
    return not correction.document


def _places(correction: Correction, text: Text) -> list[int]:
    """Where the old words stand, behind ``before``, and have not been mended yet: 教育 → 教育局 is done where 教育局 stands."""
    old, new, before = (_dense(words).text for words in (correction.expected, correction.corrected, correction.before))
    mended = [n for n in range(len(new)) if new.startswith(old, n)] if new != old else []
    found: list[int] = []
    at = text.text.find(before + old)
    while at >= 0:
        place = at + len(before)
        whole = _is_edge(text, place) and _is_edge(text, place + len(old))
        if whole and not any(place >= n and text.text.startswith(new, place - n) for n in mended):
            found.append(place)
        at = text.text.find(before + old, at + 1)
    return found


def _apply(correction: Correction, source: str, text: Text, place: int) -> AppliedCorrection:
    """The correction at a place of the dense text, cut down to what differs, so that what is read beside it keeps passages of its own."""
    new = _dense(correction.corrected)
    old = text[place : place + len(_dense(correction.expected))]
    passage = _passage(source, text, place, place + len(old))
    same, last = _in_common(old, new)
    if same + last == len(old) < len(new):  # words are put in: they need a neighbour for a passage
        same, last = (_shared(old, new, same - 1), last) if same else (0, 0)
    changed = Passage(passage.start, passage.start, "")
    if same + last < len(old):
        changed = _passage(source, text, place + same, place + len(old) - last)
    words = ""
    if same + last < len(new):
        words = correction.corrected[new.offsets[same] : new.offsets[len(new) - last - 1] + 1]
    read = source[passage.start : changed.start] + words + source[changed.end : passage.end]
    if fold_words(read) != fold_words(correction.corrected):  # white space between Latin words differs
        return AppliedCorrection(correction, passage, passage, correction.corrected)
    return AppliedCorrection(correction, passage, changed, words)


def _in_common(old: Text, new: Text) -> tuple[int, int]:
    """How many characters two dense texts have in common at the start, and at the end behind that, no written character cut in two."""
    shorter = min(len(old), len(new))
    same = _shared(old, new, next((n for n in range(shorter) if old.text[n] != new.text[n]), shorter))
    last = next((n for n in range(shorter - same) if old.text[-1 - n] != new.text[-1 - n]), shorter - same)
    while not (_is_edge(old, len(old) - last) and _is_edge(new, len(new) - last)):
        last -= 1
    return same, last


def _shared(old: Text, new: Text, same: int) -> int:
    """The most of ``same`` characters in common that are whole characters of both sources."""
    return next(n for n in range(same, -1, -1) if _is_edge(old, n) and _is_edge(new, n))


def _dense(words: str) -> Text:
    """Folded words without any white space."""
    text = fold(words)
    kept = [n for n, character in enumerate(text.text) if not character.isspace()]
    return Text("".join(text.text[n] for n in kept), array("I", (text.offsets[n] for n in kept)))


def _is_edge(text: Text, place: int) -> bool:
    """Whether a place of a folded text is between two characters of its source, not within what one folds to: ㈠ is (一)."""
    return place in (0, len(text)) or text.offsets[place - 1] != text.offsets[place]


def _passage(source: str, text: Text, start: int, end: int) -> Passage:
    first, final = text.offsets[start], text.offsets[end - 1] + 1
    return Passage(first, final, source[first:final])


def _overlapping(passages: list[Passage]) -> set[int]:
    """Which of some sorted passages share a character with another."""
    found: set[int] = set()
    furthest = 0
    for n, passage in enumerate(passages):
        if n and passage.start < passages[furthest].end:
            found |= {n, furthest}
        if passage.end > passages[furthest].end:
            furthest = n
    return found


def _finding(document: Document, passage: Passage, code: str, message: str) -> Finding:
    before = document.text[: passage.start]
    line, column = before.count("\n") + 1, passage.start - before.rfind("\n")
    return Finding(document.name, line, column, "warning", code, message, passage)
