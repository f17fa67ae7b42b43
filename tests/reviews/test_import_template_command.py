"""`import_template`, and the commands of docs/contracts.md as processes of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.translation import override

from tests.published import contents_of, tables, write_workbook

CELL = 1  # where the sheet of units has the unit's name
SERVICES = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY"}


def test_the_workbook_is_written_where_it_is_told(tmp_path, capsys):
    out = tmp_path / "template.xlsx"
    out.write_bytes(b"something older")

    call_command("import_template", out=out)

    book = openpyxl.load_workbook(out)
    assert book.sheetnames[:2] == ["Đơn vị", "Đảng viên"]
    assert book["Đơn vị"]["A1"].value == "Mã đơn vị"
    assert capsys.readouterr().out == f"{out}\n"


def test_only_what_is_valid_in_the_year_is_offered(tmp_path):
    offered = {}
    for year in (2024, 2025):
        out = tmp_path / f"{year}.xlsx"
        call_command("import_template", out=out, year=year)
        offered[year] = {
            str(cell.value).lower()
            for sheet in openpyxl.load_workbook(out)
            for row in sheet.iter_rows()
            for cell in row
        }

    assert ("huyện" in offered[2024], "huyện" in offered[2025]) == (True, False)


def test_a_path_that_cannot_be_written_is_refused(tmp_path):
    out = tmp_path / "absent" / "template.xlsx"

    with override("en"), pytest.raises(CommandError) as refused:
        call_command("import_template", out=out)

    says = f"{out} cannot be written: there is no such file or folder"
    assert str(refused.value) == says


def test_a_year_without_results_is_refused(tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("import_template", out=tmp_path / "x.xlsx", year=17)

    assert str(refused.value).startswith("--year: ")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def manage(tmp_path_factory):
    """Run `manage.py` as on a bare machine: SQLite, nobody to ask, nobody to help.

    At the end no message was left for any worker.
    """
    var = tmp_path_factory.mktemp("var")
    environment = {
        name: value for name, value in os.environ.items() if name not in SERVICES
    }

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, settings.BASE_DIR / "manage.py", *arguments],
            env=environment | {"TUSOI_VAR": str(var)},
            cwd=var,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    migrated = run("migrate", "--verbosity", "0")
    assert (migrated.returncode, migrated.stderr) == (0, "")
    yield run
    assert [path for path in (var / "broker").rglob("*") if path.is_file()] == []


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    return done.stderr.splitlines()[-1]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("workbooks") / "son-ca.xlsx"
    write_workbook(contents_of("T10"), file)
    return file


@pytest.mark.long
def test_from_an_empty_database_to_figures_in_four_processes(
    manage, workbook, tmp_path
):
    table = next(table for table in tables() if table.name == "T10")
    out = tmp_path / "rollup.json"

    done = [
        manage("import_template", "--out", tmp_path / "template.xlsx"),
        manage("import_results", workbook, "--campaign", table.campaign,
               "--rule-set", table.rule_set),
        manage("rollup", "--campaign", table.campaign, "--format", "json",
               "--out", out),
        manage("load_scenario", "kon-ray-2022"),
    ]  # fmt: skip

    assert [each.returncode for each in done] == [0, 0, 0, 0]
    assert json.loads(out.read_text(encoding="utf-8"))["members"]["assessed"] == 22
    assert done[3].stdout.splitlines() == [
        "kon-ray-2022: 159 đơn vị mới, 2180 đảng viên mới."
    ]
    assert last_line(done[3]) == "kon-ray-2022: 100 %"


REFUSED = [
    (("import_results", "absent.xlsx", "--campaign", "a-2022"), "--rule-set"),
    (("import_template", "--out", "x", "--year", "this"), "--year"),
    (("rollup", "--campaign", "nobody", "--format", "json", "--out", "x"), "nobody"),
    (("load_scenario", "atlantis-2022"), "atlantis-2022"),
]


@pytest.mark.parametrize(
    ("arguments", "named"), REFUSED, ids=[each[0] for each, _ in REFUSED]
)
def test_a_refusal_ends_with_1_and_its_last_line_says_why(manage, arguments, named):
    done = manage(*arguments)

    assert (done.returncode, done.stdout) == (1, "")
    assert named in last_line(done)


def test_a_refused_workbook_is_told_row_by_row_and_then_in_one_line(
    manage, workbook, tmp_path
):
    book = openpyxl.load_workbook(workbook)
    book["Đơn vị"].cell(2, CELL + 1).value = ""
    file = tmp_path / "faulty.xlsx"
    book.save(file)

    done = manage("import_results", file, "--campaign", "faulty-2022",
                  "--rule-set", "qd132-2018")  # fmt: skip

    assert done.returncode == 1
    assert any("Tên đơn vị" in line for line in done.stderr.splitlines()[:-1])
    assert str(tmp_path / "faulty-ghi-loi.xlsx") in last_line(done)
