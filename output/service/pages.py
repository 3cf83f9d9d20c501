"""A store and a task go in, a page comes out: the start page, a view, a report, a question's answer; and the query page."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import quote

from markupsafe import Markup

from graph import named
from graph.store import Store
from graph.tables import Table
from ontology import terms
from ontology.errors import CrossCityError
from output import choosing, lives, looks, meetings, messages, narrowing, reports, views
from output.islands import island
from output.messages import Messages
from output.narrowing import Part
from output.report import EMPTY, Report
from output.scope import Scope
from output.service.frame import framed
from output.service.labels import completions
from output.service.tasks import Task
from output.service.things import Value, address, shown
from output.shapes import visible
from output.tables_text import as_csv, numeric
from output.wording import Format, in_words, report_body, write_report

PICTURE: Final = "image/svg+xml"
FORMS: Final[Mapping[str, Format]] = {"text/html": "html", "text/csv": "csv", "application/json": "json", "text/markdown": "md"}
_MOST: Final = 1_000  # rows of a page
_TITLES: Final = ("title", "case_title")  # columns whose cells name a case


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the start page: where it leads, what it is called, and a few words more."""

    href: str
    title: str
    more: str = ""


def start(store: Store, spoken: Messages) -> str:
    """The start page: what is loaded, and ways into it."""
    cases = [
        Entry(f"/report/case?key={quote(row['case'], safe='')}", visible(row["title"]), spoken.term("outcome", row["outcome"]))
        for row in named.ask(store, "cases").records()
    ]
    return framed(
        "service_start.html",
        spoken,
        title=spoken("site.title"),
        coverage=meetings.say_coverage(store, spoken),
        pictures=[
            Entry(view, looks.word(f"{view}-title", spoken.language), looks.word(f"{view}-answer", spoken.language)) for view in views.VIEWS
        ],
        questions=[Entry(f"/question/{name}", spoken.term("question", name), name) for name in named.questions()],
        groups=_groups(store, spoken),
        tables=[Entry(f"/question/{name}", spoken.term("question", name), name) for name in named.names()],
        cases=cases[:_MOST],
    )


def _groups(store: Store, spoken: Messages) -> list[Entry]:
    """A line for each group, where there are several: to the lives of the cases that it treats."""
    groups = [one for one in narrowing.list_groups(store) if one.name]
    if len(groups) < 2:
        return []
    held = [(one, quote(one.iri, safe="")) for one in groups[:_MOST]]
    return [Entry(f"?group={iri}", visible(one.full_name), spoken("serve.meetings", meetings=one.meetings)) for one, iri in held]


def view(part: Part, task: Task, spoken: Messages) -> bytes:
    """A view's page, or its static picture. Raises CrossCityError where there is none of that name."""
    name, _, form = task.words.partition(".")
    found = next((each for each in views.VIEWS if each == name), None)
    if found is None or form not in ("", "svg"):
        raise _no_page(task, spoken)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "page"
        views.write_view(part.store, found, path, spoken, "svg" if form else "html", group=part.group, called=part.called)
        content = path.read_bytes()
    link = '<a class="home" href="/">← crosscity</a>\n<div class="titles">'.encode()
    return content if form else content.replace(b'<div class="titles">', link, 1)


def told(part: Part, task: Task, form: Format, spoken: Messages) -> str:
    """A report in a format. Raises CrossCityError where there is none of that name."""
    if task.words == "case":
        found = lives.report_case(part.store, choosing.find_case(part.store, task.key, spoken), spoken)
    elif task.words in reports.REPORTS:
        found = reports.REPORTS[task.words](part.store, spoken, Scope(group=part.group))
    else:
        raise _no_page(task, spoken)
    found = replace(found, coverage=(*part.notes, *found.coverage))
    return _report_page(found, task, spoken) if form == "html" else write_report(found, form, spoken) + "\n"


def answered(part: Part, task: Task, form: Format, spoken: Messages) -> str:
    """The answer to a question or a fact table, as a page or CSV. Raises CrossCityError where there is none of that name."""
    if task.words not in (*named.questions(), *named.names()) or part.group:
        raise _no_page(task, spoken)
    found = named.ask(part.store, task.words)
    if form != "html":
        return as_csv(found) + "\n"
    return framed(
        "service_answer.html",
        spoken,
        title=spoken.term("question", task.words),
        query=task.words,
        meaning=spoken.words.get(f"meaningful.{task.words}", ""),
        sparql=named.text(task.words),
        **_table(found, part.store.base, spoken),
    )


def query_page(base: str, spoken: Messages) -> str:
    """The page on which a person asks in SPARQL; ``base`` is what the store's IRIs start with."""
    return framed("service_query.html", spoken, title=spoken("serve.title"), data=island({**_known(spoken), "base": base}))


def _report_page(found: Report, task: Task, spoken: Messages) -> str:
    given = (("key", task.key), ("platform", task.platform), ("group", task.group))
    here = f"/report/{task.words}?" + "".join(f"{name}={quote(words, safe='')}&" for name, words in given if words)
    if found.blocks or found.parts:
        return framed("service_text.html", spoken, title=found.title, here=here, body=Markup(report_body(found, spoken)))
    rows = _table(found.table, "", spoken)
    return framed("service_report.html", spoken, title=found.title, here=here, coverage=found.coverage, **rows)


def _table(found: Table, base: str, spoken: Messages) -> dict[str, object]:
    """What a template needs to show rows: columns in words, cells with their links, and whether there are more."""
    words = in_words(Table(found.columns, found.rows[:_MOST]), spoken)
    return {
        "columns": [spoken.words.get(f"answer.{column}", column) for column in words.columns],
        "numbers": [column in numeric(words) for column in words.columns],
        "rows": [
            [_cell(column, cell, said, base) for column, cell, said in zip(found.columns, row, texts, strict=True)]
            for row, texts in zip(found.rows, words.rows, strict=False)
        ],
        "count": len(found.rows),
        "most": _MOST,
    }


def _cell(column: str, cell: str, words: str, base: str) -> Value:
    if base and cell.startswith(base):
        return Value(visible(shown("/".join(cell.removeprefix(base).rsplit("/", 2)[-2:]))), address(cell, base))
    if cell and column in _TITLES:
        return Value(visible(_one_line(words)), f"/report/case?key={quote(cell, safe='')}")
    return Value(visible(_one_line(words)) or EMPTY)


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _no_page(task: Task, spoken: Messages) -> CrossCityError:
    return CrossCityError(spoken("serve.no-page", name=task.words))


def _known(spoken: Messages) -> dict[str, object]:
    """What the query page's script knows: named queries, prefixes, terms to complete, and its words."""
    keys = ("running", "rows", "first-rows", "no-rows", "yes", "no", "failed", "stopped", "triples", "copied")
    families = (("questions", named.questions()), ("tables", named.names()))
    return {
        "queries": [
            {"name": name, "family": spoken(f"serve.{family}"), "question": spoken.term("question", name), "sparql": named.text(name)}
            for family, names in families
            for name in names
        ],
        "prefixes": dict(terms.PREFIXES),
        "terms": [[one.name, one.label, one.definition] for one in completions(spoken.language)],
        "words": {key: spoken.words[f"serve.{key}"] for key in keys},
    }


def render(store: Store, task: Task, form: Format) -> bytes:
    """The page of a task in a format. Raises CrossCityError where there is no such page."""
    spoken = messages.load(task.language)
    if task.kind == "start":
        return start(store, spoken).encode("utf-8")
    with narrowing.open_part(store, task.platform, task.group, spoken) as part:
        if task.kind == "view":
            return view(part, task, spoken)
        return (told if task.kind == "report" else answered)(part, task, form, spoken).encode("utf-8")
