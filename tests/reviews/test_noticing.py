"""Notices, requests to look again that pass the cell by, and what comes of them."""

from datetime import timedelta

import pytest

from members import queries as registry
from members.models import Event
from members.policy import Role
from members.row_security import asked_by
from members.services.versions import ChangedMeanwhile
from reviews.models import Decision, LevelNotice, LevelRequest, LevelRevision
from reviews.queries import notices as queries
from reviews.services import notifying
from reviews.services.deciding import DecisionRefused
from reviews.services.notifying import NoticeRefused
from tests.factories import AccountFactory, PostFactory
from tests.restricted import restricted
from tests.reviews.level_worlds import NOW, TODAY, cell, committee, holder
from tests.reviews.notice_worlds import (
    answered,
    asked,
    counts,
    own,
    own_again,
    rated,
    upper,
)

__all__ = ["cell", "committee"]
pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_the_days_count_from_the_notice_and_never_from_before_it_was_written_down(cell):
    person, secretary = rated(cell), holder(cell)
    (notice,) = queries.notices_in(cell, secretary)
    assert notice.last_day is None

    with restricted(), asked_by(secretary.account_id):
        late = NOW + 10 * DAY
        given = notifying.hand_over(
            unit=cell, people=[person.pk], given_on=TODAY, actor=secretary, now=late
        )

    assert given == 1
    (notice,) = queries.notices_in(cell, secretary)
    assert notice.given.given_on == TODAY
    assert notice.last_day == TODAY + 40 * DAY
    assert queries.why_not_asked(notice, on=TODAY + 40 * DAY) == ""
    assert queries.why_not_asked(notice, on=TODAY + 41 * DAY)
    event = Event.objects.get(action="level_notices.given")
    assert event.member == person.member


@pytest.mark.parametrize(
    ("given_on", "column"), [(TODAY + DAY, "given_on"), (TODAY - DAY, "given_on")]
)
def test_no_notice_is_given_tomorrow_or_before_the_decision(cell, given_on, column):
    person, secretary = rated(cell), holder(cell)

    with pytest.raises(NoticeRefused) as refusal:
        notifying.hand_over(
            unit=cell, people=[person.pk], given_on=given_on, actor=secretary, now=NOW
        )

    assert refusal.value.column == column
    assert not LevelNotice.objects.exists()


def test_whoever_has_the_notice_keeps_the_first_day(cell):
    person, secretary = rated(cell), holder(cell)
    actor = own(person)
    (notice,) = queries.notices_of(actor)
    with restricted(), asked_by(actor.account_id):
        notifying.read(notice=notice, actor=actor, now=NOW)
        notifying.read(notice=notice, actor=actor, now=NOW + DAY)

    with pytest.raises(NoticeRefused):
        notifying.hand_over(
            unit=cell, people=[person.pk], given_on=TODAY, actor=secretary, now=NOW
        )

    assert LevelNotice.objects.get().way == "READ"
    assert Event.objects.filter(action="level_notices.given").count() == 1


def test_a_request_passes_the_cell_by_and_the_cell_learns_of_it_when_it_is_received(
    cell, committee
):
    person, secretary, above = rated(cell), holder(cell), upper(cell)
    actor = own(person)
    (notice,) = queries.notices_of(actor)
    notifying.read(notice=notice, actor=actor, now=NOW)
    with restricted(), asked_by(actor.account_id):
        request = asked(person, actor)
    assert request.goes_to == cell.parent.parent

    for who in (secretary, committee):
        with restricted(), asked_by(who.account_id):
            assert not LevelRequest.objects.exists()
        assert not LevelRequest.objects.visible_to(who).exists()
    assert not LevelNotice.objects.get().asked_again

    with restricted(), asked_by(above.account_id):
        found = LevelRequest.objects.answerable_by(above).get()
        notifying.receive(request=found, version=1, actor=above, now=NOW)

    assert LevelNotice.objects.get().asked_again
    request.refresh_from_db()
    assert request.state == "RECEIVED"
    with pytest.raises(ChangedMeanwhile):
        notifying.receive(request=request, version=1, actor=above, now=NOW)
    actions = Event.objects.filter(action__startswith="level_requests.")
    assert {each.unit_id for each in actions} == {cell.parent.parent.custodian_id}


def test_one_request_is_won_and_the_figures_move_with_it(cell):
    person, above = rated(cell, "SATISFACTORY"), upper(cell)
    rated(cell)
    request = asked(person)

    with restricted(), asked_by(above.account_id):
        revision = answered(request, above, "GOOD")

    person.refresh_from_db()
    request.refresh_from_db()
    assert (person.level, person.decided_by) == ("GOOD", cell.parent.parent)
    assert request.state == "CHANGED"
    assert (revision.previous_level, revision.level) == ("SATISFACTORY", "GOOD")
    assert revision.previous_decided_by == cell.parent
    assert (counts(cell, "good"), counts(cell, "satisfactory")) == (2, 0)
    latest, first = queries.notices_of(own_again(person))
    assert (latest.code, latest.given, first.is_latest) == ("GOOD", None, False)
    assert queries.why_not_asked(latest, on=TODAY)
    assert Event.objects.filter(action="levels.revised").count() == 1


def test_one_request_is_lost_and_the_level_stays_with_the_reason(cell):
    person, above = rated(cell), upper(cell)
    request = asked(person)

    with restricted(), asked_by(above.account_id):
        revision = answered(request, above)

    person.refresh_from_db()
    request.refresh_from_db()
    assert (person.level, person.decided_by) == ("GOOD", cell.parent)
    assert (request.state, revision.is_kept, revision.note) == (
        "KEPT", True, "Đã xem hồ sơ",
    )  # fmt: skip
    with restricted(), asked_by(above.account_id):
        seen = {*Decision.objects.visible_to(above)}
    assert seen == {request.decision, revision.decision}
    with pytest.raises(NoticeRefused):
        answered(request, above, "EXCELLENT", document="31a-QĐ/ĐU")


STATES = LevelRequest.State.values
ALLOWED = {("SENT", "receive"), ("SENT", "answer"), ("RECEIVED", "answer")}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", ["receive", "answer"])
def test_only_what_waits_is_received_and_answered(cell, state, act):
    person, above = rated(cell), upper(cell)
    request = asked(person)
    LevelRequest.objects.filter(pk=request.pk).update(state=state)

    def do():
        if act == "answer":
            return answered(request, above, "SATISFACTORY")
        return notifying.receive(request=request, version=1, actor=above, now=NOW)

    if (state, act) in ALLOWED:
        do()
        assert LevelRequest.objects.get().state != state
        return
    with pytest.raises(NoticeRefused):
        do()
    person.refresh_from_db()
    assert (person.level, LevelRequest.objects.get().state) == ("GOOD", state)
    assert not LevelRevision.objects.exists()


def test_one_document_answers_several_people_and_no_other_meeting(cell):
    people, above = [rated(cell), rated(cell), rated(cell)], upper(cell)
    first, second, third = [asked(person) for person in people]

    assert answered(first, above).decision == answered(second, above).decision
    with pytest.raises(DecisionRefused) as refusal:
        answered(third, above, minutes="BB 99")
    assert refusal.value.column == "document"


def test_a_number_that_is_exceeded_needs_a_reason(cell):
    person, above = rated(cell), upper(cell)
    request = asked(person)

    with pytest.raises(DecisionRefused) as refusal:
        answered(request, above, "EXCELLENT")
    assert refusal.value.column == "breach_reason"
    assert not LevelRevision.objects.exists()

    answered(request, above, "EXCELLENT", breach_reason="Thành tích đột xuất")
    assert counts(cell, "excellent") == 1


@pytest.mark.parametrize(
    ("level", "note", "column"),
    [("EXCELLENT", "", "note"), ("CLEAN", "Vì", "level"), ("NOT_COMPLETED", "Vì", "reason")],
)  # fmt: skip
def test_an_answer_has_a_level_of_the_campaign_and_says_why(cell, level, note, column):
    request, above = asked(rated(cell)), upper(cell)

    with pytest.raises(DecisionRefused) as refusal:
        answered(request, above, level, note)

    assert refusal.value.column == column


def test_nobody_looks_at_the_own_level(cell):
    person = rated(cell)
    account = AccountFactory(member=person.member)
    PostFactory(
        unit=cell.parent.parent.live_unit, role=Role.SECRETARY, member=person.member,
        account=None,
    )  # fmt: skip
    both = registry.actor_for(account)
    request = asked(person, both)

    assert not LevelRequest.objects.answerable_by(both).exists()
    with pytest.raises(NoticeRefused):
        notifying.receive(request=request, version=1, actor=both, now=NOW)
    with pytest.raises(NoticeRefused):
        answered(request, both, "GOOD")


def test_of_a_grassroots_cell_the_committee_above_answers_whatever_it_sees(cell):
    person, above = rated(cell.parent, by=cell.parent), upper(cell)
    request = asked(person)

    assert request.goes_to == cell.parent.parent
    with restricted(), asked_by(above.account_id):
        (read,) = queries.requests_to(request.goes_to, above)
        answered(request, above, "SATISFACTORY")

    assert read.name == person.full_name
    person.refresh_from_db()
    assert person.level == "SATISFACTORY"


def test_it_is_asked_once_and_by_the_person(cell):
    person = rated(cell)
    request = asked(person)

    with pytest.raises(NoticeRefused):
        asked(person, own_again(person))
    (notice,) = queries.notices_in(cell, holder(cell))
    with pytest.raises(NoticeRefused):
        notifying.ask(notice=notice, text="Vì", actor=holder(cell), now=NOW)
    assert LevelRequest.objects.get() == request


def test_after_the_last_day_it_is_too_late_but_a_paper_counts_by_its_own_day(cell):
    person, above = rated(cell), upper(cell)
    actor = own(person)
    (notice,) = queries.notices_of(actor)
    notifying.read(notice=notice, actor=actor, now=NOW)
    after = NOW + 31 * DAY
    with pytest.raises(NoticeRefused):
        asked(person, actor, now=after)
    facts = {
        "unit": cell.parent.parent,
        "text": "Xin xem lại",
        "actor": above,
        "now": after,
    }
    code = person.member.code
    with pytest.raises(NoticeRefused):
        notifying.ask_from_paper(code=code, signed_on=TODAY + 31 * DAY, **facts)
    with pytest.raises(NoticeRefused) as refusal:
        notifying.ask_from_paper(code="X-1", signed_on=TODAY, **facts)
    assert refusal.value.column == "code"

    with restricted(), asked_by(above.account_id):
        request = notifying.ask_from_paper(
            code=code.lower(), signed_on=TODAY + 30 * DAY, **facts
        )

    assert (request.signed_on, request.state) == (TODAY + 30 * DAY, "SENT")


def test_in_a_campaign_without_texts_the_words_stay_on_paper(cell):
    cell.campaign.mode = "RESULTS_ONLY"
    cell.campaign.save()
    person = rated(cell)

    with pytest.raises(NoticeRefused):
        asked(person)
    assert asked(person, own_again(person), text="").text == ""


def test_the_rule_set_sends_it_back_to_who_decided(cell, committee):
    rules = cell.campaign.rule_set_resolved
    rules["procedure"]["request_to"]["value"] = "DECIDER"
    cell.campaign.save()
    person = rated(cell)

    request = asked(person)

    assert request.goes_to == cell.parent
    assert LevelRequest.objects.answerable_by(committee).get() == request


def test_a_stored_rule_set_that_knows_no_days_sets_no_end(cell):
    procedure = cell.campaign.rule_set_resolved["procedure"]
    del procedure["request_days"], procedure["request_to"]
    cell.campaign.save()
    person = rated(cell)
    actor = own(person)
    (notice,) = queries.notices_of(actor)
    notifying.read(notice=notice, actor=actor, now=NOW)

    assert asked(person, actor, now=NOW + 300 * DAY).goes_to == cell.parent.parent
