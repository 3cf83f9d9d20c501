"""Triples go in, JSON-LD that reads well comes out: short words by the vocabulary's context, IRIs below the store's base cut short.

What has no meaning of its own stands within what it belongs to: a selector within its passage, a count within the dataset. All else stands
side by side, in order, each thing once.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from ontology import terms
from ontology.context import context

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json]"

_HOLDING: Final = (terms.HAS_SELECTOR, terms.CLASS_PARTITION, terms.TEMPORAL)
_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")
_PLAIN: Final = re.compile(r"[\w.~-][^:]*")  # what cannot be taken for an absolute IRI, a path from the root or a prefixed name
_RESOLVED: Final = re.compile(r"(^|/)\.\.?(/|$)|//")  # steps up, and empty steps, which readers do not keep alike
_LOCAL: Final = re.compile(r"[\w.-]*")


def write(lines: Iterable[str], base: str) -> str:
    """N-Triples lines as one JSON-LD document; ``base`` is what the data's IRIs begin with, or empty."""
    return json.dumps(_Writer(base).document(lines), ensure_ascii=False, indent=1)


class _Writer:
    """Says each term by the context's words."""

    def __init__(self, base: str) -> None:
        self._base = base if base.endswith("/") else ""
        self._words: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._own = {word for word, said in context().items() if str(said).startswith("cc:")}
        for word, said in context().items():
            iri = _expanded(said if isinstance(said, str) else said["@id"])
            self._words.setdefault(iri, word)
            self._kinds[word] = "" if isinstance(said, str) else said.get("@type", "")

    def document(self, lines: Iterable[str]) -> dict[str, Json]:
        """The whole document."""
        nodes: dict[str, dict[str, Json]] = {}
        within: dict[str, str] = {}
        collected: defaultdict[tuple[str, str], list[Json]] = defaultdict(list)
        for triple in parse("\n".join(sorted(lines)), format=RdfFormat.N_TRIPLES):
            if not isinstance(triple.subject, NamedNode | BlankNode):
                raise TypeError("a statement about a statement has no place in this form")
            subject, predicate = self._name(triple.subject), triple.predicate.value
            nodes.setdefault(subject, {"@id": subject})
            if predicate == terms.TYPE and isinstance(triple.object, NamedNode):
                collected[subject, "@type"].append(self._word(triple.object.value))
                continue
            word = self._word(predicate)
            collected[subject, word].append(self._value(triple.object, word))
            if predicate in _HOLDING and isinstance(triple.object, NamedNode):
                within.setdefault(self._name(triple.object), subject)
        for (subject, word), values in collected.items():
            if word == "@type":
                values.sort(key=lambda name: (":" in str(name), str(name) not in self._own, str(name)))
            nodes[subject][word] = values[0] if len(values) == 1 else values
        self._embed(nodes, within)
        head: dict[str, Json] = {"@base": self._base} if self._base else {}
        head.update({word: said if isinstance(said, str) else dict(said) for word, said in context().items()})
        return {"@context": head, "@graph": [_ordered(nodes[subject]) for subject in sorted(nodes)]}

    def _embed(self, nodes: dict[str, dict[str, Json]], within: Mapping[str, str]) -> None:
        """Put what belongs to one thing into it."""
        for word in map(self._word, _HOLDING):
            for holder in sorted({holder for holder in within.values() if holder in nodes and word in nodes[holder]}):
                held = nodes[holder][word]
                nodes[holder][word] = [self._held(each, holder, nodes, within) for each in (held if isinstance(held, list) else [held])]

    def _held(self, each: Json, holder: str, nodes: dict[str, dict[str, Json]], within: Mapping[str, str]) -> Json:
        """A thing itself where it stands within its holder, else its name as it was."""
        name = each.get("@id") if isinstance(each, dict) else each
        known = isinstance(name, str) and within.get(name) == holder and name in nodes and name != holder
        return _ordered(nodes.pop(name)) if known and isinstance(name, str) else each

    def _value(self, value: object, word: str) -> Json:
        kind = self._kinds.get(word, "")
        if isinstance(value, NamedNode | BlankNode):
            name = self._name(value)
            return name if kind == "@id" else {"@id": name}
        if not isinstance(value, Literal):
            raise TypeError("a statement about a statement has no place in this form")
        if value.language:
            return {"@value": value.value, "@language": value.language}
        datatype = value.datatype.value
        if kind and _expanded(kind) == datatype:
            return value.value
        if not kind and datatype == terms.XSD + "string":
            return value.value
        if not kind and datatype == terms.XSD + "integer" and _INTEGER.fullmatch(value.value):
            return int(value.value)
        if not kind and datatype == terms.XSD + "boolean" and value.value in ("true", "false"):
            return value.value == "true"
        if datatype == terms.XSD + "string":
            return {"@value": value.value}
        return {"@value": value.value, "@type": self._word(datatype)}

    def _name(self, node: NamedNode | BlankNode) -> str:
        if isinstance(node, BlankNode):
            return str(node)
        rest = node.value.removeprefix(self._base) if self._base else node.value
        short = rest != node.value and _PLAIN.fullmatch(rest) and not _RESOLVED.search(rest)
        return rest if short else node.value

    def _word(self, iri: str) -> str:
        """A term's word, else its prefixed name, else its IRI."""
        if iri in self._words:
            return self._words[iri]
        for prefix, namespace in terms.PREFIXES.items():
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri.removeprefix(namespace)):
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return iri


def _ordered(node: dict[str, Json]) -> dict[str, Json]:
    """A thing with its name and classes first."""
    return {word: node[word] for word in sorted(node, key=lambda word: (word != "@id", word != "@type", word))}


def _expanded(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return terms.PREFIXES[prefix] + local if colon and prefix in terms.PREFIXES else name
