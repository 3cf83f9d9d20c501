"""A document's N-Quads lines go in, those that identity asks about come out: half of them, so that a store of them is soon made."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from graph.facts import QUESTIONS
from ontology import terms

_NAMED: Final = re.compile(r"([a-z][\w-]*):([\w-]+)")
_TYPE: Final = f"<{terms.TYPE}>".encode()


def extract(content: bytes) -> bytes:
    """The lines, each ended, whose property a question names, and those that give a thing a class that one names."""
    asked = _asked()
    return b"".join(
        line
        for line in content.splitlines(keepends=True)  # of bytes: no words break them
        if (told := line.split(b" ", 3))[1] in asked or (told[1] == _TYPE and told[2] in asked)
    )


@cache
def _asked() -> frozenset[bytes]:
    """All that the questions name, as N-Quads writes it."""
    return frozenset(f"<{terms.PREFIXES[prefix]}{name}>".encode() for question in QUESTIONS for prefix, name in _NAMED.findall(question))
