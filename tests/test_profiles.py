"""A profile makes the program serve other cities: three counties that never were, with levels and words of their own, end to end."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from graph.levels import level_of
from loaders import rules
from ontology import gazetteer, profiles
from ontology.errors import CrossCityError
from output import cli

HERE = Path(__file__).parent / "profiles"
PROFILE = HERE / "three-counties.toml"
MINUTES = HERE / "2031.txt"
LEAST = 'name = "甲乙"\n[platform]\nnames = ["甲乙"]\n[[cities]]\nname = "甲市"\n[[cities]]\nname = "乙市"\n'


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("profiles") / "kg"
    assert cli.main(["build", str(MINUTES), "--profile", str(PROFILE), "--store", str(place)]) == 0
    return place


def ask(kg: Path, name: str, capfd: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    capfd.readouterr()
    assert cli.main(["query", name, "--store", str(kg), "--format", "csv"]) == 0
    return list(csv.DictReader(io.StringIO(capfd.readouterr().out)))


def test_meetings_are_of_the_platform_and_hosted_by_its_counties(kg: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = ask(kg, "meetings", capfd)
    assert [(row["date"], row["host"], row["group"]) for row in rows] == [
        ("2031-03-05", "青山縣", "水利組"),
        ("2031-06-10", "碧海縣", "水利組"),
        ("2031-09-09", "白沙縣", "水利組"),
    ]
    assert all("/meeting/山海/水利組/" in row["meeting"] for row in rows)


def test_outcomes_are_read_in_the_counties_own_words(kg: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = ask(kg, "case-events", capfd)
    assert [(row["case_title"], row["date"], row["outcome"], row["routine"]) for row in rows] == [
        ("三縣共管沙河水門", "2031-03-05", "accepted", "false"),
        ("海堤巡查資料互通", "2031-03-05", "accepted", "false"),
        ("三縣共管沙河水門", "2031-06-10", "tracked", "false"),
        ("海堤巡查資料互通", "2031-06-10", "delist-requested", "true"),
        ("三縣共管沙河水門", "2031-09-09", "delisted", "false"),
    ]


def test_cases_go_to_levels_of_the_counties_own(kg: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = ask(kg, "escalations", capfd)
    assert [(row["level"], row["purpose"]) for row in rows] == [("副市長層級會議", "report"), ("市長層級會議", "delist")]
    (due,) = [row["due"] for row in ask(kg, "directives", capfd) if row["due"] != "next-meeting" and row["due"]]
    assert due == "市長層級會議"


def test_bodies_are_those_that_the_profile_lists(kg: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = ask(kg, "directives", capfd)
    assert {row["actors"] for row in rows} == {"碧海縣政府/水利局", "白沙縣政府/工務處/水利科|青山縣政府/水利處/河川科", ""}
    meant = {(row["date"], row["surface"]): set() for row in ask(kg, "mentions", capfd)}
    for row in ask(kg, "mentions", capfd):
        meant[row["date"], row["surface"]].add(row["agency"])
    assert meant["2031-09-09", "三方"] == {"青山縣政府", "碧海縣政府", "白沙縣政府"}
    assert meant["2031-06-10", "水局"] == {"碧海縣政府/水利局"}
    assert meant["2031-03-05", "本縣水利處河川科"] == {"青山縣政府/水利處/河川科"}


def test_two_of_three_that_are_not_told_are_none(kg: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (row,) = [row for row in ask(kg, "mentions", capfd) if row["surface"] == "兩縣"]
    assert row["agency"] == ""


def test_promises_reports_and_both_pages_go_by_it(kg: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    state = {row["quote"]: row["state"] for row in ask(kg, "promises", capfd)}
    assert state["請碧海縣水利局於下次會議提出水門清單"] == "reported"
    assert state["並於本次山海峰會呈請銷號"] == "elsewhere"
    assert cli.main(["report", "agencies", "--store", str(kg), "--format", "json"]) == 0
    assert "白沙縣政府/工務處/水利科" in capfd.readouterr().out
    for page in ("collaboration", "lineage"):
        assert cli.main(["view", page, "--store", str(kg), "-o", str(tmp_path / f"{page}.html")]) == 0
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', (tmp_path / "collaboration.html").read_text("utf-8"))
    assert data
    assert json.loads(data[1])["cities"] == ["青山縣", "碧海縣", "白沙縣"]
    assert cli.main(["validate", "--store", str(kg)]) == 0


def test_levels_are_shown_by_the_counties_own_names(kg: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    for form, own in (("md", True), ("json", False)):  # data keep the name that tables have for a level, whoever cooperates
        assert cli.main(["report", "summary", "--store", str(kg), "--format", form]) == 0
        assert cli.main(["report", "case", "海堤巡查資料互通", "--store", str(kg), "--format", form]) == 0
        shown = capfd.readouterr().out
        assert ("山海峰會" in re.sub("「.*?」|> .*", "", shown)) or not own
        assert ("市長層級會議" in shown) == (not own)
    assert cli.main(["view", "lineage", "--store", str(kg), "-o", str(tmp_path / "lineage.html")]) == 0
    words = re.search(r'<script type="application/json" id="words">(.*?)</script>', (tmp_path / "lineage.html").read_text("utf-8"))
    assert words
    assert json.loads(words[1])["at-市長層級會議"] == {"en": "山海峰會", "zh-Hant-TW": "山海峰會"}
    assert level_of("提報山海峰會") == ""  # the next command begins with the usual profile


def test_a_later_build_and_an_earlier_day_go_by_the_same_profile(kg: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = ask(kg, "case-events", capfd)
    assert cli.main(["build", str(MINUTES), "--store", str(kg), "--lang", "en"]) == 0
    assert "Read 0 documents anew" in capfd.readouterr().out
    assert ask(kg, "case-events", capfd) == before
    assert cli.main(["report", "cases", "--as-of", "2031-07-01", "--store", str(kg), "--format", "json"]) == 0
    assert {row["outcome"] for row in json.loads(capfd.readouterr().out)["rows"]} == {"tracked", "delist-requested"}


def test_another_profile_reads_the_same_minutes_anew(kg: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build", str(MINUTES), "--profile", "taipei", "--store", str(kg), "--lang", "en"]) == 0
    assert "Read 1 documents anew" in capfd.readouterr().out
    assert "delist-requested" not in {row["outcome"] for row in ask(kg, "case-events", capfd)}
    assert cli.main(["build", str(MINUTES), "--profile", str(PROFILE), "--store", str(kg)]) == 0
    assert "delist-requested" in {row["outcome"] for row in ask(kg, "case-events", capfd)}


def test_a_profile_holds_within_its_block_only() -> None:
    with profiles.using(profiles.load(str(PROFILE))):
        assert level_of("提報山海峰會") == "市長"
        assert gazetteer.load().agency("碧海縣政府/水利局") is not None
        assert rules.pattern("outcome.delisted").search("銷號")
        assert not rules.pattern("mention.both").search("雙北")
    assert level_of("提報山海峰會") == ""
    assert gazetteer.load().agency("碧海縣政府/水利局") is None
    assert not rules.pattern("outcome.delisted").search("銷號")
    assert rules.pattern("mention.both").search("雙北")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name = ", "is not TOML"),
        ('name = "x"', "platform: must be a table"),
        (LEAST.replace('names = ["甲乙"]\n', ""), "platform.names: there must be the name that the cities go by together"),
        (LEAST.replace('[[cities]]\nname = "乙市"\n', ""), "cities: there must be two or more"),
        (LEAST + "nmaes = []\n", "cities.nmaes: is not known; write one of bodies, name, names, programmes"),
        (LEAST + '[outcomes]\nclosed = ["銷號"]\n', "outcomes.closed: is not known"),
        (LEAST + '[levels]\nmayors = "峰會"\n', "levels.mayors: must be a list of words"),
        (LEAST + '[[cities.bodies]]\npath = "乙市政府/水利局"\n', "must stand below its government"),
    ],
)
def test_an_ill_written_profile_gets_one_clear_line(text: str, complaint: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    assert cli.main(["build", str(MINUTES), "--profile", str(file), "--store", str(tmp_path / "kg"), "--lang", "en"]) == 2
    said = capfd.readouterr().err
    assert complaint in said and said.count("\n") == 1 and str(file) in said
    assert not (tmp_path / "kg").exists()


def test_an_unknown_profile_tells_the_known_ones() -> None:
    with pytest.raises(CrossCityError, match="there is no such profile; name a file, or one of taipei"):
        profiles.load("tapei")
