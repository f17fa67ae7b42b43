"""A cell and its committee: levels proposed, sent up, decided."""

from datetime import UTC, date, datetime

import pytest

from campaigns import rulesets
from campaigns.models import Participant
from members import queries as registry
from members.policy import Role
from reviews.models import UnitFile
from reviews.services import proposing
from reviews.services.proposing import Proposed
from tests.factories import (
    CampaignFactory,
    CampaignUnitFactory,
    GrassrootsFactory,
    PlacementFactory,
    PostFactory,
    ProposalFactory,
    UnitFileFactory,
)

NOW = datetime(2024, 12, 10, 3, tzinfo=UTC)
TODAY = date(2024, 12, 10)


@pytest.fixture
def cell():
    campaign = CampaignFactory(
        state="OPEN", opened_at=NOW, mode="FULL_TEXT", rule_set_code="qd366-2025",
        rule_set_resolved=rulesets.resolve("qd366-2025"),
    )  # fmt: skip
    root = CampaignUnitFactory(campaign=campaign)
    live = GrassrootsFactory(parent=root.live_unit)
    committee = CampaignUnitFactory(campaign=campaign, parent=root, live_unit=live)
    return CampaignUnitFactory(
        campaign=campaign, parent=committee, grassroots=committee
    )


def someone(cell, **columns) -> Participant:
    facts = {f"participant__{name}": value for name, value in columns.items()}
    facts = {"participant__review_state": "CONFIRMED"} | facts
    return PlacementFactory(unit=cell, **facts).participant


def holder(unit):
    post = PostFactory(unit=unit.live_unit, role=Role.SECRETARY)
    return registry.actor_for(post.account)


@pytest.fixture
def secretary(cell):
    return holder(cell)


@pytest.fixture
def committee(cell):
    return holder(cell.parent)


def recorded(cell, actor, *lines, version=0, on=TODAY):
    return proposing.record(
        unit=cell, minutes="BB 03", minutes_on=on, version=version,
        proposed=[Proposed(person.pk, *rest) for person, *rest in lines],
        actor=actor, now=NOW,
    )  # fmt: skip


def sent(cell, actor, *lines) -> UnitFile:
    file = recorded(cell, actor, *lines)
    proposing.send(file=file, version=file.version, actor=actor, now=NOW)
    file.refresh_from_db()
    return file


PAPERS = {
    "document": "12-QĐ/ĐU", "on": TODAY, "minutes": "BB 20", "minutes_on": TODAY,
    "present": 13, "votes_for": 12, "votes_against": 1, "signed_by": "Trần Văn Bình",
}  # fmt: skip


def received(cell, *levels, **columns) -> UnitFile:
    columns = {
        "state": "RECEIVED",
        "answered_at": NOW,
        "goes_to": cell.parent,
    } | columns
    file = UnitFileFactory(unit=cell, **columns)
    for level in levels:
        reason = "DISCIPLINED" if level == "NOT_COMPLETED" else ""
        ProposalFactory(
            file=file, participant=someone(cell), level=level, reason=reason
        )
    return file
