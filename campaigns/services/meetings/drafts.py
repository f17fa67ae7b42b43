"""What is typed of a meeting is kept while one types, and gone once it is recorded.

Source: docs/rules/meetings.md § 9.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.models import Meeting, MeetingDraft
from campaigns.services.meetings.shared import MeetingNotChangeable, demand_running
from members.models import of_own_account
from members.policy import Actor
from members.services.versions import ChangedMeanwhile

LONGEST = 200_000  # characters of all fields together


def save_draft(
    *,
    meeting: Meeting,
    meeting_version: int,
    version: int,
    content: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> int:
    """Keep what was typed; return the new version. Nothing but the draft is touched.

    `version` is 0 for the first. What is kept already is no other version.
    Raises: ChangedMeanwhile if another device has saved something else since;
        MeetingNotChangeable if the meeting is closed, or the text is too long or holds
        a character that no text has.
    """
    demand_running(meeting.unit)
    if meeting.is_closed:
        raise MeetingNotChangeable(
            _("This meeting is closed: %s.") % meeting.get_state_display()
        )
    return keep(
        MeetingDraft.objects.filter(of_own_account(actor), meeting=meeting),
        {
            "meeting": meeting,
            "account_id": actor.account_id or 0,
            "meeting_version": meeting_version,
            "content": dict(content),
            "saved_at": now,
        },
        version=version,
    )


def keep(own: QuerySet[Any], typed: Mapping[str, Any], *, version: int) -> int:
    """Write the one draft of somebody, as `own` finds it; return its new version.

    `typed` are its columns. What is kept already is no other version.
    Raises: as `save_draft`, but for a closed meeting.
    """
    _demand_fit(typed["content"])
    with transaction.atomic():
        draft, is_new = own.select_for_update().get_or_create(defaults=typed)
        if is_new or draft.content == typed["content"]:
            return int(draft.version)
        if draft.version != version:
            raise ChangedMeanwhile(draft)
        for column, value in typed.items():
            setattr(draft, column, value)
        draft.version = version + 1
        draft.save()
    return int(draft.version)


def demand_latest(meeting: Meeting, version: int | None, actor: Actor) -> None:
    """Refuse to record over what another device of the same account has typed since.

    None: nobody knows which draft was shown.
    Raises: ChangedMeanwhile.
    """
    own = MeetingDraft.objects.filter(of_own_account(actor), meeting=meeting)
    draft = own.first()
    if draft and version is not None and draft.version != version:
        raise ChangedMeanwhile(draft)


def forget_draft(meeting: Meeting, actor: Actor) -> None:
    """Take the draft away: it is recorded, or given up."""
    own = MeetingDraft.objects.filter(of_own_account(actor), meeting=meeting)
    own.delete()


def _demand_fit(content: Mapping[str, str]) -> None:
    if sum(map(len, content.values())) > LONGEST:
        raise MeetingNotChangeable(
            _("This is longer than a meeting takes. Shorten it: nothing of it is lost.")
        )
    if any("\x00" in text for text in content.values()):
        raise MeetingNotChangeable(_("The text holds a character that cannot be seen."))
