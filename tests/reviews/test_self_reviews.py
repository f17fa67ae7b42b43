"""A self-review from its first word to the cell's answer; and all that is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest

from campaigns.models import Participant
from campaigns.queries.written.likeness import Likeness, likeness_of, words_of
from campaigns.services import phases
from campaigns.services.written import answering
from campaigns.services.written.states import WritingRefused
from campaigns.steps import Step
from members import queries as registry
from members.models import Account, Event
from members.policy import Role
from members.row_security import asked_by
from members.services.versions import ChangedMeanwhile
from reviews.models import (
    SELF_REVIEWS,
    ReviewSuggestion,
    SelfReview,
    SelfReviewAnswer,
    SelfReviewDraft,
    SelfReviewText,
)
from reviews.queries import self_reviews as queries
from reviews.services import suggesting
from reviews.services.self_reviews import writing
from tests.factories import (
    CampaignUnitFactory,
    ParticipantFactory,
    PhaseFactory,
    PledgeCheckFactory,
    PledgeFactory,
    PledgeItemFactory,
    PledgeTextFactory,
    PostFactory,
    ReviewSuggestionFactory,
    SelfReviewTextFactory,
)
from tests.restricted import restricted
from tests.reviews.self_review_worlds import (
    ANSWERS,
    CONTENT,
    DEGREES,
    NOW,
    State,
    author_of,
    cell,
    committee,
    opened,
    person,
    secretary,
    sent,
    someone,
    state_of,
    written,
)

__all__ = ["cell", "committee", "person", "secretary"]
pytestmark = pytest.mark.django_db
TODAY = date(2024, 11, 20)
POINTS = "self-review-2a-2025.1"


def test_a_member_begins_saves_and_sends_under_the_second_lock(person):
    actor = author_of(person)
    with restricted(), asked_by(actor.account_id):
        draft = writing.begin(participant=person, form=DEGREES, actor=actor, now=NOW)
        version = writing.save_draft(draft=draft, version=1, content=CONTENT, now=NOW)
        writing.send(draft=draft, version=version, actor=actor, now=NOW)

    text = SelfReviewText.objects.get()
    assert (text.own_level, text.own_level_as_servant) == ("EXCELLENT", "GOOD")
    assert text.marks == {"quality_degree": "GOOD"}
    assert set(text.answers) == {"quality", "shortcomings", "direction"}
    assert text.all_answers == ANSWERS
    assert state_of(person) == State.SENT
    assert Participant.objects.get(pk=person.pk).pledge_state == "NONE"
    event = Event.objects.get(action="self_reviews.sent")
    assert (event.member, event.data) == (
        person.member, {"campaign": person.campaign_id},
    )  # fmt: skip


@pytest.mark.parametrize("missing", ["shortcomings", "level_member"])
def test_without_shortcomings_or_an_own_level_nothing_is_sent(person, missing):
    answers = {key: text for key, text in ANSWERS.items() if key != missing}
    draft = written(person, content={"answers": answers, "items": []})

    with pytest.raises(WritingRefused, match="Còn thiếu"):
        writing.send(draft=draft, version=1, actor=author_of(person), now=NOW)

    assert (state_of(person), SelfReviewText.objects.count()) == (State.DRAFT, 0)


def test_points_by_the_campaigns_criteria_are_kept_and_summed():
    root = CampaignUnitFactory(campaign=opened("qd366-2025", year=2025))
    person = someone(CampaignUnitFactory(campaign=root.campaign, parent=root))
    points = {"points.COMMON": "28,5", "points.RESULTS": "61"}
    content = {"answers": ANSWERS | points, "items": []}

    text = sent(person, form=POINTS, content=content)

    assert text.marks == points
    [read] = queries.texts_of(SelfReview.objects.get())
    strengths = read.sections[0]
    assert (strengths.total, [mark.own for mark in strengths.marks]) == (
        "89,5", ["28,5", "61"],
    )  # fmt: skip


def test_more_points_than_a_criterion_has_are_not_sent():
    root = CampaignUnitFactory(campaign=opened("qd366-2025", year=2025))
    person = someone(CampaignUnitFactory(campaign=root.campaign, parent=root))
    points = {"points.COMMON": "31", "points.RESULTS": "61"}
    content = {"answers": ANSWERS | points, "items": []}

    with pytest.raises(WritingRefused):
        sent(person, form=POINTS, content=content)


@pytest.mark.parametrize(
    ("rule_set", "level", "forms"),
    [
        ("qd124-2023", "MEMBER", (DEGREES,)),
        ("qd124-2023", "HEAD", ("self-review-02b-2023.1",)),
        ("qd366-2025", "MEMBER", (POINTS, "self-review-2c-2025.1")),
    ],
)
def test_the_campaigns_rule_set_and_the_level_give_the_form(rule_set, level, forms):
    person = ParticipantFactory(campaign=opened(rule_set), exemplarity=level)

    assert writing.forms_for(person) == forms


def test_nobody_else_reads_what_is_being_written(person, cell, secretary):
    mine, typed = written(person), written(someone(cell), on_behalf=True)

    seen = [
        set(SelfReviewDraft.objects.visible_to(actor))
        for actor in (author_of(person), secretary)
    ]

    assert seen == [{mine}, {typed}]


def test_of_two_devices_the_second_is_told(person):
    draft = written(person)
    other = {"answers": {"causes": "x"}, "items": []}
    writing.save_draft(draft=draft, version=1, content=other, now=NOW)

    with pytest.raises(ChangedMeanwhile):
        writing.save_draft(
            draft=draft, version=1, content={"answers": {}, "items": []}, now=NOW
        )

    assert SelfReviewDraft.objects.get().content == other


def test_after_the_last_day_only_a_form_opened_in_time_is_sent(person):
    PhaseFactory(
        campaign=person.campaign, step=Step.SELF_REVIEW,
        from_on=date(2024, 11, 1), until_on=TODAY,
    )  # fmt: skip
    draft, actor = written(person), author_of(person)
    midnight = datetime(2024, 11, 19, 17, tzinfo=UTC)
    late = midnight + timedelta(minutes=10)

    with pytest.raises(phases.StepClosed):
        writing.send(draft=draft, version=1, actor=actor, now=late)
    writing.send(
        draft=draft, version=1, actor=actor, now=late,
        opened_at=midnight - timedelta(minutes=1),
    )  # fmt: skip

    assert state_of(person) == State.SENT


def test_the_cell_returns_and_confirms_and_every_text_stays(person, secretary):
    first = sent(person)
    answer = {"author": person, "actor": secretary, "now": NOW}
    answering.give_back(SELF_REVIEWS, number=1, remark="Nêu rõ nguyên nhân", **answer)
    assert state_of(person) == State.RETURNED
    draft = SelfReviewDraft.objects.get()
    writing.send(draft=draft, version=1, actor=author_of(person), now=NOW)
    with pytest.raises(WritingRefused, match="đọc bản mới"):
        answering.confirm(SELF_REVIEWS, number=1, **answer)
    answering.confirm(SELF_REVIEWS, number=2, **answer)

    assert state_of(person) == State.CONFIRMED
    assert SelfReviewText.objects.get(number=1) == first
    said = SelfReviewAnswer.objects.order_by("pk")
    assert list(said.values_list("is_confirmation", "remark")) == [
        (False, "Nêu rõ nguyên nhân"), (True, ""),
    ]  # fmt: skip
    assert not SelfReviewDraft.objects.exists()


def test_nobody_answers_the_own_self_review(person, cell):
    sent(person)
    account = Account.objects.get(member=person.member_id)
    PostFactory(
        unit=cell.live_unit,
        role=Role.SECRETARY,
        member=person.member,
        account=None,
    )

    with pytest.raises(WritingRefused, match="Không ai tự xác nhận"):
        answering.confirm(
            SELF_REVIEWS,
            author=person,
            number=1,
            actor=registry.actor_for(account),
            now=NOW,
        )

    assert state_of(person) == State.SENT


def test_a_campaign_of_results_keeps_the_days_of_the_paper(person, secretary):
    type(person.campaign).objects.update(mode="RESULTS_ONLY")
    with pytest.raises(WritingRefused, match="trên giấy"):
        writing.begin(
            participant=person, form=DEGREES, actor=author_of(person), now=NOW
        )
    paper = {"author": person, "actor": secretary, "now": NOW}

    answering.record_paper(SELF_REVIEWS, received_on=TODAY, confirmed_on=None, **paper)
    assert state_of(person) == State.SENT
    answering.record_paper(SELF_REVIEWS, received_on=TODAY, confirmed_on=TODAY, **paper)

    assert state_of(person) == State.CONFIRMED
    assert not SelfReviewText.objects.exists()


def test_who_reads_a_self_review(person, cell, secretary, committee):
    sent(person)
    other = registry.actor_for(
        PostFactory(unit=CampaignUnitFactory(
            campaign=cell.campaign, parent=cell.parent
        ).live_unit, role=Role.SECRETARY).account
    )  # fmt: skip

    seen = {
        name: SelfReviewText.objects.visible_to(actor).exists()
        for name, actor in {
            "author": author_of(person), "secretary": secretary,
            "of another cell": other, "fellow": author_of(someone(cell)),
        }.items()
    }  # fmt: skip

    assert seen == {
        "author": True, "secretary": True, "of another cell": False, "fellow": False,
    }  # fmt: skip


def test_it_opens_with_the_pledge_and_last_years_shortcomings(person):
    item = PledgeItemFactory(
        sent=PledgeTextFactory(pledge=PledgeFactory(participant=person)),
        text="Góp ý dự thảo", goal="2 lần", progress="BEHIND",
    )  # fmt: skip
    PledgeCheckFactory(item=item, note="Mới góp ý một lần")
    before = ParticipantFactory(
        campaign=opened(year=2023, code="truoc"), member=person.member
    )
    SelfReviewTextFactory(self_review__participant=before)
    stranger = ParticipantFactory(campaign=before.campaign)
    SelfReviewTextFactory(
        self_review__participant=stranger, answers={"shortcomings": "của người khác"}
    )

    notes = queries.beside(person, author_of(person))

    assert {key: each[0].lines for key, each in notes.items()} == {
        "strengths": ("Góp ý dự thảo (2 lần): cần đôn đốc. Mới góp ý một lần",),
        "remedied": ("Còn ngại góp ý", "Góp ý mỗi quý"),
    }


def test_the_words_of_last_year_are_pointed_out_whatever_the_ticks(person):
    before = ParticipantFactory(
        campaign=opened(year=2023, code="truoc"), member=person.member
    )
    sent_before = written(person)
    digest = writing.send(
        draft=sent_before, version=1, actor=author_of(person), now=NOW
    ).digest
    SelfReviewText.objects.all().delete()
    SelfReviewTextFactory(self_review__participant=before, digest=digest)
    other_level = {"answers": ANSWERS | {"level_member": "GOOD"}, "items": []}
    SelfReviewDraft.objects.update(content=other_level)

    words = words_of(SELF_REVIEWS, SelfReviewDraft.objects.get())

    assert likeness_of(SELF_REVIEWS, person, words) is Likeness.LAST_YEAR


def test_each_suggestion_has_to_be_answered_before_sending(person):
    suggestion = ReviewSuggestionFactory(participant=person)
    draft, actor = written(person), author_of(person)

    with pytest.raises(WritingRefused, match="Còn thiếu"):
        writing.send(draft=draft, version=1, actor=actor, now=NOW)
    key = f"suggested.{suggestion.pk}"
    answered = {"answers": ANSWERS | {key: "Do bàn giao chậm"}, "items": []}
    writing.save_draft(draft=draft, version=1, content=answered, now=NOW)
    text = writing.send(draft=draft, version=2, actor=actor, now=NOW)

    text.refresh_from_db()
    assert text.asked == [[str(suggestion.pk), str(suggestion)]]
    ReviewSuggestion.objects.all().delete()
    [read] = queries.texts_of(SelfReview.objects.get())
    [answer] = next(s for s in read.sections if s.key == "suggested").answers
    assert (answer.text, answer.question.label.vi) == (
        "Do bàn giao chậm", str(suggestion),
    )  # fmt: skip


def test_a_committee_suggests_and_judges_the_answer(person, cell, committee):
    made = suggesting.suggest(
        author=person, issuer=cell.parent, document="CV 1", on=TODAY,
        text="Làm rõ", actor=committee, now=NOW,
    )  # fmt: skip
    judged = {"suggestion": made, "actor": committee, "now": NOW}
    with pytest.raises(WritingRefused, match="Chưa có nội dung giải trình"):
        suggesting.judge(
            judgement=ReviewSuggestion.Judgement.SUFFICIENT, note="", **judged
        )
    Participant.objects.update(review_state=State.SENT)
    with pytest.raises(WritingRefused) as refused:
        suggesting.judge(
            judgement=ReviewSuggestion.Judgement.INSUFFICIENT, note="", **judged
        )
    assert refused.value.column == "note"
    suggesting.judge(
        judgement=ReviewSuggestion.Judgement.INSUFFICIENT,
        note="Chưa nêu biện pháp",
        **judged,
    )

    made.refresh_from_db()
    assert (made.time, made.judgement, made.judgement_note) == (
        "BEFORE", "INSUFFICIENT", "Chưa nêu biện pháp",
    )  # fmt: skip
    later = suggesting.suggest(
        author=person, issuer=cell.parent, document="CV 2", on=TODAY,
        text="Thêm", actor=committee, now=NOW,
    )  # fmt: skip
    assert later.time == "AFTER"


def test_who_reads_a_suggestion(person, cell, secretary, committee):
    ReviewSuggestionFactory(participant=person, issuer=cell.parent)

    seen = [
        ReviewSuggestion.objects.visible_to(actor).exists()
        for actor in (author_of(person), secretary, author_of(someone(cell)))
    ]

    assert seen == [True, True, False]
