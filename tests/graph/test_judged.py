"""What people decided holds over the rules, through a third, over rebuilds in any order, and is told as theirs."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import named
from graph.build import Decisions, Source, build_documents
from graph.decisions import End, Judgement, Kind, Verdict, append
from graph.judged import Judged
from graph.store import Store
from ontology.records import Document, Passage, Reading
from tests.graph.invented import NEW, TAIPEI, Item, Sitting, case_titles, load, reading

LIGHTS, ALSO_LIGHTS = "河岸自行車道照明改善", "改善河岸自行車道夜間照明"
GATES = "水門巡檢聯合演練"
LEVEL = "副市長層級會議"
RIVER = (
    Sitting("2030-1", "2030-01-10", (Item(LIGHTS), Item(GATES)), NEW, ("王大同", "科長")),
    Sitting("2030-2", "2030-04-10", (Item(ALSO_LIGHTS), Item(GATES)), TAIPEI, ("王大同", "局長")),
    Sitting("2030-3", "2030-07-10", (Item(LIGHTS),), NEW, ("王大同", "科長")),
)
ABOVE = Sitting("2030-1", "2030-05-01", (Item(LIGHTS, "解除列管。", "delisted"),), NEW, group=LEVEL)
MEETINGS = {"1": RIVER[0], "2": RIVER[1], "3": RIVER[2], "above": ABOVE}


def end(key: str, quote: str) -> End:
    group = LEVEL if key == "above" else "河川公園組"
    number = "2030-1" if key == "above" else f"2030-{key}"
    return End(f"https://w3id.org/crosscity/id/meeting/雙北/{group}/{number}", quote)


def judge(file: Path, verdict: Verdict, one: tuple[str, str], other: tuple[str, str], kind: Kind = "case") -> None:
    append(file, Judgement(verdict, kind, end(*one), end(*other), "林一", "2031-01-01", "看過附件"))


def build(store: Store, judgements: Path, *keys: str) -> list[str]:
    """Build meetings of these keys, each a file; the codes of all findings."""
    return [found.code for found in load(store, *(reading(f"{key}.txt", MEETINGS[key]) for key in keys), judgements=judgements).findings]


@pytest.fixture
def judgements(tmp_path: Path) -> Path:
    file = tmp_path / "judgements.jsonl"
    file.touch()
    return file


@pytest.fixture
def store() -> Store:
    return Store.open(":memory:")


def cases(store: Store) -> list[list[str]]:
    return case_titles(store)


def test_the_same_is_one_case_whatever_the_titles(store: Store, judgements: Path) -> None:
    judge(judgements, "same", ("1", GATES), ("3", LIGHTS))
    assert build(store, judgements, "1", "3") == []
    assert cases(store) == sorted([[GATES, LIGHTS], [LIGHTS]])
    assert [row["basis"] for row in named.ask(store, "lineage").records()] == ["judged"]


def test_not_the_same_splits_what_the_rules_merge(store: Store, judgements: Path) -> None:
    build(store, judgements, "1", "2")
    assert cases(store) == sorted([[GATES, GATES], [LIGHTS, ALSO_LIGHTS]])
    judge(judgements, "not-same", ("1", LIGHTS), ("2", ALSO_LIGHTS))
    build(store, judgements)
    assert cases(store) == sorted([[ALSO_LIGHTS], [GATES, GATES], [LIGHTS]])
    assert not store.select("SELECT ?c { ?c a cc:Candidate }").rows


def test_not_the_same_blocks_a_merge_even_through_a_third(store: Store, judgements: Path) -> None:
    """The second is like both the first and the third; the first and the third have one title, and are not one."""
    judge(judgements, "not-same", ("1", LIGHTS), ("3", LIGHTS))
    build(store, judgements, "1", "2", "3")
    assert cases(store) == sorted([[GATES, GATES], [LIGHTS, ALSO_LIGHTS], [LIGHTS]])


def test_and_through_another_group(store: Store, judgements: Path) -> None:
    build(store, judgements, "1", "3", "above")
    assert cases(store) == sorted([[GATES], [LIGHTS, LIGHTS, LIGHTS]])
    judge(judgements, "not-same", ("above", LIGHTS), ("3", LIGHTS))
    build(store, judgements)
    assert sorted(map(len, cases(store))) == [1, 1, 2]


def test_what_is_one_with_that_which_is_not_the_same_is_not_the_same() -> None:
    judged = Judged([("a", "b"), ("b", "c")], [("c", "d")])
    assert judged.apart_from("a") == frozenset({"d"})
    assert judged.apart_from("d") == frozenset({"a", "b", "c"})


def test_decisions_that_contradict_each_other_are_told_and_the_careful_one_holds(store: Store, judgements: Path) -> None:
    judge(judgements, "not-same", ("1", LIGHTS), ("2", ALSO_LIGHTS))
    judge(judgements, "same", ("1", LIGHTS), ("3", LIGHTS))
    judge(judgements, "same", ("2", ALSO_LIGHTS), ("3", LIGHTS))
    assert build(store, judgements, "1", "2", "3") == ["conflicting-judgement"]
    assert cases(store) == sorted([[ALSO_LIGHTS], [GATES, GATES], [LIGHTS, LIGHTS]])


def test_a_judged_relation_stands_in_the_lineage(store: Store, judgements: Path) -> None:
    judge(judgements, "splits-from", ("2", GATES), ("1", LIGHTS))
    build(store, judgements, "1", "2")
    (step,) = [row for row in named.ask(store, "lineage").records() if row["relation"] != "continues"]
    assert (step["relation"], step["basis"]) == ("splits-from", "judged")
    assert ("2030-1/event" in step["from_event"], "2030-2/event" in step["to_event"]) == (True, True)


def people(store: Store) -> list[int]:
    return sorted(int(row[1]) for row in store.select("SELECT ?p (COUNT(?q) AS ?n) { ?q cc:person ?p } GROUP BY ?p").rows)


def test_people_are_told_apart_and_united_as_decided(store: Store, judgements: Path) -> None:
    build(store, judgements, "1", "2", "3")
    assert people(store) == [1, 2]  # 王大同 of 新北 twice, 王大同 of 臺北 once
    judge(judgements, "not-same", ("1", "王大同"), ("3", "王大同"), "person")
    build(store, judgements)
    assert people(store) == [1, 1, 1]
    judge(judgements, "same", ("1", "王大同"), ("2", "王大同"), "person")
    build(store, judgements)
    assert people(store) == [1, 2]


def test_who_decided_what_when_and_why_is_stated(store: Store, judgements: Path) -> None:
    judge(judgements, "not-same", ("1", LIGHTS), ("2", ALSO_LIGHTS))
    build(store, judgements, "1", "2")
    rows = store.select(
        "SELECT ?by ?on ?why ?f ?s { ?j a cc:Judgement ; cc:judgedBy ?by ; cc:judgedOn ?on ; cc:why ?why ; cc:first ?f ; cc:second ?s }"
    )
    assert [row[:3] for row in rows.rows] == [("林一", "2031-01-01", "看過附件")]
    assert all("/event/" in iri for iri in rows.rows[0][3:])


def test_one_that_finds_no_target_is_told_and_kept_and_holds_when_it_does(store: Store, judgements: Path) -> None:
    judge(judgements, "not-same", ("1", LIGHTS), ("2", ALSO_LIGHTS))
    assert build(store, judgements, "1") == ["orphaned-judgement"]
    assert len(store.select("SELECT ?j { ?j a cc:Judgement }").rows) == 1
    assert build(store, judgements, "2") == []
    assert cases(store) == sorted([[ALSO_LIGHTS], [GATES, GATES], [LIGHTS]])


def test_it_survives_other_line_breaks_and_another_file(store: Store, judgements: Path) -> None:
    judge(judgements, "not-same", ("1", LIGHTS), ("2", ALSO_LIGHTS))
    found = reading("moved.txt", RIVER[0])
    text = found.document.text.replace("\n", "\n\n").replace(LIGHTS, f"{LIGHTS[:5]}\n{LIGHTS[5:]}")
    (minutes,) = found.minutes
    wrapped = f"{LIGHTS[:5]}\n{LIGHTS[5:]}"
    lights = dataclasses.replace(minutes.events[0], surface=Passage(0, len(wrapped), wrapped))
    moved = _moved((dataclasses.replace(minutes, events=(lights, *minutes.events[1:])),), text)
    assert isinstance(moved, tuple)
    again = Reading(Document("moved.txt", text, "f" * 64), moved, ())
    source = Source("/elsewhere/moved.txt", again.document)
    build_documents([source], store, iris=store.iris, read=lambda *_: again, decisions=Decisions(judgements))
    build(store, judgements, "2")
    assert cases(store) == sorted([[ALSO_LIGHTS], [GATES, GATES], [LIGHTS]])


def _moved(value: object, text: str) -> object:
    """The same records, each passage where its words stand in another text."""
    if isinstance(value, Passage):
        start = max(text.find(value.quote), 0)
        return Passage(start, start + len(value.quote), text[start : start + len(value.quote)])
    if isinstance(value, tuple):
        return tuple(_moved(part, text) for part in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value, **{part.name: _moved(getattr(value, part.name), text) for part in dataclasses.fields(value)})
    return value


PLACES = [(key, item.title) for key, sitting in MEETINGS.items() for item in sitting.items]
DECISIONS = st.tuples(st.sampled_from(["same", "not-same", "unsure", "related"]), st.sampled_from(PLACES), st.sampled_from(PLACES))


@settings(max_examples=25, deadline=None)
@given(decisions=st.lists(DECISIONS, max_size=5), order=st.permutations(list(MEETINGS)), at=st.integers(0, 5))
def test_decisions_made_in_between_end_as_if_made_before(decisions, order, at, tmp_path_factory) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path_factory.mktemp("judged") / "judgements.jsonl"
    file.touch()
    with Store.open(":memory:") as store, Store.open(":memory:") as fresh:
        for number, key in enumerate(order):
            for verdict, one, other in decisions[at:] if number == 2 else decisions[:at] if number == 0 else ():
                judge(file, verdict, one, other)
            build(store, file, key)
        build(fresh, file, *MEETINGS)
        assert store.nquads() == fresh.nquads()
