"""A static picture goes in, a PNG file comes out: painted by matplotlib in a font that has the Chinese characters."""

from __future__ import annotations

import importlib
import io
from functools import cache
from typing import TYPE_CHECKING, Final

from ontology.errors import CrossCityError
from output.shapes import Band, Form, Line, Part, Picture, Words, outline, visible
from output.svg import arrow_head

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path as Curve

_SCALE: Final = 2  # dots a pixel
_LARGEST: Final = 16_000  # dots a side that common viewers still open
_DOTS: Final = 72  # an inch: one pixel is one of matplotlib's points
_NEEDED: Final = "臺雙併勵"  # characters that a font for these pictures must have
_FILES: Final = ("sanstc", "sanscjk", "pingfang", "msjh", "jhenghei", "serifcjk", "heiti", "wqy", "uming", "mingliu", "simsun")
_LIBRARY: Final = "PNG pictures need matplotlib; install it with 'pip install crosscity[plots]', or use --format svg"
_FONT: Final = "no font with Chinese characters found; install one (Debian: apt-get install fonts-noto-cjk), or use --format svg"


def as_png(picture: Picture) -> bytes:
    """The picture as PNG, twice as many dots as pixels while that is no more than viewers open.

    Raises CrossCityError where matplotlib or a font with Chinese characters is missing, and says what to install.
    """
    try:
        figures = importlib.import_module("matplotlib.figure")
    except ImportError as error:
        raise CrossCityError(_LIBRARY) from error
    scale = min(_SCALE, _LARGEST / picture.width, _LARGEST / picture.height)
    figure = figures.Figure(figsize=(picture.width / _DOTS, picture.height / _DOTS), dpi=_DOTS * scale, facecolor=picture.paper)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, picture.width), ylim=(picture.height, 0))
    axes.axis("off")
    for order, part in enumerate(picture.parts):
        _paint(axes, part, order)
    held = io.BytesIO()
    figure.savefig(held, format="png", facecolor=picture.paper, metadata={"Software": None, "Title": visible(picture.title)})
    return held.getvalue()


def _paint(axes: Axes, part: Part, order: int) -> None:
    from matplotlib import patches

    match part:
        case Band(at=at, width=width, height=height, fill=fill):
            axes.add_patch(patches.Rectangle(at, width, height, facecolor=fill, zorder=order))
        case Form(at=at) as form:
            look = {"facecolor": form.fill, "edgecolor": form.ink, "linewidth": form.width, "zorder": order, "joinstyle": "round"}
            corners = outline(form)
            axes.add_patch(patches.Polygon(corners, closed=True, **look) if corners else patches.Circle(at, form.size * 0.95, **look))
        case Line():
            dashes = (0, [dash / part.width for dash in part.dashes]) if part.dashes else "solid"  # matplotlib counts in widths
            look = {"edgecolor": part.ink, "linewidth": part.width, "linestyle": dashes, "alpha": part.opacity, "zorder": order}
            axes.add_patch(patches.PathPatch(_curve(part), facecolor="none", capstyle="butt", **look))
            if part.arrow:
                axes.add_patch(patches.Polygon(arrow_head(part), closed=True, facecolor=part.ink, zorder=order))
        case Words():
            _write(axes, part, order)


def _curve(line: Line) -> Curve:
    from matplotlib.path import Path

    if line.over is None:
        return Path([line.start, line.end])
    return Path([line.start, line.over, line.end], [Path.MOVETO, Path.CURVE3, Path.CURVE3])


def _write(axes: Axes, words: Words, order: int) -> None:
    from matplotlib.font_manager import FontProperties
    from matplotlib.patheffects import withStroke

    rim = [withStroke(linewidth=4, foreground=words.halo)] if words.halo else None
    axes.text(
        *words.at,
        visible(words.text),
        color=words.ink,
        font=FontProperties(fname=find_font(words.bold), size=words.size),
        ha={"start": "left", "middle": "center", "end": "right"}[words.anchor],
        va="baseline",
        zorder=order,
        path_effects=rim,
        parse_math=False,
    )


@cache
def find_font(bold: bool) -> str:
    """The file of a font that has the characters needed, those made for Traditional Chinese first."""
    from matplotlib.font_manager import findSystemFonts, get_font

    files = sorted(findSystemFonts(), key=lambda file: (_rank(file, bold), file))
    for file in files:
        try:
            characters = get_font(file).get_charmap()
        except (OSError, RuntimeError, ValueError):  # a font file that FreeType can't read
            continue
        if all(ord(sign) in characters for sign in _NEEDED):
            return file
    raise CrossCityError(_FONT)


def _rank(file: str, bold: bool) -> tuple[int, bool]:
    """Which of the known Chinese fonts a file seems to be, the wanted ones first, and whether its weight is another than asked for."""
    name = "".join(sign for sign in file.rpartition("/")[2].rpartition("\\")[2].lower() if sign.isalnum())
    family = next((place for place, known in enumerate(_FILES) if known in name), len(_FILES))
    return family, ("bold" in name or "bd" in name) != bold or any(heavy in name for heavy in ("black", "thin", "light", "medium"))
