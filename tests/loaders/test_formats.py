"""The same minutes in every format state the same facts, and each quote stands in the extracted text at its place."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from loaders import documents
from loaders.minutes import read
from loaders.triples import nquads
from ontology import gazetteer, terms
from ontology.iris import Iris
from ontology.records import Document, Places
from tests import writing
from tests.test_cases import EXAMPLES, facts
from tests.writing import SOFFICE, WRITERS, write_pdf

EVERY = pytest.mark.parametrize("source", EXAMPLES, ids=lambda path: path.stem)


def told(document: Document) -> list[str]:
    """What a document states, a fact a line, white space aside: a line's end stands elsewhere in each format."""
    reading = read(document, gazetteer.load())
    return [re.sub(r"\s+", "", line) for minutes in reading.minutes for line in facts(minutes)]


@cache
def told_by_text(source: Path) -> list[str]:
    return told(documents.read(source))


@EVERY
@pytest.mark.parametrize("form", WRITERS)
def test_every_format_states_the_same_facts(form: str, source: Path, tmp_path: Path) -> None:
    file = tmp_path / "minutes.bin"
    file.write_bytes(WRITERS[form](source.read_text(encoding="utf-8")))
    document = documents.read(file)
    assert told(document) == told_by_text(source)


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice, which reads .doc files, is not on this machine")
@pytest.mark.parametrize("form", ["doc", "rtf", "pdf", "docx"])
def test_what_libreoffice_writes_states_the_same_facts(form: str, tmp_path: Path) -> None:
    source = EXAMPLES[0]
    file = tmp_path / "minutes.bin"
    file.write_bytes(writing.convert(writing.write_odt(source.read_text(encoding="utf-8")), ".odt", form, tmp_path))
    document = documents.read(file)
    assert told(document) == told_by_text(source)


@pytest.mark.parametrize("form", WRITERS)
def test_every_character_comes_through(form: str, tmp_path: Path) -> None:
    source = EXAMPLES[0].read_text(encoding="utf-8")
    file = tmp_path / "minutes.bin"
    file.write_bytes(WRITERS[form](source))
    assert re.sub(r"\s+", "", documents.read(file).text) == re.sub(r"\s+", "", source)


@pytest.mark.parametrize(
    ("form", "kind"), [("pdf", "page"), ("docx", "paragraph"), ("odt", "paragraph"), ("html", "paragraph"), ("big5", "")]
)
def test_a_passage_tells_its_page_or_paragraph(form: str, kind: str, tmp_path: Path) -> None:
    file = tmp_path / "minutes.bin"
    file.write_bytes(WRITERS[form](EXAMPLES[0].read_text(encoding="utf-8")))
    document = documents.read(file)
    assert document.places.kind == kind
    lines = [line for line in documents.read(EXAMPLES[0]).text.splitlines() if line.strip()]
    ninth = document.places.number(document.text.index(lines[8][:12]))
    assert ninth == {"page": 1, "paragraph": 9, "": 0}[kind]
    last = document.places.number(document.text.index(lines[-1][:12]))
    assert last == {"page": len(document.places.starts), "paragraph": len(lines), "": 0}[kind]
    assert Places.parse(str(document.places)) == document.places


def test_the_writer_states_pages(tmp_path: Path) -> None:
    file = tmp_path / "minutes.pdf"
    file.write_bytes(WRITERS["pdf"](EXAMPLES[0].read_text(encoding="utf-8")))
    lines = nquads(read(documents.read(file), gazetteer.load()), Iris())
    pages = {int(line.split('"')[1]) for line in lines if f"<{terms.PAGE}>" in line}
    assert pages == set(range(1, max(pages) + 1))
    assert max(pages) > 3
    assert not any(f"<{terms.PARAGRAPH}>" in line for line in lines)


def test_running_heads_and_page_numbers_are_gone_and_wraps_are_joined(tmp_path: Path) -> None:
    file = tmp_path / "minutes.pdf"
    file.write_bytes(write_pdf(EXAMPLES[0].read_text(encoding="utf-8"), head="不應留在文字裡的頁首"))
    text = documents.read(file).text
    assert "不應留在文字裡的頁首" not in text
    assert not re.search(r"第\s*\d+\s*頁", text)
    longest = max(EXAMPLES[0].read_text(encoding="utf-8").splitlines(), key=len)
    assert re.sub(r"\s+", "", longest) in [re.sub(r"\s+", "", line) for line in text.splitlines()]
