"""A collective's report is begun, saved, sent up, accepted or returned.

Source: docs/rules/collective-reports.md § 2 to § 4.
"""

from datetime import datetime
from functools import partial

from campaigns import form_definitions
from campaigns.form_definitions import Content
from campaigns.models import CampaignBody, SentText, WrittenDraft
from campaigns.services.written import answering, drafts, sending
from members.policy import Actor
from reviews.models import COLLECTIVE_REPORTS
from reviews.models.collective_reports import criteria_kind

EMPTY: Content = {"answers": {}, "items": []}

save_draft = partial(drafts.save_draft, COLLECTIVE_REPORTS)
accept = partial(answering.confirm, COLLECTIVE_REPORTS)
give_back = partial(answering.give_back, COLLECTIVE_REPORTS)
record_paper = partial(answering.record_paper, COLLECTIVE_REPORTS)


def forms_for(body: CampaignBody) -> tuple[str, ...]:
    """Return the forms that a body may choose from, by the campaign's rule set."""
    forms = body.campaign.rules.procedure.forms
    return form_definitions.collective_reports_for(forms, criteria_kind(body))


def begin(
    *,
    body: CampaignBody,
    form: str,
    actor: Actor,
    now: datetime,
    opened_at: datetime | None = None,
) -> WrittenDraft:
    """Begin the report of a body.

    Raises: as `written.drafts.begin`.
    """
    return drafts.begin(
        COLLECTIVE_REPORTS,
        author=body,
        form=form,
        content=EMPTY,
        actor=actor,
        now=now,
        demand=drafts.nothing_more,
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
    """Send what was written to the level above; every suggestion has its answer.

    Raises: as `written.sending.send`.
    """
    return sending.send(
        COLLECTIVE_REPORTS,
        draft=draft,
        version=version,
        actor=actor,
        now=now,
        also=sending.nothing_beside,
        opened_at=opened_at,
    )
