"""Parts of documents go in, a store that holds them comes out, with what only all documents tell, and a summary.

A document that stands in the store already, read by the same rules and corrections, is left alone; one that they are not the same for is
read again from its text in the store; a file whose text changed gives up its old document. All are read before anything is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from graph import identity, registry
from graph.decisions import Judgement
from graph.decisions import load as load_judgements
from graph.parts import Entry, Part
from graph.platform_tasks import Fresh
from graph.progress import Progress, telling
from graph.reading import By, Reader, read, write_part
from graph.run import Run, note_run
from graph.standing import Standing
from graph.store import Store
from graph.summary import Summary, ambiguous, document_of, duplicates, summarize
from graph.verdicts import UNDECIDED, decide
from graph.workers import Mapped, in_turn
from ontology import gazetteer, profiles
from ontology.errors import CrossCityError
from ontology.iris import Iris
from ontology.records import Document, Finding


@dataclass(slots=True)
class _Given:
    """What files gave: the files themselves, the part of each document by its path, and what could not be read."""

    files: set[str] = field(default_factory=set)
    parts: dict[str, Part] = field(default_factory=dict)
    unreadable: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Due:
    """What a store is to hold: the digest and name of the document of each file by its path; the parts to write, and those without any."""

    files: Mapping[str, str]
    names: Mapping[str, str]
    fresh: Sequence[Part]
    empty: frozenset[str]


def load(
    entries: Iterable[Entry],
    held: Standing,
    store: Store,
    by: By,
    *,
    reader: Reader = read,
    mapped: Mapped = in_turn,
    progress: Progress | None = None,
) -> Summary:
    """Bring the parts of files into a store that holds what ``held`` says, and note the build.

    What the store has from within a file (an archive) and isn't given any more is gone from it. ``reader`` says what a document of the
    store states where it is read again, ``mapped`` does that for many. ``progress`` is told (done, all, name) after each document that was
    written and each platform whose identity was worked out. Raises CrossCityError, with nothing written, where no meeting is
    found at all, or a part is damaged or cannot be written.
    """
    iris = Iris(by.base)
    given = _given(entries)
    if given.unreadable and not given.parts:
        raise CrossCityError(f"{given.unreadable[0].file}: {given.unreadable[0].message}")
    last = held.last.without(lambda path: path not in given.parts and _is_within(path, given.files))
    due = _due(given.parts, replace(held, last=last), partial(_again, store=store, by=by, reader=reader, mapped=mapped))
    skipped = tuple(sorted(part.name for part in given.parts.values() if part.sha256 in due.empty))
    if given.parts and len(skipped) == len(given.parts):
        raise CrossCityError(f"{skipped[0]}: no meeting was found in it; check that these are minutes with a title, a time and a place")
    judgements = load_judgements(held.decisions.judgements) if held.decisions.judgements is not None else ()
    wanted, new = set(due.files.values()), {part.sha256 for part in due.fresh} - due.empty
    parts = {iris.document(part.sha256): part for part in due.fresh if part.digest}
    written = telling(store.best_order(parts), len(parts), progress, lambda document: parts[document].name)
    digests = {document: part.digest for document, part in parts.items()}
    fresh = Fresh(by.parts, digests, mapped) if mapped is not in_turn else None  # one process has it all at hand in the store
    store.replace_all((document, by.parts.content(parts[document].digest)) for document in written)
    for sha in sorted(held.names.keys() - wanted):
        store.replace(iris.document(sha), ())
    run = Run(
        due.files,
        due.names,
        held.rules,
        _resolved(held.decisions.judgements),
        _resolved(held.decisions.corrections),
        held.corrections.digest,
        profiles.current().text,
    )
    kept = (found for sha, found in held.located.items() if sha in wanted - new)
    orphaned = held.corrections.orphaned(kept, due.fresh)
    told = (finding for part in due.fresh for finding in part.findings)
    changed = {path for path, part in given.parts.items() if last.files.get(path, part.sha256) != part.sha256}
    shas = {part.sha256 for part in given.parts.values()}
    return summarize(
        store,
        read=len(new),
        unchanged=len(shas - new - due.empty),
        replaced=len({given.parts[path].sha256 for path in changed} & new),
        skipped=skipped,
        findings=in_order((*told, *orphaned, *_settle(store, judgements, run, iris, fresh, progress), *given.unreadable)),
    )


def _given(entries: Iterable[Entry]) -> _Given:
    given = _Given()
    for entry in entries:
        given.files.add(entry.path)
        given.parts.update((part.path, part) for part in entry.documents)
        given.unreadable += entry.findings
    return given


def _due(given: Mapping[str, Part], held: Standing, again: Callable[[Mapping[str, str]], Iterable[Part]]) -> _Due:
    """What a store shall hold; ``again`` reads those of its documents again, by digest, that shall be called so."""
    files = {**held.last.files, **{path: part.sha256 for path, part in given.items()}}
    names = {**held.last.names, **{path: part.name for path, part in given.items()}}
    empty = {part.sha256 for part in given.values() if not part.digest} - held.usable
    read_now = {(part.sha256, part.name): part for part in given.values() if part.digest or part.sha256 in empty}
    fresh: list[Part] = []
    stale: dict[str, str] = {}
    for sha, name in sorted(_wanted(files, names).items()):
        if (sha, name) in read_now and (sha not in held.usable or held.names.get(sha) != name):
            fresh.append(read_now[sha, name])
        elif sha in held.names and (sha not in held.usable or held.names[sha] != name):
            stale[sha] = name
    fresh += again(stale)
    empty |= {part.sha256 for part in fresh if not part.digest}
    files = {path: sha for path, sha in files.items() if sha not in empty}
    return _Due(files, {path: names[path] for path in files}, fresh, frozenset(empty))


def _wanted(files: Mapping[str, str], called: Mapping[str, str]) -> dict[str, str]:
    """The name of each document that the store shall hold, by digest: the least of its files' names."""
    names: dict[str, str] = {}
    for path, sha in files.items():
        names[sha] = min(names.get(sha, called[path]), called[path])
    return names


def _again(names: Mapping[str, str], *, store: Store, by: By, reader: Reader, mapped: Mapped) -> Iterator[Part]:
    """Read documents of a store again, by digest, under these names."""
    texts = (replace(document_of(store, Iris(by.base).document(sha)), name=name) for sha, name in names.items())
    return iter(mapped(partial(_reread, by=by, reader=reader), texts))


def _reread(document: Document, by: By, reader: Reader) -> Part:
    return write_part(document.name, document, by, reader)


def _is_within(path: str, files: set[str]) -> bool:
    """Whether a document's path says that it came from within one of some files."""
    place = path.find("/", 1)
    while place > 0:
        if path[:place] in files:
            return True
        place = path.find("/", place + 1)
    return False


def _settle(
    store: Store, judgements: Sequence[Judgement], run: Run, iris: Iris, fresh: Fresh | None, progress: Progress | None
) -> Iterator[Finding]:
    """Bring up to date what all documents together tell, as people judged it, and note the run; what there is to say about that."""
    words = gazetteer.load()
    decided = decide(store, judgements, Path(run.judgements).name, iris) if judgements else UNDECIDED
    store.replace(iris.judgements, decided.lines)
    unresolved = identity.bring_up_to_date(store, run.rules, decided.judged, fresh=fresh, progress=progress)
    store.replace(iris.registry, registry.state(store, words, iris))
    note_run(store, run, iris)
    store.flush()
    yield from ambiguous(store, unresolved)
    yield from duplicates(store)
    yield from decided.findings


def _resolved(file: Path | None) -> str:
    return str(file.resolve()) if file is not None else ""


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings, each once, by where they are."""
    return tuple(sorted(set(found), key=lambda finding: (finding.file, finding.line, finding.column, finding.code, finding.message)))
