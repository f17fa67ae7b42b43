"""The statistical forms by sector: their sums, and that every file says the same."""

import io
import json
import re
import subprocess
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from campaigns import rulesets
from members.vocabulary import vocabulary
from reports.documents.printout_html import to_html
from reports.documents.sector_columns import COLUMNS, NONE
from reports.documents.sector_sheets import forms_workbook
from reports.documents.statistical_forms import (
    SUBJECTS,
    Counted,
    forms_of,
    forms_printout,
)
from reports.documents.terms import Terms, reading_in
from reports.documents.writers import write
from reports.queries.collectives import collectives_of
from reports.queries.statistical_forms import forms_paper
from reports.services.sources import json_of, source_of
from tests.clients import client_of
from tests.factories import CampaignBodyFactory, CampaignUnitFactory, PostFactory
from tests.reports import rollups
from tests.reports.printouts import says_the_same
from tests.reports.schemas import ROLLUP_VALIDATOR

CODES = ("hd27-2014", "qd366-2025")


def counted(rollup) -> Counted:
    """A roll-up whose collectives are as many as its cells."""
    return Counted(
        whole=rollup.unit.figures,
        by_sector=rollup.unit.by_sector,
        collectives={
            sector: each.cells for sector, each in rollup.unit.by_sector.items()
        },
    )


def made(rollup, *, language="vi", year=2024):
    terms = Terms(rulesets.load(rollup.rule_set), vocabulary(), language)
    with reading_in(language):
        return forms_of(counted(rollup), terms, on=date(year, 12, 31))


def files(rollup, language="vi"):
    terms = Terms(rulesets.load(rollup.rule_set), vocabulary(), language)
    return counted(rollup), rollups.head(language=language), terms


@pytest.fixture(params=[0, 1, 30])
def rollup(request):
    return rollups.district(request.param)


def test_the_columns_hold_every_sector_of_the_list_once():
    inner = {part for column in COLUMNS for part in column.parts} | {
        "FOREIGN_OWNED_ENTERPRISE"  # of (23)
    }
    outer = [column for column in COLUMNS if column.key not in inner]
    sectors = [sector for column in outer for sector in column.sectors]

    assert sorted(sectors) == sorted(vocabulary().sectors)


def test_every_sum_is_the_sum_of_its_parts_in_both_directions(rollup):
    for form in made(rollup):
        for row in form.rows:
            counts = form.counts[row.key]
            for column in form.columns:
                if column.parts:
                    parts = sum(counts[part] for part in column.parts)
                    assert counts[column.key] == parts, (form.subject, row.key)
                if row.parts:
                    parts = sum(form.counts[part][column.key] for part in row.parts)
                    assert counts[column.key] == parts, (form.subject, row.key)


def test_the_total_is_the_figure_of_the_unit(rollup):
    grassroots, cells, members, _collectives = made(rollup)
    figures = rollup.unit.figures

    assert grassroots.counts["total"]["total"] == figures.grassroots.total
    assert cells.counts["assessed"]["total"] == figures.cells.assessed
    assert members.counts["present"]["total"] == figures.members.present
    reasons = [row.key for row in members.rows if row.key.startswith("reasons.")]
    lowest = members.counts["levels.NOT_COMPLETED"]["total"]
    assert sum(members.counts[key]["total"] for key in reasons) == lowest


def test_what_has_no_sector_has_a_column_only_where_there_is_any():
    rollup = rollups.district(3)
    with_all = made(rollup)[2]
    sector, *_others = rollup.unit.by_sector
    without = Counted(
        whole=rollup.unit.figures,
        by_sector={
            key: each for key, each in rollup.unit.by_sector.items() if key != sector
        },
        collectives={},
    )
    terms = Terms(rulesets.load(rollup.rule_set), vocabulary(), "vi")
    with reading_in("vi"):
        form = forms_of(without, terms, on=date(2024, 12, 31))[2]

    assert "none" not in [column.key for column in with_all.columns]
    last = form.columns[-1]
    assert (last.sectors, last.number) == ((NONE,), "")
    moved = rollup.unit.by_sector[sector].members.present
    assert form.counts["present"]["none"] == moved
    assert form.counts["present"]["total"] == rollup.unit.figures.members.present


@pytest.mark.parametrize(
    ("year", "here", "gone"),
    [(2024, "TOWNSHIP", "SPECIAL_ZONE"), (2025, "SPECIAL_ZONE", "TOWNSHIP")],
)
def test_a_sector_that_ended_makes_room_for_the_next(year, here, gone):
    keys = [column.key for column in made(rollups.district(0), year=year)[0].columns]

    assert here in keys
    assert gone not in keys


def numbers_of(form):
    return [
        form.counts[row.key][column.key] for row in form.rows for column in form.columns
    ]


def test_print_word_and_workbook_have_the_same_numbers(rollup):
    paper = files(rollup)
    forms = made(rollup, year=paper[1].year)

    printout = forms_printout(*paper, unit="Đảng bộ huyện")

    assert says_the_same(printout)
    for sheet, form in zip(printout.sheets, forms, strict=True):
        (grid,) = [block for block in sheet.blocks if block.kind == "grid"]
        printed = [int(text.replace(".", "")) for row in grid.rows for text in row[2:]]
        assert printed == numbers_of(form)
    book = openpyxl.load_workbook(
        io.BytesIO(forms_workbook(*paper, unit="Đảng bộ huyện")), data_only=True
    )
    for name, form in zip(book.sheetnames, forms, strict=True):
        page = book[name]
        first = int(re.sub(r"\D", "", page.freeze_panes))
        rows = page.iter_rows(
            min_row=first, max_row=first + len(form.rows) - 1, min_col=3,
            max_col=2 + len(form.columns), values_only=True,
        )  # fmt: skip
        assert [number for row in rows for number in row] == numbers_of(form)


def test_sums_of_the_workbook_are_formulas():
    paper = files(rollups.district(3))
    book = openpyxl.load_workbook(io.BytesIO(forms_workbook(*paper, unit="H")))
    page = book[book.sheetnames[2]]

    first = int(re.sub(r"\D", "", page.freeze_panes))
    whole, exempt, not_done, assessed = (
        page.cell(row=first + at, column=4).value for at in range(4)
    )
    assert whole == f"=D{first + 1}+D{first + 2}+D{first + 3}"
    assert isinstance(exempt, int)
    assert isinstance(not_done, int)
    assert assessed.startswith("=D")


def test_the_text_of_the_pdf_has_the_numbers_of_the_figures(tmp_path):
    rollup = rollups.district(30)
    paper = files(rollup)
    (tmp_path / "forms.pdf").write_bytes(
        write(forms_printout(*paper, unit=rollups.LONGEST), "pdf")
    )

    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "forms.pdf", "-"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip

    present = f"{rollup.unit.figures.members.present:,}".replace(",", ".")
    assert re.search(rf"1\s+Số có mặt .*?\s{re.escape(present)}\s", text)
    found = set(re.findall(r"(?<![\d.(])\d{1,3}(?:\.\d{3})+(?![\d.])", text))
    printed = {
        f"{number:,}".replace(",", ".")
        for form in made(rollup, year=paper[1].year)
        for number in numbers_of(form)
        if number > 999
    }
    assert found == printed


def test_an_english_paper_is_english_but_for_what_is_prescribed():
    page = to_html(forms_printout(*files(rollups.district(2), "en"), unit="H"))

    assert "BIỂU THỐNG KÊ" in page
    assert "Present at the time of the review (1 = 2 + 3 + 4)" in page
    assert "Of the State" in page


@pytest.fixture
def tree(root):
    """Two collectives below the unit, one of them rated, one beside the unit itself."""
    sector = "COMMUNE"
    for level in ("GOOD", ""):
        unit = CampaignUnitFactory(
            campaign=root.campaign, parent=root, sector=sector, figure_sector=sector
        )
        CampaignBodyFactory(
            unit=unit, kind="LEADERSHIP", level=level, is_imported=bool(level)
        )
    CampaignBodyFactory(unit=root, kind="LEADERSHIP", level="GOOD", is_imported=True)
    closed = CampaignUnitFactory(
        campaign=root.campaign, parent=root, closed_on=date(2024, 1, 1)
    )
    CampaignBodyFactory(unit=closed, kind="LEADERSHIP")
    return root


@pytest.mark.django_db
def test_collectives_are_counted_below_the_unit_and_in_no_other_figure(tree):
    found = collectives_of(tree)

    assert list(found) == ["COMMUNE"]
    assert (found["COMMUNE"].total, found["COMMUNE"].assessed) == (2, 1)
    assert found["COMMUNE"].levels["GOOD"] == 1


@pytest.mark.django_db
def test_the_json_has_them_beside_the_figures(tree):
    rollup = json.loads(json_of(source_of(tree, language="vi")))

    ROLLUP_VALIDATOR.validate(rollup)
    collectives = rollup["collectives"]
    assert (collectives["total"], collectives["assessed"]) == (2, 1)
    assert collectives["by_sector"]["COMMUNE"]["levels"]["GOOD"] == 1
    whole = forms_paper(tree, language="vi").counted.collectives["COMMUNE"]
    assert whole.total == collectives["total"]


@pytest.mark.django_db
def test_a_paper_takes_the_same_queries_for_any_size(
    tree, django_assert_max_num_queries
):
    with django_assert_max_num_queries(7):
        forms_paper(tree, language="vi")


@pytest.mark.django_db
def test_the_page_of_figures_leads_to_the_forms(root, post):
    client = client_of(post)
    args = [root.campaign_id, root.live_unit_id]

    page = client.get(reverse("unit_figures", args=args)).content.decode()

    for extension in ("pdf", "docx", "xlsx"):
        address = reverse("statistical_forms_print", args=[*args, extension])
        assert address in page
    answer = client.get(address)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert len(book.sheetnames) == len(SUBJECTS)


@pytest.mark.django_db
def test_whoever_sees_a_unit_as_a_whole_gets_no_forms(root):
    post = PostFactory(unit=root.live_unit, role="WORKING_TEAM")
    address = reverse(
        "statistical_forms_print", args=[root.campaign_id, root.live_unit_id, "xlsx"]
    )

    assert client_of(post).get(address).status_code == 404


def test_the_counts_of_the_country_have_room():
    grown = rollups.district(2)
    whole = replace(grown.unit.figures.members, present=5_622_463)
    figures = replace(grown.unit.figures, members=whole)
    of_country = Counted(whole=figures, by_sector={}, collectives={})
    terms = Terms(rulesets.load(grown.rule_set), vocabulary(), "vi")

    printout = forms_printout(of_country, rollups.head(language="vi"), terms, unit="VN")

    (grid,) = [each for each in printout.sheets[2].blocks if each.kind == "grid"]
    wide, *others = [column.width for column in grid.columns[2:]]
    assert wide > 15
    assert others[0] == 11
    given = sum(column.width or 0 for column in grid.columns)
    assert printout.width - given > 50  # what is left for the words of the rows
