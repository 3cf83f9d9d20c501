"""Lines with marks go in, the text of a file comes out, and the words between each pair of marks as they stand in it."""

from __future__ import annotations

import re
from typing import Final

from invention.slips import CLOSE, OPEN

_MARK: Final = re.compile(f"[{OPEN}{CLOSE}]")


class Sheet:
    """A file while it is written. Marks may stand within marks; the n-th opened is the n-th of ``finish``."""

    __slots__ = ("_count", "_lines")

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._count = 0

    def write(self, line: str) -> int:
        """Add a line; the number of its first mark comes back."""
        first = self._count
        self._lines.append(line)
        self._count += line.count(OPEN)
        return first

    def finish(self, between: str) -> tuple[str, list[str]]:
        """The text, its lines with ``between`` between them, and what each mark holds."""
        marked = between.join(self._lines) + "\n"
        spans: list[tuple[int, int]] = []
        pending: list[int] = []
        for count, found in enumerate(_MARK.finditer(marked)):
            place = found.start() - count
            if found[0] == OPEN:
                pending.append(len(spans))
                spans.append((place, place))
            else:
                opened = pending.pop()
                spans[opened] = (spans[opened][0], place)
        text = _MARK.sub("", marked)
        return text, [text[start:end] for start, end in spans]


def mark(words: str) -> str:
    """Words between marks."""
    return f"{OPEN}{words}{CLOSE}"
