"""Builds of any files in any order, one after another, end in the same facts as one build of all of them."""

from collections import defaultdict
from itertools import combinations
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from graph import named
from graph.store import Store
from ontology.records import Body
from tests.graph.invented import NEW, TAIPEI, Ask, Item, Sitting, load, reading

TITLES = ("河岸自行車道照明改善", "改善河岸自行車道夜間照明", "堤外停車場收費共用", "2030堤外停車場收費共用", "水門巡檢聯合演練")
LEVEL = "副市長層級會議"
ASKED = Ask("請提報副市長層級會議解除列管", due=LEVEL)
OWN, WORKS = ("本局", Body("水利局", own=True)), ("新北市政府工務局", Body("新北市政府/工務局"))
CITY, CENTRE = ("臺北市", Body("臺北市政府")), ("經濟部", Body("經濟部"))
RIVER = tuple(
    Sitting(
        f"203{at // 4}-{at % 4 + 1}",
        f"203{at // 4}-{at % 4 * 3 + 1:02d}-10",
        (
            Item(TITLES[at % 5], involved=(OWN, (CITY, CENTRE, WORKS)[at % 3])),
            Item(TITLES[(at + 2) % 5], level=LEVEL if at % 2 else "", asks=(ASKED,), involved=(WORKS,)),
        ),
        ("", NEW, TAIPEI)[at % 3],
        (("王大同", "科長"), ("陳一心", "科長"))[at % 2],
    )
    for at in range(6)
)
OTHERS = (
    Sitting(
        "2030-1",
        "2030-05-01",
        (Item(TITLES[0], "解除列管。", "delisted", involved=(CITY, WORKS)), Item(TITLES[4])),
        NEW,
        ("王大同", "局長"),
        group=LEVEL,
    ),
    Sitting("2031-1", "2031-05-01", (Item(TITLES[2]), Item(TITLES[1])), TAIPEI, ("陳一心", "科員"), group=LEVEL),
    Sitting("2030-1", "2030-08-01", (Item("人行天橋電梯增設"), Item(TITLES[2])), "", ("王大同", "科長"), group="交通組"),
    Sitting(
        "2030-2",
        "2030-11-01",
        (Item(TITLES[2], proposer=CENTRE, involved=(CITY,)), Item(TITLES[4])),
        TAIPEI,
        ("王大同", "科長"),
        group="交通組",
    ),
)
SITTINGS = (*RIVER, *OTHERS)
KEEPING = ("accepted", "tracked", "routine", "delist-requested")


Whole: TypeAlias = tuple[int, int, str, str, str]


def wholes_stated(store: Store) -> dict[str, Whole]:
    """What each case is stated to add up to: treatments, meetings that kept it, first and last day, the latest outcome."""
    rows = store.select(
        "SELECT ?case ?events ?kept ?first ?last ?outcome { ?case a cc:Case ; cc:eventCount ?events ; cc:meetingsTracked ?kept ;"
        " cc:firstDate ?first ; cc:lastDate ?last ; cc:latestOutcome ?outcome ; cc:latestEvent/eli-dl:decision_outcome ?outcome }"
    ).rows
    return {case: (int(events), int(kept), first, last, outcome) for case, events, kept, first, last, outcome in rows}


def wholes_counted(store: Store) -> dict[str, Whole]:
    """The same, counted from the events."""
    rows = store.select(
        "SELECT DISTINCT ?case ?date ?order ?outcome ?event ?meeting { ?event a cc:CaseEvent ; cc:case ?case ; cc:meeting ?meeting ;"
        " cc:order ?order ; eli-dl:decision_outcome ?outcome . ?meeting eli-dl:activity_date ?date }"
    ).rows
    lives: dict[str, list[tuple[str, int, str, str, str]]] = {}
    for case, date, order, outcome, event, meeting in rows:
        lives.setdefault(case, []).append((date, int(order), outcome, meeting, event))
    return {case: _whole(sorted(events)) for case, events in lives.items()}


def _whole(events: list[tuple[str, int, str, str, str]]) -> Whole:
    kept = {meeting for _, _, outcome, meeting, _ in events if outcome.rpartition("/")[2] in KEEPING}
    return len({event for *_, event in events}), len(kept), events[0][0], events[-1][0], events[-1][2]


Together: TypeAlias = tuple[str, str, int, int, float]


def ties_counted(store: Store) -> set[Together]:
    """The pairs of bodies that work on the same cases, counted from the events: cases, meetings, Newman's weight."""
    bodies: defaultdict[str, set[str]] = defaultdict(set)
    for row in named.ask(store, "event-agencies").records():
        bodies[row["case"]].add(row["agency"])
    meetings: defaultdict[str, set[str]] = defaultdict(set)
    for row in named.ask(store, "case-events").records():
        meetings[row["case"]].add(row["meeting"])
    shared: defaultdict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for case, paths in bodies.items():
        stand = sorted(path for path in paths if "/" in path or not any(other.startswith(f"{path}/") for other in paths))
        for a, b in combinations(stand, 2):
            if not b.startswith(f"{a}/"):
                shared[a, b][case] = 1 / (len(stand) - 1)
    return {
        (a, b, len(cases), len(set[str]().union(*(meetings[case] for case in cases))), round(sum(cases.values()), 4))
        for (a, b), cases in shared.items()
    }


def ties_stated(store: Store) -> set[Together]:
    """The same, as the build states it series by series and the query of the name adds it up."""
    rows = named.ask(store, "collaboration").records()
    return {(row["agency_a"], row["agency_b"], int(row["cases"]), int(row["meetings"]), float(row["weight"])) for row in rows}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, len(SITTINGS) - 1)), min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_the_last_text_of_each_file_decides(steps: list[tuple[int, int]], random) -> None:  # type: ignore[no-untyped-def]
    """Each step gives one of five files one of ten texts, of three groups; the same text may stand under two names."""
    with Store.open(":memory:") as store:
        for file, text in steps:
            load(store, reading(f"{file}.txt", SITTINGS[text]))
        assert wholes_stated(store) == wholes_counted(store)
        assert ties_stated(store) == ties_counted(store)
        kept = [reading(f"{file}.txt", SITTINGS[text]) for file, text in dict(steps).items()]
        random.shuffle(kept)
        with Store.open(":memory:") as fresh:
            load(fresh, *kept)
            assert store.nquads() == fresh.nquads()


def test_the_texts_share_cases_over_groups() -> None:
    """What makes the property above worth something: cases of several groups, promises due at a level, namesakes, relations to join."""
    with Store.open(":memory:") as store:
        load(store, *(reading(f"{at}.txt", sitting) for at, sitting in enumerate(SITTINGS)))
        groups = store.select("SELECT ?case (COUNT(DISTINCT ?group) AS ?n) { ?case a cc:Case ; cc:group ?group } GROUP BY ?case").rows
        assert sorted(int(row[1]) for row in groups)[-2:] == [3, 3]
        assert ("unreported",) in store.select("SELECT DISTINCT ?state { ?d cc:state ?state ; cc:due '副市長層級會議' }").rows
        assert len(store.select("SELECT ?a { ?a a foaf:Person }").rows) > 2
        assert ties_stated(store) == ties_counted(store)
        tied = store.select("SELECT ?a ?b { ?tie cc:bodyA ?a ; cc:bodyB ?b } GROUP BY ?a ?b HAVING (COUNT(DISTINCT ?tie) > 1)").rows
        assert tied, "no two bodies are tied by several groups"
        assert store.select("SELECT ?tie { ?tie a cc:Tie MINUS { ?tie cc:sharedCase ?case } }").rows, "no case began elsewhere"


def test_a_host_found_later_ties_bodies_in_groups_that_were_not_built_anew() -> None:
    """The first meeting's 本局 is told by its chair, seen later at a meeting whose host is known; the case is the deputies' too."""
    first = Sitting("2030-1", "2030-01-10", (Item(TITLES[0], involved=(OWN,)),), "", ("王大同", "科長"))
    deputies = Sitting("2030-1", "2030-05-01", (Item(TITLES[0], involved=(CITY,)),), "", ("林一心", "局長"), group=LEVEL)
    later = Sitting("2030-2", "2030-09-10", (Item(TITLES[4]),), NEW, ("王大同", "科長"))
    with Store.open(":memory:") as store:
        load(store, reading("first.txt", first))
        load(store, reading("deputies.txt", deputies))
        assert ties_stated(store) == set()
        load(store, reading("later.txt", later))
        assert ties_stated(store) == ties_counted(store) == {("新北市政府/水利局", "臺北市政府", 1, 2, 1.0)}
