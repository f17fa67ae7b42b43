"""What is being written: begun once, saved every few seconds, never overwritten.

Source: docs/rules/pledges.md § 3.
"""

from datetime import date, datetime
from functools import partial

from django.utils.translation import gettext as _

from campaigns.form_definitions import Content
from campaigns.models import (
    PLEDGES,
    Campaign,
    CriteriaSet,
    Participant,
    PledgeDraft,
    PledgeSetup,
)
from campaigns.services.written import drafts as written
from campaigns.services.written.states import Held, WritingRefused
from members.paths import ancestry
from members.policy import Actor

EMPTY: Content = {"answers": {}, "items": []}


def setup_of(campaign: Campaign) -> PledgeSetup:
    """Return how the campaign has pledges written."""
    found = PledgeSetup.objects.filter(campaign=campaign).first()
    return found or PledgeSetup(campaign=campaign)


def begin(
    *,
    participant: Participant,
    form: str,
    actor: Actor,
    now: datetime,
    signed_on: date | None = None,
    opened_at: datetime | None = None,
) -> PledgeDraft:
    """Begin a pledge in one of the campaign's forms.

    `signed_on` is the day on the paper from which somebody types it on behalf.
    Raises: as `written.drafts.begin`; WritingRefused if the criteria are not published
        yet, where the campaign asks for them first.
    """
    draft = written.begin(
        PLEDGES,
        author=participant,
        form=form,
        content=EMPTY,
        actor=actor,
        now=now,
        demand=demand_criteria,
        signed_on=signed_on,
        opened_at=opened_at,
    )
    assert isinstance(draft, PledgeDraft)  # of this kind
    return draft


def demand_criteria(held: Held) -> None:
    """Refuse to begin a pledge before the criteria of the cell are published.

    Raises: WritingRefused. Source: docs/rules/pledges.md § 2.
    """
    setup = setup_of(held.author.campaign)
    if setup.needs_criteria and not _has_criteria(held.unit.path, setup):
        raise WritingRefused(
            _(
                "The criteria of the cell are not published yet: pledges open "
                "once they are."
            )
        )


def _has_criteria(path: str, setup: PledgeSetup) -> bool:
    published = CriteriaSet.objects.published()
    return (
        published.filter(unit__campaign=setup.campaign)
        .filter(unit__path__in=ancestry(path))
        .exists()
    )


save_draft = partial(written.save_draft, PLEDGES)
