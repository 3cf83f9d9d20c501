"""The name of a page goes in, the page is written; the two pages that there are, by name."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from graph.store import Store
from ontology.errors import CrossCityError
from output.messages import Messages

View: TypeAlias = Literal["collaboration", "lineage"]
VIEWS: Final[tuple[View, ...]] = get_args(View)


def write_view(store: Store, view: View, path: Path, messages: Messages) -> None:
    """Write one self-contained page, in UTF-8 and the messages' language. Raises CrossCityError where the file cannot be written."""
    from output import page  # with pyvis, networkx and Jinja behind it, which no other command needs

    write = {"collaboration": page.write_collaboration, "lineage": page.write_lineage}[view]
    try:
        write(store, path, language=messages.language)
    except OSError as error:
        raise CrossCityError(messages("output.unwritable", file=path, reason=error.strerror)) from error
