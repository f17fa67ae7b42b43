"""System packages: which are missing, and how to get them.

Standard library only: this runs before the environment exists. What is looked
for is the thing itself, not its package, so that another distribution or a
hand-made installation is as good as apt.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
)
PROGRAMS = os.pathsep.join((os.defpath, "/usr/sbin", "/usr/local/sbin"))
STARTED = time.monotonic()


class PackagesMissing(Exception):
    """Something is missing that this account may not install; the text says what."""


@dataclass(frozen=True)
class Need:
    """A Debian package, and how to see whether what it brings is there."""

    package: str
    is_met: Callable[[], bool]


def say(text: str) -> None:
    """Write one line with the seconds since the start."""
    sys.stdout.write(f"[{time.monotonic() - STARTED:5.1f} s] {text}\n")
    sys.stdout.flush()


def has_library(name: str) -> bool:
    """Return whether the shared library can be loaded."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_vietnamese_font() -> bool:
    """Return whether a Liberation Serif with the Vietnamese letters is installed.

    Debian 12 has two, and the older lacks 92 of the 146 letters. A font names its
    letters in its text, so that the name of one of the 92 tells them apart.
    """
    return any(
        b"adotbelow" in path.read_bytes()
        for folder in FONT_FOLDERS
        for path in folder.glob("**/LiberationSerif-Regular.ttf")
    )


def postgres_folder() -> Path | None:
    """Return the folder of the newest PostgreSQL server programs, if there are any."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda path: int(path.parts[-3])).parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


VENV = Need("python3-venv", lambda: importlib.util.find_spec("ensurepip") is not None)
POSTGRES = Need("postgresql", lambda: postgres_folder() is not None)
REDIS = Need("redis-server", lambda: shutil.which("redis-server") is not None)
BROWSER = (
    Need(
        "chromium-headless-shell",
        lambda: shutil.which("chromium-headless-shell") is not None,
    ),
    Need("libatomic1", lambda: has_library("libatomic.so.1")),  # its driver's
)
PROXY = Need("nginx-light", lambda: shutil.which("nginx", path=PROGRAMS) is not None)
OFFICE = Need("libreoffice-calc", lambda: shutil.which("soffice") is not None)
WRITER = Need(
    "libreoffice-writer",
    lambda: Path("/usr/lib/libreoffice/program/libswlo.so").exists(),
)
PDF = (
    Need("libpango-1.0-0", lambda: has_library("libpango-1.0.so.0")),
    Need("libpangoft2-1.0-0", lambda: has_library("libpangoft2-1.0.so.0")),
    Need("libharfbuzz-subset0", lambda: has_library("libharfbuzz-subset.so.0")),
    Need("fonts-liberation2", has_vietnamese_font),
)


def ensure(needs: Iterable[Need]) -> None:
    """Install what is missing where that is allowed.

    Raises: PackagesMissing with the exact line to type, where it is not.
    """
    missing = [need.package for need in needs if not need.is_met()]
    if not missing:
        return
    by_hand = f"apt-get install --no-install-recommends {' '.join(missing)}"
    prefix = root_prefix()
    if prefix is None or shutil.which("apt-get") is None:
        raise PackagesMissing(f"Missing system packages. As root: {by_hand}")
    say(f"apt-get install {' '.join(missing)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    run_quietly([*apt, "update"], otherwise=by_hand)
    run_quietly(
        [*apt, "install", "--yes", "--no-install-recommends", *missing],
        otherwise=by_hand,
    )


def root_prefix() -> list[str] | None:
    """Return what to put before a command that needs root; None without the right."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def run_quietly(command: list[str], *, otherwise: str) -> None:
    """Run a command; show what it said only if it fails.

    Raises: PackagesMissing, naming what to type instead.
    """
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.stderr.write(done.stdout[-2000:] + done.stderr[-2000:])
        raise PackagesMissing(f"That failed. By hand, as root: {otherwise}")
