"""A store's folder and limits go in on the command line, tasks on standard input, a line each; replies go out on standard output.

A process of its own, because neither time nor memory of a query can be limited within one: it is killed, and another takes its place.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Final

from graph import named
from graph.embedded import EmbeddedStore, open_embedded
from graph.folder import Folder
from graph.run import profile_of
from ontology import profiles
from ontology.errors import CrossCityError
from output.service.answering import perform
from output.service.confinement import confine
from output.service.kept import Kept
from output.service.limits import MIB
from output.service.tasks import Reply, Task

_PAGES: Final = 16 * MIB  # that a worker keeps
_USUAL: Final = 512 * MIB  # of address space that a worker has before any query, where the system doesn't tell


class Reader:
    """A store in a folder, opened anew when a build has put another generation in its place; ``kept`` are pages of it."""

    def __init__(self, location: str) -> None:
        self._folder = Folder(Path(location))
        self._marker = self._folder.marker()
        self.kept = Kept(_PAGES)
        self._store = open_embedded(location, read_only=True)
        profiles.use(profile_of(self._store))

    def store(self) -> EmbeddedStore:
        """The store as the last finished build left it."""
        marker = self._folder.marker()
        if marker != self._marker:
            fresh = open_embedded(self._store.location, read_only=True)
            self._store.close()
            self._store, self._marker = fresh, marker
            self.kept.forget()
            profiles.use(profile_of(fresh))
        return self._store


def main(location: str, memory: int, most: int, seconds: float) -> None:
    """Do the tasks that come in until there are no more; each line is a file to write to, a tab, and a task."""
    confine()
    reader = Reader(location)
    _limit(memory)
    print(Reply(200).as_json(), flush=True)
    for line in sys.stdin:
        path, _, told = line.partition("\t")
        _end_after(seconds)
        print(do(reader, Task.from_json(told), Path(path), most).as_json(), flush=True)
        _end_after(0)


def do(reader: Reader, task: Task, path: Path, most: int) -> Reply:
    """Do one task, and write what it asks for to a file of at most so many MiB."""
    try:
        store = reader.store()
        with path.open("wb") as file, named.each_once(store):
            return perform(store, task, file, most, reader.kept)
    except MemoryError:
        reader.kept.forget()
        return Reply(503, complaint="the query needed more memory than it may have, and was stopped; ask for less")
    except (OSError, CrossCityError) as error:
        return Reply(503, complaint=f"the store cannot be read now ({' '.join(str(error).split())}); try again later")


def _limit(memory: int) -> None:
    """Let this process have so many MiB of address space beyond what it has now."""
    if sys.platform != "win32":
        import resource

        sizes = Path("/proc/self/statm")
        has = int(sizes.read_text().split()[0]) * resource.getpagesize() if sizes.exists() else _USUAL
        resource.setrlimit(resource.RLIMIT_AS, (has + memory * MIB, has + memory * MIB))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_after(seconds: float) -> None:
    """Have the system end this process after so many seconds, even where who started it is gone; 0 for never."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
