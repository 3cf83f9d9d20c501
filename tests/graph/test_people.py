"""Persons: seen again in several roles and meetings, and never merged by the name alone."""

from graph.store import Store
from ontology.records import Body
from tests.graph.invented import NEW, TAIPEI, Sitting, load, reading


def persons(*sittings: Sitting) -> list[tuple[str, ...]]:
    with Store.open(":memory:") as store:
        load(store, reading("minutes.txt", *sittings))
        return list(
            store.select(
                "SELECT ?name ?city (COUNT(DISTINCT ?seen) AS ?n) { ?p a foaf:Person ; foaf:name ?name . OPTIONAL { ?p cc:city ?city }"
                " ?seen cc:person ?p } GROUP BY ?p ?name ?city ORDER BY ?name ?city ?n"
            ).rows
        )


def doubts(*sittings: Sitting) -> int:
    with Store.open(":memory:") as store:
        load(store, reading("minutes.txt", *sittings))
        return len(store.select("SELECT * { ?p a foaf:Person ; cc:possiblySame ?q }").rows)


def sitting(ordinal: int, chair: tuple[str, str], recorder: str = "", host: str = NEW, **more: object) -> Sitting:
    return Sitting(f"2020-{ordinal}", f"2020-0{ordinal}-10", (), host, chair, recorder, **more)  # type: ignore[arg-type]


def test_a_name_on_one_side_is_one_person_in_all_roles() -> None:
    meetings = (sitting(1, ("王大同", "參議代理主任秘書"), "李小美"), sitting(2, ("王大同", "主任秘書"), "王大同"))
    assert persons(*meetings) == [("李小美", "新北市", "1"), ("王大同", "新北市", "3")]


def test_namesakes_on_two_sides_are_two() -> None:
    meetings = (sitting(1, ("王大同", "科長")), sitting(2, ("王大同", "科長"), host=TAIPEI))
    assert persons(*meetings) == [("王大同", "新北市", "1"), ("王大同", "臺北市", "1")]


def test_offices_that_cannot_be_one_person_s_are_two_and_a_person_decides() -> None:
    meetings = (sitting(1, ("王大同", "局長")), sitting(2, ("王大同", "科員")))
    assert persons(*meetings) == [("王大同", "新北市", "1")] * 2
    assert doubts(*meetings) == 2
    assert doubts(meetings[0]) == 0


def test_agencies_of_two_bureaus_are_two_persons() -> None:
    here = ("王大同", "", Body("新北市政府/教育局/國小教育科"))
    there = ("王大同", "", Body("新北市政府/環境保護局"))
    same = ("王大同", "", Body("新北市政府/教育局"))
    assert len(persons(sitting(1, ("", ""), attendees=(here,)), sitting(2, ("", ""), attendees=(there,)))) == 2
    assert len(persons(sitting(1, ("", ""), attendees=(here,)), sitting(2, ("", ""), attendees=(same,)))) == 1


def test_an_unknown_side_stands_for_one_meeting_only() -> None:
    meetings = (sitting(1, ("王大同", "科長"), host=""), sitting(2, ("陳一心", "科長"), "王大同", host=""))
    assert [row for row in persons(*meetings) if row[0] == "王大同"] == [("王大同", "", "1")] * 2


def test_namesakes_of_an_unknown_side_are_put_before_a_person() -> None:
    other = sitting(2, ("王大同", "科長"), host="", group="交通組")
    assert doubts(sitting(1, ("王大同", "科長")), other) == 1
