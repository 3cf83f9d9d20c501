"""Minutes read into a folder of parts, and stores loaded from it: the same facts as a build gives, and a reading that goes on."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph import build as building
from graph import reading, workers
from graph.build import build, load_parts, read
from graph.parts import JOURNAL, MANIFEST, Entry, Parts
from graph.reading import By, Task
from graph.standing import Decisions
from graph.store import Store, lines_of
from ontology import profiles
from ontology.errors import CrossCityError

HERE = Path(__file__).parents[1]
EXAMPLES = sorted((HERE.parent / "examples").glob("*.txt"))
COUNTIES = HERE / "profiles" / "three-counties.toml"
CORRECTIONS = """
[[correction]]
expected = "列管"
corrected = "列管中"
by = "林小河"
on = "2024-03-05"
document = "0000000000000000000000000000000000000000000000000000000000000000"
"""


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    """A folder of the examples, of which one is no meeting and one cannot be read."""
    folder = tmp_path / "minutes"
    folder.mkdir()
    for file in EXAMPLES:
        shutil.copy(file, folder)
    (folder / "letter.txt").write_text("敬啟者，謝謝來函。", encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing behind it")
    return folder


def held(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def loaded(folder: Path, decisions: Decisions = building.USUAL) -> tuple[list[str], building.Summary]:
    """What a new store holds that is loaded from parts."""
    with Store.open(":memory:") as store:
        summary = load_parts(folder, store, iris=store.iris, decisions=decisions)
        return store.nquads(), summary


def test_parts_loaded_are_what_a_build_gives(minutes: Path, tmp_path: Path) -> None:
    with Store.open(":memory:") as store:
        summary = build([minutes], store, iris=store.iris)
        built = store.nquads()
    told = read([minutes], tmp_path / "parts")
    quads, of_parts = loaded(tmp_path / "parts")
    assert quads == built and len(quads) > 1000
    assert of_parts == summary
    assert (told.files, told.before) == (len(EXAMPLES) + 2, 0)
    assert [finding.file for finding in told.findings if finding.level == "error"] == ["broken.pdf", "letter.txt"]


def test_parts_are_the_same_bytes_however_they_are_read(minutes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read([minutes], tmp_path / "one")
    monkeypatch.setattr(workers, "_WORTH", 2)
    read([minutes / "2019.txt"], tmp_path / "many")
    read([minutes], tmp_path / "many", jobs=3)
    assert held(tmp_path / "one") == held(tmp_path / "many")
    assert {MANIFEST} == {name for name in held(tmp_path / "one") if not name.endswith(".nq.gz")}


def counting(monkeypatch: pytest.MonkeyPatch, until: int = 1_000_000) -> list[str]:
    """The files that are read from here on; at the one of number ``until`` the reading is cut off."""
    done: list[str] = []
    read_file = reading.read_file

    def counted(task: Task, by: By) -> Entry:
        if len(done) == until:
            raise KeyboardInterrupt
        done.append(task.path.name)
        return read_file(task, by)

    monkeypatch.setattr(reading, "read_file", counted)
    return done


def test_a_reading_cut_off_goes_on_where_it_was(minutes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read([minutes], tmp_path / "whole")
    with monkeypatch.context() as patch:
        first = counting(patch, until=4)
        with pytest.raises(KeyboardInterrupt):
            read([minutes], tmp_path / "parts")
    with pytest.raises(CrossCityError, match="its reading was not finished; run the same"):
        loaded(tmp_path / "parts")
    with (tmp_path / "parts" / JOURNAL).open("a", encoding="utf-8") as journal:
        journal.write('{"path": "cut off in the midd')  # as a kill may leave it
    second = counting(monkeypatch)
    told = read([minutes], tmp_path / "parts")
    assert (told.files, told.before) == (len(EXAMPLES) - 2, 4)
    assert sorted(first + second) == sorted(file.name for file in minutes.iterdir())
    assert held(tmp_path / "parts") == held(tmp_path / "whole")


def test_only_what_changed_is_read_again(minutes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read([minutes], tmp_path / "parts")
    changed, gone, damaged = minutes / "2019.txt", minutes / "2022-1.txt", minutes / "2020.txt"
    changed.write_text(changed.read_text("utf-8").replace("一", "二", 1), encoding="utf-8")
    entries = {entry.path: entry for entry in Parts(tmp_path / "parts").entries()}
    of_gone, of_damaged = (entries[str(file.resolve())].documents[0].digest for file in (gone, damaged))
    place = tmp_path / "parts" / of_damaged[:2] / f"{of_damaged}.nq.gz"
    place.unlink()
    gone.unlink()
    done = counting(monkeypatch)
    read([minutes], tmp_path / "parts")
    assert done == ["2019.txt", "2020.txt"]
    assert place.exists()
    assert not (tmp_path / "parts" / of_gone[:2] / f"{of_gone}.nq.gz").exists()
    read([minutes], tmp_path / "parts", base="http://example.org/other/")
    assert len(done) == 2 + len(EXAMPLES) + 1


def test_loading_twice_writes_nothing_and_another_reading_replaces(minutes: Path, tmp_path: Path) -> None:
    read([minutes], tmp_path / "parts")
    with Store.open(":memory:") as store:
        load_parts(tmp_path / "parts", store, iris=store.iris)
        before = store.nquads()
        again = load_parts(tmp_path / "parts", store, iris=store.iris)
        assert (again.read, again.unchanged) == (0, len(EXAMPLES))
        assert store.nquads() == before
        file = minutes / "2019.txt"
        file.write_text(file.read_text("utf-8").replace("一", "二", 1), encoding="utf-8")
        read([minutes], tmp_path / "parts")
        again = load_parts(tmp_path / "parts", store, iris=store.iris)
        assert (again.read, again.replaced) == (1, 1)
        quads = store.nquads()
    with Store.open(":memory:") as anew:
        build([minutes], anew, iris=anew.iris)
        assert anew.nquads() == quads


def test_parts_carry_the_profile_that_they_were_read_by(tmp_path: Path) -> None:
    files, profile = [COUNTIES.parent / "2031.txt"], profiles.load(str(COUNTIES))
    read(files, tmp_path / "parts", profile=profile)
    with Store.open(":memory:") as store:
        build(files, store, iris=store.iris, profile=profile)
        assert loaded(tmp_path / "parts")[0] == store.nquads()


def test_parts_carry_their_corrections(minutes: Path, tmp_path: Path) -> None:
    file = tmp_path / "corrections.toml"
    file.write_text(CORRECTIONS, encoding="utf-8")
    read([minutes], tmp_path / "parts", corrections=file)
    _, summary = loaded(tmp_path / "parts", Decisions(corrections=file))
    assert [finding.code for finding in summary.findings if finding.file == file.name] == ["orphaned-correction"]
    with pytest.raises(CrossCityError, match="read with other corrections than the store goes by; read the minutes again, without"):
        loaded(tmp_path / "parts")
    read([minutes], tmp_path / "parts")
    with pytest.raises(CrossCityError, match=r"again, with --corrections .*corrections\.toml"):
        loaded(tmp_path / "parts", Decisions(corrections=file))


def _damage_a_part(folder: Path) -> None:
    part = next(folder.glob("??/*.nq.gz"))
    part.write_bytes(part.read_bytes()[:-9])


def _swap_two_parts(folder: Path) -> None:
    one, other = sorted(folder.glob("??/*.nq.gz"))[:2]
    shutil.copy(one, other)


def _damage_the_manifest(folder: Path) -> None:
    manifest = folder / MANIFEST
    lines = manifest.read_text("utf-8").splitlines()
    manifest.write_text("\n".join([*lines[:2], lines[2][:50], *lines[3:]]), encoding="utf-8")


def _read_by_a_newer_program(folder: Path) -> None:
    manifest = folder / MANIFEST
    manifest.write_text(manifest.read_text("utf-8").replace('"version": 1', '"version": 2', 1), encoding="utf-8")


def _read_by_other_rules(folder: Path) -> None:
    manifest = folder / MANIFEST
    manifest.write_text(manifest.read_text("utf-8").replace('"rules": "', '"rules": "0', 1), encoding="utf-8")


def _remove_the_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


@pytest.mark.parametrize(
    ("harm", "complaint"),
    [
        (_damage_a_part, "the part is damaged or gone; remove it"),
        (_swap_two_parts, "the part is damaged or gone; remove it"),
        (_damage_the_manifest, "line 3 is damaged; read the minutes again"),
        (_read_by_a_newer_program, "written by a newer crosscity .*; upgrade"),
        (_read_by_other_rules, "not by this one's; read the minutes again"),
        (_remove_the_manifest, "holds no parts; make them with"),
    ],
)
def test_harmed_parts_load_nothing(harm: Callable[[Path], None], complaint: str, tmp_path: Path) -> None:
    read(EXAMPLES, tmp_path / "parts")
    harm(tmp_path / "parts")
    with Store.open(tmp_path / "kg", create=True) as store, pytest.raises(CrossCityError, match=complaint):
        load_parts(tmp_path / "parts", store, iris=store.iris)
    with Store.open(tmp_path / "kg", read_only=True) as store:
        assert not store.graphs()


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"x")
    for place in (tmp_path, tmp_path / "photo.png"):
        with pytest.raises(CrossCityError, match="holds something else than parts"):
            read(EXAMPLES, place)
    assert list(held(tmp_path)) == ["photo.png"]


def test_no_more_is_asked_for_than_workers_can_do() -> None:
    asked = 0

    def items() -> Iterator[str]:
        nonlocal asked
        for number in range(1000):
            asked += 1
            yield str(number)

    with workers.workers(2, 1000) as mapped:
        results = mapped(len, items())
        assert next(results) == 1
        assert asked < 100
        assert sum(1 for _ in results) == 999


def test_lines_come_back_whatever_words_they_hold(tmp_path: Path) -> None:
    lines = ['<a:b> <a:c> "一\u2028二\x85三\x0c四" <a:d> .', '<a:b> <a:c> "五" <a:d> .']
    parts = Parts(tmp_path)
    assert lines_of(parts.content(parts.put(lines))) == lines
