"""A store goes in, what it holds comes out as statements in VoID and DCAT: counts, coverage, rights, and what it was made of."""

from __future__ import annotations

from typing import Final

from graph.statements import Statements
from graph.store import Store
from ontology import terms
from ontology.iris import Iris, slug

_RIGHTS: Final = (
    ("en", "Quotes are of the minutes, and stay under the terms of those who published them."),
    ("zh-hant-tw", "引文出自會議紀錄，依原公布者的規定使用。"),
)
_TITLES: Final = (
    ("en", "What minutes of cooperation between cities say"),
    ("zh-hant-tw", "城市間合作會議紀錄之內容"),
)
_USED: Final = (terms.CC, terms.ELI, terms.ELI_DL, terms.SCHEMA, terms.ORG, terms.OA, terms.PROV, terms.DCT, terms.FOAF, terms.SKOS)
_CLASSES: Final = "SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) { ?thing a ?class } GROUP BY ?class"
_DATES: Final = "SELECT (MIN(STR(?date)) AS ?first) (MAX(STR(?date)) AS ?last) { ?m a cc:Meeting ; eli-dl:activity_date ?date }"
_EXAMPLE: Final = "SELECT (MIN(STR(?event)) AS ?least) { ?event a cc:CaseEvent }"


def describe(store: Store, licence: str = "") -> list[str]:
    """The description's N-Quads lines, in a graph of its own, sorted.

    Triples are those of all named graphs together, each counted once; coverage is from the first to the last dated meeting. ``licence``
    is the IRI of the terms that whoever hands the data on puts it under: none is made up.
    """
    iris = store.iris
    this = iris.dataset
    said = Statements(this)
    for kind in (terms.VOID_DATASET, terms.DCAT_DATASET):
        said.link(this, terms.TYPE, kind)
    for language, words in _TITLES:
        said.words(this, terms.TITLE, words, language)
    for language, words in _RIGHTS:
        said.words(this, terms.RIGHTS, words, language)
    said.value(this, terms.LANGUAGE, "zh-Hant-TW")
    if licence:
        said.link(this, terms.LICENSE, licence)
    said.value(this, terms.URI_SPACE, iris.base)
    said.value(this, terms.TRIPLES, str(_triples(store)), "integer")
    for namespace in _USED:
        said.link(this, terms.VOID_VOCABULARY, namespace)
    for (example,) in store.select(_EXAMPLE).rows:
        if example:
            said.link(this, terms.EXAMPLE_RESOURCE, example)
    _classes(said, store, this)
    _coverage(said, store, this)
    _provenance(said, store, iris)
    return said.lines()


def _triples(store: Store) -> int:
    return int(store.select("SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }").rows[0][0])


def _classes(said: Statements, store: Store, this: str) -> None:
    """How many things of each class there are."""
    for kind, count in store.select(_CLASSES).rows:
        part = f"{this}/class/{slug(kind)}"
        said.link(this, terms.CLASS_PARTITION, part)
        said.link(part, terms.VOID_CLASS, kind)
        said.value(part, terms.ENTITIES, count, "integer")


def _coverage(said: Statements, store: Store, this: str) -> None:
    """The time from the first to the last dated meeting, where there is one."""
    first, last = store.select(_DATES).rows[0]
    if not first:
        return
    span = f"{this}/coverage"
    said.link(this, terms.TEMPORAL, span)
    said.link(span, terms.TYPE, terms.PERIOD_OF_TIME)
    said.value(span, terms.START_DATE, first, "date")
    said.value(span, terms.END_DATE, last, "date")


def _provenance(said: Statements, store: Store, iris: Iris) -> None:
    """The run that made it, and the documents that it was made of."""
    said.link(iris.dataset, terms.WAS_GENERATED_BY, iris.run)
    documents = sorted({row[0] for row in store.select("SELECT DISTINCT ?d { ?d a eli:Expression }").rows})
    said.value(iris.dataset, terms.DOCUMENTS, str(len(documents)), "integer")
    for document in documents:
        said.link(iris.dataset, terms.WAS_DERIVED_FROM, document)
