"""A file of corrections and documents go in, what each document is to be read with comes out, and what corrects nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.store import Store
from loaders.corrections import Located, load, locate, orphaned
from ontology import terms
from ontology.records import Document, Finding


@dataclass(frozen=True, slots=True)
class Mended:
    """What corrections come to in all documents of a build.

    ``located`` tells it by a document's digest, ``concerned`` are the digests of those documents that corrections have a target in, or had
    when the store was last built. ``digest`` is one of the corrections themselves, empty where there are none.
    """

    located: Mapping[str, Located]
    concerned: frozenset[str]
    orphaned: tuple[Finding, ...]
    digest: str


def mend(store: Store, file: Path | None, documents: Iterable[Document]) -> Mended:
    """What a file of corrections comes to in some documents, which are looked at only where there are corrections.

    Raises CrossCityError where the file can't be read, or a table in it is no correction.
    """
    corrections = load(file) if file is not None else ()
    corrected = store.select(f"SELECT DISTINCT ?sha {{ GRAPH ?d {{ ?c a <{terms.CORRECTION}> . ?d <{terms.SHA256}> ?sha }} }}").rows
    before = frozenset(row[0] for row in corrected)
    if file is None or not corrections:
        return Mended({}, before, (), "")
    located = {document.sha256: found for document in documents if (found := locate(corrections, document)).found}
    held = {correction for found in located.values() for correction in found.found}
    digest = hashlib.sha256(repr(corrections).encode("utf-8", "surrogatepass")).hexdigest()
    return Mended(located, before | located.keys(), tuple(orphaned(corrections, held, file.name)), digest)
