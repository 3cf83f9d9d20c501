"""What later minutes say of what was asked: reported only with the words, and never more than they say."""

import pytest

from graph.store import Store
from ontology.records import Outcome, Section
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


@pytest.mark.parametrize(
    "ruling", ["反光標誌牌已陸續設置，本案持續列管。", "反光標誌牌部分完成。", "反光標誌牌已設置三十面，其餘施作中。", "反光標誌牌施作中。"]
)
def test_what_has_begun_is_reported_in_part(ruling: str) -> None:
    assert states(SIGNS, Item(CASE, ruling)) == [("partly", "2", ruling)]


def test_a_later_full_report_counts_more_than_an_earlier_part() -> None:
    assert states(SIGNS, Item(CASE, "反光標誌牌施作中。"), Item(CASE, DONE)) == [("reported", "3", DONE)]


@pytest.mark.parametrize(
    ("again", "state"),
    [
        ("請新北市於年底前設置反光標誌牌", "superseded"),
        ("請新北市設置停車格線", "unreported"),
        ("請新北市繼續辦理", "unreported"),  # what any ruling says
    ],
)
def test_what_is_asked_anew_supersedes(again: str, state: str) -> None:
    ruling = f"{again}，本案持續列管。"
    told = ("2", ruling) if state == "superseded" else ("", "")
    found = states(SIGNS, Item(CASE, ruling, asks=(Ask(again, due="2020-12"),)))
    assert sorted(found) == sorted([("not-yet-due", "", ""), (state, *told)])


@pytest.mark.parametrize(
    ("ruling", "state"),
    [
        ("至於防汛牆彩繪場地一節，感謝新北市協助，本案持續列管。", "reported"),
        ("至於龍舟彩繪一節，感謝新北市協助，本案持續列管。", "undated"),  # less than half of the topic
    ],
)
def test_a_topic_that_stands_before_the_action_is_answered_by_its_own_words(ruling: str, state: str) -> None:
    words = "請水利單位會後瞭解並協助"
    first = Sitting("2020-1", "2020-01-10", (Item(CASE, f"本案持續列管；至於防汛牆彩繪場地一節，{words}。", asks=(Ask(words),)),))
    with Store.open(":memory:") as store:
        load(store, reading("minutes.txt", first, Sitting("2020-2", "2020-02-10", (Item(CASE, ruling),))))
        assert store.select("SELECT ?state { ?d cc:state ?state }").rows == ((state,),)


@pytest.mark.parametrize(
    ("ask", "ruling", "outcome", "state"),
    [
        ("於下次會議改為常態性合作，提請解除列管", "列為常態性合作，請提請解除列管。", "delist-requested", "reported"),
        ("於下次會議改為常態性合作，提請解除列管", "列為例行合作。", "routine", "partly"),
        ("於下次會議提請解除列管", "本案持續列管。", "tracked", "unreported"),
    ],
)
def test_what_becomes_of_the_list_answers_what_was_asked_of_it(ask: str, ruling: str, outcome: Outcome, state: str) -> None:
    assert states(Ask(ask, due="next-meeting"), Item(CASE, ruling, outcome))[0][0] == state


@pytest.mark.parametrize(
    ("ask", "section", "state"),
    [
        ("請於下次會議提出可合作的議題", "new-proposal", "reported"),
        ("請於下次會議提出可合作的議題", "continuing", "unreported"),
        ("請於下次會議邀請文化局研提合作方案", "new-proposal", "unreported"),  # nobody says that it came
    ],
)
def test_a_call_for_proposals_is_answered_by_proposals(ask: str, section: Section, state: str) -> None:
    assert states(Ask(ask, due="next-meeting"), Item("水門巡檢演練", "本案同意成案。", "accepted", section))[0][0] == state


@pytest.mark.parametrize(("title", "state"), [("副市長層級會議", "unreported"), ("市長層級會議", "elsewhere")])
def test_a_level_is_elsewhere_only_while_its_minutes_are_not_loaded(title: str, state: str) -> None:
    first = Sitting("2020-1", "2020-01-10", (Item(CASE, asks=(Ask("請提報副市長層級會議", due="副市長層級會議"),)),))
    with Store.open(":memory:") as store:
        load(store, reading("minutes.txt", first, Sitting("2020-2", "2020-03-10", (Item("水門巡檢演練"),), group=title)))
        assert store.select("SELECT ?state { ?d cc:state ?state }").rows == ((state,),)
