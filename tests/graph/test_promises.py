"""What later minutes say of what was asked: reported only with the words, and never more than they say."""

import pytest

from graph.store import Store
from tests.graph.invented import Ask, Item, Sitting, load, reading

CASE = "河岸自行車道照明改善"


def states(ask: Ask, *later: Item, group: str = "河川公園組") -> list[tuple[str, ...]]:
    first = Sitting("2020-1", "2020-01-10", (Item(CASE, asks=(ask,)), Item("水門巡檢演練")))
    after = tuple(Sitting(f"2020-{at}", f"2020-0{at}-10", (item,), group=group) for at, item in enumerate(later, 2))
    with Store.open(":memory:") as store:
        load(store, reading("minutes.txt", first, *after))
        return list(
            store.select(
                "SELECT ?state ?ordinal ?quote { ?d a cc:Directive ; cc:state ?state . OPTIONAL { ?d cc:reportedAt/cc:ordinal ?ordinal }"
                " OPTIONAL { ?d cc:reportEvidence/oa:hasSelector/oa:exact ?quote } }"
            ).rows
        )


SIGNS = Ask("請新北市設置反光標誌牌", due="next-meeting")
DONE = "反光標誌牌已設置五十面，本案持續列管。"


def test_a_report_is_shown_with_its_words() -> None:
    assert states(SIGNS, Item(CASE), Item(CASE, DONE)) == [("reported", "3", DONE)]


@pytest.mark.parametrize(
    "ruling",
    [
        "請儘速設置反光標誌牌，本案持續列管。",  # asked again
        "俟反光標誌牌設置完成後再議。",  # to come
        "反光標誌牌尚未完成。",  # not done
        "路燈已更新，本案持續列管。",  # something else done
        "自行車道照明改善已完成。",  # the case's own title, not what was asked
        "本案已於上次會議報告，持續列管。",  # what any ruling says
    ],
)
def test_other_words_report_nothing(ruling: str) -> None:
    assert states(SIGNS, Item(CASE, ruling)) == [("unreported", "", "")]


def test_another_case_reports_nothing() -> None:
    assert states(SIGNS, Item("水門巡檢演練", DONE)) == [("unreported", "", "")]


@pytest.mark.parametrize(
    ("due", "later", "state"),
    [
        ("next-meeting", 0, "not-yet-due"),
        ("next-meeting", 1, "unreported"),
        ("2020-02", 2, "unreported"),  # March is loaded
        ("2020-02", 1, "not-yet-due"),  # February isn't over
        ("2020-02-09", 1, "unreported"),
        ("2021", 3, "not-yet-due"),
        ("year-end", 3, "not-yet-due"),
        ("副市長層級會議", 3, "elsewhere"),
        ("", 3, "undated"),
    ],
)
def test_silence_is_told_by_what_is_loaded(due: str, later: int, state: str) -> None:
    items = tuple(Item(CASE) for _ in range(later))
    assert states(Ask("請新北市設置反光標誌牌", due=due), *items) == [(state, "", "")]


def test_meetings_of_another_group_make_nothing_due() -> None:
    assert states(SIGNS, Item("捷運站動線"), group="交通組") == [("not-yet-due", "", "")]
