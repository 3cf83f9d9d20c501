"""The example minutes that come with the program go in; a folder with a store, both pages and reports comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

from graph import named
from graph.build import build
from graph.store import Store
from graph.summary import Summary
from ontology.errors import CrossCityError
from output import choosing, lives
from output.exporting.rdf import write as write_rdf
from output.files import write_file
from output.messages import Messages
from output.reports import REPORTS
from output.stores import open_for_build
from output.views import VIEWS, write_view
from output.wording import write_report

FOLDER: Final = Path("crosscity-demo")
_INSTALLED: Final = "share/crosscity/examples"
_NOTICE: Final = "NOTICE.md"


@dataclass(frozen=True, slots=True)
class Demo:
    """What a demonstration read, and the files that it wrote, in order."""

    summary: Summary
    written: tuple[Path, ...]


def find_examples(messages: Messages) -> Path:
    """The folder of example minutes: in the source tree, or where an installed program keeps it.

    Raises CrossCityError where there is none.
    """
    beside = Path(__file__).parent.parent / "examples"
    if (beside / _NOTICE).is_file():
        return beside
    try:
        files = metadata.files("crosscity") or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.name == _NOTICE and file.parent.as_posix().endswith(_INSTALLED):
            return Path(str(file.locate())).parent.resolve()
    raise CrossCityError(messages("demo.no-examples"))


def demonstrate(out: Path, messages: Messages, progress: Callable[[int, int, str], None] | None = None) -> Demo:
    """Build the examples into ``out/store`` and write both pages, the reports and the facts beside it.

    Raises CrossCityError where the folder cannot be written, or holds a store that is not one of ours.
    """

    def unusable(reason: str) -> str:
        return messages("store.unusable", store=out, reason=reason)

    examples = find_examples(messages)
    with open_for_build(out / "store", None, unusable) as store:
        summary = build([examples], store, iris=store.iris, progress=progress)
        return Demo(summary, tuple(_write_all(store, out, messages)))


def _write_all(store: Store, out: Path, messages: Messages) -> list[Path]:
    texts = {f"{name}.md": write_report(make(store, messages), "md", messages) for name, make in REPORTS.items()}
    texts["case.md"] = write_report(lives.report_case(store, _longest(store), messages), "md", messages)
    contents = {out / "reports" / name: f"{text}\n".encode() for name, text in sorted(texts.items())}
    contents[out / "crosscity.nq"] = write_rdf(store, "nq")
    pages = [out / f"{view}.html" for view in VIEWS]
    try:
        (out / "reports").mkdir(exist_ok=True)
    except OSError as error:
        raise CrossCityError(messages("output.unwritable", file=out / "reports", reason=error.strerror)) from error
    for path, content in contents.items():
        write_file(path, content, lambda reason, path=path: messages("output.unwritable", file=path, reason=reason))
    for view, path in zip(VIEWS, pages, strict=True):
        write_view(store, view, path, messages)
    return [*pages, *contents]


def _longest(store: Store) -> choosing.Named:
    """The case that most meetings treated."""
    events = {row["case"]: int(row["events"]) for row in named.ask(store, "cases").records()}
    return max(choosing.cases_by_name(store), key=lambda case: (events[case.iri], case.title))
