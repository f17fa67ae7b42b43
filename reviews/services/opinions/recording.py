"""What a body said is entered by whoever asked; the person replies.

Source: docs/rules/opinions.md § 3, § 4.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Campaign, CampaignUnit, Participant
from campaigns.services.running import demand_running
from campaigns.services.written.states import WritingRefused
from members import events
from members.models import Member
from members.models.events import OPINIONS_OPENED
from members.policy import Actor, Area
from members.services.versions import locked_version
from reviews.models import Opinion, OpinionEntry
from reviews.services.opinions.asking import area_of

LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What one paper says; `text` is "" where a campaign keeps none."""

    text: str
    document: str = ""
    signed_on: date | None = None


def record(
    *,
    opinion: Opinion,
    version: int,
    paper: Paper,
    came_on: date,
    actor: Actor,
    now: datetime,
) -> None:
    """Enter what came; entered anew, the earlier words stay to be read.

    Raises: WritingRefused if it is about oneself, says nothing, brings words into a
        campaign that keeps none, or its days are to come or out of order;
        versions.ChangedMeanwhile.
    """
    demand_enterable(opinion, paper, came_on=came_on, actor=actor, now=now)
    with events.written_last():
        held = locked_version(Opinion.objects.all(), opinion, version=version)
        demand_running(opinion.request.unit.campaign, WritingRefused)
        write([(held, paper)], came_on=came_on, actor=actor, now=now)
        _note("recorded", opinion, area_of(opinion.request, actor), actor, now)


def write(
    papers: Sequence[tuple[Opinion, Paper]],
    *,
    came_on: date,
    actor: Actor,
    now: datetime,
) -> None:
    """Append entries to opinions that are held; two statements, however many."""
    OpinionEntry.objects.bulk_create(
        OpinionEntry(
            opinion=opinion,
            text=paper.text,
            document=paper.document,
            signed_on=paper.signed_on,
            came_on=came_on,
            at=now,
            by_id=actor.account_id,
        )
        for opinion, paper in papers
    )
    for opinion, _paper in papers:
        opinion.state = Opinion.State.RECEIVED
        opinion.version += 1
    Opinion.objects.bulk_update(
        [opinion for opinion, _paper in papers], ["state", "version"]
    )


def demand_enterable(
    opinion: Opinion, paper: Paper, *, came_on: date, actor: Actor, now: datetime
) -> None:
    """Refuse a paper that the actor cannot enter.

    Raises: WritingRefused, as `record` does.
    """
    if opinion.member_id is not None and opinion.member_id == actor.member_id:
        raise WritingRefused(
            _("This is about you: another member of the committee enters it.")
        )
    keeps_texts = opinion.request.unit.campaign.mode == Campaign.Mode.FULL_TEXT
    if keeps_texts and not paper.text:
        raise WritingRefused(_("Enter what the body says."), column="text")
    if not keeps_texts and paper.text:
        raise WritingRefused(
            _("This campaign keeps no texts: enter the days of the paper alone."),
            column="text",
        )
    _demand_days(opinion, paper, came_on=came_on, now=now)


def _demand_days(
    opinion: Opinion, paper: Paper, *, came_on: date, now: datetime
) -> None:
    if came_on > timezone.localdate(now):
        raise WritingRefused(_("This day has not come yet."), column="came_on")
    if came_on < opinion.request.asked_on:
        raise WritingRefused(
            _("It was asked for on a later day than this."), column="came_on"
        )
    if paper.signed_on and paper.signed_on > came_on:
        raise WritingRefused(
            _("The paper cannot have come before it was signed."), column="signed_on"
        )


def reply(*, opinion: Opinion, text: str, actor: Actor, now: datetime) -> None:
    """Add what the person says to an opinion on them; it is never changed.

    Raises: WritingRefused if it is about somebody else, nothing has come yet, or the
        campaign takes no acts.
    """
    if opinion.member_id is None or opinion.member_id != actor.member_id:
        raise WritingRefused(_("The person whom it is about replies."))
    with transaction.atomic():
        held = Opinion.objects.select_for_update(of=("self",), no_key=True).get(
            pk=opinion.pk
        )
        demand_running(opinion.request.unit.campaign, WritingRefused)
        if held.state != Opinion.State.RECEIVED:
            raise WritingRefused(_("Nothing has come to reply to."))
        OpinionEntry.objects.create(
            opinion=held,
            kind=OpinionEntry.Kind.REPLY,
            text=text,
            at=now,
            by_id=actor.account_id,
        )
        _note("replied", opinion, None, actor, now)


def note_taken(opinion: Opinion, actor: Actor, now: datetime) -> None:
    """Log that an opinion was taken from a workbook."""
    _note("recorded", opinion, area_of(opinion.request, actor), actor, now)


def note_read(
    participant: Participant, unit: CampaignUnit, actor: Actor, now: datetime
) -> None:
    """Log that somebody read what was said of another; the person sees who and when."""
    if participant.member_id == actor.member_id:
        return
    is_cell = actor.narrowest_post(Area.PLEDGES, unit.custodian.path)
    events.record(
        action=OPINIONS_OPENED,
        subject=participant,
        member=Member(pk=participant.member_id),
        actor=actor,
        now=now,
        unit=unit.custodian,
        area=Area.PLEDGES if is_cell else Area.CAMPAIGN,
        data={"campaign": participant.campaign_id},
    )


def _note(
    what: str, opinion: Opinion, area: Area | None, actor: Actor, now: datetime
) -> None:
    """Log an act on one opinion; without an area it is the person's own."""
    events.record(
        action=f"opinions.{what}",
        subject=opinion,
        member=Member(pk=opinion.member_id) if opinion.member_id else None,
        actor=actor,
        now=now,
        unit=opinion.request.unit.custodian if area else None,
        area=area or Area.TEXTS,
        data={"campaign": opinion.request.unit.campaign_id},
    )
