"""A store and a format's name go in, the bytes of a file, or of the files of a folder, come out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from graph.store import Store
from ontology.errors import CrossCityError
from output.files import write_file
from output.messages import Messages

Format: TypeAlias = Literal[
    "ttl", "nt", "nq", "trig", "jsonld", "rdfxml", "graphml", "gexf", "cytoscape", "ics", "atom", "neo4j", "datapackage"
]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
FOLDERS: Final = frozenset({"neo4j", "datapackage"})
_NETWORKS: Final = frozenset({"graphml", "gexf", "cytoscape"})
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)  # that a ZIP can say: no clock, the same bytes each time


def export(store: Store, form: Format, spoken: Messages, licence: str = "") -> bytes | Mapping[str, bytes]:
    """The store in a format, UTF-8; for those in ``FOLDERS`` the files by name.

    ``graphml``, ``gexf`` and ``cytoscape`` hold the collaboration network, ``neo4j`` nodes and relationships, ``datapackage`` all fact
    tables, ``ics`` what was asked by when, ``atom`` what the last meetings changed; the others are RDF. ``licence`` is the IRI of the terms
    that RDF and tables are handed on under. Raises CrossCityError where a format needs a library that is missing.
    """
    if form in _NETWORKS:
        from output.exporting import networks  # with networkx behind it, as others have what only they need

        return networks.write(store, form)
    if form == "ics":
        from output.exporting import calendar

        return calendar.write(store, spoken)
    if form == "atom":
        from output.exporting import feed

        return feed.write(store, spoken)
    if form == "neo4j":
        from output.exporting import property_graph

        return property_graph.write(store)
    if form == "datapackage":
        from output.exporting import data_package

        return data_package.write(store, spoken, licence)
    from output.exporting import rdf

    return rdf.write(store, form, licence)


def write_folder(files: Mapping[str, bytes], place: Path, spoken: Messages) -> None:
    """Write files into a folder, or into a ZIP where the place's name ends so. Raises CrossCityError where that cannot be."""
    if place.suffix.lower() == ".zip":
        write_file(place, _zipped(files), lambda reason: spoken("output.unwritable", file=place, reason=reason))
        return
    for name, content in files.items():
        file = place / name
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CrossCityError(spoken("output.unwritable", file=file.parent, reason=error.strerror)) from error
        write_file(file, content, lambda reason, file=file: spoken("output.unwritable", file=file, reason=reason))


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(files):
            packed.writestr(zipfile.ZipInfo(name, _EARLIEST), files[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()
