"""Units and fields of work in the charge of who holds a committee post.

Source: docs/policy.md § 4.10.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from members import events
from members.models import PartyUnit, Post, PostCharge
from members.policy import COMMITTEE_ROLES, Actor, Area
from members.row_security import Purpose, opened_for
from members.services import posts
from members.services.versions import ChangedMeanwhile


@opened_for(Purpose.ACT)
def set_charges(
    *,
    post: Post,
    version: int,
    units: Iterable[PartyUnit],
    fields: Iterable[str],
    actor: Actor,
    now: datetime,
) -> None:
    """Write which units and fields are in the charge of who holds a committee post.

    What was in charge before and is not named ends. No access follows from it.
    Raises: versions.ChangedMeanwhile; posts.PostNotGiven for a post that has ended, or is no
        post of a committee.
    """
    with transaction.atomic():
        current = posts.lasting(post)
        if current.role not in COMMITTEE_ROLES:
            raise posts.PostNotGiven(
                _("Only posts of a committee have units in charge.")
            )
        if current.version != version:
            raise ChangedMeanwhile(current)
        current.version += 1
        current.save(update_fields=["version"])
        PostCharge.objects.filter(post=current).delete()
        charges = [
            *(PostCharge(post=current, unit=unit) for unit in units),
            *(PostCharge(post=current, field=field) for field in fields),
        ]
        PostCharge.objects.bulk_create(charges)
        events.record(
            action="posts.charged",
            subject=current,
            actor=actor,
            now=now,
            unit=current.unit,
            area=Area.POSTS,
            data={"all": len(charges)},
        )
