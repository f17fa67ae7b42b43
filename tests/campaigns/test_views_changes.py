"""The changes of a draft, written in small steps."""

import pytest
from django.test import Client

from members.models import Membership, UnitChange
from tests.campaigns.decision_pages import (
    ADD,
    FACTS,
    add,
    clerk_of,
    create,
    drafted,
    july,
    page,
    said,
    version,
)
from tests.campaigns.decisions import PEOPLE, TREE, at
from tests.small_worlds import live

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def units():
    return live(TREE, PEOPLE)


@pytest.fixture
def clerk() -> Client:
    return clerk_of("P")


def test_names_of_a_carried_out_decision_are_those_of_before(clerk):
    decision = drafted(clerk)
    add(
        clerk, decision, "RENAME", of="X", name="Đảng bộ xã Mới", kind="", sector="WARD"
    )
    clerk.post(page("decision_carry_out", decision), version(decision))

    assert said(clerk, decision) == [
        "Đơn vị X is changed: new name “Đảng bộ xã Mới”; sector: Ward."
    ]
    assert at("X").name == "Đảng bộ xã Mới"


def test_steps_ask_for_one_thing_a_page(clerk):
    decision = drafted(clerk)
    create(clerk, decision, "C", "SUPERIOR", to="P")

    acts = clerk.get(page("change_add", decision)).context["acts"]
    unit = clerk.get(page("change_add", decision, act="MERGE")).context
    found = clerk.get(page("change_add", decision, act="MERGE", q="don vi x")).context
    target = clerk.get(page("change_add", decision, act="MERGE", of=at("X").pk)).context

    assert [act for act, *_ in acts] == list(UnitChange.Act)
    assert (unit["key"], unit["choices"][0][1]) == ("of", "Đơn vị H")
    assert [name for _, name, _ in found["choices"]] == [
        "Đơn vị X", "Đơn vị X1", "Đơn vị X2",
    ]  # fmt: skip
    assert target["key"] == "to"
    assert target["lead"] == "Into which unit is Đơn vị X merged?"
    assert [name for _, name, _ in target["choices"]][:2] == ["Đơn vị C", "Đơn vị P"]
    assert ("act", "MERGE") in target["kept"]


@pytest.mark.parametrize("act", ["CREATE", "MOVE"])
def test_no_unit_is_offered_or_taken_below_a_cell(clerk, act):
    decision = drafted(clerk)
    of = {"of": at("X2").pk} if act == "MOVE" else {}
    offered = clerk.get(page("change_add", decision, act=act, **of)).context
    into_cell = clerk.get(page("change_add", decision, act=act, to=at("X1").pk, **of))

    assert at("X1").kind == "CELL"
    assert "Đơn vị X1" not in [name for _, name, _ in offered["choices"]]
    assert "Đơn vị X" in [name for _, name, _ in offered["choices"]]
    assert into_cell.status_code == 404


def test_a_division_names_people_and_units(clerk):
    decision = drafted(clerk)
    url = page("change_add", decision, act="DIVIDE", of=at("X1").pk, to=at("X2").pk)
    form = clerk.get(url).context["form"]
    assert [person.code for person in form.fields["people"].queryset] == [
        "P000",
        "P001",
    ]
    assert "units" not in form.fields
    nobody = clerk.post(url, version(decision))
    assert nobody.context["form"].non_field_errors() == [
        "Tick who goes, or which units go."
    ]

    member = form.fields["people"].queryset.get(code="P000")
    add(clerk, decision, "DIVIDE", of="X1", to="X2", people=[member.pk])
    add(clerk, decision, "DIVIDE", of="X", to="Y", units=[at("X2").pk])
    lines = clerk.get(page("decision_detail", decision)).context["changes"]
    clerk.post(page("decision_carry_out", decision), version(decision))

    assert [(line.text, line.details) for line in lines] == [
        (
            "Đơn vị X1 is divided: a part goes to Đơn vị X2.",
            ["Members: Nguyễn Văn An."],
        ),
        ("Đơn vị X is divided: a part goes to Đơn vị Y.", ["Units: Đơn vị X2."]),
    ]
    there = Membership.objects.current().filter(unit=at("X2"))
    assert set(there.values_list("member__code", flat=True)) == {"P000", "P002", "P003"}
    assert at("X2").parent == at("Y")


def test_who_has_no_such_roll_reads_the_number_of_people_alone(clerk):
    decision = drafted(clerk)
    people = [str(pk) for pk in Membership.objects.filter(unit=at("X1")).values_list(
        "member", flat=True)]  # fmt: skip
    add(clerk, decision, "DIVIDE", of="X1", to="Y1", people=people)
    clerk.post(page("decision_carry_out", decision), version(decision))
    Membership.objects.current().filter(member=people[0]).update(unit=at("K1"))
    below = clerk_of("Y")

    line, *_ = below.get(page("decision_detail", decision)).context["changes"]

    assert line.details == ["Members: Nguyễn Văn An, 1 person of another roll."]


def test_no_office_decides_on_its_own_unit_nor_beside_it(clerk):
    below = clerk_of("H")
    decision = drafted(below, keeper="H")

    own = add(below, decision, "CLOSE", of="H")
    beside = add(below, decision, "MERGE", of="X", to="K")
    into_own = add(below, decision, "MERGE", of="X", to="H")

    statuses = [own.status_code, beside.status_code, into_own.status_code]
    assert statuses == [404, 404, 302]
    assert (
        below.post(ADD, {**FACTS, "number": "7", "keeper": at("K").pk}).status_code
        == 422
    )


def test_a_change_is_taken_out_unless_another_needs_it(clerk):
    decision = july(clerk)
    founding, *_, closing = decision.changes.all()

    needed = clerk.post(page("change_remove", decision, founding.pk), version(decision))
    removed = clerk.post(page("change_remove", decision, closing.pk), version(decision))

    assert needed.context["form"].non_field_errors() == [
        "Other changes need Đơn vị C: remove those first."
    ]
    assert removed.status_code == 302
    assert list(decision.changes.values_list("act", flat=True)) == [
        "CREATE", "CREATE", "MERGE", "MERGE",
    ]  # fmt: skip


@pytest.mark.parametrize("bad", ["act=NONE", "act=CLOSE&of=zz", "act=CLOSE&of=999999",
                                 "act=CREATE&to=new-zz", "act=CREATE&to=new-999999"])  # fmt: skip
def test_an_address_that_names_nothing_is_not_found_or_begins_anew(clerk, bad):
    decision = drafted(clerk)

    status = clerk.get(f"{page('change_add', decision)}?{bad}").status_code

    assert status == (200 if bad == "act=NONE" else 404)
