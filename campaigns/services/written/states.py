"""The state of a document in its column of the author: the one writer.

The state counts in the progress of the unit, so it changes with the unit held.
Source: docs/rules/pledges.md § 3.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import writing
from campaigns.models import (
    Author,
    Campaign,
    CampaignBody,
    CampaignUnit,
    Participant,
    PersonKind,
    Placement,
    WrittenKind,
)
from campaigns.services import phases, running, tallies
from campaigns.steps import Step
from campaigns.writing import WRITTEN, Act
from members import events
from members.models import Member
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for

WRITABLE = writing.states_for(WRITTEN, Act.WRITE)


class WritingRefused(Exception):
    """The act is not possible like this; the text says why, `column` where."""

    def __init__(self, why: str, *, column: str | None = None) -> None:
        super().__init__(why)
        self.column = column


class NotRunning(WritingRefused):
    """The campaign is not opened yet, or closed: nothing of it is written."""


@dataclass(slots=True)
class Held:
    """An author who is held until the act is done."""

    kind: WrittenKind
    author: Author
    unit: CampaignUnit
    actor: Actor
    now: datetime

    @property
    def member_id(self) -> int | None:
        """The key of the member who the author is; None for a body."""
        return self.author.member_id if isinstance(self.author, Participant) else None

    @property
    def whose(self) -> dict[str, Any]:
        """The column that says whose it is, of a document or a draft."""
        return {self.kind.author: self.author}

    def move(self, state: str) -> None:
        """Give the document another state."""
        setattr(self.author, self.kind.column, state)
        self.author.save(update_fields=[self.kind.column])

    def finish(self, on: date | None = None) -> None:
        """Give it the last state, and keep on which day it first stood so, if asked.

        `on` is the day of a paper, which may be set right; else it is today.
        """
        self.move(self.kind.done)
        if column := self.kind.day_column:
            day = on or getattr(self.author, column) or timezone.localdate(self.now)
            setattr(self.author, column, day)
            self.author.save(update_fields=[column])

    def record_writing(self, action: str, *, is_on_behalf: bool) -> None:
        """Write an act of writing into the log: the person's own, or that of a post."""
        is_own = isinstance(self.kind, PersonKind) and not is_on_behalf
        self.record(action, area=None if is_own else self.kind.written_by)

    def record(self, action: str, *, area: Area | None) -> None:
        """Write the act into the log; without an area it is the person's own."""
        events.record(
            action=f"{self.kind.name}.{action}",
            subject=self.author,
            member=Member(pk=self.member_id) if self.member_id else None,
            actor=self.actor,
            now=self.now,
            unit=self.unit.custodian if area else None,
            area=area or Area.TEXTS,
            data={"campaign": self.author.campaign_id},
        )


@contextmanager
def holding(
    kind: WrittenKind,
    author: Author,
    *,
    states: Collection[str],
    actor: Actor,
    now: datetime,
    step: Step | None = None,
    opened_at: datetime | None = None,
) -> Iterator[Held]:
    """Hold an author, and the unit where they count, for one act on a document.

    Raises: WritingRefused if the campaign takes no acts, the person has left or the
        document is in another state; phases.StepClosed after the last day of the step.
    """
    unit = unit_of(author)
    with tallies.changing([unit.pk]):
        held = locked(author)
        demand_running(held.campaign)
        if kind.state_of(held) not in states:
            raise WritingRefused(
                _("It is “%s” by now: reload the page.") % kind.state_in_words(held)
            )
        if step:
            phases.demand_open(
                campaign=held.campaign,
                step=step,
                unit=unit,
                participant=held if isinstance(held, Participant) else None,
                opened_at=opened_at,
                now=now,
            )
        yield Held(kind, held, unit, actor, now)


def locked(author: Author) -> Author:
    """Return an author as they are now, held until the transaction ends.

    Raises: WritingRefused if the person has left, or died.
    """
    if isinstance(author, CampaignBody):
        bodies = CampaignBody.objects.select_for_update(of=("self",), no_key=True)
        return bodies.select_related("unit__campaign").get(pk=author.pk)
    rows = Participant.objects.select_for_update(of=("self",), no_key=True)
    person = rows.select_related("campaign").get(pk=author.pk)
    if person.presence != Participant.Presence.PRESENT:
        raise _left(person)
    return person


def _left(author: Author) -> WritingRefused:
    return WritingRefused(
        _("%s is no longer on the roll of this campaign.") % author.full_name
    )


def demand_running(campaign: Campaign) -> None:
    """Refuse where a campaign is not opened yet, or is closed.

    No file replaces the campaign any more.
    Raises: NotRunning.
    """
    running.demand_running(campaign, NotRunning)
    tallies.keep_worked_on(campaign)


@opened_for(Purpose.RESULTS)
def unit_of(author: Author) -> CampaignUnit:
    """Return where somebody counts now, or the unit of a body.

    Raises: WritingRefused if they have left, or died.
    """
    units = CampaignUnit.objects.select_related("custodian", "campaign", "parent")
    if isinstance(author, CampaignBody):
        return units.get(pk=author.unit_id)
    placed = Placement.objects.open().filter(participant=author)
    unit = units.filter(pk__in=placed.values("unit")).first()
    if unit is None:
        raise _left(author)
    return unit


@opened_for(Purpose.RESULTS)  # where one is placed oneself is no row that one sees
def unit_read_at(participant: Participant) -> CampaignUnit:
    """Return where somebody counts, or counted last before they left; one query."""
    placed = Placement.objects.filter(participant=participant).order_by(
        F("until_on").desc(nulls_first=True), "-pk"
    )
    units = CampaignUnit.objects.select_related("custodian", "campaign", "parent")
    return units.get(pk=placed.values("unit")[:1])
