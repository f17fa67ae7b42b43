"""`rollup`: one unit in four formats, all with the same figures."""

import csv
import io
import json

import openpyxl
import pypdf
import pytest
from django.core.management import CommandError, call_command

from campaigns import rulesets
from campaigns.models import CampaignUnit
from reports.documents.pdf import DocumentNotRendered
from reports.documents.terms import count_text
from reports.services import sources
from tests.small_worlds import DISTRICT_PEOPLE, contents, imported

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
SUBJECTS = {
    "members": "Party members",
    "cells": "Party cells",
    "grassroots": "Grassroots party organisations",
}

# Numbers that stand nowhere else in the print.
DISTINCT_PEOPLE = {
    "X1": "EXCELLENT " * 37 + "GOOD " * 123,
    "X2": "SATISFACTORY " * 19 + "NOT_COMPLETED " * 28,
}


@pytest.fixture
def write(tmp_path):
    """Write a roll-up by the command; the file's bytes."""

    def rollup(kind="json", **options) -> bytes:
        out = tmp_path / f"rollup.{kind}"
        asked = {"campaign": "dot-2024", "language": "en", "format": kind, **options}
        call_command("rollup", out=out, **asked)
        return out.read_bytes()

    return rollup


@pytest.fixture
def campaign():
    """A district with people in every state, and one with too many to be so good."""
    return imported(contents(people=DISTRICT_PEOPLE))


@pytest.fixture
def yen_lac(db):
    call_command("load_scenario", "yen-lac-2018")
    return "yen-lac-2018"


def test_without_a_unit_it_is_the_root(campaign, write):
    assert json.loads(write())["unit"]["code"] == "H"


def test_with_a_unit_it_is_that_units_part(campaign, write):
    rollup = json.loads(write(unit="Y"))

    assert (rollup["unit"]["code"], rollup["members"]["present"]) == ("Y", 2)
    assert [child["unit"]["code"] for child in rollup["children"]] == ["Y1"]


def test_codes_are_found_in_any_case(campaign, write):
    assert write(campaign="DOT-2024", unit="y1") == write(unit="Y1")


def test_blanks_around_a_code_do_not_count(campaign, write):
    assert write(campaign=" dot-2024 ", unit=" Y1") == write(unit="Y1")


def test_a_unit_is_found_as_the_register_spells_it(write):
    imported(contents())
    imported(contents("w - CELL - -"), campaign_code="w-2023", year=2023)

    rollup = json.loads(write(campaign="w-2023", unit="W"))

    assert rollup["unit"]["code"] == "w"


def test_a_units_figures_are_its_parts_and_the_childrens_own_levels(campaign, write):
    rollup = json.loads(write())

    children = rollup["children"]
    assert rollup["members"]["present"] == sum(
        child["members"]["present"] for child in children
    )
    own_cells = sum(child["unit"]["kind"] == "CELL" for child in children)
    assert rollup["cells"]["total"] == own_cells + sum(
        child["cells"]["total"] for child in children
    )


def test_out_overwrites_and_is_told(campaign, write, tmp_path, capsys):
    out = tmp_path / "rollup.json"
    out.write_text("old " * 100_000)

    json.loads(write())

    assert capsys.readouterr().out == f"{out}\n"


def test_the_json_holds_the_published_counts_of_the_year(yen_lac, write):
    activities = json.loads(write(campaign=yen_lac))["activities"]

    assert (
        activities["discipline"]["members"],
        activities["discipline"]["expelled"],
    ) == (
        61,
        4,
    )


def test_csv_has_the_figures_of_the_json(yen_lac, write):
    written = json.loads(write(campaign=yen_lac))

    rows = list(
        csv.DictReader(io.StringIO(write("csv", campaign=yen_lac).decode("utf-8-sig")))
    )

    rules = rulesets.load(written["rule_set"])
    label_of = {level.code: level.label.en for level in rules.members.levels}
    both = [written, *written["children"]]
    assert [row["Code"] for row in rows] == [each["unit"]["code"] for each in both]
    for row, figures in zip(rows, both, strict=True):
        for subject, label in SUBJECTS.items():
            assert int(row[f"{label}: Assessed"]) == figures[subject]["assessed"]
        for code, label in label_of.items():
            head = f"Party members: {label}"
            assert int(row[head]) == figures["members"]["levels"][code]
            assert row[f"{head} (%)"] == figures["percent"]["members"][code]


def test_the_workbook_has_the_figures_of_the_json(yen_lac, write):
    written = json.loads(write(campaign=yen_lac))

    book = openpyxl.load_workbook(
        io.BytesIO(write("xlsx", campaign=yen_lac)), data_only=True
    )

    sheet = book["Members"]
    below_the_heads = int(sheet.freeze_panes.lstrip("ABC"))
    *children, total = [
        [cell.value for cell in row] for row in sheet.iter_rows(min_row=below_the_heads)
    ]
    for row, figures in zip(
        [*children, total], [*written["children"], written], strict=True
    ):
        members = figures["members"]
        assert (row[2], row[8]) == (members["present"], members["assessed"])
        assert row[9::2] == list(members["levels"].values())
        assert [f"{percent:.2f}" for percent in row[10::2]] == list(
            figures["percent"]["members"].values()
        )


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_print_has_the_figures_of_the_json(write):
    imported(contents(people=DISTINCT_PEOPLE))
    written = json.loads(write())
    members = written["members"]

    text = text_of(write("pdf", language="vi"))

    counts = (members["present"], members["assessed"], *members["levels"].values())
    assert [
        count for count in counts if f" {count_text(count, 'vi')} " not in text
    ] == []
    percents = written["percent"]["members"].values()
    assert [each for each in percents if each.replace(".", ",") not in text] == []
    assert [
        child["unit"]["name"]
        for child in written["children"]
        if child["unit"]["name"] not in text
    ] == []


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"campaign": "dot-1999"}, "There is no campaign with the code dot-1999."),
        ({"unit": "Q"}, "The campaign dot-2024 has no unit with the code “Q”."),
        (
            {"format": "docx"},
            "--format: there is no “docx”, only json, csv, xlsx, pdf.",
        ),
        ({"language": "fr"}, "--language: there is no “fr”, only vi, en."),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_a_wrong_option_is_refused_with_a_sentence(campaign, write, options, says):
    with pytest.raises(CommandError) as refused:
        write(**options)

    assert str(refused.value) == says


def test_a_unit_of_another_campaign_is_not_found(campaign, write):
    imported(
        contents("V - SUPERIOR - -\nV1 V GRASSROOTS_CELL OTHER -"),
        campaign_code="khac-2024",
    )

    with pytest.raises(CommandError) as refused:
        write(unit="V1")

    assert "no unit with the code “V1”" in str(refused.value)


def test_a_path_that_cannot_be_written_is_refused(campaign, tmp_path):
    out = tmp_path / "absent" / "rollup.json"

    with pytest.raises(CommandError) as refused:
        call_command("rollup", campaign="dot-2024", format="json", out=out)

    says = f"{out} cannot be written: there is no such file or folder"
    assert str(refused.value) == says


def test_a_document_that_cannot_be_rendered_is_refused(campaign, write, monkeypatch):
    def fail(html: str) -> bytes:
        raise DocumentNotRendered("The fonts are missing.")

    monkeypatch.setattr(sources, "html_to_pdf", fail)

    with pytest.raises(CommandError) as refused:
        write("pdf")

    assert str(refused.value) == "The fonts are missing."


def test_figures_are_those_of_now(campaign, write):
    write()
    CampaignUnit.objects.filter(code="X").update(name="Đảng bộ xã mới")

    names = [child["unit"]["name"] for child in json.loads(write())["children"]]

    assert "Đảng bộ xã mới" in names
