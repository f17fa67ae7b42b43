"""The pages of meetings in every state; `states` shows them with the others."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

from campaigns.models import (
    CampaignBody,
    CampaignUnit,
    Meeting,
    MeetingSheet,
    Minutes,
    Participant,
    Placement,
    Programme,
)
from members.models import Account, Member, PartyUnit, Post
from members.policy import Role
from tests.e2e.conftest import Site
from tests.factories import (
    AccountFactory,
    AgendaItemFactory,
    AttendanceFactory,
    CampaignBodyFactory,
    ContentItemFactory,
    MeetingDraftFactory,
    MeetingFactory,
    MeetingGuestFactory,
    MeetingRatingFactory,
    MeetingSheetFactory,
    MeetingTaskFactory,
    MinutesCorrectionFactory,
    MinutesFactory,
    PostFactory,
    ProgrammeCheckFactory,
    ProgrammeFactory,
    ProgrammeItemFactory,
)

CELL = "X1"
CONTENT = "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh"
SUB_CONTENT = "Nêu gương của người đứng đầu"
SIGNED_AT = datetime(2024, 3, 6, 5, tzinfo=UTC)
MATTERS = (
    "Thông báo tình hình thời sự, chủ trương mới",
    "Kiểm điểm việc thực hiện nghị quyết tháng trước",
    "Nhiệm vụ tháng sau; thực hiện cam kết của đảng viên",
)


def unit_of(site: Site, code: str = CELL) -> CampaignUnit:
    return CampaignUnit.objects.get(campaign=site.campaign, code=code)


def secretary(site: Site) -> Account:
    """Who keeps the meetings of the cell."""
    unit = PartyUnit.objects.get(code=CELL)
    return PostFactory(unit=unit, role=Role.SECRETARY).account


def secretary_of_two(site: Site) -> Account:
    account = secretary(site)
    PostFactory(
        unit=PartyUnit.objects.get(code="X2"), role=Role.SECRETARY, account=account
    )
    return account


def people_of(site: Site) -> list[Participant]:
    placed = Placement.objects.open().filter(unit=unit_of(site))
    people = Participant.objects.filter(pk__in=placed.values("participant"))
    return list(people.order_by("sort_key", "pk"))


def member(site: Site) -> Account:
    """Somebody of the cell who has no post."""
    person = Member.objects.get(pk=people_of(site)[0].member_id)
    return Account.objects.filter(member=person).first() or AccountFactory(
        member=person
    )


def planned(site: Site, **columns: object) -> Meeting:
    meeting = MeetingFactory(
        unit=unit_of(site),
        **{
            "on": date(2024, 4, 5),
            "begins_at": time(14),
            "place": "Hội trường Trường Mầm non Sơn Ca",
            "topic": "Nêu gương trong công tác chuyên môn",
            **columns,
        },
    )
    for position, text in enumerate(MATTERS, start=1):
        AgendaItemFactory(meeting=meeting, position=position, text=text)
    return meeting


def held(site: Site, **columns: object) -> Meeting:
    """With an earlier task, people, a guest, minutes and what was concluded."""
    people = people_of(site)
    before = planned(site, on=date(2024, 2, 5), state="HELD", topic="")
    MeetingTaskFactory(meeting=before, participant=people[0], due_on=date(2024, 3, 1))
    meeting = planned(
        site,
        **{
            "on": date(2024, 3, 5),
            "state": "HELD",
            "ends_at": time(16, 30),
            "expected": len(people),
            "present": len(people) - 1,
            **columns,
        },
    )
    states = ["PRESENT", "LATE", "EXCUSED"]
    for person, state in zip(people, states, strict=True):
        AttendanceFactory(meeting=meeting, participant=person, state=state, dues="PAID")
    MeetingGuestFactory(meeting=meeting)
    MinutesFactory(meeting=meeting)
    MeetingTaskFactory(meeting=meeting, participant=people[1])
    MeetingTaskFactory(
        meeting=meeting,
        participant=None,
        collective="Chi ủy",
        text="Chuẩn bị nội dung sinh hoạt chuyên đề quý II",
    )
    return meeting


def signed(site: Site) -> Meeting:
    sheet(site)
    meeting = held(site)
    minutes = Minutes.objects.get(meeting=meeting)
    minutes.signed_on, minutes.signed_at = date(2024, 3, 6), SIGNED_AT
    minutes.save()
    Meeting.objects.filter(pk=meeting.pk).update(state="SIGNED")
    MinutesCorrectionFactory(minutes=minutes)
    MeetingRatingFactory(meeting=meeting)
    return meeting


def sheet(site: Site) -> MeetingSheet:
    unit = unit_of(site, "H")
    found = MeetingSheet.objects.filter(unit=unit).first()
    return found or MeetingSheetFactory(unit=unit)


def of_body(site: Site) -> Meeting:
    body = CampaignBodyFactory(
        unit=unit_of(site),
        kind=CampaignBody.Kind.MASS_ORGANISATION,
        name="Công đoàn trường",
    )
    return planned(site, body=body, kind="THEMATIC")


def at(name: str, make: Callable[[Site], Meeting]) -> Callable[[Site], str]:
    """The page of this name, of a meeting that is made for it."""

    def address(site: Site) -> str:
        sheet(site)
        meeting = make(site)
        arguments = (site.campaign.pk, meeting.unit.live_unit_id, meeting.pk)
        return site.address(name, *arguments)

    return address


def of_unit(name: str, code: str = CELL) -> Callable[[Site], str]:
    """The page of this name, of a unit."""

    def address(site: Site) -> str:
        signed(site)
        unit = unit_of(site, code)
        return site.address(name, site.campaign.pk, unit.live_unit_id)

    return address


def of_the_plan(site: Site, **columns: object) -> Meeting:
    """A meeting with a matter of the campaign's plan, that checks the programme."""
    meeting = held(site, **columns)
    Programme.objects.filter(unit=meeting.unit).delete()
    content = ContentItemFactory(campaign=site.campaign, text=CONTENT)
    ContentItemFactory(campaign=site.campaign, text=SUB_CONTENT, parent=content)
    AgendaItemFactory(meeting=meeting, position=0, text=CONTENT, content=content)
    programme = ProgrammeFactory(
        unit=meeting.unit, state="ADOPTED", adopted_on=date(2024, 1, 15)
    )
    item = ProgrammeItemFactory(programme=programme)
    ProgrammeCheckFactory(
        item=item, on=date(2024, 2, 5), state="BEHIND", note="Thiếu kỳ tháng 1"
    )
    return meeting


def being_typed(site: Site) -> Meeting:
    """What the secretary who looks has typed and not recorded."""
    meeting = of_the_plan(site)
    posts = Post.objects.filter(unit__code=CELL, role=Role.SECRETARY)
    MeetingDraftFactory(
        meeting=meeting,
        account=posts.latest("pk").account,
        meeting_version=meeting.version,
        content={"course": "Đồng chí Bí thư nêu", "conclusion": "Thống nhất"},
    )
    return meeting


def guest_edit(site: Site) -> str:
    meeting = planned(site)
    guest = MeetingGuestFactory(meeting=meeting)
    arguments = (site.campaign.pk, meeting.unit.live_unit_id, meeting.pk, guest.pk)
    return site.address("meetings:guest_edit", *arguments)


MEETINGS: dict[str, Callable[[Site], str]] = {
    "meetings to choose from": lambda site: site.address("meetings:meeting_home"),
    "meetings of the year": of_unit("meetings:meeting_list"),
    "meetings of the year, for a member": of_unit("meetings:meeting_list"),
    "meetings of a committee": of_unit("meetings:meeting_list", "X"),
    "meeting to be planned": of_unit("meetings:meeting_add"),
    "meeting planned": at("meetings:meeting_detail", planned),
    "meeting planned, to be changed": at("meetings:meeting_edit", planned),
    "meeting planned, not held": at("meetings:meeting_cancel", planned),
    "meeting to be recorded": at("meetings:meeting_hold", held),
    "meeting of a body to be recorded": at("meetings:meeting_hold", of_body),
    "meeting held": at("meetings:meeting_detail", held),
    "meeting signed": at("meetings:meeting_detail", signed),
    "meeting signed, for a member": at("meetings:meeting_detail", signed),
    "minutes to be marked": at("meetings:meeting_sign", held),
    "minutes to be corrected": at("meetings:meeting_correct", signed),
    "meeting to be rated": at("meetings:meeting_rate", held),
    "meeting of the plan": at("meetings:meeting_detail", of_the_plan),
    "meeting of the plan to be changed": at("meetings:meeting_edit", of_the_plan),
    "meeting being typed": at("meetings:meeting_hold", being_typed),
    "sheet for meetings": of_unit("meetings:meeting_sheet", "H"),
    "guest to be recorded": at("meetings:guest_add", planned),
    "guest with the direction": guest_edit,
}
# Who looks at them: mostly the secretary.
LOOKING_AT_MEETINGS: dict[str, Callable[[Site], Account]] = {
    **dict.fromkeys(MEETINGS, secretary),
    "meetings to choose from": secretary_of_two,
    "meetings of the year, for a member": member,
    "meetings of a committee": lambda site: site.clerk,
    "sheet for meetings": lambda site: site.clerk,
    "meeting signed, for a member": member,
}
