"""What becomes of a case, in invented rulings."""

from __future__ import annotations

import pytest

from loaders.folding import fold, fold_words
from loaders.outcomes import decide, find_escalations
from loaders.wording import Wording
from ontology.records import Section


@pytest.mark.parametrize(
    ("words", "section", "outcome", "routine"),
    [
        ("本案持續列管。", "continuing", "tracked", False),
        ("請於年底前完成。", "continuing", "tracked", False),
        ("請研議可行性。", "new-proposal", "proposed", False),
        ("本案同意成案。", "new-proposal", "accepted", False),
        ("列入小組追蹤列管。", "extempore", "accepted", False),
        ("列為例行合作案件。", "continuing", "routine", True),
        ("後續列為例行合作，請於副市長層級會議提請解除列管。", "continuing", "delist-requested", True),
        ("改為常態性合作，本案解除列管。", "continuing", "delisted", True),
        ("同意提報府級會議後解除列管。", "continuing", "delist-requested", False),
        ("依前次會議決議解列。", "continuing", "delisted", False),
        ("本案暫不解除列管。", "continuing", "tracked", False),
        ("俟完工驗收後再提請解除列管。", "continuing", "tracked", False),
        ("俟列為例行性合作後，再提請解除列管。", "new-proposal", "accepted", False),
        ("待兩局確認後解除列管。", "continuing", "tracked", False),
    ],
)
def test_outcome(words: str, section: Section, outcome: str, routine: bool) -> None:
    assert decide(fold_words(words), section)[:2] == (outcome, routine)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("請於本次市長層級會議提請解除列管。", [("市長層級會議", "delist")]),
        ("提請副首長層級會議同意。", [("副市長層級會議", "approve")]),
        ("將成果提報下半年度副市長層級會議。", [("副市長層級會議", "report")]),
        (
            "109年5月6日市長層級會議裁示事項「步道」一案，請於副市長層級會議提請解列。",
            [("副市長層級會議", "delist"), ("市長層級會議", "origin")],
        ),
        ("因應明年市長層級會議召開，請提新案。", []),
        ("提報府級會議後解除列管。", [("府層級會議", "delist")]),
    ],
)
def test_escalations(words: str, expected: list[tuple[str, str]]) -> None:
    assert [(e.level, e.purpose) for e in find_escalations(fold(words).compact(), Wording(words))] == expected
