"""Levels of organisations: what each body proposes, and what is decided, once."""

import html
import re

import pytest
from django.urls import reverse

from campaigns.models import CampaignBody, Tally
from campaigns.services import tallies
from members.models import Event
from reports.documents.organisations import body_decision_printout, proposals_printout
from reports.documents.printout_html import to_html
from reports.documents.verifying import decision_minutes_printout
from reports.queries.organisations import (
    body_decision_paper,
    body_minutes_paper,
    proposals_paper,
)
from reviews.models import BodyDecision, BodyProposal
from reviews.queries import organisations as queries
from reviews.services import organisations
from reviews.services.deciding import DecidedMeanwhile, DecisionRefused, Papers
from reviews.services.organisations import BodyProposalRefused, Chosen
from tests.clients import client_of
from tests.factories import BodyProposalFactory, CampaignBodyFactory
from tests.reports.printouts import says_the_same
from tests.reviews.level_pages import address
from tests.reviews.level_worlds import (
    NOW,
    PAPERS,
    TODAY,
    cell,
    committee,
    holder,
    secretary,
)

__all__ = ["cell", "committee", "secretary"]
pytestmark = pytest.mark.django_db
FACTS = {
    "party": "OWN",
    "party_name": "Chi ủy",
    "level": "GOOD",
    "document": "BB 07",
    "on": TODAY,
    "note": "",
}


@pytest.fixture
def body(cell) -> CampaignBody:
    made = CampaignBodyFactory(unit=cell)
    tallies.recount_campaign(cell.campaign)
    return made


def decided(cell, body, actor, level="GOOD", *, note="", version=1, **papers):
    return organisations.decide(
        unit=cell.parent,
        papers=Papers(**PAPERS | papers),
        chosen={body.pk: Chosen(level, version, note)},
        actor=actor,
        now=NOW,
    )


def test_several_bodies_propose_and_stand_in_the_order_of_the_list(
    body, secretary, committee
):
    for party, name, level in (
        ("MEMBERS", "Hội nghị đảng viên", "EXCELLENT"),
        ("OWN", "Chi ủy", "GOOD"),
        ("BELOW", "Tổ đảng 1", "GOOD"),
    ):
        BodyProposalFactory(body=body, party=party, party_name=name, level=level)

    page = client_of(committee).get(reverse("reviews:body_proposals", args=[body.pk]))

    read = [row.proposal.party_name for row in page.context["rows"]]
    assert read == ["Chi ủy", "Tổ đảng 1", "Hội nghị đảng viên"]
    assert page.context["may_record"]
    listed = client_of(committee).get(address("organisation_list", body.unit.parent))
    (line,) = listed.context["lines"]
    assert [each.level for each in line.proposals] == [
        "Hoàn thành tốt nhiệm vụ",
        "Hoàn thành tốt nhiệm vụ",
        "Hoàn thành xuất sắc nhiệm vụ",
    ]


def test_the_unit_records_corrects_and_sees_who_was_faster(body, secretary):
    client = client_of(secretary)
    typed = FACTS | {"on": "10/12/2024"}
    add = reverse("reviews:body_proposal_add", args=[body.pk])
    assert client.post(add, typed).status_code == 302
    assert client.post(add, typed | {"level": "EXCELLENT"}).status_code == 422

    row = BodyProposal.objects.get()
    edit = reverse("reviews:body_proposal_edit", args=[row.pk])
    assert (
        client.post(edit, typed | {"note": "7/9 phiếu", "version": 1}).status_code
        == 302
    )
    assert client.post(edit, typed | {"note": "8/9", "version": 1}).status_code == 409
    row.refresh_from_db()
    assert (row.note, row.version) == ("7/9 phiếu", 2)
    assert [
        each.action for each in Event.objects.filter(action__startswith="body_")
    ] == [
        "body_proposals.recorded",
        "body_proposals.corrected",
    ]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"level": "WEAK"}, "level"),
        ({"party": "NONSENSE"}, "party"),
        ({"on": TODAY.replace(year=2025)}, "on"),
    ],
)
def test_what_cannot_be_is_refused(body, secretary, changes, column):
    with pytest.raises(BodyProposalRefused) as refusal:
        organisations.record_proposal(
            body=body, facts=FACTS | changes, actor=secretary, now=NOW
        )

    assert refusal.value.column == column
    assert not BodyProposal.objects.exists()


def test_the_committee_decides_and_the_counts_follow(cell, body, secretary, committee):
    organisations.record_proposal(body=body, facts=FACTS, actor=secretary, now=NOW)

    decision = decided(cell, body, committee)

    body.refresh_from_db()
    assert (body.level, body.proposed_level, body.decided_by) == (
        "GOOD", "GOOD", cell.parent,
    )  # fmt: skip
    tally = Tally.objects.get(unit=cell.parent, subject="CELLS")
    assert (tally.good, tally.not_reviewed) == (1, 0)
    event = Event.objects.get(action="body_decisions.decided")
    assert (event.unit, event.member) == (cell.custodian, None)
    with pytest.raises(BodyProposalRefused):
        organisations.record_proposal(
            body=body, facts=FACTS | {"party": "OTHER"}, actor=secretary, now=NOW
        )
    page = client_of(secretary).get(
        reverse("reviews:body_decision_detail", args=[decision.pk])
    )
    assert "Hoàn thành tốt nhiệm vụ" in page.content.decode()


def test_of_two_who_decide_the_second_is_told(cell, body, committee):
    BodyProposalFactory(body=body)
    decided(cell, body, committee)

    with pytest.raises(DecidedMeanwhile):
        decided(cell, body, committee, "SATISFACTORY", note="Khác", document="2")

    assert BodyDecision.objects.count() == 1


@pytest.mark.parametrize(
    ("level", "note", "papers", "column"),
    [
        ("SATISFACTORY", "", {}, "note"),  # nobody proposed it
        ("WEAK", "Khác", {}, "level"),
        ("GOOD", "", {"votes_for": 1, "votes_against": 1}, "votes_for"),
        ("GOOD", "", {"on": TODAY.replace(year=2025)}, "on"),
    ],
)
def test_a_decision_that_cannot_be_changes_nothing(
    cell, body, committee, level, note, papers, column
):
    BodyProposalFactory(body=body)

    with pytest.raises(DecisionRefused) as refusal:
        decided(cell, body, committee, level, note=note, **papers)

    assert str(refusal.value.column).startswith(column)
    body.refresh_from_db()
    assert (body.level, BodyDecision.objects.count()) == ("", 0)


def test_the_best_level_beyond_the_number_needs_a_reason(cell, body, committee):
    BodyProposalFactory(body=body, level="EXCELLENT")

    with pytest.raises(DecisionRefused) as refusal:
        decided(cell, body, committee, "EXCELLENT")
    assert refusal.value.column == "breach_reason"

    decision = decided(
        cell, body, committee, "EXCELLENT", breach_reason="Kết quả vượt trội"
    )
    assert decision.breach_reason == "Kết quả vượt trội"


def test_who_keyed_what_a_collective_proposes_of_itself_does_not_decide(
    cell, body, committee
):
    organisations.record_proposal(body=body, facts=FACTS, actor=committee, now=NOW)

    with pytest.raises(DecisionRefused):
        decided(cell, body, committee)

    second = holder(cell.parent)
    assert decided(cell, body, second).unit == cell.parent


def test_a_body_of_another_unit_is_not_decided_here(cell, body, committee):
    above = CampaignBodyFactory(unit=cell.parent)
    BodyProposalFactory(body=above)

    with pytest.raises(DecidedMeanwhile):
        decided(cell, above, committee)

    assert (
        queries.decider_of(
            queries.with_unit(CampaignBody.objects.filter(pk=above.pk)).get()
        )
        == cell.parent.parent
    )


def test_the_page_records_what_was_chosen_and_leaves_the_rest(cell, body, committee):
    BodyProposalFactory(body=body)
    beside = CampaignBodyFactory(
        unit=cell, kind=CampaignBody.Kind.LEADERSHIP, name="Ban lãnh đạo"
    )
    client, page = client_of(committee), address("body_decide", cell.parent)
    form = client.get(page).context["form"]
    assert form[f"level_{body.pk}"].value() == "GOOD"
    assert form[f"level_{beside.pk}"].value() == ""

    day = "10/12/2024"
    typed = {
        **PAPERS, "on": day, "minutes_on": day,
        f"level_{body.pk}": "GOOD", f"version_{body.pk}": 1,
        f"level_{beside.pk}": "", f"version_{beside.pk}": 1,
    }  # fmt: skip
    answer = client.post(page, typed)

    decision = BodyDecision.objects.get()
    assert answer["Location"] == reverse(
        "reviews:body_decision_detail", args=[decision.pk]
    )
    beside.refresh_from_db()
    assert beside.level == ""
    assert client.post(page, typed).status_code == 409


def text_of(printout):
    plain = re.sub(r"<[^>]+>", " ", to_html(printout))
    return " ".join(html.unescape(plain).split())


def test_table_decision_and_minutes_are_printed(cell, body, committee):
    BodyProposalFactory(body=body, party_name="Chi ủy")
    BodyProposalFactory(
        body=body, party="MEMBERS", party_name="Hội nghị đảng viên", document="BB 9",
        level="EXCELLENT",
    )  # fmt: skip
    table = proposals_printout(proposals_paper(body, committee, language="vi"))
    said = text_of(table)
    assert "đề xuất mức chất lượng của các chủ thể" in said
    assert "[cần ghi], 20/11/2024" in said
    assert "BB 9, 20/11/2024" in said
    assert says_the_same(table)

    decision = decided(cell, body, committee)
    decree = body_decision_printout(
        body_decision_paper(decision, committee, language="vi")
    )
    said = text_of(decree)
    assert "Số 12-QĐ/ĐU" in said
    assert "Xếp loại 1 tổ chức đảng, tập thể: hoàn thành tốt nhiệm vụ 1" in said
    assert cell.name in said
    assert says_the_same(decree)
    minutes = decision_minutes_printout(
        body_minutes_paper(decision, committee, language="en")
    )
    said = text_of(minutes)
    assert "For: 12; against: 1; neither: 0." in said
    assert says_the_same(minutes)
    client = client_of(committee)
    page = client.get(reverse("reviews:body_decision_detail", args=[decision.pk]))
    for name in ("body_decision_print", "body_decision_minutes_print"):
        for extension in ("pdf", "docx"):
            printed = reverse(name, args=[decision.pk, extension])
            assert printed in page.content.decode()
            assert client.get(printed).status_code == 200
            assert client_of(holder(cell)).get(printed).status_code == 404


@pytest.mark.parametrize("more", [1, 6])
def test_the_list_asks_a_fixed_number_of_times(
    cell, body, committee, more, django_assert_max_num_queries
):
    for number in range(more):
        BodyProposalFactory(body=body, party="BELOW", party_name=f"Tổ {number}")
    client = client_of(committee)
    client.get(address("organisation_list", cell.parent))

    with django_assert_max_num_queries(16):
        client.get(address("organisation_list", cell.parent))


def added(unit, actor, kind="LEADERSHIP", name=""):
    return organisations.add_collective(
        unit=unit, kind=kind, name=name, actor=actor, now=NOW
    )


def test_a_collective_is_rated_beside_its_organisation_and_in_no_count(
    cell, body, committee
):
    before = list(Tally.objects.order_by("pk").values())

    collective = added(cell, committee)

    lines = queries.lines_of(cell.parent, committee)
    assert [line.body for line in lines] == [body, collective]
    assert list(Tally.objects.order_by("pk").values()) == before
    decided(cell, collective, committee, note="Theo đề nghị của chi bộ")
    collective.refresh_from_db()
    assert (collective.level, collective.decided_by) == ("GOOD", cell.parent)
    assert Event.objects.get(action="collectives.added").subject_id == collective.pk


def test_the_same_collective_is_entered_once(cell, committee):
    added(cell, committee)
    added(cell, committee, name="Ban Thường vụ")

    with pytest.raises(BodyProposalRefused):
        added(cell, committee)


def test_the_page_offers_units_right_below_and_says_what_is_wrong(cell, committee):
    client = client_of(committee)
    there = address("collective_add", cell.parent)
    wrong = client.post(there, {"unit": cell.parent_id, "kind": "ORGANISATION"})

    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"unit", "kind"}
    sent = {"unit": cell.pk, "kind": "LEADERSHIP", "name": ""}
    assert client.post(there, sent).status_code == 302
    assert CampaignBody.objects.filter(unit=cell, kind="LEADERSHIP").exists()
