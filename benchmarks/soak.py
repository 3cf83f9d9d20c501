"""Queries, pages and descriptions asked of one service for so many seconds while builds go on in its store: right answers, flat memory?

The store goes back and forth between some generations: one of two files of minutes is another example each time. What each of them
answers is worked out first, by itself; an answer of the service that is not, byte for byte, that of one of them is wrong. Memory
is that of the service's process and its workers together (proportional set size, from the system), sampled each second; its growth is
told as the median of the last quarter over that of the second.

    python benchmarks/soak.py 300             # --clients 4
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from graph import named
from graph.build import build
from graph.store import Store

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.txt"))
GENERATIONS = 3
START = "import sys; from output.cli import main; sys.exit(main(sys.argv[1:]))"
SPARQL = (
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?case ?title { ?case a cc:Case ; skos:prefLabel|dct:title ?title } ORDER BY ?case ?title",
    "SELECT (SAMPLE(?s) AS ?one) { ?s a cc:Nothing }",
)
PATHS = (
    *(f"/sparql?format=csv&query={quote(text)}" for text in SPARQL),
    *(f"/sparql?format=csv&query={quote(named.text(name))}" for name in ("cases", "case-events", "meetings", "directives", "promises")),
    *(f"/question/{name}?format=csv" for name in named.questions()[:6]),
    *("/", "/view/lineage", "/view/collaboration", "/view/lineage.svg", "/report/summary?format=md", "/report/cases?format=json"),
    "/report/promises",
)


@dataclass(slots=True)
class Soaked:
    """What a run saw: answers, those that no generation gives, refusals and broken connections by kind, builds, and memory in MiB."""

    answers: int = 0
    wrong: list[str] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    builds: int = 0
    seen: set[tuple[str, int]] = field(default_factory=set)
    memory: list[float] = field(default_factory=list)

    @property
    def growth(self) -> float:
        """The memory of the last quarter over that of the second."""
        quarter = max(len(self.memory) // 4, 1)
        return statistics.median(self.memory[-quarter:]) / statistics.median(self.memory[quarter : 2 * quarter] or self.memory)


@contextlib.contextmanager
def serving(place: Path, log: Path) -> Iterator[tuple[str, int, int]]:
    """The host, the port and the process of a service over a store."""
    words = ["--lang", "en", "serve", "--store", str(place), "--port", "0", "--queries", "2"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with log.open("w") as sink:
        process = subprocess.Popen([sys.executable, "-c", START, *words], stderr=sink, env=environment)
    try:
        while " at http" not in (said := log.read_text(encoding="utf-8")):
            if process.poll() is not None:
                raise SystemExit(said)
            time.sleep(0.1)
        parts = urlsplit(said.split(" at ")[1].split()[0])
        yield parts.hostname or "", parts.port or 0, process.pid
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
    """The status and the body of an answer."""
    connection.request("GET", path, headers={"Accept": "*/*"})
    found = connection.getresponse()
    return found.status, found.read()


def put(place: Path, minutes: Path, generation: int) -> None:
    """Make a store hold one generation: two files of minutes, of which the second says something else each time."""
    minutes.mkdir(exist_ok=True)
    (minutes / "first.txt").write_bytes(EXAMPLES[0].read_bytes())
    (minutes / "second.txt").write_bytes(EXAMPLES[1 + generation].read_bytes())
    with Store.open(place, create=True) as store:
        build([minutes], store, iris=store.iris)


def right_answers(scratch: Path) -> dict[str, tuple[bytes, ...]]:
    """What each generation answers to each path."""
    answers: dict[str, list[bytes]] = {path: [] for path in PATHS}
    for generation in range(GENERATIONS):
        place = scratch / f"alone-{generation}"
        put(place, scratch / "minutes", generation)
        with serving(place, scratch / "log") as (host, port, _):
            connection = http.client.HTTPConnection(host, port, timeout=60)
            for path in PATHS:
                status, body = ask(connection, path)
                if status != 200:
                    raise SystemExit(f"{path}: {status} {body[:500]!r}")
                answers[path].append(body)
    return {path: tuple(bodies) for path, bodies in answers.items()}


def memory(process: int) -> float:
    """The MiB that a process and its children have."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()  # no fork: it would hold a build's lock for a moment
    total = 0
    for one in (str(process), *children):
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def soak(seconds: float, clients: int = 4) -> Soaked:
    """Ask and build for so many seconds."""
    soaked, lock = Soaked(), threading.Lock()
    with tempfile.TemporaryDirectory() as made:
        scratch = Path(made)
        right = right_answers(scratch)
        place = scratch / "kg"
        put(place, scratch / "minutes", 0)
        with serving(place, scratch / "log") as (host, port, process):
            until = time.monotonic() + seconds

            def client(seed: int) -> None:
                chance = random.Random(seed)
                connection = http.client.HTTPConnection(host, port, timeout=60)
                while time.monotonic() < until:
                    path = chance.choice(PATHS)
                    try:
                        status, body = ask(connection, path)
                    except (OSError, http.client.HTTPException) as error:
                        with lock:
                            soaked.errors[type(error).__name__] += 1
                        connection.close()
                        continue
                    with lock:
                        if status != 200:
                            soaked.errors[f"{status} {body[:80]!r}"] += 1
                        elif body not in right[path]:
                            soaked.wrong.append(path)
                        else:
                            soaked.answers += 1
                            soaked.seen.update((path, at) for at, one in enumerate(right[path]) if one == body)

            def sample() -> None:
                while time.monotonic() < until:
                    soaked.memory.append(memory(process))
                    time.sleep(1.0)

            threads = [threading.Thread(target=client, args=(seed,)) for seed in range(clients)]
            threads.append(threading.Thread(target=sample))
            for thread in threads:
                thread.start()
            while time.monotonic() < until:
                soaked.builds += 1
                put(place, scratch / "minutes", soaked.builds % GENERATIONS)
            for thread in threads:
                thread.join()
        if "Traceback" in (said := (scratch / "log").read_text(encoding="utf-8")):
            soaked.errors[said] += 1
    return soaked


def main() -> int:
    """Print what a run saw; 1 where an answer was wrong or missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--clients", type=int, default=4)
    given = parser.parse_args()
    soaked = soak(given.seconds, given.clients)
    print(f"{soaked.answers:,} answers over {soaked.builds:,} builds, {len(soaked.wrong)} wrong, {sum(soaked.errors.values())} failed")
    for what, times in (soaked.errors + Counter(f"wrong: {path}" for path in soaked.wrong)).most_common(20):
        print(f"  {times} x {what}")
    print(f"{len(soaked.seen)} of {len(PATHS) * GENERATIONS} answers of generations seen")
    print(f"memory {soaked.memory[0]:.0f} MiB at first, {max(soaked.memory):.0f} at most, {soaked.memory[-1]:.0f} at last")
    print(f"growth {soaked.growth:.2f} (last quarter over the second)")
    return 1 if soaked.wrong or soaked.errors else 0


if __name__ == "__main__":
    sys.exit(main())
