"""A folder for results that are under way comes out, which the next service removes where this process is killed before it can.

The folder is locked while its process lives, and the system lets go of the lock however the process ends: one that nobody has locked
was left behind. Only folders of the same user count.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

_PREFIX: Final = "crosscity-service-"


class Scratch:
    """A folder that this process holds; what earlier processes left behind is removed when it is made."""

    def __init__(self) -> None:
        while True:
            self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
            self._lock = _hold(self.path)
            if sys.platform == "win32" or (self._lock is not None and self.path.exists()):  # else another took it for one left behind
                break
        for other in self.path.parent.glob(f"{_PREFIX}*"):
            if other != self.path and (lock := _hold(other)) is not None:
                shutil.rmtree(other, ignore_errors=True)
                os.close(lock)

    def remove(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _hold(folder: Path) -> int | None:
    """A lock on a folder of this user's; None where another holds it, or it is gone, or the system has no such locks."""
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        if os.fstat(handle).st_uid == os.geteuid():
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return handle
    except OSError:  # held, or a file system without locks
        pass
    os.close(handle)
    return None
