"""The pages of collective reports in every state; `states` shows them with the others."""

from collections.abc import Callable

from django.utils import timezone

from campaigns.models import Campaign, CampaignBody, CampaignUnit, Draft, Programme
from members.models import Account
from members.policy import Role
from reviews.models import (
    CollectiveReport,
    CollectiveReportDraft,
    CollectiveSuggestion,
)
from tests.e2e.conftest import Site
from tests.e2e.pledge_states import secretary, unit
from tests.factories import (
    CollectiveReportAnswerFactory,
    CollectiveReportDraftFactory,
    CollectiveReportFactory,
    CollectiveReportTextFactory,
    CollectiveSuggestionFactory,
    DraftCommentFactory,
    DraftFactory,
    PostFactory,
    ProgrammeFactory,
    ProgrammeItemFactory,
)

State = CampaignBody.Report
DEGREES, POINTS = "collective-01-2023.1", "collective-01-2025.1"
ANSWERS = {
    "unity": "Giữ nguyên tắc tập trung dân chủ; họp đủ 12 kỳ.\nNội bộ đoàn kết.",
    "unity_degree": "GOOD",
    "tasks": "Hoàn thành 18/20 chỉ tiêu, trong đó 5 chỉ tiêu vượt kế hoạch.",
    "tasks_degree": "GOOD",
    "shortcomings": "Hai kỳ họp muộn; chưa kết nạp đủ đảng viên mới.",
    "causes": "Phân công chưa rõ người, rõ việc.",
    "direction": "Họp trước ngày 5 hằng tháng; mỗi quý giúp đỡ một quần chúng ưu tú.",
    "level_collective": "GOOD",
}


def in_state(site: Site, state: str, *, form: str = DEGREES) -> CampaignBody:
    """The first cell itself, with a report in this state and something to be answered."""
    cell = unit(site)
    body = CampaignBody.objects.organisations().get(unit=cell)
    for model in (CollectiveReport, CollectiveReportDraft, CollectiveSuggestion):
        model.objects.filter(body=body).delete()
    CampaignBody.objects.filter(pk=body.pk).update(report_state=state)
    body.refresh_from_db()
    if state == State.NONE:
        return body
    CollectiveSuggestionFactory(
        body=body, issuer=CampaignUnit.objects.get(pk=cell.parent_id)
    )
    report = CollectiveReportFactory(body=body, form=form)
    if state != State.ACCEPTED:
        content = {"answers": ANSWERS, "items": []}
        CollectiveReportDraftFactory(
            body=body, form=form, content=content, saved_at=timezone.now()
        )
    if state != State.DRAFT:
        words = {key: text for key, text in ANSWERS.items() if text.count(" ")}
        marks = {key: ANSWERS[key] for key in ("unity_degree", "tasks_degree")}
        text = CollectiveReportTextFactory(
            collective_report=report, answers=words, marks=marks
        )
        remark = {"is_confirmation": False, "remark": "Nêu rõ trách nhiệm từng người."}
        if state in (State.RETURNED, State.ACCEPTED):
            said = remark if state == State.RETURNED else {}
            CollectiveReportAnswerFactory(text=text, **said)
    return body


def opening(site: Site, *, form: str = DEGREES) -> CampaignBody:
    """A report being written, with all that it opens with."""
    body = in_state(site, State.DRAFT, form=form)
    cell = unit(site)
    Programme.objects.filter(unit=cell).delete()
    Draft.objects.filter(unit=cell, kind="REPORT").delete()
    ProgrammeItemFactory(
        programme=ProgrammeFactory(unit=cell, state="ADOPTED", adopted_on="2024-02-01"),
        text="Kết nạp đảng viên mới",
        goal="2",
        unit_of_measure="đảng viên",
        result="PARTLY",
        result_note="Kết nạp 1 người",
    )
    draft = DraftFactory(unit=cell, kind="REPORT", title="Dự thảo báo cáo kiểm điểm")
    DraftCommentFactory(
        draft=draft, body_name="Công đoàn", text="Cần nêu rõ việc họp muộn"
    )
    return body


def answered(site: Site) -> CampaignBody:
    """A report being written that lacks nothing."""
    body = in_state(site, State.DRAFT)
    CollectiveSuggestion.objects.filter(body=body).delete()
    return body


def body_page(name: str, state: str) -> Callable[[Site], str]:
    return lambda site: site.address(
        f"reviews:collective_report_{name}", in_state(site, state).pk
    )


def listed(site: Site, unit_of: Callable[[Site], CampaignUnit]) -> str:
    found = unit_of(site)
    return site.address("unit_collective_reports", site.campaign.pk, found.live_unit_id)


def above(site: Site) -> CampaignUnit:
    return CampaignUnit.objects.get(pk=unit(site).parent_id)


def suggestions(site: Site, name: str) -> str:
    unit_above = above(site)
    return site.address(
        f"reviews:collective_suggestion_{name}",
        site.campaign.pk,
        unit_above.live_unit_id,
    )


SECRETARY: dict[str, Callable[[Site], str]] = {
    "collective report not begun": body_page("detail", State.NONE),
    "collective report to be begun": body_page("begin", State.NONE),
    "collective report being written": lambda site: site.address(
        "reviews:collective_report_write", opening(site).pk
    ),
    "collective report with points": lambda site: site.address(
        "reviews:collective_report_write", opening(site, form=POINTS).pk
    ),
    "collective report to be completed": body_page("write", State.RETURNED),
    "collective report read over": lambda site: site.address(
        "reviews:collective_report_send", answered(site).pk
    ),
    "collective report sent up": body_page("detail", State.SENT),
    "collective report accepted": body_page("detail", State.ACCEPTED),
    "collective reports of a cell": lambda site: (
        in_state(site, State.SENT),
        listed(site, unit),
    )[1],
}
COMMITTEE: dict[str, Callable[[Site], str]] = {
    "collective reports of a committee": lambda site: (
        in_state(site, State.SENT),
        listed(site, above),
    )[1],
    "collective report to be answered": body_page("detail", State.SENT),
    "collective report to be accepted": body_page("confirm", State.SENT),
    "collective report to be returned": body_page("return", State.SENT),
    "statement on a report": body_page("statement", State.SENT),
    "suggestions to collectives": lambda site: (
        in_state(site, State.SENT),
        suggestions(site, "list"),
    )[1],
    "no suggestions to collectives": lambda site: (
        in_state(site, State.NONE),
        suggestions(site, "list"),
    )[1],
    "suggestion to a collective to be made": lambda site: (
        in_state(site, State.NONE),
        suggestions(site, "add"),
    )[1],
    "answer of a collective to be judged": lambda site: (
        in_state(site, State.SENT),
        site.address(
            "reviews:collective_suggestion_judge",
            CollectiveSuggestion.objects.latest("pk").pk,
        ),
    )[1],
}
COLLECTIVE_REPORTS = SECRETARY | COMMITTEE


def viewer(state: str, site: Site) -> Account:
    """Whoever looks at a state."""
    Campaign.objects.filter(pk=site.campaign.pk).update(mode="FULL_TEXT")
    if state in SECRETARY:
        return secretary(site)
    live = CampaignUnit.objects.select_related("live_unit").get(pk=above(site).pk)
    return PostFactory(unit=live.live_unit, role=Role.SECRETARY).account
