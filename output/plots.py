"""A store and a report's name go in, the report's picture comes out, as SVG or PNG: the file of ``--plot``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from graph.store import Store
from ontology.errors import CrossCityError
from output.charts import bars, heat_map, timeline
from output.messages import Messages
from output.png import as_png
from output.scope import Scope
from output.shapes import Picture
from output.svg import as_svg

PLOTS: Final[Mapping[str, Callable[[Store, Messages, Scope], Picture]]] = {
    "cases": timeline.draw_cases,
    "outcomes": bars.draw_outcomes,
    "agencies": bars.draw_agencies,
    "promises": bars.draw_agencies,
    "collaboration": heat_map.draw_collaboration,
}
"""What draws the picture of each report that has one."""


def draw(store: Store, name: str, file: Path, messages: Messages, scope: Scope) -> bytes:
    """The picture of a report in the form that the file's name ends in.

    Raises CrossCityError where that is neither svg nor png, or where png needs something that is not installed.
    """
    ending = file.suffix.lower()
    if ending not in (".svg", ".png"):
        raise CrossCityError(messages("plot.form", file=file))
    picture = PLOTS["collaboration" if name == "measures" else name](store, messages, scope)  # measures are of the same pairs
    return as_png(picture) if ending == ".png" else as_svg(picture).encode()
