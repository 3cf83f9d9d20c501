"""Folded text and its way back to the source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loaders.folding import Text, fold, fold_words, join
from loaders.wording import Wording


def test_compatibility_ideographs_and_variants_fold_to_one_form() -> None:
    assert fold_words("\uf98e台㈠１２：") == "年臺(一)12:"


def test_an_expanded_character_maps_back_to_the_one_it_came_from() -> None:
    source = "見㈠案"
    text = fold(source)
    assert text.text == "見(一)案"
    assert text.passage(Wording(source), 1, 4).quote == "㈠"


def test_compact_keeps_one_space_between_latin_words_only() -> None:
    assert fold("新北 Open  ID 登入 第 3 次").compact().text == "新北Open ID登入第3次"


def test_joined_lines_give_a_passage_that_spans_the_break() -> None:
    source = "請某局\n回復。"
    joined = join(line.compact() for line in fold(source).lines())
    assert joined.text == "請某局回復。"
    assert joined.passage(Wording(source)).quote == source


@given(st.text(max_size=60))
def test_offsets_rise_and_stay_in_the_source(source: str) -> None:
    text = fold(source)
    assert list(text.offsets) == sorted(text.offsets)
    assert all(0 <= place < len(source) for place in text.offsets)
    assert len(text.offsets) == len(text.text)


@given(st.text(alphabet="台北市㈠Ａ1 \n\u3000，。（）\uf98e", min_size=1, max_size=40), st.data())
def test_any_run_maps_back_to_its_source_slice(source: str, data: st.DataObject) -> None:
    text = fold(source).compact()
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    passage = text.passage(Wording(source), start, end)
    assert source[passage.start : passage.end] == passage.quote
    run = text.text[start:end].replace(" ", "")
    assert run in fold_words(passage.quote).replace(" ", "") or _expands(text, start, end)


def _expands(text: Text, start: int, end: int) -> bool:
    """Whether a run begins or ends inside a character that folds to several."""
    whole = text.offsets
    return (start > 0 and whole[start - 1] == whole[start]) or (end < len(whole) and whole[end] == whole[end - 1])
