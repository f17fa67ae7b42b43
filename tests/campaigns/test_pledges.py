"""A pledge from its first word to the result of its year; and all that is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest

from campaigns.models import (
    Campaign,
    CheckRound,
    Participant,
    Pledge,
    PledgeAnswer,
    PledgeCheck,
    PledgeDraft,
    PledgeItem,
    PledgeText,
)
from campaigns.queries import pledges as queries
from campaigns.queries.pledges import Likeness
from campaigns.services import criteria, phases
from campaigns.services.pledges import answering, checks, drafts, sending
from campaigns.services.written.states import WritingRefused
from campaigns.steps import Step
from members import queries as registry
from members.models import Event
from members.policy import Role
from members.row_security import asked_by
from members.services.versions import ChangedMeanwhile
from tests.factories import (
    AccountFactory,
    CampaignFactory,
    CampaignUnitFactory,
    CriteriaSetFactory,
    CriterionFactory,
    ParticipantFactory,
    PhaseFactory,
    PlacementFactory,
    PledgeAnswerFactory,
    PledgeDraftFactory,
    PledgeFactory,
    PledgeItemFactory,
    PledgeSetupFactory,
    PledgeTextFactory,
    PostFactory,
    ProgrammeFactory,
    ProgrammeItemFactory,
)
from tests.restricted import restricted

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 3, 10, 3, tzinfo=UTC)
TODAY = date(2024, 3, 10)
State = Participant.Pledge
CONTENT = {
    "answers": {"duty": "Làm đúng việc được giao"},
    "items": [
        {
            "section": "duty", "measure": "TEXT", "source": "", "text": "Góp ý dự thảo",
            "goal": "2 lần", "unit_of_measure": "", "due_on": "", "evidence": "",
        }
    ],
}  # fmt: skip


@pytest.fixture
def cell():
    campaign = CampaignFactory(
        state="OPEN", opened_at=NOW, rule_set_resolved={}, mode="FULL_TEXT"
    )
    root = CampaignUnitFactory(campaign=campaign)
    PledgeSetupFactory(campaign=campaign, needs_criteria=False)
    return CampaignUnitFactory(campaign=campaign, parent=root)


@pytest.fixture
def person(cell):
    return someone(cell)


def someone(cell, state="NONE", **columns) -> Participant:
    made = PlacementFactory(unit=cell, participant__pledge_state=state, **columns)
    return made.participant


@pytest.fixture
def secretary(cell):
    return registry.actor_for(
        PostFactory(unit=cell.live_unit, role=Role.SECRETARY).account
    )


def author_of(person):
    return registry.actor_for(AccountFactory(member=person.member))


def written(person, *, on_behalf=False, content=CONTENT) -> PledgeDraft:
    PledgeFactory(participant=person, signed_on=date(2024, 3, 1) if on_behalf else None)
    Participant.objects.filter(pk=person.pk).update(pledge_state=State.DRAFT)
    person.refresh_from_db()
    return PledgeDraftFactory(
        participant=person, content=content, is_on_behalf=on_behalf
    )


def sent(person, actor=None) -> PledgeText:
    draft = written(person)
    return sending.send(
        draft=draft, version=1, actor=actor or author_of(person), now=NOW
    )


def confirmed(person, secretary) -> PledgeItem:
    sent(person)
    answering.confirm(participant=person, number=1, actor=secretary, now=NOW)
    return PledgeItem.objects.get(sent__pledge__participant=person)


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
        participant=person, number=1, remark="Ghi rõ mức", actor=secretary, now=NOW
    )
    assert state_of(person) == State.RETURNED
    draft = PledgeDraft.objects.get()
    sending.send(draft=draft, version=1, actor=author_of_again(person), now=NOW)
    answering.confirm(participant=person, number=2, actor=secretary, now=NOW)

    said = PledgeAnswer.objects.order_by("text__number")
    assert [(each.text.number, each.is_confirmation, each.remark) for each in said] == [
        (1, False, "Ghi rõ mức"),
        (2, True, ""),
    ]
    assert state_of(person) == State.CONFIRMED
    assert not PledgeDraft.objects.exists()


def author_of_again(person):
    account = person.member.pk
    found = AccountFactory._meta.model.objects.get(member=account)
    return registry.actor_for(found)


def test_a_text_that_came_meanwhile_is_read_first(person, secretary):
    text = sent(person)
    PledgeTextFactory(pledge=text.pledge, number=2)

    with pytest.raises(WritingRefused, match="đọc bản mới"):
        answering.confirm(participant=person, number=1, actor=secretary, now=NOW)

    assert state_of(person) == State.SENT


def test_nobody_answers_or_checks_the_own_pledge(person, cell, secretary):
    post = PostFactory(
        unit=cell.live_unit, role=Role.SECRETARY, account=None, member=person.member
    )
    own = registry.actor_for(AccountFactory(member=post.member))
    sent(person, actor=own)

    for act in (
        lambda: answering.confirm(participant=person, number=1, actor=own, now=NOW),
        lambda: answering.give_back(
            participant=person, number=1, remark="x", actor=own, now=NOW
        ),
    ):
        with pytest.raises(WritingRefused, match="Không ai tự xác nhận"):
            act()
    answering.confirm(participant=person, number=1, actor=secretary, now=NOW)
    with pytest.raises(WritingRefused, match="Không ai tự kiểm tra"):
        check(PledgeItem.objects.get(), own)

    assert not PledgeCheck.objects.exists()


def test_what_was_typed_on_behalf_is_acknowledged_by_its_author(person, secretary):
    draft = written(person, on_behalf=True)
    sending.send(draft=draft, version=1, actor=secretary, now=NOW)
    pledge = Pledge.objects.get()
    assert pledge.waits_for_its_author

    answering.acknowledge(
        document=pledge, on=TODAY, is_on_paper=False, actor=author_of(person), now=NOW
    )

    pledge.refresh_from_db()
    assert (pledge.acknowledged_on, pledge.waits_for_its_author) == (TODAY, False)
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
    paper = {"participant": person, "actor": secretary, "now": NOW}
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


# ---- Kept -----------------------------------------------------------------


def check(item, actor, **kind):
    given = {"state": "BEHIND", "on": TODAY, "note": "Mới một lần", "evidence": ""}
    return checks.record_check(item=item, actor=actor, now=NOW, **given | kind)


def test_what_is_behind_is_on_the_next_list_until_the_cell_finds_otherwise(
    person, cell, secretary
):
    item = confirmed(person, secretary)
    check(item, secretary)

    people = queries.items_of_unit(cell, actor=secretary)
    assert [each.participant for each in queries.behind_at(people)] == [person]
    check(item, secretary, state="DONE", note="Đủ hai lần")
    people = queries.items_of_unit(cell, actor=secretary)
    assert queries.behind_at(people) == []
    assert people[0].lines[0].found.note == "Đủ hai lần"


def test_a_report_stands_beside_the_item_until_the_cell_has_found(
    person, cell, secretary
):
    item = confirmed(person, secretary)
    checks.report_progress(
        item=item, state="DONE", note="", evidence="BB 3",
        actor=author_of_again(person), now=NOW,
    )  # fmt: skip

    def line():
        return queries.items_of_unit(cell, actor=secretary)[0].lines[0]

    assert (line().reported.evidence, line().item.progress) == ("BB 3", "ON_TRACK")
    check(item, secretary, state="DONE", note="Đủ")
    assert (line().reported, line().item.progress) == (None, "DONE")


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        ({"note": ""}, "note"),
        ({"on": date(2024, 3, 11)}, "on"),
        ({"on": date(2024, 3, 9)}, "on"),
    ],
)
def test_a_check_that_cannot_be_is_refused_at_its_field(
    person, secretary, kind, column
):
    item = confirmed(person, secretary)

    with pytest.raises(WritingRefused) as refused:
        check(item, secretary, **kind)

    assert (refused.value.column, PledgeCheck.objects.count()) == (column, 0)


def test_of_somebody_who_has_left_nothing_is_checked(person, secretary):
    item = confirmed(person, secretary)
    Participant.objects.update(presence="LEFT")

    with pytest.raises(WritingRefused, match="không còn trong danh sách"):
        check(item, secretary)


def test_a_round_of_a_day_is_recorded_once(cell, secretary):
    given = {"unit": cell, "on": TODAY, "actor": secretary, "now": NOW}
    checks.record_round(**given)

    with pytest.raises(WritingRefused, match="đã được ghi"):
        checks.record_round(**given)

    assert list(CheckRound.objects.values_list("unit", "on")) == [(cell.pk, TODAY)]


def test_results_are_of_the_text_in_force_alone(person, secretary):
    item = confirmed(person, secretary)
    later = PledgeTextFactory(pledge=item.sent.pledge, number=2)
    new = PledgeItemFactory(sent=later)

    checks.record_results(
        participant=person,
        results={item.pk: ("DONE", "Cũ"), new.pk: ("DONE", "Mới")},
        actor=secretary,
        now=NOW,
    )

    kept = PledgeItem.objects.order_by("sent__number")
    assert [each.result_note for each in kept] == ["", "Mới"]


def test_results_of_the_year_are_offered_the_next(person, cell, secretary):
    item = confirmed(person, secretary)
    checks.record_results(
        participant=person, results={item.pk: ("NOT_DONE", "Bận")}, actor=secretary,
        now=NOW,
    )  # fmt: skip
    following = CampaignUnitFactory(campaign__year=2025)
    again = PlacementFactory(
        unit=following, participant__member=person.member
    ).participant

    offered = queries.suggestions_for(again, following, actor=author_of_again(person))[
        "last"
    ]

    assert [(each.source, each.section, each.goal) for each in offered] == [
        (f"last:{item.pk}", "duty", "2 lần")
    ]
    assert offered[0].note == PledgeItem.Result.NOT_DONE.label


@pytest.mark.parametrize("people", [1, 3])
def test_the_lists_of_a_cell_ask_as_often_for_one_as_for_three(
    cell, secretary, people, django_assert_num_queries
):
    for _number in range(people):
        item = PledgeItemFactory(
            sent__pledge__participant=someone(cell, State.CONFIRMED)
        )
        PledgeAnswerFactory(text=item.sent)

    with django_assert_num_queries(6):
        assert len(queries.roll_of(cell, actor=secretary, today=NOW.date())) == people
    with django_assert_num_queries(4):
        assert len(queries.items_of_unit(cell, actor=secretary)) == people


def test_confirmed_pledges_are_read_in_the_cell_if_the_campaign_says_so(
    person, cell, secretary
):
    confirmed(person, secretary)
    fellow, stranger = author_of(someone(cell)), author_of(ParticipantFactory())

    def read_by(actor):
        return list(Pledge.objects.published_to(actor))

    assert read_by(fellow) == []
    PledgeSetupFactory._meta.model.objects.update(is_published=True)
    assert read_by(fellow) == [Pledge.objects.get()]
    assert read_by(stranger) == []
    Participant.objects.filter(pk=person.pk).update(pledge_state=State.SENT)
    assert read_by(fellow) == []
