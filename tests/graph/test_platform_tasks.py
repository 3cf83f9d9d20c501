"""Identity worked out of parts, side by side, is what a store that has the documents tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from graph import build, platform_tasks, workers
from graph.build import load_parts, read
from graph.platform_work import PlatformWork
from graph.store import Store
from graph.workers import Item, Result
from ontology import profiles
from ontology.errors import CrossCityError

HERE = Path(__file__).parents[1]
EXAMPLES = sorted((HERE.parent / "examples").glob("*.txt"))
COUNTIES = HERE / "profiles" / "three-counties.toml"


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    """Parts of two platforms."""
    read([*EXAMPLES, COUNTIES.parent / "2031.txt"], tmp_path / "parts", profile=profiles.load(str(COUNTIES)))
    return tmp_path / "parts"


def stated(parts: Path, jobs: int = 1) -> list[str]:
    with Store.open(":memory:") as store:
        load_parts(parts, store, iris=store.iris, jobs=jobs)
        return store.nquads()


def places(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Of each platform that this process works out, from here on, how many documents were at hand."""
    found: list[str] = []
    begin = PlatformWork.__init__

    def note(self: PlatformWork, store: Store, *rest: object) -> None:
        found.append(store.select("SELECT (COUNT(DISTINCT ?d) AS ?n) { ?m a cc:Meeting ; cc:statedIn ?d }").rows[0][0])
        begin(self, store, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(PlatformWork, "__init__", note)
    return found


def share(function: Callable[[Item], Result], items: Iterable[Item], /, *, at_once: int = 8) -> Iterator[Result]:
    """Shares nothing, but counts as sharing."""
    assert at_once in (1, 8)
    return map(function, items)


@pytest.mark.parametrize(("most", "expected"), [(7, ["1", "7"]), (6, ["1", "8"])])
def test_a_platform_needs_its_own_documents_only(most: int, expected: list[str], parts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_hand = places(monkeypatch)
    in_place = stated(parts)
    assert at_hand == ["8", "8"]
    at_hand.clear()
    monkeypatch.setattr(build, "_hands", lambda *_: nullcontext(share))
    monkeypatch.setattr(platform_tasks, "_MOST", most)
    assert stated(parts) == in_place
    assert at_hand == expected


def test_processes_work_out_what_one_does(parts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = stated(parts)
    at_hand = places(monkeypatch)
    monkeypatch.setattr(workers, "_WORTH", 2)
    assert stated(parts, jobs=2) == alone
    assert at_hand == []


def test_a_part_damaged_since_it_was_written_ends_the_load(parts: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    work_out = platform_tasks.work_out_all

    def harmed(*told: object) -> object:
        for part in parts.glob("*/*.nq.gz"):
            part.write_bytes(b"harmed")
        return work_out(*told)  # type: ignore[arg-type]

    monkeypatch.setattr("graph.identity.work_out_all", harmed)
    monkeypatch.setattr(build, "_hands", lambda *_: nullcontext(share))
    with pytest.raises(CrossCityError, match="the part is damaged or gone"), Store.open(tmp_path / "kg", create=True) as store:
        load_parts(parts, store, iris=store.iris)
    with pytest.raises(CrossCityError):
        Store.open(tmp_path / "kg", read_only=True)
