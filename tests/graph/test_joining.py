"""Which cases of several groups are one: never by the title alone, and never against a stated difference or a group's own list."""

from __future__ import annotations

import dataclasses

import pytest

from graph import named
from graph.store import Store
from ontology.records import Body
from tests.graph.invented import NEW, TAIPEI, Item, Sitting, case_titles, load, reading

LIGHTS = "河岸自行車道夜間照明改善"
LEVEL = "副市長層級會議"
PARKS = ("新北市水利局", Body("新北市政府/水利局"))
GOVERNMENT = ("新北市政府", Body("新北市政府"))


def build(*sittings: Sitting) -> Store:
    store = Store.open(":memory:")
    load(store, *(reading(f"{at}.txt", sitting) for at, sitting in enumerate(sittings)))
    return store


def pair(date: str, title: str = LIGHTS, *, passed: str = "", involved: tuple[str, Body] | None = None, group: str = LEVEL) -> Store:
    """A case of January 2020 of one group, and one of another group on a date."""
    named_body = (involved,) if involved else ()
    return build(
        Sitting("2020-1", "2020-01-10", (Item(LIGHTS, level=passed, involved=named_body),)),
        Sitting("2029-1", date, (Item(title, involved=named_body),), group=group),
    )


@pytest.mark.parametrize(
    ("store", "reason"),
    [
        (pair("2025-06-01", passed=LEVEL), "escalated"),
        (pair("2025-06-01", involved=PARKS, group="交通組"), "same-bureau"),
        (pair("2020-07-01", group="交通組"), "near-in-time"),
    ],
    ids=["escalated", "same-bureau", "near-in-time"],
)
def test_something_else_than_the_title_must_speak_for_it(store: Store, reason: str) -> None:
    with store:
        assert case_titles(store) == [[LIGHTS, LIGHTS]]
        reasons = store.select("SELECT ?reason { ?step a cc:Step ; cc:reason ?reason }").rows
        assert set(reasons) == {("title",), (reason,)}


@pytest.mark.parametrize("involved", [None, GOVERNMENT], ids=["nothing", "the same government"])
def test_the_title_alone_is_put_before_a_person(involved: tuple[str, Body] | None) -> None:
    with pair("2025-06-01", involved=involved, group="交通組") as store:
        assert case_titles(store) == [[LIGHTS], [LIGHTS]]
        assert store.select("SELECT ?reason { ?c a cc:Candidate ; cc:kind 'case' ; cc:reason ?reason }").rows == (("title",),)


def test_a_stated_difference_is_never_overruled() -> None:
    with pair("2020-02-01", f"2031{LIGHTS}", passed=LEVEL) as store:
        assert len(case_titles(store)) == 1
    with build(
        Sitting("2020-1", "2020-01-10", (Item(f"2030{LIGHTS}", level=LEVEL),)),
        Sitting("2020-1", "2020-02-10", (Item(f"2031{LIGHTS}"),), group=LEVEL),
    ) as store:
        assert len(case_titles(store)) == 2


def test_two_cases_of_one_group_stay_two_though_another_s_is_like_both() -> None:
    planting = "河岸自行車道夜間照明改善植栽"
    with build(
        Sitting("2020-1", "2020-01-10", (Item(LIGHTS), Item(planting))),
        Sitting("2020-1", "2020-02-10", (Item(LIGHTS),), group=LEVEL),
    ) as store:
        assert case_titles(store) == sorted([[LIGHTS, LIGHTS], [planting]])


def test_a_life_goes_up_and_comes_back_and_is_told_whole() -> None:
    with build(
        Sitting("2020-1", "2020-01-10", (Item(LIGHTS, "提請解除列管。", "delist-requested", level=LEVEL),), NEW),
        Sitting("2020-1", "2020-02-10", (Item(LIGHTS, "解除列管。", "delisted"),), TAIPEI, group=LEVEL),
        Sitting("2020-2", "2020-04-10", (Item(LIGHTS, "感謝各單位。", "reported"),), NEW),
    ) as store:
        (case,) = named.ask(store, "cases").records()
        assert (case["events"], case["outcome"], case["first"], case["last"]) == ("3", "reported", "2020-01-10", "2020-04-10")
        steps = [row["to_event"].split("/event/")[0].split("/id/meeting/")[1] for row in named.ask(store, "lineage").records()]
        assert sorted(steps) == [f"雙北/{LEVEL}/2020-1", "雙北/河川公園組/2020-2"]
        groups = store.select("SELECT DISTINCT ?name { ?case a cc:Case ; cc:group/skos:prefLabel ?name } ORDER BY ?name").rows
        assert groups == ((LEVEL,), ("河川公園組",))


def test_the_meetings_of_a_level_are_one_series_though_they_name_no_group() -> None:
    """Two meetings of the deputy mayors a year apart speak of one case, as two of a group would."""
    found = reading(
        "level.txt",
        Sitting("2020-1", "2020-01-10", (Item(LIGHTS, "同意成案。", "accepted"),), group=LEVEL),
        Sitting("2021-1", "2021-06-10", (Item(LIGHTS, "解除列管。", "delisted"),), group=LEVEL),
    )
    bare = tuple(dataclasses.replace(held, meeting=dataclasses.replace(held.meeting, group="")) for held in found.minutes)
    with Store.open(":memory:") as store:
        load(store, dataclasses.replace(found, minutes=bare))
        assert case_titles(store) == [[LIGHTS, LIGHTS]]
        assert store.select("SELECT ?g { ?case a cc:Case ; cc:group ?g }").rows == ()
