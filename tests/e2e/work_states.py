"""The pages of a unit's work in every state; `states` shows them with the others."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from campaigns.models import (
    Activity,
    Campaign,
    CampaignUnit,
    CoChair,
    DirectionRequest,
    Draft,
    DraftComment,
    InternalRule,
    Placement,
    PlanDocument,
    Programme,
    ProgrammeCheck,
    ProgrammeItem,
    ProgrammeReply,
    Recommendation,
    StudyDocument,
    StudySession,
    SupervisionFinding,
    TeamMember,
    TeamVisit,
    WorkingTeam,
)
from members.models import Account
from members.policy import Role
from tests.e2e.conftest import Site
from tests.factories import (
    ActivityFactory,
    CoChairFactory,
    DirectionRequestFactory,
    DraftCommentFactory,
    EssayFactory,
    InternalRuleFactory,
    PlanDocumentFactory,
    PostFactory,
    ProgrammeCheckFactory,
    ProgrammeFactory,
    ProgrammeItemFactory,
    ProgrammeReplyFactory,
    RecommendationFactory,
    StudyAttendanceFactory,
    StudyDocumentFactory,
    StudySessionFactory,
    SupervisionFindingFactory,
    TeamMemberFactory,
    TeamVisitFactory,
)

ROWS = (
    Activity,
    CoChair,
    DirectionRequest,
    Draft,
    DraftComment,
    InternalRule,
    Programme,
    ProgrammeCheck,
    ProgrammeItem,
    ProgrammeReply,
    Recommendation,
    StudyDocument,
    StudySession,
    SupervisionFinding,
    TeamMember,
    TeamVisit,
    WorkingTeam,
)
HOWS = ("PRESENT", "LATE", "EXCUSED")


def unit(site: Site, code: str = "X1") -> CampaignUnit:
    """A unit of a campaign that takes acts and texts."""
    running = {"state": "ROLL_FIXED", "mode": "FULL_TEXT", "closed_at": None}
    Campaign.objects.filter(pk=site.campaign.pk).update(
        **running, roll_fixed_at=timezone.now()
    )
    return CampaignUnit.objects.get(campaign=site.campaign, code=code)


def secretary(site: Site, code: str = "X1") -> Account:
    live = unit(site, code).live_unit
    return PostFactory(unit=live, role=Role.SECRETARY).account


def committee(site: Site) -> Account:
    return secretary(site, "X")


def at(site: Site, name: str, *more: object, code: str = "X1") -> str:
    place = unit(site, code)
    numbers = (place.campaign_id, place.live_unit_id, *more)
    return site.address(f"work:{name}", *numbers)


def document(site: Site, *, is_asked: bool = True) -> StudyDocument:
    found = StudyDocument.objects.filter(unit=unit(site, "X")).first()
    return found or StudyDocumentFactory(
        unit=unit(site, "X"), wants_essay=is_asked, judged_by="Ban Tuyên giáo Đảng ủy"
    )


def session(site: Site) -> StudySession:
    found = StudySession.objects.filter(unit=unit(site)).first()
    if found is None:
        found = StudySessionFactory(unit=unit(site), documents=[document(site)])
        placed = Placement.objects.open().filter(unit=unit(site)).order_by("pk")
        for placement, how in zip(placed, HOWS, strict=True):
            person = placement.participant
            StudyAttendanceFactory(session=found, participant=person, how=how)
        EssayFactory(document=document(site), unit=unit(site), participant=person)
    return found


def programme(site: Site, state: str = "ADOPTED") -> Programme:
    Programme.objects.filter(unit=unit(site)).delete()
    done = {"adopted_on": date(2024, 3, 5), "document": "Nghị quyết số 4-NQ/CB"}
    discussed = {"discussed_on": date(2024, 11, 5), "minutes": "Biên bản số 11"}
    made = ProgrammeFactory(
        unit=unit(site), state=state, application="Làm theo Bác trong từng việc",
        **({} if state == "DRAFT" else done),
        **(discussed if state in {"SENT", "APPROVED"} else {}),
    )  # fmt: skip
    item = ProgrammeItemFactory(
        programme=made, due_on=date(2024, 12, 1), evidence="Biên bản sinh hoạt",
        breakthrough="Cải cách thủ tục hành chính", result="DONE",
        responsible=Placement.objects.open().filter(unit=made.unit).order_by("pk")[0]
        .participant.member,
    )  # fmt: skip
    ProgrammeCheckFactory(item=item, state="BEHIND", note="Thiếu kỳ tháng 3")
    ProgrammeCheckFactory(item=item, on=date(2024, 5, 5))
    ProgrammeItemFactory(programme=made, kind="INDEX", measure="NUMBER", goal="90%")
    CoChairFactory(programme=made)
    DirectionRequestFactory(programme=made)
    if state == "RETURNED":
        ProgrammeReplyFactory(programme=made)
    return made


def act(name: str, state: str) -> Callable[[Site], str]:
    return lambda site: site.address(
        f"work:programme_{name}", programme(site, state).pk
    )


def page(state: str) -> Callable[[Site], str]:
    def show(site: Site) -> str:
        programme(site, state)
        return at(site, "programme")

    return show


def whole(site: Site, code: str = "X1") -> str:
    session(site)
    programme(site)
    TeamVisitFactory(
        team__unit=unit(site, "X"), unit=unit(site), purpose="Dự kiểm điểm"
    )
    return at(site, "unit_work", code=code)


def studied(site: Site) -> str:
    session(site)
    return at(site, "study")


def offered(site: Site) -> str:
    """Two documents of the plan that the unit has not taken over."""
    unit(site)
    PlanDocument.objects.filter(campaign=site.campaign).delete()
    for title in ("Nghị quyết Trung ương 4 khóa XII", "Chỉ thị số 05-CT/TW"):
        PlanDocumentFactory(campaign=site.campaign, title=title)
    return studied(site)


def detail(site: Site) -> str:
    return site.address("work:session_detail", session(site).pk)


def recorded(site: Site) -> str:
    document(site)
    return at(site, "session_add")


def lists(name: str) -> Callable[[Site], str]:
    def show(site: Site) -> str:
        top = unit(site, "X")
        InternalRuleFactory(unit=top)
        ActivityFactory(unit=top)
        RecommendationFactory(activity__unit=top)
        TeamVisitFactory(team__unit=top, unit=unit(site))
        TeamMemberFactory(team__unit=top)
        DraftCommentFactory(draft__unit=top)
        SupervisionFindingFactory(unit=top)
        return at(site, name, code="X")

    return show


def draft(site: Site, name: str) -> str:
    made = DraftCommentFactory(draft__unit=unit(site, "X")).draft
    assert isinstance(made, Draft)
    return site.address(f"work:{name}", made.pk)


def essays(site: Site) -> str:
    session(site)
    return at(site, "essays", document(site).pk)


WORK: dict[str, Callable[[Site], str]] = {
    "work without a unit": lambda site: site.address("work:work_list"),
    "work of a cell, empty": lambda site: at(site, "unit_work"),
    "work of a cell": whole,
    "work of a committee": lambda site: whole(site, "X"),
    "study, empty": lambda site: at(site, "study", code="W"),
    "study": studied,
    "study, offered by the plan": offered,
    "study session": detail,
    "study session to be recorded": recorded,
    "study session of a body": lambda site: (
        document(site) and at(site, "body_session_add")
    ),
    "make-up session": lambda site: site.address(
        "work:session_make_up", session(site).pk
    ),
    "study session to be corrected": lambda site: site.address(
        "work:session_edit", session(site).pk
    ),
    "essays": essays,
    "document to study": lambda site: at(site, "document_add"),
    "programme, none": lambda site: at(site, "programme", code="W"),
    "programme": page("ADOPTED"),
    "programme, draft": page("DRAFT"),
    "programme, result": page("REPORTED"),
    "programme, returned": page("RETURNED"),
    "programme to be answered": page("SENT"),
    "programme to be adopted": act("adopt", "DRAFT"),
    "programme to be checked": act("check", "ADOPTED"),
    "result to be written": act("result", "ADOPTED"),
    "result to be sent": act("send", "REPORTED"),
    "result to be answered": act("answer", "SENT"),
    "item to be added": lambda site: site.address(
        "work:item_add", programme(site, "DRAFT").pk
    ),
    "rules": lists("rules"),
    "activities": lists("activities"),
    "activity to be recorded": lambda site: at(site, "activity_add"),
    "teams": lists("teams"),
    "drafts": lists("drafts"),
    "findings": lists("findings"),
    "comments to be received": lambda site: draft(site, "comments_receive"),
    "workbook for comments": lambda site: draft(site, "comments_file"),
    "workbook of the answers": lambda site: draft(site, "comments_answers"),
}
OF_COMMITTEE = {
    "work of a committee", "programme to be answered", "result to be answered",
    "rules", "activities", "teams", "drafts", "findings", "comments to be received",
    "workbook for comments", "workbook of the answers",
}  # fmt: skip
OF_OTHERS = {"study, empty": "W", "programme, none": "W"}


def looking(state: str) -> Callable[[Site], Account | None]:
    """Who looks at a state: the committee, or the secretary of the cell."""
    if state in OF_COMMITTEE:
        return committee
    code = OF_OTHERS.get(state, "X1")
    return lambda site: secretary(site, code)


def working_team(site: Site) -> Account:
    """Somebody who reads work and records none."""
    live = unit(site, "H").live_unit
    return PostFactory(unit=live, role=Role.WORKING_TEAM).account


LOOKING_AT_WORK = {state: looking(state) for state in WORK} | {
    "work without a unit": working_team
}
