"""Minutes read with corrections, in a store: what queries tell, and what decisions still find."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import named
from graph.build import Decisions, Source, build_documents
from graph.decisions import End, Judgement, append
from graph.store import Store
from loaders import documents, minutes
from loaders.corrections import locate
from ontology import gazetteer
from ontology.iris import Iris
from ontology.records import Correction

CASE = Path(__file__).parents[1] / "cases" / "taipei-form" / "minutes.txt"
RIVER, SCREEN = "淡水河自行車道跨橋接駁", "公車動態看板"
CORRECTION = Correction(RIVER, "淡水河自行車道跨河接駁", "林小河", "2024-03-05", "誤植")


def built(*corrections: Correction, judgements: Path | None = None) -> tuple[Store, tuple[str, ...]]:
    """A store of the case as corrected, and the codes of what was found."""
    words, store = gazetteer.load(), Store.open(":memory:")
    told = build_documents(
        [Source("minutes.txt", documents.read(CASE))],
        store,
        iris=Iris(),
        read=lambda document, _: minutes.read(document, words, locate(corrections, document)),
        decisions=Decisions(judgements),
    )
    return store, tuple(finding.code for finding in told.findings)


def test_a_corrected_title_is_told_and_its_quote_is_raw() -> None:
    store, _ = built(CORRECTION)
    events = named.ask(store, "case-events")
    told = [dict(zip(events.columns, row, strict=True)) for row in events.rows]
    (river,) = (row for row in told if row["surface"] == CORRECTION.corrected)
    assert river["case_title"] == CORRECTION.corrected
    assert RIVER in river["quote"]
    assert RIVER not in [row["surface"] for row in told]


def test_a_correction_rests_on_the_raw_words() -> None:
    store, _ = built(CORRECTION)
    evidence = named.ask(store, "evidence")
    kind, quote = evidence.columns.index("kind"), evidence.columns.index("quote")
    assert [row[quote] for row in evidence.rows if row[kind] == "correction"] == [RIVER]


@pytest.mark.parametrize("words", [RIVER, CORRECTION.corrected])
def test_a_decision_by_raw_or_by_corrected_words_holds(tmp_path: Path, words: str) -> None:
    plain, _ = built()
    meeting = plain.select("SELECT ?meeting { ?meeting a cc:Meeting }").rows[0][0]
    judged = Judgement("related", "case", End(meeting, words), End(meeting, SCREEN), "林小河", "2024-03-05")
    append(tmp_path / "j.jsonl", judged)
    _, found = built(CORRECTION, judgements=tmp_path / "j.jsonl")
    assert "orphaned-judgement" not in found
    _, found = built(judgements=tmp_path / "j.jsonl")
    assert ("orphaned-judgement" in found) == (words != RIVER)
