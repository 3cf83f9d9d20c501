"""Natural keys to IRIs: the same key gives the same IRI on every machine, with no clock and no randomness."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from ontology.records import Passage

DEFAULT_BASE = "https://w3id.org/crosscity/id/"
_NOT_IN_A_SLUG = re.compile(r"[^\w]+")
_ILLEGAL = re.compile(r"[^\w/().-]")
_LONGEST_SLUG = 60


def slug(words: str) -> str:
    """The letters and digits of some words, other runs as one hyphen; long words are cut and told apart by a digest.

    >>> slug("行動天文館校園趴趴 GO!")
    '行動天文館校園趴趴-GO'
    """
    plain = _NOT_IN_A_SLUG.sub("-", words).strip("-") or "-"
    if len(plain) <= _LONGEST_SLUG:
        return plain
    return f"{plain[: _LONGEST_SLUG - 11]}-{_digest(plain)}"


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class Iris:
    """Names things of the minutes below a base IRI, which ends in ``/`` or ``#``."""

    base: str = DEFAULT_BASE

    @property
    def registry(self) -> str:
        """The named graph of agencies and groups."""
        return f"{self.base}graph/registry"

    def identity_of(self, iri: str) -> str:
        """The named graph of what only all documents of a group (or of a lone meeting) together tell: hosts, cases, promises.

        >>> Iris().identity_of(Iris().group("雙北", "河川組"))
        'https://w3id.org/crosscity/id/graph/identity/group/雙北/河川組'
        """
        return f"{self.base}graph/identity/{iri.removeprefix(self.base)}"

    def across(self, platform: str) -> str:
        """The named graph of what all groups of a platform together tell."""
        return f"{self.base}graph/identity/platform/{slug(platform)}"

    @property
    def people(self) -> str:
        """The named graph of persons, which only all documents together tell."""
        return f"{self.base}graph/people"

    @property
    def judgements(self) -> str:
        """The named graph of human decisions."""
        return f"{self.base}graph/judgements"

    @property
    def dataset(self) -> str:
        """All that a store states, as one thing that can be described, and the named graph that describes it."""
        return f"{self.base}dataset"

    @property
    def run(self) -> str:
        """The named graph of the builds themselves: files, program version, rules."""
        return f"{self.base}graph/build"

    def program(self, version: str) -> str:
        """A version of this program, which a build was run by."""
        return f"{self.base}program/" + _ILLEGAL.sub(lambda found: quote(found[0], safe=""), version)

    def document(self, sha256: str) -> str:
        """A document's text as read, and its named graph."""
        return f"{self.base}doc/{sha256[:16]}"

    def passage(self, document: str, passage: Passage) -> str:
        """A run of a document's text; ``document`` is the document's IRI."""
        return f"{document}#char={passage.start},{passage.end}"

    def mention(self, document: str, passage: Passage, corrected: str = "") -> str:
        """An agency's mention at a passage; ``corrected`` words tell apart the mentions that one corrected run may hold."""
        return f"{document}#mention={passage.start},{passage.end}" + (f";{slug(corrected)}" if corrected else "")

    def correction(self, document: str, passage: Passage) -> str:
        """A person's correction of a passage."""
        return f"{document}#correction={passage.start},{passage.end}"

    def group(self, platform: str, group: str) -> str:
        """A working group of a platform, or, where it has none, of the cities that tell it from others of its name."""
        return f"{self.base}group/{slug(platform)}/{slug(group)}"

    def meeting(self, platform: str, group: str, key: str) -> str:
        """A meeting; ``key`` is its year-ordinal (2019-1), or its date, or what else tells it apart."""
        return f"{self.base}meeting/{slug(platform)}/{slug(group)}/{slug(key)}"

    def part(self, meeting: str, kind: str, key: str) -> str:
        """A part of a meeting, named by its words; ``meeting`` is the meeting's IRI."""
        return f"{meeting}/{kind}/{slug(key)}"

    def clause(self, meeting: str, kind: str, words: str) -> str:
        """A part of a meeting that is a whole clause, named by a digest of its words."""
        return f"{meeting}/{kind}/{_digest(words)}"

    def case(self, first: str, title: str) -> str:
        """A case, by the meeting (an IRI) that first spoke of it, and its words there.

        >>> Iris().case(Iris().meeting("雙北", "河川組", "2019-1"), "堤頂照明")
        'https://w3id.org/crosscity/id/case/雙北/河川組/2019-1/堤頂照明'
        """
        return f"{self.base}case/{first.removeprefix(f'{self.base}meeting/')}/{slug(title)}"

    def agency(self, path: str) -> str:
        """An agency or government by its full path, a segment a level."""
        return f"{self.base}agency/" + _ILLEGAL.sub(lambda found: quote(found[0], safe=""), path)

    def agency_path(self, iri: str) -> str:
        """The path that ``agency`` made this IRI of.

        >>> Iris().agency_path(Iris().agency("臺北市政府/教育局"))
        '臺北市政府/教育局'
        """
        return unquote(iri.removeprefix(f"{self.base}agency/"))

    def person(self, platform: str, city: str, name: str, telling_apart: str = "") -> str:
        """A person: never the name alone, but name and side, and what else tells namesakes apart."""
        tail = f"/{slug(telling_apart)}" if telling_apart else ""
        return f"{self.base}person/{slug(platform)}/{slug(city or 'unknown')}/{slug(name)}{tail}"
