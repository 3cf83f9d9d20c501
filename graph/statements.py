"""Links and values go in, a named graph's N-Quads lines come out, sorted and each once."""

from __future__ import annotations

from loaders.triples import iri, literal


class Statements:
    """Collects what one named graph states.

    >>> said = Statements("urn:g")
    >>> said.link("urn:a", "urn:p", "urn:b")
    >>> said.value("urn:a", "urn:q", "2019", "gYear")
    >>> said.lines()[0]
    '<urn:a> <urn:p> <urn:b> <urn:g> .'
    """

    __slots__ = ("_graph", "_lines")

    def __init__(self, graph: str) -> None:
        self._graph = iri(graph)
        self._lines: set[str] = set()

    def link(self, subject: str, predicate: str, value: str) -> None:
        """State that a property's value is the thing with this IRI."""
        self._lines.add(f"{iri(subject)} {iri(predicate)} {iri(value)} {self._graph} .")

    def value(self, subject: str, predicate: str, value: str, datatype: str = "") -> None:
        """State a literal; ``datatype`` is a local name of XML Schema (``date``)."""
        self._lines.add(f"{iri(subject)} {iri(predicate)} {literal(value, datatype)} {self._graph} .")

    def words(self, subject: str, predicate: str, words: str, language: str) -> None:
        """State words in a language (``en``, ``zh-hant-tw``)."""
        self._lines.add(f"{iri(subject)} {iri(predicate)} {literal(words)}@{language} {self._graph} .")

    def lines(self) -> list[str]:
        """All that was stated."""
        return sorted(self._lines)

    def content(self) -> bytes:
        """All that was stated, each line ended."""
        return "".join(f"{line}\n" for line in self.lines()).encode()
