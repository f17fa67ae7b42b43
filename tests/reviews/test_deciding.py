"""A committee decides on many people at once: all or nothing, once."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.models import Participant, Tally
from members import queries as registry
from members.models import Event
from members.policy import Role
from members.row_security import asked_by
from reviews.models import Decision, DecisionLine, UnitFile
from reviews.services import deciding
from reviews.services.deciding import (
    DecidedMeanwhile,
    DecisionRefused,
    Different,
    Papers,
)
from tests.clients import client_of
from tests.factories import (
    AccountFactory,
    CampaignBodyFactory,
    CampaignUnitFactory,
    DecisionLineFactory,
    PostFactory,
    ProposalFactory,
)
from tests.restricted import restricted
from tests.reviews.level_pages import address
from tests.reviews.level_worlds import (
    NOW,
    PAPERS,
    TODAY,
    cell,
    committee,
    holder,
    received,
)

__all__ = ["cell", "committee"]
pytestmark = pytest.mark.django_db


def people_of(file) -> list[Participant]:
    people = Participant.objects.filter(
        pk__in=ProposalFactory._meta.model.objects.filter(file=file).values(
            "participant"
        )
    )
    return list(people.order_by("pk"))


def decided(*files, by, exceptions=None, **papers) -> Decision:
    return deciding.decide(
        unit=files[0].goes_to, papers=Papers(**PAPERS | papers),
        files={file.pk: file.version for file in files},
        exceptions=exceptions or {}, actor=by, now=NOW,
    )  # fmt: skip


def beside(cell):
    """Another cell of the same committee."""
    return CampaignUnitFactory(
        campaign=cell.campaign, parent=cell.parent, grassroots=cell.parent
    )


def test_all_are_decided_as_proposed_but_the_exceptions_under_the_second_lock(
    cell, committee
):
    file, other = (
        received(cell, "GOOD", "NOT_COMPLETED"),
        received(beside(cell), "GOOD"),
    )
    first, second = people_of(file)
    exceptions = {first.pk: Different("SATISFACTORY", "Chậm hai nhiệm vụ")}

    with restricted(), asked_by(committee.account_id):
        decision = decided(file, other, by=committee, exceptions=exceptions)

    for person in (first, second):
        person.refresh_from_db()
    assert (first.level, first.proposed_level, first.status) == (
        "SATISFACTORY", "GOOD", "ASSESSED",
    )  # fmt: skip
    assert (second.level, second.reason) == ("NOT_COMPLETED", "DISCIPLINED")
    assert first.decided_by == cell.parent
    assert DecisionLine.objects.filter(decision=decision).count() == 3
    assert set(UnitFile.objects.values_list("state", flat=True)) == {"DECIDED"}
    events = Event.objects.filter(action="decisions.decided")
    assert events.filter(member=first.member_id).count() == 1
    assert events.count() == 3
    tally = Tally.objects.get(unit=cell, subject="MEMBERS")
    assert (tally.satisfactory, tally.not_completed, tally.good) == (1, 1, 0)


def test_the_number_of_queries_is_the_same_for_any_number_of_people(cell, committee):
    few, many = received(cell, "GOOD"), received(beside(cell), *["GOOD"] * 30)
    counts = []
    for number, file in enumerate((few, many)):
        with CaptureQueriesContext(connection) as queries:
            decided(file, by=committee, document=f"{number}-QĐ/ĐU")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_number_of_queries_is_the_same_for_any_number_of_cells(cell, committee):
    two = [received(beside(cell), "GOOD") for _cell in range(2)]
    eight = [received(beside(cell), "GOOD", "GOOD") for _cell in range(8)]
    counts = []
    for number, files in enumerate((two, eight)):
        with CaptureQueriesContext(connection) as queries:
            decided(*files, by=committee, document=f"{number}-QĐ/ĐU")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_what_fails_in_the_middle_changes_nothing(cell, committee, monkeypatch):
    file = received(cell, "GOOD", "GOOD")

    def breaks(*args):
        raise RuntimeError

    monkeypatch.setattr(deciding, "_record", breaks)
    with pytest.raises(RuntimeError):
        decided(file, by=committee)
    assert not Decision.objects.exists()
    assert not Participant.objects.exclude(level="").exists()
    file.refresh_from_db()
    assert file.state == "RECEIVED"


def test_of_two_deciders_one_has_effect_and_the_other_is_told(cell, committee):
    file = received(cell, "GOOD")
    decided(file, by=committee)

    with pytest.raises(DecidedMeanwhile):
        decided(file, by=committee, document="13-QĐ/ĐU")
    assert Decision.objects.count() == 1


def test_a_file_that_was_changed_since_it_was_shown_is_not_decided(cell, committee):
    file = received(cell, "GOOD")
    UnitFile.objects.update(version=7)

    with pytest.raises(DecidedMeanwhile):
        decided(file, by=committee)


def test_a_file_of_another_committee_is_not_decided(cell, committee):
    file = received(cell, "GOOD", goes_to=cell.parent.parent)
    file.goes_to = cell.parent

    with pytest.raises(DecidedMeanwhile):
        decided(file, by=committee)


def test_nobody_records_the_decision_on_themselves(cell):
    file = received(cell, "GOOD", "GOOD")
    mine, other = people_of(file)
    account = AccountFactory(member=mine.member)
    PostFactory(
        unit=cell.parent.live_unit, role=Role.COMMITTEE_MEMBER,
        member=mine.member, account=None,
    )  # fmt: skip
    actor = registry.actor_for(account)

    decided(file, by=actor)
    mine.refresh_from_db(), other.refresh_from_db()
    assert (mine.level, other.level) == ("", "GOOD")
    file.refresh_from_db()
    assert file.state == "RECEIVED"
    with pytest.raises(DecisionRefused):
        decided(file, by=actor, document="13-QĐ/ĐU")
    decided(file, by=holder(cell.parent), document="14-QĐ/ĐU")
    file.refresh_from_db()
    assert file.state == "DECIDED"


def test_who_sent_the_file_does_not_record_the_decision(cell, committee):
    file = received(cell, "GOOD", sent_by_id=committee.account_id)

    with pytest.raises(DecisionRefused):
        decided(file, by=committee)
    assert not Decision.objects.exists()


def test_a_number_exceeded_on_every_base_needs_a_reason(cell, committee):
    file = received(cell, "EXCELLENT", "GOOD")

    with pytest.raises(DecisionRefused) as refusal:
        decided(file, by=committee)
    assert refusal.value.column == "breach_reason"
    decision = decided(file, by=committee, breach_reason="Đạt giải quốc gia")
    assert decision.breach_reason == "Đạt giải quốc gia"


def test_a_number_exceeded_on_one_base_alone_passes(cell, committee):
    decided(received(cell, *["EXCELLENT"] * 4, *["GOOD"] * 18), by=committee)

    assert Participant.objects.filter(level="EXCELLENT").count() == 4


def test_what_was_decided_before_counts_for_the_number(cell, committee):
    decided(received(cell, "EXCELLENT", *["GOOD"] * 5), by=committee)

    with pytest.raises(DecisionRefused) as refusal:
        decided(received(beside(cell), "EXCELLENT"), by=committee, document="13")
    assert refusal.value.column == "breach_reason"


def test_a_head_above_the_unit_needs_a_reason(cell, committee):
    CampaignBodyFactory(unit=cell, level="SATISFACTORY", is_imported=True)
    file = received(cell, "GOOD")
    PostFactory(
        unit=cell.live_unit, role=Role.SECRETARY,
        member=people_of(file)[0].member, account=None,
    )  # fmt: skip

    with pytest.raises(DecisionRefused) as refusal:
        decided(file, by=committee)
    assert refusal.value.column == "breach_reason"
    decided(file, by=committee, breach_reason="Mới nhận nhiệm vụ")


@pytest.mark.parametrize(
    "different",
    [
        Different("SATISFACTORY", ""),
        Different("NOT_COMPLETED", "Bị kỷ luật"),
        Different("GOOD", "Nêu rõ", "DISCIPLINED"),
        Different("WEAK", "Nêu rõ"),
    ],
)
def test_an_exception_says_why_with_a_level_and_its_reason(cell, committee, different):
    file = received(cell, "GOOD", "GOOD")

    with pytest.raises(DecisionRefused):
        decided(file, by=committee, exceptions={people_of(file)[0].pk: different})


def test_who_is_left_out_waits_for_another_decision(cell, committee):
    file = received(cell, "GOOD", "GOOD")
    first, second = people_of(file)

    decided(file, by=committee, exceptions={first.pk: Different("", "")})
    first.refresh_from_db(), second.refresh_from_db(), file.refresh_from_db()
    assert (first.level, second.level, file.state) == ("", "GOOD", "RECEIVED")


@pytest.mark.parametrize(
    ("papers", "column"),
    [
        ({"votes_for": 13}, "votes_for"),
        ({"votes_for": 1}, "votes_for"),
        ({"on": TODAY.replace(day=9)}, "minutes_on"),
        ({"on": TODAY.replace(day=28)}, "on"),
    ],
)
def test_papers_that_cannot_be_are_refused(cell, committee, papers, column):
    with pytest.raises(DecisionRefused) as refusal:
        decided(received(cell, "GOOD"), by=committee, **papers)
    assert refusal.value.column == column


def test_a_number_is_used_once(cell, committee):
    decided(received(cell, "GOOD"), by=committee)

    with pytest.raises(DecisionRefused) as refusal:
        decided(received(beside(cell), "GOOD"), by=committee)
    assert refusal.value.column == "document"


def test_the_database_refuses_a_second_line_and_a_minority(cell):
    line = DecisionLineFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionLineFactory(participant=line.participant)
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionLineFactory(decision__votes_for=1, decision__votes_against=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionLineFactory(level="EXCELLENT")


TYPED = {
    "document": "12-QĐ/ĐU", "on": "10/12/2024", "minutes": "BB 20",
    "minutes_on": "10/12/2024", "present": "13", "votes_for": "13",
    "votes_against": "0", "signed_by": "Trần Văn Bình",
}  # fmt: skip


def test_the_committee_decides_in_the_browser_and_everybody_reads_the_own(
    cell, committee
):
    file = received(cell, "GOOD", "GOOD")
    first, second = people_of(file)
    client, page = client_of(committee), address("decision_add", cell.parent)
    assert first.full_name in client.get(page).content.decode()

    typed = TYPED | {"files": [f"{file.pk}:{file.version}"]}
    exception = {
        "person_1": first.pk, "level_1": "SATISFACTORY", "note_1": "Chậm hai nhiệm vụ",
    }  # fmt: skip
    half = client.post(page, typed | {"person_1": first.pk})
    assert half.status_code == 422
    assert half.context["form"].errors["level_1"]
    assert client.post(page, typed | exception).status_code == 302
    assert client.post(page, typed | exception).status_code == 409

    detail = reverse("reviews:decision_detail", args=[Decision.objects.get().pk])
    assert "Chậm hai nhiệm vụ" in client.get(detail).content.decode()
    own = client_of(registry.actor_for(AccountFactory(member=second.member)))
    answer = own.get(detail)
    told = own.get(reverse("own_results")).content.decode()
    assert "12-QĐ/ĐU" in told
    assert "Chậm hai nhiệm vụ" not in told
    people = [row.line.participant for row in answer.context["lines"]]
    assert people == [second]


@pytest.mark.parametrize("people", [1, 30])
def test_the_pages_ask_a_fixed_number_of_times(
    cell, committee, people, django_assert_max_num_queries
):
    received(cell, *["GOOD"] * people)
    client = client_of(committee)

    with django_assert_max_num_queries(26):
        client.get(address("decision_add", cell.parent))
