"""A store goes in before a build, what it holds comes out: which documents, by what they were read, and which needn't be read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.mending import Corrections, corrections_of
from graph.run import Run, decisions_file, last_run, rules_digest
from graph.store import Store
from graph.summary import document_of
from loaders.corrections import Located
from ontology import terms
from ontology.iris import Iris

JUDGEMENTS: Final = Path("judgements.jsonl")
CORRECTIONS: Final = Path("corrections.toml")


@dataclass(frozen=True, slots=True)
class Decisions:
    """The files of what people decided.

    A file that isn't named is the one of the last build, else ``judgements.jsonl`` or ``corrections.toml`` in the current folder if there.
    """

    judgements: Path | None = None
    corrections: Path | None = None

    def of(self, last: Run) -> Decisions:
        """The files that a build goes by, after the last one."""
        return Decisions(
            decisions_file(self.judgements, last.judgements, JUDGEMENTS), decisions_file(self.corrections, last.corrections, CORRECTIONS)
        )


USUAL: Final = Decisions()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a store holds before a build.

    ``rules`` is the digest of the rules of now, ``names`` are the file names of its documents by digest, ``usable`` the digests of those
    that were read by the rules and corrections of
    now. ``located`` tells what the corrections come to in each document that they have a target in.
    """

    last: Run
    rules: str
    names: Mapping[str, str]
    decisions: Decisions
    corrections: Corrections
    located: Mapping[str, Located]
    usable: frozenset[str]


def standing(store: Store, iris: Iris, decisions: Decisions) -> Standing:
    """What a store holds, under the profile in use. Raises CrossCityError where the file of corrections cannot be read."""
    last = last_run(store, iris)
    table = store.select("SELECT DISTINCT ?sha ?name { ?document a eli:Expression ; cc:fileName ?name ; cc:sha256 ?sha }")
    names = {sha: name for sha, name in table.rows}
    files = decisions.of(last)
    corrections = corrections_of(files.corrections)
    located = corrections.located(document_of(store, iris.document(sha)) for sha in sorted(names))
    stale = set(located) | _corrected(store) if corrections.digest != last.corrections_digest else set[str]()
    rules = rules_digest()
    usable = frozenset(names.keys() - stale) if last.rules == rules else frozenset[str]()
    return Standing(last, rules, names, files, corrections, located, usable)


def _corrected(store: Store) -> set[str]:
    """The digests of the documents that the last build had corrections for."""
    table = store.select(f"SELECT DISTINCT ?sha {{ GRAPH ?d {{ ?c a <{terms.CORRECTION}> . ?d <{terms.SHA256}> ?sha }} }}")
    return {sha for (sha,) in table.rows}
