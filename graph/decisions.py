"""A file of people's judgements goes in, immutable records come out; a judgement is added or taken back a line at a time.

A judgement points at words in a meeting and never at what a build made of them, so that it outlives rebuilds. The file is JSON Lines in
UTF-8, one decision a line in the order in which they were made, the keys always in the same order: made to be kept in git.
"""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias, TypeGuard, get_args

from loaders.folding import fold_words
from ontology.errors import CrossCityError

Verdict: TypeAlias = Literal["same", "not-same", "unsure", "splits-from", "merges-into", "related"]
Kind: TypeAlias = Literal["case", "person"]
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
RELATIONS: Final[tuple[Verdict, ...]] = ("splits-from", "merges-into", "related")

_KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
_KEYS: Final = ("verdict", "kind", "first", "second", "by", "on", "why")
_END_KEYS: Final = ("meeting", "quote", "document")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_AROUND: Final = re.compile(r"^\W+|\W+$")  # a rule may take a title's brackets in, or leave them out
_MARKS_OF_GIT: Final = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")


@dataclass(frozen=True, slots=True)
class End:
    """What a judgement points at, by content: words that a meeting's minutes hold.

    ``meeting`` is the meeting's IRI, ``quote`` are the words that name the case there, or the participation's, verbatim. ``document`` is
    the SHA-256 of the file they stood in, in hex: a hint only, used where the meeting goes by another IRI.
    """

    meeting: str
    quote: str
    document: str = ""

    def __post_init__(self) -> None:
        if not fold_quote(self.quote):
            raise ValueError("a quote is empty; give the words that name the case or the person")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision of a person on two case events, or on two participations; ``on`` is an ISO date, ``why`` may be empty.

    ``first`` splits from, or merges into, ``second``; the other verdicts have no direction. What can't be a judgement raises ValueError.
    """

    verdict: Verdict
    kind: Kind
    first: End
    second: End
    by: str
    on: str
    why: str = ""

    def __post_init__(self) -> None:
        if self.kind == "person" and self.verdict in RELATIONS:
            raise ValueError(f"{self.verdict!r} is said of cases only; of persons say same, not-same or unsure")
        if not self.by.strip():
            raise ValueError("'by' is empty; say who decided")
        if not is_date(self.on):
            raise ValueError(f"{self.on!r} is no date; write it as 2021-06-30")


def is_date(words: str) -> bool:
    """Whether some words are an ISO date of the calendar.

    >>> is_date("2021-06-30"), is_date("2021-06-31"), is_date("20210630")
    (True, False, False)
    """
    if not _DATE.fullmatch(words):
        return False
    try:
        datetime.date.fromisoformat(words)
    except ValueError:
        return False
    return True


def fold_quote(words: str) -> str:
    """Words as judgements compare them: variants folded, no white space, for re-wrapping moves it, and no punctuation around them.

    >>> fold_quote("「台北市 Open\\nID」") == fold_quote("臺北市Open ID")
    True
    """
    return _AROUND.sub("", "".join(fold_words(words).split()))


def load(path: Path) -> tuple[Judgement, ...]:
    """The judgements of a file, in its order; blank lines are skipped.

    Raises CrossCityError, with file and line, where a line is no judgement, and where the file is missing or can't be read.
    """
    return tuple(found for _, found in _parsed(path, _lines(path)))


def append(path: Path, judgement: Judgement) -> None:
    """Add a judgement as the last line and bring it to the disk; the file is made where there is none.

    Raises CrossCityError where the file can't be written.
    """
    try:
        with path.open("a+b") as file:
            if file.tell() and not _ends_its_line(path):
                file.write(b"\n")
            file.write(_line(judgement))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _unwritable(path, error) from error


def withdraw(path: Path, judgement: Judgement) -> None:
    """Take the last line that holds this judgement out of the file, all at once; the other lines stay as they are, to the byte.

    Raises CrossCityError where no line holds it, where a line is no judgement, and where the file can't be written.
    """
    lines = _lines(path)
    at = next((at for at, found in reversed(_parsed(path, lines)) if found == judgement), None)
    if at is None:
        raise CrossCityError(f"{path}: the judgement to take back is not in it; was the file changed meanwhile?")
    target = path.resolve()
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(b"".join(lines[:at] + lines[at + 1 :]))
                file.flush()
                os.fsync(file.fileno())
            shutil.copymode(target, beside)
            Path(beside).replace(target)
        except OSError:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _unwritable(path, error) from error


def _line(judgement: Judgement) -> bytes:
    held = {
        "verdict": judgement.verdict,
        "kind": judgement.kind,
        "first": _end_as_json(judgement.first),
        "second": _end_as_json(judgement.second),
        "by": judgement.by,
        "on": judgement.on,
        "why": judgement.why,
    }
    return json.dumps(held, ensure_ascii=False).encode("utf-8") + b"\n"


def _end_as_json(end: End) -> dict[str, str]:
    return {"meeting": end.meeting, "quote": end.quote, "document": end.document}


def _lines(path: Path) -> list[bytes]:
    """The file's lines with their ends. Only a line feed ends one: U+2028 and its like may stand within words."""
    try:
        return [part for part in re.split(rb"(?<=\n)", path.read_bytes()) if part]
    except FileNotFoundError as error:
        raise CrossCityError(f"{path}: no such file of judgements; check the name") from error
    except OSError as error:
        raise CrossCityError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error


def _ends_its_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _parsed(path: Path, lines: list[bytes]) -> list[tuple[int, Judgement]]:
    """The judgements with the places of their lines, from 0."""
    found = []
    for at, line in enumerate(lines):
        if line.strip():
            try:
                found.append((at, _judgement(line)))
            except ValueError as error:
                raise CrossCityError(f"{path}:{at + 1}: {error}") from error
    return found


def _judgement(line: bytes) -> Judgement:
    """A line's judgement; raises ValueError, in words that say what to do, where it is none."""
    if line.startswith(_MARKS_OF_GIT):
        raise ValueError("git left a conflict here; keep the lines of both sides and take out git's marks")
    try:
        held = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("not UTF-8 text; save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON (column {error.colno}); write one judgement a line, or take the line out") from None
    texts, ends = _object(held, "the line", _KEYS), {}
    for name in ("first", "second"):
        end = _texts(_object(texts[name], f"{name!r}", _END_KEYS), _END_KEYS)
        ends[name] = End(end["meeting"], end["quote"], end["document"])
    said = _texts(texts, ("verdict", "kind", "by", "on", "why"))
    verdict, kind = said["verdict"], said["kind"]
    if not _is_verdict(verdict):
        raise ValueError(f"'verdict' is {verdict!r}; write one of {', '.join(VERDICTS)}")
    if not _is_kind(kind):
        raise ValueError(f"'kind' is {kind!r}; write one of {', '.join(_KINDS)}")
    return Judgement(verdict, kind, ends["first"], ends["second"], said["by"], said["on"], said["why"])


def _object(held: object, what: str, keys: tuple[str, ...]) -> dict[str, object]:
    """A JSON object that has these keys and no others."""
    if not isinstance(held, dict) or set(held) != set(keys):
        raise ValueError(f"{what} must have the keys {', '.join(keys)}, and no others; write it so")
    return held


def _texts(held: Mapping[str, object], names: tuple[str, ...]) -> dict[str, str]:
    """The values of some keys, which must be text."""
    found: dict[str, str] = {}
    for name in names:
        value = held[name]
        if not isinstance(value, str):
            raise ValueError(f"{name!r} is no text; put it in quotation marks")
        found[name] = value
    return found


def _is_verdict(word: str) -> TypeGuard[Verdict]:
    return word in VERDICTS


def _is_kind(word: str) -> TypeGuard[Kind]:
    return word in _KINDS


def _unwritable(path: Path, error: OSError) -> CrossCityError:
    return CrossCityError(f"{path}: cannot be written ({error.strerror or error}); name a file that you may write with --judgements")
