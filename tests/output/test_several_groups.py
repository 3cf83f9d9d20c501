"""Two groups in one store: what reports and pages tell of each, and that both together are the whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from graph import named
from graph.store import Store
from output.meetings import stated_meetings
from tests.pages import Tab, write_pages

Run = Callable[..., tuple[int, str, str]]
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))
GROUPS = ("交通組", "教育文化組")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, minutes: Path) -> list[Path]:
    """The minutes of both groups."""
    return [minutes, *EXAMPLES]


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory, both: list[Path]) -> Path:
    """A store of both."""
    from output.cli import main

    place = tmp_path_factory.mktemp("groups") / "kg"
    assert main(["build", *map(str, both), "--store", str(place)]) == 0
    return place


def rows(run: Run, kg: Path, report: str, *more: str) -> list[dict[str, str]]:
    """The rows of a report."""
    status, out, err = run("report", report, "--store", kg, "--format", "json", *more)
    assert status == 0, err
    told: list[dict[str, str]] = json.loads(out)["rows"]
    return told


@pytest.mark.parametrize("report", ["promises", "meetings", "vanished"])
def test_the_groups_together_are_the_whole(report: str, run: Run, kg: Path) -> None:
    whole = rows(run, kg, report)
    parts = [rows(run, kg, report, "--group", group) for group in GROUPS]
    assert all(parts) or report == "vanished"
    assert sorted(map(str, parts[0] + parts[1])) == sorted(map(str, whole))


def test_cases_of_a_group_are_those_that_it_treated(run: Run, kg: Path) -> None:
    titles = [{row["title"] for row in rows(run, kg, "cases", "--group", group)} for group in GROUPS]
    assert not titles[0] & titles[1]
    assert titles[0] | titles[1] == {row["title"] for row in rows(run, kg, "cases")}
    assert "公車轉乘資訊共用看板" in titles[0]


def test_an_agency_s_counts_are_those_of_the_group(run: Run, kg: Path) -> None:
    whole = {row["agency"]: row for row in rows(run, kg, "agencies")}
    traffic = {row["agency"]: row for row in rows(run, kg, "agencies", "--group", GROUPS[0])}
    assert whole["新北市政府/交通局"]["cases"] == traffic["新北市政府/交通局"]["cases"]
    assert "新北市政府/教育局" in whole and "新北市政府/教育局" not in traffic


def test_pictures_and_pages_have_both(both: list[Path], tmp_path: Path, tab: Tab) -> None:
    write_pages(tmp_path, both)
    page = tab.visit(tmp_path / "lineage.html")
    every = page.locator(".names button").count()
    options = page.eval_on_selector_all("#group option", "all => all.map((one) => one.value)")
    assert len(options) >= 3
    shown = []
    for option in options:
        page.select_option("#group", option)
        shown.append(page.locator(".names button").count())
    assert sorted(shown)[-1] == every == sum(sorted(shown)[:-1])


def test_meetings_are_told_as_the_fact_table_tells_them(kg: Path) -> None:
    with Store.open(kg, read_only=True) as store:
        told = [(one.iri, one.date, one.title, one.group, one.year, one.number) for one in stated_meetings(store)]
        rows = named.ask(store, "meetings").records()
    assert len(told) > 13
    assert told == [
        (
            row["meeting"],
            row["date"],
            row["title"],
            row["group"],
            row["date"][:4] or row["year"],
            f"{row['year']}-{row['ordinal']}".strip("-"),
        )
        for row in rows
    ]
