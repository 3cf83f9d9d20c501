"""Rows under named columns, as a query answers them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """An answer: column names, and rows of as many cells; an unknown is an empty cell.

    >>> Table(("a", "b"), (("1", "2"),)).records()
    [{'a': '1', 'b': '2'}]
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def records(self) -> list[dict[str, str]]:
        """Each row as a dictionary by column name, ready for ``pandas.DataFrame``."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]
