"""The name of a view goes in, its page or its static picture is written; the two views that there are, by name."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from graph.run import profile_of
from graph.store import Store
from ontology import profiles
from output.files import write_file
from output.messages import Messages
from output.shapes import Picture

View: TypeAlias = Literal["collaboration", "lineage"]
VIEWS: Final[tuple[View, ...]] = get_args(View)
Form: TypeAlias = Literal["html", "svg", "png"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)


def form_of(path: Path) -> Form:
    """The form that a file's name asks for: SVG or PNG by its ending, else a page.

    >>> form_of(Path("a.PNG")), form_of(Path("a.htm"))
    ('png', 'html')
    """
    return next((form for form in FORMS if path.suffix.lower() == f".{form}"), "html")


def write_view(store: Store, view: View, path: Path, messages: Messages, form: Form = "html", *, group: str = "", called: str = "") -> None:
    """Write one self-contained page in UTF-8, or one static picture, in the messages' language, with the cities of the store's profile.

    With a ``group`` (a name) it shows the cases that this group treats; ``called`` is the name of what is shown, if it is a part.

    Raises CrossCityError where the file cannot be written, or where a PNG needs something that is not installed.
    """
    with profiles.using(profile_of(store)):
        content = _content(store, view, messages, form, group, called)
    write_file(path, content, lambda reason: messages("output.unwritable", file=path, reason=reason))


def _content(store: Store, view: View, messages: Messages, form: Form, group: str, called: str) -> bytes:
    """What the file holds. Only here pyvis, networkx and Jinja are loaded, which no other command needs."""
    if form == "html":
        from output import page

        make = page.lineage_page if view == "lineage" else page.collaboration_page
        return make(store, messages.language, group, called).encode("utf-8")
    from output.png import as_png
    from output.svg import as_svg

    picture = _draw(store, view, messages, group, called)
    return as_png(picture) if form == "png" else as_svg(picture).encode("utf-8")


def _draw(store: Store, view: View, messages: Messages, group: str, called: str) -> Picture:
    from graph.collaboration import collaboration
    from graph.lineage import lineage
    from output.collaboration_picture import draw_collaboration
    from output.lineage_picture import draw_lineage

    if view == "lineage":
        return draw_lineage(lineage(store, group), messages.language, called)
    told = collaboration(store, group)
    return draw_collaboration(told.facts, told.columns, messages.language, called)
