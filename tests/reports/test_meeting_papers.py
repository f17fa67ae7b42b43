"""Invitations, the programme and who does what, before a meeting."""

import html
import io
import re
from datetime import date, time

import pypdf
import pytest
from django.urls import reverse

from campaigns.models import Meeting
from members.models import PostCharge
from members.policy import Role
from reports.documents.meeting_papers import (
    assignments_printout,
    invitations_printout,
    programme_printout,
)
from reports.documents.pdf import html_to_pdf
from reports.documents.preparing import (
    committee_minutes_printout,
    group_minutes_printout,
)
from reports.documents.printout_html import to_html
from reports.documents.word import to_docx
from reports.queries.meeting_papers import meeting_paper
from reviews.models import ReviewOccasion
from tests.clients import client_of
from tests.factories import (
    AgendaItemFactory,
    CampaignBodyFactory,
    CampaignUnitFactory,
    MeetingFactory,
    MeetingGuestFactory,
    MeetingTaskFactory,
    MinutesFactory,
    ParticipantFactory,
    PlacementFactory,
    PostFactory,
)
from tests.reports.printouts import says_the_same
from tests.reviews.ballot_worlds import hall

__all__ = ["hall"]
pytestmark = pytest.mark.django_db
MISSING = "[cần ghi]"
LANGUAGES = ("vi", "en")
PAPERS = (
    "meeting_invitations",
    "meeting_programme",
    "meeting_assignments",
    "committee_minutes",
    "group_minutes",
)


@pytest.fixture
def cell():
    root = CampaignUnitFactory()
    return CampaignUnitFactory(campaign=root.campaign, parent=root)


@pytest.fixture
def meeting(cell):
    """A review meeting of three; the last by name is the secretary, who chairs it."""
    meeting = MeetingFactory(
        unit=cell, kind=Meeting.Kind.REVIEW, on=date(2024, 12, 5), begins_at=time(7, 30),
        place="Hội trường",
    )  # fmt: skip
    CampaignBodyFactory(unit=cell)
    *_others, secretary = [somebody(cell, name) for name in ("An", "Bình", "Cúc")]
    post = PostFactory(
        unit=cell.live_unit,
        role=Role.SECRETARY,
        member=secretary.member,
        title="Bí thư",
    )
    PostCharge.objects.create(post=post, field="Tổ chức")
    AgendaItemFactory(meeting=meeting, text="Kiểm điểm tập thể")
    AgendaItemFactory(meeting=meeting, position=2, text="Kiểm điểm cá nhân")
    MeetingGuestFactory(meeting=meeting)
    MinutesFactory(meeting=meeting, chair="Cúc", recorder="An")
    return meeting


def somebody(cell, name):
    person = ParticipantFactory(
        campaign=cell.campaign, full_name=name, sort_key=name.lower()
    )
    return PlacementFactory(unit=cell, participant=person).participant


def paper_of(meeting, language="vi", **kind):
    meeting = Meeting.objects.select_related(
        "unit__campaign", "unit__custodian", "unit__live_unit__parent", "body"
    ).get(pk=meeting.pk)
    return meeting_paper(meeting, language=language, **kind)


def text_of(printout):
    assert says_the_same(printout)
    page = to_html(printout)
    body = page[page.index("<body>") :]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_everybody_who_is_expected_and_every_guest_is_invited_on_a_page(meeting):
    printout = invitations_printout(paper_of(meeting))

    assert len(printout.sheets) == 4
    said = text_of(printout)
    assert "Đồng chí Lê Thị Hoa, Ủy viên Ban Thường vụ Đảng ủy" in said
    assert "Đồng chí Cúc, Bí thư" in said
    assert said.count("07:30, ngày 05/12/2024") == 4
    assert said.count("Địa điểm: Hội trường") == 4
    assert said.count("1. Kiểm điểm tập thể 2. Kiểm điểm cá nhân") == 4
    assert said.count("-GM/") == 4
    assert said.count("- Như kính mời,") == 4
    pages = pypdf.PdfReader(io.BytesIO(html_to_pdf(to_html(printout)))).pages
    assert len(pages) == 4


def test_one_guest_has_an_invitation_of_their_own(meeting):
    paper = paper_of(meeting)

    assert len(invitations_printout(paper, invited=paper.guests).sheets) == 1


def test_the_programme_has_the_agenda_and_the_order_that_the_rules_demand(meeting):
    said = text_of(programme_printout(paper_of(meeting)))

    assert "TT Nội dung Người trình bày 1 Kiểm điểm tập thể 2 Kiểm điểm cá nhân" in said
    # The collective first, then officers; nobody leads while they are reviewed.
    order = (
        rf"1 \S.* Cúc 2 Cúc {re.escape(MISSING)} 3 An Cúc 4 Bình Cúc 4\. Bỏ phiếu kín"
    )
    assert re.search(order, said)


def test_it_follows_those_called_up_and_who_led_the_chair_s_part(hall):
    ReviewOccasion.objects.update(state="WAITING", meeting=None)
    first, second = hall.occasions[:2]
    ReviewOccasion.objects.filter(pk=second.pk).update(
        position=0, chaired_by="Người khác"
    )
    ReviewOccasion.objects.filter(pk=first.pk).update(position=1)
    order = paper_of(hall.meeting).order

    names = [each.full_name for each in (hall.people[1], hall.people[0])]
    assert [name for name, _led in order.people][:2] == names
    assert order.people[0][1] == "Người khác"
    assert order.collective_comes_first


def test_who_does_what_has_chair_recorder_tellers_and_what_is_in_whose_charge(hall):
    MinutesFactory(meeting=hall.meeting, chair="Bà Lan", recorder="Ông Nam")
    before = MeetingFactory(unit=hall.cell, on=date(2024, 11, 5))
    MeetingTaskFactory(
        meeting=before, participant=None, collective="Chi ủy", text="Kê bàn"
    )
    MeetingTaskFactory(
        meeting=before, participant=None, collective="Chi ủy", text="Việc đã xong",
        result="DONE", checked_at=hall.meeting,
    )  # fmt: skip
    said = text_of(assignments_printout(paper_of(hall.meeting)))
    names = [each.full_name for each in hall.people]

    for line in (
        "Chủ trì hội nghị Bà Lan",
        "Ghi biên bản Ông Nam",
        f"Tổ trưởng tổ kiểm phiếu {names[1]}",
        f"Thành viên tổ kiểm phiếu {names[2]}",
        "Kê bàn Chi ủy",
    ):
        assert line in said
    assert "Việc đã xong" not in said


def test_of_a_secretary_the_charge_is_named(meeting):
    said = text_of(assignments_printout(paper_of(meeting)))

    assert re.search(r"Bí thư Tổ chức", said)
    assert "Đại biểu cấp trên dự Lê Thị Hoa" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_missing_shows_as_to_be_written(cell, language):
    missing = MISSING if language == "vi" else "[to be written]"
    empty = MeetingFactory(unit=cell, kind=Meeting.Kind.REVIEW)
    paper = paper_of(empty, language)

    invitation = invitations_printout(paper)
    assert len(invitation.sheets) == 1
    assert text_of(invitation).count(missing) == 5
    assert text_of(programme_printout(paper)).count(missing) == 7
    assert text_of(assignments_printout(paper)).count(missing) == 6


def test_minutes_of_the_steps_before_name_the_committee_and_everybody(meeting):
    paper = paper_of(meeting, kind="BB")
    committee = text_of(committee_minutes_printout(paper))
    group = text_of(group_minutes_printout(paper))

    assert (
        "BIÊN BẢN họp chi ủy: Hội nghị kiểm điểm, đánh giá, xếp loại chất lượng năm"
        in committee
    )
    assert "Cấp ủy viên:" in committee
    assert "(Bí thư)." in committee
    assert "BIÊN BẢN họp tổ đảng: Hội nghị kiểm điểm" in group
    assert "Tổng số đảng viên: [cần ghi]; có mặt: [cần ghi]." in group
    for said in (committee, group):
        assert "1. Kiểm điểm tập thể 2. Kiểm điểm cá nhân" in said
        assert "1 Cúc 2 An 3 Bình" in said
        assert "-BB/" in said
    english = text_of(group_minutes_printout(paper_of(meeting, "en")))
    assert "strike out who is of another" in english


def test_a_meeting_that_reviews_nobody_has_no_order_and_no_tellers(cell):
    paper = paper_of(MeetingFactory(unit=cell))

    assert paper.order is None
    assert "Bỏ phiếu kín" not in text_of(programme_printout(paper))
    assert "kiểm phiếu" not in text_of(assignments_printout(paper))


def test_a_body_outside_the_party_is_known_by_headcount_and_invites_nobody(cell):
    body = CampaignBodyFactory(unit=cell, kind="MASS_ORGANISATION", name="Hội Phụ nữ")
    somebody(cell, "An")
    paper = paper_of(MeetingFactory(unit=cell, body=body))

    assert paper.members == []
    assert paper.officers == []
    assert "Hội Phụ nữ trân trọng kính mời:" in text_of(invitations_printout(paper))


def test_the_papers_take_as_many_queries_for_any_cell(
    meeting, cell, django_assert_num_queries
):
    for name in ("Dung", "Em", "Gấm"):
        somebody(cell, name)
    meeting = Meeting.objects.select_related(
        "unit__campaign", "unit__custodian", "unit__live_unit__parent", "body"
    ).get(pk=meeting.pk)
    with django_assert_num_queries(13):
        meeting_paper(meeting, language="vi")


def test_whoever_records_the_meeting_gets_all_of_it_under_the_second_lock(hall):
    MinutesFactory(meeting=hall.meeting, chair="Bà Lan")
    MeetingGuestFactory(meeting=hall.meeting)
    unit = hall.cell
    keeper = client_of(hall.keeper)
    for name, kind, printout in (
        ("meeting_invitations", "GM", invitations_printout),
        ("meeting_programme", "GM", programme_printout),
        ("meeting_assignments", "GM", assignments_printout),
        ("committee_minutes", "BB", committee_minutes_printout),
        ("group_minutes", "BB", group_minutes_printout),
    ):
        at = [unit.campaign_id, unit.live_unit_id, hall.meeting.pk, "docx"]
        given = b"".join(keeper.get(reverse(name, args=at)).streaming_content)
        assert given == to_docx(printout(paper_of(hall.meeting, kind=kind)))


def test_whoever_records_the_meeting_is_led_to_its_papers_and_members_are_not(hall):
    unit = hall.cell
    at = [unit.campaign_id, unit.live_unit_id, hall.meeting.pk]
    page = reverse("meetings:meeting_detail", args=at)
    papers = [
        reverse(name, args=[*at, extension])
        for name in PAPERS
        for extension in ("pdf", "docx")
    ]
    keeper, member = client_of(hall.keeper), client_of(hall.first)

    shown, hidden = (each.get(page).content.decode() for each in (keeper, member))
    assert all(f'href="{each}"' in shown for each in papers)
    assert not any(each in hidden for each in papers)
    assert {keeper.get(each).status_code for each in papers} == {200}
    assert {member.get(each).status_code for each in papers} == {404}
