"""A thing's IRI goes in, a page about it comes out: what is said of it, what is said with it, and the words of the minutes behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote, unquote

from graph.store import Store
from ontology import terms
from output import messages
from output.service.pages import framed

ANY: Final = "ASK { { %s ?p ?o } UNION { ?s ?q %s } }"
SAID: Final = "CONSTRUCT { %s ?p ?o . ?s ?q %s } WHERE { { %s ?p ?o } UNION { ?s ?q %s } }"
_MOST: Final = 500  # rows of a page
_LABEL: Final = "skos:prefLabel|dct:title|foaf:name|cc:fileName|(oa:hasSelector/oa:exact)"
_FROM: Final = (
    "SELECT ?p ?o (SAMPLE(?words) AS ?label) (isIRI(?o) AS ?link) {{ {iri} ?p ?o OPTIONAL {{ ?o {label} ?words }} }} GROUP BY ?p ?o"
)
_TO: Final = "SELECT ?p ?s (SAMPLE(?words) AS ?label) {{ ?s ?p {iri} OPTIONAL {{ ?s {label} ?words }} }} GROUP BY ?p ?s"
_PATH: Final = "/id/"
_ENCODED: Final = re.compile(r"(?:%[89A-F][0-9A-F])+|%2[35C]|%3[BDF]|%2C", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """One statement on a thing's page: a term, and a value with the address of its page, if it has one."""

    term: str
    value: str
    href: str


def page(store: Store, iri: str, language: Literal["zh-Hant-TW", "en"]) -> str:
    """The page about a thing that the store knows."""
    spoken = messages.load(language)
    node = f"<{iri}>"
    out = store.select(_FROM.format(iri=node, label=_LABEL) + f" ORDER BY ?p ?o LIMIT {_MOST + 1}").rows
    into = store.select(_TO.format(iri=node, label=_LABEL) + f" ORDER BY ?p ?s LIMIT {_MOST + 1}").rows
    about = [
        Said(shorten(p), label or (shorten(o) if link == "true" else o), address(o, store.base) if link == "true" else "")
        for p, o, label, link in out
        if p != terms.TEXT
    ]
    with_it = [Said(shorten(p), label or shorten(s), address(s, store.base)) for p, s, label in into]
    title = store.select(f"SELECT (MIN(?words) AS ?title) {{ {node} {_LABEL} ?words }}").rows[0][0]
    text = next((o for p, o, _, _ in out if p == terms.TEXT), "")
    return framed(
        "service_thing.html",
        spoken,
        title=title or shorten(iri),
        iri=iri,
        text=text,
        about=about[:_MOST],
        with_it=with_it[:_MOST],
        more=max(len(about), len(with_it)) > _MOST,
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


def shorten(iri: str) -> str:
    """An IRI with a prefix where it has one: ``cc:Case``."""
    for prefix, namespace in terms.PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
