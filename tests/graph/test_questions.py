"""The thirty questions: each has its words, its answer on the examples, and other engines than ours can read it."""

from __future__ import annotations

import datetime
import os
import re
import runpy
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from rdflib.plugins.sparql import prepareQuery

from graph import named
from graph.build import build
from graph.cut_points import cut_points
from graph.store import Store
from graph.tables import Table
from output import cli, messages
from output.tables_text import as_csv

ROOT = Path(__file__).parents[2]
ANSWERS = ROOT / "tests" / "questions"
REWRITE = "CROSSCITY_REWRITE"  # set it to have the answers written anew; the diff is the review


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("questions") / "kg"
    with Store.open(folder, create=True) as store:
        build([ROOT / "examples"], store, iris=store.iris)
    return folder


@pytest.fixture(scope="module")
def store(kg: Path) -> Iterator[Store]:
    with Store.open(kg, read_only=True) as opened:
        yield opened


def test_there_are_thirty_beside_the_fact_tables() -> None:
    assert len(named.questions()) == 30
    assert not set(named.questions()) & set(named.names())
    assert {file.stem for file in ANSWERS.glob("*.csv")} == set(named.questions())


@pytest.mark.parametrize("name", named.questions())
def test_each_answers_on_the_examples_as_expected(name: str, store: Store) -> None:
    answer = as_csv(named.ask(store, name)).replace("\r\n", "\n").rstrip("\n") + "\n"
    if os.environ.get(REWRITE):
        (ANSWERS / f"{name}.csv").write_text(answer, encoding="utf-8")
    assert answer.count("\n") > 1, "an answer without rows proves nothing"
    assert (ANSWERS / f"{name}.csv").read_text(encoding="utf-8") == answer


@pytest.mark.parametrize("name", named.questions())
def test_each_says_what_it_asks_and_when_that_is_meaningful_and_parses_elsewhere(name: str) -> None:
    sparql = named.text(name)
    heads = [line.split(":")[0] for line in sparql.splitlines() if line.startswith("# ") and not line.startswith("#  ")]
    assert heads[:2] == ["# Question", "# Meaningful"] and set(heads[2:]) <= {"# Plan", "# Several", "# Network"}
    assert "GRAPH" not in sparql
    prepareQuery(sparql)
    said = " ".join(re.sub(r"^#\s+", "", line) for line in sparql.splitlines() if line.startswith("#"))
    for family in ("question", "meaningful"):
        assert messages.load("en").term(family, name) in said
        assert re.search("[一-鿿]", messages.load("zh-Hant-TW").term(family, name))


@pytest.mark.parametrize("name", named.questions())
def test_no_answer_repeats_a_row_or_leaves_its_order_to_chance(name: str, store: Store) -> None:
    answer = named.ask(store, name)
    assert len(set(answer.rows)) == len(answer.rows)
    assert named.of_a_network(name) or re.search(r"^ORDER BY", named.text(name), re.MULTILINE)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [("days-to-report", "asked", "told"), ("longest-cases", "first", "last"), ("days-between-treatments", "from", "to")],
)
def test_days_are_those_of_the_calendar(name: str, start: str, end: str, store: Store) -> None:
    rows = named.ask(store, name).records()
    assert rows
    for row in rows:
        assert int(row["days"]) == (datetime.date.fromisoformat(row[end]) - datetime.date.fromisoformat(row[start])).days


def test_gaps_lie_between_each_meeting_and_the_next(store: Store) -> None:
    dates = sorted(row["date"] for row in named.ask(store, "meetings").records())
    gaps = {(row["from"], row["to"]): int(row["days"]) for row in named.ask(store, "gaps-between-meetings").records()}
    days = [datetime.date.fromisoformat(date) for date in dates]
    assert gaps == {(str(a), str(b)): (b - a).days for a, b in pairwise(days)}


def test_directives_of_an_agency_add_up(store: Store) -> None:
    for row in named.ask(store, "kept-by-agency").records():
        assert int(row["asked"]) == int(row["reported"]) + int(row["silent"]) + int(row["open"]), row["agency"]
    silent = [row for row in named.ask(store, "promises").records() if row["state"] == "unreported"]
    assert len(silent) == len(named.ask(store, "silent-directives").rows)


def test_the_agency_that_would_split_the_network() -> None:
    """a - b - c, c with d, e and f in a ring, and a pair far off: b cuts off a, c cuts off a and b."""
    pairs = (("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "f"), ("f", "c"), ("x", "y"))
    assert cut_points(Table(("a", "b"), pairs)).rows == (("c", "2", "2", "a|b"), ("b", "2", "1", "a"))
    assert cut_points(Table(("a", "b"), ())).rows == ()


@pytest.mark.parametrize(("form", "start"), [("csv", "agency,parts"), ("json", "{"), ("xml", "<?xml"), ("md", "| agency")])
def test_the_question_of_the_network_answers_in_every_form(form: str, start: str, kg: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["query", "splits-the-network", "--store", str(kg), "--format", form]) == 0
    said = capfd.readouterr().out
    assert said.startswith(start) and "臺北市政府/教育局" in said and "agency_b" not in said


def test_the_list_of_names_has_the_questions(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["query", "--lang", "en"]) == 0
    assert "silent-directives" in capfd.readouterr().out


def test_the_page_is_current() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_questions.py"))
    assert (ROOT / "docs" / "questions.md").read_text("utf-8") == made["page"](), "run: python docs/make_questions.py"
