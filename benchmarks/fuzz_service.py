"""A seed goes in, a broken HTTP request is sent to a service that runs, and what went wrong comes out.

Right is any answer below 500 (or 503, which says why), or a closed connection, in time, and that the service answers a plain question
right afterwards. A request that the seed leaves half sent is let go by the client after a moment.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus, urlsplit

from fuzz_queries import ARGUMENTS, MINUTES, SOWN, Trier, broken_query
from graph import named
from graph.build import build
from graph.store import Store
from output.reports import REPORTS

PATIENCE = 20.0  # seconds for an answer; a query has two
START = "import sys; from output.cli import main; sys.exit(main(sys.argv[1:]))"
METHODS = ("GET", "GET", "GET", "POST", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "CONNECT", "get", "PATCH", "\x00", "G" * 300)
PATHS = (
    *(
        "/",
        "/query",
        "/sparql",
        "/sparql",
        "/sparql",
        "/health",
        "/assets/page.css",
        "/view/lineage",
        "/view/collaboration.svg",
        "/nothing",
    ),
    *("/id/", "//", "/..", "/assets/../x", "/view/", "*", "http://127.0.0.1/sparql", "", "/sparql/", "/\ud800", "/%", "/%00", "/%ff%fe"),
)
HEADERS = (
    *(
        "Accept: text/html",
        "Accept: ,;q=,*",
        "Accept: text/csv;q=x",
        "Accept: " + "a/b," * 500,
        "Accept: application/rdf+xml",
        "Accept: \xff",
    ),
    *(
        "Accept-Language: zh-TW",
        "Accept-Language: ,,;",
        "Cookie: lang=\xff; lang",
        "Cookie: =;=;=",
        "Host: evil.example",
        "Host: ",
        "Host: [::",
    ),
    *("Content-Length: -1", "Content-Length: 5", "Content-Length: 99999999999999999999", "Content-Length: x", "Transfer-Encoding: chunked"),
    *(
        "Transfer-Encoding: gzip",
        "Content-Encoding: gzip",
        "Expect: 100-continue",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Range: bytes=0-",
    ),
    *(
        "Sec-Fetch-Site: cross-site",
        "Origin: null",
        "Origin: https://evil.example",
        "Access-Control-Request-Method: GET",
        "X: " + "y" * 70000,
    ),
    *("X-Forwarded-For: 1.2.3.4", " folded", "no colon", ": none", "Content-Type: application/sparql-query", "If-None-Match: *"),
    *(
        "Content-Type: application/x-www-form-urlencoded; charset=utf-16",
        "Content-Type: multipart/form-data; boundary=x",
        "Content-Type: \xff",
    ),
)
NAMES = (
    "query",
    "query",
    "query",
    "update",
    "default-graph-uri",
    "named-graph-uri",
    "format",
    "lang",
    "key",
    "",
    "query%00",
    "using-graph-uri",
)


def broken_request(chance: random.Random) -> bytes:
    """A request after some accidents, as it goes over the wire."""
    form = _parameters(chance)
    method, target = chance.choice(METHODS), _target(chance)
    if form and chance.random() < 0.6:
        target += "?" + form
    kinds = ("application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update", "text/plain", "")
    kind = chance.choice(kinds)
    body = (form if kind == kinds[0] else broken_query(chance)).encode(chance.choice(["utf-8", "utf-8", "utf-16", "cp950"]), "replace")
    lines = [f"{method} {target} HTTP/{chance.choice(['1.1', '1.1', '1.1', '1.0', '2.0', '0.9', 'x'])}", "Host: 127.0.0.1"]
    if method == "POST" or chance.random() < 0.1:
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(body) + chance.choice([0, 0, 0, 0, 1, -1])}"]
    else:
        body = b""
    lines += chance.sample(HEADERS, chance.choice([0, 0, 1, 1, 2, 4]))
    sent = "\r\n".join([*lines, "", ""]).encode("utf-8", "replace") + body
    if chance.random() < 0.15:
        sent = sent[: chance.randrange(len(sent))]
    if chance.random() < 0.1:
        at = chance.randrange(len(sent) + 1)
        sent = sent[:at] + chance.randbytes(chance.randrange(1, 30)) + sent[at:]
    return sent * chance.choice([1, 1, 1, 1, 1, 3])


def _parameters(chance: random.Random) -> str:
    pairs = []
    for _ in range(chance.choice([0, 1, 1, 1, 2, 5])):
        name = chance.choice(NAMES)
        value = broken_query(chance) if name == "query" else chance.choice((*ARGUMENTS, *SOWN))
        pairs.append(f"{name}={quote_plus(value, errors='replace')}")
    return "&".join(pairs)[:60_000]


def _target(chance: random.Random) -> str:
    what = chance.randrange(4)
    argument = quote(chance.choice((*ARGUMENTS, *SOWN)), safe=chance.choice(["", "/%?#"]), errors="replace")
    if what == 0:
        return "/id/" + argument
    if what == 1:
        return f"/report/{chance.choice((*REPORTS, 'case', argument))}"
    if what == 2:
        return f"/question/{chance.choice((*named.questions(), argument))}"
    return chance.choice(PATHS)


class Client:
    """Sends the requests of seeds, and asks after each whether all is well."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._place = (parts.hostname or "", parts.port or 0)
        self.unheard = 0

    def __call__(self, seed: int) -> str:
        chance = random.Random(seed)
        sent = broken_request(chance)
        began = time.monotonic()
        told = self._exchange(sent, half_closed=chance.random() < 0.3, wait=chance.choice([0.0, 0.3, PATIENCE]))
        statuses = [int(found) for found in re.findall(rb"^HTTP/1\.1 (\d+) ", told, re.MULTILINE)]
        self.unheard += not statuses
        if any(status >= 500 and status != 503 for status in statuses) or b"Traceback" in told:
            return f"{sent[:2000]!r}: {told[:2000]!r}"
        if statuses and not told.startswith(b"HTTP/1.1 "):
            return f"{sent[:2000]!r}: no answer's beginning: {told[:200]!r}"
        if time.monotonic() - began > PATIENCE:
            return f"{sent[:2000]!r}: took {time.monotonic() - began:.0f} s"
        well = self._exchange(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", half_closed=False, wait=PATIENCE)
        return "" if well.startswith((b"HTTP/1.1 200 ", b"HTTP/1.1 429")) else f"{sent[:2000]!r}: then {well[:500]!r}"

    def _exchange(self, sent: bytes, *, half_closed: bool, wait: float) -> bytes:
        """What comes back of some bytes, until the service closes, or the head and what is there, or nothing for so many seconds."""
        told = b""
        with socket.create_connection(self._place, timeout=PATIENCE) as client, contextlib.suppress(OSError):  # closed meanwhile
            client.sendall(sent)
            if half_closed:
                client.shutdown(socket.SHUT_WR)
            client.settimeout(max(wait, 0.01) if b"close" in sent else min(max(wait, 0.01), 2.5))
            while part := client.recv(1 << 16):
                told += part
                client.settimeout(0.05 if b"close" not in sent else PATIENCE)
        return told


@contextlib.contextmanager
def service(folder: Path) -> Iterator[Trier]:
    """Sends requests to a service over a store that it makes in a folder."""
    with Store.open(folder / "kg", create=True) as store:
        build(MINUTES, store, iris=store.iris)
    words = ["--lang", "en", "serve", "--store", str(folder / "kg"), "--port", "0", "--timeout", "2", "--queries", "2"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([sys.executable, "-c", START, *words], stderr=log, env=environment)
    try:
        while " at http" not in (folder / "log").read_text(encoding="utf-8"):
            if process.poll() is not None:
                raise SystemExit((folder / "log").read_text(encoding="utf-8"))
            time.sleep(0.1)
        said = (folder / "log").read_text(encoding="utf-8")
        client = Client(said.split(" at ")[1].split()[0])
        yield client
        print(f"{client.unheard} requests were closed without an answer, or not waited for")
        if "Traceback" in (whole := (folder / "log").read_text(encoding="utf-8")):
            print(f"1 fault: the service's log holds a traceback:\n{whole[:20000]}")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
