"""A service that one can leave running: each limit is tried for real, and the service answers on after it."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from tests.output.services import Service, make_store, serving

FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HUNGRY = "SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f } } }"
MANY = "SELECT ?a ?d ?f { ?a ?b ?c . ?d ?e ?f } LIMIT 200000"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def service(store: Path) -> Iterator[Service]:
    with serving(store, "--timeout", "2", "--queries", "2", "--memory", "200", "--result", "1", hurried=True) as started:
        yield started


@pytest.fixture(autouse=True)
def answers_on(service: Service) -> Iterator[None]:
    yield
    for _ in range(100):
        if service.request("GET", "/health").status == 200 and len(service.workers()) == 2:
            return
        time.sleep(0.1)
    pytest.fail("the service answers no more")


def connect(service: Service) -> socket.socket:
    parts = urlsplit(service.url)
    return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=20)


def received(client: socket.socket) -> bytes:
    """What a client is told before it is dropped."""
    try:
        return client.recv(1000)
    except ConnectionError:
        return b""


def test_a_query_past_its_time_is_stopped_and_its_process_is_gone(service: Service) -> None:
    before = service.workers()
    began = time.monotonic()
    answer = service.ask(FOREVER)
    assert answer.status == 503
    assert answer.text == "the query ran past 2 s and was stopped; ask for less\n"
    assert time.monotonic() - began < 15
    assert not before <= service.workers()


def test_a_query_past_its_memory_is_stopped(store: Path) -> None:
    with serving(store, "--timeout", "60", "--queries", "1", "--memory", "64") as roomy:
        answer = roomy.ask(HUNGRY)
        assert (answer.status, "more memory than it may have" in answer.text) == (503, True)
        for _ in range(100):
            if roomy.request("GET", "/health").status == 200:
                break
            time.sleep(0.1)
        assert roomy.ask("ASK { ?s a cc:Meeting }", "application/sparql-results+json").text == '{"head":{},"boolean":true}'


def test_a_result_past_its_size_is_told_and_no_part_of_it_sent(service: Service) -> None:
    answer = service.ask(MANY)
    assert answer.status == 422
    assert answer.text == "the result is larger than 1 MiB; ask for less, with LIMIT or fewer columns\n"


def test_more_queries_than_run_and_wait_are_told_to_come_back(service: Service) -> None:
    with ThreadPoolExecutor(6) as clients:
        answers = list(clients.map(service.ask, [FOREVER] * 6))
    turned_away = [answer for answer in answers if answer.status == 429]
    assert len(turned_away) >= 3
    assert {answer.headers["retry-after"] for answer in turned_away} == {"2"}
    assert {answer.status for answer in answers} == {429, 503}


def test_a_request_past_its_size_is_refused(service: Service) -> None:
    long = "SELECT * {} #" + "x" * 300_000
    assert service.request("POST", "/sparql", long, content_type="application/sparql-query").status == 413
    assert service.ask(long).status == 413
    with contextlib.suppress(ConnectionError):  # it may be dropped before all of it was sent
        assert service.request("GET", f"/sparql?query={quote('SELECT * {} #')}{'x' * 300_000}").status in (400, 414)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /health HTTP/1.1\r\nHost: x\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK",
    ],
    ids=["nothing", "half a head", "half a body"],
)
def test_a_client_that_stops_halfway_is_dropped(sent: bytes, service: Service) -> None:
    with connect(service) as client:
        client.sendall(sent)
        began = time.monotonic()
        told = received(client)
        assert not told or told.startswith(b"HTTP/1.1 408 ")
        assert time.monotonic() - began < 15


def test_a_client_that_drips_a_head_is_dropped(service: Service) -> None:
    with connect(service) as client, pytest.raises(OSError, match=r"reset|pipe"):
        for sign in b"GET /health HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 200:
            client.sendall(bytes([sign]))
            time.sleep(0.05)


def test_a_client_that_does_not_take_its_result_is_dropped_and_holds_no_worker(store: Path) -> None:
    with serving(store, "--queries", "1", "--result", "64", hurried=True) as slow, connect(slow) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.sendall(f"GET /sparql?query={quote(MANY.replace('200000', '60000'))}&format=csv HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert client.recv(12) == b"HTTP/1.1 200"
        assert slow.ask("ASK {}", "application/sparql-results+json").status == 200
        time.sleep(2.5)
        with pytest.raises(ConnectionError):
            for _ in range(20):  # the first write to a closed connection brings the news back
                client.sendall(b"GET / HTTP/1.1\r\n")
                time.sleep(0.1)


class Listening:
    """A port that notes whether anybody ever connects."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.heard = False
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        try:
            self.socket.accept()
            self.heard = True
        except OSError:
            return


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
        "SELECT * { service silent <%s> { ?s ?p ?o } }",
        "SELECT * { { SELECT * { SeRvIcE/**/<%s> { ?s ?p ?o } } } }",
        "SELECT * { SERVICE#\n<%s> { ?s ?p ?o } }",
        "SELECT * { BIND(<%s> AS ?x) SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <%s> { ?s ?p ?o } }",
        "SELECT * { \\u0053\\u0045RVICE <%s> { ?s ?p ?o } }",
        "LOAD <%s>",
        "load silent <%s>",
        "SELECT * {} ; LOAD <%s>",
        "SELECT * FROM <%s> { ?s ?p ?o }",
        "SELECT * FROM NAMED <%s> { GRAPH ?g { ?s ?p ?o } }",
        "INSERT DATA { <a:a> <a:b> <%s> }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL # <%s>",
        "WITH <%s> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_no_spelling_reaches_out_or_writes(sparql: str, service: Service) -> None:
    listening = Listening()
    held = service.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").text
    answer = service.ask(sparql.replace("%s", f"http://127.0.0.1:{listening.port}/x"))
    assert answer.status in (200, 400)
    assert answer.status == 400 or answer.text.count("\n") == 1, "no rows"
    assert service.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").text == held
    assert not listening.heard
    listening.socket.close()


@pytest.mark.parametrize(
    "more",
    [{}, {"default-graph-uri": "file:///etc/passwd"}, {"named-graph-uri": "file:///etc/passwd"}],
)
def test_no_file_is_read(more: dict[str, str], service: Service) -> None:
    answer = service.ask("SELECT ?s ?p ?o FROM <file:///etc/passwd> { ?s ?p ?o }" if not more else "SELECT ?s ?p ?o { ?s ?p ?o }", **more)
    assert (answer.status, answer.text) == (200, "s,p,o\r\n")


def test_updates_are_refused_in_every_way_of_the_protocol(service: Service) -> None:
    assert service.request("POST", "/sparql", "CLEAR ALL", content_type="application/sparql-update").status == 403
    assert service.request("POST", "/sparql", "update=CLEAR+ALL", content_type="application/x-www-form-urlencoded").status == 403
    assert service.request("GET", "/sparql?update=CLEAR+ALL").status == 403
    for method in ("PUT", "DELETE", "PATCH"):
        assert service.request(method, "/sparql?graph=urn:x", "").status == 405
    for path in ("/update", "/store?default", "/assets/..%2f..%2fpyproject.toml", "/assets/service.html"):
        assert service.request("GET", path).status == 404
