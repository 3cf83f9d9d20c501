"""This process goes in, and the system refuses it the network and other programs from then on (Linux on x86-64 and ARM64)."""

from __future__ import annotations

import ctypes
import platform
import struct
import sys
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class _Machine:
    """A processor as the kernel names it in a filter, and its numbers of the calls that are refused."""

    name: int
    refused: tuple[int, ...]


_MACHINES: Final = {  # socket, io_uring_setup (which can open sockets too), execve, execveat
    "x86_64": _Machine(0xC000003E, (41, 425, 59, 322)),
    "aarch64": _Machine(0xC00000B7, (198, 425, 221, 281)),
}
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # EPERM
_X32: Final = 0x40000000  # from here on the calls of another numbering
_NO_NEW_PRIVILEGES, _FILTER_CALLS, _BY_FILTER = 38, 22, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def confine() -> bool:
    """Have the system refuse this process, and each thread that it starts later, sockets and other programs; whether it does.

    The second lock behind ``graph.guard``: what slips past the first finds no network. False where the system has no such filter.
    """
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None or sys.maxsize < 2**32:
        return False
    written = _filter(machine)
    steps = ctypes.create_string_buffer(written, len(written))
    program = _Program(len(written) // 8, ctypes.cast(steps, ctypes.c_void_p))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = (ctypes.c_int, *(ctypes.c_ulong,) * 4)
    if prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return not prctl(_FILTER_CALLS, _BY_FILTER, ctypes.addressof(program), 0, 0)


def _filter(machine: _Machine) -> bytes:
    """The filter as the kernel takes it: steps of code, jump if true, jump if false, number."""
    count = len(machine.refused)
    steps = [
        (_LOAD, 0, 0, 4),  # the processor
        (_IF_EQUAL, 0, count + 3, machine.name),
        (_LOAD, 0, 0, 0),  # the call
        (_IF_AT_LEAST, count + 1, 0, _X32),
        *((_IF_EQUAL, count - place, 0, call) for place, call in enumerate(machine.refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
