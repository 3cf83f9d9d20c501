"""A file of minutes goes in, the part that each of its documents states comes out: a pure function, whoever calls it and where."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from graph.parts import Entry, Part, Parts
from loaders import documents, minutes
from loaders.corrections import Located, locate
from loaders.triples import nquads
from ontology import gazetteer
from ontology.errors import CrossCityError
from ontology.iris import Iris
from ontology.records import Correction, Document, Passage, Reading

Reader: TypeAlias = Callable[[Document, Located], Reading]
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class By:
    """What documents are read by, besides the profile in use: the base of IRIs, corrections, and where the parts go."""

    base: str
    corrections: tuple[Correction, ...]
    parts: Parts


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read, and the digests of those documents in it that needn't be read."""

    path: Path
    known: frozenset[str] = _NONE


def tasks(files: Iterable[Path], known: frozenset[str]) -> Iterator[Task]:
    """A task a file; ``known`` documents needn't be read. Raises CrossCityError where a file cannot be opened."""
    for file in files:
        content = documents.content(file) if known else None
        if content is None:
            yield Task(file)
        else:  # what a container holds is not known from its own digest
            yield Task(file, known if documents.is_container(content) else known & {content.sha256})


def read_file(task: Task, by: By) -> Entry:
    """Read a file, and write the part of each document in it that isn't known.

    Raises CrossCityError where the file cannot be opened, a part not written, or a fact's quote is not what its document says there.
    """
    return read_content(str(task.path.resolve()), documents.content(task.path), by, task.known)


def read_content(path: str, content: documents.Content, by: By, known: frozenset[str] = _NONE) -> Entry:
    """Read what a file holds, wherever that was kept, as ``read_file`` does; ``path`` is what the file is known by."""
    if content.sha256 in known:
        return Entry(path, content.sha256, (Part(path, content.name, content.sha256, ""),))
    loaded, folder = documents.unfold(content), Path(path).parent
    parts = [
        known_part(str(folder / document.name), document)
        if document.sha256 in known
        else write_part(str(folder / document.name), document, by, read)
        for document in loaded.documents
    ]
    return Entry(path, content.sha256, tuple(parts), loaded.findings)


def known_part(path: str, document: Document) -> Part:
    """What stands for a document that needn't be read."""
    return Part(path, document.name, document.sha256, "")


def read(document: Document, located: Located) -> Reading:
    """What a document states by the rules and names of the profile in use."""
    return minutes.read(document, gazetteer.load(), located)


def write_part(path: str, document: Document, by: By, reader: Reader) -> Part:
    """Read a document, check it, and write its part, unless no meeting is found; raises as ``read_file`` does."""
    located = locate(by.corrections, document)
    reading = reader(document, located)
    verify(reading)
    digest = by.parts.put(nquads(reading, Iris(by.base))) if reading.minutes else ""
    corrected = tuple(place for place, correction in enumerate(by.corrections) if correction in located.found)
    return Part(path, document.name, document.sha256, digest, corrected, reading.findings)


def verify(reading: Reading) -> None:
    """Raise CrossCityError where a passage of the reading does not hold what the document says at that place."""
    text = reading.document.text
    for passage in _passages((reading.minutes, reading.findings, reading.corrections)):
        if not 0 <= passage.start <= passage.end <= len(text) or text[passage.start : passage.end] != passage.quote:
            raise CrossCityError(
                f"{reading.document.name}: characters {passage.start} to {passage.end} are not {passage.quote[:40]!r};"
                " nothing was written: please report this file as one that is read wrongly"
            )


def _passages(value: object) -> Iterator[Passage]:
    """Every passage within records and tuples."""
    if isinstance(value, Passage):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _passages(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _passages(getattr(value, field.name))
