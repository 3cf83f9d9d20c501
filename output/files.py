"""Bytes and a path go in, a whole file comes out, or one line that says why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ontology.errors import CrossCityError


def write_file(path: Path, content: bytes, say_unwritable: Callable[..., str]) -> None:
    """Write a file whole. Raises CrossCityError, in words that ``say_unwritable`` makes of the reason, where that cannot be."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CrossCityError(say_unwritable(reason=error.strerror or str(error))) from error
