"""Minutes that Spark can get at go in, the same parts come out that one machine writes; needs the extra ``spark``, and Java.

Spark only hands the work round: ``graph.reading`` reads each document, ``graph.platform_tasks`` works out each platform, in as many
processes as the master has cores. The folder of parts, and files that aren't rows of a table, must be where all its machines see them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, TypeAlias

from graph.parts import Entry, Header, Journal
from graph.reading import By, read_content
from graph.workers import Item, Mapped, Result
from loaders import documents
from loaders.documents import Content
from ontology import profiles
from ontology.errors import CrossCityError

if TYPE_CHECKING:
    from pyspark import RDD, Broadcast
    from pyspark.sql import DataFrame, Row, SparkSession

TABLES: Final = (".jsonl", ".json", ".parquet")
_FILES: Final = 64  # files a task
_BYTES: Final = 1 << 20  # of a table a task
_ROUND: Final = 32  # tasks a core, after which what they read is noted
_HOLDS: Final = frozenset({"content", "text"})

Held: TypeAlias = tuple[str, Content | None]


@dataclass(frozen=True, slots=True)
class Job:
    """What each of Spark's processes reads by: the profile's text, what is written where, and the digest of each file read before."""

    profile: str
    by: By
    before: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Done:
    """A document's file, what was read of it (None where it had been read before), or why the whole reading must end."""

    path: str
    entry: Entry | None = None
    fault: str = ""


def is_table(path: Path) -> bool:
    """Whether a path is a table of documents, by its suffix: a row has a ``path``, and its ``content`` (bytes) or its ``text``.

    >>> is_table(Path("minutes.parquet")), is_table(Path("minutes/"))
    (True, False)
    """
    return path.suffix.lower() in TABLES


def read_by_spark(paths: Sequence[Path], master: str, header: Header, by: By, told: Callable[[Entry], object]) -> tuple[int, int]:
    """Read files, folders, and tables of documents into the parts of ``by``; how many were read now, and how many had been before.

    ``master`` is Spark's: ``local[2]``, ``spark://host:7077``, ``yarn`` …; ``told`` is given each entry read now. Raises CrossCityError
    where the extra is missing, Spark can't be started or fails, a table lacks a column, or one path stands for two documents.
    """
    tables = [path for path in paths if is_table(path)]
    files = documents.gather(path for path in paths if not is_table(path)) if len(tables) < len(paths) else ()
    given: set[str] = set()
    fresh = 0
    with _session(master) as session, Journal(by.parts, header) as journal:
        before = journal.take_over(entry for entry in by.parts.read_before(header) if by.parts.holds(entry))
        job = session.sparkContext.broadcast(Job(header.profile, by, before))
        sources = [*_files(session, files), *(_rows(session, table) for table in tables)]
        for done in _in_rounds(session, session.sparkContext.union(sources), partial(_read_each, job=job)):
            if done.fault:
                raise CrossCityError(done.fault)
            if done.path in given:
                raise CrossCityError(f"{done.path}: stands for two documents; give each a path of its own")
            given.add(done.path)
            if done.entry is not None:
                fresh += 1
                journal.note(done.entry)
                told(done.entry)
        journal.finish(given)
    return fresh, len(given) - fresh


@contextmanager
def spread(master: str) -> Iterator[Mapped]:
    """A ``map`` that Spark's processes do, under the profile in use; raises CrossCityError as ``read_by_spark`` does."""
    with _session(master) as session:

        def mapped(function: Callable[[Item], Result], items: Iterable[Item], /, *, at_once: int = 8) -> Iterator[Result]:
            listed = list(items)
            each = partial(_each, profile=profiles.current().text, function=function)
            tasks = session.sparkContext.parallelize(listed, max(1, -(-len(listed) // at_once)))
            for found in _in_rounds(session, tasks, each) if listed else ():
                if isinstance(found, CrossCityError):
                    raise found
                yield from found

        yield mapped


def _each(items: Iterable[Item], profile: str, function: Callable[[Item], Result]) -> Iterator[list[Result] | CrossCityError]:
    """Work on items, in one of Spark's processes: each one's result, in a list, or why all must end."""
    with profiles.using(profiles.parse(profile, profiles.USUAL)):
        for item in items:
            try:
                yield [function(item)]
            except CrossCityError as error:
                yield error


@contextmanager
def _session(master: str) -> Iterator[SparkSession]:
    """A session of Spark's, which ends with the block; what Spark complains of is said in one line."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise CrossCityError("Spark needs pyspark; install it with 'pip install crosscity[spark]'") from error
    from py4j.protocol import Py4JError  # comes with pyspark

    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.files.maxPartitionBytes": str(_BYTES),
    }
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # Spark takes it from nowhere else
    try:
        session = SparkSession.builder.master(master).appName("crosscity").config(map=settings).getOrCreate()
        try:
            yield session
        finally:
            session.stop()
    except (PySparkException, Py4JError) as error:
        words = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
        raise CrossCityError(
            f"Spark ({master}) failed: {' '.join(words.split())[:200]}; see that Java is there and what it logged"
        ) from error


def _files(session: SparkSession, files: Sequence[Path]) -> Iterator[RDD[Held]]:
    if files:
        tasks = -(-len(files) // _FILES)
        yield session.sparkContext.parallelize([str(file) for file in files], tasks).map(_file)


def _file(path: str) -> Held:
    return str(Path(path).resolve()), documents.content(Path(path))


def _rows(session: SparkSession, table: Path) -> RDD[Held]:
    """The documents of a table."""
    if not table.exists():
        raise CrossCityError(f"{table}: no such file or folder; check the name")
    place = table.resolve().as_uri()
    frame: DataFrame = session.read.parquet(place) if table.suffix.lower() == ".parquet" else session.read.json(place)
    columns = _HOLDS & set(frame.columns)
    if "path" not in frame.columns or not columns:
        raise CrossCityError(f"{table}: has the columns {', '.join(frame.columns)}; a table of documents has path, and content or text")
    return frame.select("path", *sorted(columns)).rdd.map(_row)


def _row(row: Row) -> Held:
    told = row.asDict()
    path, content, text = told["path"], told.get("content"), told.get("text")
    held = bytes(content) if content is not None else text.encode() if text is not None else None
    return (path or "", Content.of(PurePosixPath(path).name, held) if path and held is not None else None)


def _read_each(held: Iterable[Held], job: Broadcast[Job]) -> Iterator[Done]:
    """Read documents, in one of Spark's processes."""
    told = job.value
    with profiles.using(profiles.parse(told.profile, profiles.USUAL)):
        for path, content in held:
            if content is None:
                yield Done(path, fault=f"{path or 'a row'}: has no path or no content; a table of documents has path, and content or text")
            elif content.sha256 and told.before.get(path) == content.sha256:
                yield Done(path)
            else:
                try:
                    yield Done(path, read_content(path, content, told.by))
                except CrossCityError as error:
                    yield Done(path, fault=str(error))


def _in_rounds(session: SparkSession, held: RDD[Item], work: Callable[[Iterable[Item]], Iterator[Result]]) -> Iterator[Result]:
    """What comes of all items; a round's is here before the next begins, so that a reading cut off goes on from there."""
    context = session.sparkContext
    every, at_once = held.getNumPartitions(), _ROUND * context.defaultParallelism
    for start in range(0, every, at_once):
        yield from context.runJob(held, work, list(range(start, min(start + at_once, every))))
