"""Decisions on units in the browser: drafted, looked at, carried out, applied."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.models import Campaign
from members.models import (
    Event,
    Membership,
    PartyUnit,
    UnitChange,
    UnitDecision,
    UnitPart,
    UnitState,
)
from members.policy import Role
from tests.campaigns.decisions import (
    JULY,
    PEOPLE,
    TREE,
    at,
    carry_out,
    fix,
    open_campaign,
    presence,
    state_of,
)
from tests.factories import PostFactory
from tests.small_worlds import live, tree_of

pytestmark = pytest.mark.django_db

FACTS = {
    "number": "5-QĐ/TU",
    "signed_on": "2025-06-20",
    "issuer": "Tỉnh ủy",
    "title": "Sắp xếp tổ chức đảng",
    "effective_on": "2025-07-01",
}
LIST = reverse("decision_list")
ADD = reverse("decision_add")


@pytest.fixture(autouse=True)
def units():
    return live(TREE, PEOPLE)


def clerk_of(code: str, role: Role = Role.CLERK) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(PostFactory(unit=at(code), role=role).account)
    return client


@pytest.fixture
def clerk() -> Client:
    return clerk_of("P")


def page(name: str, decision: UnitDecision, *more: int, **query: object) -> str:
    url = reverse(name, args=[decision.pk, *more])
    return f"{url}?{'&'.join(f'{k}={v}' for k, v in query.items())}" if query else url


def drafted(client: Client, keeper: str = "P", **changes: str) -> UnitDecision:
    facts = {**FACTS, "keeper": at(keeper).pk, **changes}
    response = client.post(ADD, facts)
    assert response.status_code == 302, response.context["form"].errors
    return UnitDecision.objects.latest("pk")


def add(client: Client, decision: UnitDecision, act: str, of: str = "", to: str = "",
        **fields: object):  # fmt: skip
    """Add a change by the last page of its steps."""
    decision.refresh_from_db()
    query = {"act": act}
    if of:
        query["of"] = at(of).pk
    if to:
        query["to"] = to if to.startswith("new-") else at(to).pk
    data = {"version": decision.version, **fields}
    return client.post(page("change_add", decision, **query), data)


def create(client: Client, decision: UnitDecision, code: str, kind: str, to: str):
    return add(client, decision, "CREATE", to=to, code=code, name=f"Đơn vị {code}",
               kind=kind, sector="")  # fmt: skip


def version(decision: UnitDecision) -> dict[str, int]:
    decision.refresh_from_db()
    return {"version": decision.version}


def july(client: Client) -> UnitDecision:
    """The district H is dissolved into the communes that the decision founds."""
    decision = drafted(client)
    for code in ("C", "B"):
        create(client, decision, code, "SUPERIOR", to="P")
    first, second = (f"new-{change.pk}" for change in decision.changes.all())
    add(client, decision, "MERGE", of="X", to=first)
    add(client, decision, "MERGE", of="Y", to=second)
    add(client, decision, "CLOSE", of="H")
    return decision


def said(client: Client, decision: UnitDecision) -> list[str]:
    context = client.get(page("decision_detail", decision)).context
    return [line.text for line in context["changes"]]


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


def test_applying_shows_what_would_change_and_changes_it_only_when_asked(clerk):
    campaign = open_campaign("c", "H", year=2025)
    fix(campaign)
    decision = drafted(clerk)
    add(clerk, decision, "MOVE", of="X", to="K")
    add(clerk, decision, "MOVE", of="K1", to="H")
    before = state_of(campaign)
    clerk.post(page("decision_carry_out", decision), version(decision))
    (offer,) = clerk.get(LIST).context["waiting"]
    assert (offer.campaign, offer.decision, offer.is_applied) == (
        campaign, decision, False,
    )  # fmt: skip

    url = page("decision_apply", decision, campaign.pk)
    shown = clerk.get(url).context

    assert state_of(campaign) == before
    assert shown["figures"] == [
        ("Units", 6, 4),
        ("Grassroots units", 2, 2),
        ("Cells under grassroots committees", 3, 1),
        ("Members", 5, 3),
        ("Members assessed", 0, 0),
    ]
    assert [names for _, names in shown["units"]] == [
        ["Đơn vị K1"], ["Đơn vị X", "Đơn vị X1", "Đơn vị X2"], [],
    ]  # fmt: skip
    assert [count for _, count, _ in shown["people"]] == [2, 4, 0]

    campaign.refresh_from_db()
    done = clerk.post(url, {"version": campaign.version})

    assert done["Location"] == page("decision_detail", decision)
    assert tree_of(campaign) == {"H": None, "Y": "H", "Y1": "Y", "K1": "H"}
    assert list(presence(campaign).values()).count("LEFT") == 4
    event = Event.objects.get(action="campaigns.reorganised")
    assert event.account == decision.applied_by or event.account is not None
    (offer,) = clerk.get(page("decision_detail", decision)).context["offers"]
    assert offer.is_applied is True
    assert clerk.get(LIST).context["waiting"] == []


def test_a_campaign_that_changed_meanwhile_is_shown_again(clerk):
    campaign = open_campaign("c", "P")
    decision = drafted(clerk)
    add(clerk, decision, "MOVE", of="X", to="K")
    clerk.post(page("decision_carry_out", decision), version(decision))
    Campaign.objects.update(version=9)

    answer = clerk.post(page("decision_apply", decision, campaign.pk), {"version": 2})

    assert answer.status_code == 409
    assert answer.context["is_stale"] is True
    assert tree_of(campaign)["X"] == "H"


def test_a_campaign_that_does_not_take_it_says_which_change(clerk):
    campaign = open_campaign("c", "H")
    fix(campaign)
    decision = drafted(clerk)
    move = Membership.objects.filter(unit=at("Y1")).get()
    Membership.objects.filter(pk=move.pk).update(unit=at("X1"))
    add(clerk, decision, "CLOSE", of="Y1")
    clerk.post(page("decision_carry_out", decision), version(decision))

    url = page("decision_apply", decision, campaign.pk)
    shown = clerk.get(url)
    tried = clerk.post(url, {"version": Campaign.objects.get().version})

    assert "still counts people" in shown.context["refusal"]
    assert shown.context["refused_id"] == decision.changes.get().pk
    assert (shown.status_code, tried.status_code) == (200, 422)


def test_a_campaign_of_which_one_reaches_a_part_is_not_applied_in(clerk):
    campaign = open_campaign("c", "P")
    below = clerk_of("H")
    decision = drafted(below, keeper="H")
    add(below, decision, "MOVE", of="X2", to="Y")
    below.post(page("decision_carry_out", decision), version(decision))

    url = page("decision_apply", decision, campaign.pk)

    assert below.get(LIST).context["waiting"] == []
    assert (below.get(url).status_code, clerk.get(url).status_code) == (404, 200)


def test_a_campaign_opened_afterwards_is_not_offered(clerk):
    decision = drafted(clerk)
    add(clerk, decision, "MOVE", of="X2", to="Y")
    clerk.post(page("decision_carry_out", decision), version(decision))
    campaign = open_campaign("c", "P")
    Campaign.objects.update(opened_at="2030-01-01T00:00:00Z")

    assert clerk.get(LIST).context["waiting"] == []
    assert campaign.pk


def test_posts_of_a_merged_unit_end_and_their_number_is_told_before(clerk):
    decision = drafted(clerk)
    add(clerk, decision, "MERGE", of="K", to="H")
    post = PostFactory(unit=at("K"))

    shown = clerk.get(page("decision_carry_out", decision))
    clerk.post(page("decision_carry_out", decision), version(decision))

    assert shown.context["carried"].posts == 1
    post.refresh_from_db()
    assert post.ended_by_document == "5-QĐ/TU"


@pytest.mark.parametrize("bad", ["act=NONE", "act=CLOSE&of=zz", "act=CLOSE&of=999999",
                                 "act=CREATE&to=new-zz", "act=CREATE&to=new-999999"])  # fmt: skip
def test_an_address_that_names_nothing_is_not_found_or_begins_anew(clerk, bad):
    decision = drafted(clerk)

    status = clerk.get(f"{page('change_add', decision)}?{bad}").status_code

    assert status == (200 if bad == "act=NONE" else 404)


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
