"""A self-review is begun, saved and sent.

Source: docs/rules/self-reviews.md § 3 and § 4.
"""

from datetime import date, datetime
from functools import partial

from campaigns import form_definitions
from campaigns.form_definitions import Content
from campaigns.models import Participant, SentText, WrittenDraft
from campaigns.services.written import drafts, sending
from members.policy import Actor
from reviews.models import SELF_REVIEWS

EMPTY: Content = {"answers": {}, "items": []}

save_draft = partial(drafts.save_draft, SELF_REVIEWS)


def forms_for(participant: Participant) -> tuple[str, ...]:
    """Return the forms that somebody may choose from, by the campaign's rule set."""
    forms = participant.campaign.rules.procedure.forms
    return form_definitions.self_reviews_for(forms, participant.exemplarity)


def begin(
    *,
    participant: Participant,
    form: str,
    actor: Actor,
    now: datetime,
    signed_on: date | None = None,
    opened_at: datetime | None = None,
) -> WrittenDraft:
    """Begin a self-review.

    Raises: as `written.drafts.begin`.
    """
    return drafts.begin(
        SELF_REVIEWS,
        author=participant,
        form=form,
        content=EMPTY,
        actor=actor,
        now=now,
        demand=drafts.nothing_more,
        signed_on=signed_on,
        opened_at=opened_at,
    )


def send(
    *,
    draft: WrittenDraft,
    version: int,
    actor: Actor,
    now: datetime,
    opened_at: datetime | None = None,
) -> SentText:
    """Send what was written to the cell; every suggestion has its answer.

    Raises: as `written.sending.send`.
    """
    return sending.send(
        SELF_REVIEWS,
        draft=draft,
        version=version,
        actor=actor,
        now=now,
        also=sending.nothing_beside,
        opened_at=opened_at,
    )
