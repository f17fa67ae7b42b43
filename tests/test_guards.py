"""Every gate of `make check` is shown to close: a gate that cannot fail is none."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
APPS = ("config", "members", "campaigns", "reviews", "reports", "deploy")

# One import a contract, each of which must be found.
FORBIDDEN_IMPORTS = {
    "Apps import downwards only": ("members/fields.py", "import reports.figures"),
    "Inside an app, layers import downwards only": (
        "members/paths.py",
        "import members.queries",
    ),
    "Rules are pure Python": ("campaigns/contents.py", "import django"),
    "Only reports.documents.pdf knows WeasyPrint": (
        "reports/apps.py",
        "def late() -> None:\n    import weasyprint",
    ),
    "Nobody imports settings directly": ("reviews/apps.py", "import config.settings"),
    "Setting up needs nothing that it sets up": (
        "deploy/setup.py",
        "import members.paths",
    ),
}


def run(*command, source=None, folder=ROOT):
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        input=source,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "source", "rule"),
    [
        ("members/services/roll.py", "def drop() -> None:\n    drop()\n", "D103"),
        ("members/views.py", "print(1)\n", "T201"),
        ("members/views.py", "from config.settings import DEBUG\n", "TID251"),
        ("members/views.py", "from .models import Unit\n", "TID252"),
        ("members/views.py", "import datetime\n\ndatetime.datetime.now()\n", "DTZ005"),
        ("members/views.py", "x = 1  # noqa\n", "PGH004"),
        ("members/views.py", "def show(flag: bool) -> None: ...\n", "FBT001"),
        ("members/views.py", "def show():\n" + "    x = 1\n" * 31, "PLR0915"),
    ],
)
def test_ruff_refuses(name, source, rule):
    done = run("ruff", "check", "--output-format=concise", "--stdin-filename", name, "-",
               source=source)  # fmt: skip

    assert done.returncode == 1
    assert f" {rule} " in done.stdout


def test_ruff_refuses_another_format():
    source = "x = {'a':1}\n"

    assert run("ruff", "format", "--check", "-", source=source).returncode == 1


def test_mypy_refuses_a_wrong_type_of_a_field():
    source = "from members.models import PartyUnit\nx: int = PartyUnit().path\n"

    done = run("mypy", "-c", source)

    assert (done.returncode, done.stdout.count("[assignment]")) == (1, 1)


@pytest.mark.parametrize(
    ("tool", "source"),
    [
        (("djade", "--check", "--target-version", "5.2"), "{%if a%}{%endif%}\n"),
        (("djlint", "--lint", "--quiet"), "<div><button>x</button></div>\n"),
    ],
)
def test_template_tools_refuse(tmp_path, tool, source):
    page = tmp_path / "page.html"
    page.write_text(source)

    assert run(*tool, str(page)).returncode == 1


def test_django_upgrade_refuses_what_django_has_left_behind(tmp_path):
    module = tmp_path / "module.py"
    module.write_text("from django.utils.encoding import force_text\n")

    done = run("django-upgrade", "--check", "--target-version", "5.2", str(module))

    assert done.returncode == 1


def test_every_import_contract_can_break(tmp_path):
    for app in APPS:
        shutil.copytree(ROOT / app, tmp_path / app)
    for name, statement in FORBIDDEN_IMPORTS.values():
        with (tmp_path / name).open("a") as file:
            file.write(f"\n{statement}\n")
    config = ROOT / "pyproject.toml"

    done = run("lint-imports", "--no-cache", "--config", str(config), folder=tmp_path)

    contracts = tomllib.loads(config.read_text())["tool"]["importlinter"]["contracts"]
    verdicts = {
        contract["name"]: f"{contract['name']} BROKEN" in done.stdout
        for contract in contracts
    }
    assert done.returncode == 1
    assert verdicts == dict.fromkeys(FORBIDDEN_IMPORTS, True)


def test_a_new_kind_of_room_breaks_the_contract(tmp_path):
    for app in APPS:
        shutil.copytree(ROOT / app, tmp_path / app)
    (tmp_path / "members" / "helpers.py").touch()

    done = run("lint-imports", "--config", str(ROOT / "pyproject.toml"), "--no-cache",
               folder=tmp_path)  # fmt: skip

    assert done.returncode == 1
    assert "members.helpers" in done.stdout
