"""A code is one however it is spelled: in old rows, in files, on both databases."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.translation import override

from campaigns.models import Campaign
from members.models import Member, Membership, PartyUnit, UnitState
from reports.queries import rollup_of
from reviews.services.importing import ResultsNotImportable, import_results
from tests.reviews import code_spellings
from tests.reviews.result_books import book_of
from tests.reviews.result_sheets import PERSON, TREE
from tests.small_worlds import contents, imported, live, order, unit_of

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
REGISTRY = (PartyUnit, UnitState, Member, Membership)


def registry():
    return [list(model.objects.order_by("pk").values()) for model in REGISTRY]


def test_files_find_what_is_spelled_otherwise():
    assert code_spellings.ask() == {
        "act": "REPLACED",
        "campaign": "dot-2024",
        "new": [0, 0],
        "units": ["đb", "Db.XA"],
        "registry is as before": True,
        "differences": [
            ["đb", "code", "ĐB", "đb"],
            ["Db.XA", "code", "ĐB.Xã", "Db.XA"],
            ["p000", "code", "P000", "p000"],
        ],
    }


@pytest.mark.long
def test_sqlite_makes_the_same_of_them(tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'codes.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "TUSOI_VAR": str(tmp_path),
    }

    done = subprocess.run(
        [sys.executable, "-m", "tests.reviews.code_spellings"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
    )

    assert json.loads(done.stdout) == code_spellings.ask()


@pytest.fixture
def run(tmp_path, capsys):
    """Import a workbook by the command; what it told."""

    def import_rows(units, people, **options):
        file = tmp_path / "ket-qua.xlsx"
        file.write_bytes(book_of(units, people))
        with override("en"):
            call_command("import_results", file, rule_set="hd27-2014", **options)
        return capsys.readouterr().out.splitlines()

    return import_rows


def lower(row, *columns: int):
    return tuple(text.lower() if at in columns else text for at, text in enumerate(row))


def test_the_same_workbook_in_another_case_changes_no_row_of_the_registry(run):
    run(TREE, [PERSON], campaign="early", year=2017)
    before = registry()
    units = [lower(row, 0, 2) for row in TREE]

    told = run(units, [lower(PERSON, 0, 4)], campaign="EARLY")

    assert told == [
        told[0],
        "4 codes are spelled otherwise than in the register; each is understood as the "
        "same code.",
        "early holds 3 units (0 new in the register) and 1 members (0 new).",
    ]
    assert registry() == before
    assert Campaign.objects.count() == 1


def test_figures_are_those_of_the_registrys_own_spelling():
    campaign = imported(contents(people={"X1": "GOOD GOOD"}))
    first = rollup_of(unit_of(campaign, "H"), with_below=True)
    what = contents(people={"X1": "GOOD GOOD"})
    what.units.code = [code.lower() for code in what.units.code]

    again = rollup_of(unit_of(imported(what), "h"), with_below=True)

    assert [child.figures for child in again.children] == [
        child.figures for child in first.children
    ]


def test_a_clerk_may_spell_the_own_root_otherwise_but_not_reach_others():
    within = live("P - PROVINCE - -\nH P SUPERIOR - -\nK P SUPERIOR - -")["H"]

    imported(contents("h - SUPERIOR - -\nn h CELL - -"), within=within)

    with (
        override("en"),
        pytest.raises(ResultsNotImportable, match="codes that are taken"),
    ):
        import_results(contents("h - SUPERIOR - -\nk h CELL - -"), order(within=within))
    assert set(PartyUnit.objects.values_list("code", flat=True)) == {*"PHKn"}
