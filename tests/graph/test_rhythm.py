"""Quarters of a group's life, the empty ones too."""

from graph.store import Store
from tests.graph.invented import Sitting, load, reading


def test_quarters_run_from_the_first_to_the_last_meeting_of_each_group() -> None:
    sittings = (
        Sitting("2030-1", "2030-11-30"),
        Sitting("2030-2", "2030-12-31"),
        Sitting("2031-1", "2031-07-01"),
        Sitting("2031-1", "2031-01-01", group="交通組"),
    )
    with Store.open(":memory:") as store:
        load(store, reading("minutes.txt", *sittings))
        asked = (
            "SELECT ?group ?name ?n { ?q a cc:Quarter ; cc:group ?g ; cc:quarter ?name ; cc:meetingsHeld ?n . ?g skos:prefLabel ?group }"
        )
        found = sorted(set(store.select(asked).rows))
    river = [("河川公園組", name, n) for name, n in (("2030-Q4", "2"), ("2031-Q1", "0"), ("2031-Q2", "0"), ("2031-Q3", "1"))]
    assert found == [("交通組", "2031-Q1", "1"), *river]
