"""The fact tables against facts of invented minutes that were annotated by hand before any program read them.

``gaps.txt`` beside a case lists, a line each, what is not yet read as it was annotated: a line goes when its gap is closed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import named
from graph.build import build
from graph.store import Store
from ontology.iris import Iris
from tests.test_annotated import CASES, join_up

Row = dict[str, str]
Told = dict[str, object]


def cell(value: object) -> str:
    """An annotated value as the fact tables write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "|".join(sorted(map(str, value))) if isinstance(value, list) else str(value)


def tables(case: Path) -> dict[str, list[Row]]:
    with Store.open(":memory:") as store:
        build([case / "minutes.txt"], store, iris=Iris(store.base))
        return {
            name: named.ask(store, name).records()
            for name in ("meetings", "case-events", "directives", "mentions", "escalations", "people")
        }


def header_faults(told: Told, read: dict[str, list[Row]]) -> Iterator[str]:
    rows = [row for row in read["meetings"] if row["date"] == told["date"]]
    if len(rows) != 1:
        yield f"{len(rows)} meetings on {told['date']!r}"
        return
    for key, value in told.items():
        if join_up(rows[0][key]) != join_up(cell(value)):
            yield f"{key}: annotated {value!r}, read {rows[0][key]!r}"


def event_faults(told: Told, read: dict[str, list[Row]]) -> Iterator[str]:
    words = join_up(str(told["surface"]))
    rows = [row for row in read["case-events"] if row["date"] == told["meeting"] and join_up(row["surface"]) == words]
    if len(rows) != 1:
        yield f"{len(rows)} events for {told['surface']!r} among {[row['surface'] for row in read['case-events']]}"
        return
    for key in ("item", "section", "outcome", "routine", "proposers"):
        if key in told and rows[0][key] != cell(told[key]):
            yield f"{told['surface']} {key}: annotated {told[key]!r}, read {rows[0][key]!r}"
    passed = [
        f"{e['level']} {e['purpose']}" for e in read["escalations"] if (e["case"], e["meeting"]) == (rows[0]["case"], rows[0]["meeting"])
    ]
    if "escalations" in told and cell(passed) != cell(told["escalations"]):
        yield f"{told['surface']} escalations: annotated {told['escalations']!r}, read {passed!r}"


def directive_faults(told: Told, read: dict[str, list[Row]]) -> Iterator[str]:
    words = join_up(str(told["quote"]))
    held = [row for row in read["directives"] if row["date"] == told["meeting"]]
    rows = [row for row in held if join_up(row["quote"]) in words or words in join_up(row["quote"])]
    if not rows:
        yield f"no directive for {told['quote']!r} among {[row['quote'] for row in held]}"
        return
    for key in ("actors", "counterparts"):
        bodies = sorted({body for row in rows for body in row[key].split("|") if body})
        if key in told and "|".join(bodies) != cell(told[key]):
            yield f"{told['quote']} {key}: annotated {told[key]!r}, read {bodies!r}"
    dues = {row["due"] for row in rows}
    if "due" in told and cell(told["due"]) not in dues:
        yield f"{told['quote']} due: annotated {told['due']!r}, read {sorted(dues)!r}"


def mention_faults(told: Told, read: dict[str, list[Row]]) -> Iterator[str]:
    words = join_up(str(told["surface"]))
    found = sorted({row["agency"] for row in read["mentions"] if row["date"] == told["meeting"] and join_up(row["surface"]) == words})
    if "|".join(found) != cell(told["agencies"]):
        yield f"mention {told['surface']!r}: annotated {told['agencies']!r}, read {found!r}"


def person_faults(told: Told, read: dict[str, list[Row]]) -> Iterator[str]:
    rows = [row for row in read["people"] if (row["date"], row["name"], row["role"]) == (told["meeting"], told["name"], told["role"])]
    if len(rows) != 1:
        yield f"{len(rows)} rows for {told['name']} as {told['role']} among {[(row['name'], row['role']) for row in read['people']]}"
    elif "title" in told and rows[0]["title"] != told["title"]:
        yield f"{told['name']} title: annotated {told['title']!r}, read {rows[0]['title']!r}"


FAULTS = {
    "meeting": header_faults,
    "event": event_faults,
    "directive": directive_faults,
    "mention": mention_faults,
    "person": person_faults,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_tables_state_what_was_annotated(case: Path) -> None:
    annotated: dict[str, list[Told]] = tomllib.loads((case / "expected.toml").read_text(encoding="utf-8"))
    read = tables(case)
    certain = [(kind, told) for kind, rows in annotated.items() for told in rows if "doubtful" not in told]
    gaps = case / "gaps.txt"
    known = gaps.read_text(encoding="utf-8").splitlines() if gaps.exists() else []
    assert [fault for kind, told in certain for fault in FAULTS[kind](told, read)] == known
