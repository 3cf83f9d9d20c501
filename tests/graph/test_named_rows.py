"""The rows that each named query answers on a small invented store, computed by hand."""

from collections.abc import Iterator

import pytest
from rdflib import Graph

from graph import named
from graph.collaboration import collaboration_network, involved
from graph.store import Store
from ontology.iris import Iris
from ontology.records import Body
from tests.graph.invented import NEW, TAIPEI, Ask, Item, Sitting, load, reading

WORKS = ("新北市政府工務局", Body("新北市政府/工務局"))
OWN_WORKS = ("本府工務局", Body("工務局", own=True))
EDUCATION = ("臺北市政府教育局", Body("臺北市政府/教育局"))
NEW_CITY = ("新北市", Body("新北市政府"))
TAIPEI_CITY = ("北市", Body("臺北市政府"))

LIGHTS, PARKING, FLOOD = "河岸自行車道照明改善", "堤外停車場收費共用", "水門巡檢聯合演練"
SIGNS = Ask("請本府工務局設置反光標誌牌", OWN_WORKS, "next-meeting")

CORPUS = (
    reading(
        "2031.txt",
        Sitting(
            "2031-1",
            "2031-01-10",
            (
                Item(LIGHTS, "本案同意成案。", "accepted", "new-proposal", proposer=WORKS, involved=(TAIPEI_CITY,), asks=(SIGNS,)),
                Item(PARKING, "本案持續列管。", item=2, involved=(NEW_CITY, EDUCATION, TAIPEI_CITY)),
            ),
            NEW,
            ("王大同", "專門委員"),
            "李小美",
            reference="龍舟錦標賽",
        ),
        Sitting(
            "2031-3",
            "2031-08-02",
            (
                Item(
                    "改善河岸自行車道照明",
                    "反光標誌牌已設置，並提報市長層級會議解除列管。",
                    "delist-requested",
                    item=1,
                    level="市長層級會議",
                ),
            ),
            "",
            ("王大同", "專門委員"),
            "周三思",
            unread="天氣晴朗，眾人皆喜。",
        ),
    ),
    reading("flood.txt", Sitting("2031-2", "2031-05-06", (Item(FLOOD, "請提供資料。", "proposed", "extempore"),), TAIPEI)),
)
IRIS = Iris()


def meeting(key: str) -> str:
    return IRIS.meeting("雙北", "河川公園組", key)


def case(first: str, title: str) -> str:
    return IRIS.case(IRIS.meeting("雙北", "河川公園組", first), title)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.open(":memory:") as opened:
        load(opened, *CORPUS)
        yield opened


def rows(store: Store, name: str, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(record[column] for column in columns) for record in named.ask(store, name).records()]


def test_meetings(store: Store) -> None:
    columns = ["meeting", "date", "group", "year", "ordinal", "start", "end", "host", "host_basis", "chair", "chair_title", "recorder"]
    when = ("河川公園組", "2031")
    assert rows(store, "meetings", *columns) == [
        (meeting("2031-1"), "2031-01-10", *when, "1", "14:00", "14:30", NEW, "stated", "王大同", "專門委員", "李小美"),
        (meeting("2031-2"), "2031-05-06", *when, "2", "14:00", "14:30", TAIPEI, "stated", "", "", ""),
        (meeting("2031-3"), "2031-08-02", *when, "3", "14:00", "14:30", NEW, "inferred", "王大同", "專門委員", "周三思"),
    ]
    assert rows(store, "meetings", "source")[1] == (f"flood.txt#char=0,{len(CORPUS[1].document.text)}",)


def test_mentions(store: Store) -> None:
    found = rows(store, "mentions", "date", "surface", "agency", "city", "rule")
    assert ("2031-01-10", "本府工務局", "新北市政府/工務局", NEW, "a-rule") in found
    assert ("2031-01-10", "臺北市政府教育局", "臺北市政府/教育局", TAIPEI, "a-rule") in found
    assert len(found) == 6
    text = CORPUS[0].document.text
    assert all(text[int(start) : int(end)] == words for start, end, words in rows(store, "mentions", "start_char", "end_char", "surface"))


def test_people(store: Store) -> None:
    chair = IRIS.person("雙北", NEW, "王大同")
    assert rows(store, "people", "person", "name", "title", "role", "date", "city") == [
        (chair, "王大同", "專門委員", "chair", "2031-01-10", NEW),
        (IRIS.person("雙北", NEW, "李小美"), "李小美", "", "recorder", "2031-01-10", NEW),
        (chair, "王大同", "專門委員", "chair", "2031-08-02", NEW),
        (IRIS.person("雙北", NEW, "周三思"), "周三思", "", "recorder", "2031-08-02", NEW),
    ]


def test_case_events(store: Store) -> None:
    first = case("2031-1", LIGHTS)
    assert rows(store, "case-events", "case", "date", "item", "section", "surface", "outcome", "routine", "proposers", "quote") == [
        (first, "2031-01-10", "", "new-proposal", LIGHTS, "accepted", "false", "新北市政府/工務局", "本案同意成案。"),
        (case("2031-1", PARKING), "2031-01-10", "2", "continuing", PARKING, "tracked", "false", "", "本案持續列管。"),
        (case("2031-2", FLOOD), "2031-05-06", "", "extempore", FLOOD, "proposed", "false", "", "請提供資料。"),
        (
            first,
            "2031-08-02",
            "1",
            "continuing",
            "改善河岸自行車道照明",
            "delist-requested",
            "false",
            "",
            "反光標誌牌已設置，並提報市長層級會議解除列管。",
        ),
    ]


def test_cases(store: Store) -> None:
    columns = ["title", "aliases", "proposers", "proposing_city", "first", "last", "events", "outcome", "meetings_tracked"]
    assert rows(store, "cases", *columns) == [
        (PARKING, "", "", "", "2031-01-10", "2031-01-10", "1", "tracked", "1"),
        (LIGHTS, "改善河岸自行車道照明", "新北市政府/工務局", NEW, "2031-01-10", "2031-08-02", "2", "delist-requested", "2"),
        (FLOOD, "", "", "", "2031-05-06", "2031-05-06", "1", "proposed", "0"),
    ]


def test_lineage(store: Store) -> None:
    before, after = IRIS.part(meeting("2031-1"), "event", LIGHTS), IRIS.part(meeting("2031-3"), "event", "改善河岸自行車道照明")
    assert named.ask(store, "lineage").rows == ((case("2031-1", LIGHTS), before, after, "continues", "rule"),)


def test_directives_and_promises(store: Store) -> None:
    first = case("2031-1", LIGHTS)
    assert rows(store, "directives", "case", "date", "actors", "counterparts", "due", "due_text", "action") == [
        (first, "2031-01-10", "新北市政府/工務局", "", "next-meeting", "期限", SIGNS.words)
    ]
    assert rows(store, "promises", "case", "actors", "due", "state", "report_meeting", "report_quote", "quote") == [
        (
            first,
            "新北市政府/工務局",
            "next-meeting",
            "reported",
            meeting("2031-3"),
            "反光標誌牌已設置，並提報市長層級會議解除列管。",
            SIGNS.words,
        )
    ]


def test_escalations_and_references(store: Store) -> None:
    assert rows(store, "escalations", "case", "meeting", "date", "level", "purpose") == [
        (case("2031-1", LIGHTS), meeting("2031-3"), "2031-08-02", "市長層級會議", "delist")
    ]
    assert rows(store, "references", "meeting", "date", "kind", "surface", "target", "quote") == [
        (meeting("2031-1"), "2031-01-10", "event", "龍舟錦標賽", "", "龍舟錦標賽")
    ]


def test_involvement(store: Store) -> None:
    day, last = "2031-01-10", "2031-08-02"
    assert named.ask(store, "involvement").rows == (
        ("新北市政府", NEW, "government", "1", "1", "0", "0", "2", day, last),
        ("新北市政府/工務局", NEW, "bureau", "1", "1", "1", "1", "0", day, day),
        ("臺北市政府", TAIPEI, "government", "1", "2", "0", "0", "1", day, "2031-05-06"),
        ("臺北市政府/教育局", TAIPEI, "bureau", "1", "1", "0", "0", "0", day, day),
    )


def test_collaboration(store: Store) -> None:
    """照明: 工務局 and 臺北市政府, 1/(2-1); 停車場: 新北市政府 and, for its own side, 教育局 alone, 1/(2-1)."""
    assert named.ask(store, "collaboration").rows == (
        ("新北市政府", "臺北市政府/教育局", "1", "1", "1", PARKING),
        ("新北市政府/工務局", "臺北市政府", "1", "2", "1", LIGHTS),
    )


def test_collaboration_weighs_by_the_number_of_agencies() -> None:
    three = (WORKS, EDUCATION, ("教育部", Body("教育部")))
    first = Sitting("2031-1", "2031-01-10", (Item(LIGHTS, involved=three), Item(PARKING, involved=three[:2])))
    with Store.open(":memory:") as store:
        load(store, reading("minutes.txt", first))
        found = rows(store, "collaboration", "agency_a", "agency_b", "cases", "weight")
        network = collaboration_network(involved(store), "section")
    pairs = [("教育部", "新北市政府/工務局"), ("教育部", "臺北市政府/教育局")]
    assert found == [("新北市政府/工務局", "臺北市政府/教育局", "2", "1.5"), *((*pair, "1", "0.5") for pair in pairs)]
    assert {(a, b): str(data["weight"]).removesuffix(".0") for a, b, data in network.edges(data=True)} == {row[:2]: row[3] for row in found}


def test_vanished(store: Store) -> None:
    assert rows(store, "vanished", "case", "last_meeting", "last_outcome", "later_meetings") == [
        (case("2031-1", PARKING), meeting("2031-1"), "tracked", "2"),
        (case("2031-2", FLOOD), meeting("2031-2"), "proposed", "1"),
    ]


def test_rhythm(store: Store) -> None:
    assert named.ask(store, "rhythm").rows == (
        ("河川公園組", "2031-Q1", "1"),
        ("河川公園組", "2031-Q2", "1"),
        ("河川公園組", "2031-Q3", "1"),
    )


def test_evidence_is_verbatim_and_of_every_kind(store: Store) -> None:
    texts = {found.document.name: found.document.text for found in CORPUS}
    found = rows(store, "evidence", "kind", "source", "start_char", "end_char", "quote")
    assert {row[0] for row in found} == {
        *("meeting", "header", "mention", "participation", "case-event", "directive", "escalation", "reference", "unread", "step")
    }
    assert all(texts[source][int(start) : int(end)] == quote for _, source, start, end, quote in found)
    assert ("unread", "2031.txt", "天氣晴朗，眾人皆喜。") in {(row[0], row[1], row[4]) for row in found}


def test_a_meeting_in_two_documents_is_one_row(store: Store) -> None:
    """Where they differ (the section here), one of the two is told."""
    with Store.open(":memory:") as twice:
        load(twice, *CORPUS, reading("again.txt", Sitting("2031-2", "2031-05-06", (Item(FLOOD, "請提供資料。", "proposed"),), TAIPEI)))
        assert len(rows(twice, "meetings", "meeting")) == 3
        assert len(rows(twice, "case-events", "event")) == 4
        assert rows(twice, "cases", "events") == [("1",), ("2",), ("1",)]


@pytest.mark.parametrize("name", named.names())
def test_another_engine_answers_alike(store: Store, name: str) -> None:
    """rdflib's own SPARQL engine over the same statements; the order within cells with several values is each engine's own."""
    triples = "\n".join(line.rpartition(" <")[0] + " ." for line in store.nquads())
    found = Graph().parse(data=triples, format="nt").query(named.text(name))
    theirs = [tuple("" if cell is None else str(cell) for cell in row) for row in found]
    assert sorted(map(_parted, theirs)) == sorted(map(_parted, named.ask(store, name).rows))
    assert theirs


def _parted(row: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("|".join(sorted(cell.split("|"))) for cell in row)


@pytest.mark.parametrize("name", ["case-events", "directives", "promises"])
def test_rows_on_one_case_are_those_of_all_that_name_it(store: Store, name: str) -> None:
    told = named.ask(store, name)
    cases = [row["case"] for row in named.ask(store, "cases").records()]
    found = [named.of_case(store, name, case) for case in cases]
    for case, rows_on_it in zip(cases, found, strict=True):
        wanted = [row for row in told.rows if case in row[told.columns.index("case")].split("|")]
        assert (rows_on_it.columns, list(rows_on_it.rows)) == (told.columns, wanted)
    assert len({row for one in found for row in one.rows}) > 0


def test_a_query_that_does_not_say_how_is_not_asked_of_one_case(store: Store) -> None:
    with pytest.raises(ValueError, match="rhythm does not say"):
        named.of_case(store, "rhythm", case("2031-1", LIGHTS))
