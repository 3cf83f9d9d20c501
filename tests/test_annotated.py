"""Invented minutes with facts annotated by hand, apart from any reading of them: that each fact names words of its minutes.

In ``expected.toml`` a key that is left out is not decided, nor is a fact that is not listed; an empty value says that the minutes
do not state it. ``meeting`` is its date. A row with ``doubtful = true`` says in its ``note`` what else could be meant, and binds nobody.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

CASES = sorted(path.parent for path in (Path(__file__).parent / "annotated").glob("*/expected.toml"))
HEADER = {
    "date",
    "title",
    "start",
    "end",
    "venue",
    "mode",
    "host",
    "chair",
    "chair_title",
    "recorder",
    "group",
    "year",
    "ordinal",
    "reviewed",
}
KEYS = {
    "meeting": HEADER,
    "event": {"meeting", "surface", "item", "section", "outcome", "routine", "proposers", "escalations"},
    "directive": {"meeting", "quote", "actors", "counterparts", "due"},
    "mention": {"meeting", "surface", "agencies"},
    "person": {"meeting", "name", "title", "role"},
}
DOUBT = {"doubtful", "note"}
WORDS = {"venue", "surface", "quote"}  # the keys whose value stands in the minutes, verbatim but for white space


def join_up(words: str) -> str:
    return "".join(words.split())


def rows(case: Path) -> Iterator[tuple[str, dict[str, object]]]:
    tables: dict[str, list[dict[str, object]]] = tomllib.loads((case / "expected.toml").read_text(encoding="utf-8"))
    for kind, listed in tables.items():
        for row in listed:
            yield kind, row


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_annotated_words_stand_in_the_minutes(case: Path) -> None:
    minutes = join_up((case / "minutes.txt").read_text(encoding="utf-8"))
    found = [(key, value) for _, row in rows(case) for key, value in row.items() if key in WORDS]
    assert len(found) >= 4
    assert [pair for pair in found if join_up(str(pair[1])) not in minutes] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_row_has_known_keys_and_a_meeting(case: Path) -> None:
    dates = {row["date"] for kind, row in rows(case) if kind == "meeting"}
    for kind, row in rows(case):
        assert set(row) <= KEYS[kind] | DOUBT
        assert ("doubtful" in row) == ("note" in row)
        assert row["date" if kind == "meeting" else "meeting"] in dates


def test_no_annotated_case_was_lost() -> None:
    assert len(CASES) == 40
