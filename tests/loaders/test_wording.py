"""The words to read, and their way back to the raw source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loaders.wording import Wording
from ontology.records import Passage


def test_words_that_were_taken_out_belong_to_whatever_spans_them() -> None:
    wording = Wording("請某某局回復", [(Passage(1, 3, "某某"), "")])
    assert wording.text == "請局回復"
    assert [wording.passage(*run).quote for run in ((0, 1), (1, 2), (0, 2))] == ["請", "局", "請某某局"]


def test_words_put_in_stand_for_the_whole_run() -> None:
    wording = Wording("請局回復", [(Passage(1, 2, "局"), "教育局")])
    assert wording.text == "請教育局回復"
    assert [wording.passage(*run).quote for run in ((1, 2), (2, 4), (0, 2), (3, 5))] == ["局", "局", "請局", "局回"]


def test_without_corrections_the_source_is_read() -> None:
    raw = "請某局回復"
    assert Wording(raw).text is raw
    assert Wording(raw).passage(1, 3) == Passage(1, 3, "某局")


@st.composite
def corrected(draw: st.DrawFn) -> tuple[str, list[tuple[Passage, str]]]:
    raw = draw(st.text(alphabet="甲乙丙丁", min_size=1, max_size=20))
    ends = sorted(draw(st.sets(st.integers(0, len(raw)), max_size=6)))
    runs = list(zip(ends[::2], ends[1::2], strict=False))
    return raw, [(Passage(start, end, raw[start:end]), draw(st.text(alphabet="子丑寅", max_size=4))) for start, end in runs]


@given(corrected())
def test_each_character_stands_for_itself_or_for_its_run(case: tuple[str, list[tuple[Passage, str]]]) -> None:
    """Against the plainest way to say it: a list of every character with its raw place."""
    raw, replaced = case
    runs = {passage.start: (passage, words) for passage, words in replaced}
    expected: list[tuple[str, int, int]] = []
    place = 0
    while place < len(raw):
        if place in runs:
            passage, words = runs[place]
            expected += [(character, passage.start, passage.end) for character in words]
            place = passage.end
        else:
            expected.append((raw[place], place, place + 1))
            place += 1
    wording = Wording(raw, replaced)
    assert wording.text == "".join(character for character, _, _ in expected)
    for first in range(len(expected)):
        for last in range(first, len(expected)):
            start, end = expected[first][1], expected[last][2]
            assert wording.passage(first, last + 1) == Passage(start, end, raw[start:end])
