"""A collective's report from its first word to the answer of the level above."""

import pytest

from campaigns.models import Campaign, CampaignBody
from campaigns.queries.written.likeness import Likeness, likeness_of, words_of
from campaigns.services.written.states import WritingRefused
from members import queries as registry
from members.models import Event
from members.policy import Role
from members.row_security import asked_by
from members.services.versions import ChangedMeanwhile
from reviews.models import (
    COLLECTIVE_REPORTS,
    CollectiveReport,
    CollectiveReportDraft,
    CollectiveReportText,
    CollectiveSuggestion,
)
from reviews.queries import collective_reports as queries
from reviews.services import collective_reports as services
from reviews.services import suggesting
from tests.factories import (
    AccountFactory,
    CampaignBodyFactory,
    CampaignUnitFactory,
    CollectiveReportFactory,
    CollectiveReportTextFactory,
    CollectiveSuggestionFactory,
    DraftCommentFactory,
    DraftFactory,
    PlacementFactory,
    ProgrammeFactory,
    ProgrammeItemFactory,
)
from tests.restricted import restricted
from tests.reviews.collective_report_worlds import (
    ANSWERS,
    DEGREES,
    NOW,
    POINTS,
    TODAY,
    State,
    body,
    body_of,
    committee,
    holder,
    report_of,
    sent,
    state_of,
    written,
)
from tests.reviews.self_review_worlds import opened

__all__ = ["body", "committee"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(body):
    return holder(body.unit)


def test_a_report_is_begun_saved_sent_and_accepted_under_the_second_lock(
    body, secretary, committee
):
    content = {"answers": ANSWERS, "items": []}
    with restricted(), asked_by(secretary.account_id):
        draft = services.begin(body=body, form=DEGREES, actor=secretary, now=NOW)
        version = services.save_draft(draft=draft, version=1, content=content, now=NOW)
        services.send(draft=draft, version=version, actor=secretary, now=NOW)
    with restricted(), asked_by(committee.account_id):
        services.accept(author=body, number=1, actor=committee, now=NOW)

    text = CollectiveReportText.objects.get()
    assert (text.own_level, text.marks) == ("GOOD", {"unity_degree": "GOOD"})
    assert text.all_answers == ANSWERS
    assert state_of(body) == State.ACCEPTED
    assert not CollectiveReportDraft.objects.exists()
    events = Event.objects.filter(action__startswith="collective_reports.")
    told = [(each.action.partition(".")[2], each.post.unit) for each in events]
    own, above = body.unit.live_unit, body.unit.parent.live_unit
    assert told == [("begun", own), ("sent", own), ("confirmed", above)]
    assert {each.member_id for each in events} == {None}


@pytest.mark.parametrize("missing", ["shortcomings", "level_collective"])
def test_a_report_without_this_is_not_sent_up(body, secretary, missing):
    with pytest.raises(WritingRefused, match="Còn thiếu"):
        sent(body, secretary, **{missing: ""})
    assert state_of(body) == State.DRAFT


def test_the_level_above_returns_it_with_words_and_each_text_stays(
    body, secretary, committee
):
    sent(body, secretary)
    services.give_back(
        author=body, number=1, remark="Nêu rõ trách nhiệm", actor=committee, now=NOW
    )
    assert state_of(body) == State.RETURNED
    draft = CollectiveReportDraft.objects.get()
    services.send(draft=draft, version=1, actor=secretary, now=NOW)
    with pytest.raises(WritingRefused, match="bản mới"):
        services.accept(author=body, number=1, actor=committee, now=NOW)

    report = CollectiveReport.objects.get()
    last, first = queries.texts_of(report)
    assert (last.number, first.answer.remark) == (2, "Nêu rõ trách nhiệm")


def test_whoever_sent_it_up_does_not_answer_it_but_at_the_root(body, secretary):
    sent(body, secretary)
    with pytest.raises(WritingRefused, match="tự"):
        services.accept(author=body, number=1, actor=secretary, now=NOW)

    root = CampaignBodyFactory(unit=body.unit.parent.parent)
    above = holder(root.unit)
    sent(root, above)
    services.accept(author=root, number=1, actor=above, now=NOW)
    assert state_of(root) == State.ACCEPTED


def test_two_who_write_overwrite_nothing_and_a_sent_one_is_no_draft(body, secretary):
    draft = written(body)
    other = {"answers": {"unity": "b"}, "items": []}
    services.save_draft(draft=draft, version=1, content=other, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        services.save_draft(
            draft=draft, version=1, content={"answers": {}, "items": []}, now=NOW
        )
    CampaignBody.objects.filter(pk=body.pk).update(report_state=State.SENT)
    with pytest.raises(WritingRefused, match="đã gửi"):
        services.save_draft(draft=draft, version=2, content=other, now=NOW)


def test_forms_are_those_of_the_rule_set_with_points_by_its_criteria():
    forms = {
        rules: services.forms_for(body_of(rules))
        for rules in ("hd27-2014", "qd132-2018", "qd124-2023", "qd366-2025")
    }
    assert forms == {
        "hd27-2014": ("collective-01-2019.1",),
        "qd132-2018": ("collective-01-2019.1",),
        "qd124-2023": (DEGREES,),
        "qd366-2025": (POINTS,),
    }
    body = body_of("qd366-2025")
    draft = written(body, form=POINTS)
    asked = {q.mark.code for q in draft.definition.questions_for("MEMBER") if q.mark}
    assert asked == {"COMMON", "RESULTS"}
    points = {"points.COMMON": "27", "points.RESULTS": "60,5"}
    draft.content["answers"] |= points
    draft.save()
    text = services.send(draft=draft, version=1, actor=holder(body.unit), now=NOW)
    assert text.marks.items() >= points.items()


def test_what_is_suggested_is_answered_before_it_goes_up_and_judged(
    body, secretary, committee
):
    facts = {
        "author": body,
        "issuer": body.unit.parent,
        "document": "CV 14",
        "on": TODAY,
    }
    made = suggesting.suggest(
        **facts, text="Làm rõ việc họp muộn", actor=committee, now=NOW
    )
    assert (type(made), made.time) == (CollectiveSuggestion, "BEFORE")
    judge = {"suggestion": made, "actor": committee, "now": NOW}
    with pytest.raises(WritingRefused, match="Chưa có"):
        suggesting.judge(**judge, judgement="SUFFICIENT", note="")
    draft = written(body)
    with pytest.raises(WritingRefused, match="Còn thiếu"):
        services.send(draft=draft, version=1, actor=secretary, now=NOW)
    draft.content["answers"][f"suggested.{made.pk}"] = "Do thay cấp ủy"
    draft.save()
    services.send(draft=draft, version=1, actor=secretary, now=NOW)
    suggesting.judge(**judge, judgement="INSUFFICIENT", note="Chưa nêu trách nhiệm")

    made.refresh_from_db()
    assert (made.judgement, made.judgement_note) == (
        "INSUFFICIENT", "Chưa nêu trách nhiệm",
    )  # fmt: skip
    later = suggesting.suggest(**facts, text="b", actor=committee, now=NOW)
    assert later.time == "AFTER"
    assert Event.objects.filter(action="collective_reports.suggested").count() == 2


def test_it_opens_with_the_programme_last_year_and_comments(body, secretary):
    programme = ProgrammeFactory(unit=body.unit, result="Đạt chung")
    ProgrammeItemFactory(
        programme=programme, text="Kết nạp", goal="2", unit_of_measure="đảng viên",
        result="PARTLY", result_note="1 người",
    )  # fmt: skip
    earlier = CampaignUnitFactory(
        campaign=opened(year=body.campaign.year - 1), live_unit=body.unit.live_unit
    )
    before = CollectiveReportFactory(body=CampaignBodyFactory(unit=earlier))
    CollectiveReportTextFactory(collective_report=before)
    draft = DraftFactory(unit=body.unit, kind="REPORT")
    DraftCommentFactory(
        draft=draft, body_name="Tổ đảng 1", place="", text="Thiếu số liệu"
    )
    CollectiveReportTextFactory()  # of another collective

    notes = {
        key: [line for note in found for line in note.lines]
        for key, found in queries.beside(body, secretary).items()
    }

    assert notes["strengths"][0].startswith("Kết nạp (2 đảng viên): ")
    assert notes["strengths"][1] == "Đạt chung"
    assert notes["remedied"] == ["Họp muộn", "Họp trước ngày 5"]
    assert notes["shortcomings"] == ["Tổ đảng 1: Thiếu số liệu"]


def test_the_words_of_last_year_are_pointed_out(body, secretary):
    digest = sent(body, secretary).digest
    CollectiveReportText.objects.all().delete()
    earlier = CampaignUnitFactory(
        campaign=opened(year=body.campaign.year - 1), live_unit=body.unit.live_unit
    )
    before = CollectiveReportFactory(body=CampaignBodyFactory(unit=earlier))
    CollectiveReportTextFactory(collective_report=before, digest=digest)

    words = words_of(COLLECTIVE_REPORTS, CollectiveReportDraft.objects.get())
    assert likeness_of(COLLECTIVE_REPORTS, body, words) is Likeness.LAST_YEAR
    CampaignBody.objects.filter(pk=before.body_id).update(kind="AUTHORITY")
    assert likeness_of(COLLECTIVE_REPORTS, body, words) is Likeness.SOMEBODY


def test_a_campaign_of_results_keeps_the_days_of_the_paper(body, secretary, committee):
    Campaign.objects.update(mode="RESULTS_ONLY")
    with pytest.raises(WritingRefused, match="trên giấy"):
        services.begin(body=body, form=DEGREES, actor=secretary, now=NOW)
    paper = {"author": body, "actor": committee, "now": NOW, "received_on": TODAY}
    services.record_paper(**paper, confirmed_on=None)
    assert state_of(body) == State.SENT
    services.record_paper(**paper, confirmed_on=TODAY)
    assert state_of(body) == State.ACCEPTED


def test_who_reads_a_report_and_who_its_draft(body, secretary, committee):
    CollectiveReportTextFactory(
        collective_report=written(body).body and report_of(body)
    )
    CollectiveSuggestionFactory(body=body, issuer=body.unit.parent)
    root = body.unit.parent.parent
    member = PlacementFactory(unit=body.unit).participant.member
    stranger = PlacementFactory(
        unit=CampaignUnitFactory(campaign=body.campaign, parent=body.unit.parent)
    ).participant.member
    readers = {
        "secretary": secretary,
        "committee": committee,
        "upper": holder(root),
        "team": holder(body.unit, Role.WORKING_TEAM),
        "member": registry.actor_for(AccountFactory(member=member)),
        "stranger": registry.actor_for(AccountFactory(member=stranger)),
        "propaganda": holder(root, Role.PROPAGANDA_DEPARTMENT),
    }
    kinds = {
        "text": CollectiveReportText,
        "draft": CollectiveReportDraft,
        "suggestion": CollectiveSuggestion,
    }
    seen = {kind: set() for kind in kinds}
    for name, actor in readers.items():
        with restricted(), asked_by(actor.account_id):
            for kind, model in kinds.items():
                if model.objects.visible_to(actor).exists():
                    seen[kind].add(name)
    all_who_read = {"secretary", "committee", "upper", "team", "member"}
    assert seen == {
        "text": all_who_read,
        "draft": {"secretary"},
        "suggestion": all_who_read,
    }
