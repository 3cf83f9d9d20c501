"""A process's number goes in, whether it still runs on this machine comes out."""

from __future__ import annotations

import os
import sys


def is_running(process: int) -> bool:
    """Whether a process of that number runs, whoever's it is.

    >>> is_running(os.getpid()), is_running(2**22 + 1)
    (True, False)
    """
    if sys.platform == "win32":  # where asking would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's process
        return True
    return True
