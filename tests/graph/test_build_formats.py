"""A folder of minutes in several formats, built: the same tables as of the text, with pages in the store and each quote at its place."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from graph import named
from graph.build import build
from graph.store import Store
from ontology.iris import Iris
from tests.test_cases import EXAMPLES
from tests.writing import write_docx, write_html, write_odt, write_pdf

WRITERS = {"pdf": write_pdf, "docx": write_docx, "odt": write_odt, "htm": write_html}
TABLES = ("meetings", "case-events", "directives", "escalations")


def tables(folder: Path) -> dict[str, list[tuple[str, ...]]]:
    with Store.open(":memory:") as store:
        build([folder], store, iris=Iris(store.base))
        rows = {name: named.ask(store, name).records() for name in TABLES}
    told = ("source", "start_char", "end_char", "quote", "fact")
    return {
        name: sorted(tuple("".join(value.split()) for key, value in row.items() if key not in told) for row in held)
        for name, held in rows.items()
    }


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, each in another format, in one folder."""
    folder = tmp_path_factory.mktemp("mixed")
    for number, path in enumerate(EXAMPLES):
        suffix, write = list(WRITERS.items())[number % len(WRITERS)]
        (folder / f"{path.stem}.{suffix}").write_bytes(write(path.read_text(encoding="utf-8")))
    return folder


def test_mixed_formats_give_the_tables_of_the_text(mixed: Path, tmp_path: Path) -> None:
    for path in EXAMPLES:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert tables(mixed) == tables(tmp_path)


def test_the_store_holds_the_extracted_text_and_the_pages(mixed: Path) -> None:
    with Store.open(":memory:") as store:
        build([mixed], store, iris=Iris(store.base))
        wrong = store.select(
            "SELECT ?p { ?p oa:hasSource ?d ; oa:hasSelector ?at, ?q . ?at oa:start ?s ; oa:end ?e . ?q oa:exact ?quote . ?d cc:text ?text"
            " FILTER(SUBSTR(?text, ?s + 1, ?e - ?s) != ?quote) }"
        )
        placed = store.select("SELECT ?kind (COUNT(?p) AS ?n) { VALUES ?kind { cc:page cc:paragraph } ?p ?kind ?number } GROUP BY ?kind")
        bare = store.select("SELECT ?p { ?p oa:hasSource ?d FILTER NOT EXISTS { ?p cc:page|cc:paragraph ?n } }")
    assert wrong.rows == ()
    assert {kind.rpartition("#")[2] for kind, _ in placed.rows} == {"page", "paragraph"}
    assert bare.rows == ()


def test_what_is_gone_from_an_archive_is_gone_from_the_store(tmp_path: Path) -> None:
    texts = {path.name: path.read_bytes() for path in sorted((Path(__file__).parents[2] / "examples").glob("2021-*.txt"))}
    archive = tmp_path / "minutes.zip"

    def pack(names: list[str]) -> None:
        with zipfile.ZipFile(archive, "w") as packed:
            for name in names:
                packed.writestr(name, texts[name])

    with Store.open(":memory:") as store, Store.open(":memory:") as fresh:
        pack(sorted(texts))
        assert build([archive], store, iris=store.iris).documents == len(texts)
        pack(sorted(texts)[1:])
        assert build([archive], store, iris=store.iris).documents == len(texts) - 1
        build([archive], fresh, iris=fresh.iris)
        assert store.nquads() == fresh.nquads()
