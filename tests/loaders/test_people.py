"""Names and offices as minutes write them."""

from __future__ import annotations

import pytest

from loaders.folding import fold
from loaders.people import divide


@pytest.mark.parametrize(
    ("words", "name", "office"),
    [
        ("林副局長大同", "林大同", "副局長"),
        ("王小明參議代理主任秘書", "王小明", "參議代理主任秘書"),
        ("主任委員王小明", "王小明", "主任委員"),
        ("歐陽主任秘書一平", "歐陽一平", "主任秘書"),
        ("王 小 明", "王小明", ""),
        ("王小明", "王小明", ""),
        ("高.比令處長", "高.比令", "處長"),
    ],
)
def test_name_and_office(words: str, name: str, office: str) -> None:
    divided = divide(fold(words))
    assert divided is not None
    assert (divided[0].text, divided[1].text) == (name, office)


@pytest.mark.parametrize("words", ["如簽到表所列之人員名冊", "", "局長"])
def test_no_name_is_made_up(words: str) -> None:
    assert divide(fold(words)) is None
