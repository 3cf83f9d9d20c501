"""A request goes in, and is served only where its Host is a name of this service and no other site's page sent it unseen."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

ANY: Final = "*"
_HOST: Final = re.compile(r"(?:\[(?P<address>[0-9A-Fa-f:.]+)\]|(?P<name>[^:\[\]@/\s]+))(?::\d{1,5})?")
_OTHERS: Final = frozenset({"cross-site", "same-site"})


@dataclass(frozen=True, slots=True)
class Door:
    """Who may ask: ``names`` that requests may call the service by, ``*`` for any; ``origin`` whose pages may ask (CORS), ``*`` for all."""

    names: tuple[str, ...] = ()
    origin: str = ""


class Callers:
    """Turns away requests for another name (421), and those that a page of another site makes a browser send (403).

    A page whose own name was made to mean this machine (DNS rebinding) could read all answers otherwise: it comes with its own name.
    Browsers say in ``Sec-Fetch-Site`` whose page a request is from; a link that a person follows (navigate) is let in.
    """

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._names = frozenset(name.lower() for name in door.names)
        self._others = bool(door.origin)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        host = headers.get("host", "")
        complaint, status = "", 200
        if host and not is_known(host, self._names):
            complaint, status = "this service has another name; let it have this one with --allow-host NAME", 421
        elif not self._others and headers.get("sec-fetch-site") in _OTHERS and headers.get("sec-fetch-mode") != "navigate":
            complaint, status = "pages of other sites may not ask here; let one with --allow-origin ORIGIN", 403
        if complaint:
            await PlainTextResponse(f"{complaint}\n", status_code=status)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def is_known(host: str, names: frozenset[str]) -> bool:
    """Whether a Host header is an address, this machine, or one of the names; nobody can make an address mean another machine.

    >>> [is_known(host, frozenset({"kg.example.org"})) for host in ("[::1]:8000", "LOCALHOST", "kg.example.org:80", "evil.example")]
    [True, True, True, False]
    """
    found = _HOST.fullmatch(host)
    if ANY in names:
        return True
    if not found:
        return False
    name = (found["address"] or found["name"]).lower().rstrip(".")
    return name == "localhost" or name in names or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
