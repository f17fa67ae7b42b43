"""What units do as collectives: programmes, study, and the plain rows of their work."""

from datetime import date

import factory

from campaigns.models import (
    Activity,
    CoChair,
    DirectionRequest,
    Draft,
    DraftComment,
    Essay,
    InternalRule,
    ProgrammeCheck,
    ProgrammeReply,
    Recommendation,
    StudyAttendance,
    StudyDocument,
    StudySession,
    SupervisionFinding,
    TeamMember,
    TeamVisit,
    WorkingTeam,
)
from tests.factories.base import NOON, Factory
from tests.factories.campaigns import (
    CampaignUnitFactory,
    ParticipantFactory,
    ProgrammeFactory,
    ProgrammeItemFactory,
)


class ProgrammeCheckFactory(Factory):
    class Meta:
        model = ProgrammeCheck

    item = factory.SubFactory(ProgrammeItemFactory)
    on = date(2024, 4, 5)
    at = NOON


class ProgrammeReplyFactory(Factory):
    """Returned for completion."""

    class Meta:
        model = ProgrammeReply

    programme = factory.SubFactory(ProgrammeFactory)
    is_approval = False
    document = "Công văn số 12-CV/ĐU"
    remarks = "Bổ sung kết quả cải cách hành chính"
    at = NOON


class CoChairFactory(Factory):
    """A head of an agency without an account."""

    class Meta:
        model = CoChair

    programme = factory.SubFactory(ProgrammeFactory)
    name = "Đỗ Văn Nam"
    title = "Giám đốc"
    document = "Quyết định số 3-QĐ/ĐU"
    from_on = date(2024, 1, 1)
    ends_on = date(2099, 12, 31)


class DirectionRequestFactory(Factory):
    class Meta:
        model = DirectionRequest

    programme = factory.SubFactory(ProgrammeFactory)
    document = "Tờ trình số 4-TTr/CB"
    asked_on = date(2024, 2, 1)
    subject = "Xin chủ trương về chỉ tiêu giải quyết thủ tục"


class StudyDocumentFactory(Factory):
    class Meta:
        model = StudyDocument

    unit = factory.SubFactory(CampaignUnitFactory)
    name = "Kết luận về đẩy mạnh xây dựng, chỉnh đốn Đảng"
    number = "21-KL/TW"


class StudySessionFactory(Factory):
    """A session without attendance."""

    class Meta:
        model = StudySession

    unit = factory.SubFactory(CampaignUnitFactory)
    topic = "Học tập Kết luận 21"
    rapporteur = "Bí thư chi bộ"
    on = date(2024, 3, 5)

    @factory.post_generation
    def documents(self, create, chosen):
        self.documents.set(chosen or [])


class StudyAttendanceFactory(Factory):
    class Meta:
        model = StudyAttendance

    session = factory.SubFactory(StudySessionFactory)
    participant = factory.SubFactory(
        ParticipantFactory, campaign=factory.SelfAttribute("..session.unit.campaign")
    )


class EssayFactory(Factory):
    class Meta:
        model = Essay

    document = factory.SubFactory(
        StudyDocumentFactory, wants_essay=True, judged_by="Ban Tuyên giáo"
    )
    unit = factory.SelfAttribute("document.unit")
    participant = factory.SubFactory(
        ParticipantFactory, campaign=factory.SelfAttribute("..unit.campaign")
    )
    handed_in_on = date(2024, 3, 20)


class InternalRuleFactory(Factory):
    class Meta:
        model = InternalRule

    unit = factory.SubFactory(CampaignUnitFactory)
    name = "Quy chế làm việc của chi ủy"
    outcome = InternalRule.Outcome.KEPT
    on = date(2024, 5, 5)


class ActivityFactory(Factory):
    class Meta:
        model = Activity

    unit = factory.SubFactory(CampaignUnitFactory)
    kind = Activity.Kind.SEMINAR
    topic = "Nêu gương của người đứng đầu"
    organiser = "Chi bộ"
    on = date(2024, 6, 5)


class RecommendationFactory(Factory):
    class Meta:
        model = Recommendation

    activity = factory.SubFactory(ActivityFactory)
    text = "Công khai tiến độ giải quyết thủ tục"
    addressee = "Đảng ủy xã"


class WorkingTeamFactory(Factory):
    class Meta:
        model = WorkingTeam

    unit = factory.SubFactory(CampaignUnitFactory)
    name = "Tổ công tác số 1"
    decision = "Quyết định số 133-QĐ/ĐU"
    from_on = date(2024, 1, 1)
    ends_on = date(2024, 12, 31)


class TeamVisitFactory(Factory):
    class Meta:
        model = TeamVisit

    team = factory.SubFactory(WorkingTeamFactory)
    unit = factory.SelfAttribute("team.unit")
    on = date(2024, 11, 5)


class TeamMemberFactory(Factory):
    class Meta:
        model = TeamMember

    team = factory.SubFactory(WorkingTeamFactory)
    name = "Hoàng Thị Lan"


class DraftFactory(Factory):
    class Meta:
        model = Draft

    unit = factory.SubFactory(CampaignUnitFactory)
    kind = Draft.Kind.PLAN
    title = "Dự thảo kế hoạch năm"
    document = "Công văn số 7-CV/ĐU"
    sent_on = date(2024, 1, 5)
    due_on = date(2024, 1, 20)


class DraftCommentFactory(Factory):
    class Meta:
        model = DraftComment

    draft = factory.SubFactory(DraftFactory)
    body_name = "Hội Liên hiệp Phụ nữ xã"
    received_on = date(2024, 1, 15)
    text = "Bổ sung chỉ tiêu về công tác nữ"


class SupervisionFindingFactory(Factory):
    class Meta:
        model = SupervisionFinding

    unit = factory.SubFactory(CampaignUnitFactory)
    body_name = "Ủy ban Mặt trận Tổ quốc xã"
    document = "Báo cáo số 9-BC/MTTQ"
    on = date(2024, 7, 5)
    text = "Chưa công khai lịch tiếp dân"
