"""A title that nothing marks as one: the first clause of an item, where the rest rules on it."""

import pytest

from loaders.cases import find_cases
from loaders.folding import fold
from ontology.records import Section

RULED = "規劃辦理河岸淨灘人力共用，列為例行性業務，擬於副市長層級會議提請解除列管。"
ASKED = "規劃辦理河岸淨灘人力共用，請於下次會議說明。"


@pytest.mark.parametrize(
    ("words", "section", "titles"),
    [
        (RULED, "other", ["規劃辦理河岸淨灘人力共用"]),
        (RULED, "continuing", ["規劃辦理河岸淨灘人力共用"]),
        (RULED, "report", []),
        (ASKED, "continuing", ["規劃辦理河岸淨灘人力共用"]),
        (ASKED, "other", []),
        ("感謝各局配合，本案持續列管。", "other", []),
        ("請兩局研議，本案持續列管。", "other", []),
        ("本案持續列管，請於下次會議說明。", "other", []),
    ],
)
def test_where_nothing_says_that_cases_follow_the_ruling_must(words: str, section: Section, titles: list[str]) -> None:
    text = fold(words)
    assert [text.text[named.start : named.end] for named in find_cases(text, section)] == titles
