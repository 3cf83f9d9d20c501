"""A URL of a SPARQL 1.1 server goes in; what it answers comes out, asked again where it is busy, or one line that says what is wrong."""

from __future__ import annotations

import os
from base64 import b64encode
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urljoin, urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import HTTPBasicAuth, HTTPDigestAuth
from urllib3.util import Retry

from graph.store import does_not_parse
from ontology.errors import CrossCityError

USER: Final = "CROSSCITY_STORE_USER"
PASSWORD: Final = "CROSSCITY_STORE_PASSWORD"
TOKEN: Final = "CROSSCITY_STORE_TOKEN"
_ENDPOINTS: Final = {"query": "query", "update": "update", "graphs": "store"}  # as Oxigraph has them; ?query=…&update=…&graphs=… else
_PATIENCE: Final = (10.0, 600.0)  # seconds to connect, and between two bytes of an answer
_AGAIN: Final = Retry(
    total=5, backoff_factor=0.3, status_forcelist=(429, 502, 503, 504), allowed_methods=None, respect_retry_after_header=True
)  # each request may be sent twice: it says what shall stand, not what to add


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer's bytes and their media type, without parameters."""

    content: bytes
    media_type: str


class Server:
    """A SPARQL 1.1 server: query, update, and the Graph Store Protocol.

    The URL is ``sparql+http://host/path``; its endpoints are ``query``, ``update`` and ``store`` below it, unless parameters name others:
    ``sparql+http://host:8890/?query=/sparql&update=/sparql-auth&graphs=/sparql-graph-crud-auth``. Who asks is in the environment
    (CROSSCITY_STORE_USER and CROSSCITY_STORE_PASSWORD, or CROSSCITY_STORE_TOKEN), never in a URL. Each method raises CrossCityError where
    the server cannot be reached, or refuses.
    """

    def __init__(self, location: str) -> None:
        parts = urlsplit(location.removeprefix("sparql+"))
        if parts.username is not None or parts.password is not None:
            raise CrossCityError(f"a store's URL must not hold a password; take it out and set {USER} and {PASSWORD}")
        if not parts.hostname:
            raise CrossCityError(f"{location}: names no server; write sparql+http://HOST:PORT/")
        root = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/") + "/", "", ""))
        named = parse_qs(parts.query)
        if unknown := sorted(named.keys() - _ENDPOINTS.keys()):
            raise CrossCityError(f"{location}: {unknown[0]} is no endpoint; name query=, update= or graphs=")
        self.location = location
        self.query_url, self._update_url, self._graphs_url = (
            urljoin(root, named.get(name, [usual])[0]) for name, usual in _ENDPOINTS.items()
        )
        self._session = requests.Session()
        if token := _environment()[2]:
            self._session.headers["Authorization"] = f"Bearer {token}"
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=_AGAIN))

    def ask(self, sparql: str, accept: str) -> Answer:
        """Send a query. Raises CrossCityError where it does not parse."""
        return self._send("POST", self.query_url, data={"query": sparql}, headers={"Accept": accept})

    def update(self, sparql: str) -> None:
        """Send an update."""
        self._send("POST", self._update_url, data={"update": sparql})

    def get(self, graph: str, accept: str) -> bytes:
        """A graph's triples; empty where there is no such graph."""
        return self._send("GET", self._graphs_url, graph=graph, headers={"Accept": accept}, absent=True).content

    def put(self, graph: str, content: bytes, media_type: str) -> None:
        """Make a graph hold exactly these triples."""
        self._send("PUT", self._graphs_url, graph=graph, data=content, headers={"Content-Type": media_type})

    def delete(self, graph: str) -> None:
        """Remove a graph, where there is one."""
        self._send("DELETE", self._graphs_url, graph=graph, absent=True)

    def headers(self) -> dict[str, str]:
        """The headers that tell the server who asks, for a client that sends its own requests (Basic or Bearer)."""
        user, password, token = _environment()
        if token:
            return {"Authorization": f"Bearer {token}"}
        basic = b64encode(f"{user}:{password}".encode()).decode("ascii")
        return {"Authorization": f"Basic {basic}"} if user else {}

    def close(self) -> None:
        """Let the connection go."""
        self._session.close()

    def _send(
        self,
        method: str,
        url: str,
        *,
        graph: str = "",
        data: dict[str, str] | bytes | None = None,
        headers: dict[str, str] | None = None,
        absent: bool = False,
    ) -> Answer:
        def send() -> requests.Response:
            return self._session.request(
                method, url, params={"graph": graph} if graph else None, data=data, headers=headers, timeout=_PATIENCE
            )

        try:
            found = send()
            if found.status_code == requests.codes.unauthorized and self._identify(found.headers.get("WWW-Authenticate", "")):
                found = send()
        except requests.exceptions.RetryError as error:
            raise CrossCityError(f"{self.location}: is too busy to answer; try again later") from error
        except requests.exceptions.RequestException as error:
            reason = _short(error)
            raise CrossCityError(f"{self.location}: cannot be reached ({reason}); check the URL, and that the server runs") from error
        if absent and found.status_code == requests.codes.not_found:
            return Answer(b"", "")
        if found.ok:
            return Answer(found.content, found.headers.get("Content-Type", "").partition(";")[0].strip())
        said = " ".join(found.content[:2000].decode("utf-8", "replace").split())[:300]
        if found.status_code in (requests.codes.unauthorized, requests.codes.forbidden):
            raise CrossCityError(f"{self.location}: refuses this ({found.status_code}); set {USER} and {PASSWORD}, or {TOKEN}")
        if found.status_code == requests.codes.bad_request and url == self.query_url:
            raise does_not_parse(said)
        status = f"{found.status_code} to {method} {url}"
        raise CrossCityError(f"{self.location}: answered {status} ({said}); check the URL and the server's log")

    def _identify(self, challenge: str) -> bool:
        """Whether there is a name and password to answer a challenge with, that were not given yet."""
        user, password, _ = _environment()
        if not user or self._session.auth is not None:
            return False
        self._session.auth = HTTPDigestAuth(user, password) if challenge.lower().startswith("digest") else HTTPBasicAuth(user, password)
        return True


def _environment() -> tuple[str, str, str]:
    return os.environ.get(USER, ""), os.environ.get(PASSWORD, ""), os.environ.get(TOKEN, "")


def _short(error: Exception) -> str:
    words = " ".join(str(error).split())
    return words.rpartition(": ")[2].rstrip("')>\"") or type(error).__name__
