"""The commands by which people decide: review, judge."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from graph.decisions import RELATIONS, Judgement, Verdict, append, is_date, load
from graph.queue import waiting
from graph.run import decisions_file, last_run
from graph.standing import JUDGEMENTS
from graph.store import Store
from ontology.errors import CrossCityError
from output import judging, terminal
from output import review as reviewing
from output.cli.options import JudgementsFile, StorePlace, spoken_in
from output.meetings import meetings_by_iri
from output.messages import Messages


def review(
    context: typer.Context,
    store: StorePlace,
    judgements: JudgementsFile = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", show_default=False)] = "",
) -> None:
    """Walk through what waits for a decision."""
    spoken = spoken_in(context)
    with Store.open(store, read_only=True) as opened:  # closed before the walk: a build need not wait for a person
        file = _file(judgements, opened)
        made = load(file) if file.exists() else ()
        queue, meetings = waiting(opened, made), meetings_by_iri(opened, spoken)
    if not queue:
        terminal.say(spoken("review.empty"))
        return
    desk = reviewing.Desk(file, _name(by, spoken), _today())
    terminal.say(spoken("review.start", count=len(queue), file=file, by=desk.by))
    screen = reviewing.Terminal(terminal.answers(), terminal.say, terminal.width())
    written = reviewing.review(queue, desk, screen, meetings, spoken)
    terminal.say(reviewing.say_written(written, file, store, spoken))


def judge(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="FIRST", show_default=False)],
    second: Annotated[str, typer.Argument(metavar="SECOND", show_default=False)],
    store: StorePlace,
    verdict: Annotated[Verdict, typer.Option("--verdict", show_default=False)],
    by: Annotated[str, typer.Option("--by", metavar="NAME", show_default=False)],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", show_default=False)],
    judgements: JudgementsFile = None,
    on: Annotated[str, typer.Option("--on", metavar="DATE", show_default=False)] = "",
) -> None:
    """Write one decision, from a script or by hand."""
    spoken = spoken_in(context)
    day = terminal.readable(on) or _today()
    if not is_date(day):
        raise CrossCityError(spoken("as-of.bad-date", words=day))
    with Store.open(store, read_only=True) as opened:
        file = _file(judgements, opened)
        if file.exists():
            load(file)  # nothing is added to a file that the next build would refuse
        kind, one, other = judging.find_ends(opened, terminal.readable(first), terminal.readable(second), spoken)
    if kind == "person" and verdict in RELATIONS:
        raise CrossCityError(spoken("judge.of-cases", verdict=verdict))
    judgement = Judgement(verdict, kind, one.end, other.end, _name(by, spoken), day, terminal.readable(why))
    append(file, judgement)
    terminal.say(judging.say_judged(one, other, verdict, spoken))
    terminal.say(reviewing.say_written((judgement,), file, store, spoken))


def _file(given: Path | None, store: Store) -> Path:
    """The file that decisions go to: the one given, else the one that the store was built with, else the usual one."""
    return decisions_file(given, last_run(store, store.iris).judgements, JUDGEMENTS) or JUDGEMENTS


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
