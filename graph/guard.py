"""A SPARQL text goes in; what may not run (SERVICE, LOAD, updates) is refused from its tokens, before anything parses it.

Oxigraph's ``query()`` performs SERVICE without a switch, so that a text which only looks harmless would reach the network. The words
of comments, strings, IRIs, variables and local names don't count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ontology.errors import CrossCityError

_UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"})
_OF_TRIPLES: Final = frozenset({"CONSTRUCT", "DESCRIBE"})
_FORMS: Final = frozenset({"SELECT", "ASK"}) | _OF_TRIPLES
_OPERANDS: Final = frozenset({"iri", "string", "variable", "name", "word", "tag"})
_WORD: Final = r"(?<![\w?$:-])(?:{})(?![\w-])"
_SUSPECT: Final = re.compile(rf"SERVICE|{_WORD.format('|'.join(sorted(_UPDATES)))}")
_NESTS: Final = re.compile(r"[({\[!]")
_DEEPEST: Final = 500  # Oxigraph's parser goes down by itself, and ends the process at some 4,000
_HALF: Final = re.compile("[\ud800-\udfff]")
_FROM: Final = re.compile(_WORD.format("FROM"))
_TOKEN: Final = re.compile(
    r"""
    (?P<space>\s+ | \#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\x00-\x20]*+>)
  | (?P<string>"{3}(?:[^"\\] | \\. | "(?!""))*+"{3} | '{3}(?:[^'\\] | \\. | '(?!''))*+'{3}
      | "(?:[^"\\\n\r] | \\.)*+" | '(?:[^'\\\n\r] | \\.)*+')
  | (?P<variable>[?$]\w+)
  | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>:(?:[\w:-] | %[0-9A-Fa-f]{2} | \\[_~.\-!$&'()*+,;=/?\#@%])*+)
  | (?P<word>[\w-]+)
  | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    text: str
    doubtful: bool


def refuse(sparql: str) -> None:
    """Let a query that only reads the store pass; raise CrossCityError for SERVICE, LOAD, updates, and half characters, which no text has.

    A bare word or prefix that contains SERVICE counts (``1SERVICE`` is two tokens to some parsers). Where ``<`` may be *less than* as
    well as the start of an IRI, the whole text must be free of the word.

    >>> refuse("SELECT * { ?service <http://example.org/service> 'SERVICE' } # SERVICE")
    >>> refuse("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    ontology.errors.CrossCityError: SERVICE asks another server, which this program never does; take it out of the query
    """
    if half := _HALF.search(sparql):
        raise CrossCityError(f"the query holds half a character (U+{ord(half[0]):04X}); take it out")
    if len(_NESTS.findall(sparql)) > _DEEPEST and _depth(sparql) > _DEEPEST:
        raise CrossCityError(f"the query nests deeper than {_DEEPEST} brackets, where the engine would break down; ask more simply")
    if not _SUSPECT.search(sparql.upper()):  # as is so of nearly all: tokens take longer than many an answer
        return
    for token in _tokens(sparql):
        word = token.text.upper() if token.kind == "word" else ""
        if "SERVICE" in word or (token.doubtful and "SERVICE" in sparql.upper()):
            raise CrossCityError("SERVICE asks another server, which this program never does; take it out of the query")
        if word in _UPDATES:
            raise CrossCityError(f"{word} changes data, and queries only read; ask with SELECT, ASK, CONSTRUCT or DESCRIBE")


def _depth(sparql: str) -> int:
    """How deep brackets and negations nest."""
    depth = deepest = run = 0
    for token in _tokens(sparql):
        if token.kind == "mark":
            run = run + 1 if token.text == "!" else 0
            depth += (token.text in "({[") - (token.text in ")}]")
            deepest = max(deepest, depth + run)
    return deepest


def names_dataset(sparql: str) -> bool:
    """Whether the query has a dataset clause (FROM), which a union default graph would silently override.

    >>> names_dataset("SELECT * FROM <http://example.org/g> { ?s ?p ?o }"), names_dataset("SELECT * { ?s ?p 'FROM' }")
    (True, False)
    """
    return _FROM.search(sparql.upper()) is not None and any(
        token.kind == "word" and token.text.upper() == "FROM" for token in _tokens(sparql)
    )


def gives_triples(sparql: str) -> bool:
    """Whether the query is of a form that gives triples (CONSTRUCT, DESCRIBE), not rows or a truth value.

    >>> gives_triples("PREFIX a: <urn:select> CONSTRUCT WHERE { ?s ?p 'SELECT' }"), gives_triples("SELECT ?construct {}")
    (True, False)
    """
    words = (token.text.upper() for token in _tokens(sparql) if token.kind == "word")
    return next((word in _OF_TRIPLES for word in words if word in _FORMS), False)


def _tokens(sparql: str) -> Iterator[_Token]:
    """The significant tokens; doubtful is an IRI that directly follows an operand within parentheses: ``(?a <b> …``."""
    brackets: list[str] = []
    before = ""
    for found in _TOKEN.finditer(sparql):
        kind, text = str(found.lastgroup), found[0]
        if kind == "space":
            continue
        operand = before in _OPERANDS or before == ")"
        doubtful = kind == "iri" and operand and bool(brackets) and brackets[-1] == "("
        if kind == "mark" and text in "({[":
            brackets.append(text)
        elif kind == "mark" and text in ")}]" and brackets:
            brackets.pop()
        before = text if kind == "mark" else kind
        yield _Token(kind, text, doubtful)
