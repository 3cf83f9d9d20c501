"""Comparing stores: what a later one gained, lost or altered, in the words of the minutes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from graph import named
from graph.build import build
from graph.store import Store
from output.differences import KINDS, compare

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def changed(minutes: Path, tmp_path: Path) -> Path:
    """A store in which the second meeting keeps tracking a case, a due date moved, and a directive is new."""
    first = (minutes / "first.txt").read_text(encoding="utf-8")
    second = (minutes / "second.txt").read_text(encoding="utf-8")
    (tmp_path / "first.txt").write_text("\n" + first.replace("林專門委員大方", "周專門委員大同"), encoding="utf-8")
    second = second.replace("請於副市長層級會議提請解除列管", "本案持續列管，請新北市政府交通局於 112 年 9 月測試看板")
    (tmp_path / "second.txt").write_text(second, encoding="utf-8")
    with Store.open(tmp_path / "kg", create=True) as store:
        build([tmp_path / "first.txt", tmp_path / "second.txt"], store, iris=store.iris)
    return tmp_path / "kg"


def test_a_store_does_not_differ_from_itself(store_folder: Path, run: Run) -> None:
    status, out, _ = run("diff", store_folder, store_folder)
    assert status == 0
    assert "Facts gained: 0, lost: 0, altered: 0." in out


def test_what_changed_is_told_in_words(store_folder: Path, changed: Path) -> None:
    with Store.open(store_folder, read_only=True) as before, Store.open(changed, read_only=True) as after:
        changes = compare(before, after)
        assert [(change.change, change.kind) for change in compare(after, after)] == []
    told = {(change.kind, change.change, change.what): change.fields for change in changes}
    assert ("outcome", "delist-requested", "tracked") in told["case-event", "altered", "公車轉乘資訊共用看板"]
    assert ("outcome", "delist-requested", "tracked") in told["case", "altered", "公車轉乘資訊共用看板"]
    assert ("chair", "林大方", "周大同") in told["meeting", "altered", "2023 雙北合作「交通組」第 1 次小組會議紀錄"]
    assert ("directive", "gained", "請新北市政府交通局於 112 年 9 月測試看板") in told
    assert [what for kind, change, what in told if (kind, change) == ("escalation", "lost")]
    assert ("participation", "gained", "周大同") in told
    assert not any(kind == "mention" and change == "altered" for kind, change, _ in told)  # the first file only moved a line down


def test_another_base_is_no_difference(minutes: Path, store_folder: Path, tmp_path: Path, run: Run) -> None:
    assert run("build", minutes, "--store", tmp_path / "kg", "--base", "https://example.org/kg/")[0] == 0
    _, out, _ = run("diff", store_folder, tmp_path / "kg", "--format", "json")
    assert json.loads(out)["rows"] == []


def test_a_changed_outcome_reads_well(store_folder: Path, changed: Path, run: Run) -> None:
    _, out, _ = run("diff", store_folder, changed)
    assert "~ treatment of a case 交通組 2023-2\n  「公車轉乘資訊共用看板」\n  Outcome: delisting requested → tracked" in out
    _, out, _ = run("diff", store_folder, changed, "--lang", "zh-Hant-TW")
    assert "結果: 提請解除列管 → 持續列管" in out


def test_every_kind_names_columns_that_its_query_has(store_folder: Path) -> None:
    with Store.open(store_folder, read_only=True) as store:
        for kind in KINDS:
            assert {*kind.key, kind.called, *kind.compared} <= set(named.ask(store, kind.query).columns)
