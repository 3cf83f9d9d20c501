"""A request of the SPARQL 1.1 Protocol goes in, a query to be asked comes out, or the reason why it is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from output.service.negotiation import SHORT
from output.service.tasks import Task

if TYPE_CHECKING:
    from starlette.requests import Request

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
_UPDATES: Final = "this service only reads; updates are refused"
_KIB: Final = 1024


class Refusal(Exception):
    """A request that is not served: an HTTP status, and one line on why."""

    def __init__(self, status: int, complaint: str) -> None:
        super().__init__(complaint)
        self.status = status
        self.complaint = complaint


async def read_query(request: Request, most: int) -> Task | None:
    """The query that a request asks; None where it asks none, and so wants the service's description.

    ``most`` is the limit of its body, in KiB. Raises Refusal.
    """
    if len(request.url.query) > most * _KIB:
        raise Refusal(414, f"a request may have {most} KiB")
    values = parse_qsl(request.url.query, keep_blank_values=True)
    direct = ""
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/sparql-update":
            raise Refusal(403, _UPDATES)
        if kind not in (FORM, DIRECT):
            raise Refusal(415, f"a query is sent as {FORM} or {DIRECT}")
        body = await read_body(request, most)
        if kind == FORM:
            values += parse_qsl(body, keep_blank_values=True)
        else:
            direct = body
    return _query(values, direct, request)


async def read_body(request: Request, most: int) -> str:
    """A request's body as text. Raises Refusal where it is larger than ``most`` KiB, isn't UTF-8, or takes too long."""
    parts: list[bytes] = []
    length = 0
    try:
        async for part in request.stream():
            length += len(part)
            if length > most * _KIB:
                raise Refusal(413, f"a request may have {most} KiB")
            parts.append(part)
        return b"".join(parts).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, "the request is not UTF-8") from error
    except TimeoutError as error:
        raise Refusal(408, "the request took too long to come") from error


def _query(values: Sequence[tuple[str, str]], direct: str, request: Request) -> Task | None:
    given: dict[str, list[str]] = {}
    for name, value in values:
        given.setdefault(name, []).append(value)
    if "update" in given or "using-graph-uri" in given:
        raise Refusal(403, _UPDATES)
    queries = [*given.get("query", ()), *([direct] if direct else ())]
    if not queries and not values and request.method != "POST":
        return None
    if len(queries) != 1 or not queries[0].strip():
        raise Refusal(400, "a request holds one query, in the parameter 'query' or as its body")
    accept = SHORT.get(given.get("format", [""])[-1], request.headers.get("accept", "*/*"))  # clients send formats of their own too
    return Task(
        "query",
        queries[0],
        accept=accept,
        default_graphs=tuple(given.get("default-graph-uri", ())),
        named_graphs=tuple(given.get("named-graph-uri", ())),
    )
