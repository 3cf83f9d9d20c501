"""Hosts inferred from officers, and own-side words resolved below them."""

import dataclasses

import pytest

from graph.hosts import meanings
from graph.store import Store
from ontology import gazetteer
from ontology.records import Body, Mention, Passage, Reading
from tests.graph.invented import NEW, TAIPEI, Ask, Item, Sitting, load, reading

OWN_BUREAU = ("本局", Body("教育局", own=True))


def host_of(store: Store, ordinal: int) -> tuple[tuple[str, ...], ...]:
    stated = f"?m cc:ordinal {ordinal} ; cc:host/cc:path ?path ; cc:hostBasis ?basis"
    return store.select(f"SELECT ?path ?basis ?rule {{ {stated} OPTIONAL {{ ?m cc:hostRule ?rule }} }}").rows


def sitting(ordinal: int, host: str = "", chair: str = "王大同", recorder: str = "李小美", group: str = "河川公園組") -> Sitting:
    return Sitting(f"2020-{ordinal}", f"2020-0{ordinal}-10", (), host, (chair, "科長"), recorder, group=group)


def built(*sittings: Sitting) -> Store:
    store = Store.open(":memory:")
    load(store, reading("minutes.txt", *sittings))
    return store


def test_a_video_meeting_is_hosted_by_the_side_of_its_officers() -> None:
    with built(sitting(1, NEW), sitting(2, TAIPEI, "陳一心", "林二月"), sitting(3)) as store:
        assert host_of(store, 1) == (("新北市政府", "stated", ""),)
        assert host_of(store, 3) == (("新北市政府", "inferred", "officer-at-stated-host"),)


def test_one_known_officer_is_enough() -> None:
    with built(sitting(1, NEW), sitting(3, "", "周三思", "李小美")) as store:
        assert host_of(store, 3) == (("新北市政府", "inferred", "officer-at-stated-host"),)


@pytest.mark.parametrize(
    "others",
    [
        (sitting(1, NEW), sitting(2, TAIPEI, "陳一心", "李小美")),  # the recorder was seen on both sides
        (sitting(1, NEW, "王大同", "周三思"), sitting(2, TAIPEI, "陳一心", "李小美")),  # chair and recorder of two sides
        (sitting(1, NEW, "陳一心", "林二月"),),  # seen nowhere
        (sitting(1, NEW, group="交通組"),),  # seen in another group only
        (),
    ],
)
def test_nothing_is_inferred_where_sightings_disagree_or_lack(others: tuple[Sitting, ...]) -> None:
    with built(*others, sitting(3)) as store:
        assert host_of(store, 3) == ()


def test_an_inferred_host_proves_nothing_further() -> None:
    with built(sitting(1, NEW), sitting(3, "", "王大同", "周三思"), sitting(4, "", "吳四海", "周三思")) as store:
        assert host_of(store, 3)
        assert host_of(store, 4) == ()


def test_own_side_words_mean_bodies_of_the_host() -> None:
    item = Item("河岸照明改善", involved=(OWN_BUREAU,), asks=(Ask("請本府工務局處理", ("本府工務局", Body("工務局", own=True))),))
    inferred = Sitting("2020-3", "2020-03-10", (item,), "", ("王大同", "科長"), "李小美")
    with built(sitting(1, NEW), inferred) as store:
        resolved = store.select("SELECT ?surface ?path { ?m cc:surface ?surface ; cc:refersTo/cc:path ?path } ORDER BY ?surface").rows
        assert resolved == (("本局", "新北市政府/教育局"), ("本府工務局", "新北市政府/工務局"))
        assert store.select("SELECT ?path { ?d cc:assignedTo/cc:path ?path }").rows == (("新北市政府/工務局",),)
        assert store.select("SELECT ?path { ?e a cc:CaseEvent ; cc:involves/cc:path ?path }").rows == (("新北市政府/教育局",),)


def test_own_side_words_stay_unknown_without_a_host() -> None:
    item = Item("河岸照明改善", involved=(OWN_BUREAU,))
    with built(Sitting("2020-3", "2020-03-10", (item,))) as store:
        assert store.select("SELECT * { ?m cc:refersTo ?agency }").rows == ()


def test_own_side_words_of_a_title_are_the_proposer_s() -> None:
    """本市 in a title proposed by 新北市 stays 新北市 when 臺北市 hosts; without a proposer nobody knows."""
    lines = {}
    for proposer in (("新北市政府工務局", Body("新北市政府/工務局")), None):
        text = Sitting("2020-1", "2020-01-10", (Item("開放本市河濱球場", proposer=proposer),), TAIPEI)
        found = reading("minutes.txt", text)
        (minutes,) = found.minutes
        surface = minutes.events[0].surface
        start = surface.start + 2
        lines[proposer] = _with_mention(found, start)
    with Store.open(":memory:") as store:
        load(store, lines["新北市政府工務局", Body("新北市政府/工務局")])
        assert ("本市", "新北市政府") in store.select("SELECT ?surface ?path { ?m cc:surface ?surface ; cc:refersTo/cc:path ?path }").rows
    with Store.open(":memory:") as store:
        load(store, lines[None])
        assert store.select("SELECT * { ?m cc:refersTo ?agency }").rows == ()


def _with_mention(found: Reading, start: int) -> Reading:
    (minutes,) = found.minutes
    mention = Mention(Passage(start, start + 2, "本市"), (Body("", own=True),), "own-city", title=True)
    return dataclasses.replace(found, minutes=(dataclasses.replace(minutes, mentions=(*minutes.mentions, mention)),))


def test_bodies_the_gazetteer_does_not_list_are_read_by_their_ending() -> None:
    words = gazetteer.load()
    assert meanings("臺北市政府", "教育局/某某某科", words) == ("臺北市政府/教育局/某某某科",)
    assert meanings("臺北市政府", "教育局/如何", words) == ()
    assert meanings("某某縣政府", "社會處", words) == ("某某縣政府/社會處",)
