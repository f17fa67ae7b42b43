from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.contents import NO_PARENT
from campaigns.rulesets import load
from members.paths import MAX_DEPTH
from members.vocabulary import vocabulary
from members.workbook.findings import Finding
from reviews.workbook.layout import UNITS
from reviews.workbook.units import _cycle
from tests.reviews.result_sheets import (
    CELL,
    COMMITTEE,
    ROOT,
    TREE,
    UNITS_NAME,
    brief,
    parsed,
    sheets_of,
    with_cell,
)

SUPERIOR = ("H", "Đảng bộ", "", "cấp trên trực tiếp cơ sở", "", "")


def kind_fault(kind, *, year, code, params):
    row = with_cell(ROOT, UNITS, "Loại tổ chức đảng", kind)
    result = parsed(sheets_of([row]), year=year)
    assert result.faults == (
        Finding(UNITS_NAME, 2, "Loại tổ chức đảng", kind, code, params),
    )


def kinds_on(year):
    return tuple(kind.label.vi for kind in vocabulary().kinds_on(date(year, 12, 31)))


def sectors_on(year):
    sectors = vocabulary().sectors_on(date(year, 12, 31))
    return tuple(sector.label.vi for sector in sectors)


def units_of(*rows, **campaign):
    result = parsed(sheets_of(rows), **campaign)
    assert result.faults == ()
    return result.contents.units


def faults_of(*rows, **campaign):
    result = parsed(sheets_of(rows), **campaign)
    assert result.contents is None
    return brief(result.faults)


@pytest.mark.parametrize(
    ("kind", "year", "code"),
    [
        ("trung ương", 2018, "CENTRAL"),
        ("tỉnh", 2018, "PROVINCE"),
        ("cấp trên trực tiếp cơ sở", 2018, "SUPERIOR"),
        ("đảng bộ trực thuộc cơ sở", 2026, "SUB_GRASSROOTS"),
        ("đảng bộ bộ phận", 2018, "SECTIONAL"),
        ("chi bộ", 2018, "CELL"),
        ("huyện", 2024, "DISTRICT"),
        ("khối", 2024, "BLOC"),
        ("xã", 2025, "COMMUNE"),
        ("phường", 2025, "WARD"),
        ("đặc khu", 2025, "SPECIAL_ZONE"),
        (" CHI BO ", 2018, "CELL"),
        ("cell", 2018, "CELL"),
        ("DISTRICT", 2018, "DISTRICT"),
    ],
)
def test_kind_is_found_by_label_or_code(kind, year, code):
    row = with_cell(ROOT, UNITS, "Loại tổ chức đảng", kind)

    assert units_of(row, rules="qd132-2018", year=year).kind == [code]


@pytest.mark.parametrize(
    ("kind", "code"),
    [("đảng bộ cơ sở", "GRASSROOTS_COMMITTEE"), ("chi bộ cơ sở", "GRASSROOTS_CELL")],
)
def test_grassroots_kinds_are_found_by_label(kind, code):
    assert units_of(("H", "Đảng bộ", "", kind, "Xã", "")).kind == [code]


@pytest.mark.parametrize(
    ("kind", "year"),
    [
        ("huyện", 2025),
        ("khối", 2025),
        ("xã", 2024),
        ("phường", 2026),
        ("đặc khu", 2026),
    ],
)
def test_kind_of_another_year_is_refused_with_advice(kind, year):
    term = vocabulary().kinds[
        {
            "huyện": "DISTRICT",
            "khối": "BLOC",
            "xã": "COMMUNE",
            "phường": "WARD",
            "đặc khu": "SPECIAL_ZONE",
        }[kind]
    ]

    assert "đảng bộ cơ sở" in term.advice.vi
    kind_fault(
        kind, year=year, code="not_valid", params={"year": year, "advice": term.advice}
    )


def test_unknown_kind_is_refused_with_the_kinds_of_the_year():
    kind_fault(
        "liên chi", year=2018, code="unknown_term", params={"allowed": kinds_on(2018)}
    )
    kind_fault("", year=2025, code="empty", params={"allowed": kinds_on(2025)})


def test_any_kind_may_stand_under_any_other():
    units = units_of(
        ("C", "Chi bộ", "", "chi bộ", "", ""),
        ("T", "Tỉnh", "C", "tỉnh", "", ""),
        ("U", "Trung ương", "T", "trung ương", "", ""),
    )

    assert units.parent == [NO_PARENT, 0, 1]


def test_units_may_stand_before_those_above_them():
    assert units_of(CELL, COMMITTEE, ROOT).parent == [1, 2, NO_PARENT]


def test_codes_are_compared_without_accents_case_and_blanks():
    units = units_of(
        ("Đ1", "Đảng bộ", "", "huyện", "", ""),
        ("x", "Chi bộ", " d1 ", "chi bộ", "", ""),
    )

    assert (units.code, units.parent) == (["Đ1", "x"], [NO_PARENT, 0])


def test_code_may_stand_once():
    result = parsed(sheets_of([*TREE, ("c", "Chi bộ 2", "G", "chi bộ", "", "")]))

    assert result.faults == (
        Finding(UNITS_NAME, 5, "Mã đơn vị", "c", "twice", {"row": 4}),
    )


def test_unknown_code_above_is_refused():
    assert faults_of(ROOT, with_cell(COMMITTEE, UNITS, "Mã cấp trên", "X")) == [
        (3, "Mã cấp trên", "parent_unknown")
    ]


def test_sheet_without_rows_or_without_root_is_refused():
    assert faults_of() == [(0, "", "no_units")]
    assert faults_of(
        ("A", "a", "B", "chi bộ", "", ""), ("B", "b", "A", "chi bộ", "", "")
    ) == [
        (0, "", "no_root"),
        (2, "Mã cấp trên", "cycle"),
        (3, "Mã cấp trên", "cycle"),
    ]


def test_every_one_of_several_roots_is_named():
    other = with_cell(CELL, UNITS, "Mã cấp trên", "")

    result = parsed(sheets_of([ROOT, COMMITTEE, other]))

    params = {"rows": ("2", "4"), "count": 2}
    assert result.faults == (
        Finding(UNITS_NAME, 2, "Mã cấp trên", "", "several_roots", params),
        Finding(UNITS_NAME, 4, "Mã cấp trên", "", "several_roots", params),
    )


def test_unit_above_itself_is_refused_and_those_below_it_are_not():
    assert faults_of(
        ROOT,
        ("A", "a", "A", "chi bộ", "", ""),
        ("B", "b", "A", "chi bộ", "", ""),
    ) == [(3, "Mã cấp trên", "cycle")]


@given(
    st.integers(1, 12).flatmap(
        lambda size: st.lists(
            st.integers(NO_PARENT, size - 1), min_size=size, max_size=size
        )
    )
)
def test_cycles_are_exactly_the_units_from_which_one_comes_back(parents):
    def comes_back(at):
        above = parents[at]
        for _ in parents:
            if above in (at, NO_PARENT):
                break
            above = parents[above]
        return above == at

    assert _cycle(parents) == list(filter(comes_back, range(len(parents))))


def test_tree_may_be_as_deep_as_a_path_and_no_deeper():
    def chain(length):
        above = ["", *(f"U{at}" for at in range(length))]
        return [
            (f"U{at}", "Chi bộ", above[at], "chi bộ", "", "") for at in range(length)
        ]

    assert len(units_of(*chain(MAX_DEPTH))) == MAX_DEPTH
    assert faults_of(*chain(MAX_DEPTH + 2)) == [
        (MAX_DEPTH + 2, "Mã cấp trên", "too_deep")
    ]


def test_sector_is_inherited_from_the_grassroots_unit_above():
    units = units_of(
        ROOT,
        COMMITTEE,
        ("P", "Bộ phận", "G", "đảng bộ bộ phận", "", ""),
        ("C1", "Chi bộ 1", "P", "chi bộ", "", ""),
        ("C2", "Chi bộ 2", "P", "chi bộ", "công an", ""),
        ("K", "Chi bộ", "H", "chi bộ cơ sở", "POLICE", ""),
    )

    assert units.sector == ["", "COMMUNE", "COMMUNE", "COMMUNE", "POLICE", "POLICE"]


def test_grassroots_unit_must_have_its_own_sector():
    result = parsed(
        sheets_of(
            [
                ROOT,
                COMMITTEE,
                ("K", "Chi bộ", "G", "chi bộ cơ sở", "", ""),
            ]
        )
    )

    assert result.faults == (
        Finding(
            UNITS_NAME,
            4,
            "Loại hình TCCSĐ",
            "",
            "sector_missing",
            {"allowed": sectors_on(2018)},
        ),
    )


def test_cell_without_grassroots_unit_and_sector_is_noted():
    result = parsed(sheets_of([ROOT, with_cell(CELL, UNITS, "Mã cấp trên", "H")]))

    assert result.contents.units.sector == ["", ""]
    assert result.notes == (Finding(UNITS_NAME, 3, "Loại hình TCCSĐ", "", "no_sector"),)


@pytest.mark.parametrize(
    ("sector", "year", "code"),
    [("Thị trấn", 2024, "TOWNSHIP"), ("đặc khu", 2025, "SPECIAL_ZONE")],
)
def test_sector_is_valid_in_its_years(sector, year, code):
    committee = with_cell(COMMITTEE, UNITS, "Loại hình TCCSĐ", sector)

    units = units_of(SUPERIOR, committee, year=year)

    assert units.sector == ["", code]


@pytest.mark.parametrize(("sector", "year"), [("Thị trấn", 2025), ("đặc khu", 2024)])
def test_sector_of_another_year_is_refused(sector, year):
    committee = with_cell(COMMITTEE, UNITS, "Loại hình TCCSĐ", sector)

    assert faults_of(SUPERIOR, committee, year=year) == [
        (3, "Loại hình TCCSĐ", "not_valid")
    ]


@pytest.mark.parametrize("sector", ["Cơ quan", "3", "Tổng số"])
def test_unknown_sector_is_refused(sector):
    committee = with_cell(COMMITTEE, UNITS, "Loại hình TCCSĐ", sector)

    assert faults_of(ROOT, committee) == [(3, "Loại hình TCCSĐ", "unknown_term")]


@pytest.mark.parametrize(
    "sector", list(vocabulary().sectors.values()), ids=lambda sector: sector.code
)
def test_every_sector_is_found_by_label_and_by_code(sector):
    year = 2025 if sector.code == "SPECIAL_ZONE" else 2024
    for text in (sector.label.vi.upper(), sector.code):
        committee = with_cell(COMMITTEE, UNITS, "Loại hình TCCSĐ", text)

        assert units_of(SUPERIOR, committee, year=year).sector[1] == sector.code


@pytest.mark.parametrize(
    ("rules", "text", "code"),
    [
        ("hd27-2014", "Trong sạch, vững mạnh tiêu biểu", "CLEAN_STRONG_EXEMPLARY"),
        ("hd27-2014", "trong sach, vung manh", "CLEAN_STRONG"),
        ("hd27-2014", "Hoàn thành tốt nhiệm vụ", "GOOD"),
        ("hd27-2014", "Hoàn thành nhiệm vụ", "SATISFACTORY"),
        ("hd27-2014", "Yếu kém", "WEAK"),
        ("hd27-2014", "CLEAN_STRONG", "CLEAN_STRONG"),
        ("qd124-2023", "Hoàn thành xuất sắc nhiệm vụ", "EXCELLENT"),
        ("qd366-2025", "not_completed", "NOT_COMPLETED"),
        ("qd132-2018", "", ""),
    ],
)
def test_level_of_a_unit_is_one_of_the_scheme_of_organisations(rules, text, code):
    cell = with_cell(CELL, UNITS, "Xếp loại chất lượng", text)

    units = units_of(ROOT, COMMITTEE, cell, rules=rules)

    assert units.level == ["", "", code]


@pytest.mark.parametrize(
    ("rules", "text"),
    [
        ("hd27-2014", "Hoàn thành xuất sắc nhiệm vụ"),
        ("hd27-2014", "CLEAN_STRONG_ALL"),
        ("qd132-2018", "Trong sạch, vững mạnh"),
    ],
)
def test_level_of_another_scheme_is_refused_with_the_levels_there_are(rules, text):
    cell = with_cell(CELL, UNITS, "Xếp loại chất lượng", text)

    result = parsed(sheets_of([ROOT, COMMITTEE, cell]), rules=rules)

    levels = load(rules).organisations.levels
    assert result.faults == (
        Finding(
            UNITS_NAME,
            4,
            "Xếp loại chất lượng",
            text,
            "unknown_term",
            {"allowed": tuple(level.label.vi for level in levels)},
        ),
    )
