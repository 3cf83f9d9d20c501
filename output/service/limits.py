"""What the service lets one client take: the numbers, each with its unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of the service.

    ``timeout``: seconds that a query may run, its waiting for a free worker included. ``workers``: queries that run at once, and
    ``waiting``: those that wait for one to end; more are turned away (429). ``memory``: MiB of address
    space that a query may take. ``answer``: MiB of a result. ``request``: KiB of a request's body. ``patience``: seconds that a client may
    take to send its request, or to take the next part of a result.
    """

    timeout: float = 30.0
    workers: int = 4
    waiting: int = 64
    memory: int = 1024
    answer: int = 64
    request: int = 256
    patience: float = 20.0
