"""Make the environment in `.venv/`; `make setup` calls it, twice is harmless.

Standard library only: on a bare machine there is nothing else yet.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from deploy import packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
REQUIREMENTS = ROOT / "requirements-dev.txt"  # holds those of requirements.txt too
LEAST_PYTHON = (3, 11)

# uv does not read pip's configuration; without these it would go past the index
# that the machine's owner has chosen.
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
}


class NotSetUp(Exception):
    """The environment cannot be made; the text is for whoever typed the command."""


def main() -> int:
    """Bring packages, environment and translations up to date."""
    try:
        check_python()
        environment_is_whole = stamp_holds() or is_usable(VENV)
        needs = packages.PDF if environment_is_whole else (packages.VENV, *packages.PDF)
        packages.ensure(needs)
        if not environment_is_whole:
            make_environment()
        if not stamp_holds():
            install()
        if translations_are_stale():
            compile_translations()
    except (NotSetUp, packages.PackagesMissing) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    return 0


def check_python() -> None:
    """Refuse an interpreter for which the lock was not made."""
    if sys.version_info < LEAST_PYTHON:
        raise NotSetUp(
            f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}."
            " Name another one: make setup PYTHON=python3.11"
        )


def stamp() -> str:
    """Return the digest of everything that an installed environment depends on."""
    parts = (str(VENV), sys.version, REQUIREMENTS.read_text())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def stamp_holds() -> bool:
    """Return whether the environment is the one that would be installed now."""
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text() == stamp()


def is_usable(venv: Path) -> bool:
    """Return whether there is an environment, whole and of this very folder.

    A checkout that was copied or a Python that was upgraded leaves one behind
    whose pip does not run or belongs elsewhere.
    """
    pip = [str(venv / "bin" / "pip"), "--version"]
    try:
        done = subprocess.run(pip, capture_output=True, text=True, check=False)
    except OSError:
        return False
    return done.returncode == 0 and f"from {venv}/" in done.stdout


def make_environment() -> None:
    """Make an empty environment, in the place of a broken one."""
    packages.say("making .venv")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)])


def install() -> None:
    """Install exactly the locked files; uv where it works, otherwise pip."""
    options = ["--quiet", "--require-hashes", "--no-deps", "-r", str(REQUIREMENTS)]
    packages.say(f"installing {REQUIREMENTS.name}")
    if not installed_by_uv(options):
        pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
        run([*pip, "--no-input", *options])
    STAMP.write_text(stamp())
    packages.say("installed")


def installed_by_uv(options: list[str]) -> bool:
    """Return whether uv is there and did it; it takes 3 s where pip takes 40."""
    uv = shutil.which("uv")
    if uv is None:
        return False
    command = [uv, "pip", "install", "--python", str(PYTHON), *options]
    environment = {**os.environ, **uv_settings(pip_configuration())}
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    return done.returncode == 0


def pip_configuration() -> str:
    """Return pip's settings from its files and the environment, one a line."""
    command = [str(PYTHON), "-m", "pip", "config", "list"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout


def uv_settings(pip_settings: str) -> dict[str, str]:
    """Return uv's variables for what pip is set to.

    Shape: lines of `pip config list`, as `global.index-url='…'`; a later line wins.
    """
    found = re.findall(r"^\S+\.([a-z-]+)='(.*)'$", pip_settings, re.MULTILINE)
    return {UV_NAMES[key]: value for key, value in found if key in UV_NAMES}


def translations_are_stale() -> bool:
    """Return whether a `.po` file is newer than its `.mo`, or has none."""
    return any(
        not (built := source.with_suffix(".mo")).exists()
        or built.stat().st_mtime < source.stat().st_mtime
        for source in ROOT.glob("locale/*/LC_MESSAGES/*.po")
    )


def compile_translations() -> None:
    """Build the `.mo` files, which git does not keep.

    As the embedded site: which servers are named must not matter here.
    """
    packages.say("compiling translations")
    embedded = {**os.environ, "DATABASE_URL": "", "REDIS_URL": ""}
    run([str(PYTHON), str(ROOT / "manage.py"), "compile_translations"], embedded)


def run(command: list[str], environment: dict[str, str] | None = None) -> None:
    """Run a command whose output is for the user.

    Raises: NotSetUp, naming the command.
    """
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    if done.returncode != 0:
        raise NotSetUp(f"This failed, see above: {' '.join(command)}")


if __name__ == "__main__":
    sys.exit(main())
