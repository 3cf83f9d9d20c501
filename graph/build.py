"""Paths of minutes go in, a store that states what they say comes out, and a summary of what was read.

Documents are read and checked whole before anything is written. A document whose text is in the store already, read by the same rules,
is left alone; a file whose text changed gives up its old document. What only all documents tell is worked out anew at the end.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from graph import identity, registry
from graph.statements import Statements
from graph.store import Store
from loaders import documents, minutes
from loaders.triples import nquads
from ontology import gazetteer, terms
from ontology.errors import CrossCityError
from ontology.iris import Iris
from ontology.records import Document, Finding, Passage, Reading

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build read, and what the store holds after it.

    ``read`` counts documents read anew, of which ``replaced`` took the place of an older text of the same file; ``unchanged`` ones were
    in the store already; ``skipped`` are files in which no meeting was found. The rest counts the whole store: ``facts`` are the things
    that rest on a passage (meetings, header fields, mentions, people, case events, directives …), ``sentences`` those of all meetings.
    ``findings`` are of the documents read now, and of all documents together.
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
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A file, by its absolute path, and the document that it holds."""

    path: str
    document: Document


def build(paths: Sequence[Path], store: Store, *, iris: Iris, progress: Progress | None = None) -> Summary:
    """Read files and folders into the store.

    ``progress`` is told (done, all, file name) before each file. Raises CrossCityError, with nothing written, where a path cannot be
    read, no meeting is found at all, or a fact's quote is not what its document says at that place.
    """
    files = documents.gather(paths)
    sources: list[Source] = []
    for done, file in enumerate(files):
        if progress is not None:
            progress(done, len(files), file.name)
        sources.append(Source(str(file.resolve()), documents.read(file)))
    words = gazetteer.load()
    return build_documents(sources, store, iris=iris, read=lambda document: minutes.read(document, words))


def build_documents(sources: Iterable[Source], store: Store, *, iris: Iris, read: Callable[[Document], Reading]) -> Summary:
    """Bring decoded files into the store; ``read`` says what a document states. Raises as ``build`` does."""
    given = {source.path: source.document for source in sources}
    before = _files(store, iris)
    known, same_rules = _documents(store, iris), _rules_kept(store, iris) == rules_digest()
    wanted = _wanted(given, before, known)
    stale = [document for sha, document in sorted(wanted.items()) if not same_rules or known.get(sha) != document]
    readings = [read(document) for document in stale]
    for reading in readings:
        verify(reading)
    empty = {reading.document.sha256 for reading in readings if not reading.minutes}
    skipped = tuple(sorted(document.name for document in given.values() if document.sha256 in empty))
    if len(skipped) == len(given) and given:
        raise CrossCityError(f"{skipped[0]}: no meeting was found in it; check that these are minutes with a title, a time and a place")
    files = {**before, **{path: document.sha256 for path, document in given.items() if document.sha256 not in empty}}
    for path in [path for path, document in given.items() if document.sha256 in empty]:
        files.pop(path, None)
    for reading in readings:
        if reading.document.sha256 not in empty:
            store.replace(iris.document(reading.document.sha256), nquads(reading, iris))
    for sha in known.keys() - set(files.values()):
        store.replace(iris.document(sha), ())
    identified = _restate(store, files, iris)
    store.flush()
    found = (*(finding for reading in readings for finding in reading.findings), *identified, *_duplicates(store))
    new = {reading.document.sha256 for reading in readings} - empty
    changed = {path for path, document in given.items() if path in before and before[path] != document.sha256}
    return _summary(
        store,
        read=len(new),
        unchanged=len({document.sha256 for document in given.values()} - new - empty),
        replaced=len({given[path].sha256 for path in changed} & new),
        skipped=skipped,
        findings=tuple(sorted(set(found), key=lambda finding: (finding.file, finding.line, finding.column, finding.code, finding.message))),
    )


def _wanted(given: dict[str, Document], before: dict[str, str], known: dict[str, Document]) -> dict[str, Document]:
    """Each document that the store shall hold, by digest, under the least of its files' names."""
    texts = {**known, **{document.sha256: document for document in given.values()}}
    names: dict[str, set[str]] = {}
    for path, sha in {**before, **{path: document.sha256 for path, document in given.items()}}.items():
        name = given[path].name if path in given else Path(path).name
        names.setdefault(sha, set()).add(name)
    return {sha: dataclasses.replace(texts[sha], name=min(called)) for sha, called in names.items() if sha in texts}


def verify(reading: Reading) -> None:
    """Raise CrossCityError where a passage of the reading does not hold what the document says at that place."""
    text = reading.document.text
    for passage in _passages((reading.minutes, reading.findings)):
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


@cache
def rules_digest() -> str:
    """A digest of the program's own rules of reading: where it changes, documents are read again from the texts in the store."""
    digest = hashlib.sha256()
    for package in ("loaders", "ontology"):
        for file in sorted(resources.files(package).iterdir(), key=lambda file: file.name):
            if file.is_file() and file.name.endswith((".py", ".toml", ".ttl")):
                digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _files(store: Store, iris: Iris) -> dict[str, str]:
    """The digest of the document that each file read before holds, by absolute path."""
    rows = store.select(f"SELECT ?path ?sha {{ GRAPH <{iris.run}> {{ ?file a cc:SourceFile ; cc:readFrom ?path ; cc:sha256 ?sha }} }}").rows
    return {row[0]: row[1] for row in rows}


def _documents(store: Store, iris: Iris) -> dict[str, Document]:
    """The documents in the store, by digest."""
    table = store.select(
        "SELECT DISTINCT ?name ?text ?sha ?type ?encoding {"
        " ?d a eli:Expression ; cc:fileName ?name ; cc:text ?text ; cc:sha256 ?sha ; dct:format ?type ; cc:encoding ?encoding }"
    )
    return {row[2]: Document(row[0], row[1], row[2], row[3], row[4]) for row in table.rows}


def _rules_kept(store: Store, iris: Iris) -> str:
    rows = store.select(f"SELECT ?rules {{ GRAPH <{iris.run}> {{ <{iris.run}> <{terms.RULES_DIGEST}> ?rules }} }}").rows
    return rows[0][0] if rows else ""


def _restate(store: Store, files: dict[str, str], iris: Iris) -> list[Finding]:
    """Work out what all documents together tell, and write down which files they came from."""
    words = gazetteer.load()
    identified = identity.state(store, words, iris)
    store.replace(iris.identity, identified.lines)
    store.replace(iris.registry, registry.state(store, words, iris))
    said = Statements(iris.run)
    said.value(iris.run, terms.RULES_DIGEST, rules_digest())
    for path, sha in files.items():
        node = f"{iris.base}file/{hashlib.sha256(path.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
        said.link(node, terms.TYPE, terms.SOURCE_FILE)
        said.value(node, terms.READ_FROM, path)
        said.value(node, terms.SHA256, sha)
        said.link(node, terms.STATED_IN, iris.document(sha))
    store.replace(iris.run, said.lines())
    kept = {iris.document(sha): document for sha, document in _documents(store, iris).items()} if identified.ambiguous else {}
    return [
        _finding(kept[own.document], own.start, own.end, "ambiguous-agency", f"can be {' or '.join(paths)}; not resolved")
        for own, paths in identified.ambiguous
    ]


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
        findings=findings,
    )
