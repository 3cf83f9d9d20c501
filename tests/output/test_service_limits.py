"""A service that one can leave running: each limit is tried for real, and the service answers on after it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from output.service.pool import Done
from output.service.sending import Sender
from output.service.tasks import Reply
from tests.output.services import Service, serving

pytestmark = pytest.mark.slow

FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HUNGRY = "SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f } } }"
MANY = "SELECT ?a ?d ?f { ?a ?b ?c . ?d ?e ?f } LIMIT 200000"


@pytest.fixture(scope="module")
def service(served: Path) -> Iterator[Service]:
    with serving(served, "--timeout", "3", "--queries", "2", "--memory", "64", "--result", "24", hurried=True) as started:
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
    assert answer.text == "the query ran past 3 s and was stopped; ask for less\n"
    assert time.monotonic() - began < 15
    assert not before <= service.workers()


def test_a_query_past_its_memory_is_stopped(service: Service) -> None:
    answer = service.ask(HUNGRY)
    assert (answer.status, "more memory than it may have" in answer.text) == (503, True)


@pytest.mark.parametrize("sign", ["(", "{", "<", "\\", "-", "!"])
def test_a_query_nested_deep_hurts_no_more_than_a_worker(sign: str, service: Service) -> None:
    deep = f"SELECT (1 AS ?x) {{ FILTER({sign * 200_000}"
    answer = service.request("POST", "/sparql", deep, content_type="application/sparql-query")
    assert (answer.status in (400, 503), answer.text.count("\n")) == (True, 1)


def test_a_result_past_its_size_is_told_and_no_part_of_it_sent(service: Service) -> None:
    answer = service.ask(MANY, "application/json")
    assert answer.status == 422
    assert answer.text == "the result is larger than 24 MiB; ask for less, with LIMIT or fewer columns\n"


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
        b"GET /health HTTP/1.1\r\nHost: localhost\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK",
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


def test_clients_that_break_off_into_nonsense_leave_no_traceback(served: Path) -> None:
    with serving(served) as service:  # which tells all that it said at its end
        for path, pause in itertools.product(("/sparql", "/nothing"), (0.0, 0.5)):  # its body is read, and it is answered before that
            with connect(service) as client, contextlib.suppress(ConnectionError):
                client.sendall(f"POST {path} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
                time.sleep(pause)
                client.sendall(b"this is no chunk\r\n")
                assert received(client)[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 404", b"HTTP/1.1 415", b"")
        assert service.ask("ASK {}", "application/json").status == 200


def test_clients_that_come_and_go_cost_no_worker(service: Service) -> None:
    before = service.workers()
    for _ in range(20):
        with connect(service) as client:
            client.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n\r\n")
    for _ in range(100):
        if service.ask("ASK {}", "application/json").status == 200:
            break
        time.sleep(0.1)
    assert service.workers() == before


def test_a_client_that_drips_a_head_is_dropped(service: Service) -> None:
    with connect(service) as client, pytest.raises(OSError, match=r"reset|pipe"):
        for sign in b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 200:
            client.sendall(bytes([sign]))
            time.sleep(0.05)


def test_a_client_that_drips_a_body_is_dropped(service: Service) -> None:
    with connect(service) as client, contextlib.suppress(ConnectionError):
        client.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 200\r\n\r\n")
        client.settimeout(0.05)
        for _ in range(200):
            client.sendall(b" ")
            with contextlib.suppress(TimeoutError):
                assert client.recv(12) in (b"HTTP/1.1 408", b"")
                return
        pytest.fail("200 drips were waited for")


def test_results_that_wait_for_slow_clients_have_so_much_of_the_disk(tmp_path: Path) -> None:
    size = 600_000
    scope = {"type": "http", "method": "GET", "path": "/sparql", "query_string": b"", "headers": [], "server": ("localhost", 80)}
    taken: list[bytes] = []

    async def receive() -> Message:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        taken.append(message.get("body", b""))

    async def gone(message: Message) -> None:
        raise OSError

    async def one_after_another() -> None:
        sender = Sender(size + 1)

        async def result() -> Response:
            (tmp_path / "result").write_bytes(b"x" * size)
            return await sender.send(Request(scope), Done(Reply(200), tmp_path / "result"), "")

        first = await result()
        refused = await result()
        assert (first.status_code, refused.status_code, refused.headers["retry-after"]) == (200, 429, "2")
        await first(scope, receive, send)
        assert len(b"".join(taken)) == size
        with pytest.raises((OSError, ExceptionGroup)):
            await (await result())(scope, receive, gone)
        assert (await result()).status_code == 200
        assert list(tmp_path.iterdir()) == []

    asyncio.run(one_after_another())


def test_a_client_that_does_not_take_its_result_is_dropped_and_holds_no_worker(service: Service) -> None:
    with connect(service) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        asked = quote(MANY.replace("200000", "80000"))
        client.sendall(f"GET /sparql?query={asked}&format=json HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert client.recv(12) == b"HTTP/1.1 200"
        for _ in range(4):
            assert service.ask("ASK {}", "application/sparql-results+json").status == 200
        with pytest.raises(ConnectionError):
            for _ in range(80):  # the first write to a closed connection brings the news back
                client.sendall(b"GET / HTTP/1.1\r\n")
                time.sleep(0.1)
