"""Limits a run to the memory that is free.

Linux grants more memory than it has and kills a process when too much of it is used: without a
message, and what was done since the last checkpoint is lost. So a run on the CPU is limited to the
memory that is free when it starts. A request for more is then an error that the run can report.
"""

from __future__ import annotations

import os
from pathlib import Path

#: bytes left to other processes
SPARED = 256 * 2**20


def limit_to_free_memory() -> None:
    """Limits this process, and those it starts, to the memory that is free now.

    Does nothing where the system does not say how much that is.
    """
    free = available()
    if free is None:
        return
    import resource  # not on Windows, where `available` is `None`

    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    limit = _own() + max(free - SPARED, 0)
    if most != resource.RLIM_INFINITY:
        limit = min(limit, most)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


def available() -> int | None:
    """The number of bytes available, by the system or, if less, by its control group.

    `None` where the system is not Linux.
    """
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


def is_out_of_memory(error: Exception) -> bool:
    """Whether an error says that memory ran out; PyTorch has no error type for it on a CPU."""
    return isinstance(error, MemoryError) or (
        isinstance(error, RuntimeError) and "memory" in str(error)
    )


def _own() -> int:
    """The number of bytes that count towards the limit already."""
    return _kilobytes(f"/proc/{os.getpid()}/status", "VmData")


def _kilobytes(path: str, name: str) -> int:
    """The value of a line like `MemFree:  17 kB` of a file, in bytes."""
    for line in Path(path).read_text().splitlines():
        key, _, value = line.partition(":")
        if key == name:
            return int(value.split()[0]) * 1024
    raise OSError(f"{path} says nothing of {name}")
