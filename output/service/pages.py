"""A store and a task go in, the HTML page of a view or report comes out; and the frame that the service's own pages have."""

from __future__ import annotations

import tempfile
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

import jinja2
from markupsafe import Markup

from graph import named
from graph.store import Store
from ontology import terms
from ontology.errors import CrossCityError
from output import choosing, lives, messages, report, views
from output.islands import island
from output.messages import Messages
from output.service.tasks import Task
from output.wording import report_body

ASSETS: Final = {"service.css": "text/css", "service.js": "text/javascript"}


def render(store: Store, task: Task) -> str:
    """The page of a view or a report. Raises CrossCityError where there is none of that name."""
    spoken = messages.load(task.language)
    if task.kind == "view":
        return _view(store, task.words, spoken)
    if task.words == "case":
        found = lives.report_case(store, choosing.find_case(store, task.key, spoken), spoken)
    elif task.words in report.REPORTS:
        found = report.REPORTS[task.words](store, spoken)
    else:
        raise CrossCityError(spoken("serve.no-page", name=task.words))
    return framed("service_text.html", spoken, title=found.title, body=Markup(report_body(found, spoken)))


def query_page(base: str, spoken: Messages) -> str:
    """The page on which a person asks in SPARQL; ``base`` is what the store's IRIs start with."""
    return framed("service_query.html", spoken, title=spoken("serve.title"), data=island({**_known(spoken), "base": base}))


def framed(template: str, spoken: Messages, **values: object) -> str:
    """A page of the service: its own template within the frame that all share."""
    found = _environment().get_template(template)
    return found.render(say=spoken, lang=spoken.language, reports=tuple(report.REPORTS), views=views.VIEWS, **values)


def asset(name: str) -> str:
    """A style or script that the service's own pages use; a name that is in ``ASSETS``."""
    return (resources.files("output.templates") / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _view(store: Store, name: str, spoken: Messages) -> str:
    view = next((view for view in views.VIEWS if view == name), None)
    if view is None:
        raise CrossCityError(spoken("serve.no-page", name=name))
    with tempfile.TemporaryDirectory(prefix="crosscity-serve-") as scratch:
        path = Path(scratch) / "page.html"
        views.write_view(store, view, path, spoken)
        return path.read_text(encoding="utf-8")


def _known(spoken: Messages) -> dict[str, object]:
    """What the query page's script knows: named queries, prefixes, terms to complete, and its words."""
    keys = ("running", "rows", "first-rows", "no-rows", "yes", "no", "failed", "stopped")
    return {
        "queries": [{"name": name, "question": spoken.term("question", name), "sparql": named.text(name)} for name in named.names()],
        "prefixes": dict(terms.PREFIXES),
        "terms": sorted(_completions()),
        "words": {key: spoken.words[f"serve.{key}"] for key in keys},
    }


def _completions() -> set[str]:
    """Every term that the program writes or asks for, with its prefix: ``cc:Case``."""
    iris = [value for name, value in vars(terms).items() if name.isupper() and isinstance(value, str)]
    return {
        f"{prefix}:{iri.removeprefix(namespace)}"
        for prefix, namespace in terms.PREFIXES.items()
        for iri in iris
        if iri.startswith(namespace) and iri != namespace
    }


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(asset), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
