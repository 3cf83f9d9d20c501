"""A store on a SPARQL server: the program's own service with updates switched on, and what goes wrong with servers."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import server
from graph.build import build
from graph.remote import KEEPING, unlock
from graph.server import Server
from graph.store import Store
from ontology.errors import CrossCityError
from output import cli
from tests.graph.remote_builds import EXAMPLES, check_server
from tests.graph.writable_service import Writing, writable_service

pytestmark = pytest.mark.slow

G = "https://w3id.org/crosscity/id/g"
LINE = f'<urn:a> <urn:b> "臺\\n\\"北\\"" <{G}> .'


@pytest.fixture
def remote(tmp_path: Path) -> Iterator[tuple[str, Writing]]:
    with writable_service(tmp_path) as started:
        yield started


def test_our_own_service_holds_a_store_as_memory_does(remote: tuple[str, Writing]) -> None:
    check_server(remote[0])


def test_a_second_build_of_the_same_writes_only_what_it_notes_of_itself(remote: tuple[str, Writing]) -> None:
    location, writing = remote
    for _ in range(2):
        writing.requests.clear()
        with Store.open(location, create=True) as store:
            build([EXAMPLES], store, iris=store.iris)
    assert sum(request.startswith("PUT") for request in writing.requests) <= 3


def test_the_command_line_takes_a_server_s_url(
    remote: tuple[str, Writing], tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    location = remote[0]
    monkeypatch.chdir(tmp_path)
    of_the_north = (EXAMPLES / "2022-1.txt").read_text(encoding="utf-8")
    Path("south.txt").write_text(
        of_the_north.replace("雙北", "高屏").replace("臺北市", "高雄市").replace("新北市", "屏東縣"), encoding="utf-8"
    )
    for words in (
        ["build", str(EXAMPLES), "--store", location],
        ["query", "cases", "--store", location, "--format", "csv"],
        ["report", "promises", "--as-of", "2020-01-01", "--store", location],
        ["view", "lineage", "--store", location, "-o", "lineage.html"],
        ["view", "collaboration", "--store", location, "-o", "collaboration.svg"],
        ["explain", "學前教育科", "--store", location],
        ["validate", "--store", location],
        ["export", "--store", location, "-o", "kg.ttl"],
        ["export", "--format", "graphml", "--store", location, "-o", "kg.graphml"],
        ["judge", "家庭教育", "天文館", "--verdict", "not-same", "--by", "我", "--why", "兩件事", "--store", location],
        ["review", "--by", "我", "--store", location],
        ["build", "--store", location],
        ["store", "info", "--store", location],
        ["store", "backup", "--store", location, "-o", "kg.nq.gz"],
        ["store", "restore", "kg.nq.gz", "--store", location],
        ["store", "restore", "kg.nq.gz", "--store", "kg"],
        ["diff", "kg", location],
        ["build", "south.txt", "--store", location],
        ["report", "cases", "--platform", "高屏", "--store", location],
        ["view", "lineage", "--group", "雙北 教育文化組", "--store", location, "-o", "north.html"],
    ):
        assert cli.main(["--lang", "en", *words]) == 0, words
    out = capfd.readouterr().out
    assert "Decisions of people applied: 1." in out
    assert "kg now holds 10" in out
    assert "Only the minutes of 高屏: " in out
    assert cli.main(["--lang", "en", "store", "compact", "--store", location]) == 2
    assert cli.main(["--lang", "en", "serve", "--store", location]) == 2
    assert "only a store in a folder can be served" in capfd.readouterr().err


def test_graphs_of_others_on_the_server_are_left_alone(remote: tuple[str, Writing]) -> None:
    location = remote[0]
    other = Server(location)
    other.put("urn:other", b"<urn:a> <urn:b> <urn:c> .\n", "application/n-triples")
    with Store.open(location, create=True) as store:
        store.replace(G, [LINE])
        assert store.graphs() == (G,)
        assert store.nquads() == [LINE]
        assert store.nquads(without=[G]) == []
        store.replace(G, [])
        store.replace(G, [])
        assert store.nquads() == []
        with pytest.raises(SyntaxError):
            store.replace(G, [f"not a quad <{G}> ."])
    assert other.get("urn:other", "application/n-triples") == b"<urn:a> <urn:b> <urn:c> .\n"


def test_a_busy_server_is_asked_again(remote: tuple[str, Writing], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.server._AGAIN", server._AGAIN.new(backoff_factor=0))
    location, writing = remote
    with Store.open(location, create=True) as store:
        writing.busy = 3
        store.replace(G, [LINE])
        assert writing.busy == 0
        assert store.nquads() == [LINE]
        writing.busy = 100
        with pytest.raises(CrossCityError, match="is too busy to answer; try again later"):
            store.replace(G, [])
        writing.busy = 0


def test_who_asks_is_taken_from_the_environment(remote: tuple[str, Writing], monkeypatch: pytest.MonkeyPatch) -> None:
    location, writing = remote
    Store.open(location, create=True).close()
    writing.token = "Basic YTpi"
    with pytest.raises(CrossCityError, match=r"refuses this \(401\); set CROSSCITY_STORE_USER and CROSSCITY_STORE_PASSWORD"):
        Store.open(location)
    monkeypatch.setenv("CROSSCITY_STORE_USER", "a")
    monkeypatch.setenv("CROSSCITY_STORE_PASSWORD", "b")
    with Store.open(location) as store:
        store.replace(G, [LINE])
    writing.token = "Bearer secret"
    monkeypatch.setenv("CROSSCITY_STORE_TOKEN", "secret")
    with Store.open(location) as store:
        assert store.nquads() == [LINE]


def test_a_second_writer_is_refused_and_a_dead_one_s_place_taken(remote: tuple[str, Writing]) -> None:
    location = remote[0]
    with Store.open(location, create=True):
        with pytest.raises(CrossCityError, match=r"is writing to this store; wait until it ends or, .*store unlock"):
            Store.open(location)
        with Store.open(location, read_only=True) as reader:
            assert reader.graphs() == ()
            with pytest.raises(ValueError, match="read only"):
                reader.replace(G, [LINE])
    ended = subprocess.Popen(["true"])
    ended.wait()
    there = Server(location)
    for writer, taken in ((f"{socket.gethostname()}:{ended.pid}:1", True), ("elsewhere:1:1", False)):
        there.update(f'INSERT DATA {{ GRAPH <{KEEPING}> {{ <{KEEPING}> <{KEEPING}writer> "{writer}" }} }}')
        if taken:
            Store.open(location).close()
        else:
            with pytest.raises(CrossCityError, match="elsewhere:1:1 is writing"):
                Store.open(location)
            assert unlock(location) == writer
            Store.open(location).close()
    assert unlock(location) == ""


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("sparql+http://127.0.0.1:9/", r"cannot be reached \(.*\); check the URL, and that the server runs"),
        ("sparql+http://a:b@127.0.0.1/", "must not hold a password; take it out and set CROSSCITY_STORE_USER"),
        ("sparql+http:///x", "names no server; write sparql"),
        ("sparql+http://127.0.0.1/?sparql=x", "sparql is no endpoint; name query=, update= or graphs="),
    ],
)
def test_a_wrong_url_is_told_in_one_line(location: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.server._AGAIN", 0)
    with pytest.raises(CrossCityError, match=message) as raised:
        Store.open(location)
    assert "\n" not in str(raised.value)


def test_what_a_server_refuses_is_told(remote: tuple[str, Writing]) -> None:
    location, _ = remote
    with pytest.raises(CrossCityError, match="there is no store; make one with 'crosscity build PATH --store sparql"):
        Store.open(location, read_only=True)
    with Store.open(location, create=True, base="https://example.org/id/") as store:
        assert store.base == "https://example.org/id/"
        with pytest.raises(CrossCityError, match="does not parse"):
            store.select("SELEC")
        with pytest.raises(CrossCityError, match="a table needs a SELECT query"):
            store.select("CONSTRUCT {} {}")
        with pytest.raises(CrossCityError, match="SERVICE"):
            store.query("SELECT * { SERVICE <http://127.0.0.1:9/> {} }")
    with pytest.raises(CrossCityError, match=r"its IRIs start with https://example\.org/id/"):
        Store.open(location, base="urn:x:")
    with pytest.raises(CrossCityError, match="answered 404 to POST"):
        Store.open(location.replace("query=sparql", "query=nothing"))
    with pytest.raises(ValueError, match="closed"):
        store.graphs()
    assert os.environ.get("CROSSCITY_STORE_USER") is None


def test_a_server_whose_default_graph_is_not_the_union_is_told(remote: tuple[str, Writing], monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(remote[0], create=True).close()
    monkeypatch.setattr("output.service.answering.guard.names_dataset", lambda sparql: True)
    with pytest.raises(CrossCityError, match=r"sees no named graph there; have the server .*--union-default-graph"):
        Store.open(remote[0])
