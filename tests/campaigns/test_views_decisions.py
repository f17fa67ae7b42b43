"""Decisions on units in the browser: drafted, looked at, carried out."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from members.models import (
    Event,
    Membership,
    PartyUnit,
    UnitDecision,
    UnitPart,
    UnitState,
)
from members.policy import Role
from tests.campaigns.decision_pages import (
    ADD,
    FACTS,
    LIST,
    add,
    clerk_of,
    drafted,
    july,
    page,
    said,
    version,
)
from tests.campaigns.decisions import (
    JULY,
    PEOPLE,
    TREE,
    at,
    carry_out,
    open_campaign,
)
from tests.factories import PostFactory
from tests.small_worlds import live

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def units():
    return live(TREE, PEOPLE)


@pytest.fixture
def clerk() -> Client:
    return clerk_of("P")


def test_a_draft_is_begun_and_changes_nothing(clerk):
    decision = drafted(clerk)

    assert (decision.number, decision.effective_on, decision.keeper.code) == (
        "5-QĐ/TU",
        JULY,
        "P",
    )
    assert decision.applied_at is None
    assert clerk.get(LIST).context["drafts"][0].number == "5-QĐ/TU"
    event = Event.objects.get(action="units.decision_drafted")
    assert (event.unit, event.account) == (at("P"), decision.drafted_by)


def test_the_form_proposes_the_committee_that_keeps_the_office(clerk):
    form = clerk.get(ADD).context["form"]

    assert form["keeper"].value() == at("P").pk
    assert form["issuer"].value() == "Đơn vị P"


def test_the_same_form_sent_twice_begins_one_draft_and_another_is_refused(clerk):
    decision = drafted(clerk)

    assert drafted(clerk) == decision
    other = clerk.post(ADD, {**FACTS, "keeper": at("P").pk, "title": "Khác"})

    assert other.status_code == 422
    assert other.context["form"].non_field_errors() == [
        "Decision 5-QĐ/TU of Tỉnh ủy, signed on 20/06/2025, is recorded already."
    ]
    assert UnitDecision.objects.count() == 1


def test_july_2025_is_written_step_by_step_and_carried_out(clerk):
    decision = july(clerk)

    assert said(clerk, decision) == [
        "Đơn vị C is founded (code C, "
        "Directly above the grassroots), directly under Đơn vị P.",
        "Đơn vị B is founded (code B, "
        "Directly above the grassroots), directly under Đơn vị P.",
        "Đơn vị X is merged into Đơn vị C: its members and the units below it go over, "
        "and it ends.",
        "Đơn vị Y is merged into Đơn vị B: its members and the units below it go over, "
        "and it ends.",
        "Đơn vị H ends.",
    ]
    before = list(PartyUnit.objects.values())
    shown = clerk.get(page("decision_carry_out", decision))
    carried = shown.context["carried"]
    assert (len(carried.units), len(carried.people), carried.posts) == (8, 0, 0)
    assert list(PartyUnit.objects.values()) == before
    assert Event.objects.filter(action="units.decision_applied").count() == 0

    done = clerk.post(page("decision_carry_out", decision), version(decision))

    assert done["Location"] == page("decision_detail", decision)
    tree = PartyUnit.objects.open().order_by("path").values_list("code", "parent__code")
    assert dict(tree) == {"P": None, "K": "P", "K1": "K", "C": "P", "X1": "C",
                          "X2": "C", "B": "P", "Y1": "B"}  # fmt: skip
    decision.refresh_from_db()
    assert decision.applied_by is not None
    thirtieth = UnitState.objects.on(date(2025, 6, 30)).values_list(
        "unit__code", flat=True
    )
    assert set(thirtieth) == {"P", "H", "X", "X1", "X2", "Y", "Y1", "K", "K1"}


def test_a_refusal_stands_beside_the_change_that_causes_it(clerk):
    decision = drafted(clerk)
    add(clerk, decision, "RENAME", of="K", name="Khác", kind="", sector="")
    add(clerk, decision, "CLOSE", of="H")
    culprit = decision.changes.get(act="CLOSE")

    shown = clerk.get(page("decision_carry_out", decision))
    tried = clerk.post(page("decision_carry_out", decision), version(decision))

    assert shown.context["refused_id"] == culprit.pk
    sentence = "Đơn vị H still has units below it: move or close them first."
    assert shown.context["refusal"] == sentence
    assert (shown.status_code, tried.status_code) == (200, 422)
    assert at("K").name == "Đơn vị K"


def test_a_decision_is_not_carried_out_before_its_day_nor_without_a_change(clerk):
    empty = drafted(clerk)
    future = drafted(clerk, number="6", effective_on="2050-01-01")
    add(clerk, future, "CLOSE", of="K1")

    def refused(decision):
        return clerk.get(page("decision_carry_out", decision)).context["refusal"]

    assert refused(empty) == "The decision holds no change yet."
    assert refused(future) == (
        "The decision takes effect on 01/01/2050: it can be carried out from then on."
    )


def test_whose_reach_is_asked_again_when_it_is_carried_out(clerk):
    below = clerk_of("H")
    decision = drafted(below, keeper="H")
    add(below, decision, "CLOSE", of="Y1")
    carry_out("9", ("MOVE", "Y", "K", {}))

    shown = below.get(page("decision_carry_out", decision))

    assert shown.context["refusal"] == (
        "Đơn vị Y1 is not among the units that your office decides on."
    )
    assert shown.context["refused_id"] == decision.changes.get().pk


def test_a_stale_form_is_told_and_loses_nothing(clerk):
    decision = drafted(clerk)
    old = version(decision)
    add(clerk, decision, "CLOSE", of="K1")

    edited = clerk.post(
        page("decision_edit", decision), {**FACTS, "title": "Mới", **old}
    )
    url = page("change_add", decision, act="RENAME", of=at("X").pk)
    added = clerk.post(url, {"name": "Tên mới", "kind": "", "sector": "", **old})
    discarded = clerk.post(page("decision_discard", decision), old)
    carried = clerk.post(page("decision_carry_out", decision), old)

    pages = [edited, added, discarded, carried]
    assert [each.status_code for each in pages] == [409] * 4
    assert edited.context["both"] == [("Subject", "Sắp xếp tổ chức đảng", "Mới")]
    assert edited.context["form"]["title"].value() == "Mới"
    assert added.context["form"]["name"].value() == "Tên mới"
    assert added.context["both"] == [
        ("Changes", "Đơn vị K1 ends.", "Đơn vị X is changed: new name “Tên mới”.")
    ]
    assert carried.context["is_stale"] is True
    decision.refresh_from_db()
    assert (decision.title, decision.changes.count(), decision.applied_at) == (
        FACTS["title"], 1, None,
    )  # fmt: skip

    again = clerk.post(
        url, {"name": "Tên mới", "kind": "", "sector": "",
              "version": added.context["form"]["version"].value()}
    )  # fmt: skip
    assert again.status_code == 302
    assert decision.changes.count() == 2


def test_a_form_sent_twice_adds_carries_out_and_applies_once(clerk):
    campaign = open_campaign("c", "P")
    decision = drafted(clerk)
    url, data = (
        page("change_add", decision, act="CLOSE", of=at("K1").pk),
        version(decision),
    )
    people = Membership.objects.filter(unit=at("K1"))
    divide = page("change_add", decision, act="DIVIDE", of=at("K1").pk, to=at("X1").pk)
    giving = {
        **data,
        "people": [str(pk) for pk in people.values_list("member", flat=True)],
    }

    assert [clerk.post(divide, giving).status_code for _ in range(2)] == [302, 302]
    data = version(decision)
    assert [clerk.post(url, data).status_code for _ in range(2)] == [302, 302]
    assert decision.changes.count() == 2
    assert UnitPart.objects.count() == 2

    done = version(decision)
    for _ in range(2):
        answer = clerk.post(page("decision_carry_out", decision), done)
        assert answer["Location"] == page("decision_detail", decision)
    campaign.refresh_from_db()
    for _ in range(2):
        answer = clerk.post(
            page("decision_apply", decision, campaign.pk), {"version": campaign.version}
        )
        assert answer["Location"] == page("decision_detail", decision)
    actions = Event.objects.values_list("action", flat=True)
    assert [list(actions).count(each) for each in (
        "units.change_added", "units.decision_applied", "campaigns.reorganised",
    )] == [2, 1, 1]  # fmt: skip


def test_a_draft_is_corrected_and_thrown_away(clerk):
    decision = july(clerk)
    clerk.post(
        page("decision_edit", decision), {**FACTS, "number": "6", **version(decision)}
    )
    decision.refresh_from_db()
    assert decision.number == "6"

    gone = clerk.post(page("decision_discard", decision), version(decision))

    assert gone["Location"] == LIST
    assert not UnitDecision.objects.exists()
    assert Event.objects.filter(action="units.decision_discarded").count() == 1


def test_a_draft_does_not_take_the_number_of_another(clerk):
    drafted(clerk)
    other = drafted(clerk, number="6")

    answer = clerk.post(page("decision_edit", other), {**FACTS, **version(other)})

    assert answer.status_code == 422


def test_what_was_carried_out_is_never_changed(clerk):
    decision = drafted(clerk)
    add(clerk, decision, "RENAME", of="K", name="Khác", kind="", sector="")
    change = decision.changes.get()
    clerk.post(page("decision_carry_out", decision), version(decision))

    names = ("decision_edit", "decision_discard", "change_add")
    answers = [clerk.get(page(name, decision)).status_code for name in names]

    assert answers == [404, 404, 404]
    removing = clerk.get(page("change_remove", decision, change.pk))
    assert removing.status_code == 404


def test_the_clerk_below_sees_a_decision_once_it_is_carried_out(clerk):
    decision = drafted(clerk)
    add(clerk, decision, "RENAME", of="X1", name="Khác", kind="", sector="")
    concerned, other = clerk_of("X"), clerk_of("K")
    url = page("decision_detail", decision)
    assert concerned.get(url).status_code == 404

    clerk.post(page("decision_carry_out", decision), version(decision))

    assert (concerned.get(url).status_code, other.get(url).status_code) == (200, 404)
    context = concerned.get(LIST).context
    assert [row.number for row in context["carried_out"]] == ["5-QĐ/TU"]
    assert context["drafts"] == []


def test_posts_of_a_merged_unit_end_and_their_number_is_told_before(clerk):
    decision = drafted(clerk)
    add(clerk, decision, "MERGE", of="K", to="H")
    post = PostFactory(unit=at("K"))

    shown = clerk.get(page("decision_carry_out", decision))
    clerk.post(page("decision_carry_out", decision), version(decision))

    assert shown.context["carried"].posts == 1
    post.refresh_from_db()
    assert post.ended_by_document == "5-QĐ/TU"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(
    clerk, django_assert_num_queries, count
):
    for number in range(count):
        open_campaign(f"c{number}", "K1" if number else "P", year=2030 + number)
        drafted(clerk, number=f"n{number}")
        carry_out(f"{number}", ("RENAME", "K1", None, {"name": f"Tên {number}"}))

    with django_assert_num_queries(13):
        context = clerk.get(LIST).context

    assert len(context["drafts"]) == len(context["carried_out"]) == count


def test_the_page_of_a_unit_leads_to_the_decision_that_changed_it(clerk):
    decision = drafted(clerk)
    add(clerk, decision, "RENAME", of="X1", name="Khác", kind="", sector="")
    clerk.post(page("decision_carry_out", decision), version(decision))

    url = reverse("members:unit_detail", args=[at("X1").pk])
    seen = clerk.get(url).context["states"][0].decision_url
    team = clerk_of("X1", Role.WORKING_TEAM).get(url).context["states"][0]

    assert seen == page("decision_detail", decision)
    assert (team.decision[:7], team.decision_url) == ("5-QĐ/TU", "")
