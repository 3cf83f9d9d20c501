"""A store goes in, a file in a format of RDF or of networks comes out: the same bytes for the same facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

import pyoxigraph
from pyoxigraph import RdfFormat

from graph import dataset, named
from graph.store import Store
from ontology import terms
from ontology.errors import CrossCityError
from output import json_ld

if TYPE_CHECKING:
    import networkx

ExportFormat: TypeAlias = Literal["ttl", "nt", "nq", "trig", "jsonld", "rdfxml", "graphml", "gexf"]
EXPORT_FORMATS: Final[tuple[ExportFormat, ...]] = get_args(ExportFormat)
_TRIPLES: Final[Mapping[str, RdfFormat]] = {"ttl": RdfFormat.TURTLE, "rdfxml": RdfFormat.RDF_XML}
_TURTLE_HEAD: Final = re.compile(rb"(?:@prefix [^\n]*\n)+")
_XML_HEAD: Final = re.compile(rb"<rdf:RDF ([^>]*)>")
_CLOCK: Final = re.compile(rb' lastmodifieddate="[^"]*"')


def export(store: Store, form: ExportFormat, licence: str = "") -> bytes:
    """The store's facts in one format, UTF-8: all named graphs in ``nq`` and ``trig``, their union in the other formats of RDF.

    A description of the whole stands with them (VoID, DCAT), in a graph of its own; ``licence`` is the IRI of the terms that the data are
    handed on under.
    ``graphml`` and ``gexf`` hold the collaboration network: agencies, and a link for each pair that works on a case together.
    """
    if form in ("graphml", "gexf"):
        return _network_text(_collaboration(store), form)
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


def write_file(path: Path, content: bytes, say_unwritable: Callable[..., str]) -> None:
    """Write a file whole. Raises CrossCityError, in words that ``say_unwritable`` makes of the reason, where that cannot be."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CrossCityError(say_unwritable(reason=error.strerror or str(error))) from error


def _collaboration(store: Store) -> networkx.Graph[str]:
    """The collaboration network down to sections, with attributes that files of networks can hold: words and numbers."""
    import networkx

    from graph import collaboration

    found = collaboration.collaboration_network(collaboration.involved(store), "section")
    titles = {row["case"]: row["title"] for row in named.ask(store, "cases").records()}
    network: networkx.Graph[str] = networkx.Graph()
    for path in sorted(found):
        held = found.nodes[path]
        network.add_node(path, label=path.replace("/", ""), city=held["city"], depth=held["depth"], cases=len(held["cases"]))
    for a, b, tie in sorted(found.edges(data=True), key=lambda edge: edge[:2]):
        shared = named.SEPARATOR.join(titles[case] for case in tie["cases"])
        network.add_edge(a, b, weight=tie["weight"], cases=len(tie["cases"]), case_titles=shared)
    return network


def _network_text(network: networkx.Graph[str], form: str) -> bytes:
    import networkx

    out = BytesIO()
    if form == "graphml":
        networkx.write_graphml_xml(network, out)
        return out.getvalue().rstrip(b"\n") + b"\n"
    networkx.write_gexf(network, out)
    return _CLOCK.sub(b"", out.getvalue()).rstrip(b"\n") + b"\n"


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
