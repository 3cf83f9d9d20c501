"""A page is made once for each generation of a store: asked again it is the same, and a build's new facts are on it at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.build import build
from graph.store import Store
from output.service import pages
from output.service.tasks import Task
from output.service.worker import Reader, do


def test_a_page_is_made_once_for_each_generation(minutes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    render = pages.render

    def counted(*told: object) -> bytes:
        made.append(told)
        return render(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(pages, "render", counted)
    place, out = tmp_path / "kg", tmp_path / "out"

    def asked(accept: str = "text/html") -> str:
        assert do(reader, Task("report", "meetings", accept), out, 8).status == 200
        return out.read_text(encoding="utf-8")

    with Store.open(place, create=True) as store:
        build([minutes / "first.txt"], store, iris=store.iris)
    reader = Reader(str(place))
    first = asked()
    assert (asked(), asked("text/html, */*;q=0.1"), len(made)) == (first, first, 1)
    assert asked("text/csv") != first
    assert "2023-06-15" not in first
    with Store.open(place) as store:
        build([minutes], store, iris=store.iris)
    assert "2023-06-15" in asked()
    assert len(made) == 3
