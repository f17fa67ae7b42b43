"""Random plans of remediation, for the worlds of this package."""

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random

from members.models import Member, PartyUnit
from reviews.models import (
    NamedPerson,
    RemediationCheck,
    RemediationItem,
    RemediationPlan,
    RemediationStep,
)

NOW = datetime(2024, 12, 1, 5, tzinfo=UTC)
STATES = ("GIVEN", "MINUTED", "SENT", "ACCEPTED", "RETURNED")


def add(random: Random, units: Sequence[PartyUnit], people: Sequence[Member]) -> None:
    """Write plans of people and of units in every state, with all that hangs on them."""
    drafts = [
        RemediationPlan(
            member=person,
            state="DRAFT",
            signed_on=random.choice([None, "2024-11-01"]),
            opened_at=NOW,
        )
        for person in people
    ]
    others = [_plan(random, units, people) for _ in range(30)]
    plans = RemediationPlan.objects.bulk_create([*drafts, *others])
    items = RemediationItem.objects.bulk_create(
        RemediationItem(
            plan=each, source="CONCLUDED", document="d", document_on="2024-05-06",
            shortcoming="s", measure="m", responsible="r", due_on="2025-03-31",
        )
        for each in plans
    )  # fmt: skip
    RemediationCheck.objects.bulk_create(
        RemediationCheck(item=each, on="2024-11-05", state="ON_TRACK", at=NOW)
        for each in items
    )
    RemediationStep.objects.bulk_create(
        RemediationStep(plan=each, act="MINUTE", on="2024-11-05", at=NOW)
        for each in plans
    )
    NamedPerson.objects.bulk_create(
        NamedPerson(
            item=each, member=random.choice([None, random.choice(people)]), name="n",
            post="p", from_on="2020-01-01", named_at=NOW,
        )
        for each in items
    )  # fmt: skip


def _plan(
    random: Random, units: Sequence[PartyUnit], people: Sequence[Member]
) -> RemediationPlan:
    is_personal = random.random() < 0.5
    state = random.choice(STATES if is_personal else STATES[1:])
    is_up = state in ("SENT", "ACCEPTED")
    return RemediationPlan(
        member=random.choice(people) if is_personal else None,
        unit=None if is_personal else random.choice(units),
        state=state,
        goes_to=random.choice([None, random.choice(units)]) if is_up else None,
        opened_at=NOW,
    )
