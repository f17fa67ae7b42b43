"""The yearly conference on records and the programme of inspections, by the pages."""

from datetime import date

import pytest

from campaigns.models import (
    ConferenceDelegation,
    ConferenceTask,
    InspectionProgramme,
    PlannedInspection,
    SummaryConference,
)
from members.policy import Role
from tests.campaigns.record_pages import errors, holder, page
from tests.factories import (
    DistrictFactory,
    GrassrootsFactory,
    InspectionFactory,
    InspectionProgrammeFactory,
    SummaryConferenceFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


CONFERENCE = {
    "year": "2024",
    "on": "25/12/2023",
    "place": "",
    "chair": "Bí thư Huyện ủy",
    "report": "Báo cáo số 9-BC/HU",
    "conclusions": "",
    "delegations": "Thường trực Tỉnh ủy; 2\n\nMặt trận Tổ quốc; huyện; 12",
    "tasks": "Kiểm tra 12 chi bộ; 30/6/2025\nHọc tập chuyên đề",
}


@pytest.fixture
def district():
    return DistrictFactory(code="H", name="Đảng bộ huyện H")


@pytest.fixture
def cell(district):
    return UnitFactory(
        code="X1", name="Chi bộ X1", parent=GrassrootsFactory(code="X", parent=district)
    )


@pytest.fixture
def commission(district):
    return holder(district, Role.INSPECTION_COMMISSION)


def test_a_conference_is_recorded_with_its_lines_and_corrected(commission, district):
    made = commission.post(page("conference_add", district.pk), CONFERENCE)

    row = SummaryConference.objects.get()
    assert made["Location"] == page("conference_detail", row.pk)
    assert [
        *ConferenceDelegation.objects.order_by("position").values_list("body", "count")
    ] == [("Thường trực Tỉnh ủy", 2), ("Mặt trận Tổ quốc; huyện", 12)]
    assert [
        *ConferenceTask.objects.order_by("position").values_list("text", "due_on")
    ] == [("Kiểm tra 12 chi bộ", date(2025, 6, 30)), ("Học tập chuyên đề", None)]

    edit = page("conference_edit", row.pk)
    shown = commission.get(edit).context["form"].initial
    assert shown["tasks"] == "Kiểm tra 12 chi bộ; 30/06/2025\nHọc tập chuyên đề"
    commission.post(edit, {**CONFERENCE, "version": 1, "delegations": ""})
    assert not ConferenceDelegation.objects.exists()
    assert ConferenceTask.objects.count() == 2
    assert commission.post(edit, {**CONFERENCE, "version": 1}).status_code == 409


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"delegations": "Thường trực Tỉnh ủy"}, "delegations"),
        ({"delegations": "Thường trực Tỉnh ủy; hai"}, "delegations"),
        ({"delegations": "Thường trực Tỉnh ủy; 0"}, "delegations"),
        ({"delegations": "Thường trực Tỉnh ủy; 10000"}, "delegations"),
        ({"delegations": f"Thường trực Tỉnh ủy; {'9' * 4_400}"}, "delegations"),
        ({"delegations": "\n".join(["A; 1"] * 51)}, "delegations"),
        ({"tasks": "Kiểm tra; ngày mai"}, "tasks"),
        ({"tasks": "x" * 200_000}, "tasks"),
        ({"year": "20240"}, "year"),
        ({"chair": ""}, "chair"),
    ],
)
def test_a_bad_line_of_a_conference_is_refused(commission, district, changes, column):
    answer = commission.post(
        page("conference_add", district.pk), {**CONFERENCE, **changes}
    )

    assert (answer.status_code, list(errors(answer))) == (422, [column])
    assert not SummaryConference.objects.exists()


def test_a_year_has_one_conference_and_one_programme(commission, district):
    SummaryConferenceFactory(unit=district, year=2024)
    InspectionProgrammeFactory(unit=district, year=2024)

    second = commission.post(page("conference_add", district.pk), CONFERENCE)
    assert list(errors(second)) == ["year"]
    programme = commission.post(
        page("programme_add", district.pk), {"year": "2024", "document": "Số 2"}
    )
    assert list(errors(programme)) == ["year"]
    assert InspectionProgramme.objects.count() == 1


def test_a_programme_says_what_is_done_of_it(commission, district, cell):
    commission.post(
        page("programme_add", district.pk), {"year": "2024", "document": "Số 2"}
    )
    programme = InspectionProgramme.objects.get()
    add = f"{page('planned_add', programme.pk)}?to={cell.pk}"
    visit = {"kind": "COMPLIANCE_PLANNED"}
    outside = commission.post(add, {**visit, "due_on": "01/01/2025"})
    assert list(errors(outside)) == ["due_on"]
    commission.post(add, {**visit, "due_on": "30/06/2024"})
    InspectionFactory(
        unit=district, subject=cell, planned=PlannedInspection.objects.get()
    )
    InspectionFactory(unit=district, subject=cell, on=date(2024, 5, 6))

    shown = commission.get(page("programme_detail", programme.pk)).context
    assert [shown[name] for name in ("planned", "done", "unplanned")] == [1, 1, 1]
