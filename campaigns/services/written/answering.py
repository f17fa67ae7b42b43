"""What is done with a document that came: confirmed, returned, its paper kept.

Source: docs/rules/pledges.md § 5.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import (
    Author,
    Campaign,
    Participant,
    PersonKind,
    SentText,
    Written,
    WrittenByPerson,
    WrittenKind,
)
from campaigns.queries import phases
from campaigns.services.written.states import (
    Held,
    WritingRefused,
    demand_running,
    holding,
)
from campaigns.writing import WRITTEN, Act, states_for
from members import events
from members.dates import display_day
from members.models import Member
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for

ALL = ("NONE", "DRAFT", "SENT", "RETURNED")  # before the cell is done with it


def confirm(
    kind: WrittenKind,
    *,
    author: Author,
    number: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Confirm the text of this number: from now on it stands.

    Raises: WritingRefused if it is one's own, or another text came meanwhile;
        as `states.holding`.
    """
    states = states_for(WRITTEN, Act.CONFIRM)
    with holding(kind, author, states=states, actor=actor, now=now) as held:
        text = latest(held, number)
        kind.answer._default_manager.create(
            text=text,  # type: ignore[misc]  # each kind names the text that it answers
            is_confirmation=True,
            at=now,
            by_id=actor.account_id,
        )
        with opened_for(Purpose.ACT):  # whoever answers reads no draft
            kind.draft._default_manager.filter(**held.whose).delete()
        held.finish()
        held.record("confirmed", area=kind.answered_by)


def give_back(
    kind: WrittenKind,
    *,
    author: Author,
    number: int,
    remark: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Return the text of this number with what is to be mended.

    Raises: as `confirm`.
    """
    states = states_for(WRITTEN, Act.RETURN)
    with holding(kind, author, states=states, actor=actor, now=now) as held:
        text = latest(held, number)
        kind.answer._default_manager.create(
            text=text,  # type: ignore[misc]  # each kind names the text that it answers
            is_confirmation=False,
            remark=remark,
            at=now,
            by_id=actor.account_id,
        )
        held.move("RETURNED")
        held.record("returned", area=kind.answered_by)


def acknowledge(
    kind: PersonKind,
    *,
    document: WrittenByPerson,
    on: date,
    is_on_paper: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """Record that the author stands by what was typed from the paper.

    The author does so by a log-in; the cell by the day of the signature on the print.
    Raises: WritingRefused if nobody typed it on behalf, it is acknowledged already, the
        day is still to come, or the campaign takes no acts.
    """
    if on > timezone.localdate(now):
        raise WritingRefused(_("This day is still to come."), column="on")
    with transaction.atomic():
        demand_running(Campaign.objects.get(pk=document.participant.campaign_id))
        waiting = kind.document._default_manager.filter(
            pk=document.pk, signed_on__isnull=False, acknowledged_on=None
        )
        if not waiting.update(acknowledged_on=on, is_acknowledged_on_paper=is_on_paper):
            raise WritingRefused(_("It waits for no acknowledgement."))
        events.record(
            action=f"{kind.name}.acknowledged",
            subject=document,
            member=Member(pk=document.participant.member_id),
            actor=actor,
            now=now,
            data={"campaign": document.participant.campaign_id},
        )


def nothing_counted(_held: Held, _document: Written) -> None:
    """Of the paper its days are kept, and nothing else."""


@opened_for(Purpose.ACT)  # the unit right above reaches none but by this act
def record_paper(
    kind: WrittenKind,
    *,
    author: Author,
    received_on: date,
    confirmed_on: date | None,
    actor: Actor,
    now: datetime,
    also: Callable[[Held, Written], None] = nothing_counted,
    is_from_above: bool = False,
) -> None:
    """Record the paper of a campaign that enters no texts: when it came, when confirmed.

    `is_from_above`: the unit right above records it, of somebody who keeps the papers of
    the cell alone (`queries.written.keepers`). `also` keeps what this kind counts of the paper, and may refuse.
    Raises: WritingRefused if the campaign enters texts, a day is still to come or they
        stand in the wrong order, the paper came outside the days of its step, or it is
        one's own; as `states.holding` and `also`.
    """
    days = (received_on, confirmed_on or received_on)
    if max(days) > timezone.localdate(now):
        raise WritingRefused(_("This day is still to come."), column="received_on")
    if days[1] < days[0]:
        raise WritingRefused(
            _("It cannot be confirmed before it came."), column="confirmed_on"
        )
    with holding(kind, author, states=(*ALL, kind.done), actor=actor, now=now) as held:
        if held.author.campaign.mode != Campaign.Mode.RESULTS_ONLY:
            raise WritingRefused(
                _("This campaign enters the texts: type it from the paper.")
            )
        _demand_in_time(held, received_on)
        _refuse_ones_own(held)
        document, _is_new = kind.document._default_manager.update_or_create(
            **held.whose,
            defaults={"received_on": received_on, "confirmed_on": confirmed_on},
        )
        also(held, document)
        if confirmed_on:
            held.finish(confirmed_on)
        else:
            held.move("SENT")
        area = Area.CAMPAIGN if is_from_above else kind.answered_by
        held.record("paper_recorded", area=area)


def _demand_in_time(held: Held, received_on: date) -> None:
    """Refuse a paper that came before the first day of its step, or after the last.

    What came in time may be recorded later. Source: docs/rules/phases.md § 3.
    """
    author = held.author
    span = phases.span(
        campaign=author.campaign,
        step=held.kind.step,
        unit=held.unit,
        participant=author if isinstance(author, Participant) else None,
    )
    if span and not span.from_on <= received_on < span.until_on:
        raise WritingRefused(
            _("Papers are taken from %(first)s to %(last)s.")
            % {
                "first": display_day(span.from_on),
                "last": display_day(span.last_day),
            },
            column="received_on",
        )


def _refuse_ones_own(held: Held, text: SentText | None = None) -> None:
    """Refuse one's own document; of a collective, what one has sent up oneself.

    The root of a campaign has nobody above it here.
    """
    is_own = held.member_id is not None and held.member_id == held.actor.member_id
    if text and held.member_id is None and held.unit.parent_id:
        is_own = text.sent_by_id == held.actor.account_id
    if is_own:
        raise WritingRefused(
            _(
                "Nobody answers what they wrote themselves: another of the committee does."
            )
        )


def latest(held: Held, number: int) -> SentText:
    """Return the text of this number, which is the last and may be answered.

    Raises: WritingRefused if another came meanwhile, or it is one's own.
    """
    kind = held.kind
    texts = kind.text._default_manager.filter(**{kind.of_author: held.author})
    text = texts.latest("number")
    if text.number != number:
        raise WritingRefused(_("Another text came meanwhile: read it first."))
    _refuse_ones_own(held, text)
    return text
