import os
import sys

import pytest

from deploy import packages, setup


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """An empty checkout, in the place of the one that the tests run in."""
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    for name, value in {
        "ROOT": tmp_path,
        "VENV": venv,
        "PYTHON": venv / "bin" / "python",
        "STAMP": venv / "installed",
        "REQUIREMENTS": tmp_path / "requirements-dev.txt",
    }.items():
        monkeypatch.setattr(setup, name, value)
    setup.REQUIREMENTS.write_text("django==5.2.19\n")
    return tmp_path


def write_program(path, script):
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_the_stamp_holds_until_the_lock_changes(checkout):
    setup.PYTHON.touch()
    assert not setup.stamp_holds()

    setup.STAMP.write_text(setup.stamp())
    assert setup.stamp_holds()

    setup.REQUIREMENTS.write_text("django==5.2.20\n")
    assert not setup.stamp_holds()


def test_the_stamp_does_not_hold_for_a_copy_elsewhere(checkout, monkeypatch):
    setup.PYTHON.touch()
    setup.STAMP.write_text(setup.stamp())

    monkeypatch.setattr(setup, "VENV", checkout / "copied" / ".venv")

    assert not setup.stamp_holds()


def test_an_environment_is_usable_if_its_pip_runs_and_is_its_own(checkout):
    pip = setup.VENV / "bin" / "pip"
    assert not setup.is_usable(setup.VENV)

    write_program(pip, f'echo "pip 23.0.1 from {setup.VENV}/lib/pip (python 3.11)"')
    assert setup.is_usable(setup.VENV)

    write_program(pip, 'echo "pip 23.0.1 from /elsewhere/.venv/lib/pip (python 3.11)"')
    assert not setup.is_usable(setup.VENV)

    write_program(pip, "exit 1")
    assert not setup.is_usable(setup.VENV)


def test_uv_is_pointed_where_pip_is_pointed():
    listed = (
        ":env:.disable-pip-version-check='1'\n"
        "global.extra-index-url='file:///a file:///b'\n"
        "global.index-url='https://first.example'\n"
        "install.index-url='https://later.example'\n"
    )

    assert setup.uv_settings(listed) == {
        "UV_INDEX": "file:///a file:///b",
        "UV_DEFAULT_INDEX": "https://later.example",
    }


@pytest.mark.parametrize(("exit_code", "done"), [(0, True), (2, False)])
def test_uv_is_used_only_where_it_works(checkout, monkeypatch, exit_code, done):
    write_program(checkout / "uv", f"exit {exit_code}")
    write_program(setup.PYTHON, "exit 0")
    monkeypatch.setenv("PATH", str(checkout))

    assert setup.installed_by_uv(["-r", "requirements-dev.txt"]) is done


def test_without_uv_there_is_pip(checkout, monkeypatch):
    monkeypatch.setenv("PATH", str(checkout))

    assert setup.installed_by_uv(["-r", "requirements-dev.txt"]) is False


def test_a_catalogue_is_stale_if_its_source_is_newer(checkout):
    source = checkout / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    assert not setup.translations_are_stale()

    source.touch()
    assert setup.translations_are_stale()

    source.with_suffix(".mo").touch()
    os.utime(source, (1, 1))
    assert not setup.translations_are_stale()


def test_an_old_python_is_refused_with_a_sentence(monkeypatch, capsys):
    monkeypatch.setattr(setup, "LEAST_PYTHON", (99, 0))

    assert setup.main() == 1
    assert capsys.readouterr().err == (
        f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}."
        " Name another one: make setup PYTHON=python3.11\n"
    )


def test_missing_packages_end_it_with_one_line(checkout, monkeypatch, capsys):
    absent = packages.Need("absent", lambda: False)
    monkeypatch.setattr(packages, "PDF", (absent,))
    monkeypatch.setattr(packages, "root_prefix", lambda: None)

    assert setup.main() == 1
    assert capsys.readouterr().err == (
        "Missing system packages. As root: "
        "apt-get install --no-install-recommends absent\n"
    )
