"""Who is meant: agencies and governments in invented sentences."""

from __future__ import annotations

import pytest

from loaders.folding import fold
from loaders.mentions import UNCLEAR, mentions_by
from loaders.sides import Sides
from loaders.wording import Wording
from ontology import gazetteer

TWO = ("臺北市", "新北市")
AT_NEW_TAIPEI = Sides(TWO, "新北市", (("臺北市", "教育局"), ("新北市", "教育局")))
UNKNOWN_HOST = Sides(TWO, "", (("臺北市", "教育局"), ("新北市", "教育局")))


def find(words: str, sides: Sides, *, title: bool = False) -> list[tuple[str, list[str]]]:
    text = fold(words).compact()
    placed = mentions_by(gazetteer.load()).find(text, Wording(words), sides, ((0, len(text)),) if title else ())
    clear = [p.mention for p in placed if p.mention.rule != UNCLEAR]
    return [(mention.passage.quote, [("~" if body.own else "") + body.path for body in mention.bodies]) for mention in clear]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("請新北市教育局中教科回報", [("新北市教育局中教科", ["新北市政府/教育局/中等教育科"])]),
        ("請台北市教育局體衛科協助", [("台北市教育局體衛科", ["臺北市政府/教育局/體育及衛生保健科"])]),
        ("請本局說明", [("本局", ["新北市政府/教育局"])]),
        ("本府與北市府合辦", [("本府", ["新北市政府"]), ("北市府", ["臺北市政府"])]),
        ("請兩市文化局出席", [("兩市文化局", ["臺北市政府/文化局", "新北市政府/文化局"])]),
        ("由兩局會後洽商", [("兩局", ["臺北市政府/教育局", "新北市政府/教育局"])]),
        ("請本市及臺北市家庭教育中心共辦", [("本市", ["新北市政府/家庭教育中心"]), ("臺北市家庭教育中心", ["臺北市政府/家庭教育中心"])]),
        ("請北市邀集警局與會", [("北市", ["臺北市政府"]), ("警局", ["臺北市政府/警察局"])]),
        ("請新北支援人力", [("新北", ["新北市政府"])]),
        ("爭取中央補助", [("中央", ["中央政府"])]),
        ("請臺南市政府某某局養護科說明", [("臺南市政府某某局養護科", ["臺南市政府/某某局/養護科"])]),
        ("請經濟部某某署及交通部研處", [("經濟部某某署", ["經濟部/某某署"]), ("交通部", ["交通部"])]),
        ("函請臺南市議會備查", [("臺南市議會", ["臺南市議會"])]),
    ],
)
def test_words_resolve_to_bodies(words: str, expected: list[tuple[str, list[str]]]) -> None:
    assert find(words, AT_NEW_TAIPEI) == expected


@pytest.mark.parametrize(
    "words",
    [
        "臺北酷課雲課程",
        "新北OpenID登入",
        "位於中央公園",
        "於臺北市市政大樓集合",
        "警局",
        "教育部分已完成",
        "行動天文館",
        "臺北市信義區及新北市中和區某某里居民",
        "2023雙北合作「教育文化組」第1次",
    ],
)
def test_names_of_things_are_no_bodies(words: str) -> None:
    assert find(words, AT_NEW_TAIPEI) == []


def test_own_side_stays_relative_while_the_host_is_unknown() -> None:
    assert find("請本局資教科說明", UNKNOWN_HOST) == [("本局資教科", ["~教育局/資教科"])]
    assert find("本市學校", UNKNOWN_HOST) == [("本市", ["~"])]


def test_in_a_title_own_means_the_side_that_proposed() -> None:
    assert find("建議酷課雲開放本市教師備課", AT_NEW_TAIPEI, title=True) == [("本市", ["新北市政府"])]
    assert find("協請新北市支援本市賽事", UNKNOWN_HOST, title=True)[1] == ("本市", ["臺北市政府"])
    assert find("改善本市步道", AT_NEW_TAIPEI, title=True) == []


@pytest.mark.parametrize(
    ("words", "sides", "title", "unclear"),
    [
        ("請警局說明", AT_NEW_TAIPEI, False, "警局"),
        ("請本局說明", Sides(TWO, "新北市"), False, "本局"),
        ("改善本市步道", AT_NEW_TAIPEI, True, "本市"),
    ],
)
def test_what_could_mean_several_bodies_is_told_and_counted_for_none(words: str, sides: Sides, title: bool, unclear: str) -> None:
    text = fold(words).compact()
    (placed,) = mentions_by(gazetteer.load()).find(text, Wording(words), sides, ((0, len(text)),) if title else ())
    assert (placed.mention.passage.quote, placed.mention.bodies, placed.mention.rule) == (unclear, (), UNCLEAR)


def test_a_body_is_not_meant_before_it_was_there() -> None:
    def at(date: str, words: str) -> list[tuple[str, ...]]:
        placed = mentions_by(gazetteer.load()).find(fold(words), Wording(words), Sides(on=date))
        return [tuple(body.path for body in p.mention.bodies) for p in placed]

    assert at("2023-05-01", "請國科會說明") == [("國家科學及技術委員會",)]
    assert at("2014-12-01", "請國科會說明") == [("科技部",)]
    assert at("2001-03-26", "請國科會說明") == [("行政院國家科學委員會",)]
    assert at("2001-03-26", "請國科會某某管理局說明") == [("行政院國家科學委員會/某某管理局",)]
    assert at("2001-03-26", "請數位部說明") == [()]
    assert at("2025-01-02", "請新北市政府體育局說明") == [("新北市政府/體育局",)]
    assert at("2019-01-02", "請新北市政府體育局說明") == [("新北市政府/體育處",)]
    assert at("", "請國科會說明") == [("國家科學及技術委員會",)]
