"""The commands by which people decide: review, judge."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from graph.decisions import RELATIONS, Judgement, Verdict, append, is_date, load
from graph.queue import waiting
from graph.store import Store
from ontology.errors import CrossCityError
from output import judging, terminal
from output import review as reviewing
from output.cli.options import StoreFolder, spoken_in
from output.meetings import meetings_by_iri
from output.messages import Messages

JudgementsFile: TypeAlias = Annotated[Path, typer.Option("--judgements", metavar="FILE")]
_FILE: Final = Path("judgements.jsonl")


def review(
    context: typer.Context,
    store: StoreFolder,
    judgements: JudgementsFile = _FILE,
    by: Annotated[str, typer.Option("--by", metavar="NAME", show_default=False)] = "",
) -> None:
    """Walk through what waits for a decision."""
    spoken = spoken_in(context)
    made = load(judgements) if judgements.exists() else ()
    with Store.open(store, read_only=True) as opened:  # closed before the walk: a build need not wait for a person
        queue, meetings = waiting(opened, made), meetings_by_iri(opened, spoken)
    if not queue:
        terminal.say(spoken("review.empty"))
        return
    desk = reviewing.Desk(judgements, _name(by, spoken), _today())
    terminal.say(spoken("review.start", count=len(queue), file=judgements, by=desk.by))
    screen = reviewing.Terminal(terminal.answers(), terminal.say, terminal.width())
    written = reviewing.review(queue, desk, screen, meetings, spoken)
    terminal.say(reviewing.say_written(written, judgements, store, spoken))


def judge(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="FIRST", show_default=False)],
    second: Annotated[str, typer.Argument(metavar="SECOND", show_default=False)],
    store: StoreFolder,
    verdict: Annotated[Verdict, typer.Option("--verdict", show_default=False)],
    by: Annotated[str, typer.Option("--by", metavar="NAME", show_default=False)],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", show_default=False)],
    judgements: JudgementsFile = _FILE,
    on: Annotated[str, typer.Option("--on", metavar="DATE", show_default=False)] = "",
) -> None:
    """Write one decision, from a script or by hand."""
    spoken = spoken_in(context)
    day = terminal.readable(on) or _today()
    if not is_date(day):
        raise CrossCityError(spoken("promises.bad-date", words=day))
    if judgements.exists():
        load(judgements)  # nothing is added to a file that the next build would refuse
    with Store.open(store, read_only=True) as opened:
        kind, one, other = judging.find_ends(opened, terminal.readable(first), terminal.readable(second), spoken)
    if kind == "person" and verdict in RELATIONS:
        raise CrossCityError(spoken("judge.of-cases", verdict=verdict))
    judgement = Judgement(verdict, kind, one.end, other.end, _name(by, spoken), day, terminal.readable(why))
    append(judgements, judgement)
    terminal.say(judging.say_judged(one, other, verdict, spoken))
    terminal.say(reviewing.say_written((judgement,), judgements, store, spoken))


def _name(by: str, spoken: Messages) -> str:
    """Who decides: the name given, else that of the login; raises CrossCityError where there is none."""
    given = terminal.readable(by).strip()
    if given:
        return given
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError) as error:
        raise CrossCityError(spoken("review.no-name")) from error


def _today() -> str:
    """The day where the person is: a decision has a date, and nothing else that the program writes has one of its own."""
    return datetime.now(UTC).astimezone().date().isoformat()
