"""A question (a query's name, a file, or SPARQL itself) goes in, a store's answer in the chosen format comes out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from graph import named
from graph.store import Store
from graph.tables import Table
from ontology.errors import CrossCityError
from output.exporting.rdf import triples_text
from output.messages import Messages
from output.tables_text import as_columns, as_csv, as_markdown, numeric

if TYPE_CHECKING:
    from rdflib.query import Result
    from rdflib.term import Identifier, Variable

Form: TypeAlias = Literal["table", "csv", "json", "xml", "md", "ttl"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
_OF_TRIPLES: Final[Mapping[str, str]] = {"ttl": "ttl", "json": "jsonld", "xml": "rdfxml"}


@dataclass(frozen=True, slots=True)
class Question:
    """SPARQL, and the name it ships under, if any."""

    sparql: str
    name: str = ""


def resolve(words: str, expression: str, messages: Messages) -> Question:
    """What is asked: SPARQL given outright, a file of it, or a named query.

    Raises CrossCityError where both or a file that cannot be read are given, or the name is unknown.
    """
    if words and expression:
        raise CrossCityError(messages("query.both"))
    if expression:
        return Question(expression)
    if words not in (*named.names(), *named.questions()) and (words.endswith(".rq") or Path(words).is_file()):
        return Question(_read(Path(words), messages))
    return Question(named.text(words), words)


def _read(file: Path, messages: Messages) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CrossCityError(messages("query.unreadable", file=file, reason=error.strerror)) from error
    except UnicodeDecodeError as error:
        raise CrossCityError(messages("query.not-utf8", file=file)) from error


def answer(store: Store, question: Question, form: Form | None, messages: Messages, *, width: int = 80) -> str:
    """The store's answer as text without a last line feed.

    Rows come as a table unless told otherwise, triples as Turtle; JSON and XML are the W3C formats of SPARQL results, or JSON-LD and
    RDF/XML of triples. Raises CrossCityError for a query that doesn't parse, and for rows asked for as Turtle.
    """
    if question.name and form not in ("json", "xml", "ttl"):
        return _rows_text(named.ask(store, question.name), form or "table", width)
    result = _result(named.ask(store, question.name)) if _of_a_network(question) else store.query(question.sparql)
    if result.type in ("CONSTRUCT", "DESCRIBE"):
        return _triples(result, form or "ttl", width, store.base)
    if form == "ttl":
        raise CrossCityError(messages("query.no-triples"))
    if form == "json":
        return json.dumps(_as_w3c(_sorted(result, question, store)), ensure_ascii=False, indent=2)
    if form == "xml":
        written = _sorted(result, question, store).serialize(format="xml")
        return (written or b"").decode("utf-8").rstrip("\n")
    return _rows_text(_table(result), form or "table", width)


def list_names(messages: Messages) -> Table:
    """Every named query with the question that it answers."""
    rows = tuple((name, messages.term("question", name)) for name in (*named.names(), *named.questions()))
    return Table(("query", "question"), rows)


def _rows_text(table: Table, form: Form, width: int) -> str:
    if form == "table":
        return as_columns(table, width=width, right=numeric(table))
    return {"csv": as_csv, "md": as_markdown}[form](table)


def _table(result: Result) -> Table:
    if result.type == "ASK":
        return Table(("answer",), (("true" if result.askAnswer else "false",),))
    variables = result.vars or []
    rows = tuple(tuple(str(row.get(variable, "")) for variable in variables) for row in result.bindings)
    return Table(tuple(map(str, variables)), rows)


def _triples(result: Result, form: Form, width: int, base: str) -> str:
    from rdflib import Graph

    graph = result.graph if result.graph is not None else Graph()
    if form in _OF_TRIPLES:
        return triples_text(graph.serialize(format="nt11").splitlines(), _OF_TRIPLES[form], base)
    rows = sorted((str(s), str(p), str(o)) for s, p, o in graph)
    return _rows_text(Table(("subject", "predicate", "object"), tuple(rows)), form, width)


def _sorted(result: Result, question: Question, store: Store) -> Result:
    """The result of a named query with the parts of cells in the order that its table has."""
    if not question.name or _of_a_network(question):
        return result
    cells = named.ask(store, question.name)
    places = {variable: cells.columns.index(str(variable)) for variable in result.vars or ()}
    result.bindings = [
        {variable: _with_words(term, row[places[variable]]) for variable, term in binding.items()}
        for binding, row in zip(result.bindings, cells.rows, strict=True)
    ]
    return result


def _of_a_network(question: Question) -> bool:
    return bool(question.name) and named.of_a_network(question.name)


def _result(table: Table) -> Result:
    """A table as the result of a query, its cells as literals."""
    from rdflib.query import Result
    from rdflib.term import Literal as Words
    from rdflib.term import Variable

    result = Result("SELECT")
    result.vars = [Variable(column) for column in table.columns]
    result.bindings = [{Variable(column): Words(cell) for column, cell in row.items()} for row in table.records()]
    return result


def _with_words(term: Identifier, words: str) -> Identifier:
    from rdflib.term import Literal as Words

    if not isinstance(term, Words):
        return term
    return Words(words, lang=term.language, datatype=term.datatype)


def _as_w3c(result: Result) -> Mapping[str, object]:
    """SPARQL 1.1 Query Results JSON."""
    if result.type == "ASK":
        return {"head": {}, "boolean": bool(result.askAnswer)}
    variables: Sequence[Variable] = result.vars or []
    bindings = [{str(variable): _as_w3c_term(row[variable]) for variable in variables if variable in row} for row in result.bindings]
    return {"head": {"vars": [str(variable) for variable in variables]}, "results": {"bindings": bindings}}


def _as_w3c_term(term: Identifier) -> Mapping[str, str]:
    from rdflib.term import Literal as Words
    from rdflib.term import URIRef

    if isinstance(term, URIRef):
        return {"type": "uri", "value": str(term)}
    if not isinstance(term, Words):
        return {"type": "bnode", "value": str(term)}
    said = {"type": "literal", "value": str(term)}
    if term.language:
        return {**said, "xml:lang": term.language}
    return {**said, "datatype": str(term.datatype)} if term.datatype else said
