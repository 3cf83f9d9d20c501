"""A store's place goes in, what it is and how much it holds comes out in words; and the care of it: backup, restore, compaction."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from graph import archive
from graph.embedded import open_embedded
from graph.folder import GENERATION, Folder
from graph.store import Store
from graph.tables import Table
from ontology.errors import CrossCityError
from output.messages import Messages
from output.stores import in_folder, open_for_build

_COUNTED: Final = {
    "documents": "?x a eli:Expression",
    "meetings": "?x a cc:Meeting",
    "cases": "?x a cc:Case",
    "people": "?x a foaf:Person",
}
_QUADS: Final = 'SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER (STRSTARTS(STR(?g), "{base}")) }}'
_MIB: Final = 1024 * 1024


def describe(location: str, messages: Messages) -> Table:
    """What a store is and holds, under its place, a row each: version, base, size on disk, and counts."""
    rows = []
    with Store.open(location, read_only=True) as store:
        if in_folder(location):
            rows.append((messages("store.version"), str(Folder(Path(location)).marker().version)))
        rows.append((messages("store.base"), store.base))
        if in_folder(location):
            rows.append((messages("store.size"), messages("store.mib", size=f"{size(location):.1f}")))
        rows.append((messages("store.graphs"), str(len(store.graphs()))))
        rows.append((messages("store.quads"), store.select(_QUADS.format(base=store.base)).rows[0][0]))
        for name, pattern in _COUNTED.items():
            count = store.select(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}").rows[0][0]
            rows.append((messages(f"store.{name}"), count))
    return Table((messages("store.of-place"), location), tuple(rows))


def size(location: str) -> float:
    """How many MiB the current generation of a store in a folder takes."""
    facts = Folder(Path(location)).marker().facts
    return sum(file.stat().st_size for file in (Path(location) / facts).iterdir() if GENERATION.fullmatch(facts)) / _MIB


def back_up(location: str, file: Path, messages: Messages) -> None:
    """Write a store to a file. Raises CrossCityError where either cannot be."""
    with Store.open(location, read_only=True) as store:
        try:
            archive.back_up(store, file)
        except OSError as error:
            raise CrossCityError(messages("output.unwritable", file=file, reason=error.strerror or str(error))) from error


def restore(location: str, file: Path, messages: Messages) -> str:
    """Make a store, there or new, hold what a backup holds; says how much that is. Raises CrossCityError where that cannot be."""
    try:
        base = archive.base_of(file)
        with open_for_build(location, base, partial(messages, "store.unusable", store=location)) as store:
            quads = archive.restore(store, file)
            graphs = len(store.graphs())
    except OSError as error:
        raise CrossCityError(messages("store.no-backup", file=file, reason=error.strerror or str(error))) from error
    return messages("store.restored", store=location, quads=quads, graphs=graphs)


def compact(location: str, messages: Messages) -> str:
    """Put a store's files in order; says what that saved. Raises CrossCityError for a store that is not in a folder."""
    if not in_folder(location):
        raise CrossCityError(messages("store.only-folder", store=location))
    before = size(location)
    with open_embedded(location) as store:
        store.optimize()
    return messages("store.compacted", store=location, before=f"{before:.1f}", after=f"{size(location):.1f}")


def unlock(location: str, messages: Messages) -> str:
    """Let others write to a server's store; says who held it. A folder frees itself when its writer ends."""
    if in_folder(location):
        return messages("store.not-locked", store=location)
    from graph.remote import unlock as unlock_server

    writer = unlock_server(location)
    return messages("store.unlocked", store=location, writer=writer) if writer else messages("store.not-locked", store=location)
