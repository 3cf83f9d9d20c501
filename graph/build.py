"""Paths of minutes go in, a store that states what they say comes out, and a summary of what was read.

A build is two steps that can be taken apart: files are read into parts (``read``), and parts are loaded into a store (``load_parts``).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from graph import reading
from graph.loading import in_order, load
from graph.mending import corrections_of
from graph.parts import Entry, Header, Journal, Parts, unwritable
from graph.progress import Progress, telling
from graph.reading import By, Reader
from graph.run import profile_of, rules_digest
from graph.standing import USUAL, Decisions, standing
from graph.store import Store
from graph.summary import Summary
from graph.workers import Mapped, workers
from loaders import documents
from ontology import profiles
from ontology.errors import CrossCityError
from ontology.iris import DEFAULT_BASE, Iris
from ontology.profiles import Profile
from ontology.records import Document, Finding
from ontology.versions import version

__all__ = ["Decisions", "Progress", "Read", "Source", "Summary", "build", "build_documents", "load_parts", "read"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file, by its absolute path, and the document that it holds."""

    path: str
    document: Document


@dataclass(frozen=True, slots=True)
class Read:
    """How many files were read now, with the findings in them, and how many had been before, by the same rules."""

    files: int
    before: int
    findings: tuple[Finding, ...]


def build(
    paths: Sequence[Path],
    store: Store,
    *,
    iris: Iris,
    progress: Progress | None = None,
    decisions: Decisions = USUAL,
    profile: Profile | None = None,
    jobs: int = 1,
) -> Summary:
    """Read files and folders into the store, and apply what people decided.

    ``progress`` is told (done, all, name) after each file that was read, document that was written, and platform whose identity was worked
    out. Without paths nothing is read and decisions are applied anew. Minutes are
    read by ``profile``, else by that of the last build; with another one, those that are in the store are read again.
    Many files are read by up to ``jobs`` processes; what is stated is the same.

    Raises CrossCityError, with nothing written, where a path or a file of decisions cannot be read, no meeting is found at all, or a fact's
    quote is not what its document says at that place.
    """
    files = documents.gather(paths) if paths else ()
    with profiles.using(profile or profile_of(store)), workers(jobs, len(files)) as mapped, _scratch() as parts:
        held = standing(store, iris, decisions)
        by = By(iris.base, held.corrections.listed, parts)
        entries = list(_read_files(files, held.usable, by, mapped, progress))
        return load(entries, held, store, by, mapped=mapped, progress=progress)


def build_documents(
    sources: Iterable[Source], store: Store, *, iris: Iris, read: Reader = reading.read, decisions: Decisions = USUAL
) -> Summary:
    """Bring decoded files into the store; ``read`` says what a document, so corrected, states. Raises as ``build`` does."""
    with _scratch() as parts:
        held = standing(store, iris, decisions)
        by = By(iris.base, held.corrections.listed, parts)
        entries = [_entry(source, held.usable, by, read) for source in sources]
        return load(entries, held, store, by, reader=read)


def read(
    paths: Sequence[Path],
    folder: Path,
    *,
    base: str = DEFAULT_BASE,
    progress: Progress | None = None,
    corrections: Path | None = None,
    profile: Profile | None = None,
    jobs: int = 1,
    master: str = "",
) -> Read:
    """Read files and folders into a folder of parts, which ``load_parts`` can bring into any store.

    A reading that was killed goes on where it was: what the folder holds of files that haven't changed since, read by the same rules, isn't
    read again. Arguments are those of ``build``; ``master`` has Spark read instead of ``jobs`` processes, tables of documents too
    (``graph.spark``). Raises CrossCityError as ``build`` does, and for a folder that holds something else.
    """
    findings: list[Finding] = []

    def tell(entry: Entry) -> None:
        findings.extend((*entry.findings, *(finding for part in entry.documents for finding in part.findings)))

    with profiles.using(profile or profiles.load(profiles.USUAL)):
        corrected, parts = corrections_of(corrections), Parts(folder)
        if not parts.is_usable():
            raise CrossCityError(f"{folder}: holds something else than parts; name an empty or a new folder")
        header = Header(version(), rules_digest(), base, profiles.current().text, corrected.digest)
        by = By(base, corrected.listed, parts)
        try:
            if master:
                from graph.spark import read_by_spark  # with an extra behind it

                return _told(read_by_spark(paths, master, header, by, tell), findings)
            return _told(_read_here(paths, header, by, tell, progress, jobs), findings)
        except OSError as error:
            raise unwritable(folder, error) from error


def load_parts(
    folder: Path,
    store: Store,
    *,
    iris: Iris,
    progress: Progress | None = None,
    decisions: Decisions = USUAL,
    jobs: int = 1,
    master: str = "",
) -> Summary:
    """Bring a folder of parts into the store, as a build of the files that they were read from would.

    One process writes the store; which cases are one is worked out platform by platform, by up to ``jobs`` processes or by Spark's
    ``master``.

    Raises CrossCityError where the parts were not read for this store: by other rules, corrections or names, or not to their end.
    """
    parts = Parts(folder)
    header = parts.header()
    if header.base != iris.base:
        raise CrossCityError(f"{folder}: its IRIs start with {header.base}, the store's with {iris.base}; read the minutes with --base")
    with profiles.using(profiles.parse(header.profile, str(folder))):
        held = standing(store, iris, decisions)
        if header.rules != held.rules:
            raise CrossCityError(f"{folder}: read by the rules of crosscity {header.program}, not by this one's; read the minutes again")
        if header.corrections != held.corrections.digest:
            file = held.decisions.corrections
            with_file = f"with --corrections {file}" if file is not None else "without corrections"
            raise CrossCityError(f"{folder}: read with other corrections than the store goes by; read the minutes again, {with_file}")
        entries = list(parts.entries())
        with _hands(len(entries), jobs, master) as mapped:
            return load(entries, held, store, By(iris.base, held.corrections.listed, parts), mapped=mapped, progress=progress)


def _hands(tasks: int, jobs: int, master: str) -> AbstractContextManager[Mapped]:
    """What works on many tasks: Spark where a master is named, else processes of this machine."""
    if not master:
        return workers(jobs, tasks)
    from graph.spark import spread  # with an extra behind it

    return spread(master)


def _read_files(files: Sequence[Path], known: frozenset[str], by: By, mapped: Mapped, progress: Progress | None) -> Iterator[Entry]:
    """What was read of each file, in their order."""
    read_one = partial(reading.read_file, by=by)
    yield from telling(mapped(read_one, reading.tasks(files, known)), len(files), progress, lambda entry: Path(entry.path).name)


def _told(counts: tuple[int, int], findings: Iterable[Finding]) -> Read:
    files, before = counts
    return Read(files, before, in_order(findings))


def _read_here(
    paths: Sequence[Path], header: Header, by: By, tell: Callable[[Entry], object], progress: Progress | None, jobs: int
) -> tuple[int, int]:
    """Read files on this machine; how many now, and how many had been before."""
    files = documents.gather(paths)
    given = {str(file.resolve()): file for file in files}
    with workers(jobs, len(files)) as mapped, Journal(by.parts, header) as journal:
        before = journal.take_over(entry for entry in by.parts.read_before(header) if _still_holds(entry, given, by.parts))
        rest = [file for path, file in given.items() if path not in before]
        for entry in _read_files(rest, frozenset(), by, mapped, progress):
            journal.note(entry)
            tell(entry)
        journal.finish(given)
    return len(rest), len(before)


def _still_holds(entry: Entry, given: dict[str, Path], parts: Parts) -> bool:
    """Whether what was read of a file is there, and the file is what it was."""
    file = given.get(entry.path)
    return file is not None and parts.holds(entry) and documents.content(file).sha256 == entry.sha256


def _entry(source: Source, known: frozenset[str], by: By, reader: Reader) -> Entry:
    path, document = source.path, source.document
    if document.sha256 in known:
        return Entry(path, document.sha256, (reading.known_part(path, document),))
    return Entry(path, document.sha256, (reading.write_part(path, document, by, reader),))


@contextmanager
def _scratch() -> Iterator[Parts]:
    """A folder of parts that is gone when its build is done."""
    with tempfile.TemporaryDirectory(prefix="crosscity-parts-") as folder:
        yield Parts(Path(folder))
