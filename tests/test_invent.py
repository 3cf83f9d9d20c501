"""Invented minutes are the same wherever they are made, and state what is said of them."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from itertools import islice

from invent import invent
from invention.truth import Invented, line

MADE = tuple(invent(400, seed=3))


def digest(made: tuple[Invented, ...]) -> str:
    return hashlib.sha256("\n".join(one.text + line(one) for one in made).encode()).hexdigest()


def test_a_seed_gives_the_same_bytes_anywhere() -> None:
    assert digest(MADE[:20]) == "358ed71f0657d5ccb9fa429d69e44e90305f44c91e06b89f35f44374e19a7f59"
    assert digest(tuple(invent(20, seed=4))) != digest(MADE[:20])


def test_fewer_are_the_first_of_more() -> None:
    assert tuple(invent(10, seed=3)) == MADE[:10]
    assert tuple(islice(invent(10**9, seed=3), 10)) == MADE[:10]  # nothing is made before it is asked for


def test_what_is_stated_stands_in_the_text() -> None:
    events = directives = reports = 0
    for one in MADE:
        truth = one.truth
        plain = unicodedata.normalize("NFKC", one.text).replace("台", "臺")
        assert truth.recorder in plain
        assert truth.venue.replace(" ", "") in plain.replace(" ", "")
        for event in truth.events:
            assert event.title in one.text and event.quote in one.text, one.name
            events += 1
        for directive in truth.directives:
            assert directive.quote in one.text, one.name
            told = "".join(unicodedata.normalize("NFKC", directive.quote).split()).replace("台", "臺")
            assert told.endswith(directive.action) and directive.due_text.replace(" ", "") in told, one.name
            directives += 1
        reports += sum(report.quote in one.text for report in truth.reports)
        assert len(truth.reports) == sum(report.quote in one.text for report in truth.reports)
    assert min(events, directives, reports) > 300


def test_no_mark_of_the_writer_is_left() -> None:
    assert not any("\ue000" <= character <= "\ue0ff" for one in MADE for character in one.text)


def test_names_and_ids_are_given_once() -> None:
    assert len({one.name for one in MADE}) == len(MADE)
    asked = [directive.id for one in MADE for directive in one.truth.directives]
    assert len(set(asked)) == len(asked)
    told = [report.directive for one in MADE for report in one.truth.reports]
    assert set(told) <= set(asked)


def test_two_cases_of_a_meeting_are_never_called_the_same() -> None:
    for one in MADE:
        titles = {event.case: event.title for event in one.truth.events}
        assert len(titles) == len(one.truth.events)


def test_every_kind_that_is_promised_occurs() -> None:
    kinds = {kind for one in MADE for event in one.truth.events for kind in (*event.title_kinds, *event.slips)}
    assert {"short", "contained", "long", "verb", "reworded", "sibling:year", "sibling:city", "at-level", "wrapped", "台"} <= kinds
    ways = {kind for one in MADE for directive in one.truth.directives for kind in directive.kinds}
    assert {"due:next-meeting", "due:month", "due:level", "due:span", "actor:own-bureau", "actor:both", "actor:section"} <= ways
    outcomes = {(event.outcome, event.section) for one in MADE for event in one.truth.events}
    assert {("delisted", "continuing"), ("accepted", "extempore"), ("proposed", "new-proposal"), ("reported", "continuing")} <= outcomes
    assert {one.truth.layout for one in MADE} == {"list", "agenda", "terse"}


def test_a_truth_is_one_line_of_json() -> None:
    told = line(MADE[0])
    assert "\n" not in told and json.loads(told)["events"][0]["case"] == MADE[0].truth.events[0].case
