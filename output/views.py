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


def write_view(store: Store, view: View, path: Path, messages: Messages, form: Form = "html") -> None:
    """Write one self-contained page in UTF-8, or one static picture, in the messages' language, with the cities of the store's profile.

    Raises CrossCityError where the file cannot be written, or where a PNG needs something that is not installed.
    """
    with profiles.using(profile_of(store)):
        content = _content(store, view, messages, form)
    write_file(path, content, lambda reason: messages("output.unwritable", file=path, reason=reason))


def _content(store: Store, view: View, messages: Messages, form: Form) -> bytes:
    """What the file holds. Only here pyvis, networkx and Jinja are loaded, which no other command needs."""
    if form == "html":
        from output import page

        make = page.lineage_page if view == "lineage" else page.collaboration_page
        return make(store, messages.language).encode("utf-8")
    from output.png import as_png
    from output.svg import as_svg

    picture = _draw(store, view, messages)
    return as_png(picture) if form == "png" else as_svg(picture).encode("utf-8")


def _draw(store: Store, view: View, messages: Messages) -> Picture:
    from graph import collaboration, named
    from graph.lineage import lineage, meeting_columns
    from output.collaboration_picture import draw_collaboration
    from output.lineage_picture import draw_lineage

    if view == "lineage":
        return draw_lineage(lineage(store), messages.language)
    return draw_collaboration(collaboration.involved(store), meeting_columns(named.ask(store, "meetings").records()), messages.language)
