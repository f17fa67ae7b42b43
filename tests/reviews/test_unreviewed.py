"""Who is not reviewed yet, with the reasons that the cell gives, and on paper."""

import html
import re

import pytest
from django.urls import reverse

from campaigns.models import Campaign
from campaigns.vocabulary.unreviewed import BadReasons, read_reasons
from members.models import Event
from reports.documents.printout_html import to_html
from reports.documents.unreviewed import unreviewed_printout
from reports.queries.unreviewed import cell_paper, committee_paper
from reviews.models import UnreviewedReason
from reviews.queries.unreviewed import unreviewed_below, unreviewed_in
from reviews.services import unreviewed
from reviews.services.unreviewed import ReasonRefused
from tests.clients import client_of
from tests.factories import (
    CampaignUnitFactory,
    MemberFactory,
    PostFactory,
    ProposalFactory,
    UnitFileFactory,
    UnreviewedReasonFactory,
)
from tests.reports.printouts import says_the_same
from tests.reviews.level_pages import address
from tests.reviews.level_worlds import (
    NOW,
    cell,
    committee,
    holder,
    secretary,
    someone,
)

__all__ = ["cell", "committee", "secretary"]
pytestmark = pytest.mark.django_db


def names(lines):
    return {line.participant.pk for line in lines}


def test_whoever_is_reviewed_or_has_a_level_is_not_on_it(cell, secretary):
    waits = someone(cell)
    exempt = someone(cell, status="EXEMPT")
    someone(cell, review_state="REVIEWED")
    someone(cell, presence="LEFT")
    someone(cell, status="ASSESSED", level="GOOD", is_imported=True)
    file = UnitFileFactory(unit=cell)
    ProposalFactory(file=file, participant=someone(cell))

    lines = unreviewed_in(cell, secretary)

    assert names(lines) == {waits.pk, exempt.pk}
    needs = {line.participant.pk: line.needs_reason for line in lines}
    assert needs == {waits.pk: True, exempt.pk: False}


def test_a_returned_file_is_no_review(cell, secretary):
    person = someone(cell)
    file = UnitFileFactory(
        unit=cell, state="RETURNED", answered_at=NOW, reason="Thiếu biên bản"
    )
    ProposalFactory(file=file, participant=person)

    assert names(unreviewed_in(cell, secretary)) == {person.pk}


def test_the_cell_records_reasons_and_the_committee_reads_them(
    cell, secretary, committee
):
    first, second = someone(cell), someone(cell)
    client, page = client_of(secretary), address("unreviewed_cell", cell)
    assert client.get(page).status_code == 200

    sent = {f"reason_{first.pk}": "ILL", f"shown_{first.pk}": ""}
    assert client.post(page, sent).status_code == 302

    row = UnreviewedReason.objects.get()
    assert (row.participant, row.code) == (first, "ILL")
    event = Event.objects.get(action="unreviewed.recorded")
    assert (event.member, event.data) == (
        first.member,
        {"campaign": cell.campaign_id},
    )
    listed = client_of(committee).get(address("unreviewed_list", cell.parent))
    shown = {line.participant.pk: line.code for line in listed.context["lines"]}
    assert shown == {first.pk: "ILL", second.pk: ""}
    back = {f"reason_{first.pk}": "", f"shown_{first.pk}": "ILL"}
    assert client.post(page, back).status_code == 302
    assert not UnreviewedReason.objects.exists()
    assert Event.objects.filter(action="unreviewed.taken_back").count() == 1


def test_of_two_windows_the_second_is_answered_with_409(cell, secretary):
    person = someone(cell)
    client, page = client_of(secretary), address("unreviewed_cell", cell)
    sent = {f"reason_{person.pk}": "ILL", f"shown_{person.pk}": ""}
    client.post(page, sent)

    late = client.post(page, sent | {f"reason_{person.pk}": "AWAY"})

    assert late.status_code == 409
    assert UnreviewedReason.objects.get().code == "ILL"


def test_who_is_reviewed_meanwhile_gets_no_reason(cell, secretary):
    person = someone(cell)
    client, page = client_of(secretary), address("unreviewed_cell", cell)
    type(person).objects.filter(pk=person.pk).update(review_state="REVIEWED")

    with pytest.raises(Exception, match="has changed"):
        unreviewed.record_reasons(
            unit=cell, reasons={person.pk: "ILL"}, shown={}, actor=secretary, now=NOW
        )

    assert client.post(page, {f"reason_{person.pk}": "ILL"}).status_code == 302
    assert not UnreviewedReason.objects.exists()


def test_nobody_records_the_own_reason(cell):
    member = MemberFactory(cell=cell.live_unit)
    PostFactory(unit=cell.live_unit, member=member)
    own = someone(cell, member=member)
    actor = holder(cell)
    own_actor = type(actor)(actor.account_id, member.pk, actor.posts)

    with pytest.raises(ReasonRefused):
        unreviewed.record_reasons(
            unit=cell, reasons={own.pk: "ILL"}, shown={}, actor=own_actor, now=NOW
        )

    assert not UnreviewedReason.objects.exists()


def test_a_code_that_is_not_in_the_list_and_a_closed_campaign_are_refused(
    cell, secretary
):
    person = someone(cell)

    def record(code):
        unreviewed.record_reasons(
            unit=cell, reasons={person.pk: code}, shown={}, actor=secretary, now=NOW
        )

    with pytest.raises(ReasonRefused):
        record("NONSENSE")
    Campaign.objects.filter(pk=cell.campaign_id).update(
        state="CLOSED", roll_fixed_at=NOW, closed_at=NOW
    )
    cell.campaign.refresh_from_db()
    with pytest.raises(ReasonRefused):
        record("ILL")
    assert not UnreviewedReason.objects.exists()


def test_what_is_shown_stands_in_the_order_of_the_tree_and_the_rolls(cell, committee):
    other = CampaignUnitFactory(
        campaign=cell.campaign, parent=cell.parent, grassroots=cell.parent
    )
    someone(other, full_name="An", sort_key="An")
    someone(cell, full_name="Chi", sort_key="Chi")
    someone(cell, full_name="Bình", sort_key="Bình")

    lines = unreviewed_below(cell.parent, committee)

    expected = [(unit.pk, name) for unit, name in (
        (cell, "Bình"), (cell, "Chi"), (other, "An"),
    )]  # fmt: skip
    if other.path < cell.path:
        expected = [expected[2], *expected[:2]]
    assert [(line.unit.pk, line.participant.full_name) for line in lines] == expected


def text_of(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_list_on_paper_has_cases_reasons_and_what_is_missing(
    cell, secretary, committee
):
    ill, waits = someone(cell), someone(cell)
    exempt = someone(cell, status="EXEMPT")
    UnreviewedReasonFactory(participant=ill)

    paper = cell_paper(cell, secretary, language="vi")
    said = text_of(to_html(unreviewed_printout(paper)))

    assert "DANH SÁCH đảng viên chưa kiểm điểm, xếp loại chất lượng năm" in said
    assert "3 đảng viên chưa kiểm điểm, xếp loại" in said
    assert all(each.full_name in said for each in (ill, waits, exempt))
    assert "Ốm đau, điều trị dài ngày" in said
    assert said.count("[cần ghi]") == 1
    assert says_the_same(unreviewed_printout(paper))
    above = committee_paper(cell.parent, committee, language="en")
    english = text_of(to_html(unreviewed_printout(above)))
    assert "3 members are not reviewed yet" in english
    assert cell.name in english
    type(exempt).objects.update(review_state="REVIEWED")
    nobody = text_of(
        to_html(unreviewed_printout(cell_paper(cell, secretary, language="vi")))
    )
    assert "Mọi đảng viên đã kiểm điểm hoặc đã có mức xếp loại." in nobody


def test_each_prints_the_own_list_and_nobody_anothers(cell, secretary, committee):
    someone(cell)
    own = reverse(
        "unreviewed_cell_print", args=[cell.campaign_id, cell.live_unit_id, "pdf"]
    )
    above = reverse(
        "unreviewed_print",
        args=[cell.campaign_id, cell.parent.live_unit_id, "docx"],
    )
    by_cell, by_committee = client_of(secretary), client_of(committee)

    assert own in by_cell.get(address("unreviewed_cell", cell)).content.decode()
    assert by_cell.get(own)["Content-Type"] == "application/pdf"
    assert by_cell.get(above).status_code == 404
    listed = by_committee.get(address("unreviewed_list", cell.parent))
    assert above in listed.content.decode()
    assert by_committee.get(above).status_code == 200
    assert by_committee.get(own).status_code == 404


@pytest.mark.parametrize("people", [1, 9])
def test_the_pages_ask_a_fixed_number_of_times(
    cell, secretary, committee, people, django_assert_max_num_queries
):
    for _ in range(people):
        UnreviewedReasonFactory(participant=someone(cell))
    for actor, page in (
        (secretary, address("unreviewed_cell", cell)),
        (committee, address("unreviewed_list", cell.parent)),
    ):
        client = client_of(actor)
        client.get(page)
        with django_assert_max_num_queries(20):
            client.get(page)


def test_a_list_of_reasons_with_a_fault_is_refused_by_its_key():
    with pytest.raises(BadReasons, match="certainty"):
        read_reasons(
            '[sources.a]\nvi = "a"\nen = "a"\n[[reasons]]\ncode = "ILL"\n'
            'label = { vi = "Ốm", en = "Ill" }\nsource = "a"\ncertainty = "X"\n'
        )
