import pytest

from campaigns.rulesets import available, load
from members.spreadsheets.cells import Mark
from members.workbook.findings import Finding
from reviews.workbook.layout import PEOPLE
from tests.reviews.result_sheets import (
    PEOPLE_NAME,
    PERSON,
    TREE,
    brief,
    parsed,
    sheets_of,
    with_cell,
)

LEVEL, REASON, STATUS = (
    "Xếp loại chất lượng",
    "Lý do không hoàn thành nhiệm vụ",
    "Tình trạng",
)
GOOD = "Đủ tư cách, hoàn thành tốt nhiệm vụ"
BAD = "Vi phạm tư cách hoặc không hoàn thành nhiệm vụ"


# Levels of organisations differ between rule sets; here they are not the point.
UNRATED = (*TREE[:2], (*TREE[2][:5], ""))


def person(**cells):
    """A good row with some cells changed, by the heads of HEAD_OF."""
    row = PERSON
    for name, cell in cells.items():
        row = with_cell(row, PEOPLE, HEAD_OF[name], cell)
    return row


HEAD_OF = {
    "code": "Mã đảng viên",
    "name": "Họ và tên",
    "born": "Ngày sinh",
    "gender": "Giới tính",
    "cell": "Mã chi bộ",
    "admitted": "Ngày vào Đảng",
    "official": "Ngày chính thức",
    "status": STATUS,
    "level": LEVEL,
    "reason": REASON,
}


def people_of(*rows, **campaign):
    result = parsed(sheets_of(UNRATED, rows), **campaign)
    assert result.faults == ()
    return result.contents.people


def faults_of(*rows, units=UNRATED, **campaign):
    result = parsed(sheets_of(units, rows), **campaign)
    assert result.contents is None
    return brief(result.faults)


def notes_of(*rows):
    result = parsed(sheets_of(people=rows))
    assert result.contents is not None
    return brief(result.notes)


def test_code_is_obligatory_and_stands_once():
    other = person(code="dv1", name="Trần Thị Bé", born="")

    result = parsed(sheets_of(people=[PERSON, other, person(code="")]))

    assert result.faults == (
        Finding(PEOPLE_NAME, 3, "Mã đảng viên", "dv1", "twice", {"row": 2}),
        Finding(PEOPLE_NAME, 4, "Mã đảng viên", "", "empty"),
    )


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        (("1960-05-17", Mark.DATE), "1960-05-17"),
        ("17/05/1960", "1960-05-17"),
        ("05/1960", "1960-05"),
        ("1960", "1960"),
        (("1960", Mark.NUMBER), "1960"),
        ("", ""),
    ],
)
def test_date_may_be_known_in_part(cell, kept):
    people = people_of(person(born=cell, admitted=cell, official=cell))

    assert (people.born_on, people.admitted_on, people.official_on) == (
        [kept],
        [kept],
        [kept],
    )


@pytest.mark.parametrize(
    "cell", ["31/02/1960", "17.5.60", "1899", "hè 1960", ("21321", Mark.NUMBER)]
)
@pytest.mark.parametrize("name", ["born", "admitted", "official"])
def test_what_is_no_date_is_refused(name, cell):
    assert faults_of(person(**{name: cell})) == [(2, HEAD_OF[name], "not_a_date")]


@pytest.mark.parametrize(
    ("cell", "code"), [("Nam", "M"), ("nữ", "F"), (" NU ", "F"), ("", "")]
)
def test_gender_is_one_of_two_or_empty(cell, code):
    assert people_of(person(gender=cell)).gender == [code]


def test_other_gender_is_refused_with_the_two():
    result = parsed(sheets_of(people=[person(gender="x")]))

    assert result.faults == (
        Finding(
            PEOPLE_NAME,
            2,
            "Giới tính",
            "x",
            "unknown_term",
            {"allowed": ("Nam", "Nữ")},
        ),
    )


@pytest.mark.parametrize(
    ("cell", "code", "params"),
    [
        ("", "empty", {}),
        ("X", "unit_unknown", {}),
        (
            "g",
            "holds_nobody",
            {"kind": "đảng bộ cơ sở", "allowed": ("chi bộ cơ sở", "chi bộ")},
        ),
    ],
)
def test_people_are_placed_in_cells_that_there_are(cell, code, params):
    result = parsed(sheets_of(people=[person(cell=cell)]))

    assert result.faults == (Finding(PEOPLE_NAME, 2, "Mã chi bộ", cell, code, params),)


def test_grassroots_cell_holds_people():
    units = [*TREE, ("K", "Chi bộ", "H", "chi bộ cơ sở", "Công an", "")]

    result = parsed(sheets_of(units, [person(cell=("K", Mark.TEXT))]))

    assert result.contents.people.unit == [3]


def test_cell_of_unknown_kind_is_a_fault_of_its_own_row_only():
    units = [*TREE[:2], ("C", "Chi bộ", "G", "??", "", "")]

    assert faults_of(PERSON, units=units) == [(4, "Loại tổ chức đảng", "unknown_term")]


@pytest.mark.parametrize("rules", available())
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("miễn công tác và sinh hoạt đảng", "EXEMPT"),
        ("miễn", "EXEMPT"),
        ("chưa kiểm điểm", "NOT_REVIEWED"),
        ("đình chỉ sinh hoạt đảng", "SUSPENDED"),
        ("đình chỉ", "SUSPENDED"),
        ("kết nạp chưa đủ 6 tháng", "UNDER_SIX_MONTHS"),
        ("Dưới 6 tháng", "UNDER_SIX_MONTHS"),
        ("khác", "OTHER"),
        ("KHAC", "OTHER"),
        ("suspended", "SUSPENDED"),
    ],
)
def test_status_without_assessment_forbids_a_level(rules, text, code):
    assert people_of(person(status=text, level=""), rules=rules).status == [code]
    assert faults_of(person(status=text, level="GOOD"), rules=rules) == [
        (2, LEVEL, "level_forbidden")
    ]


def test_forbidden_level_names_the_status():
    result = parsed(sheets_of(people=[person(status="miễn")]))

    status = "Miễn công tác và sinh hoạt đảng"
    assert result.faults == (
        Finding(PEOPLE_NAME, 2, LEVEL, GOOD, "level_forbidden", {"status": status}),
    )


def test_assessment_demands_a_level_and_says_which_there_are():
    result = parsed(sheets_of(people=[person(level="")]))

    allowed = tuple(level.label.vi for level in load("hd27-2014").members.levels)
    assert result.faults == (
        Finding(PEOPLE_NAME, 2, LEVEL, "", "level_missing", {"allowed": allowed}),
    )


def test_empty_status_is_refused_with_the_six():
    result = parsed(sheets_of(people=[person(status="", level="")]))

    allowed = tuple(status.label.vi for status in load("hd27-2014").statuses)
    assert len(allowed) == 6
    assert result.faults == (
        Finding(PEOPLE_NAME, 2, STATUS, "", "empty", {"allowed": allowed}),
    )


@pytest.mark.parametrize(
    ("rules", "text", "code"),
    [
        ("hd27-2014", GOOD, "GOOD"),
        ("hd27-2014", "excellent", "EXCELLENT"),
        ("hd27-2014", BAD, "NOT_COMPLETED"),
        ("qd132-2018", "Hoàn thành xuất sắc nhiệm vụ", "EXCELLENT"),
        ("qd124-2023", "hoàn thành tốt nhiệm vụ ", "GOOD"),
        ("qd366-2025", "Không hoàn thành nhiệm vụ", "NOT_COMPLETED"),
    ],
)
def test_level_is_found_by_the_label_of_the_rule_set_or_by_code(rules, text, code):
    assert people_of(person(level=text), rules=rules).level == [code]


def test_level_of_organisations_is_none_of_members():
    assert faults_of(person(level="Trong sạch, vững mạnh")) == [
        (2, LEVEL, "unknown_term")
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kết luận có biểu hiện suy thoái", "DEGRADATION"),
        ("chỉ hoàn thành dưới 50 % chỉ tiêu", "UNDER_HALF_OF_TARGETS"),
        ("công chức, viên chức xếp loại KHTNV", "STATE_RATING"),
        ("bị xử lý kỷ luật trong năm", "DISCIPLINED"),
        ("khác", "OTHER"),
        ("disciplined", "DISCIPLINED"),
        ("", "UNSTATED"),
    ],
)
@pytest.mark.parametrize("rules", available())
def test_reason_stands_with_not_completed_whatever_its_label(rules, text, code):
    row = person(level="NOT_COMPLETED", reason=text)

    assert people_of(row, rules=rules).reason == [code]


def test_reason_with_another_level_or_none_is_refused():
    rows = [
        person(reason="khác"),
        person(code="2", name="B", status="miễn", level="", reason="OTHER"),
    ]

    assert faults_of(*rows) == [
        (2, REASON, "reason_forbidden"),
        (3, REASON, "reason_forbidden"),
    ]


def test_reason_beside_an_unknown_level_is_not_judged():
    assert faults_of(person(level="??", reason="khác")) == [(2, LEVEL, "unknown_term")]


def test_unknown_reason_is_refused():
    assert faults_of(person(level=BAD, reason="ốm")) == [(2, REASON, "unknown_term")]


@pytest.mark.parametrize(
    ("cells", "label", "note"),
    [
        ({"admitted": "16/05/1978"}, "Ngày vào Đảng", "admitted_too_young"),
        ({"admitted": "1977"}, "Ngày vào Đảng", "admitted_too_young"),
        ({"born": "1986"}, "Ngày vào Đảng", "admitted_before_birth"),
        ({"admitted": "2019", "official": ""}, "Ngày vào Đảng", "admitted_after_year"),
        ({"official": "02/02/1985"}, "Ngày chính thức", "official_before_admission"),
    ],
)
def test_odd_dates_are_noted_and_never_refuse(cells, label, note):
    assert notes_of(person(**cells)) == [(2, label, note)]


@pytest.mark.parametrize(
    "cells",
    [
        {"admitted": "17/05/1978"},
        {"admitted": "1978"},
        {"admitted": "05/1978"},
        {"born": ""},
        {"admitted": ""},
        {"official": ""},
        {"official": "1985"},
        {"admitted": "31/12/2018", "official": ""},
    ],
)
def test_dates_that_can_be_true_are_not_noted(cells):
    assert notes_of(person(**cells)) == []


def test_same_name_and_birth_under_two_codes_is_noted():
    twin = person(code="DV2", name="NGUYỄN VĂN AN")
    namesake = person(code="DV3", born="1960")

    result = parsed(sheets_of(people=[PERSON, twin, namesake]))

    assert result.notes == (
        Finding(PEOPLE_NAME, 3, "Họ và tên", "NGUYỄN VĂN AN", "twin", {"row": 2}),
    )
