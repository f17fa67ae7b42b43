"""Pages of records, as committees, commissions and the person concerned meet them."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Inspection
from members.models import Event, Membership
from members.policy import Role
from tests.campaigns.record_pages import errors, holder, page
from tests.clients import english_client
from tests.factories import (
    AccountFactory,
    CommendationFactory,
    DepartureFactory,
    DisciplineFactory,
    DistrictFactory,
    InspectionFactory,
    InspectionProgrammeFactory,
    MemberFactory,
    PlannedInspectionFactory,
    PostFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
LISTS = ("inspection", "discipline", "commendation", "departure")
FACTORIES = {
    "inspection": InspectionFactory,
    "discipline": DisciplineFactory,
    "commendation": CommendationFactory,
    "departure": DepartureFactory,
}


def as_person(member) -> Client:
    client = english_client()
    client.force_login(AccountFactory(member=member))
    return client


def inspection(**changes):
    return {
        "kind": "SIGNS_OF_VIOLATION",
        "body": "INSPECTION_COMMISSION",
        "on": "06/05/2024",
        **changes,
    }


def test_a_commission_names_a_member_by_code_and_reads_the_name_afterwards(
    commission, district, cell, member
):
    add = page("inspection_add")
    found = commission.get(add, {"q": "P1"})
    assert ("mp1", "P1", "") in found.context["choices"]
    assert b"L\xc3\xaa Chi" not in found.content

    asked = commission.get(f"{add}?to=mp1")
    assert "Lê Chi" not in asked.content.decode()
    answer = commission.post(f"{add}?to=mp1", inspection(document="Số 5-TB/UBKT"))

    row = Inspection.objects.get()
    assert answer["Location"] == page("inspection_detail", row.pk)
    assert (row.unit, row.subject, row.member) == (district, cell, member)
    assert "Lê Chi" in commission.get(answer["Location"]).content.decode()
    event = Event.objects.get(action="inspections.recorded")
    assert (event.unit, event.member, event.data) == (district, member, {})


def test_who_reads_the_roll_reads_whose_code_it_is(district, cell, member):
    clerk = holder(district, Role.CLERK)

    found = clerk.get(page("discipline_add"), {"of": district.pk, "q": "P1"})

    assert ("mp1", "Lê Chi", "P1") in found.context["choices"]


def test_an_organisation_is_chosen_among_those_that_stand_near(commission, cell):
    choices = commission.get(page("inspection_add")).context["choices"]

    assert [name for _pk, name, _note in choices][:1] == ["Đảng bộ huyện H"]
    answer = commission.post(
        f"{page('inspection_add')}?to={cell.pk}",
        inspection(kind="SUPERVISION_TOPIC", document="Số 6"),
    )
    assert answer.status_code == 302
    assert Inspection.objects.get().member is None


def test_an_office_first_says_whose_body_acted(district, cell):
    clerk = holder(district, Role.CLERK)

    asked = clerk.get(page("inspection_add"))
    assert asked.context["key"] == "of"
    chosen = clerk.get(page("inspection_add"), {"of": cell.pk})
    assert chosen.context["key"] == "to"
    made = clerk.post(
        f"{page('inspection_add')}?of={cell.pk}&to={cell.pk}",
        inspection(body="CELL", kind="COMPLIANCE_PLANNED", document="Số 7"),
    )
    assert made.status_code == 302
    assert Inspection.objects.get().unit == cell


@pytest.mark.parametrize("to", ["m9999", "mq1", "0", "abc", "-1"])
def test_whoever_is_not_below_is_not_found(commission, to):
    MemberFactory(code="Q1", cell=UnitFactory(code="K1", parent=DistrictFactory()))

    assert commission.get(page("inspection_add"), {"to": to}).status_code == 404


def test_what_is_not_concluded_is_shown_to_its_keeper_alone(
    commission, district, cell, member
):
    row = InspectionFactory(unit=district, subject=cell, member=member, document="")
    address = page("inspection_detail", row.pk)
    readers = {
        "keeper": commission,
        "cell": holder(cell),
        "committee between": holder(cell.parent),
        "person": as_person(member),
    }

    assert {name: each.get(address).status_code for name, each in readers.items()} == {
        "keeper": 200,
        "cell": 404,
        "committee between": 404,
        "person": 404,
    }
    concluded = inspection(document="Số 9-TB/UBKT", finding="VIOLATION", version=1)
    assert (
        commission.post(page("inspection_edit", row.pk), concluded).status_code == 302
    )
    assert {each.get(address).status_code for each in readers.values()} == {200}


def test_the_one_concerned_keeps_nothing_about_themselves(district, cell, member):
    account = AccountFactory(member=member)
    PostFactory(account=None, member=member, unit=district, role=Role.SECRETARY)
    client = english_client()
    client.force_login(account)
    open_case = InspectionFactory(
        unit=district, subject=cell, member=member, document=""
    )
    decided = DisciplineFactory(unit=district, subject=cell, member=member)

    assert client.get(page("inspection_detail", open_case.pk)).status_code == 404
    assert client.get(page("discipline_detail", decided.pk)).status_code == 200
    assert client.get(page("discipline_edit", decided.pk)).status_code == 404
    assert client.get(page("discipline_change", decided.pk)).status_code == 404
    answer = client.post(
        f"{page('inspection_add')}?to=mp1", inspection(document="Số 1")
    )
    assert (answer.status_code, errors(answer)) == (
        422,
        {"__all__": ["Nobody records what is about themselves."]},
    )
    assert Inspection.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"on": ""}, "on"),
        ({"on": "31/02/2024"}, "on"),
        ({"on": f"{timezone.localdate() + timedelta(days=2):%d/%m/%Y}"}, "on"),
        ({"on": "06/05/1999"}, "on"),  # on no roll then
        ({"kind": "OTHER"}, "kind"),
        ({"kind": "STATE_INSPECTION"}, "outside_body"),
        ({"outside_body": "Thanh tra huyện"}, "outside_body"),
        ({"finding": "VIOLATION"}, "document"),
        ({"document": "Số 1", "follow_up": "REMEDY"}, "finding"),
        ({"follow_up_due_on": "01/06/2024"}, "follow_up"),
        (
            {
                "document": "Số 1",
                "finding": "VIOLATION",
                "follow_up": "REMEDY",
                "followed_up_on": "05/05/2024",
            },
            "followed_up_on",
        ),
        ({"document": "x" * 256}, "document"),
        ({"document": "x\u200b"}, "document"),
    ],
)
def test_a_refusal_stands_at_its_field_and_loses_nothing(
    commission, member, changes, column
):
    Membership.objects.update(from_on=date(2000, 1, 1))

    answer = commission.post(f"{page('inspection_add')}?to=mp1", inspection(**changes))

    assert answer.status_code == 422
    assert list(errors(answer)) == [column]
    assert not Inspection.objects.exists()


def test_a_visit_stands_for_one_of_the_programme_and_joins_a_case(
    commission, district, cell
):
    planned = PlannedInspectionFactory(
        programme=InspectionProgrammeFactory(unit=district), subject=cell
    )
    other = InspectionFactory(unit=cell.parent, subject=cell, kind="SIGNS_OF_VIOLATION")
    address = f"{page('inspection_add')}?to={cell.pk}"

    assert {"planned", "joins"} <= set(commission.get(address).context["form"].fields)
    commission.post(
        address, inspection(document="Số 2", planned=planned.pk, joins=other.pk)
    )

    row = Inspection.objects.get(unit=district)
    assert (row.planned, row.joins) == (planned, other)
    assert "planned" not in commission.get(address).context["form"].fields


def test_of_two_who_correct_one_record_the_second_sees_both(commission, district, cell):
    row = InspectionFactory(unit=district, subject=cell, kind="SIGNS_OF_VIOLATION")
    address = page("inspection_edit", row.pk)
    commission.post(address, inspection(document="Số 3", version=1))

    answer = commission.post(address, inspection(document="Số 4", version=1))

    assert answer.status_code == 409
    assert [tuple(map(str, each)) for each in answer.context["both"]] == [
        ("Conclusion (number, date)", "Số 3", "Số 4")
    ]
    row.refresh_from_db()
    assert (row.document, row.version) == ("Số 3", 2)
    commission.post(address, inspection(document="Số 4", version=2))
    row.refresh_from_db()
    assert row.document == "Số 4"


def test_somebody_reads_what_was_concluded_about_them(district, cell, member):
    for make in FACTORIES.values():
        make(unit=district, subject=cell, member=member)
        if make is not DepartureFactory:  # of a member, always
            make(unit=district, subject=cell)
        make(unit=district, subject=cell, member=MemberFactory(cell=cell))
    InspectionFactory(unit=district, subject=cell, member=member, document="")
    person = as_person(member)

    rows = person.get(reverse("own_results")).context["records"]
    assert sorted(each.record for each in rows) == sorted(FACTORIES)
    file = person.get(reverse("own_record_json"))
    copied = json.loads(b"".join(file.streaming_content))["concluded"]
    assert sorted(each["record"] for each in copied) == sorted(FACTORIES)
    assert person.get(rows[0].url).status_code == 200
    assert person.get(page("inspection_list")).status_code == 404


@pytest.mark.parametrize("kind", LISTS[:-1])
def test_a_list_is_searched_by_organisation_person_and_document(
    commission, district, cell, member, kind
):
    make = FACTORIES[kind]
    make(unit=district, subject=cell, member=member, document="Số 77")
    make(unit=district, subject=district, document="Số 88")
    address = page(f"{kind}_list")

    def found(q):
        return sorted(
            each.about for each in commission.get(address, {"q": q}).context["rows"]
        )

    assert found("") == ["Lê Chi, Chi bộ X1", "Đảng bộ huyện H"]
    assert found("le ch") == found("77") == ["Lê Chi, Chi bộ X1"]
    assert found("huyện") == ["Đảng bộ huyện H"]
    assert found("zz") == []


@pytest.mark.parametrize("kind", LISTS)
def test_the_number_of_queries_of_a_list_is_fixed(
    commission, district, cell, kind, django_assert_num_queries
):
    counts = set()
    commission.get(page(f"{kind}_list"))  # the first page notes the session
    for _ in range(3):
        FACTORIES[kind](unit=district, subject=cell, member=MemberFactory(cell=cell))
        with django_assert_num_queries(100, exact=False) as asked:
            commission.get(page(f"{kind}_list"))
        counts.add(len(asked))

    assert len(counts) == 1
