"""A pledge from its first word to the result of its year; and all that is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from campaigns.models import (
    Campaign,
    Participant,
    Pledge,
    PledgeAnswer,
    PledgeCheck,
    PledgeDraft,
    PledgeItem,
    PledgeText,
)
from campaigns.queries import pledges as queries
from campaigns.queries.due import own_due
from campaigns.queries.pledges import Likeness
from campaigns.services import criteria, phases
from campaigns.services.pledges import answering, drafts, sending
from campaigns.services.written.states import WritingRefused
from campaigns.steps import Step
from members import queries as registry
from members.models import Event
from members.policy import Role
from members.row_security import asked_by
from members.services.versions import ChangedMeanwhile
from tests.campaigns.pledge_worlds import (
    CONTENT,
    NOW,
    TODAY,
    author_of,
    author_of_again,
    cell_of_writers,
    check,
    secretary_of,
    sent,
    someone,
    written,
)
from tests.factories import (
    AccountFactory,
    CriteriaSetFactory,
    CriterionFactory,
    ParticipantFactory,
    PhaseFactory,
    PledgeFactory,
    PledgeSetupFactory,
    PledgeTextFactory,
    PostFactory,
    ProgrammeFactory,
    ProgrammeItemFactory,
)
from tests.restricted import restricted

pytestmark = pytest.mark.django_db
State = Participant.Pledge


@pytest.fixture
def cell():
    return cell_of_writers()


@pytest.fixture
def person(cell):
    return someone(cell)


@pytest.fixture
def secretary(cell):
    return secretary_of(cell)


def state_of(person) -> str:
    return Participant.objects.get(pk=person.pk).pledge_state


# ---- Written --------------------------------------------------------------


def test_a_member_begins_and_saves_under_the_second_lock(person):
    actor = author_of(person)
    with restricted(), asked_by(actor.account_id):
        draft = drafts.begin(
            participant=person, form="pledge-short.1", actor=actor, now=NOW
        )
        version = drafts.save_draft(
            draft=draft, version=1, content={"answers": {"pledge": "a"}, "items": []},
            now=NOW,
        )  # fmt: skip
        kept = PledgeDraft.objects.visible_to(actor).get()

    assert (version, kept.version, kept.content["answers"]) == (2, 2, {"pledge": "a"})
    assert (state_of(person), kept.is_on_behalf) == (State.DRAFT, False)
    assert Pledge.objects.get().form == "pledge-short.1"


def test_of_two_devices_the_second_is_told_and_nothing_is_overwritten(person):
    draft = written(person)
    first, second = ({"answers": {"duty": text}, "items": []} for text in "ab")
    drafts.save_draft(draft=draft, version=1, content=first, now=NOW)

    with pytest.raises(ChangedMeanwhile) as told:
        drafts.save_draft(draft=draft, version=1, content=second, now=NOW)

    assert told.value.current.content == first
    assert PledgeDraft.objects.get().content == first
    again = drafts.save_draft(draft=draft, version=1, content=first, now=NOW)
    assert again == 2  # the same form that came twice


def test_what_is_sent_is_not_saved_any_more(person):
    draft = written(person)
    Participant.objects.update(pledge_state=State.SENT)

    with pytest.raises(WritingRefused, match="đã gửi"):
        drafts.save_draft(draft=draft, version=1, content=CONTENT, now=NOW)

    assert PledgeDraft.objects.get().version == 1


def test_nobody_else_reads_what_is_being_written(person, cell, secretary):
    mine, typed = written(person), written(someone(cell), on_behalf=True)

    seen = [
        set(PledgeDraft.objects.visible_to(actor))
        for actor in (author_of(person), secretary)
    ]

    assert seen == [{mine}, {typed}]


def test_pledges_open_once_the_criteria_of_the_cell_or_above_are_published(
    person, cell
):
    PledgeSetupFactory._meta.model.objects.update(needs_criteria=True)
    criteria_set = CriteriaSetFactory(unit=cell)
    begin = {"participant": person, "form": "pledge-2022.1", "now": NOW}
    actor = author_of(person)

    with pytest.raises(WritingRefused, match="chưa được công bố"):
        drafts.begin(actor=actor, **begin)
    CriterionFactory(criteria=criteria_set)
    criteria.send(criteria=criteria_set, version=1, actor=actor, now=NOW)
    criteria.publish(
        criteria=criteria_set, version=2, document="QĐ 1", actor=actor, now=NOW
    )
    drafts.begin(actor=actor, **begin)

    assert state_of(person) == State.DRAFT


def test_no_text_is_begun_where_a_campaign_enters_none(person, cell):
    type(cell.campaign).objects.update(mode="RESULTS_ONLY")

    with pytest.raises(WritingRefused, match="trên giấy"):
        drafts.begin(
            participant=person, form="pledge-2022.1", actor=author_of(person), now=NOW
        )


# ---- Sent -----------------------------------------------------------------


def test_what_is_sent_is_a_text_with_its_items(person):
    text = sent(person)

    item = PledgeItem.objects.get()
    assert (text.number, text.answers, text.level) == (1, CONTENT["answers"], "MEMBER")
    assert (item.sent, item.text, item.goal) == (text, "Góp ý dự thảo", "2 lần")
    assert (state_of(person), item.progress) == (State.SENT, "ON_TRACK")
    event = Event.objects.get(action="pledges.sent")
    assert (event.member, event.post, event.data) == (
        person.member, None, {"campaign": person.campaign_id},
    )  # fmt: skip


def test_an_empty_target_is_not_sent(person):
    lacking = [{**CONTENT["items"][0], "goal": ""}]
    draft = written(person, content={"answers": {}, "items": lacking})

    with pytest.raises(WritingRefused, match="Còn thiếu"):
        sending.send(draft=draft, version=1, actor=author_of(person), now=NOW)

    assert (state_of(person), PledgeText.objects.count()) == (State.DRAFT, 0)


def test_another_version_than_was_read_is_not_sent(person):
    draft = written(person)
    PledgeDraft.objects.update(version=2)

    with pytest.raises(ChangedMeanwhile):
        sending.send(draft=draft, version=1, actor=author_of(person), now=NOW)

    assert state_of(person) == State.DRAFT


def test_a_pledge_after_closing_is_refused_but_for_a_form_opened_in_time(person):
    PhaseFactory(
        campaign=person.campaign, step=Step.PLEDGE,
        from_on=date(2024, 1, 1), until_on=date(2024, 3, 10),
    )  # fmt: skip
    draft, actor = written(person), author_of(person)
    midnight = datetime(2024, 3, 9, 17, tzinfo=UTC)  # the 10th in Vietnam
    late = midnight + timedelta(minutes=10)

    with pytest.raises(phases.StepClosed):
        sending.send(draft=draft, version=1, actor=actor, now=late)
    assert state_of(person) == State.DRAFT
    sending.send(
        draft=draft, version=1, actor=actor, now=late,
        opened_at=midnight - timedelta(minutes=1),
    )  # fmt: skip
    assert state_of(person) == State.SENT


def test_who_has_left_sends_nothing(person):
    draft, actor = written(person), author_of(person)
    Participant.objects.update(presence="LEFT")

    with pytest.raises(WritingRefused, match="không còn trong danh sách"):
        sending.send(draft=draft, version=1, actor=actor, now=NOW)


def test_an_item_points_only_to_what_its_author_may_see(person, cell):
    seen = ProgrammeItemFactory(programme=ProgrammeFactory(unit=cell))
    hidden = ProgrammeItemFactory()
    items = [
        {**CONTENT["items"][0], "source": f"programme:{each.pk}"}
        for each in (seen, hidden)
    ]
    draft = written(person, content={"answers": {}, "items": items})

    sending.send(draft=draft, version=1, actor=author_of(person), now=NOW)

    pointed = PledgeItem.objects.values_list("programme_item", flat=True)
    assert list(pointed) == [seen.pk, None]


def test_a_text_that_equals_another_is_told_to_its_author(person, cell):
    other = someone(cell)
    assert queries.likeness_of(person, CONTENT) is None
    sent(other)
    actor = author_of(person)

    with restricted(), asked_by(actor.account_id):
        told = queries.likeness_of(person, CONTENT)
        assert not PledgeText.objects.exists()  # whose it is stays hidden
    assert told is Likeness.SOMEBODY

    before = ParticipantFactory(member=person.member)
    sent_before = PledgeText.objects.get()
    PledgeTextFactory(
        pledge=PledgeFactory(participant=before), digest=sent_before.digest
    )
    assert queries.likeness_of(person, CONTENT) is Likeness.LAST_YEAR


# ---- Answered -------------------------------------------------------------


def test_a_pledge_is_returned_mended_and_confirmed_with_its_history(person, secretary):
    sent(person)
    answering.give_back(
        author=person, number=1, remark="Ghi rõ mức", actor=secretary, now=NOW
    )
    assert state_of(person) == State.RETURNED
    draft = PledgeDraft.objects.get()
    sending.send(draft=draft, version=1, actor=author_of_again(person), now=NOW)
    answering.confirm(author=person, number=2, actor=secretary, now=NOW)

    said = PledgeAnswer.objects.order_by("text__number")
    assert [(each.text.number, each.is_confirmation, each.remark) for each in said] == [
        (1, False, "Ghi rõ mức"),
        (2, True, ""),
    ]
    assert state_of(person) == State.CONFIRMED
    assert not PledgeDraft.objects.exists()


def test_a_text_that_came_meanwhile_is_read_first(person, secretary):
    text = sent(person)
    PledgeTextFactory(pledge=text.pledge, number=2)

    with pytest.raises(WritingRefused, match="đọc bản mới"):
        answering.confirm(author=person, number=1, actor=secretary, now=NOW)

    assert state_of(person) == State.SENT


def test_nobody_answers_or_checks_the_own_pledge(person, cell, secretary):
    post = PostFactory(
        unit=cell.live_unit, role=Role.SECRETARY, account=None, member=person.member
    )
    own = registry.actor_for(AccountFactory(member=post.member))
    sent(person, actor=own)

    for act in (
        lambda: answering.confirm(author=person, number=1, actor=own, now=NOW),
        lambda: answering.give_back(
            author=person, number=1, remark="x", actor=own, now=NOW
        ),
    ):
        with pytest.raises(WritingRefused, match="Không ai tự xác nhận"):
            act()
    answering.confirm(author=person, number=1, actor=secretary, now=NOW)
    with pytest.raises(WritingRefused, match="Không ai tự kiểm tra"):
        check(PledgeItem.objects.get(), own)

    assert not PledgeCheck.objects.exists()


def test_what_was_typed_on_behalf_is_acknowledged_by_its_author(person, secretary):
    draft = written(person, on_behalf=True)
    sending.send(draft=draft, version=1, actor=secretary, now=NOW)
    pledge = Pledge.objects.get()
    assert pledge.waits_for_its_author
    author = author_of(person)
    [waiting] = own_due(author, today=TODAY)
    assert (waiting.is_done, waiting.is_own) == (False, True)
    assert waiting.url == reverse("pledges:pledge_detail", args=[person.pk])

    answering.acknowledge(
        document=pledge, on=TODAY, is_on_paper=False, actor=author, now=NOW
    )

    pledge.refresh_from_db()
    assert (pledge.acknowledged_on, pledge.waits_for_its_author) == (TODAY, False)
    assert [due.is_done for due in own_due(author, today=TODAY)] == [True]
    event = Event.objects.get(action="pledges.sent")
    assert event.post_id == secretary.posts[0].post_id
    with pytest.raises(WritingRefused):
        answering.acknowledge(
            document=pledge, on=TODAY, is_on_paper=True, actor=secretary, now=NOW
        )


def test_nothing_is_acknowledged_in_a_closed_campaign(person, secretary):
    draft = written(person, on_behalf=True)
    sending.send(draft=draft, version=1, actor=secretary, now=NOW)
    Campaign.objects.update(state="CLOSED", closed_at=NOW, roll_fixed_at=NOW)
    pledge = Pledge.objects.get()

    with pytest.raises(WritingRefused):
        answering.acknowledge(
            document=pledge, on=TODAY, is_on_paper=True, actor=secretary, now=NOW
        )

    pledge.refresh_from_db()
    assert pledge.acknowledged_on is None


def test_an_acknowledgement_that_is_not_in_the_log_is_not_kept(
    person, secretary, monkeypatch
):
    draft = written(person, on_behalf=True)
    sending.send(draft=draft, version=1, actor=secretary, now=NOW)
    pledge = Pledge.objects.get()

    def full(**_event):
        raise OSError("full")

    monkeypatch.setattr("members.events.record", full)
    with pytest.raises(OSError, match="full"):
        answering.acknowledge(
            document=pledge, on=TODAY, is_on_paper=True, actor=secretary, now=NOW
        )

    pledge.refresh_from_db()
    assert pledge.acknowledged_on is None


def test_of_a_campaign_of_results_only_the_days_of_the_paper_are_kept(
    person, cell, secretary
):
    paper = {"author": person, "actor": secretary, "now": NOW}
    with pytest.raises(WritingRefused, match="nhập thay"):
        answering.record_paper(received_on=TODAY, confirmed_on=None, **paper)
    type(cell.campaign).objects.update(mode="RESULTS_ONLY")

    answering.record_paper(received_on=TODAY, confirmed_on=None, **paper)
    assert state_of(person) == State.SENT
    answering.record_paper(received_on=date(2024, 3, 1), confirmed_on=TODAY, **paper)
    assert state_of(person) == State.CONFIRMED
    with pytest.raises(WritingRefused, match="không thể trước"):
        answering.record_paper(
            received_on=TODAY, confirmed_on=date(2024, 3, 1), **paper
        )
    pledge = Pledge.objects.get()
    assert (pledge.received_on, pledge.confirmed_on) == (date(2024, 3, 1), TODAY)
