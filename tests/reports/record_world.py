"""Somebody of whom campaigns keep a row of every kind, each told by a word of its own."""

from datetime import date

from campaigns.models import Digest, LateChange, Reminder
from reviews.models import (
    ReviewOccasion,
    SaidVersion,
    SelfReviewStatement,
    Teller,
)
from tests.factories import (
    NOON,
    AttendanceFactory,
    CampaignBodyFactory,
    CampaignUnitFactory,
    CoChairFactory,
    CriterionFactory,
    DecisionFactory,
    DecisionLineFactory,
    EssayFactory,
    LevelNoticeFactory,
    LevelRequestFactory,
    LevelRevisionFactory,
    MeetingFactory,
    MeetingTaskFactory,
    NamedPersonFactory,
    OpinionEntryFactory,
    OpinionFactory,
    ParticipantFactory,
    PersonalExtensionFactory,
    PlacementFactory,
    PledgeAnswerFactory,
    PledgeCheckFactory,
    PledgeDraftFactory,
    PledgeFactory,
    PledgeItemFactory,
    PledgeTextFactory,
    ProgrammeFactory,
    ProgrammeItemFactory,
    ProposalFactory,
    RemarkFactory,
    RemediationCheckFactory,
    RemediationItemFactory,
    RemediationStepFactory,
    ResidenceExemptionFactory,
    ReviewSuggestionFactory,
    SelfReviewAnswerFactory,
    SelfReviewDraftFactory,
    SelfReviewFactory,
    SelfReviewTextFactory,
    StudyAttendanceFactory,
    StudyDocumentFactory,
    StudySessionFactory,
    UnitFileFactory,
    UnreviewedReasonFactory,
)

# What each row says that no other says; all of it stands in both formats.
WORDS = (
    "Ghi nhầm tên việc",
    "Bản góp ý trước",
    "Người nói trước",
    "Tiếp thu bản trước",
    "Kết luận bị bỏ sót",
    "Xin xem xét lại mức",
    "QĐ xem lại",
    "Đã đối chiếu hồ sơ",
    "Chi bộ của sổ",
    "Lời hứa một",
    "Tiêu chí của mục",
    "Việc của chương trình",
    "Việc họp giao",
    "Còn chậm ở mục",
    "Bổ sung chỉ tiêu vào",
    "Nháp cam kết",
    "Ngại va chạm",
    "Làm rõ nguyên nhân",
    "Nháp kiểm điểm",
    "Chuyên đề đã học",
    "Văn bản đã học",
    "Văn bản có thu hoạch",
    "QĐ cử đồng chủ trì",
    "Giải trình việc chậm",
    "Hội đồng kiểm điểm",
    "Còn nể nang",
    "Người góp ý",
    "Xin nói rõ thêm",
    "Chủ trì phần này",
    "BB đề nghị",
    "Vì đã sửa",
    "QĐ mức chất lượng",
    "Ốm nằm viện",
    "CV chuyển muộn",
    "Chậm nộp báo cáo",
    "Lập lịch hằng tuần",
    "Còn hai báo cáo",
    "Chi bộ thống nhất kế hoạch",
    "Buông lỏng quản lý",
    "Bí thư khi đó",
    "Khi đó đã bàn giao",
)


def give_everything(member, account, *, number=0):
    """Give somebody a row of every kind in a campaign of their own."""
    above = CampaignUnitFactory()
    cell = CampaignUnitFactory(
        campaign=above.campaign, parent=above, name="Chi bộ của sổ"
    )
    person = ParticipantFactory(campaign=above.campaign, member=member)
    PlacementFactory(unit=cell, participant=person)
    _write(person, cell)
    _work(person, cell, member)
    _review(person, cell, above)
    _ask_others(person, cell)
    _remedy(member)
    PersonalExtensionFactory(participant=person, unit=cell, reason="Ốm nằm viện")
    LateChange.objects.create(
        participant=person, source=above, target=cell, on=date(2024, 5, 5),
        document="CV chuyển muộn", reason="Tách chi bộ", at=NOON,
    )  # fmt: skip
    digest = Digest.objects.create(
        account=account, on=date(2024, 3, 1 + number), begun_at=NOON, sent_at=NOON
    )
    Reminder.objects.create(
        unit=cell, matter="PLEDGE", to="PERSON", participant=person, days=-3,
        on=date(2024, 3, 1), state="SENT", settled_at=NOON, digest=digest,
    )  # fmt: skip
    Reminder.objects.create(
        unit=above, matter="PLEDGE", to="SECRETARY", account=account, days=0,
        on=date(2024, 3, 2),
    )  # fmt: skip
    return person


def _write(person, cell):
    pledge = PledgeFactory(participant=person, signed_on=date(2024, 1, 8))
    first = PledgeTextFactory(pledge=pledge, number=1)
    PledgeAnswerFactory(
        text=first, is_confirmation=False, remark="Bổ sung chỉ tiêu vào"
    )
    second = PledgeTextFactory(pledge=pledge, number=2)
    programme = ProgrammeFactory(unit=cell)
    item = PledgeItemFactory(
        sent=second,
        text="Lời hứa một",
        criterion=CriterionFactory(text="Tiêu chí của mục"),
        programme_item=ProgrammeItemFactory(
            programme=programme,
            text="Việc của chương trình",
            responsible=person.member,
        ),
        meeting_task=MeetingTaskFactory(
            meeting=MeetingFactory(unit=cell), participant=person, text="Việc họp giao"
        ),
    )
    PledgeCheckFactory(item=item, note="Còn chậm ở mục")
    PledgeDraftFactory(
        participant=person,
        content={"answers": {}, "items": [{"text": "Nháp cam kết", "goal": "1"}]},
    )
    CoChairFactory(
        programme=programme, member=person.member, document="QĐ cử đồng chủ trì"
    )
    review = SelfReviewFactory(participant=person)
    sent = SelfReviewTextFactory(
        self_review=review, answers={"shortcomings": "Ngại va chạm"}
    )
    SelfReviewAnswerFactory(text=sent, remark="Làm rõ nguyên nhân")
    SelfReviewDraftFactory(
        participant=person,
        content={"answers": {"shortcomings": "Nháp kiểm điểm"}, "items": []},
    )


def _work(person, cell, member):
    AttendanceFactory(
        meeting=MeetingFactory(unit=cell, on=date(2024, 4, 5)),
        participant=person,
        state="LATE",
        dues="PAID",
    )
    session = StudySessionFactory(
        unit=cell,
        topic="Chuyên đề đã học",
        documents=[StudyDocumentFactory(unit=cell, name="Văn bản đã học")],
    )
    StudyAttendanceFactory(session=session, participant=person, how="EXCUSED")
    EssayFactory(
        document=StudyDocumentFactory(
            unit=cell, name="Văn bản có thu hoạch", wants_essay=True, judged_by="Ban"
        ),
        participant=person,
        judgement="AGAIN",
    )


def _review(person, cell, above):
    ReviewSuggestionFactory(
        participant=person, issuer=above, text="Giải trình việc chậm"
    )
    meeting = MeetingFactory(unit=cell, kind="REVIEW", on=date(2024, 11, 5))
    occasion = ReviewOccasion.objects.create(
        participant=person, meeting=meeting, state="REVIEWED", position=1,
        body=CampaignBodyFactory(unit=cell, name="Hội đồng kiểm điểm"),
        chaired_by="Chủ trì phần này", remarks_made=4,
    )  # fmt: skip
    RemarkFactory(occasion=occasion, text="Còn nể nang", critic="Người góp ý")
    SaidVersion.objects.create(
        occasion=occasion, number=1, reason="Ghi nhầm tên việc", at=NOON,
        remarks=[["Bản góp ý trước", "Người nói trước"]], answer="Tiếp thu bản trước",
    )  # fmt: skip
    SelfReviewStatement.objects.create(
        occasion=occasion, meeting=meeting, meets=False, at=NOON,
        leaves_out="Kết luận bị bỏ sót", again_on=date(2024, 12, 20),
    )  # fmt: skip
    RemarkFactory(occasion=occasion, kind="REPLY", text="Xin nói rõ thêm", at=NOON)
    Teller.objects.create(meeting=meeting, participant=person, is_head=True)
    ProposalFactory(
        file=UnitFileFactory(unit=cell, minutes="BB đề nghị"),
        participant=person,
        note="Vì đã sửa",
    )
    decision = DecisionFactory(unit=above, document="QĐ mức chất lượng")
    DecisionLineFactory(decision=decision, participant=person)
    LevelNoticeFactory(decision=decision, participant=person)
    request = LevelRequestFactory(
        decision=decision, participant=person, text="Xin xem xét lại mức"
    )
    LevelRevisionFactory(
        decision=DecisionFactory(unit=above, document="QĐ xem lại"),
        participant=person,
        request=request,
        note="Đã đối chiếu hồ sơ",
    )


def _ask_others(person, cell):
    opinion = OpinionFactory(
        request__unit=cell, request__goes_to=cell, participant=person, state="RECEIVED"
    )
    OpinionEntryFactory(opinion=opinion, text="Dự họp khu phố đầy đủ")
    OpinionEntryFactory(
        opinion=opinion, kind="REPLY", text="Xin cảm ơn", document="", signed_on=None,
        came_on=None,
    )  # fmt: skip
    ResidenceExemptionFactory(participant=person, category="FAR_AWAY")
    UnreviewedReasonFactory(participant=person, code="AWAY")


def _remedy(member):
    item = RemediationItemFactory(
        plan__member=member,
        plan__state="RETURNED",
        shortcoming="Chậm nộp báo cáo",
        measure="Lập lịch hằng tuần",
    )
    RemediationCheckFactory(item=item, note="Còn hai báo cáo")
    RemediationStepFactory(plan=item.plan, text="Chi bộ thống nhất kế hoạch")
    NamedPersonFactory(
        item__shortcoming="Buông lỏng quản lý",
        member=member,
        post="Bí thư khi đó",
        answer="Khi đó đã bàn giao",
        answered_at=NOON,
    )
