"""Typer's help goes in, help whose words are whole comes out: it cuts what is wider than a column, and Chinese has no spaces."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text
from typer import rich_utils


def _folded(items: Iterable[Text]) -> Text:
    """What is said of an option, one behind the other, going on in the next line wherever a line is full."""
    said = Text(" ").join(items)
    said.overflow = "fold"
    return said


def fold_long_words() -> None:
    """Have all help that Typer prints from here on go on in the next line instead of ending in ``…``."""
    setattr(rich_utils, "Columns", _folded)  # noqa: B010  # what Typer lays the words of an option side by side with
