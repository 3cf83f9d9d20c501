"""A store and a file of corrections go in, which of its documents they concern comes out, and what corrects nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.parts import Part
from loaders.corrections import Located, load, locate, orphaned
from ontology.records import Correction, Document, Finding


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections that a build goes by, in the order of their file, and a digest of them; both empty where there are none."""

    listed: tuple[Correction, ...] = ()
    digest: str = ""
    file: str = ""

    def located(self, documents: Iterable[Document]) -> Mapping[str, Located]:
        """What they come to in those documents, by digest, that they have a target in; looked at only where there are corrections."""
        if not self.listed:
            return {}
        return {document.sha256: found for document in documents if (found := locate(self.listed, document)).found}

    def orphaned(self, located: Iterable[Located], parts: Iterable[Part]) -> tuple[Finding, ...]:
        """A warning at each that has a target neither in documents that were looked at nor in those that were read by them."""
        held = {correction for found in located for correction in found.found}
        held |= {self.listed[place] for part in parts for place in part.corrected}
        return tuple(orphaned(self.listed, held, self.file))


def corrections_of(file: Path | None) -> Corrections:
    """The corrections of a file, if one is named. Raises CrossCityError where it can't be read, or a table in it is no correction."""
    listed = load(file) if file is not None else ()
    if file is None or not listed:
        return Corrections()
    return Corrections(listed, hashlib.sha256(repr(listed).encode("utf-8", "surrogatepass")).hexdigest(), file.name)
