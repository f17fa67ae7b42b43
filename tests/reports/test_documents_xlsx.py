import csv
import io
import shutil
import subprocess
from dataclasses import replace

import openpyxl
import pytest

from campaigns import rulesets
from deploy import packages
from members.vocabulary import vocabulary
from reports.documents.rollup_json import to_json
from reports.documents.rollup_xlsx import to_xlsx
from tests.reports import rollups


def written(rollup, **head):
    return to_xlsx(
        rollup,
        rule_set=rulesets.load(rollup.rule_set),
        vocabulary=vocabulary(),
        head=rollups.head(**{"language": "en", **head}),
    )


def opened(content, *, values=True):
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def body(sheet):
    """The rows below the heads, as lists."""
    return [
        [cell.value for cell in row]
        for row in sheet.iter_rows(min_row=first_row(sheet))
    ]


def first_row(sheet):
    return int(sheet.freeze_panes.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def test_the_workbook_has_a_sheet_for_each_table():
    rollup = rollups.district(6)

    names = opened(written(rollup)).sheetnames

    assert names == [
        "Summary",
        "Members",
        "Cells",
        "Levels of units",
        "Sectors, members",
        "Sectors, grassroots",
        "Sectors, cells",
        "Permitted number",
        "Note on method",
    ]


def test_a_committee_of_cells_alone_has_their_levels_instead():
    book = opened(written(rollups.flat(2)))

    assert book.sheetnames == [
        "Summary",
        "Members",
        "Levels of units",
        "Note on method",
    ]
    assert body(book["Levels of units"]) == [
        [1, "Chi bộ thôn 0", "party cell", 1, 0, 0, 0, 0],
        [2, "Chi bộ thôn 1", "party cell", 0, 1, 0, 0, 0],
        [None, "Total", None, 1, 1, 0, 0, 0],
    ]


def test_numbers_are_numbers_and_sums_are_formulas_with_their_values():
    rollup = rollups.flat(1, directly=0)

    values = body(opened(written(rollup))["Members"])
    formulas = body(opened(written(rollup), values=False)["Members"])

    assert values == [
        [1, "Chi bộ thôn 0", 13, 0, 0, 0, 0, 0, 13]
        + [1, 7.69, 10, 76.92, 2, 15.38, 0, 0],
        [None, "Total", 13, 0, 0, 0, 0, 0, 13] + [1, 7.69, 10, 76.92, 2, 15.38, 0, 0],
    ]
    assert formulas[0][2] == "=D8+E8+F8+G8+H8+I8"
    assert formulas[0][8] == "=J8+L8+N8+P8"
    assert formulas[0][10] == '=IF(I8=0,"–",ROUND(10000*J8/I8,0)/100)'
    assert formulas[1][2] == "=SUM(C8:C8)"
    assert formulas[1][10] == '=IF(I9=0,"–",ROUND(10000*J9/I9,0)/100)'


@pytest.mark.parametrize("code", rulesets.available())
def test_totals_are_the_figures_of_the_json(code):
    rollup = rollups.district(7, rule_set_code=code)
    figures = to_json(rollup, rulesets.load(code))

    book = opened(written(rollup))

    members, cells = (body(book[name])[-1] for name in ("Members", "Cells"))
    levels = list(figures["members"]["levels"].values())
    assert (members[2], members[8]) == (
        figures["members"]["present"],
        figures["members"]["assessed"],
    )
    assert members[9::2] == levels
    groups = list(figures["cells"]["groups"].values())
    assert cells[3:6:2] == [figures["cells"]["total"], figures["cells"]["assessed"]]
    assert cells[6::2] == groups + list(figures["cells"]["levels"].values())
    assert [f"{percent:.2f}" for percent in members[10::2]] == list(
        figures["percent"]["members"].values()
    )


def test_ceilings_are_listed_unit_by_unit_however_many():
    rollup = rollups.district(2, rule_set_code="qd132-2018", seed=5)

    rows = body(opened(written(rollup))["Permitted number"])

    assert rows == [
        [
            at,
            line.unit_name,
            "Party members",
            line.actual,
            20,
            line.base_count,
            line.allowed,
            "exceeds" if line.exceeded else "within",
        ]
        for at, line in enumerate(rollup.unit.ceiling, start=1)
    ]


def test_sheets_are_set_up_for_print_and_heads_stay_in_sight():
    sheet = opened(written(rollups.district(3)))["Members"]

    assert sheet.freeze_panes == "C8"
    assert sheet.print_title_rows == "$5:$7"
    setup = sheet.page_setup
    assert (setup.orientation, int(setup.paperSize)) == ("landscape", 9)
    assert (int(setup.fitToWidth or 1), int(setup.fitToHeight)) == (1, 0)
    assert sheet["C8"].number_format == "#,##0"
    assert sheet["K8"].number_format == "0.00"


def test_a_name_that_looks_like_a_formula_stays_a_text():
    rollup = rollups.flat(1)
    child = rollup.children[0]
    child = replace(child, unit=replace(child.unit, name="=HYPERLINK(A1)"))

    sheet = opened(written(replace(rollup, children=(child,))), values=False)["Members"]

    assert (sheet["B8"].value, sheet["B8"].data_type) == ("=HYPERLINK(A1)", "s")


def test_equal_figures_make_equal_bytes():
    assert written(rollups.district(3)) == written(rollups.district(3))


def test_the_file_says_the_day_of_the_document_and_not_of_its_writing():
    issued = opened(written(rollups.flat()))
    draft = opened(written(rollups.flat(), issued_on=None))

    assert issued.properties.created.isoformat() == "2019-01-05T00:00:00"
    assert draft.properties.created.isoformat() == "2018-12-31T00:00:00"


def test_where_nobody_was_assessed_a_dash_stands_as_the_note_says():
    sheet = opened(written(rollups.nobody()))["Members"]

    assert "a dash stands where nobody was assessed" in sheet["A3"].value
    assert body(sheet)[0][9:] == [0, "–"] * 4
    assert sheet["K8"].alignment.horizontal == "right"


@pytest.mark.long
@pytest.mark.parametrize("code", ["hd27-2014", "qd366-2025"])
def test_a_spreadsheet_that_recalculates_gets_the_same_figures(code, tmp_path):
    rollup = rollups.district(40, rule_set_code=code, scale=3)
    content = written(rollup, previous=rollups.previous(rule_set_code=code))
    shown = opened(content)

    recalculated = _recalculated(content, tmp_path)

    for name in shown.sheetnames[:-1]:
        expected = [
            ["" if cell.value is None else cell.value for cell in row]
            for row in shown[name].iter_rows()
        ]
        assert len(recalculated[name]) == len(expected)
        for row, calculated in zip(expected, recalculated[name], strict=True):
            assert not any(row[len(calculated) :])
            assert [_number_or_text(text) for text in calculated] == [
                _number_or_text(str(value)) for value in row[: len(calculated)]
            ]


def _recalculated(content, folder):
    """Each sheet as LibreOffice works it out, formulas anew."""
    packages.ensure([packages.OFFICE])
    # Without their values the formulas have to be worked out.
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.save(folder / "book.xlsx")
    subprocess.run(
        [
            shutil.which("soffice"),
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            # All sheets, commas, quotes, UTF-8, values as they are and not as shown.
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1",
            "--outdir",
            folder,
            folder / "book.xlsx",
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return {
        name: list(
            csv.reader(
                (folder / f"book-{name}.csv").read_text(encoding="utf-8").splitlines()
            )
        )
        for name in book.sheetnames
    }


def _number_or_text(text):
    try:
        return float(text)
    except ValueError:
        return text


def test_the_summary_has_the_title_and_heads_as_in_print():
    book = opened(written(rollups.district(2)))

    title = f"Report on the {rollups.head().abstract}"
    assert (book.properties.title, book["Summary"]["A2"].value) == (title, title)
    heads = [row[0].value for row in book["Summary"].iter_rows()]
    assert heads.count("Figure") == 2


def test_a_verdict_stands_in_the_middle_of_its_cell():
    sheet = opened(written(rollups.district(2)))["Permitted number"]

    found = [
        cell.alignment.horizontal
        for row in sheet.iter_rows()
        for cell in row
        if cell.value in ("within", "exceeds")
    ]
    assert set(found) == {"center"}
