"""A thing's IRI goes in, a page about it comes out: the words of the minutes it rests on, what is said of it, and what refers to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from urllib.parse import quote, unquote

from graph.store import Store
from graph.tables import Table
from ontology import terms
from output import messages
from output.messages import Language, Messages
from output.service import labels
from output.service.frame import framed
from output.shapes import visible
from output.wording import say_cell

ANY: Final = "ASK { { %s ?p ?o } UNION { ?s ?q %s } UNION { GRAPH %s { ?a ?b ?c } } }"
SAID: Final = "CONSTRUCT { %s ?p ?o . ?s ?q %s . ?a ?b ?c } WHERE { { %s ?p ?o } UNION { ?s ?q %s } UNION { GRAPH %s { ?a ?b ?c } } }"
_HELD: Final = "SELECT (COUNT(*) AS ?n) { GRAPH %s { ?s ?p ?o } }"
_MOST: Final = 300  # statements of each kind that a page shows
_LONG: Final = 120  # characters of a link's words
_NAMED: Final = "skos:prefLabel|dct:title|foaf:name|cc:fileName|cc:surface|cc:action|oa:hasSelector/oa:exact"
_QUOTED: Final = "cc:evidence/oa:hasSelector/oa:exact"
_FROM: Final = f"""SELECT ?p ?o (MIN(?own) AS ?name) (MIN(?from) AS ?quote) (isIRI(?o) AS ?link) {{
  {{ SELECT ?p ?o {{ %s ?p ?o FILTER(?p != <{terms.TEXT}>) }} ORDER BY ?p ?o LIMIT {_MOST + 1} }}
  OPTIONAL {{ ?o {_NAMED} ?own }} OPTIONAL {{ ?o {_QUOTED} ?from }} }} GROUP BY ?p ?o ORDER BY ?p ?o"""
_TO: Final = f"""SELECT ?p ?s (MIN(?own) AS ?name) (MIN(?from) AS ?quote) (MAX(STR(?a)) AS ?kind) {{
  {{ SELECT ?p ?s {{ ?s ?p %s }} ORDER BY ?p ?s LIMIT {_MOST + 1} }}
  OPTIONAL {{ ?s a ?a }} OPTIONAL {{ ?s {_NAMED} ?own }} OPTIONAL {{ ?s {_QUOTED} ?from }} }} GROUP BY ?p ?s ORDER BY ?p ?s"""
_QUOTES: Final = """SELECT ?passage ?words ?file ?start ?end {
  %s cc:evidence ?passage . ?passage oa:hasSelector/oa:exact ?words ; oa:hasSelector ?position ; oa:hasSource ?document .
  ?position oa:start ?start ; oa:end ?end . OPTIONAL { ?document cc:fileName ?file } } ORDER BY ?passage LIMIT 20"""
_OWN: Final = f"""SELECT (MAX(COALESCE(?own, "")) AS ?name) (MAX(COALESCE(?from, "")) AS ?quote) (MAX(COALESCE(?whole, "")) AS ?text) {{
  {{ %s {_NAMED} ?own }} UNION {{ %s {_QUOTED} ?from }} UNION {{ %s <{terms.TEXT}> ?whole }} }}"""
_LIFE: Final = "/report/case?key={}"
_FIRST: Final = (
    *("skos:prefLabel", "dct:title", "foaf:name", "eli-dl:activity_date", "cc:startTime", "cc:endTime", "cc:venue", "cc:mode"),
    *("cc:host", "cc:group", "cc:case", "cc:meeting", "eli-dl:decision_outcome", "cc:action", "cc:actor", "cc:dueText", "cc:state"),
    *("cc:Case", "cc:CaseEvent", "cc:Directive", "cc:Escalation", "cc:Meeting", "cc:Participation", "foaf:Person"),
)
_PATH: Final = "/id/"
_ENCODED: Final = re.compile(r"(?:%[89A-F][0-9A-F])+|%2[35C]|%3[BDF]|%2C", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """Words, with the address of the page that they lead to, if any."""

    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A term, and all values that it has on a page; ``kind`` is what those are that say it of the page's thing."""

    term: labels.Term
    values: tuple[Value, ...]
    kind: labels.Term | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words of the minutes, the file they stand in, and the address of the page that marks them there."""

    words: str
    file: str
    start: str
    end: str
    href: str


def page(store: Store, iri: str, language: Language) -> str:
    """The page about a thing that the store knows."""
    spoken = messages.load(language)
    node = f"<{iri}>"
    out, into = store.select(_FROM % node), store.select(_TO % node)
    kinds = [o for p, o, _, _, _ in out.rows if p == terms.TYPE]
    name, quoted, text = store.select(_OWN % ((node,) * 3)).rows[0]
    told = [row for row in out.rows if row[0] not in (terms.TYPE, terms.EVIDENCE)]
    return framed(
        "service_thing.html",
        spoken,
        title=visible(name or shown(quoted) or labels.shorten(iri)),
        iri=iri,
        kinds=_kinds(kinds, language),
        life=_LIFE.format(quote(iri, safe="")) if terms.CASE in kinds else "",
        text=text,
        held=store.select(_HELD % node).rows[0][0],
        quotes=_quotes(store.select(_QUOTES % node), store.base),
        about=_grouped((((p, ""), _value(p, o, own, said, link == "true", store.base, spoken)) for p, o, own, said, link in told), spoken),
        refers=_grouped((((p, kind), _value(p, s, own, said, True, store.base, spoken)) for p, s, own, said, kind in into.rows), spoken),
        more=max(len(out.rows), len(into.rows)) > _MOST,
        most=_MOST,
    )


def address(iri: str, base: str) -> str:
    """Where a thing's page is: on this service for what the store names, else the IRI itself if a browser may follow it, else nothing.

    >>> address("https://example.org/id/case/雙北#a", "https://example.org/id/")
    '/id/case/%E9%9B%99%E5%8C%97%23a'
    >>> address("javascript:alert(1)", "https://example.org/id/")
    ''
    """
    if iri.startswith(base):
        return _PATH + quote(iri.removeprefix(base), safe="/%:@!$&'()*+-._~")
    return iri if iri.startswith(("http://", "https://")) else ""


def iri_at(raw_path: str, base: str) -> str:
    """The IRI whose page is at a path, as it was sent; the way back of ``address``.

    >>> iri_at("/id/case/%E9%9B%99%E5%8C%97%23a", "https://example.org/id/")
    'https://example.org/id/case/雙北#a'
    """
    return base + _ENCODED.sub(lambda found: unquote(found[0], errors="replace"), raw_path.removeprefix(_PATH))


def shown(words: str) -> str:
    """Words as a link shows them: on one line, and cut where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= _LONG else f"{line[: _LONG - 1]}…"


def _value(term: str, value: str, own: str, quoted: str, link: bool, base: str, spoken: Messages) -> Value:
    if not link:
        family = term.rpartition("#")[2]
        return Value(visible(say_cell(family, spoken.term(family, value), spoken)))
    code = value.rpartition("/")[2]
    words = own or quoted or (spoken.term("outcome", code) if term == terms.DECISION_OUTCOME else labels.shorten(value.removeprefix(base)))
    return Value(visible(shown(words)), address(value, base))


def _grouped(told: Iterable[tuple[tuple[str, str], Value]], spoken: Messages) -> tuple[Said, ...]:
    """Values by their term and the kind of who says it, what people look for first."""
    groups = groupby(sorted(list(told)[:_MOST], key=lambda one: one[0]), key=lambda one: one[0])
    said = [
        Said(_say(iri, spoken), tuple(value for _, value in values), _say(kind, spoken) if kind else None) for (iri, kind), values in groups
    ]
    return tuple(sorted(said, key=_place))


def _place(one: Said) -> tuple[int, bool, str, str]:
    kind = one.kind.name if one.kind else ""
    known = _FIRST.index(kind or one.term.name) if (kind or one.term.name) in _FIRST else len(_FIRST)
    return known, not one.term.label, kind, one.term.name


def _kinds(iris: Iterable[str], language: Language) -> tuple[labels.Term, ...]:
    """What a thing is; in the program's own words where it has some."""
    known = [_say(iri, messages.load(language)) for iri in iris]
    return tuple(one for one in known if one.name.startswith("cc:")) or tuple(known)


def _say(iri: str, spoken: Messages) -> labels.Term:
    term = labels.term(iri, spoken.language)
    return term if term.label else labels.Term(term.name, spoken.words.get(f"borrowed.{term.name}", ""), term.definition)


def _quotes(found: Table, base: str) -> tuple[Quote, ...]:
    quotes = []
    for passage, words, file, start, end in found.rows:
        document, _, place = passage.partition("#")
        quotes.append(Quote("\n".join(map(visible, words.splitlines())), visible(file), start, end, f"{address(document, base)}#{place}"))
    return tuple(quotes)
