import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")
PINNED = re.compile(
    r"^(?P<name>[a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==(?P<version>[^ ]+)(?: ;.*)? \\$"
)


def requirements_of(lock: str) -> list[list[str]]:
    """The lines of each requirement: what is pinned first, then its hashes."""
    found: list[list[str]] = []
    for line in lock.splitlines():
        if line.startswith(" "):
            found[-1].append(line.strip())
        else:
            found.append([line])
    return found


def problems_of(lock: str) -> list[str]:
    """What would let another file in, or name the machine where the lock was made."""
    problems = [f"names a host: {url}" for url in re.findall(r"\S+://\S+", lock)]
    for first, *hashes in requirements_of(lock):
        if not PINNED.match(first):
            problems.append(f"not pinned: {first}")
        if not hashes or not all(line.startswith("--hash=sha256:") for line in hashes):
            problems.append(f"without a hash: {first}")
    return problems


def versions_in(name: str) -> dict[str, str]:
    pins = [PINNED.match(first) for first, *_ in requirements_of(read(name))]
    return {pin["name"]: pin["version"] for pin in pins if pin}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def declared() -> dict[str, list[str]]:
    project = tomllib.loads(read("pyproject.toml"))
    runtime = project["project"]["dependencies"]
    return {
        "requirements.txt": runtime,
        "requirements-dev.txt": runtime + project["dependency-groups"]["dev"],
    }


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_and_hashed_and_no_host_is_named(name):
    assert problems_of(read(name)) == []


def test_a_range_a_missing_hash_and_a_host_are_found():
    lock = (
        "--index-url https://pypi.example/simple\n"
        "loose>=1 \\\n    --hash=sha256:aa\n"
        "bare==1.0 \\\n"
        "good==1.0 \\\n    --hash=sha256:aa\n"
    )

    assert problems_of(lock) == [
        "names a host: https://pypi.example/simple",
        "not pinned: --index-url https://pypi.example/simple",
        "without a hash: --index-url https://pypi.example/simple",
        "not pinned: loose>=1 \\",
        "without a hash: bare==1.0 \\",
    ]


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_holds_what_pyproject_asks_for(name):
    locked = versions_in(name)

    missed = [
        wanted
        for wanted in declared()[name]
        if not Requirement(wanted).specifier.contains(
            locked.get(canonicalize_name(Requirement(wanted).name), "0")
        )
    ]

    assert missed == []


def test_tests_run_on_the_very_versions_that_a_site_runs_on():
    runtime, with_tools = (versions_in(name) for name in LOCKS)

    assert {name: with_tools.get(name) for name in runtime} == runtime


def test_the_lock_is_complete_for_debian_12_whose_python_is_3_11_2():
    # redis needs async-timeout before 3.11.3; a lock made on a newer Python omits it
    assert "async-timeout" in versions_in("requirements.txt")
