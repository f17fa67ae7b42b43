"""What forms need beyond what the world and their pages show, so that they are accepted.

The matrix looks at one world in which many acts would be refused: a programme that is
being written takes no result. Before the test of fields sends such a form, the world is
put where the act is due; the test takes that back. What a browser could not know is typed.
"""

from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from campaigns.models import (
    Campaign,
    CampaignBody,
    CampaignUnit,
    CoChair,
    CriteriaSet,
    Participant,
    Placement,
    PledgeDraft,
    Programme,
    ProgrammeItem,
    StudySession,
)
from campaigns.sheets import comments
from members.sheets.writing import add_page, new_book, put_row
from reports.services.sources import source_of
from reviews.models import (
    Ballot,
    BallotLine,
    CollectiveReportDraft,
    DecisionLine,
    ReviewSuggestion,
    SelfReviewDraft,
    SelfReviewText,
    UnitFile,
)
from tests.access.districts import NOW
from tests.access.world import World
from tests.access.world_collective_reports import body_of
from tests.access.world_opinions import opinion
from tests.access.world_pledges import participant
from tests.access.world_remediation import remediation_item
from tests.factories import AttendanceFactory, CampaignFactory, PhaseFactory
from tests.reviews.opinion_worlds import book, row_of

Prepare = Callable[[World, pytest.MonkeyPatch], Any]
ADOPTED = date(2022, 1, 5)


def programmes_are(state: str, **columns: Any) -> Prepare:
    def prepare(world: World, _patch: pytest.MonkeyPatch) -> None:
        Programme.objects.update(state=state, adopted_on=ADOPTED, **columns)

    return prepare


def result_can_be_sent(world: World, patch: pytest.MonkeyPatch) -> None:
    programmes_are("REPORTED", result="Đạt")(world, patch)
    ProgrammeItem.objects.update(result="DONE")
    CoChair.objects.update(signed_on=date(2022, 12, 1))


def people_are(suffixes: Iterable[str], **columns: Any) -> Prepare:
    def prepare(world: World, _patch: pytest.MonkeyPatch) -> None:
        own = [participant(world.a.code, suffix).pk for suffix in suffixes]
        Participant.objects.filter(pk__in=own).update(**columns)

    return prepare


def nothing_is_written(world: World, patch: pytest.MonkeyPatch) -> None:
    people_are([".G.1-1"], pledge_state="NONE", review_state="NONE")(world, patch)
    PledgeDraft.objects.all().delete()
    SelfReviewDraft.objects.all().delete()
    CriteriaSet.objects.filter(state="DRAFT").update(
        state="PUBLISHED", document="QĐ 1", published_at=NOW
    )


def no_report_is_written(_world: World, _patch: pytest.MonkeyPatch) -> None:
    CampaignBody.objects.update(report_state="NONE")
    CollectiveReportDraft.objects.all().delete()


def only_results_are_entered(world: World, _patch: pytest.MonkeyPatch) -> None:
    Campaign.objects.filter(pk=world.a.campaign.pk).update(mode="RESULTS_ONLY")


def nobody_is_decided(world: World, patch: pytest.MonkeyPatch) -> None:
    DecisionLine.objects.all().delete()
    Participant.objects.filter(campaign=world.a.campaign).update(
        status="NOT_REVIEWED", level="", decided_by=None
    )


def a_file_is_received(world: World, patch: pytest.MonkeyPatch) -> None:
    nobody_is_decided(world, patch)
    UnitFile.objects.filter(state="SENT").update(state="RECEIVED", answered_at=NOW)


def the_committee_has_decided(world: World, _patch: pytest.MonkeyPatch) -> None:
    committee = CampaignUnit.objects.get(code=f"{world.a.code}.G")
    people_are([".G.1-1", ".G.1-2"], level="GOOD", reason="", status="ASSESSED",
               decided_by=committee)(world, _patch)  # fmt: skip


def it_is_looked_at_by_who_decided(world: World, patch: pytest.MonkeyPatch) -> None:
    the_committee_has_decided(world, patch)
    campaign = Campaign.objects.get(pk=world.a.campaign.pk)
    campaign.rule_set_resolved["procedure"]["request_to"]["value"] = "DECIDER"
    campaign.save()


def files_are_in_the_cells(_world: World, _patch: pytest.MonkeyPatch) -> None:
    UnitFile.objects.filter(state="SENT").update(state="DRAFT", sent_at=None)


def nothing_is_counted(world: World, patch: pytest.MonkeyPatch) -> None:
    nobody_is_decided(world, patch)
    files_are_in_the_cells(world, patch)
    people = [f".G.1-{number}" for number in (1, 2, 3)]
    people_are(people, official_on="2011-05-19")(world, patch)
    for person in (participant(world.a.code, each) for each in people[1:]):
        meeting = world.a.meetings["counted"]
        AttendanceFactory(meeting=meeting, participant=person)
    BallotLine.objects.filter(ballot__state="ENTERED").delete()
    Ballot.objects.filter(state="ENTERED").delete()


def a_suggestion_is_answered(world: World, patch: pytest.MonkeyPatch) -> None:
    person = participant(world.a.code, ".G.1-1")
    suggestion = ReviewSuggestion.objects.get(participant=person)
    answers = {f"suggested.{suggestion.pk}": "Do bàn giao chậm"}
    SelfReviewText.objects.filter(self_review__participant=person).update(
        answers=answers
    )
    people_are([".G.1-1"], review_state="SENT")(world, patch)


def minutes_are_complete(world: World, _patch: pytest.MonkeyPatch) -> None:
    for number in (1, 2, 3):
        AttendanceFactory(
            meeting=world.a.meetings["held"],
            participant=participant(world.a.code, f".G.1-{number}"),
        )


def a_plan_waits(world: World, patch: pytest.MonkeyPatch) -> None:
    draft = CampaignFactory(
        root_unit=world.a.units[""], state="DRAFT", opened_at=None, year=2025
    )
    patch.setattr(world.a, "campaign", draft)


def the_roll_is_not_fixed(world: World, _patch: pytest.MonkeyPatch) -> None:
    Campaign.objects.filter(pk=world.a.campaign.pk).update(
        state="OPEN", roll_fixed_at=None
    )


def the_plan_has_phases(world: World, _patch: pytest.MonkeyPatch) -> None:
    PhaseFactory(
        campaign=world.a.campaign,
        step="PLEDGE",
        from_on=date(2022, 1, 1),
        until_on=date(2022, 2, 1),
    )


def somebody_is_at_the_top(world: World, _patch: pytest.MonkeyPatch) -> None:
    top = CampaignUnit.objects.get(
        campaign=world.a.campaign, live_unit=world.a.units[""]
    )
    person = participant(world.a.code, ".G.1-1")
    Placement.objects.filter(participant=person).update(unit=top)


def nothing_rests_on_the_document(world: World, _patch: pytest.MonkeyPatch) -> None:
    StudySession.objects.all().delete()


def no_organisation_has_a_level(world: World, _patch: pytest.MonkeyPatch) -> None:
    bodies = CampaignBody.objects.filter(unit__campaign=world.a.campaign)
    bodies.update(level="", decided_by=None)


def the_figures_were_read(world: World, _patch: pytest.MonkeyPatch) -> None:
    for suffix, report in world.a.reports.items():
        unit = CampaignUnit.objects.filter(live_unit=world.a.units[suffix]).first()
        if unit is not None:
            report.figures_digest = source_of(unit, language="vi").figures_digest
            report.save()


# By the name of an address: where the world must stand.
ROWS: dict[str, Prepare] = {
    "meetings:meeting_sign": minutes_are_complete,
    "plans:campaign_open": a_plan_waits,
    "plans:extension_add": the_plan_has_phases,
    "plans:roll_fix": the_roll_is_not_fixed,
    "pledges:item_report": people_are([".G.1-1"], pledge_state="CONFIRMED"),
    "pledges:pledge_begin": nothing_is_written,
    "pledges:pledge_paper": only_results_are_entered,
    "reports:report_issue": the_figures_were_read,
    "reviews:ballot_confirm": files_are_in_the_cells,
    "reviews:ballot_correct": files_are_in_the_cells,
    "reviews:ballot_open": nothing_is_counted,
    "reviews:body_decide": no_organisation_has_a_level,
    "reviews:body_proposal_add": no_organisation_has_a_level,
    "reviews:body_proposal_edit": no_organisation_has_a_level,
    "reviews:collective_report_begin": no_report_is_written,
    "reviews:collective_report_paper": only_results_are_entered,
    "reviews:decision_add": a_file_is_received,
    "reviews:level_reopen": the_committee_has_decided,
    "reviews:request_answer": the_committee_has_decided,
    "reviews:request_paper": it_is_looked_at_by_who_decided,
    "reviews:file_return": nobody_is_decided,
    "reviews:proposal_send": nobody_is_decided,
    "reviews:self_review_begin": nothing_is_written,
    "reviews:self_review_paper": only_results_are_entered,
    "reviews:suggestion_judge": a_suggestion_is_answered,
    "reviews:teller_edit": nothing_is_counted,
    "reviews:turn_edit": nothing_is_counted,
    "reviews:turn_leave": nothing_is_counted,
    "reviews:turn_statement": nothing_is_counted,
    "reviews:turn_reply": nobody_is_decided,
    "work:co_chair_paper": programmes_are("REPORTED"),
    "work:co_chair_sign": programmes_are("REPORTED"),
    "work:document_remove": nothing_rests_on_the_document,
    "work:programme_amend": programmes_are("ADOPTED"),
    "work:programme_answer": programmes_are(
        "SENT", discussed_on=ADOPTED, minutes="BB 1"
    ),
    "work:programme_check": programmes_are("ADOPTED"),
    "work:programme_result": programmes_are("ADOPTED"),
    "work:programme_send": result_can_be_sent,
    "work:session_add": somebody_is_at_the_top,
    "work:session_make_up": somebody_is_at_the_top,
}


def _comments() -> SimpleUploadedFile:
    stream = BytesIO()
    with new_book(stream) as book:
        sheet = add_page(book, comments.SHEET)
        put_row(sheet, 0, [comments.PLACE, comments.TEXT])
        put_row(sheet, 1, ["Mục 2", "Bổ sung chỉ tiêu"])
    return SimpleUploadedFile("gop-y.xlsx", stream.getvalue())


def studied(world: World) -> dict[str, Any]:
    return {"documents": [str(world.a.work["document"].pk)], "materials": "Đề cương"}


NEXT_YEAR = f"01/03/{timezone.localdate().year + 1}"
# The papers of a decision on one person.
MEETING = {"present": "9", "votes_for": "9", "votes_against": "0", "reason": None}
TASK = {"due_on": "05/05/2022"}


def one_is_decided(world: World) -> dict[str, Any]:
    """The level that was proposed for the first cell; the others are left."""
    bodies = CampaignBody.objects.filter(unit__campaign=world.a.campaign)
    first = body_of(world.a.code, ".G.1")
    others = {f"level_{each.pk}": None for each in bodies}
    return {**MEETING, **others, f"level_{first.pk}": "GOOD"}


# By the name of an address: what is typed over what the page proposes; None is not sent.
TYPED: dict[str, Callable[[World], dict[str, Any]]] = {
    "meetings:meeting_hold": lambda world: {
        "text_0": "Lập danh sách hộ cần giúp đỡ",
        "due_0": "05/05/2022",
        "person_1": None,
        "person_2": None,
    },
    "extract_add": lambda world: {"code": "A.S-1"},
    "reports:report_issue": lambda world: {
        "number": "25",
        "issued_on": "05/11/2024",
    },
    "reviews:body_decide": one_is_decided,
    "meetings:meeting_rate": lambda world: {"given_0": "50", "given_1": "30"},
    "plans:extension_add": lambda world: {"last_day": "15/03/2022"},
    "plans:local_part_add": lambda world: TASK,
    "plans:part_add": lambda world: TASK,
    "pledges:item_check": lambda world: {"on": "05/03/2024"},
    "records:inspection_add": lambda world: {"document": "TB 5, ngày 5/9/2026"},
    "records:planned_add": lambda world: {
        "due_on": f"05/05/{world.a.records['programme'].year}"
    },
    "reports:submission_sign": lambda world: {
        "on": "05/01/2023",
        "minutes_on": "04/01/2023",
    },
    "reviews:decision_add": lambda world: {
        "present": "9",
        "votes_for": "9",
        "votes_against": "0",
        **dict.fromkeys((f"person_{row}" for row in range(1, 11)), None),
        **dict.fromkeys((f"level_{row}" for row in range(1, 11)), None),
        **dict.fromkeys((f"reason_{row}" for row in range(1, 11)), None),
    },
    "reviews:level_reopen": lambda world: {
        **MEETING,
        "code": participant(world.a.code, ".G.1-1").member.code,
        "level": "SATISFACTORY",
    },
    "reviews:notice_list": lambda world: {
        "given_on": f"{timezone.localdate():%d/%m/%Y}"
    },
    "reviews:opinion_ask": lambda world: {
        "source": "MASS_ORGANISATION",
        "body_name": "Hội Nông dân",
        "due_on": NEXT_YEAR,
        "about": f"person-{participant(world.a.code, '.G.1-1').pk}",
    },
    "reviews:residence_exempt": lambda world: {
        "people": str(participant(world.a.code, ".G.1-2").pk)
    },
    "reviews:opinion_receive": lambda world: {
        "file": book(row_of(opinion(world.a.code, ".G.1-2")))
    },
    "reviews:remediation_follow": lambda world: {
        f"state_{remediation_item(world.a.code, 'minuted').pk}": "ON_TRACK"
    },
    "reviews:remediation_item_add": lambda world: {"due_on": NEXT_YEAR},
    "reviews:remediation_paper": lambda world: {
        "person": str(participant(world.a.code, ".G.1-2").member_id)
    },
    "reviews:remediation_person_add": lambda world: {
        "name": "Trần Văn Bình",
        "code": None,
        "organisation": "Sở Nội vụ",
    },
    "reviews:request_answer": lambda world: {**MEETING, "level": "SATISFACTORY"},
    "reviews:request_paper": lambda world: {
        "code": participant(world.a.code, ".G.1-1").member.code
    },
    "reviews:teller_edit": lambda world: {
        "others": [
            str(participant(world.a.code, f".G.1-{number}").pk) for number in (1, 2)
        ]
    },
    "reviews:collective_turn": lambda world: {
        "item-0-text": "Họp muộn",
        "do": "next",
    },
    "reviews:turn_edit": lambda world: {"item-0-text": "Còn nể nang", "do": "next"},
    "work:body_session_add": lambda world: {
        **studied(world),
        "headcount": "30",
        "invited": "40",
    },
    "work:comments_receive": lambda world: {"file": _comments()},
    "work:draft_add": lambda world: {"due_on": NEXT_YEAR},
    "work:session_add": studied,
    "work:visit_add": lambda world: {"on": "05/11/2024"},
}


def filled(world: World, name: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return what is sent to the address of this name."""
    typed = TYPED.get(name, lambda _world: {})(world)
    return {key: value for key, value in (data | typed).items() if value is not None}
