"""What is exported for other tools is what the store holds: each file read by a reader that is not ours."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import feedparser
import frictionless
import icalendar
import networkx as nx
import pytest

from graph import named
from graph.build import build
from graph.measures import measure
from graph.store import Store
from output import cli, messages
from output.exporting import networks
from output.exporting.calendar import due_day
from output.exporting.formats import FOLDERS, FORMATS, Format, export, write_folder

ROOT = Path(__file__).parents[2]
SPOKEN = messages.load("en")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("exports") / "kg"
    with Store.open(place, create=True) as store:
        build([ROOT / "examples"], store, iris=store.iris)
    return place


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[Store]:
    with Store.open(folder, read_only=True) as opened:
        yield opened


def one(store: Store, form: Format) -> bytes:
    made = export(store, form, SPOKEN)
    assert isinstance(made, bytes)
    return made


def several(store: Store, form: Format) -> Mapping[str, bytes]:
    made = export(store, form, SPOKEN)
    assert not isinstance(made, bytes)
    return made


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


@pytest.mark.parametrize("form", ["graphml", "gexf", "cytoscape"])
def test_a_network_read_back_is_the_collaboration_table(form: Format, store: Store) -> None:
    content = one(store, form)
    read = {
        "graphml": lambda: nx.read_graphml(io.BytesIO(content)),
        "gexf": lambda: nx.read_gexf(io.BytesIO(content), version="1.2draft"),
        "cytoscape": lambda: nx.cytoscape_graph(json.loads(content)),
    }[form]()
    table = named.ask(store, "collaboration").records()
    at_most_a_pair = {frozenset((row["agency_a"], row["agency_b"])) for row in table}
    assert len(read.edges) >= 20 and {frozenset(pair) for pair in read.edges} <= at_most_a_pair
    weights = {frozenset((row["agency_a"], row["agency_b"])): (float(row["weight"]), int(row["cases"])) for row in table}
    for a, b, tie in read.edges(data=True):
        if not any("/" not in path for path in (a, b)):
            assert (round(float(tie["weight"]), 4), tie["cases"]) == weights[frozenset((a, b))]
        assert len(tie["case_titles"].split("|")) == tie["cases"]
        assert tie["sources"].count("#char=") >= tie["cases"]


def test_gexf_tells_when_each_tie_held(store: Store) -> None:
    text = one(store, "gexf").decode("utf-8")
    assert 'mode="dynamic"' in text and 'timeformat="date"' in text
    network = networks.describe(store)
    spans = [(tie["start"], tie["end"]) for *_, tie in network.edges(data=True)]
    assert all(start <= end for start, end in spans)
    assert min(start for start, _ in spans) == "2019-01-25" and max(end for _, end in spans) == "2022-02-22"
    assert text.count(" start=") == len(network) + len(spans)


def test_measures_are_those_of_networkx_by_hand() -> None:
    """Two triangles joined by one tie: the tie is a bridge, its ends cut, each triangle is a community."""
    ties = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "x"), ("x", "y"), ("y", "z"), ("z", "x")]
    network: nx.Graph[str] = nx.Graph()
    network.add_edges_from((a, b, {"weight": 1.0}) for a, b in ties)
    network.add_node("alone")
    found = measure(network)
    assert found.bridges == {("c", "x")}
    assert {body for body, of in found.bodies.items() if of.cuts} == {"c", "x"}
    assert {body: of.community for body, of in found.bodies.items()} == {"a": 1, "b": 1, "c": 1, "x": 2, "y": 2, "z": 2, "alone": 3}
    assert found.bodies["c"].degree == 3 and found.bodies["c"].strength == 3.0
    assert found.bodies["c"].betweenness == round(6 / 15, 6)  # of the 15 pairs of others, a and b with x, y and z
    assert found.bodies["alone"].degree == 0 and not found.meaningful


def test_strong_ties_make_the_shorter_way() -> None:
    network: nx.Graph[str] = nx.Graph()
    network.add_edges_from((a, b, {"weight": weight}) for a, b, weight in (("a", "b", 4.0), ("b", "c", 4.0), ("a", "c", 1.0)))
    assert measure(network).bodies["b"].betweenness == 1.0


def test_nodes_and_relationships_are_whole_and_headed_for_neo4j(store: Store) -> None:
    files = several(store, "neo4j")
    nodes = {name: rows(content) for name, content in files.items() if name.startswith("nodes/")}
    ids = {}
    for name, listed in nodes.items():
        (key,) = (column for column in listed[0] if ":ID(" in column)
        space = key.partition(":ID(")[2].rstrip(")")
        ids[space] = [row[key] for row in listed]
        assert len(set(ids[space])) == len(ids[space]), name
        assert {row[":LABEL"] for row in listed} == {space}
    assert len(ids["Meeting"]) == 13 and len(ids["Case"]) == len(named.ask(store, "cases").rows)
    assert len(ids["Directive"]) == len(named.ask(store, "directives").rows)
    ties = {name: rows(content) for name, content in files.items() if name.startswith("relationships/")}
    assert all(ties.values())
    for name, listed in ties.items():
        for row in listed:
            for column, cell in row.items():
                if "_ID(" in column:
                    assert cell in ids[column.partition("_ID(")[2].rstrip(")")], (name, cell)
    treated = {(row[":START_ID(Case)"], row[":END_ID(Meeting)"], row["quote"]) for row in ties["relationships/treated-at.csv"]}
    assert treated == {(row["case"], row["meeting"], row["quote"]) for row in named.ask(store, "case-events").records()}
    assert len(ties["relationships/works-with.csv"]) == len(named.ask(store, "collaboration").rows)
    asked = {(row[":START_ID(Directive)"], row[":END_ID(Agency)"]) for row in ties["relationships/asked-of.csv"]}
    told = named.ask(store, "directives").records()
    assert asked == {(row["directive"], actor) for row in told for actor in row["actors"].split("|") if actor}
    readme = files["README.md"].decode("utf-8")
    assert all(name in readme for name in (*nodes, *ties))


@pytest.mark.parametrize("place", ["package", "package.zip"])
def test_frictionless_finds_a_valid_package_with_every_fact(place: str, store: Store, tmp_path: Path) -> None:
    write_folder(several(store, "datapackage"), tmp_path / place, SPOKEN)
    at = tmp_path / place
    package = frictionless.Package(str(at if place.endswith(".zip") else at / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    assert {resource.name for resource in package.resources} == set(named.names())
    for resource in package.resources:
        read = resource.read_rows()
        table = named.ask(store, resource.name)
        assert [field.name for field in resource.schema.fields] == list(table.columns)
        assert len(read) == len(table.rows)
    event = package.get_resource("case-events").read_rows()[0]
    assert event["date"] == date(2019, 1, 25) and event["routine"] in (True, False)


def test_a_package_that_was_altered_is_not_valid(store: Store, tmp_path: Path) -> None:
    files = dict(several(store, "datapackage"))
    files["data/case-events.csv"] = files["data/case-events.csv"].replace(b"2019-01-25", b"25 January", 1)
    write_folder(files, tmp_path, SPOKEN)
    assert not frictionless.Package(str(tmp_path / "datapackage.json")).validate().valid


def test_a_calendar_holds_each_dated_directive_once(store: Store) -> None:
    read = icalendar.Calendar.from_ical(one(store, "ics"))
    todos = {str(todo["uid"]): todo for todo in read.walk("VTODO")}
    promises = {row["directive"]: row for row in named.ask(store, "promises").records()}
    levels = {"副市長層級會議", "市長層級會議", "府層級會議"}
    assert set(todos) == {iri for iri, row in promises.items() if row["due"] and row["due"] not in levels}
    for iri, todo in todos.items():
        lines = str(todo["description"]).split("\n")
        assert f"「{promises[iri]['quote']}」" in str(todo["description"])
        (place,) = (found for line in lines if (found := re.fullmatch(r"(.+)#char=(\d+),(\d+)", line)))
        assert (ROOT / "examples" / place[1]).read_text("utf-8")[int(place[2]) : int(place[3])] == promises[iri]["quote"]
    days = {str(todo["description"])[1:14]: todo.decoded("due") for todo in todos.values() if "due" in todo}
    assert days["新北市除發文轉知本市學校提"] == date(2019, 5, 31)  # at the fair in May
    assert days["請想想主管業務裡還有哪些題"] == date(2019, 5, 21)  # at the next meeting, which was then
    status = {str(todo["status"]) for todo in todos.values()}
    assert status <= {"NEEDS-ACTION", "COMPLETED", "IN-PROCESS", "CANCELLED"} and "COMPLETED" in status


@pytest.mark.parametrize(
    ("due", "day"),
    [
        ("2019-07", date(2019, 7, 31)),
        ("2020", date(2020, 12, 31)),
        ("2020-02-03", date(2020, 2, 3)),
        ("year-end", date(2019, 12, 31)),
        ("next-meeting", date(2019, 9, 1)),
        ("市長層級會議", None),
        ("", None),
    ],
)
def test_a_due_date_is_its_last_day(due: str, day: date | None) -> None:
    asked = {"meeting": "m/a/2019-1", "date": "2019-05-01"}
    others = [asked, {"meeting": "m/a/2019-3", "date": "2019-12-01"}, {"meeting": "m/a/2019-2", "date": "2019-09-01"}]
    others += [{"meeting": "m/b/2019-1", "date": "2019-06-01"}, {"meeting": "m/a/x", "date": ""}]
    assert due_day(due, asked, others) == day


def test_the_next_meeting_without_a_later_one_has_no_day() -> None:
    asked = {"meeting": "m/a/2019-1", "date": "2019-05-01"}
    assert due_day("next-meeting", asked, [asked]) is None
    assert due_day("year-end", {"meeting": "m", "date": ""}, ()) is None


def test_a_feed_tells_what_the_last_meeting_changed(store: Store) -> None:
    read = feedparser.parse(one(store, "atom"))
    assert not read.bozo and read.version == "atom10"
    events = [row for row in named.ask(store, "case-events").records() if row["date"] == "2022-02-22"]
    promises = named.ask(store, "promises").records()
    asked = [row for row in promises if row["date"] == "2022-02-22"]
    told = [row for row in promises if row["report_meeting"] == events[0]["meeting"]]
    assert events and asked and told
    assert len(read.entries) == len(events) + len(asked) + len(told)
    said = {entry.content[0].value for entry in read.entries}
    assert {" ".join(row["quote"].split()) for row in (*events, *asked)} <= {" ".join(words.split()) for words in said}
    assert {entry.updated[:10] for entry in read.entries} == {"2022-02-22"}
    assert len({entry.id for entry in read.entries}) == len(read.entries)


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_store_can_be_exported(form: Format) -> None:
    with Store.open(":memory:") as empty:
        assert export(empty, form, SPOKEN)


@pytest.mark.parametrize("form", ["cytoscape", "ics", "atom", "neo4j", "datapackage"])
def test_the_same_facts_give_the_same_bytes(form: Format, store: Store) -> None:
    assert export(store, form, SPOKEN) == export(store, form, SPOKEN)


def test_a_folder_or_a_zip_is_written_by_name(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    call = ["export", "--store", str(folder), "--lang", "en", "--format"]
    assert cli.main([*call, "neo4j", "-o", str(tmp_path / "neo")]) == 0
    assert cli.main([*call, "neo4j", "-o", str(tmp_path / "neo.zip")]) == 0
    assert capfd.readouterr().out == ""
    with zipfile.ZipFile(tmp_path / "neo.zip") as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == {
            str(file.relative_to(tmp_path / "neo")): file.read_bytes() for file in (tmp_path / "neo").rglob("*") if file.is_file()
        }
    for form in sorted(FOLDERS):
        assert cli.main([*call, form]) == 2
        said = capfd.readouterr()
        assert said.out == "" and said.err == f"crosscity: --format {form} writes several files; name a folder, or a .zip, with -o\n"


def test_a_missing_library_says_how_to_get_it(folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    assert cli.main(["export", "--store", str(folder), "--lang", "en", "--format", "ics"]) == 2
    assert "pip install 'crosscity[calendar]'" in capfd.readouterr().err
