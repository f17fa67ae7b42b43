"""Processes that read what somebody sent in: little memory, little time, no network. Pure.

`confine` is the child's first act; `ask` starts one and waits for its answer. A hostile
file costs one short-lived process and no more; a crash is an answer too.
"""

import ctypes
import json
import logging
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parent.parent
_OUT_OF_TIME = {-signal.SIGXCPU, -signal.SIGKILL}
_OUT_OF_MEMORY = {-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS}

_NEW_USER_NAMESPACE = 0x10000000
_NEW_NETWORK_NAMESPACE = 0x40000000


class Unfit(Exception):
    """The file cannot be taken; `code` says why, for who asked to put into words."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


def confine(
    *, address_space_bytes: int, cpu_seconds: int
) -> None:  # pragma: no cover -- see its tests from outside
    """Limit this process for good, and leave the network where the system lets it."""
    space, seconds = address_space_bytes, cpu_seconds
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    # A core file would leave personal data on the disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Root keeps its user namespace, or it could no longer read others' uploads. Where
    # the system forbids it, the network stays; nothing here would use it.
    is_root = os.geteuid() == 0
    namespaces = _NEW_NETWORK_NAMESPACE | (0 if is_root else _NEW_USER_NAMESPACE)
    ctypes.CDLL(None).unshare(namespaces)


def ask(module: str, order: dict[str, Any], *, wall_seconds: int) -> bytes:
    """Return what `main` of a module wrote, run in a process of its own.

    Raises: Unfit with the code "too_slow", "too_demanding" or "damaged" if it was
        stopped or ended badly.
    """
    # -I: neither the environment nor the working directory chooses what is imported.
    program = (
        f"import sys; sys.path.insert(0, {str(_ROOT)!r}); "
        f"from {module} import main; main()"
    )
    try:
        # An empty environment keeps the secrets of this process out of the child's.
        child = subprocess.run(  # noqa: S603 -- our own program and interpreter
            [sys.executable, "-I", "-c", program, json.dumps(order)],
            env={},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unfit("too_slow") from None
    if child.returncode:
        raise Unfit(_code_of(child))
    return child.stdout


def _code_of(child: subprocess.CompletedProcess[bytes]) -> str:
    """Return why a child gave no answer; the log gets no text of the file."""
    if child.returncode in _OUT_OF_TIME:
        return "too_slow"
    if child.returncode in _OUT_OF_MEMORY:
        return "too_demanding"
    last_line = child.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    logger.warning("a file could not be read: %s", last_line.partition(":")[0])
    return "damaged"
