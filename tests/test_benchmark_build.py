"""The build's benchmark still runs, and invents other meetings rather than the same ones again."""

import runpy
from pathlib import Path

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "build.py"


def test_each_copy_is_another_group_s_meetings() -> None:
    invent = runpy.run_path(str(BENCHMARK))["invent"]
    text = "2019 雙北合作「教育文化組」第 1 次：108 年 1 月 25 日（星期五）「行動天文館校園趴趴」案"
    assert invent(text, 0) == text.replace("（星期五）", "")
    copies = {invent(text, copy) for copy in range(100)}
    assert len(copies) == 100
    assert "2023 雙北合作「河川規劃組」第 1 次：112 年 1 月 25 日「河川規劃：行動天文館校園趴趴」案" in copies


def test_a_small_run_fills_every_column() -> None:
    measured = runpy.run_path(str(BENCHMARK))
    row = dict(zip(measured["COLUMNS"], measured["measure"](2), strict=True))
    assert (row["times"], row["meetings"]) == ("2", "26")
    assert all(float(cell) > 0 for cell in row.values())
