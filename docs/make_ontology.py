"""The vocabulary, schemes, shapes and gazetteer (Turtle) go in; ``docs/ontology.md`` comes out.

``python docs/make_ontology.py`` rewrites the page; a test fails while it is not current.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

ROOT = Path(__file__).parents[1]
for folder in (ROOT, ROOT / "docs"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from class_diagram import draw  # noqa: E402

from graph import named  # noqa: E402
from graph.build import build  # noqa: E402
from graph.store import Store  # noqa: E402
from ontology import terms  # noqa: E402
from ontology.gazetteer import CHINESE, LEVELS, load  # noqa: E402

OWL = "http://www.w3.org/2002/07/owl#"
SHACL = "http://www.w3.org/ns/shacl#"
PREFIXES = {
    **terms.PREFIXES,
    "besluit": "http://data.vlaanderen.be/ns/besluit#",
    "oparl": "https://schema.oparl.org/1.1/",
    "opengov": "http://www.w3.org/ns/opengov#",
    "qb": "http://purl.org/linked-data/cube#",
    "time": "http://www.w3.org/2006/time#",
    "void": "http://rdfs.org/ns/void#",
}
LABEL, DEFINITION, EXAMPLE = terms.RDFS + "label", terms.SKOS + "definition", terms.SKOS + "example"
DOMAINS = (terms.RDFS + "domain", terms.SCHEMA + "domainIncludes")
RANGES = (terms.RDFS + "range", terms.SCHEMA + "rangeIncludes")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the Turtle says of one subject: IRIs by property, and literals by property and language."""

    iris: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    words: defaultdict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def word(self, term: str, language: str) -> str:
        return next(iter(sorted(self.words[term, language])), "")

    def links(self, *properties: str) -> str:
        return ", ".join(f"`{short(iri)}`" for term in properties for iri in sorted(self.iris[term]))


def short(iri: str) -> str:
    """An IRI as a prefixed name where a prefix is known."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


def entries(name: str) -> dict[str, Entry]:
    """Each subject of a Turtle file of ontology/, by IRI, in order."""
    found: defaultdict[str, Entry] = defaultdict(Entry)
    for quad in parse((ROOT / "ontology" / name).read_bytes(), format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode):
            entry = found[quad.subject.value]
            if isinstance(quad.object, Literal):
                entry.words[quad.predicate.value, quad.object.language or ""].append(quad.object.value)
            elif isinstance(quad.object, NamedNode):
                entry.iris[quad.predicate.value].append(quad.object.value)
    return dict(sorted(found.items()))


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "| " + " | ".join("---" for _ in head) + " |"
    yield from ("| " + " | ".join(row) + " |" for row in rows)
    yield ""


def _properties(known: dict[str, Entry], of: str) -> Iterator[str]:
    """The properties of a class, or those of no one class where ``of`` is empty."""
    rows = []
    for iri, entry in known.items():
        domains = [domain for term in DOMAINS for domain in entry.iris[term]]
        if iri[len(terms.CC) : len(terms.CC) + 1].islower() and (of in domains if of else not domains):
            zh, en = (entry.word(DEFINITION, language) for language in (CHINESE, "en"))
            near = entry.links(terms.RDFS + "subPropertyOf", terms.SKOS + "closeMatch")
            example = entry.word(EXAMPLE, "") or entry.word(EXAMPLE, CHINESE)
            rows.append((f"`{short(iri)}` {entry.word(LABEL, CHINESE)}", entry.links(*RANGES), f"{en} {zh}", example, near))
    if rows:
        yield from _table(("property", "value", "meaning", "for example", "near to"), rows)


def _vocabulary() -> Iterator[str]:
    known = {iri: entry for iri, entry in entries("vocabulary.ttl").items() if iri.startswith(terms.CC)}
    yield "## Classes and their properties\n"
    for iri, entry in known.items():
        if OWL + "Class" not in entry.iris[terms.TYPE]:
            continue
        yield f"### `{short(iri)}` {entry.word(LABEL, CHINESE)}\n"
        yield f"{entry.word(DEFINITION, 'en')} {entry.word(DEFINITION, CHINESE)}\n"
        if above := entry.links(terms.RDFS + "subClassOf"):
            yield f"A kind of {above}.\n"
        if near := entry.links(terms.SKOS + "closeMatch"):
            yield f"Near to {near}.\n"
        yield from _properties(known, iri)
    foreign = sorted({d for entry in known.values() for term in DOMAINS for d in entry.iris[term] if not d.startswith(terms.CC)})
    for domain in foreign:
        yield f"### `{short(domain)}`\n"
        yield from _properties(known, domain)
    yield "### Of any fact, document or store\n"
    yield from _properties(known, "")


def _schemes() -> Iterator[str]:
    known = entries("status.ttl")
    for scheme in (terms.OUTCOME_SCHEME, terms.LEVEL_SCHEME):
        yield f"## {known[scheme].word(terms.PREF_LABEL, 'en')} {known[scheme].word(terms.PREF_LABEL, CHINESE)}\n"
        yield f"{known[scheme].word(DEFINITION, 'en')} {known[scheme].word(DEFINITION, CHINESE)}\n"
        yield f"A concept's IRI is `{scheme}` and its name.\n"
        rows = [
            (
                f"`{iri.removeprefix(scheme)}`",
                entry.word(terms.PREF_LABEL, CHINESE),
                " ".join(entry.word(DEFINITION, x) for x in ("en", CHINESE)),
            )
            for iri, entry in known.items()
            if iri.startswith(scheme) and iri != scheme
        ]
        yield from _table(("name", "label", "meaning"), rows)


def _shapes() -> Iterator[str]:
    known = entries("shapes.ttl")
    yield "## Shapes\n"
    yield "What `ontology/shapes.ttl` (SHACL) asks of each class that a build writes; a message in both languages says what is wrong.\n"
    rows = []
    for entry in known.values():
        for target in entry.iris[SHACL + "targetClass"]:
            asked = sorted({known[part].word(SHACL + "message", "en") for part in entry.iris[SHACL + "property"]})
            rows.append((f"`{short(target)}`", " ".join(asked)))
    yield from _table(("class", "rules"), sorted(rows))


def _gazetteer() -> Iterator[str]:
    known = load()
    counts = Counter(agency.level for agency in known.agencies)
    yield "## The gazetteer\n"
    yield f"`ontology/agencies.ttl` knows {len(known.agencies)} bodies: " + ", ".join(f"{counts[level]} {level}" for level in LEVELS) + ";"
    yield f"{len(known.cities)} cities and counties, and the platforms " + ", ".join(platform.name for platform in known.platforms) + ".\n"
    for government in ("臺北市政府", "新北市政府"):
        rows = [
            (
                agency.path.rpartition("/")[2],
                "、".join(agency.short_forms),
                "、".join(c.path.rpartition("/")[2] for c in known.children(agency.path)),
            )
            for agency in known.children(government)
            if agency.level == "bureau"
        ]
        yield f"### {government}\n"
        yield from _table(("body", "short forms", "sections listed"), rows)


def picture() -> str:
    """The class diagram."""
    known = {iri: entry for iri, entry in entries("vocabulary.ttl").items() if iri.startswith(terms.CC)}
    ties: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for iri, entry in known.items():
        domains, values = ([iri for term in among for iri in entry.iris[term]] for among in (DOMAINS, RANGES))
        for domain in domains if sorted(domains) != sorted(values) else ():  # what ties things of one kind is left out
            for value in values:
                if OWL + "ObjectProperty" in entry.iris[terms.TYPE] and not iri.endswith("Mention"):
                    ties[short(domain), short(value)].append(short(iri).removeprefix("cc:"))
    labels = {short(iri): entry.word(LABEL, CHINESE) for iri, entry in known.items()}
    return draw({pair: tuple(names) for pair, names in ties.items()}, labels)


def _worked_example() -> Iterator[str]:
    """One case event of the examples: its sentence, the statements made of it, and the question that finds it."""
    with Store.open(":memory:") as store:
        build([ROOT / "examples" / "2021-1.txt"], store, iris=store.iris)
        row = named.ask(store, "case-events").records()[0]
        lines = store.select(f"SELECT DISTINCT ?p ?o {{ <{row['event']}> ?p ?o }} ORDER BY ?p ?o").rows
    yield "## From a sentence to an answer\n"
    yield f"The minutes of the {row['date']} say of the case 「{row['surface']}」:\n"
    yield f"> {' '.join(row['quote'].split())}\n"
    yield "Of that the store states (each IRI cut to its last part):\n"
    yield "```turtle"
    yield f"<…/{row['event'].rpartition('/meeting/')[2]}>"
    for predicate, value in lines:
        yield f"    {short(predicate)} {_cut(value)} ;"
    yield "```\n"
    yield "And this question finds it again, with the passage that it rests on:\n"
    yield "```sparql"
    yield "SELECT ?title ?outcome ?quote WHERE {"
    yield "  ?event a cc:CaseEvent ; dct:title ?title ; eli-dl:decision_outcome ?outcome ; cc:evidence ?passage ."
    yield "  ?passage oa:hasSelector/oa:exact ?quote ."
    yield f'  FILTER (CONTAINS(?title, "{row["surface"][:4]}"))'
    yield "}"
    yield "```\n"


def _cut(value: str) -> str:
    """A value as the example shows it."""
    if not value.startswith(("http://", "https://")):
        return f'"{" ".join(value.split())}"'
    name = short(value)
    return name if not name.startswith("<") else f"<…/{value.rpartition('/')[2]}>"


def page() -> str:
    """The whole page."""
    head = (
        "# The ontology\n",
        "Generated from the Turtle of `ontology/` by `docs/make_ontology.py`; do not edit by hand.\n",
        "Own terms stand under `cc:` = `" + terms.CC + "`. The other prefixes:\n",
    )
    prefixes = _table(("prefix", "namespace"), [(f"`{prefix}:`", namespace) for prefix, namespace in PREFIXES.items() if prefix != "cc"])
    diagram = ("![Classes and the properties between them](ontology.svg)\n",)
    return (
        "\n".join([*head, *prefixes, *diagram, *_worked_example(), *_vocabulary(), *_schemes(), *_shapes(), *_gazetteer()]).rstrip() + "\n"
    )


if __name__ == "__main__":
    (ROOT / "docs" / "ontology.md").write_text(page(), "utf-8")
    (ROOT / "docs" / "ontology.svg").write_text(picture(), "utf-8")
