"""A store goes in, its facts in a format of RDF come out: the same bytes for the same facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

import pyoxigraph
from pyoxigraph import RdfFormat

from graph import dataset
from graph.store import Store
from ontology import terms
from output.exporting import json_ld

_TRIPLES: Final[Mapping[str, RdfFormat]] = {"ttl": RdfFormat.TURTLE, "rdfxml": RdfFormat.RDF_XML}
_TURTLE_HEAD: Final = re.compile(rb"(?:@prefix [^\n]*\n)+")
_XML_HEAD: Final = re.compile(rb"<rdf:RDF ([^>]*)>")


def write(store: Store, form: str, licence: str = "") -> bytes:
    """The store's facts, UTF-8: all named graphs in ``nq`` and ``trig``, their union in ``nt``, ``ttl``, ``rdfxml`` and ``jsonld``.

    A description of the whole stands with them (VoID, DCAT), in a graph of its own; ``licence`` is the IRI of the terms that the data are
    handed on under.
    """
    lines = sorted((*store.nquads(), *dataset.describe(store, licence)))
    if form == "nq":
        return _text(lines)
    if form == "trig":
        return _serialized(lines, RdfFormat.TRIG)
    triples = sorted({_without_graph(line) for line in lines})
    return _text(triples) if form == "nt" else triples_text(triples, form, store.base).encode("utf-8") + b"\n"


def triples_text(lines: Iterable[str], form: str, base: str) -> str:
    """N-Triples lines in another format of triples (ttl, jsonld, rdfxml), sorted, without a last line feed.

    JSON-LD cuts IRIs short that begin with ``base``.
    """
    if form == "jsonld":
        return json_ld.write(lines, base)
    return _serialized(sorted(lines), _TRIPLES[form]).decode("utf-8").rstrip("\n")


def _text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _without_graph(line: str) -> str:
    """An N-Quads line as N-Triples; a graph's IRI holds no space.

    >>> _without_graph('<a> <p> "x y" <g> .')
    '<a> <p> "x y" .'
    """
    return f"{line.removesuffix(' .').rpartition(' ')[0]} ."


def _serialized(lines: Iterable[str], form: RdfFormat) -> bytes:
    quads = list(pyoxigraph.parse("\n".join(lines), RdfFormat.N_QUADS))
    prefixes = dict(terms.PREFIXES)
    if form == RdfFormat.TRIG:
        quads.sort(key=lambda quad: (str(quad.graph_name), str(quad.triple)))
        written = pyoxigraph.serialize(quads, format=form, prefixes=prefixes)
    else:
        written = pyoxigraph.serialize((quad.triple for quad in quads), format=form, prefixes=prefixes)
    return _with_sorted_prefixes(written or b"")


def _with_sorted_prefixes(written: bytes) -> bytes:
    """The text with its prefixes in order: Oxigraph declares them in another one each time."""
    head = _TURTLE_HEAD.match(written)
    if head:
        return b"".join(sorted(head[0].splitlines(keepends=True))) + written[head.end() :]
    return _XML_HEAD.sub(lambda root: b"<rdf:RDF " + b" ".join(sorted(root[1].split())) + b">", written, count=1)
