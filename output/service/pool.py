"""Tasks go in, each is done by one of some worker processes, and replies come out; a task past its time is ended with its worker."""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from output.service.limits import Limits
from output.service.scratch import Scratch
from output.service.tasks import Reply, Task

RETRY_AFTER: Final = 2  # seconds
BUSY: Final = Reply(429, complaint=f"too many queries run and wait; try again in {RETRY_AFTER} s")
_GRACE: Final = 5.0  # seconds after which a worker ends itself, where nobody else did


@dataclass(frozen=True, slots=True)
class Done:
    """A task's reply, and the file with what it wrote, which is the caller's to remove; none where there is only a complaint."""

    reply: Reply
    file: Path | None = None


class Engine(Protocol):
    """Whatever does tasks."""

    async def run(self, task: Task) -> Done:
        """Do one task."""


class Pool:
    """Worker processes over one store's folder."""

    def __init__(self, location: str, limits: Limits) -> None:
        self._location = location
        self._limits = limits
        self._idle: asyncio.LifoQueue[Process] = asyncio.LifoQueue()
        self._all: set[Process] = set()
        self._waiting = 0
        self._closing = False
        self._starting: set[asyncio.Task[None]] = set()
        self._numbers = itertools.count()
        self._scratch = Scratch()

    async def start(self) -> None:
        """Start the workers. Raises OSError where they don't come up."""
        await asyncio.gather(*(self._add() for _ in range(self._limits.workers)))

    async def stop(self) -> None:
        """End the workers, whatever they are doing."""
        self._closing = True
        for starting in self._starting:
            starting.cancel()
        for process in list(self._all):
            await self._end(process)
        self._scratch.remove()

    async def run(self, task: Task) -> Done:
        """Do one task; a reply of 429 where too many wait, of 503 where it took too long or its worker died.

        Cancelled, it is ended with its worker.
        """
        if self._idle.empty() and self._waiting >= self._limits.waiting:
            return Done(BUSY)
        file = self._scratch.path / str(next(self._numbers))
        process: Process | None = None
        done = None
        try:
            async with asyncio.timeout(self._limits.timeout):
                process = await self._take()
                done = Done(await _converse(process, f"{file}\t{task.as_json()}\n"), file)
            return done
        except TimeoutError:
            if process is None:
                return Done(BUSY)
            return Done(Reply(503, complaint=f"the query ran past {self._limits.timeout:g} s and was stopped; ask for less"))
        except (EOFError, ConnectionError):
            return Done(_say_gone(await process.wait() if process is not None else 0))
        finally:
            if done is None:
                file.unlink(missing_ok=True)
            if process is not None and done is None:
                self._replace(process)
            elif process is not None:
                self._idle.put_nowait(process)

    async def _take(self) -> Process:
        self._waiting += 1
        try:
            return await self._idle.get()
        finally:
            self._waiting -= 1

    def _replace(self, process: Process) -> None:
        """End a worker, and have another started."""
        with suppress(ProcessLookupError):
            process.kill()
        starting = asyncio.get_running_loop().create_task(self._instead_of(process))
        self._starting.add(starting)
        starting.add_done_callback(self._starting.discard)

    async def _instead_of(self, process: Process) -> None:
        await self._end(process)
        pause = 0.5
        while not self._closing:
            try:
                await self._add()
                return
            except OSError:  # the store may be away for a while
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30)

    async def _add(self) -> None:
        limits = self._limits
        arguments = (self._location, str(limits.memory), str(limits.answer), str(limits.timeout + _GRACE))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "output.service.worker",
            *arguments,
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path),
                "TMPDIR": str(self._scratch.path),  # so that nothing of a worker that is ended stays behind
            },
        )
        self._all.add(process)
        try:
            await _converse(process, "")
        except EOFError as error:
            await self._end(process)
            raise OSError("a worker did not start") from error
        self._idle.put_nowait(process)

    async def _end(self, process: Process) -> None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        self._all.discard(process)


def _say_gone(status: int) -> Reply:
    """What to say of a worker that ended by itself: what has no memory left ends by a signal."""
    if status < 0:
        return Reply(503, complaint="the query needed more memory than it may have, and was stopped; ask for less")
    return Reply(500, complaint="the query could not be answered by a fault of this program; its log tells more")


async def _converse(process: Process, line: str) -> Reply:
    """A worker's reply to a line. Raises EOFError or ConnectionError where it is gone."""
    if process.stdin is None or process.stdout is None:
        raise EOFError
    if line:
        process.stdin.write(line.encode("utf-8"))
        await process.stdin.drain()
    told = await process.stdout.readline()
    if not told:
        raise EOFError
    return Reply.from_json(told)
