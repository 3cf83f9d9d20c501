"""Many words in, one regular expression out that finds the longest of them at a place, sharing their beginnings."""

from __future__ import annotations

import re
from collections.abc import Iterable


def trie_pattern(words: Iterable[str]) -> str:
    """A regular expression that matches the longest of many words.

    >>> re.compile(trie_pattern(["教育局", "教育局中教科"])).match("教育局中教科長")[0]
    '教育局中教科'
    """
    root: dict[str, dict[str, object]] = {}
    for word in set(words):
        node: dict[str, object] = root  # type: ignore[assignment]
        for character in word:
            node = node.setdefault(character, {})  # type: ignore[assignment]
        node[""] = {}
    return _branch(root)


def _branch(node: dict[str, dict[str, object]]) -> str:
    branches = [re.escape(c) + _branch(below) for c, below in sorted(node.items()) if c]  # type: ignore[arg-type]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    return f"(?:{body})?" if "" in node else body
