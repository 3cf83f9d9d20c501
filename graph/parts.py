"""What documents state goes in, a folder of parts comes out, and what is in such a folder: one file of sorted N-Quads a document.

    manifest.jsonl   its first line says what the parts were read by; then a line a file: the documents in it, and the part of each
    journal.jsonl    the same while files are read, a line each time one is done: what a reading that was killed leaves
    3f/3fa9….nq.gz   what a document states, named by the SHA-256 of its lines, so that a damaged part is noticed

The same documents give the same bytes, whoever reads them and in whatever order.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Final, Self

from ontology.errors import CrossCityError
from ontology.records import Finding, Passage, Severity

MANIFEST: Final = "manifest.jsonl"
JOURNAL: Final = "journal.jsonl"
PARTS_VERSION: Final = 1
_LINES: Final = 1_000  # that are written at a time
_LEVELS: Final[Mapping[str, Severity]] = {"error": "error", "warning": "warning", "note": "note"}


@dataclass(frozen=True, slots=True)
class Header:
    """What documents were read by: the program, a digest of its rules and the profile's, the profile, corrections, and the base IRI."""

    program: str
    rules: str
    base: str
    profile: str
    corrections: str = ""
    version: int = PARTS_VERSION


@dataclass(frozen=True, slots=True)
class Part:
    """One document and what it states.

    ``path`` is the file's, that of an archive before the document's own in it; ``digest`` names the part, and is empty where there is none:
    no meeting was found, or the document needn't be read. ``corrected`` are the places, among the corrections that documents are read by,
    of those that have a target in it.
    """

    path: str
    name: str
    sha256: str
    digest: str
    corrected: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that was read: the digest of its bytes, its documents, and a finding for each that could not be read."""

    path: str
    sha256: str
    documents: tuple[Part, ...]
    findings: tuple[Finding, ...] = ()

    def line(self) -> str:
        """The entry as one line of JSON."""
        return json.dumps(asdict(self), sort_keys=True)

    @staticmethod
    def parse(line: str) -> Entry:
        """The entry of a line; raises ValueError for a line that is none."""
        try:
            told = json.loads(line)
            documents = tuple(_part(one) for one in told["documents"])
            return Entry(str(told["path"]), str(told["sha256"]), documents, tuple(map(_finding, told["findings"])))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"no entry of a manifest: {line[:80]}") from error


@dataclass(frozen=True, slots=True)
class Parts:
    """A folder of parts."""

    folder: Path

    def put(self, lines: Iterable[str]) -> str:
        """Write a document's N-Quads lines, sorted as they come; the digest that they are found by."""
        told, beside = hashlib.sha256(), self.folder / f".{os.getpid()}.nq.gz"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file, gzip.GzipFile("", "wb", 3, file, mtime=0) as out:  # no name or clock: the same bytes
                rest = iter(lines)
                while some := list(islice(rest, _LINES)):
                    content = "".join(f"{line}\n" for line in some).encode()
                    told.update(content)
                    out.write(content)
            place = self._place(told.hexdigest())
            place.parent.mkdir(exist_ok=True)
            beside.replace(place)
        except OSError as error:
            raise unwritable(self.folder, error) from error
        return told.hexdigest()

    def content(self, digest: str) -> bytes:
        """The N-Quads lines of a part, each ended. Raises CrossCityError where it is missing or not what was written."""
        try:
            content = gzip.decompress(self._place(digest).read_bytes())
        except (OSError, EOFError, zlib.error) as error:
            raise self._damaged(digest) from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise self._damaged(digest)
        return content

    def holds(self, entry: Entry) -> bool:
        """Whether the part of each document of an entry is there."""
        return all(self._place(part.digest).exists() for part in entry.documents if part.digest)

    def header(self) -> Header:
        """What all parts were read by. Raises CrossCityError where the folder holds no parts, or reading them was not finished."""
        if (self.folder / JOURNAL).exists():
            raise CrossCityError(f"{self.folder}: its reading was not finished; run the same 'crosscity read' again, it goes on from there")
        try:
            with (self.folder / MANIFEST).open(encoding="utf-8") as lines:
                header = _header(lines.readline())
        except (OSError, ValueError) as error:
            raise CrossCityError(f"{self.folder}: holds no parts; make them with 'crosscity read PATH -o {self.folder}'") from error
        if header.version > PARTS_VERSION:
            raise CrossCityError(f"{self.folder}: written by a newer crosscity ({header.program}); upgrade, or read the minutes again")
        return header

    def entries(self) -> Iterator[Entry]:
        """The files that were read, in the order of their paths. Raises CrossCityError where the manifest is damaged."""
        self.header()
        with (self.folder / MANIFEST).open(encoding="utf-8") as lines:
            next(lines)
            for number, line in enumerate(lines, 2):
                try:
                    yield Entry.parse(line)
                except ValueError as error:
                    raise CrossCityError(f"{self.folder / MANIFEST}: line {number} is damaged; read the minutes again") from error

    def read_before(self, header: Header) -> Iterator[Entry]:
        """The files that were read by the same rules before, be it by a reading that was killed; of one path the last counts."""
        for name in (MANIFEST, JOURNAL):
            with suppress(FileNotFoundError, ValueError), (self.folder / name).open(encoding="utf-8") as lines:
                if _header(lines.readline()) == header:
                    yield from _whole(lines)

    def is_usable(self) -> bool:
        """Whether parts can be written here: to a folder that is missing, empty, or of parts."""
        if not self.folder.exists():
            return True
        return self.folder.is_dir() and (
            (self.folder / MANIFEST).exists() or (self.folder / JOURNAL).exists() or not any(self.folder.iterdir())
        )

    def _place(self, digest: str) -> Path:
        return self.folder / digest[:2] / f"{digest}.nq.gz"

    def _damaged(self, digest: str) -> CrossCityError:
        return CrossCityError(f"{self._place(digest)}: the part is damaged or gone; remove it and run the same 'crosscity read' again")


def unwritable(folder: Path, error: OSError) -> CrossCityError:
    """The complaint that parts cannot be written to a folder."""
    words = error.strerror or str(error)
    return CrossCityError(
        f"{folder}: what was read cannot be written there ({words}); make room or name another folder (for a build by TMPDIR), and go on"
    )


class Journal:
    """Writes the manifest of parts while files are read, and puts it in its place when all are; a context manager."""

    def __init__(self, parts: Parts, header: Header) -> None:
        self._parts = parts
        parts.folder.mkdir(parents=True, exist_ok=True)
        self._beside = parts.folder / f".{JOURNAL}.{os.getpid()}"
        self._file: IO[str] = self._beside.open("w", encoding="utf-8", newline="\n")
        print(json.dumps(asdict(header), sort_keys=True), file=self._file)

    def take_over(self, entries: Iterable[Entry]) -> dict[str, str]:
        """Note what was read before, the digest of each file by its path; from here on the journal is in its place."""
        noted = {}
        for entry in entries:
            self.note(entry)
            noted[entry.path] = entry.sha256
        self._beside.replace(self._parts.folder / JOURNAL)
        return noted

    def note(self, entry: Entry) -> None:
        """Note a file that was read; it will not be read again."""
        print(entry.line(), file=self._file, flush=True)

    def finish(self, paths: Iterable[str]) -> None:
        """Write the manifest of these files, sorted, and remove parts that none of them needs."""
        self._file.close()
        journal, fresh = self._parts.folder / JOURNAL, self._parts.folder / f".{MANIFEST}.{os.getpid()}"
        needed: set[str] = set()
        with journal.open("rb") as noted, fresh.open("wb") as out:
            out.write(noted.readline())
            at = _places(noted)
            for path in sorted(at.keys() & set(paths)):
                noted.seek(at[path])
                line = noted.readline()
                needed.update(part.digest for part in Entry.parse(line.decode()).documents)
                out.write(line)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self._parts.folder / MANIFEST)
        journal.unlink()
        for part in self._parts.folder.glob("??/*.nq.gz"):
            if part.name.partition(".")[0] not in needed:
                part.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._beside.unlink(missing_ok=True)


def _whole(lines: Iterable[str]) -> Iterator[Entry]:
    """The entries of lines, until one that was cut short by a kill."""
    for line in lines:
        try:
            yield Entry.parse(line)
        except ValueError:
            return


def _places(noted: IO[bytes]) -> dict[str, int]:
    """Where in a journal, behind its header, the last line of each file begins."""
    found: dict[str, int] = {}
    while True:
        at = noted.tell()
        for entry in _whole([noted.readline().decode()]):
            found[entry.path] = at
            break
        else:
            return found


def _header(line: str) -> Header:
    told = json.loads(line)
    if not isinstance(told, dict):
        raise ValueError("no header of a manifest")
    program, rules, base, profile, corrections = (str(told.get(key, "")) for key in ("program", "rules", "base", "profile", "corrections"))
    return Header(program, rules, base, profile, corrections, int(told.get("version", 0)))


def _part(told: Mapping[str, object]) -> Part:
    lines, findings = told["corrected"], told["findings"]
    if not isinstance(lines, list) or not isinstance(findings, list):
        raise TypeError("no part of a manifest")
    path, name, sha256, digest = (str(told[key]) for key in ("path", "name", "sha256", "digest"))
    return Part(path, name, sha256, digest, tuple(int(line) for line in lines), tuple(map(_finding, findings)))


def _finding(told: Mapping[str, object]) -> Finding:
    at = told["passage"]
    passage = Passage(int(str(at["start"])), int(str(at["end"])), str(at["quote"])) if isinstance(at, dict) else None
    place = (str(told["file"]), int(str(told["line"])), int(str(told["column"])))
    return Finding(*place, _LEVELS[str(told["level"])], str(told["code"]), str(told["message"]), passage)
