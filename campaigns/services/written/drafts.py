"""What is being written: begun once, saved every few seconds, never overwritten.

Source: docs/rules/pledges.md § 3.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.form_definitions import Content
from campaigns.models import Author, Campaign, PersonKind, WrittenDraft, WrittenKind
from campaigns.services.written.states import (
    WRITABLE,
    Held,
    WritingRefused,
    demand_running,
    holding,
)
from campaigns.writing import WRITTEN, Act, states_for
from members.policy import Actor
from members.services.versions import ChangedMeanwhile


def nothing_more(_held: Held) -> None:
    """What is written waits for nothing but its time."""


def begin(
    kind: WrittenKind,
    *,
    author: Author,
    form: str,
    content: Content,
    actor: Actor,
    now: datetime,
    demand: Callable[[Held], None],
    signed_on: date | None = None,
    opened_at: datetime | None = None,
) -> WrittenDraft:
    """Begin a document in one of the campaign's forms, with what it opens with.

    `signed_on` is the day on the paper from which somebody types it on behalf;
    `demand` refuses what this kind does not take yet.
    Raises: as `states.holding` and `demand`; WritingRefused where the campaign enters no
        texts, or the paper is of a later day.
    """
    is_on_behalf = signed_on is not None
    with holding(
        kind,
        author,
        states=states_for(WRITTEN, Act.BEGIN),
        actor=actor,
        now=now,
        step=kind.step,
        opened_at=opened_at,
    ) as held:
        if held.author.campaign.mode != Campaign.Mode.FULL_TEXT:
            raise WritingRefused(
                _("This campaign enters no texts: it is written on paper.")
            )
        demand(held)
        if signed_on and signed_on > timezone.localdate(now):
            raise WritingRefused(_("This day is still to come."), column="signed_on")
        by_person = isinstance(kind, PersonKind)
        draft = kind.draft._default_manager.create(
            **held.whose,
            form=form,
            content=content,
            saved_at=now,
            **({"is_on_behalf": is_on_behalf} if by_person else {}),
        )
        paper = {"signed_on": signed_on} if by_person else {}
        kind.document._default_manager.update_or_create(
            **held.whose, defaults={"form": form, **paper}
        )
        held.move("DRAFT")
        held.record_writing("begun", is_on_behalf=is_on_behalf)
    return draft


def save_draft(
    kind: WrittenKind,
    *,
    draft: WrittenDraft,
    version: int,
    content: Content,
    now: datetime,
) -> int:
    """Keep what was typed; return the new version. Nothing but the draft is touched.

    What is kept already is no other version: a form that comes twice is one.
    Raises: ChangedMeanwhile if another device has saved something else since;
        WritingRefused if it is sent by now; NotRunning.
    """
    demand_running(kind.author_of(draft).campaign)
    own = kind.draft._default_manager.filter(pk=draft.pk)
    writable = own.filter(**{f"{kind.author}__{kind.column}__in": WRITABLE})
    if not writable.exists():
        raise WritingRefused(_("It is sent: nothing of it can be changed now."))
    saved = own.filter(version=version).update(
        content=content, version=version + 1, saved_at=now
    )
    if saved:
        return version + 1
    current = own.get()
    if current.content != content:
        raise ChangedMeanwhile(current)
    return current.version
