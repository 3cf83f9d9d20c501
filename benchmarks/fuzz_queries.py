"""A seed goes in, a broken query or a broken argument is asked of a small store, and what went wrong comes out.

A text is a named query, or one of a few of other forms, after accidents: cut, sown with SPARQL's own marks and with characters that
tokenizers stumble over, or joined with another. It is asked as a table, in each form of output and as the service asks it; arguments go
through the command line. An answer, or one clear line, is right. One that takes too long is ended: a cross product is no fault.
"""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import random
import resource
import traceback
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from graph import named
from graph.build import build
from graph.embedded import open_embedded
from graph.store import Store
from ontology.errors import CrossCityError
from output.cli import main
from output.reports import REPORTS
from output.service.answering import perform
from output.service.kept import Kept
from output.service.tasks import Task

MINUTES = sorted((Path(__file__).parents[1] / "examples").glob("*.txt"))[:2]
PATIENCE = 5.0  # seconds for one query
MEMORY = 3 << 30  # bytes of address space for all of them
OTHERS = (
    *("ASK { ?s ?p ?o }", "DESCRIBE ?s { ?s a cc:Case }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 9"),
    *(
        "SELECT (1/0 AS ?x) {}",
        'SELECT ("a"@en-x AS ?x) (<urn:a,b> AS ?y) ?z {}',
        "SELECT * { ?s cc:text|^cc:case+/!rdf:type* ?o } LIMIT 9",
    ),
)
SOWN = (
    *"{}()[]<>|^*+?!.;,=&\\\"'@#:/-_0",
    *(
        "SELECT ",
        "FROM <urn:x> ",
        "SERVICE <urn:x> {}",
        "FILTER(",
        "BIND(1 AS ?s)",
        "VALUES ?s { <urn:x> UNDEF }",
        "GROUP BY ?s ",
        "INSERT ",
    ),
    *("<<", ">>", "{|", "|}", "a:b", "cc:", "_:x", '"""', "'''", "\\u0041", "\\uD800", "\\U0010FFFF", "1e999", "1.0e", "9" * 40, "?" * 9),
    *("REGEX(STR(?o), '(a+)+$')", "REPLACE(?o, '(', '')", "SUBSTR('臺', -1, 9e9)", "STRDT('x', xsd:date)", "XSD:gYear('0000')", "IRI(' ')"),
    *(
        "\x00",
        "\ufeff",
        "\u2028",
        "\r",
        "\u3000",
        "\u202e",
        "\U0001f600",
        "臺北市",
        "\ud800",
        "(" * 2000,
        "{" * 2000,
        "!" * 2000,
        "LIMIT -1",
    ),
)
ARGUMENTS = (
    *(
        "",
        " ",
        "*",
        "-1",
        "臺北市",
        "新北市政府",
        "交通",
        "\x00",
        "\ufeff",
        "'",
        '"',
        "<urn:x>",
        "https://example.org/a b",
        "%zz",
        "../../etc/passwd",
    ),
    *(
        "2019-02-30",
        "9999-12-31",
        "0000-00-00",
        "108-01-01",
        "2019",
        "−1",
        "１０",
        "1e9",
        "\ud800",
        "﨑",
        "a" * 5000,
        "\u202e",
        "x\ny",
        "?s } #",
    ),
)
FORMS = ("table", "csv", "json", "md", "html", "ttl", "nt", "xml", "tsv", "")
OPTIONS = (
    "--as-of",
    "--agency",
    "--group",
    "--since",
    "--until",
    "--level",
    "--case",
    "--outcome",
    "--top",
    "--meeting",
    "--person",
    "--lang",
)


class Trier(Protocol):
    """Tries the case of a seed."""

    def __call__(self, seed: int) -> str:
        """What went wrong; empty where nothing did."""


def broken_query(chance: random.Random) -> str:
    """A query after some accidents."""
    text = chance.choice(OTHERS) if chance.random() < 0.3 else named.text(chance.choice((*named.names(), *named.questions())))
    for _ in range(chance.randrange(0, 6)):
        at, long = chance.randrange(len(text) + 1), chance.randrange(1, 40)
        what = chance.randrange(5)
        if what == 0:
            text = text[:at] + text[at + long :]
        elif what == 1:
            text = text[:at] + text[at : at + long] * 3 + text[at + long :]
        elif what == 2 and chance.random() < 0.2:
            text = text[:at] + chance.choice(OTHERS)[long // 2 :]
        else:
            text = text[:at] + chance.choice(SOWN) + text[at:]
    return text


def broken_command(chance: random.Random) -> list[str]:
    """The words of a command that asks, with arguments that nobody means."""
    argument = chance.choice(ARGUMENTS)
    form = ["--format", chance.choice(FORMS)]
    kind = chance.randrange(4)
    if kind == 0:
        words = ["query", "-e", broken_query(chance), *form]
    elif kind == 1:
        words = ["query", chance.choice((argument, *named.questions())), *form]
    elif kind == 2:
        words = [chance.choice(("explain", "report case", "report agency")), argument, *form]
    else:
        words = [f"report {chance.choice(tuple(REPORTS))}", chance.choice(OPTIONS), argument, *form]
    return [*words[0].split(), *words[1:]]


def try_query(store: Store, text: str, chance: random.Random) -> None:
    """Ask a text in each way; raises whatever is no complaint of ours."""
    ways = (lambda: store.select(text), lambda: list(store.query(text)))
    for way in ways:
        with contextlib.suppress(CrossCityError):
            way()
    accept = chance.choice(["text/csv", "application/sparql-results+json", "text/turtle", "*/*", "image/png", ""])
    reply = perform(store, Task("query", text, accept=accept), io.BytesIO(), 4, Kept(0))  # type: ignore[arg-type]
    if reply.status not in (200, 400, 406, 422) or "\n" in reply.complaint:
        raise ValueError(f"{reply}")


def try_command(words: list[str], place: str) -> None:
    """Call a command; raises what it raises, and ValueError for a code or complaint that is none."""
    out, complaints = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(complaints):
        try:
            code = main([*words, "--store", place])
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else 1
    told = complaints.getvalue()
    if code not in (0, 1, 2) or "Traceback" in told or (code == 2 and not told.strip()):
        raise ValueError(f"exit {code}: {told}")


def answer(place: str, asked: Connection) -> None:
    """Try the seeds that come in, each as it would be by itself, until there are no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with open_embedded(place, read_only=True) as store:
        while True:
            seed = asked.recv()
            chance = random.Random(seed)
            wrong = ""
            try:
                if chance.random() < 0.7:
                    try_query(store, broken_query(chance), chance)
                else:
                    try_command(broken_command(chance), place)
            except MemoryError:
                pass
            except BaseException:  # a panic below Python too
                wrong = traceback.format_exc()
            asked.send(wrong)


class Asker:
    """A process that tries seeds, and another in its place where one takes too long."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._ways = multiprocessing.get_context("spawn")
        self.stopped = 0
        self.begin()

    def begin(self) -> None:
        """Start the process."""
        self._ours, theirs = self._ways.Pipe()
        self._process = self._ways.Process(target=answer, args=(self._place, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()

    def __call__(self, seed: int) -> str:
        self._ours.send(seed)
        try:
            if self._ours.poll(PATIENCE + (30.0 if self.stopped == 0 and seed == 0 else 0.0)):
                return str(self._ours.recv())
            self.stopped += 1
        except (EOFError, ConnectionError):
            self._process.join()
            code = self._process.exitcode
            self.begin()
            return f"the process ended ({code})"
        self.end()
        self.begin()
        return ""


@contextlib.contextmanager
def queries(folder: Path) -> Iterator[Trier]:
    """Tries queries and arguments against a store that it makes in a folder."""
    with Store.open(folder / "kg", create=True) as store:
        build(MINUTES, store, iris=store.iris)
    asker = Asker(str(folder / "kg"))
    try:
        yield asker
    finally:
        asker.end()
        print(f"{asker.stopped} took longer than {PATIENCE:g} s and were ended")
