"""Nothing goes in, the vocabulary that the data are written in comes out: as Turtle, or as a JSON-LD context."""

from __future__ import annotations

import json
from importlib import resources

from ontology.context import context as words


def turtle() -> bytes:
    """The classes and properties, and the schemes of outcomes and levels, as one Turtle text."""
    return b"\n".join((resources.files("ontology") / name).read_bytes() for name in ("vocabulary.ttl", "status.ttl"))


def context() -> bytes:
    """What each word of the data's JSON-LD stands for."""
    said = {word: meaning if isinstance(meaning, str) else dict(meaning) for word, meaning in words().items()}
    return json.dumps({"@context": said}, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
