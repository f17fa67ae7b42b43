"""The report of the verifying body and the minutes of the deciding one, on paper."""

import html
import re

import pytest
from django.urls import reverse

from members import queries as registry
from members.policy import Role
from reports.documents.printout_html import to_html
from reports.documents.verifying import (
    decision_minutes_printout,
    verification_printout,
)
from reports.queries.verifying import decision_minutes_paper, verification_paper
from reviews.models import Proposal
from tests.clients import client_of
from tests.factories import (
    CampaignBodyFactory,
    CampaignUnitFactory,
    DecisionFactory,
    DecisionLineFactory,
    PostFactory,
)
from tests.reports.printouts import says_the_same
from tests.reviews.level_worlds import cell, committee, holder, received, someone

__all__ = ["cell", "committee"]
pytestmark = pytest.mark.django_db


def text_of(printout):
    plain = re.sub(r"<[^>]+>", " ", to_html(printout))
    return " ".join(html.unescape(plain).split())


def beside(cell):
    return CampaignUnitFactory(
        campaign=cell.campaign, parent=cell.parent, grassroots=cell.parent
    )


def address(cell, extension="pdf"):
    unit = cell.parent
    return reverse(
        "verification_print", args=[unit.campaign_id, unit.live_unit_id, extension]
    )


def test_the_report_counts_what_came_and_leaves_room_for_the_opinion(cell, committee):
    received(cell, "GOOD", "EXCELLENT", "GOOD")
    other = beside(cell)
    received(other, "GOOD", state="SENT", answered_at=None)

    paper = verification_paper(cell.parent, committee, language="vi")

    said = text_of(verification_printout(paper))
    assert "BÁO CÁO thẩm định kết quả đánh giá, xếp loại chất lượng đảng viên" in said
    assert "Đã nhận hồ sơ của 1 đơn vị." in said
    assert f"Chưa nhận: {other.name}." in said
    (line,) = paper.files
    assert (line.unit, list(line.counts)) == (cell.name, [1, 2, 0, 0])
    assert paper.ceilings
    assert all(each in said for each in paper.ceilings)
    assert said.count("[cần ghi]") == 2  # opinion and proposal
    assert says_the_same(verification_printout(paper))


def test_whom_a_rule_forbids_the_level_is_named_with_the_rule(cell, committee):
    file = received(cell, "EXCELLENT")
    head = file.unit
    CampaignBodyFactory(unit=head, level="GOOD", is_imported=True)
    person = file_people(file)[0]
    PostFactory(unit=head.live_unit, role=Role.SECRETARY, member=person.member)

    paper = verification_paper(cell.parent, committee, language="vi")

    (found,) = paper.to_consider
    assert (found.name, found.unit) == (person.full_name, cell.name)
    assert found.rule in text_of(verification_printout(paper))


def file_people(file):
    proposals = Proposal.objects.filter(file=file).select_related("participant__member")
    return [each.participant for each in proposals]


def test_who_decides_and_who_verifies_print_it_and_the_cell_does_not(cell, committee):
    assert client_of(committee).get(address(cell)).status_code == 404  # nothing came
    file = received(cell, "GOOD")
    post = PostFactory(unit=cell.parent.live_unit, role=Role.ORGANISATION_DEPARTMENT)
    department = registry.actor_for(post.account)

    for actor in (committee, department):
        client = client_of(actor)
        page = client.get(reverse("reviews:file_detail", args=[file.pk]))
        assert address(cell) in page.content.decode()
        assert client.get(address(cell))["Content-Type"] == "application/pdf"
        assert client.get(address(cell, "docx")).status_code == 200
    assert client_of(holder(cell)).get(address(cell)).status_code == 404


def test_the_minutes_have_the_counts_the_result_and_what_differs(cell, committee):
    decision = DecisionFactory(
        unit=cell.parent, document="12-QĐ/ĐU", present=13, votes_for=11,
        votes_against=1, minutes="BB 20", breach_reason="Đơn vị vượt kế hoạch",
    )  # fmt: skip
    DecisionLineFactory(decision=decision, participant=someone(cell), level="GOOD")
    lowered = someone(cell)
    DecisionLineFactory(
        decision=decision, participant=lowered, proposed_level="GOOD",
        level="SATISFACTORY", note="Chậm hai nhiệm vụ",
    )  # fmt: skip

    paper = decision_minutes_paper(decision, committee, language="vi")

    said = text_of(decision_minutes_printout(paper))
    assert "BIÊN BẢN họp và kiểm phiếu đánh giá, xếp loại chất lượng đảng viên" in said
    assert "Số BB 20" in said
    assert "Có mặt: 13/[cần ghi]." in said
    assert "Tán thành: 11; không tán thành: 1; không có ý kiến: 1." in said
    assert f"Hồ sơ của {cell.name}." in said
    assert "hoàn thành tốt nhiệm vụ 1, hoàn thành nhiệm vụ 1" in said
    assert f"{lowered.full_name} Hoàn thành tốt nhiệm vụ Hoàn thành nhiệm vụ" in said
    assert "Đơn vị vượt kế hoạch" in said
    assert says_the_same(decision_minutes_printout(paper))


def test_the_committee_prints_its_minutes_and_the_cell_does_not(cell, committee):
    decision = DecisionFactory(unit=cell.parent)
    DecisionLineFactory(decision=decision, participant=someone(cell))
    printed = reverse("decision_minutes_print", args=[decision.pk, "pdf"])
    detail = reverse("reviews:decision_detail", args=[decision.pk])

    assert printed in client_of(committee).get(detail).content.decode()
    assert client_of(committee).get(printed)["Content-Type"] == "application/pdf"
    secretary = client_of(holder(cell))
    assert printed not in secretary.get(detail).content.decode()
    assert secretary.get(printed).status_code == 404
