"""The commands that read minutes: build, its two halves read and load, check, demo."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from graph import build as building
from graph.parts import Parts
from ontology import profiles
from ontology.errors import CrossCityError
from ontology.iris import DEFAULT_BASE
from output import demo as demonstration
from output import readings, stores, terminal
from output.cli.options import CorrectionsFile, Jobs, JudgementsFile, NewBase, Paths, ProfileName, StorePlace, Strict, end, spoken_in
from output.tables_text import as_columns, numeric
from output.wording import in_words


def build(
    context: typer.Context,
    store: StorePlace,
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH…", show_default=False)] = None,
    judgements: JudgementsFile = None,
    corrections: CorrectionsFile = None,
    base: NewBase = None,
    profile: ProfileName = "",
    jobs: Jobs = None,
    strict: Strict = False,
) -> None:
    """Read minutes into a store, and apply what people decided."""
    spoken = spoken_in(context)
    if not paths and not stores.is_there(store):
        raise CrossCityError(spoken("build.nothing", store=store))
    if base is not None:
        stores.check_base(base, spoken("build.bad-base", base=base))
    unusable = partial(spoken, "store.unusable", store=store)
    wanted = profiles.load(profile) if profile else None
    with stores.open_for_build(store, base, unusable) as opened, terminal.progress() as progress:
        decisions = building.Decisions(judgements, corrections)
        summary = building.build(
            paths or [],
            opened,
            iris=opened.iris,
            progress=progress,
            decisions=decisions,
            profile=wanted,
            jobs=jobs or os.cpu_count() or 1,
        )
    terminal.say(stores.say_summary(summary, store, spoken))
    end(summary.findings, spoken, strict=strict)


def read(
    context: typer.Context,
    paths: Paths,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", show_default=False)],
    corrections: CorrectionsFile = None,
    base: NewBase = None,
    profile: ProfileName = "",
    jobs: Jobs = None,
    spark: Annotated[str, typer.Option("--spark", metavar="MASTER", show_default=False)] = "",
    strict: Strict = False,
) -> None:
    """Read minutes into a folder of parts, from which stores are loaded."""
    spoken = spoken_in(context)
    if base is not None:
        stores.check_base(base, spoken("build.bad-base", base=base))
    wanted = profiles.load(profile) if profile else None
    with terminal.progress() as progress:
        told = building.read(
            paths,
            output,
            base=base or DEFAULT_BASE,
            progress=progress,
            corrections=corrections,
            profile=wanted,
            jobs=jobs or os.cpu_count() or 1,
            master=spark,
        )
    terminal.say(spoken("read.done", folder=output, files=told.files, before=told.before))
    terminal.say(spoken("build.findings", findings=len(told.findings)))
    end(told.findings, spoken, strict=strict)


def load(
    context: typer.Context,
    parts: Annotated[Path, typer.Argument(metavar="DIR", show_default=False)],
    store: StorePlace,
    judgements: JudgementsFile = None,
    corrections: CorrectionsFile = None,
    jobs: Jobs = None,
    spark: Annotated[str, typer.Option("--spark", metavar="MASTER", show_default=False)] = "",
    strict: Strict = False,
) -> None:
    """Load a store from a folder of parts, as a build of the same files would."""
    spoken = spoken_in(context)
    base = Parts(parts).header().base
    unusable = partial(spoken, "store.unusable", store=store)
    with stores.open_for_build(store, None if stores.is_there(store) else base, unusable) as opened, terminal.progress() as progress:
        decisions = building.Decisions(judgements, corrections)
        summary = building.load_parts(
            parts, opened, iris=opened.iris, progress=progress, decisions=decisions, jobs=jobs or os.cpu_count() or 1, master=spark
        )
    terminal.say(stores.say_summary(summary, store, spoken))
    end(summary.findings, spoken, strict=strict)


def check(
    context: typer.Context,
    paths: Paths,
    unread: Annotated[bool, typer.Option("--unread")] = False,
    profile: ProfileName = "",
    strict: Strict = False,
) -> None:
    """Read minutes and tell how much was understood; write nothing."""
    spoken = spoken_in(context)
    with profiles.using(profiles.load(profile or profiles.USUAL)), terminal.progress() as progress:
        checked = readings.check(paths, spoken, progress)
    words = in_words(checked.table, spoken)
    terminal.say(as_columns(words, width=terminal.width(), right=numeric(words)))
    terminal.say(readings.say_share(checked, spoken))
    for place in checked.unread if unread else ():
        terminal.say(f"{place}: {' '.join(place.quote.split())}")
    end(checked.findings, spoken, strict=strict)


def demo(context: typer.Context, out: Annotated[Path, typer.Option("--out", metavar="DIR")] = demonstration.FOLDER) -> None:
    """Build the examples that come with the program, and show what can be made of them."""
    spoken = spoken_in(context)
    with terminal.progress() as progress:
        shown = demonstration.demonstrate(out, spoken, progress)
    terminal.say(stores.say_summary(shown.summary, out / "store", spoken))
    for path in shown.written:
        terminal.say(spoken("output.written", file=path))
    terminal.say(spoken("demo.next", store=out / "store"))
    end(shown.summary.findings, spoken)
