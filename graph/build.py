"""Paths of minutes go in, a store that states what they say comes out, and a summary of what was read.

Documents are read and checked whole before anything is written. A document whose text is in the store already, read by the same rules,
is left alone; a file whose text changed gives up its old document. What only all documents tell is worked out anew at the end.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph import identity, registry
from graph.decisions import Judgement
from graph.decisions import load as load_judgements
from graph.mending import mend
from graph.platform_work import Ambiguous
from graph.run import Run, decisions_file, last_run, note_run, profile_of, rules_digest
from graph.store import Store
from graph.verdicts import UNDECIDED, decide
from graph.workers import Mapped, in_turn, workers
from loaders import documents, minutes
from loaders.corrections import UNCORRECTED, Located
from loaders.triples import nquads
from ontology import gazetteer, profiles, terms
from ontology.errors import CrossCityError
from ontology.iris import Iris
from ontology.profiles import Profile
from ontology.records import Document, Finding, Passage, Places, Reading

Progress = Callable[[int, int, str], None]
JUDGEMENTS: Final = Path("judgements.jsonl")
CORRECTIONS: Final = Path("corrections.toml")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build read, and what the store holds after it.

    ``read`` counts documents read anew, of which ``replaced`` took the place of an older text of the same file; ``unchanged`` ones were
    in the store already; ``skipped`` are files in which no meeting was found. The rest counts the whole store: ``facts`` are the things
    that rest on a passage (meetings, header fields, mentions, people, case events, directives …), ``sentences`` those of all meetings.
    ``judgements`` are people's decisions that were applied. ``findings`` are of the documents read now, of the groups worked out anew, and
    of decisions.
    """

    read: int
    unchanged: int
    replaced: int
    skipped: tuple[str, ...]
    documents: int
    meetings: int
    cases: int
    agencies: int
    people: int
    facts: int
    sentences: int
    unread: int
    judgements: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A file, by its absolute path, and the document that it holds."""

    path: str
    document: Document


@dataclass(frozen=True, slots=True)
class Decisions:
    """The files of what people decided.

    A file that isn't named is the one of the last build, else ``judgements.jsonl`` or ``corrections.toml`` in the current folder if there.
    """

    judgements: Path | None = None
    corrections: Path | None = None

    def of(self, last: Run) -> Decisions:
        """The files that a build goes by, after the last one."""
        return Decisions(
            decisions_file(self.judgements, last.judgements, JUDGEMENTS), decisions_file(self.corrections, last.corrections, CORRECTIONS)
        )


USUAL: Final = Decisions()


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

    ``progress`` is told (done, all, file name) after each file. Without paths nothing is read and decisions are applied anew. Minutes are
    read by ``profile``, else by that of the last build; with another one, those that are in the store are read again.
    Many files are read by up to ``jobs`` processes; what is stated is the same.

    Raises CrossCityError, with nothing written, where a path or a file of decisions cannot be read, no meeting is found at all, or a fact's
    quote is not what its document says at that place.
    """
    files = documents.gather(paths) if paths else ()
    sources: list[Source] = []
    read_from: list[str] = []
    unreadable: list[Finding] = []
    with profiles.using(profile or profile_of(store)), workers(jobs, len(files)) as mapped:
        for done, (file, loaded) in enumerate(zip(files, mapped(documents.read_all, files), strict=True), 1):
            folder = file.resolve().parent
            read_from.append(str(file.resolve()))
            sources += [Source(str(folder / document.name), document) for document in loaded.documents]
            unreadable += loaded.findings
            if progress is not None:
                progress(done, len(files), file.name)
        if unreadable and not sources:
            raise CrossCityError(f"{unreadable[0].file}: {unreadable[0].message}")
        summary = build_documents(sources, store, iris=iris, read=_read, decisions=decisions, read_from=read_from, mapped=mapped)
    return dataclasses.replace(summary, findings=_in_order((*summary.findings, *unreadable)))


def _read(document: Document, located: Located) -> Reading:
    """What a document states by the rules and names of the profile in use; a process of its own can do it."""
    return minutes.read(document, gazetteer.load(), located)


def build_documents(
    sources: Iterable[Source],
    store: Store,
    *,
    iris: Iris,
    read: Callable[[Document, Located], Reading],
    decisions: Decisions = USUAL,
    read_from: Iterable[str] = (),
    mapped: Mapped = in_turn,
) -> Summary:
    """Bring decoded files into the store; ``read`` says what a document, so corrected, states. Raises as ``build`` does.

    ``read_from`` are the files that were read: what the store has from within one (an archive) and isn't given any more is gone from it.
    ``mapped`` does what ``map`` does, be it by other processes.
    """
    given = {source.path: source.document for source in sources}
    within = tuple(f"{path}/" for path in read_from)
    last, known = last_run(store, iris).without(lambda path: path.startswith(within) and path not in given), _names(store)
    files_of = decisions.of(last)
    called = {**last.names, **{path: document.name for path, document in given.items()}}
    wanted = _wanted({**last.files, **{path: document.sha256 for path, document in given.items()}}, called)
    texts = {document.sha256: document for document in given.values()}
    mended = mend(store, files_of.corrections, (texts.get(sha) or _document(store, iris.document(sha)) for sha in wanted))
    anew = mended.concerned if mended.digest != last.corrections_digest else frozenset[str]()
    stale = [
        dataclasses.replace(texts[sha] if sha in texts else _document(store, iris.document(sha)), name=name)
        for sha, name in sorted(wanted.items())
        if last.rules != rules_digest() or known.get(sha) != name or sha in anew
    ]
    readings = list(mapped(read, stale, [mended.located.get(document.sha256, UNCORRECTED) for document in stale]))
    for reading in readings:
        verify(reading)
    empty = {reading.document.sha256 for reading in readings if not reading.minutes}
    skipped = tuple(sorted(document.name for document in given.values() if document.sha256 in empty))
    if len(skipped) == len(given) and given:
        raise CrossCityError(f"{skipped[0]}: no meeting was found in it; check that these are minutes with a title, a time and a place")
    judgements = load_judgements(files_of.judgements) if files_of.judgements is not None else ()
    files = {**last.files, **{path: document.sha256 for path, document in given.items()}}
    files = {path: sha for path, sha in files.items() if sha not in empty}
    for reading in readings:
        if reading.document.sha256 not in empty:
            store.replace(iris.document(reading.document.sha256), nquads(reading, iris))
    for sha in known.keys() - set(files.values()):
        store.replace(iris.document(sha), ())
    names = {path: called[path] for path in files}
    run = Run(
        files,
        names,
        rules_digest(),
        _resolved(files_of.judgements),
        _resolved(files_of.corrections),
        mended.digest,
        profiles.current().text,
    )
    found = (*(told for reading in readings for told in reading.findings), *mended.orphaned, *_settle(store, judgements, run, iris))
    new = {reading.document.sha256 for reading in readings} - empty
    changed = {path for path, document in given.items() if path in last.files and last.files[path] != document.sha256}
    return _summary(
        store,
        read=len(new),
        unchanged=len({document.sha256 for document in given.values()} - new - empty),
        replaced=len({given[path].sha256 for path in changed} & new),
        skipped=skipped,
        findings=_in_order(found),
    )


def _in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(set(found), key=lambda finding: (finding.file, finding.line, finding.column, finding.code, finding.message)))


def _settle(store: Store, judgements: Sequence[Judgement], run: Run, iris: Iris) -> Iterator[Finding]:
    """Bring up to date what all documents together tell, as people judged it, and note the run; what there is to say about that."""
    words = gazetteer.load()
    decided = decide(store, judgements, Path(run.judgements).name, iris) if judgements else UNDECIDED
    store.replace(iris.judgements, decided.lines)
    ambiguous = identity.bring_up_to_date(store, words, iris, run.rules, decided.judged)
    store.replace(iris.registry, registry.state(store, words, iris))
    note_run(store, run, iris)
    store.flush()
    yield from _ambiguous(store, ambiguous)
    yield from _duplicates(store)
    yield from decided.findings


def _resolved(file: Path | None) -> str:
    return str(file.resolve()) if file is not None else ""


def _wanted(files: Mapping[str, str], called: Mapping[str, str]) -> dict[str, str]:
    """The name of each document that the store shall hold, by digest: the least of its files' names."""
    names: dict[str, set[str]] = {}
    for path, sha in files.items():
        names.setdefault(sha, set()).add(called[path])
    return {sha: min(those) for sha, those in names.items()}


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


def _names(store: Store) -> dict[str, str]:
    """The file names of the documents in the store, by digest."""
    table = store.select("SELECT DISTINCT ?sha ?name { ?document a eli:Expression ; cc:fileName ?name ; cc:sha256 ?sha }")
    return {sha: name for sha, name in table.rows}


def _document(store: Store, iri: str) -> Document:
    """A document of the store, by its IRI."""
    pattern = "cc:fileName ?name ; cc:text ?text ; cc:sha256 ?sha ; dct:format ?type ; cc:encoding ?encoding"
    places = f"OPTIONAL {{ <{iri}> cc:places ?places }}"
    table = store.select(f"SELECT ?name ?text ?sha ?type ?encoding ?places {{ GRAPH <{iri}> {{ <{iri}> {pattern} {places} }} }}")
    name, text, sha, media_type, encoding, places = table.rows[0]
    return Document(name, text, sha, media_type, encoding, Places.parse(places))


def _ambiguous(store: Store, found: Iterable[Ambiguous]) -> Iterator[Finding]:
    """A warning at each own-side word that can mean several bodies."""
    for own, paths in found:
        document = _document(store, own.document)
        yield _finding(document, own.start, own.end, "ambiguous-agency", f"can be {' or '.join(paths)}; not resolved")


def _duplicates(store: Store) -> list[Finding]:
    """A warning at each further statement of a meeting that an earlier document, by name, states already."""
    shared = "SELECT ?m (COUNT(DISTINCT ?d) AS ?n) { ?m a cc:Meeting ; cc:statedIn ?d } GROUP BY ?m HAVING (COUNT(DISTINCT ?d) > 1)"
    table = store.select(
        f"SELECT DISTINCT ?m ?name ?sha ?start ?end ?text {{ {{ {shared} }} ?m cc:evidence ?p . ?p oa:hasSource ?d ; oa:hasSelector ?at ."
        " ?d cc:fileName ?name ; cc:sha256 ?sha ; cc:text ?text . ?at oa:start ?start ; oa:end ?end }"
    )
    first: dict[str, str] = {}
    found: list[Finding] = []
    for meeting, name, sha, start, end, text in sorted(table.rows):
        if meeting not in first:
            first[meeting] = name
            continue
        document = Document(name, text, sha)
        message = f"this meeting stands in {first[meeting]} too; remove one of the two files and build again"
        found.append(_finding(document, int(start), int(end), "duplicate-meeting", message))
    return found


def _finding(document: Document, start: int, end: int, code: str, message: str) -> Finding:
    before = document.text[:start]
    line, column = before.count("\n") + 1, start - (before.rfind("\n") + 1) + 1
    return Finding(document.name, line, column, "warning", code, message, Passage(start, end, document.text[start:end]))


def _summary(store: Store, *, read: int, unchanged: int, replaced: int, skipped: tuple[str, ...], findings: tuple[Finding, ...]) -> Summary:
    def count(pattern: str) -> int:
        return int(store.select(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}").rows[0][0])

    def total(term: str) -> int:
        each = f"SELECT ?m (MAX(?each) AS ?n) {{ ?m <{term}> ?each }} GROUP BY ?m"
        return int(store.select(f"SELECT (SUM(?n) AS ?all) {{ {each} }}").rows[0][0])

    return Summary(
        read=read,
        unchanged=unchanged,
        replaced=replaced,
        skipped=skipped,
        documents=count("?x a eli:Expression"),
        meetings=count("?x a cc:Meeting"),
        cases=count("?x a cc:Case"),
        agencies=count("?x cc:path ?path"),
        people=count("?x a foaf:Person"),
        facts=count("?x cc:evidence ?passage"),
        sentences=total(terms.SENTENCES),
        unread=total(terms.UNREAD),
        judgements=count("?x a cc:Judgement ; cc:first ?end"),
        findings=findings,
    )
