"""The commands of a page and what they print: read out of it, run, and written back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
_BLOCK = re.compile(r"^```console\n\$ (crosscity [^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Shown:
    """A command of the tour and the output shown under it; ``lines`` is how many of them, 0 for all."""

    command: str
    output: str
    lines: int


def shown(text: str) -> tuple[Shown, ...]:
    """Each command of a page in order."""
    return tuple(_shown(found[1], found[2]) for found in _BLOCK.finditer(text))


def _shown(command: str, output: str) -> Shown:
    lines = output.splitlines()
    if lines and lines[-1].startswith(_CUT):
        wanted = lines[-1].removeprefix(_CUT)
        return Shown(command, output, int(wanted) if wanted else len(lines) - 1)
    return Shown(command, output, 0)


def cut(output: str, lines: int) -> str:
    """As much of an output as a block shows."""
    every = [line.rstrip() for line in output.splitlines()]
    kept = every[:lines] if lines else every
    return "".join(f"{line}\n" for line in (kept if len(kept) == len(every) else [*kept, _CUT]))


def rewrite(text: str, run: Callable[[str], str]) -> str:
    """The page with each command's output as ``run`` gives it."""

    def block(found: re.Match[str]) -> str:
        one = _shown(found[1], found[2])
        return f"```console\n$ {one.command}\n{cut(run(one.command), one.lines)}```"

    return _BLOCK.sub(block, text)
