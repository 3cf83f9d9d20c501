"""A template's name and values go in, a page of the service comes out, in the frame that all of its own pages share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

import jinja2

from output import looks, reports, views
from output.looks import template
from output.messages import Messages

ASSETS: Final[Mapping[str, str]] = {
    "service.css": "text/css",
    "service_theme.js": "text/javascript",
    "service.js": "text/javascript",
    "service_editor.js": "text/javascript",
    "service_query.js": "text/javascript",
}


def framed(name: str, spoken: Messages, **values: object) -> str:
    """A page of the service: its own template within the frame."""
    found = _environment().get_template(name)
    return found.render(say=spoken, lang=spoken.language, reports=tuple(reports.REPORTS), views=views.VIEWS, **values)


@cache
def asset(name: str) -> bytes:
    """A style or script that the service's own pages use; a name that is in ``ASSETS``."""
    return ((_colours() if name == "service.css" else "") + template(name)).encode("utf-8")


def _colours() -> str:
    """The colours of both views as CSS variables: light or dark as the system is, unless the reader chose."""
    chosen = looks.load().css()
    dark = next(line for line in chosen.splitlines() if line.startswith(':root[data-theme="dark"]'))
    unless = dark.replace('[data-theme="dark"]', ':not([data-theme="light"])', 1)
    return f"{chosen}@media (prefers-color-scheme: dark) {{ {unless} }}\n"


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(template), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
