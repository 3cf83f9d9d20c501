"""A store goes in, all fact tables come out as a Frictionless data package: a CSV file each, and a descriptor of all.

See https://specs.frictionlessdata.io/data-package/ and https://specs.frictionlessdata.io/table-schema/.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from graph import named
from graph.store import Store
from output.messages import Messages
from output.tables_text import as_csv

Json: TypeAlias = "str | int | list[Json] | dict[str, Json]"
DESCRIPTOR: Final = "datapackage.json"
_QUESTION: Final = re.compile(r"^# Question: (.*)$", re.MULTILINE)
_TYPES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("start_char", "end_char", "ordinal", "events", "meetings_tracked", "cases", "proposed", "directives"), "integer"),
    **dict.fromkeys(("hosted", "later_meetings"), "integer"),
    **{"weight": "number", "date": "date", "year": "year", "routine": "boolean"},
}
_OF_ONE_TABLE: Final[Mapping[tuple[str, str], str]] = {
    **{(table, column): "date" for table in ("cases", "involvement") for column in ("first", "last")},
    **{(table, "meetings"): "integer" for table in ("involvement", "collaboration", "rhythm")},
}
_KEYS: Final[Mapping[str, str]] = {
    "meetings": "meeting",
    "cases": "case",
    "case-events": "event",
    "directives": "directive",
    "promises": "directive",
    "involvement": "agency",
}
_POINTS: Final[Mapping[str, str]] = {"meeting": "meetings", "report_meeting": "meetings", "last_meeting": "meetings", "case": "cases"}
_NOT_ONE: Final = (("directives", "case"), ("promises", "case"))  # cells of several values


def write(store: Store, spoken: Messages, licence: str = "") -> dict[str, bytes]:
    """The files by name; ``licence`` is the address of the terms that the data are handed on under, if any are named."""
    files: dict[str, bytes] = {}
    resources: list[Json] = []
    for name in named.names():
        table = named.ask(store, name)
        content = as_csv(table).encode("utf-8") + b"\n"
        files[f"data/{name}.csv"] = content
        resources.append(_resource(name, table.columns, content))
    meetings = named.ask(store, "meetings").records()
    days = sorted(row["date"] for row in meetings if row["date"])
    descriptor: dict[str, Json] = {
        "profile": "tabular-data-package",
        "name": "crosscity",
        "title": spoken("export.package"),
        "description": spoken("export.package-words", meetings=len(meetings), first=days[0] if days else "", last=days[-1] if days else ""),
        "resources": resources,
    }
    if licence:
        descriptor["licenses"] = [{"path": licence}]
    files[DESCRIPTOR] = json.dumps(descriptor, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
    return files


def _resource(name: str, columns: tuple[str, ...], content: bytes) -> dict[str, Json]:
    question = _QUESTION.search(named.text(name))
    schema: dict[str, Json] = {"fields": [_field(name, column) for column in columns], "missingValues": [""]}
    if name in _KEYS:
        schema["primaryKey"] = _KEYS[name]
    if points := list(_points(name, columns)):
        schema["foreignKeys"] = points
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "description": question[1] if question else "",
        "path": f"data/{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def _field(table: str, column: str) -> dict[str, Json]:
    return {"name": column, "type": _OF_ONE_TABLE.get((table, column), _TYPES.get(column, "string"))}


def _points(table: str, columns: tuple[str, ...]) -> Iterator[Json]:
    for column in columns:
        other = _POINTS.get(column, table)
        if other != table and (table, column) not in _NOT_ONE:
            yield {"fields": column, "reference": {"resource": other, "fields": _KEYS[other]}}
