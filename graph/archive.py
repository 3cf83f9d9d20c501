"""A store goes in, a file of N-Quads that holds all of it comes out; and the way back, all at once."""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import pyoxigraph

from graph.store import Store
from ontology.errors import CrossCityError

_HEAD: Final = "# crosscity backup of "
_END: Final = "# end of backup, quads: "
_GRAPH: Final = re.compile(r" <([^<>\s]+)> \.$")


def back_up(store: Store, file: Path) -> int:
    """Write all quads of a store to a file, graph by graph and sorted, gzipped where its name ends so; how many there are.

    The file is whole or not there: it is written beside and renamed. Raises OSError where it cannot be written.
    """
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    count = 0
    try:
        with _writing(beside, zipped=file.suffix == ".gz") as out:
            out.write(f"{_HEAD}{store.base}\n".encode())
            for graph in store.graphs():
                lines = store.lines(graph)
                count += len(lines)
                out.writelines(f"{line.removesuffix(' .')} <{graph}> .\n".encode() for line in lines)
            out.write(f"{_END}{count}\n".encode())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    return count


def base_of(file: Path) -> str:
    """The base of the store that a backup is of. Raises CrossCityError where it is no backup, and OSError where it can't be read."""
    with _reading(file) as lines:
        first = next(lines, "")
    if not first.startswith(_HEAD):
        raise _bad(file, "it does not begin as one")
    return first.removeprefix(_HEAD).strip()


def restore(store: Store, file: Path) -> int:
    """Make a store hold exactly what a backup holds; how many quads.

    Raises CrossCityError, with nothing written, for a file that is not whole, and OSError where it cannot be read.
    """
    count = sum(len(lines) for _, lines in _graphs(file))
    left = set(store.graphs())
    for graph, lines in _graphs(file):
        store.replace(graph, lines)
        left.discard(graph)
    for graph in sorted(left):
        store.replace(graph, ())
    return count


def _graphs(file: Path) -> Iterator[tuple[str, list[str]]]:
    """Each graph of a backup with its lines."""
    base_of(file)
    count = 0
    said = None
    held: list[str] = []
    name = ""
    with _reading(file) as lines:
        for number, line in enumerate(lines, 1):
            if line.startswith(_END):
                said = line.removeprefix(_END)
            if line.startswith("#"):
                continue
            found = _GRAPH.search(line)
            if not found:
                raise _bad(file, f"line {number} is no quad of a graph")
            if found[1] != name and held:
                yield name, _checked(file, held)
                held = []
            name = found[1]
            held.append(line)
            count += 1
    if said != str(count):
        raise _bad(file, "it is cut short")
    if held:
        yield name, _checked(file, held)


def _checked(file: Path, lines: list[str]) -> list[str]:
    try:
        for _ in pyoxigraph.parse("\n".join(lines), pyoxigraph.RdfFormat.N_QUADS):
            pass
    except SyntaxError as error:
        raise _bad(file, " ".join(str(error).split())) from error
    return lines


@contextmanager
def _writing(file: Path, *, zipped: bool) -> Iterator[IO[bytes]]:
    with file.open("wb") as raw:
        if zipped:
            with gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as out:  # no name and no clock: the same bytes for the same facts
                yield out  # type: ignore[misc]
        else:
            yield raw
        raw.flush()
        os.fsync(raw.fileno())


@contextmanager
def _reading(file: Path) -> Iterator[Iterator[str]]:
    try:
        with gzip.open(file, "rt", encoding="utf-8-sig") if file.suffix == ".gz" else file.open(encoding="utf-8-sig") as lines:
            yield (line.rstrip("\n") for line in lines)
    except (EOFError, gzip.BadGzipFile, UnicodeDecodeError) as error:
        raise _bad(file, "it is cut short, or something else") from error


def _bad(file: Path, reason: str) -> CrossCityError:
    return CrossCityError(f"{file}: cannot be read as a backup ({reason}); name a file that 'crosscity store backup' wrote")
