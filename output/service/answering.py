"""A store and a task go in, what the task asks for is written to a file, and how it ended comes out."""

from __future__ import annotations

import codecs
import csv
from dataclasses import replace
from typing import IO

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, QueryResultsFormat

from graph import guard
from graph.embedded import EmbeddedStore
from graph.store import unanswerable
from ontology import terms
from ontology.errors import CrossCityError
from output import messages
from output.service import pages, things
from output.service.kept import Kept
from output.service.limits import MIB
from output.service.negotiation import HTML, ROWS, TRIPLES, choose
from output.service.tasks import Reply, Task


class TooLargeError(Exception):
    """A result passed the limit on its size."""


class Capped:
    """A binary file that takes so many bytes, and raises TooLargeError for more."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file = file
        self._left = most

    def write(self, content: bytes) -> int:
        """Write some bytes."""
        self._left -= len(content)
        if self._left < 0:
            raise TooLargeError
        return self._file.write(content)

    def flush(self) -> None:
        """Nothing: the file below is flushed when it is closed."""


def perform(store: EmbeddedStore, task: Task, file: IO[bytes], most: int, kept: Kept) -> Reply:
    """Do a task; ``most`` is how many MiB the result may have, ``kept`` holds pages of this store.

    Complaints about the task are replies with a status from 400 on.
    """
    out = Capped(file, most * MIB)
    try:
        if task.kind == "query":
            return _answer(store, task, out)
        if task.kind == "thing":
            return _describe(store, task, out)
        return _show(store, task, out, kept)
    except TooLargeError:
        return Reply(422, complaint=f"the result is larger than {most} MiB; ask for less, with LIMIT or fewer columns")
    except SyntaxError as error:
        return Reply(400, complaint=f"the query does not parse ({' '.join(str(error).split())})")
    except RuntimeError as error:  # a function that Oxigraph does not have
        return Reply(400, complaint=messages.load(task.language).localized(str(unanswerable(error))))
    except CrossCityError as error:
        words = messages.load(task.language).localized(str(error))
        return Reply(400 if task.kind in ("query", "thing") else 404, complaint=words)
    except ValueError as error:  # an IRI of the dataset that is none
        return Reply(400, complaint=" ".join(str(error).split()))


def _answer(store: EmbeddedStore, task: Task, out: Capped) -> Reply:
    guard.refuse(task.words)
    stated = bool(task.default_graphs or task.named_graphs)
    default: list[NamedNode | BlankNode | DefaultGraph] = [NamedNode(iri) for iri in task.default_graphs]
    named: list[NamedNode | BlankNode] = [NamedNode(iri) for iri in task.named_graphs]
    union = not stated and not guard.names_dataset(task.words)
    result = store.database.query(
        task.words,
        prefixes=terms.PREFIXES,
        use_default_graph_as_union=union,
        default_graph=default if stated else None,
        named_graphs=named if stated else None,
    )
    return _write(result, task.accept, out)


def _write(result: object, accept: str, out: Capped) -> Reply:
    if isinstance(result, pyoxigraph.QueryTriples):
        if not (kind := choose(accept, tuple(TRIPLES))):
            return _not_acceptable(tuple(TRIPLES))
        pyoxigraph.serialize(result, out, TRIPLES[kind], prefixes=terms.PREFIXES)  # type: ignore[arg-type]  # it only writes
        return Reply(200, _with_charset(kind))
    kinds = tuple(ROWS) if isinstance(result, pyoxigraph.QuerySolutions) else tuple(ROWS)[:2]
    if not (kind := choose(accept, kinds)):
        return _not_acceptable(kinds)
    if isinstance(result, pyoxigraph.QuerySolutions) and ROWS[kind] == QueryResultsFormat.CSV:
        _write_csv(result, out)
    elif isinstance(result, pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean):
        result.serialize(out, ROWS[kind])  # type: ignore[arg-type]
    return Reply(200, _with_charset(kind))


def _write_csv(result: pyoxigraph.QuerySolutions, out: Capped) -> None:
    """SPARQL 1.1 CSV: Oxigraph's own leaves IRIs with a comma (``…#char=66,74``) unquoted."""
    lines = codecs.getwriter("utf-8")(out)  # type: ignore[arg-type]
    writer = csv.writer(lines)
    names = [variable.value for variable in result.variables]
    writer.writerow(names)
    writer.writerows([_plain(row[name]) for name in names] for row in result)


def _plain(term: object) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _show(store: EmbeddedStore, task: Task, out: Capped, kept: Kept) -> Reply:
    if task.kind == "view":
        kinds: tuple[str, ...] = (pages.PICTURE if task.words.endswith(".svg") else HTML,)
    else:
        kinds = {"start": (HTML,), "question": (HTML, "text/csv"), "report": tuple(pages.FORMS)}[task.kind]
    kind = choose(task.accept, kinds) if len(kinds) > 1 else kinds[0]
    if not kind:
        return _not_acceptable(kinds)
    out.write(kept.page(replace(task, accept=kind), lambda: pages.render(store, task, pages.FORMS.get(kind, "html"))))
    return Reply(200, _with_charset(kind))


def _describe(store: EmbeddedStore, task: Task, out: Capped) -> Reply:
    """A thing's page for people, or what is said of it for machines."""
    node = NamedNode(task.words)
    union = {"use_default_graph_as_union": True}
    if not store.database.query(things.ANY % ((node,) * 3), **union):  # type: ignore[arg-type]
        return Reply(404, complaint=f"nothing is known of {task.words}")
    if choose(task.accept, (*TRIPLES, HTML)) == HTML:
        out.write(things.page(store, task.words, task.language).encode("utf-8"))
        return Reply(200, f"{HTML}; charset=utf-8")
    return _write(store.database.query(things.SAID % ((node,) * 5), **union), task.accept, out)  # type: ignore[arg-type]


def _not_acceptable(kinds: tuple[str, ...]) -> Reply:
    return Reply(406, complaint=f"this answer comes as {', '.join(kinds)}; name one of them in Accept")


def _with_charset(kind: str) -> str:
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
