"""A part of a store is what a build of its meetings' minutes alone would have made, and holds what people decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import excerpt
from graph.decisions import End, Judgement, Verdict, append
from graph.platform_work import PlatformWork
from graph.store import Store
from ontology import terms
from ontology.iris import Iris
from ontology.records import Minutes, Reading
from tests.graph.invented import Sitting, case_titles, load, reading
from tests.graph.test_any_order import SITTINGS

BLOCKS = ("雙北", "桃竹苗", "")
RIVERS = Iris().group("", "河川公園組")  # of minutes that name no platform


def sitting(at: int, platform: str) -> Sitting:
    return replace(SITTINGS[at], platform=platform)


def alone(files: list[Reading], wanted: Callable[[Minutes], bool]) -> Store:
    """A store built of nothing but some meetings of the files."""
    kept = [replace(file, minutes=tuple(filter(wanted, file.minutes))) for file in files]
    store = Store.open(":memory:")
    load(store, *(file for file in kept if file.minutes))
    return store


def stated(store: Store) -> list[str]:
    """All quads but what builds note of themselves."""
    return [line for line in store.nquads(without=(store.iris.run,)) if f" <{terms.INPUTS_DIGEST}> " not in line]


texts = st.lists(st.tuples(st.integers(0, len(SITTINGS) - 1), st.sampled_from(BLOCKS)), min_size=1, max_size=3, unique=True)


@settings(max_examples=25, deadline=None)
@given(st.lists(texts, min_size=1, max_size=4, unique_by=str), st.sampled_from(("2030-04-01", "2030-07-30", "2031-02-01")))
def test_it_is_a_build_of_its_meetings_alone(told: list[list[tuple[int, str]]], day: str) -> None:
    """A file may hold meetings of several platforms, and a meeting may stand in several files."""
    files = [reading(f"{at}.txt", *(sitting(*each) for each in meetings)) for at, meetings in enumerate(told)]
    with Store.open(":memory:") as store:
        load(store, *files)
        for block in {minutes.meeting.platform for file in files for minutes in file.minutes} - {""}:
            of_it = alone(files, lambda held, block=block: held.meeting.platform == block)
            assert stated(excerpt.of_block(store, block)) == stated(of_it)
        if any(minutes.meeting.date <= day for file in files for minutes in file.minutes):
            assert stated(excerpt.until(store, day)) == stated(alone(files, lambda held: held.meeting.date <= day))


def test_any_store_copies_graphs_as_the_embedded_one_does() -> None:
    with Store.open(":memory:") as store:
        load(store, reading("a.txt", sitting(0, "雙北")), reading("b.txt", sitting(1, "桃竹苗")))
        graphs = [graph for graph in store.graphs() if "/doc/" in graph]
        assert len(graphs) == 2
        for chosen in (graphs, graphs[:1], [*graphs[1:], "https://example.org/none"]):
            kept = [line for line in store.nquads() if any(line.endswith(f" <{graph}> .") for graph in chosen)]
            assert store.copy(chosen).nquads() == Store.copy(store, chosen).nquads() == kept


def test_a_group_that_names_no_platform_is_one_by_itself() -> None:
    files = [reading("a.txt", sitting(0, ""), sitting(1, "")), reading("b.txt", sitting(8, "")), reading("c.txt", sitting(0, "雙北"))]
    with Store.open(":memory:") as store:
        load(store, *files)
        groups = [
            row[0]
            for row in store.select("SELECT DISTINCT ?g { ?m a cc:Meeting ; cc:group ?g FILTER NOT EXISTS { ?m cc:platform ?p } }").rows
        ]
        assert len(groups) == 2
        for group in groups:
            of_it = alone(files, lambda held, group=group: not held.meeting.platform and group.endswith(f"/{held.meeting.group}"))
            assert stated(excerpt.of_block(store, group)) == stated(of_it)


def test_what_the_store_has_worked_out_is_not_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(":memory:") as store:
        load(store, *(reading(f"{at}.txt", sitting(at, "雙北")) for at in range(6)), reading("o.txt", sitting(0, "桃竹苗")))
        worked: list[object] = []
        monkeypatch.setattr("graph.series.identity_digest", lambda: "another version's")  # whose rules the store was not built by
        monkeypatch.setattr(PlatformWork, "restated", lambda *told: worked.append(told) or iter(()))
        for part in (excerpt.of_block(store, "雙北"), excerpt.of_block(store, "桃竹苗"), excerpt.until(store, "2040-01-01")):
            assert len(case_titles(part)) > 1
        assert worked == []
        excerpt.until(store, "2030-05-01")
        assert len(worked) == 1, "雙北 is cut, 桃竹苗 is not"


@pytest.mark.parametrize(
    ("verdict", "one", "other"),
    [
        ("same", "水門巡檢聯合演練", "河岸自行車道照明改善"),
        ("not-same", "河岸自行車道照明改善", "改善河岸自行車道夜間照明"),
        ("merges-into", "水門巡檢聯合演練", "河岸自行車道照明改善"),
    ],
)
@pytest.mark.parametrize("reverted", [False, True])
def test_what_people_decided_holds_in_it(verdict: Verdict, one: str, other: str, reverted: bool, tmp_path: Path) -> None:
    held = [sitting(at, "雙北") for at in (0, 1, 4)]
    files = [reading(f"{at}.txt", one) for at, one in enumerate(held)]
    later = reading("later.txt", replace(sitting(5, "雙北"), key="2035-1", date="2035-01-10"))
    iris, file = Iris(), tmp_path / "judgements.jsonl"

    def end(words: str) -> End:
        holding = next(one for one in held if any(item.title == words for item in one.items))
        return End(iris.meeting("雙北", holding.group, holding.key), words)

    append(file, Judgement(verdict, "case", end(one), end(other), "林一", "2031-01-01", "看過附件"))
    if reverted:
        append(file, Judgement("unsure", "case", end(one), end(other), "林一", "2031-01-02", "附件不全"))
    undecided, decided, store = (Store.open(":memory:") for _ in range(3))
    load(undecided, *files)
    load(decided, *files, judgements=file)
    decided.replace(iris.judgements, ())
    assert (stated(decided) == stated(undecided)) is reverted, "the decision must change something, unless it was taken back"
    load(store, *files, judgements=file)
    assert stated(excerpt.of_block(store, "雙北")) == stated(decided), "taken over"
    load(store, later, judgements=file)
    assert stated(excerpt.until(store, "2034-12-31")) == stated(decided), "worked out anew"
