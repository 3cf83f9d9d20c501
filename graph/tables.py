"""Rows under named columns, as a query answers them."""

from __future__ import annotations

from collections.abc import Iterable
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

    def only(self, columns: Iterable[str]) -> Table:
        """The table with some of its columns, in the order given. A column that it has not is a ValueError.

        >>> Table(("a", "b"), (("1", "2"),)).only(["b"])
        Table(columns=('b',), rows=(('2',),))
        """
        places = [self.columns.index(column) for column in columns]
        return Table(tuple(self.columns[place] for place in places), tuple(tuple(row[place] for place in places) for row in self.rows))

    def without(self, column: str) -> Table:
        """The table without a column, which it need not have."""
        return self.only(name for name in self.columns if name != column)
