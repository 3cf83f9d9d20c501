"""A store goes in, the words that each of its facts rests on come out, with the words around them and where they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from graph import named
from graph.store import Store

_TEXTS: Final = "SELECT ?source ?text WHERE { ?document cc:fileName ?source ; cc:text ?text } ORDER BY ?source ?text"
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
    """The passage of each fact of some kinds, by the fact's IRI; the longest, where a fact has several."""
    wanted = frozenset(kinds)
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for row in store.select(_TEXTS).records():
        texts[row["source"]].append(row["text"])
    found: dict[str, Evidence] = {}
    for row in named.ask(store, "evidence").records():
        start, end = int(row["start_char"]), int(row["end_char"])
        known = found.get(row["fact"])
        if row["kind"] in wanted and (known is None or end - start > known.end - known.start):
            text = next((text for text in texts[row["source"]] if text[start:end] == row["quote"]), "")
            found[row["fact"]] = Evidence(row["quote"], row["source"], start, end, *around(text, start, end))
    return found


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
