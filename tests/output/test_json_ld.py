"""JSON-LD holds the same facts as the triples it was made of, reads well, and its context is that of the vocabulary."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat
from rdflib import Dataset, Graph, URIRef
from rdflib.compare import isomorphic, to_canonical_graph

from graph.dataset import describe
from graph.store import Store
from ontology import terms
from ontology.context import context
from output import cli
from output.exporting import json_ld
from output.exporting.rdf import write as export

BASE = "https://example.org/id/"
ODD = f"""<{BASE}a> <{terms.TYPE}> <{terms.CC}Case> .
<{BASE}a> <{terms.TYPE}> <{terms.CC}Unheard> .
<{BASE}a> <{terms.CC}ordinal> "7"^^<{terms.XSD}integer> .
<{BASE}a> <{terms.CC}ordinal> "007"^^<{terms.XSD}integer> .
<{BASE}a> <{terms.CC}ordinal> "123456789012345678901234567890"^^<{terms.XSD}integer> .
<{BASE}a> <{terms.CC}ordinal> "seven"^^<{terms.XSD}integer> .
<{BASE}a> <{terms.CC}ordinal> "7" .
<{BASE}a> <{terms.CC}routine> "true"^^<{terms.XSD}boolean> .
<{BASE}a> <{terms.CC}routine> "1"^^<{terms.XSD}boolean> .
<{BASE}a> <{terms.CC}likeness> "0.5"^^<{terms.XSD}decimal> .
<{BASE}a> <{terms.CC}likeness> "0.5" .
<{BASE}a> <{terms.CC}dueDate> "2019-07"^^<{terms.XSD}gYearMonth> .
<{BASE}a> <{terms.CC}dueDate> "2019-07-01"^^<{terms.XSD}date> .
<{BASE}a> <{terms.CC}judgedOn> "2019"^^<{terms.XSD}gYear> .
<{BASE}a> <{terms.CC}meeting> <{BASE}b/c> .
<{BASE}a> <{terms.CC}meeting> "a word where a link belongs" .
<{BASE}a> <{terms.CC}text> <{BASE}b/c> .
<{BASE}a> <{terms.CC}text> "two\\nlines \\"quoted\\" \\\\ 湖 😀"@zh-hant-tw .
<{BASE}a> <http://example.org/other/term> "x"^^<http://example.org/own> .
<{BASE}a> <http://example.org/other/term> _:b1 .
_:b1 <{terms.CC}meeting> _:b2 .
<{BASE}odd:colon> <{terms.CC}rule> "r" .
<{BASE}a/../b> <{terms.CC}rule> "r" .
<{BASE}> <{terms.CC}rule> "r" .
<{BASE}//x> <{terms.CC}rule> "r" .
<{BASE}%41#f> <{terms.CC}rule> "r" .
<{BASE}a?q=1> <{terms.CC}rule> "r" .
<{BASE}doc#char=1,2;x> <{terms.HAS_SELECTOR}> <{BASE}s> .
<{BASE}other> <{terms.HAS_SELECTOR}> <{BASE}s> .
<{BASE}s> <{terms.EXACT}> "shared" .
<{BASE}loop> <{terms.HAS_SELECTOR}> <{BASE}loop> .
<urn:x:y> <{terms.CC}first> <{BASE}case> .
"""


@pytest.fixture(scope="module")
def store(store_folder: Path) -> Iterator[Store]:
    with Store.open(store_folder, read_only=True) as opened:
        yield opened


@pytest.mark.parametrize("base", [BASE, "", "https://example.org/id#", "https://example.org/"])
def test_no_value_is_lost_or_altered(base: str) -> None:
    written = json_ld.write(ODD.splitlines(), base)
    read = Dataset()
    read.parse(data=written, format="json-ld")
    expected = Graph().parse(data=ODD, format="nt")
    found = Graph()
    for subject, predicate, value, _ in read.quads():
        found.add((subject, predicate, value))
    assert isomorphic(to_canonical_graph(found), to_canonical_graph(expected))


def test_another_reader_finds_the_same(store: Store) -> None:
    written = export(store, "jsonld")
    read = {str(quad.triple) for quad in pyoxigraph.parse(written, format=RdfFormat.JSON_LD)}
    assert read == {str(quad.triple) for quad in pyoxigraph.parse(export(store, "nt"), format=RdfFormat.N_TRIPLES)}


def test_things_are_named_by_short_words(store: Store) -> None:
    document = json.loads(export(store, "jsonld"))
    things = {thing["@id"]: thing for thing in document["@graph"]}
    meeting = things["meeting/雙北/交通組/2023-1"]
    assert meeting["@type"] == ["Meeting", "Activity", "Event"]
    assert (meeting["ordinal"], meeting["activity_date"], meeting["year"]) == (1, "2023-03-07", "2023")
    assert meeting["group"] == "group/雙北/交通組"
    quotes = {part["exact"] for part in things[meeting["evidence"]]["hasSelector"] if "exact" in part}
    assert len(quotes) == 1 and quotes.pop().startswith("2023 雙北合作")
    words = {word for thing in document["@graph"] for word in thing if not word.startswith("@")}
    assert {word.partition(":")[0] for word in words if ":" in word} == {"void"}
    assert words - {word for word in words if ":" in word} <= set(context())


def test_the_same_facts_give_the_same_words(store: Store) -> None:
    lines = [line.rpartition(" <")[0] + " ." for line in store.nquads()]
    assert json_ld.write(reversed(lines), BASE) == json_ld.write(lines, BASE)


def test_the_context_has_every_own_term_and_no_word_twice() -> None:
    said = {meaning if isinstance(meaning, str) else meaning["@id"] for meaning in context().values()}
    own = {value for name, value in vars(terms).items() if name.isupper() and isinstance(value, str) and value.startswith(terms.CC)}
    assert {f"cc:{value.removeprefix(terms.CC)}" for value in own if value != terms.CC} <= said
    assert len(said) == len(context())


def test_vocab_prints_the_vocabulary_and_the_context(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    assert cli.main(["vocab"]) == 0
    turtle = Graph().parse(data=capfdbinary.readouterr().out, format="turtle")
    assert len(turtle) == sum(len(Graph().parse(Path(terms.__file__).with_name(name))) for name in ("vocabulary.ttl", "status.ttl"))
    assert cli.main(["vocab", "--format", "jsonld", "-o", str(tmp_path / "context.jsonld")]) == 0
    assert json.loads((tmp_path / "context.jsonld").read_text("utf-8")) == {"@context": json.loads(json.dumps(context(), default=dict))}


def test_the_dataset_is_described(store: Store) -> None:
    triples = {line.rpartition(" <")[0] for line in store.nquads()}
    said = Graph().parse(data="\n".join(line.rpartition(" <")[0] + " ." for line in describe(store)), format="nt")
    this = store.iris.dataset

    def values(term: str) -> set[str]:
        return {str(value) for value in said.objects(predicate=URIRef(term)) if (URIRef(this), URIRef(term), value) in said}

    assert values(terms.TRIPLES) == {str(len(triples))}
    assert values(terms.DOCUMENTS) == {"2"} and len(values(terms.WAS_DERIVED_FROM)) == 2
    assert values(terms.WAS_GENERATED_BY) == {store.iris.run}
    assert values(terms.LICENSE) == set()
    parts = said.objects(URIRef(this), URIRef(terms.CLASS_PARTITION))
    counts = {str(said.value(part, URIRef(terms.VOID_CLASS))): str(said.value(part, URIRef(terms.ENTITIES))) for part in parts}
    assert counts[terms.MEETING] == "2" and counts[terms.CASE] == "2"
    assert {str(value) for value in said.objects(predicate=URIRef(terms.START_DATE))} == {"2023-03-07"}
    assert {str(value) for value in said.objects(predicate=URIRef(terms.END_DATE))} == {"2023-06-15"}


def test_a_licence_is_stated_where_one_is_given(store_folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    licence = "https://creativecommons.org/licenses/by/4.0/"
    assert cli.main(["export", "--store", str(store_folder), "--format", "nq", "--license", licence]) == 0
    assert f"<{terms.LICENSE}> <{licence}>" in capfd.readouterr().out
    assert cli.main(["export", "--store", str(store_folder), "--license", "by hand", "--lang", "en"]) == 2
    assert "is no IRI" in capfd.readouterr().err


def test_an_empty_store_is_described_too() -> None:
    with Store.open(":memory:") as empty:
        lines = describe(empty)
    assert any(line.startswith(f'<{empty.iris.dataset}> <{terms.TRIPLES}> "0"') for line in lines)
    assert not any(terms.TEMPORAL in line for line in lines)
