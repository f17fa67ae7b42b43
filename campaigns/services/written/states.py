"""The state of a document in its column of `Participant`: the one writer.

The state counts in the progress of the unit, so it changes with the unit held.
Source: docs/rules/pledges.md § 3.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from campaigns.models import Campaign, CampaignUnit, Participant, Placement, WrittenKind
from campaigns.services import phases, running, tallies
from campaigns.steps import Step
from members import events
from members.models import Member
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for

WRITABLE = ("DRAFT", "RETURNED")


class WritingRefused(Exception):
    """The act is not possible like this; the text says why, `column` where."""

    def __init__(self, why: str, *, column: str | None = None) -> None:
        super().__init__(why)
        self.column = column


@dataclass(slots=True)
class Held:
    """A person of a campaign who is held until the act is done."""

    kind: WrittenKind
    participant: Participant
    unit: CampaignUnit
    actor: Actor
    now: datetime

    def move(self, state: str) -> None:
        """Give the document another state."""
        setattr(self.participant, self.kind.column, state)
        self.participant.save(update_fields=[self.kind.column])

    def record(self, action: str, *, area: Area | None) -> None:
        """Write the act into the log; without an area it is the person's own."""
        events.record(
            action=f"{self.kind.name}.{action}",
            subject=self.participant,
            member=Member(pk=self.participant.member_id),
            actor=self.actor,
            now=self.now,
            unit=self.unit.custodian if area else None,
            area=area or Area.TEXTS,
            data={"campaign": self.participant.campaign_id},
        )


@contextmanager
def holding(
    kind: WrittenKind,
    participant: Participant,
    *,
    states: Collection[str],
    actor: Actor,
    now: datetime,
    step: Step | None = None,
    opened_at: datetime | None = None,
) -> Iterator[Held]:
    """Hold somebody, and the unit where they count, for one act on a document.

    Raises: WritingRefused if the campaign takes no acts, the person has left or the
        document is in another state; phases.StepClosed after the last day of the step.
    """
    unit = unit_of(participant)
    with tallies.changing([unit.pk]):
        rows = Participant.objects.select_for_update(of=("self",), no_key=True)
        held = rows.select_related("campaign").get(pk=participant.pk)
        demand_running(held.campaign)
        if held.presence != Participant.Presence.PRESENT:
            raise WritingRefused(
                _("%s is no longer on the roll of this campaign.") % held.full_name
            )
        if kind.state_of(held) not in states:
            raise WritingRefused(
                _("It is “%s” by now: reload the page.") % kind.state_in_words(held)
            )
        if step:
            phases.demand_open(
                campaign=held.campaign,
                step=step,
                unit=unit,
                participant=held,
                opened_at=opened_at,
                now=now,
            )
        yield Held(kind, held, unit, actor, now)


def demand_running(campaign: Campaign) -> None:
    """Refuse where a campaign is not opened yet, or is closed.

    No file replaces the campaign any more.
    Raises: WritingRefused.
    """
    running.demand_running(campaign, WritingRefused)
    tallies.keep_worked_on(campaign)


@opened_for(Purpose.RESULTS)
def unit_of(participant: Participant) -> CampaignUnit:
    """Return where somebody counts now.

    Raises: WritingRefused if they have left, or died.
    """
    placed = Placement.objects.open().filter(participant=participant)
    unit = (
        CampaignUnit.objects.filter(pk__in=placed.values("unit"))
        .select_related("custodian", "campaign", "parent")
        .first()
    )
    if unit is None:
        raise WritingRefused(
            _("%s is no longer on the roll of this campaign.") % participant.full_name
        )
    return unit
