"""What each district keeps of its own work: one row of every kind, at the top unit."""

from typing import Any

from django.core.files.base import ContentFile

from campaigns.models import Campaign, CampaignUnit, Participant, StudyAttendance
from members.models import Member
from tests.factories import (
    ActivityFactory,
    CoChairFactory,
    DirectionRequestFactory,
    DraftCommentFactory,
    DraftFactory,
    InternalRuleFactory,
    ProgrammeFactory,
    ProgrammeItemFactory,
    RecommendationFactory,
    StudyAttendanceFactory,
    StudyDocumentFactory,
    StudySessionFactory,
    SupervisionFindingFactory,
    TeamMemberFactory,
    TeamVisitFactory,
    WorkingTeamFactory,
)


def work_of(code: str) -> dict[str, Any]:
    """Make the rows of one district; its co-chair is the first person of a cell."""
    Campaign.objects.filter(root_unit__code=code).update(mode="FULL_TEXT")
    top = CampaignUnit.objects.get(code=code)
    cell = CampaignUnit.objects.get(code=f"{code}.G.1")
    person = Member.objects.get(code=f"{code}.G.1-1")
    programme = ProgrammeFactory(unit=top)
    activity = ActivityFactory(unit=top, product_name="a.pdf")
    activity.product_file.save(f"test/{code}.pdf", ContentFile(b"%PDF-1.7"))
    team, draft = WorkingTeamFactory(unit=top), DraftFactory(unit=top)
    document = StudyDocumentFactory(unit=top, wants_essay=True, judged_by="Ban")
    session = StudySessionFactory(unit=top, documents=[document])
    StudyAttendanceFactory(
        session=session,
        participant=Participant.objects.get(member=person),
        how=StudyAttendance.How.ABSENT,
    )
    return {
        "programme": programme,
        "cell_programme": ProgrammeFactory(unit=cell),
        "item": ProgrammeItemFactory(programme=programme),
        "direction": DirectionRequestFactory(programme=programme),
        "co_chair": CoChairFactory(programme=programme),
        "own_chair": CoChairFactory(programme=programme, member=person),
        "document": document,
        "session": session,
        "rule": InternalRuleFactory(unit=top),
        "activity": activity,
        "recommendation": RecommendationFactory(activity=activity),
        "team": team,
        "team_member": TeamMemberFactory(team=team),
        "visit": TeamVisitFactory(team=team),
        "draft": draft,
        "comment": DraftCommentFactory(draft=draft),
        "finding": SupervisionFindingFactory(unit=top),
    }
