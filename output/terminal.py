"""The standard streams go in, ready for Chinese text and for pipes they come out; progress is shown to a person at a terminal only."""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final, Literal, TypeAlias

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ontology.errors import CrossCityError

_WIDEST = 120
_WIDTH_OF_A_PIPE = 80
_NARROWEST = 40
Loudness: TypeAlias = Literal["quiet", "plain", "verbose"]
_LOUDNESS: ContextVar[Loudness] = ContextVar("loudness", default="plain")
_HALVES: Final = re.compile("[\\ud800-\\udc7f\\udd00-\\udfff]")  # of characters, that are no byte which a locale left undecoded


def prepare_streams() -> None:
    """Make files and pipes UTF-8 whatever the locale; a terminal keeps its encoding, and shows ? for what it can't.

    A stream that is closed (``>&-``) becomes one that nobody reads.
    """
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")


def _nowhere() -> io.TextIOWrapper:
    return Path(os.devnull).open("w", encoding="utf-8")  # and left open: it is there as long as the program runs


def be(loudness: Loudness) -> None:
    """How much the command at hand says on standard error: quiet, no notes and no progress; verbose, progress where nobody watches too."""
    _LOUDNESS.set(loudness)


def verbose() -> bool:
    """Whether the command at hand is to say more."""
    return _LOUDNESS.get() == "verbose"


def width() -> int:
    """How many cells a line may take: the terminal's own up to 120; where there is none, what COLUMNS says, else 80."""
    if not sys.stdout.isatty():
        said = os.environ.get("COLUMNS", "")
        return min(max(int(said), _NARROWEST), _WIDEST) if said.isascii() and said.isdecimal() else _WIDTH_OF_A_PIPE
    return min(shutil.get_terminal_size((_WIDTH_OF_A_PIPE, 24)).columns, _WIDEST)


def watched() -> bool:
    """Whether standard output is a screen."""
    return sys.stdout.isatty()


class ReaderGoneError(Exception):
    """Nobody reads standard output any more (``crosscity … | head``)."""


def say(text: str) -> None:
    """Print a text to standard output. Raises ReaderGoneError where nobody reads it."""
    say_bytes(f"{text}\n".encode(sys.stdout.encoding, "replace"))


def show(text: str) -> None:
    """Print a text; on a screen that is too small for it, by way of a pager ($PAGER, else less where it is; none where it is empty)."""
    command = shlex.split(os.environ.get("PAGER", "less" if shutil.which("less") else ""))
    rows = shutil.get_terminal_size((_WIDTH_OF_A_PIPE, 24)).lines
    if not watched() or not sys.stdin.isatty() or not command or text.count("\n") + 1 < rows:
        say(text)
        return
    own = {"LESS": "FRX", "LESSCHARSET": "utf-8"}  # ends by itself where it fits, and leaves the text on the screen
    try:
        subprocess.run(command, input=f"{text}\n".encode(), env={**own, **os.environ}, check=False)
    except OSError:  # a pager that is not there
        say(text)


def say_bytes(content: bytes) -> None:
    """Write bytes to standard output as they are.

    Raises ReaderGoneError where nobody reads them, CrossCityError where they cannot be written: a full disk behind it.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        raise ReaderGoneError from error
    except OSError as error:
        close_quietly()  # else the interpreter complains of what is left to write when it ends
        raise CrossCityError(f"standard output cannot be written ({error.strerror}); make room there, or send it elsewhere") from error


def complain(lines: Iterable[str]) -> None:
    """Print lines to standard error."""
    for line in lines:
        print(line, file=sys.stderr)


def note(line: str) -> None:
    """Print a line to standard error that tells of no fault; not where the command is to be quiet."""
    if _LOUDNESS.get() != "quiet":
        complain([line])


def answers() -> Iterator[str]:
    """The lines of standard input, typed or from a pipe, until it ends or can't be read."""
    stream = sys.stdin
    if isinstance(stream, io.TextIOWrapper):
        if stream.isatty():
            stream.reconfigure(errors="surrogateescape")
        else:
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        while stream is not None and (line := stream.readline()):
            yield readable(line.rstrip("\r\n"))
    except OSError:  # a terminal that is gone, or belongs to another process now
        return


def readable(word: str) -> str:
    """A word of the command line, which a C locale leaves undecoded, as the UTF-8 text that it is.

    >>> readable("\\udce6\\udca1\\udc88")
    '案'
    >>> readable("\\ud800x")
    '\ufffdx'
    """
    return _HALVES.sub("\ufffd", word).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def close_quietly() -> None:
    """Give up on a standard output that nobody reads any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def progress() -> Iterator[Callable[[int, int, str], None] | None]:
    """What is told (done, all, what is at hand): a bar on standard error; a line each where nobody watches and the command is to be
    verbose, else None.
    """
    if _LOUDNESS.get() == "quiet" or not sys.stderr.isatty():
        yield (lambda done, every, name: complain([f"{done}/{every} {name}"])) if verbose() else None
        return
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(done: int, every: int, name: str) -> None:
            bar.update(task, completed=done, total=every, description=name)

        yield show
