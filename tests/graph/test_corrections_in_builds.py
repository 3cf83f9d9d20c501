"""Corrections at each build: read with the file, read anew when it changes, told when they bear on nothing, and never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import named
from graph.build import Decisions, build
from graph.store import Store

MINUTES = """2031 雙北合作「交通運輸組」第 {n} 次小組會議紀錄
時間：120 年 {month} 月 5 日
地點：新北市政府交通局
主席：林副局長大同
歷次持續合作方案
主席裁示：
一、「河岸自行車道跨橋銜接」案，請臺北市於下次會議說明，本案持續列管。
散會：下午 3 時
"""
CORRECTION = """[[correction]]
meeting = "第 1 次小組會議"
expected = "120 年 2 月"
corrected = "120 年 3 月"
by = "林小河"
on = 2031-06-01
why = "簽到表為 3 月"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "minutes").mkdir()
    for n in (1, 2):
        (tmp_path / "minutes" / f"{n}.txt").write_text(MINUTES.format(n=n, month=2 * n), encoding="utf-8")
    return tmp_path


def dates(store: Store) -> list[str]:
    return [row["date"] for row in named.ask(store, "meetings").records()]


def told(store: Store, corrections: Path | None, *paths: Path) -> list[str]:
    return [found.code for found in build(paths, store, iris=store.iris, decisions=Decisions(None, corrections)).findings]


def test_values_are_corrected_and_quotes_are_not(folder: Path) -> None:
    file = folder / "corrections.toml"
    file.write_text(CORRECTION, encoding="utf-8")
    with Store.open(":memory:") as store:
        assert told(store, file, folder / "minutes") == []
        assert dates(store) == ["2031-03-05", "2031-04-05"]
        headers = [row["quote"] for row in named.ask(store, "evidence").records() if row["kind"] in ("header", "correction")]
        assert any("120 年 2 月" in quote for quote in headers)
        assert not any("120 年 3 月" in quote for quote in headers)


def test_a_correction_made_or_taken_back_later_ends_as_if_it_always_were(folder: Path) -> None:
    file = folder / "corrections.toml"
    file.write_text("", encoding="utf-8")
    with Store.open(":memory:") as store, Store.open(":memory:") as fresh, Store.open(":memory:") as plain:
        told(plain, file, folder / "minutes")
        told(store, file, folder / "minutes")
        file.write_text(CORRECTION, encoding="utf-8")
        assert told(store, None) == []  # the file is that of the last build
        told(fresh, file, folder / "minutes")
        assert store.nquads() == fresh.nquads()
        file.write_text("", encoding="utf-8")
        told(store, None)
        assert store.nquads() == plain.nquads()


def test_one_that_bears_on_nothing_is_told_at_each_build_and_holds_when_it_does(folder: Path) -> None:
    file = folder / "corrections.toml"
    file.write_text(CORRECTION, encoding="utf-8")
    with Store.open(":memory:") as store:
        assert told(store, file, folder / "minutes" / "2.txt") == ["orphaned-correction"]
        assert told(store, None) == ["orphaned-correction"]
        assert told(store, None, folder / "minutes" / "1.txt") == []
        assert told(store, None) == []
        assert dates(store) == ["2031-03-05", "2031-04-05"]
