"""An Accept header and the media types on offer go in, the one to answer in comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pyoxigraph import QueryResultsFormat, RdfFormat

HTML: Final = "text/html"
ROWS: Final[Mapping[str, QueryResultsFormat]] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
TRIPLES: Final[Mapping[str, RdfFormat]] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
SHORT: Final[Mapping[str, str]] = {  # for a link, which has no headers: …&format=csv
    "json": "application/sparql-results+json, application/ld+json, application/json",
    "xml": "application/sparql-results+xml, application/rdf+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "md": "text/markdown",
    "html": "text/html",
}
_ALSO: Final = {"application/json": ("application/sparql-results+json", "application/ld+json"), "application/xml": tuple(ROWS)[1:2]}
_MOST: Final = 40  # ranges of a header that are looked at


def choose(accept: str, offered: Sequence[str]) -> str:
    """The offered media type that an Accept header likes best, the first offered among equals; empty where it likes none.

    >>> choose("text/html, application/sparql-results+xml;q=0.9, */*;q=0.1", list(ROWS))
    'application/sparql-results+xml'
    >>> choose("", list(ROWS)), choose("image/png", list(ROWS))
    ('application/sparql-results+json', '')
    """
    ranges = [_range(part) for part in accept.split(",")[:_MOST] if part.strip()] or [("*/*", 1.0)]
    liked = {kind: max(((_closeness(wanted, kind), weight) for wanted, weight in ranges), default=(0, 0.0)) for kind in offered}
    known = [(weight, -place, kind) for place, (kind, (near, weight)) in enumerate(liked.items()) if near and weight > 0]
    return max(known)[2] if known else ""


def _range(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
    try:
        return kind, min(max(float(weight), 0.0), 1.0)
    except ValueError:
        return kind, 0.0


def _closeness(wanted: str, kind: str) -> int:
    """How exactly a range of an Accept header means a media type; 0 where it doesn't."""
    if wanted == kind:
        return 4
    if kind in _ALSO.get(wanted, ()):
        return 3
    if wanted.endswith("/*") and kind.startswith(wanted[:-1]):
        return 2
    return 1 if wanted == "*/*" else 0
