"""The named queries over 13, 1,000 and 10,000 invented meetings: this program's time beside raw pyoxigraph's and rdflib's own engine's.

One store a size is built, or taken from the folder that ``--stores`` names, and its facts put in memory: once in Oxigraph's, which this
program and pyoxigraph alone ask by turns, and, in a process of its own, in rdflib's. A time is the least of several, in CPU seconds, with
every cell of the answer taken as text. What rdflib does not end within a minute is told so, and beyond 1,000 meetings it is not asked.

    python benchmarks/queries.py                                 # or name sizes: python benchmarks/queries.py 13 1000
    python benchmarks/queries.py 13 1000 10000 --stores /var/tmp/crosscity-bench     # built once, 10,000 in about twenty minutes
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

import pyoxigraph
from rdflib import Dataset

from graph import named
from graph.build import build
from graph.embedded import EmbeddedStore
from graph.store import MEMORY, Store
from invent import invent
from ontology import terms

SEED: Final = 1
LIMIT: Final = 60  # CPU seconds that a query may take of rdflib
RDFLIB_UP_TO: Final = 1000  # meetings; to read the quads of 10,000 in takes rdflib more than a minute, and 20 times our memory
_ROUNDS: Final = 0.5  # seconds of rounds, of which the quickest counts


class Late(Exception):
    """A query took longer than it may."""


def make_store(size: int, folder: Path) -> Path:
    """The store of so many invented meetings in a folder, built where it is not there."""
    place, minutes = folder / f"kg-{size}", folder / f"minutes-{size}"
    if not place.exists():
        minutes.mkdir(parents=True, exist_ok=True)
        for invented in invent(size, SEED):
            (minutes / invented.name).write_text(invented.text, encoding="utf-8")
        with Store.open(place, create=True) as store:
            build([minutes], store, iris=store.iris)
    return place


Ask = Callable[[str], int]  # a named query's name to the number of its rows


def both(place: Path) -> tuple[Ask, Ask]:
    """What answers with this program, and with pyoxigraph alone, from one store in memory."""
    with Store.open(place, read_only=True) as kept:
        assert isinstance(kept, EmbeddedStore)
        ours = Store.open(MEMORY, base=kept.base)
        assert isinstance(ours, EmbeddedStore)
        ours.database.bulk_extend(kept.database)
    database = ours.database

    def raw(name: str) -> int:
        found = database.query(named.text(name), prefixes=terms.PREFIXES, use_default_graph_as_union=True)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        return len([[getattr(cell, "value", "") for cell in row] for row in found])

    return lambda name: len(named.ask(ours, name).rows), raw


def rdflib(place: Path) -> Ask:
    """What answers with rdflib's own engine, from its own store in memory."""
    dataset = Dataset(default_union=True)
    with Store.open(place, read_only=True) as kept:
        dataset.parse(data="\n".join(kept.nquads()), format="nquads")
    return lambda name: len([[str(cell) for cell in row] for row in dataset.query(named.text(name), initNs=dict(terms.PREFIXES))])


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Raise Late in a block that takes more CPU seconds."""

    def end(number: int, frame: FrameType | None) -> None:
        raise Late

    signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def measure(asks: Sequence[Ask], limit: int) -> None:
    """Print a line a query: its name, then for each who is asked the CPU seconds (``nan`` where it took too long) and the rows."""
    for name in named.names():
        best, rows, began = [float("nan")] * len(asks), [0] * len(asks), time.perf_counter()
        try:
            with at_most(limit):
                while best[-1] != best[-1] or time.perf_counter() - began < _ROUNDS:
                    for at, ask in enumerate(asks):
                        start = time.process_time()
                        rows[at] = ask(name)
                        best[at] = min(time.process_time() - start, best[at] if best[at] == best[at] else LIMIT)
        except Late:
            pass
        print(name, *(word for pair in zip(best, rows, strict=True) for word in pair), flush=True)


def measured(how: str, place: Path) -> dict[str, list[float]]:
    """What ``measure`` prints in a process of its own, by name."""
    command = [sys.executable, __file__, "--one", how, str(place)]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return {name: [float(number) for number in numbers] for name, *numbers in (line.split() for line in lines)}


def compare(size: int, place: Path) -> None:
    """Print a table of a size."""
    found = measured("both", place)
    others = measured("rdflib", place) if size <= RDFLIB_UP_TO else {}
    print(f"\n{size:,} meetings")
    print(f"{'query':16} {'rows':>8} {'ours, ms':>10} {'raw, ms':>10} {'÷ raw':>6} {'rdflib, ms':>11} {'rdflib ÷ ours':>14}")
    for name, (ours, rows, raw, raw_rows) in found.items():
        other, other_rows = others.get(name, (0.0, rows))
        ended = other == other
        if rows != raw_rows or (ended and rows != other_rows):
            raise SystemExit(f"{name}: {rows:.0f} rows, {raw_rows:.0f} of pyoxigraph, {other_rows:.0f} of rdflib")
        took = f"{other * 1000:,.1f}" if ended else f"> {LIMIT * 1000:,}"
        times = f"{other / ours:,.0f}" if ended else f"> {LIMIT / ours:,.0f}"
        theirs = f"{took:>11} {times:>14}" if others else f"{'not asked':>11}"
        print(f"{name:16} {rows:>8.0f} {ours * 1000:>10,.1f} {raw * 1000:>10,.1f} {ours / raw:>6.2f} {theirs}")
    ours, raw = (sum(numbers[at] for numbers in found.values()) for at in (0, 2))
    print(f"{'all':16} {'':>8} {ours * 1000:>10,.1f} {raw * 1000:>10,.1f} {ours / raw:>6.2f}", flush=True)


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        how, place = sys.argv[2], Path(sys.argv[3])
        measure(*(both(place), 3600) if how == "both" else ((rdflib(place),), LIMIT))
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[13, 1000, 10000])
    parser.add_argument("--stores", type=Path, help="where stores are kept for the next run")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        for size in given.sizes:
            compare(size, make_store(size, given.stores or Path(scratch)))


if __name__ == "__main__":
    main()
