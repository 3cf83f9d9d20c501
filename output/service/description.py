"""An endpoint's address goes in, its description in the words of SPARQL 1.1 Service Description comes out."""

from __future__ import annotations

from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from ontology import terms, versions

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_WRITTEN: Final = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_WRITTEN_TRIPLES: Final = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")


def describe(endpoint: str, form: RdfFormat) -> bytes:
    """The description of the service at an address: SPARQL 1.1 Query, the union of all graphs as the default graph."""
    service = NamedNode(endpoint)
    dataset, default = (NamedNode(f"{endpoint}#{part}") for part in ("dataset", "default-graph"))
    said: list[tuple[NamedNode, str, NamedNode | Literal]] = [
        (service, terms.TYPE, NamedNode(f"{_SD}Service")),
        (service, f"{_SD}endpoint", service),
        (service, f"{_SD}supportedLanguage", NamedNode(f"{_SD}SPARQL11Query")),
        (service, f"{_SD}feature", NamedNode(f"{_SD}UnionDefaultGraph")),
        (service, f"{_SD}defaultDataset", dataset),
        *((service, f"{_SD}resultFormat", NamedNode(_FORMATS + name)) for name in (*_WRITTEN, *_WRITTEN_TRIPLES)),
        (dataset, terms.TYPE, NamedNode(f"{_SD}Dataset")),
        (dataset, f"{_SD}defaultGraph", default),
        (default, terms.TYPE, NamedNode(f"{_SD}Graph")),
        (service, f"{terms.SCHEMA}softwareVersion", Literal(versions.version())),
    ]
    triples = [Triple(subject, NamedNode(term), value) for subject, term, value in said]
    return pyoxigraph.serialize(triples, format=form, prefixes={"sd": _SD, "formats": _FORMATS, "schema": terms.SCHEMA}) or b""
