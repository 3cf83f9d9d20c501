"""Pages go in as they are made, and come out again as long as the facts are the same: a view of a large store takes seconds to make."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from output.service.tasks import Task


class Kept:
    """The pages of one generation of a store that were asked for last, ``most`` bytes of them at most."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pages: OrderedDict[Task, bytes] = OrderedDict()
        self._size = 0

    def page(self, task: Task, make: Callable[[], bytes]) -> bytes:
        """A task's page, made where it is not kept.

        >>> kept, task = Kept(5), Task("start", "")
        >>> [kept.page(task, lambda: words) for words in (b"one", b"two")]
        [b'one', b'one']
        >>> kept.page(Task("view", "lineage"), lambda: b"view"), kept.page(task, lambda: b"made anew")
        (b'view', b'made anew')
        """
        if (found := self._pages.get(task)) is not None:
            self._pages.move_to_end(task)
            return found
        made = make()
        if len(made) <= self._most:
            self._pages[task] = made
            self._size += len(made)
            while self._size > self._most:
                self._size -= len(self._pages.popitem(last=False)[1])
        return made

    def forget(self) -> None:
        """Keep nothing any more: the facts have changed, or memory is short."""
        self._pages.clear()
        self._size = 0
