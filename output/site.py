"""A store goes in, a folder comes out: both pages, a picture of each, the reports, the life of each case, and a start page."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import jinja2
from markupsafe import Markup

from graph.store import Store
from ontology.errors import CrossCityError
from output import choosing, lives, looks, views
from output.files import write_file
from output.looks import template, word
from output.messages import Messages
from output.report import Report
from output.reports import REPORTS
from output.shapes import visible
from output.wording import write_report

START: Final = "index.html"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the start page: the file's name, what it is called, and in a sentence what it holds."""

    file: str
    title: str
    words: str = ""


def write_site(store: Store, folder: Path, messages: Messages, called: str = "") -> Path:
    """Write the folder (made where it is not there; files of the same names are overwritten), all in one language; its start page.

    ``called`` is what the part of a store that it shows is called.

    Raises CrossCityError where the folder or a file in it cannot be written.
    """
    cases = choosing.cases_by_name(store)
    reports = {f"report-{name}.html": make(store, messages) for name, make in REPORTS.items()}
    told = {f"case-{place:03}.html": lives.report_case(store, case, messages) for place, case in enumerate(cases, 1)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CrossCityError(messages("output.unwritable", file=folder, reason=error.strerror)) from error
    for view in views.VIEWS:
        views.write_view(store, view, folder / f"{view}.html", messages, called=called)
        views.write_view(store, view, folder / f"{view}.svg", messages, "svg", called=called)
    for name, report in {**reports, **told}.items():
        _write(folder / name, f"{write_report(report, 'html', messages)}\n", messages)
    _write(folder / START, _start(reports, told, messages), messages)
    return folder / START


def _write(path: Path, text: str, messages: Messages) -> None:
    write_file(path, text.encode("utf-8"), lambda reason: messages("output.unwritable", file=path, reason=reason))


def _start(reports: dict[str, Report], cases: dict[str, Report], messages: Messages) -> str:
    """The start page: the questions that both pages answer, then the reports, then the cases."""
    language = messages.language
    style = looks.load().css() + template("start.css")
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(template), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    pages = [Entry(view, word(f"{view}-title", language), word(f"{view}-answer", language)) for view in views.VIEWS]
    return environment.get_template("start.html").render(
        say=messages,
        lang=language,
        style=Markup(style),
        style_hash=base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii"),
        pages=pages,
        coverage=next(iter(reports.values())).coverage,
        reports=[Entry(name, report.title) for name, report in reports.items()],
        cases=[Entry(name, visible(report.title)) for name, report in cases.items()],
    )
