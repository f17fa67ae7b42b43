"""A document goes to the cell: the text becomes a row that never changes.

Source: docs/rules/pledges.md § 4.
"""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from campaigns import form_definitions
from campaigns.form_definitions import Content
from campaigns.models import (
    DraftByPerson,
    SentText,
    WrittenDraft,
    WrittenKind,
    level_of,
)
from campaigns.services.written.states import WritingRefused, holding
from campaigns.steps import window_of
from campaigns.writing import WRITTEN, Act, states_for
from members.policy import Actor
from members.services.versions import locked_version


def nothing_beside(_text: SentText, _content: Content) -> None:
    """What is sent is its text alone."""


def send(
    kind: WrittenKind,
    *,
    draft: WrittenDraft,
    version: int,
    actor: Actor,
    now: datetime,
    also: Callable[[SentText, Content], None],
    opened_at: datetime | None = None,
) -> SentText:
    """Send what was written to the cell, as the next text of the document.

    `also` writes what this kind keeps beside the text, and may refuse.
    Raises: WritingRefused if something is missing or wrong; ChangedMeanwhile if another
        version was shown before; as `states.holding` and `also`.
    """
    with holding(
        kind,
        kind.author_of(draft),
        states=states_for(WRITTEN, Act.SEND),
        actor=actor,
        now=now,
        step=kind.step,
        opened_at=opened_at,
    ) as held:
        drafts = kind.draft._default_manager.all()
        current = locked_version(drafts, draft, version=version)
        level, form = level_of(held.author), current.definition
        content: Content = current.content
        days = window_of(held.author.campaign.year)
        if form_definitions.problems_of(
            form, level, content, is_draft=False, days=days
        ):
            raise WritingRefused(_("Something is still missing: see below."))
        document = kind.document._default_manager.get(**held.whose)
        texts = kind.text._default_manager
        sent = texts.filter(**{kind.above: document}).aggregate(last=Max("number"))
        answers = content["answers"]
        text = texts.create(
            **{kind.above: document},
            number=(sent["last"] or 0) + 1,
            form=current.form,
            **kind.text.columns_of(form, level, answers),
            digest=form_definitions.digest_of(
                {
                    "answers": form_definitions.in_words(form, level, answers),
                    "items": content["items"],
                }
            ),
            sent_at=now,
            sent_by_id=actor.account_id,
        )
        also(text, content)
        held.move("SENT")
        is_on_behalf = isinstance(current, DraftByPerson) and current.is_on_behalf
        held.record_writing("sent", is_on_behalf=is_on_behalf)
    return text
