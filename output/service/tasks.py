"""What the service asks of a worker, and what a worker answers: records that travel as a line of JSON each."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["query", "thing", "start", "view", "report", "question"]


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be asked of the store.

    ``words`` are a query's SPARQL, a thing's IRI, or the name of a view, report or question; ``key`` is what a report is about.
    ``platform`` and ``group`` narrow a view, a report or a question.
    ``accept`` is what the client takes (an Accept header). ``default_graphs`` and ``named_graphs`` are the
    dataset that the protocol names, if any.
    """

    kind: Kind
    words: str
    accept: str = "*/*"
    language: Literal["zh-Hant-TW", "en"] = "en"
    key: str = ""
    platform: str = ""
    group: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    def as_json(self) -> str:
        """The task as one line.

        >>> Task.from_json(Task("query", "ASK {}").as_json()) == Task("query", "ASK {}")
        True
        """
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(line: str) -> Task:
        """The task that ``as_json`` wrote."""
        told = json.loads(line)
        return Task(**{**told, "default_graphs": tuple(told["default_graphs"]), "named_graphs": tuple(told["named_graphs"])})


@dataclass(frozen=True, slots=True)
class Reply:
    """How a task ended: an HTTP status, and the media type of what was written, or one line on what went wrong."""

    status: int
    media_type: str = "text/plain; charset=utf-8"
    complaint: str = ""

    def as_json(self) -> str:
        """The reply as one line."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(line: str | bytes) -> Reply:
        """The reply that ``as_json`` wrote."""
        return Reply(**json.loads(line))
