"""A store goes in, what its builds noted of themselves comes out: the files they read, the rules, and the decisions they applied."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path

from graph.statements import Statements
from graph.store import Store
from ontology import profiles, terms
from ontology.iris import Iris
from ontology.profiles import Profile
from ontology.versions import version


@dataclass(frozen=True, slots=True)
class Run:
    """What the last build noted: the digest of each file's text by absolute path, of the rules, and the files of people's decisions.

    ``names`` are what the document of each file is called; one within an archive has the archive's name before its own. ``profile`` is the
    text of the profile that the minutes were read by.
    """

    files: Mapping[str, str]
    names: Mapping[str, str]
    rules: str = ""
    judgements: str = ""
    corrections: str = ""
    corrections_digest: str = ""
    profile: str = ""

    def without(self, gone: Callable[[str], bool]) -> Run:
        """The same but for some files, by path."""
        kept = {path: sha for path, sha in self.files.items() if not gone(path)}
        return replace(self, files=kept, names={path: self.names[path] for path in kept})


def last_run(store: Store, iris: Iris) -> Run:
    """What the last build of a store noted; empty where there was none."""
    told = "?f a cc:SourceFile ; cc:readFrom ?path ; cc:sha256 ?sha OPTIONAL { ?f cc:fileName ?name }"
    files = store.select(f"SELECT ?path ?sha ?name {{ GRAPH <{iris.run}> {{ {told} }} }}").rows
    by_path, names = {path: sha for path, sha, _ in files}, {path: name or Path(path).name for path, _, name in files}
    return replace(last_rules(store, iris), files=by_path, names=names)


def last_rules(store: Store, iris: Iris) -> Run:
    """What the last build of a store noted, but for the files that it read."""
    values = store.select(f"SELECT ?property ?value {{ GRAPH <{iris.run}> {{ <{iris.run}> ?property ?value }} }}").rows
    noted = {row[0]: row[1] for row in values}
    return Run(
        {},
        {},
        noted.get(terms.RULES_DIGEST, ""),
        noted.get(terms.JUDGEMENTS_FROM, ""),
        noted.get(terms.CORRECTIONS_FROM, ""),
        noted.get(terms.CORRECTIONS_DIGEST, ""),
        noted.get(terms.PROFILE, ""),
    )


def profile_of(store: Store) -> Profile:
    """The profile that a store's minutes were read by; the usual one where there are none yet.

    Raises CrossCityError where this program does not know what it says.
    """
    run = store.iris.run
    noted = store.select(f"SELECT ?text {{ GRAPH <{run}> {{ <{run}> <{terms.PROFILE}> ?text }} }}").rows
    text = noted[0][0] if noted else ""
    return profiles.parse(text, store.location) if text else profiles.load(profiles.USUAL)


def note_run(store: Store, run: Run, iris: Iris) -> None:
    """Note what a build did, and which program did it."""
    said = Statements(iris.run)
    program = iris.program(version())
    said.link(iris.run, terms.TYPE, terms.PROV_ACTIVITY)
    said.link(iris.run, terms.WAS_ASSOCIATED_WITH, program)
    said.link(program, terms.TYPE, terms.SOFTWARE_AGENT)
    said.value(program, terms.FOAF_NAME, "crosscity")
    said.value(program, terms.SOFTWARE_VERSION, version())
    for term, value in (
        (terms.RULES_DIGEST, run.rules),
        (terms.JUDGEMENTS_FROM, run.judgements),
        (terms.CORRECTIONS_FROM, run.corrections),
        (terms.CORRECTIONS_DIGEST, run.corrections_digest),
        (terms.PROFILE, run.profile),
    ):
        if value:
            said.value(iris.run, term, value)
    for path, sha in run.files.items():
        node = f"{iris.base}file/{hashlib.sha256(path.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
        said.link(node, terms.TYPE, terms.SOURCE_FILE)
        said.value(node, terms.READ_FROM, path)
        said.value(node, terms.SHA256, sha)
        said.value(node, terms.FILE_NAME, run.names[path])
        said.link(node, terms.STATED_IN, iris.document(sha))
    store.replace(iris.run, said.lines())


def decisions_file(given: Path | None, noted: str, usual: Path) -> Path | None:
    """The file of decisions that a build goes by: the one given, else the one of the last build, else the usual one where it is."""
    if given is not None:
        return given
    if noted:
        return Path(noted)
    return usual if usual.is_file() else None


def rules_digest() -> str:
    """A digest of the rules of reading, the program's own and the profile's in use.

    Where it changes, documents are read again from the texts in the store.
    """
    return hashlib.sha256(f"{_own_rules_digest()}\0{profiles.current().text}".encode()).hexdigest()


@cache
def _own_rules_digest() -> str:
    digest = hashlib.sha256()
    for package in ("loaders", "ontology", "ontology.profiles"):
        for file in sorted(resources.files(package).iterdir(), key=lambda file: file.name):
            if file.is_file() and file.name.endswith((".py", ".toml", ".ttl")):
                digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
