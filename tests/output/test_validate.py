"""``crosscity validate``: what breaks a shape is told at its file and line, in both languages, and with a user's own shapes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.build import build
from graph.store import Store
from ontology import terms

Run = Callable[..., tuple[int, str, str]]
EXAMPLES = Path(__file__).parents[2] / "examples"
EXTRA = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix cc: <https://w3id.org/crosscity/ns#> .
@prefix my: <https://example.org/shapes#> .
my:Chaired a sh:NodeShape ; sh:targetClass cc:Meeting ; sh:property my:venue .
my:venue a sh:PropertyShape ; sh:path cc:venue ; sh:pattern "^月球" ; sh:severity sh:Warning ;
    sh:message "不在月球"@zh-hant-tw, "not on the moon"@en .
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of one file."""
    with Store.open(tmp_path / "kg", create=True) as store:
        build([EXAMPLES / "2020.txt"], store, iris=store.iris)
    return tmp_path / "kg"


def spoil(folder: Path, words: str, instead: str) -> int:
    """Write other words in place of a property's first value; returns how many lines had them."""
    with Store.open(folder) as store:
        for graph in store.graphs():
            lines = [f"{line.removesuffix(' .')} <{graph}> ." for line in store.lines(graph)]
            at = [number for number, line in enumerate(lines) if words in line]
            if at:
                lines[at[0]] = lines[at[0]].replace(words, instead)
                store.replace(graph, lines)
                return len(at)
    return 0


def test_a_built_store_has_no_findings(folder: Path, run: Run) -> None:
    assert run("validate", "--store", str(folder)) == (0, "Shapes: 143, findings: 0.\n", "")


def test_a_finding_stands_at_the_line_of_its_evidence_and_ends_with_1(folder: Path, run: Run) -> None:
    assert spoil(folder, f"<{terms.PURPOSE}> ", f"<{terms.NOTE}> ")
    with Store.open(folder, read_only=True) as store:
        [[escalation, quote]] = store.select(
            "SELECT ?e ?quote { ?e a cc:Escalation ; cc:evidence/oa:hasSelector/oa:exact ?quote FILTER NOT EXISTS { ?e cc:purpose ?p } }"
        ).rows
    status, out, err = run("validate", "--store", str(folder))
    assert (status, out) == (1, "Shapes: 143, findings: 1.\n")
    file, line, column, told = err.split(":", 3)
    assert file == "2020.txt"
    assert (EXAMPLES / file).read_text("utf-8").splitlines()[int(line) - 1][int(column) - 1 :].startswith(quote.split("\n")[0])
    assert told == f" error purpose: The purpose must be one of those listed. <{escalation}>\n"
    assert " error purpose: 提報目的須為所列之一。 <" in run("--lang", "zh-Hant-TW", "validate", "--store", str(folder))[2]


def test_a_warning_ends_with_0_and_what_rests_on_no_words_stands_in_the_store(folder: Path, run: Run) -> None:
    assert spoil(folder, f"<{terms.ACTIVITY_DATE}> ", f"<{terms.NOTE}> ")
    status, _, err = run("validate", "--store", str(folder))
    assert (status, " warning dated: The meeting has no date. <" in err) == (0, True)
    assert spoil(folder, f"<{terms.MEETINGS_HELD}> ", f"<{terms.NOTE}> ")
    status, _, err = run("validate", "--store", str(folder))
    assert (status, f"{folder}:1:1: error meetings-held: " in err) == (1, True)


def test_a_passage_that_is_not_in_its_document_is_found_where_its_fact_stands(folder: Path, run: Run) -> None:
    assert spoil(folder, f'<{terms.EXACT}> "', f'<{terms.EXACT}> "捏造')
    status, _, err = run("validate", "--store", str(folder))
    assert (status, err.startswith("2020.txt:")) == (1, True)
    assert " error quote-in-document: The words of a passage must be what its document says at that place. <" in err


def test_shapes_of_ones_own_are_asked_too(folder: Path, tmp_path: Path, run: Run) -> None:
    extra = tmp_path / "extra.ttl"
    extra.write_text(EXTRA, encoding="utf-8")
    status, out, err = run("validate", "--store", str(folder), "--shapes", str(extra))
    assert (status, out) == (0, "Shapes: 145, findings: 4.\n")
    assert [line.split(" <")[0].split(": ", 1)[1] for line in err.splitlines()] == ["warning venue: not on the moon"] * 4
    assert all(line.startswith("2020.txt:") for line in err.splitlines())
    extra.write_text(EXTRA.replace("sh:severity sh:Warning ;", ""), encoding="utf-8")
    status, _, err = run("--lang", "zh-Hant-TW", "validate", "--store", str(folder), "--shapes", str(extra))
    assert (status, err.count(" error venue: 不在月球 <")) == (1, 4)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("this is no Turtle", "no Turtle in UTF-8"),
        (EXTRA.replace('"^月球"', "3 ; sh:minCount 1 , 2"), "its shapes cannot be used"),
        (
            EXTRA.replace(
                "sh:property my:venue", 'sh:sparql [ sh:select "SELECT $this { SERVICE <http://example.org/> { $this ?p ?o } }" ]'
            ),
            "SERVICE",
        ),
        (None, "cannot be read"),
    ],
)
def test_shapes_that_cannot_be_used_end_with_2_and_one_line(content: str | None, told: str, folder: Path, tmp_path: Path, run: Run) -> None:
    extra = tmp_path / "extra.ttl"
    if content is not None:
        extra.write_text(content, encoding="utf-8")
    status, out, err = run("validate", "--store", str(folder), "--shapes", str(extra))
    assert (status, out, err.count("\n"), told in err) == (2, "", 1, True), err


def test_without_pyshacl_one_line_says_what_to_install(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    status, out, err = run("validate", "--store", str(folder), "--shapes", "extra.ttl")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "pip install 'crosscity[shacl]'" in err


def test_no_store_ends_with_2(tmp_path: Path, run: Run) -> None:
    assert run("validate", "--store", str(tmp_path / "none"))[0] == 2
