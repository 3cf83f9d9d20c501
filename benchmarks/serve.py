"""Requests a second and their slowest hundredth at 1, 8 and 64 clients: `crosscity serve` beside rdflib-endpoint, on the same facts.

rdflib-endpoint is asked twice: over a graph in rdflib's own memory, as its own page shows it, and over Oxigraph (oxrdflib), the engine that
we use too. All run on this machine with the clients, one after another, some seconds each; the ratios are what to quote. A request is, in
turn, what is said of a case, the life of a case with its sentences, a count over all agencies, and (one in twenty) the table of cases,
by its named query; no two texts are the same. A client waits for its answer, then asks again.

    pip install rdflib-endpoint
    python benchmarks/serve.py                    # or: python benchmarks/serve.py --meetings 100 --seconds 5
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from graph import named
from graph.build import build
from graph.store import Store
from invent import invent

SEED = 1
CLIENTS = (1, 8, 64)
PATIENCE = 60  # seconds that a client waits for an answer
PREFIXES = "PREFIX cc: <https://w3id.org/crosscity/ns#> PREFIX oa: <http://www.w3.org/ns/oa#> "
KINDS = (
    "SELECT ?p ?o { <%s> ?p ?o }",
    "SELECT ?event ?words { ?event cc:case <%s> ; cc:evidence/oa:hasSelector/oa:exact ?words } ORDER BY ?event",
    "SELECT ?agency (COUNT(DISTINCT ?event) AS ?n) { ?event cc:involves ?agency } GROUP BY ?agency ORDER BY DESC(?n) # %s",
)
TABLE = 20  # of so many requests one asks for a whole table
OURS, IN_MEMORY, OVER_OXIGRAPH = "crosscity serve", "rdflib-endpoint", "… over Oxigraph"
_OURS = "import sys; from output.cli import main; sys.exit(main(sys.argv[1:]))"
_THEIRS = """
import sys, pyoxigraph, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
if sys.argv[3] == "oxigraph":
    from oxrdflib import OxigraphStore
    held = pyoxigraph.Store()
    held.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_QUADS)
    facts = Dataset(OxigraphStore(store=held), default_union=True)
else:
    facts = Dataset(default_union=True).parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=facts, path="/sparql"), port=int(sys.argv[2]), log_level="error", access_log=False)
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What some clients got in some seconds: how long each answer took, in seconds, and how many requests had none."""

    took: tuple[float, ...]
    failed: int
    seconds: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.took) / self.seconds

    def slowest(self, share: float) -> float:
        """The milliseconds that so large a share of the answers took at most."""
        return sorted(self.took)[min(int(len(self.took) * share), len(self.took) - 1)] * 1000 if self.took else float("nan")


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@contextlib.contextmanager
def running(words: list[str], port: int) -> Iterator[int]:
    """A server's port, once it answers."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen([sys.executable, "-c", *words], env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            if process.poll() is not None:
                raise SystemExit(f"a server did not start: {words[-1]}")
            time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait()


async def load(port: int, clients: int, seconds: float, cases: tuple[str, ...]) -> Measured:
    """Have so many clients ask for so many seconds, each over one connection."""
    numbers = iter(range(10**9))
    took: list[float] = []
    failed = 0
    until = time.monotonic() + seconds

    async def client() -> None:
        nonlocal failed
        while time.monotonic() < until:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                failed += 1
                await asyncio.sleep(0.1)
                continue
            try:
                while time.monotonic() < until:
                    began = time.monotonic()
                    async with asyncio.timeout(PATIENCE):
                        status = await ask(reader, writer, next(numbers), port, cases)
                    if status == 200:
                        took.append(time.monotonic() - began)
                    else:
                        failed += 1
            except (OSError, EOFError, TimeoutError):
                failed += 1
            finally:
                writer.close()

    began = time.monotonic()
    await asyncio.gather(*(client() for _ in range(clients)))
    return Measured(tuple(took), failed, time.monotonic() - began)


def asked(cases: tuple[str, ...], number: int) -> str:
    """The query of a request, by its number."""
    if number % TABLE == TABLE - 1:
        return named.text("cases")
    return PREFIXES + KINDS[number % len(KINDS)] % cases[number % len(cases)]


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int, port: int, cases: tuple[str, ...]) -> int:
    """Send one query, and take its answer; the status."""
    body = urlencode({"query": f"{asked(cases, number)}\n# {number}"}).encode()
    head = (
        f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Accept: application/sparql-results+json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    await writer.drain()
    told = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = int(told.partition("content-length:")[2].partition("\r\n")[0])
    json.loads(await reader.readexactly(length))
    return int(told[9:12])


def measure(words: list[str], port: int, seconds: float, cases: tuple[str, ...]) -> dict[int, Measured]:
    """A server's figures by the number of clients."""
    with running(words, port):
        asyncio.run(load(port, 2, 1.0, cases))
        return {clients: asyncio.run(load(port, clients, seconds, cases)) for clients in CLIENTS}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--meetings", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=8.0, help="for each server and number of clients")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        place, quads = Path(scratch) / "kg", Path(scratch) / "facts.nq"
        for invented in invent(told.meetings, SEED):
            (Path(scratch) / invented.name).write_text(invented.text, encoding="utf-8")
        with Store.open(place, create=True) as store:
            build([path for path in Path(scratch).iterdir() if path != place], store, iris=store.iris)
            lines = store.nquads()
            cases = tuple(row[0] for row in store.select("SELECT ?case { ?case a cc:Case } ORDER BY ?case").rows)
        quads.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{told.meetings:,} meetings, {len(lines):,} quads, {os.cpu_count()} processors, {told.seconds:g} s each")
        found = {}
        for name in (OURS, OVER_OXIGRAPH, IN_MEMORY):
            port = free_port()
            ours = [_OURS, "serve", "--store", str(place), "--port", str(port), "--queries", str(os.cpu_count() or 2)]
            theirs = [_THEIRS, str(quads), str(port), "oxigraph" if name == OVER_OXIGRAPH else "memory"]
            found[name] = measure(ours if name == OURS else theirs, port, told.seconds, cases)
    print(f"{'':<18} {'clients':>7} {'answers/s':>10} {'p50 ms':>9} {'p99 ms':>9} {'failed':>7} {'ours, times':>12}")
    for name, by_clients in found.items():
        for clients, one in by_clients.items():
            times = found[OURS][clients].rate / one.rate if one.rate else float("inf")
            took = f"{one.slowest(0.5):>9.1f} {one.slowest(0.99):>9.1f}"
            print(f"{name:<18} {clients:>7} {one.rate:>10.1f} {took} {one.failed:>7} {times:>12.1f}")


if __name__ == "__main__":
    main()
