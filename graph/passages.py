"""A store goes in, the words that each of its facts rests on come out, with the words around them and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from graph.store import Store

_TEXTS: Final = "SELECT ?document ?source ?text { ?document cc:fileName ?source ; cc:text ?text }"
_PASSAGES: Final = """
SELECT DISTINCT ?fact ?passage {{
  {{ ?fact a <{kind}> ; cc:evidence ?passage }} UNION {{ ?fact a <{kind}> ; cc:surfaceEvidence ?passage }}
}}"""
_AROUND: Final = 140
_BREAK: Final = re.compile(
    r"\n\s*\n|\n(?=\s*(?:[-•*]\s|[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|案由|裁\s*示|說\s*明))"
)  # 一、…\n二、… are two


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence and where it stands: file, and code points of its text; ``before`` and ``after`` are the rest of its paragraph."""

    quote: str
    source: str = ""
    start: int = 0
    end: int = 0
    before: str = ""
    after: str = ""


def evidence_of(store: Store, kinds: Iterable[str]) -> dict[str, Evidence]:
    """The passage of each fact of some kinds (classes' IRIs), by the fact's IRI; the longest, where a fact has several.

    A passage's own IRI says where it stands in which document, and its words are those of the text there.
    """
    documents = {iri: (source, text) for iri, source, text in store.select(_TEXTS).rows}
    found: dict[str, Evidence] = {}
    for kind in kinds:
        for fact, passage in store.select(_PASSAGES.format(kind=kind)).rows:
            document, _, run = passage.partition("#char=")
            start, end = map(int, run.split(","))
            source, text = documents[document]
            here, known = Evidence(text[start:end], source, start, end, *around(text, start, end)), found.get(fact)
            if known is None or _rank(here) < _rank(known):
                found[fact] = here
    return found


def _rank(evidence: Evidence) -> tuple[int, str, int]:
    """The longest first, of those the one that stands first."""
    return evidence.start - evidence.end, evidence.source, evidence.start


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a passage in its paragraph or list item, at most 140 code points each; … stands for what was cut.

    >>> around("一、甲。\\n二、乙案。丙案。\\n\\n丁。", 10, 13)
    ('二、乙案。', '')
    """
    near = max(0, start - 4 * _AROUND)
    opens = max((found.end() for found in _BREAK.finditer(text, near, start)), default=near)
    closes = _BREAK.search(text, end, end + 4 * _AROUND)
    before = text[opens:start].lstrip()
    after = text[end : closes.start() if closes else end + 4 * _AROUND].rstrip()
    return (
        before if len(before) <= _AROUND else "…" + before[-_AROUND:],
        after if len(after) <= _AROUND else after[:_AROUND] + "…",
    )
