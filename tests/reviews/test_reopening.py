"""A level rated anew after it was found to hide a violation, also after the end."""

import pytest

from members.policy import Role
from members.row_security import asked_by
from reviews.services.deciding import DecisionRefused
from tests.factories import PostFactory
from tests.restricted import restricted
from tests.reviews.level_worlds import NOW, cell, committee, someone
from tests.reviews.notice_worlds import asked, counts, own, rated, reopened

__all__ = ["cell", "committee"]
pytestmark = pytest.mark.django_db


def test_who_is_found_in_violation_later_is_rated_anew_also_after_the_end(
    cell, committee
):
    person = rated(cell)
    cell.campaign.state = "CLOSED"
    cell.campaign.roll_fixed_at = cell.campaign.closed_at = NOW
    cell.campaign.save()

    with restricted(), asked_by(committee.account_id):
        revision = reopened(
            cell.parent, person, committee, "NOT_COMPLETED", "DISCIPLINED"
        )

    person.refresh_from_db()
    assert (person.level, person.reason) == ("NOT_COMPLETED", "DISCIPLINED")
    assert (revision.previous_level, revision.request) == ("GOOD", None)
    assert counts(cell, "not_completed") == 1


def test_reopening_has_its_limits(cell, committee):
    person, other = rated(cell), rated(cell, by=cell.parent.parent)
    waiting = rated(cell)
    asked(waiting)

    for who, level, column in (
        (other, "SATISFACTORY", "code"),  # another committee decided
        (waiting, "SATISFACTORY", "code"),  # is to be answered
        (person, "GOOD", "level"),  # stands already
    ):
        with pytest.raises(DecisionRefused) as refusal:
            reopened(cell.parent, who, committee, level)
        assert refusal.value.column == column
    PostFactory(
        unit=cell.parent.live_unit, role=Role.COMMITTEE_MEMBER, member=person.member,
        account=None,
    )  # fmt: skip
    with pytest.raises(DecisionRefused):
        reopened(cell.parent, person, own(person))


def test_an_imported_level_is_reopened_by_who_would_decide(cell, committee):
    person = someone(cell, level="GOOD", status="ASSESSED", is_imported=True)

    revision = reopened(cell.parent, person, committee)

    assert revision.previous_decided_by is None
    person.refresh_from_db()
    assert person.decided_by == cell.parent
