"""Words as they should be go in, as somebody typed them comes out; the writer's marks (private-use characters) stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from invention.chance import Chance

OPEN: Final = "\ue000"
CLOSE: Final = "\ue001"
_MARKS: Final = OPEN + CLOSE
# Ideographs that old fonts and PDFs put in the place of the ordinary ones; NFKC folds them.
_COMPATIBILITY: Final = str.maketrans("年立里列理路論度利料不", "\uf98e\uf9f7\uf9e9\uf99c\uf9e4\uf937\uf941\ufa01\uf9dd\uf9be\uf967")
_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_ASCII: Final = str.maketrans("，：；", ",:;")


def _spaces(words: str, chance: Chance) -> str:
    """A space or two between Chinese characters."""
    for _ in range(2):
        at = chance.between(1, len(words) - 1)
        if "\u4e00" <= words[at - 1] <= "\u9fff" and "\u4e00" <= words[at] <= "\u9fff":
            words = f"{words[:at]} {words[at:]}"
    return words


def _compatibility(words: str, chance: Chance) -> str:
    at = chance.below(len(words))
    return words[:at] + words[at : at + 20].translate(_COMPATIBILITY) + words[at + 20 :]


def _wrap(words: str, chance: Chance) -> str:
    """Lines of so many characters."""
    width = chance.between(30, 40)
    lines, count, start = [], 0, 0
    for at, character in enumerate(words):
        if character in _MARKS:
            continue
        if count == width:
            lines.append(words[start:at])
            start, count = at, 0
        count += 1
    return "\n".join([*lines, words[start:]])


SLIPS: Final[Mapping[str, Callable[[str, Chance], str]]] = {
    "spaces": _spaces,
    "compatibility": _compatibility,
    "full-width": lambda words, _: words.translate(_FULL_WIDTH),
    "ascii-marks": lambda words, _: words.translate(_ASCII),
    "no-full-stop": lambda words, _: words.replace("。" + CLOSE, CLOSE) if words.endswith("。" + CLOSE) else words.removesuffix("。"),
    "台": lambda words, _: words.replace("臺", "台"),
    "wrapped": _wrap,
}


def slip(words: str, names: tuple[str, ...], chance: Chance) -> tuple[str, tuple[str, ...]]:
    """Words with some of the slips, wrapping last, and the names of those that changed anything."""
    happened = []
    for name in SLIPS:
        if name in names and chance.hits(0.6) and (slipped := SLIPS[name](words, chance)) != words:
            words = slipped
            happened.append(name)
    return words, tuple(happened)
