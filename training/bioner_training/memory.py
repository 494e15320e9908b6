"""What a run does that needs more memory than there is.

Linux promises more memory than it has and, when it is called upon, kills whoever asked: without a word, and with what
was done since the last checkpoint. So a run on the CPU is held to what is free when it starts, and asking for more is
an error that it can report.
"""

from __future__ import annotations

import os
from pathlib import Path

#: left to everything else
SPARED = 256 * 2**20


def hold() -> None:
    """Holds this process, and those it starts, to the memory that is free now; where the system cannot say, to none."""
    free = available()
    if free is None:
        return
    import resource  # not on Windows, where `available` says nothing

    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    limit = _own() + max(free - SPARED, 0)
    if most != resource.RLIM_INFINITY:
        limit = min(limit, most)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


def available() -> int | None:
    """How many bytes can be had without others losing theirs: by the system, or by its control group if that allows
    less; nothing where the system is no Linux."""
    try:
        free = _kilobytes("/proc/meminfo", "MemAvailable")
    except OSError:
        return None
    try:
        group = Path("/sys/fs/cgroup")
        most = int((group / "memory.max").read_text())  # "max" where there is no limit
        return min(free, most - int((group / "memory.current").read_text()))
    except (OSError, ValueError):
        return free


def too_little(error: Exception) -> bool:
    """Whether an error says that memory ran out; the CPU's allocator has no type of its own for it."""
    return isinstance(error, MemoryError) or isinstance(error, RuntimeError) and "memory" in str(error)


def _own() -> int:
    """What counts against the limit already."""
    return _kilobytes(f"/proc/{os.getpid()}/status", "VmData")


def _kilobytes(path: str, name: str) -> int:
    """A figure of a file of lines like `MemFree:  17 kB`, in bytes."""
    for line in Path(path).read_text().splitlines():
        key, _, value = line.partition(":")
        if key == name:
            return int(value.split()[0]) * 1024
    raise OSError(f"{path} says nothing of {name}")
