"""Minutes read by Spark: the same parts, byte for byte, from files and from tables of documents."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.build import load_parts, read
from graph.parts import MANIFEST, Parts
from graph.spark import spread
from graph.store import Store
from ontology import profiles
from ontology.errors import CrossCityError

HERE = Path(__file__).parents[1]
EXAMPLES = sorted((HERE.parent / "examples").glob("*.txt"))
MASTER = "local[2]"


def held(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def stated(folder: Path) -> dict[str, bytes]:
    """The parts of a folder, without the manifest, which has paths in it."""
    return {name: content for name, content in held(folder).items() if name != MANIFEST}


def test_without_the_extra_one_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyspark.errors", None)
    with pytest.raises(CrossCityError, match=r"needs pyspark; install it with 'pip install crosscity\[spark\]'"):
        read(EXAMPLES, tmp_path / "parts", master=MASTER)


@pytest.fixture(scope="module")
def spark() -> Iterator[None]:
    """Skips where Spark can't be."""
    pytest.importorskip("pyspark", reason="the extra spark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    yield


@pytest.mark.slow
def test_spark_writes_the_same_bytes(tmp_path: Path, spark: None) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing behind it")
    files = [*EXAMPLES, broken]
    here = read(files, tmp_path / "here")
    there = read(files, tmp_path / "there", master=MASTER)
    assert held(tmp_path / "here") == held(tmp_path / "there")
    assert here == there
    again = read(files, tmp_path / "there", master=MASTER)
    assert (again.files, again.before) == (0, len(files))
    assert held(tmp_path / "here") == held(tmp_path / "there")


@pytest.mark.slow
def test_spark_reads_tables_of_documents(tmp_path: Path, spark: None) -> None:
    counties = HERE / "profiles" / "three-counties.toml"
    files = [*EXAMPLES[:3], counties.parent / "2031.txt"]
    profile = profiles.load(str(counties))
    read(files, tmp_path / "here", profile=profile)
    lines = tmp_path / "minutes.jsonl"
    with lines.open("w", encoding="utf-8") as out:
        for file in files:
            print(json.dumps({"path": f"archive/{file.name}", "text": file.read_text("utf-8")}), file=out)
    read([lines], tmp_path / "lines", profile=profile, master=MASTER)
    assert stated(tmp_path / "lines") == stated(tmp_path / "here")
    assert [entry.path for entry in Parts(tmp_path / "lines").entries()] == sorted(f"archive/{file.name}" for file in files)
    table = _as_parquet(files, tmp_path / "minutes.parquet")
    read([table], tmp_path / "table", profile=profile, master=MASTER)
    assert stated(tmp_path / "table") == stated(tmp_path / "here")


def _as_parquet(files: list[Path], place: Path) -> Path:
    """The files as a table of paths and bytes, which Spark itself writes."""
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master(MASTER).config("spark.ui.enabled", "false").getOrCreate()
    rows = [(f"archive/{file.name}", bytearray(file.read_bytes())) for file in files]
    session.createDataFrame(rows, "path string, content binary").write.parquet(str(place))
    session.stop()
    return place


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([{"name": "a.txt", "text": "x"}], r"has the columns name, text; a table of documents has path"),
        ([{"path": "a.txt", "text": "x"}, {"path": "b.txt"}], r"b\.txt: has no path or no content"),
        ([{"path": "a.txt", "text": "x"}, {"path": "a.txt", "text": "y"}], r"a\.txt: stands for two documents"),
    ],
)
def test_a_table_that_is_none_is_told_in_one_line(rows: list[dict[str, str]], complaint: str, tmp_path: Path, spark: None) -> None:
    table = tmp_path / "bad.jsonl"
    table.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    with pytest.raises(CrossCityError, match=complaint):
        read([table], tmp_path / "parts", master=MASTER)
    assert not (tmp_path / "parts" / MANIFEST).exists()


@pytest.mark.slow
def test_spark_works_out_the_same_identity(tmp_path: Path, spark: None) -> None:
    counties = HERE / "profiles" / "three-counties.toml"
    read([*EXAMPLES, counties.parent / "2031.txt"], tmp_path / "parts", profile=profiles.load(str(counties)))
    told = []
    for master in ("", MASTER):
        with Store.open(":memory:") as store:
            load_parts(tmp_path / "parts", store, iris=store.iris, master=master)
            told.append(store.nquads())
    assert told[0] == told[1]


def refuse(item: str) -> str:
    raise CrossCityError(f"{item}: is damaged; mend it")


@pytest.mark.slow
def test_what_ends_a_task_of_spark_ends_the_work_in_its_own_words(spark: None) -> None:
    with pytest.raises(CrossCityError, match=r"^b: is damaged; mend it$"), spread(MASTER) as mapped:
        list(mapped(refuse, ["b"]))
