"""The first clerk of an installation, who gives everybody else their posts."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import Account, PartyUnit, Post
from members.policy import SYSTEM, Role
from members.services import posts, slips
from members.services.slips import PrintedSlip

REASON = "first clerk"


class AlreadyStaffed(Exception):
    """Somebody holds a post here already; the text says what follows from it."""


def appoint_first_clerk(
    *, name: str, unit: PartyUnit, now: datetime, is_another: bool
) -> PrintedSlip:
    """Make an account for an office clerk of the unit, with the post and a slip.

    `is_another` says that somebody wants one more, where posts are held already.
    Raises: AlreadyStaffed; posts.PostNotGiven for a unit that is closed.
    """
    with transaction.atomic():
        if not is_another and Post.objects.not_over().exists():
            raise AlreadyStaffed(
                _(
                    "Posts are held here already: whoever records them gives the next "
                    "one, in the browser. With --another the command does it all the "
                    "same."
                )
            )
        account = Account(login=slips.free_login(name), display_name=name)
        account.set_password(None)
        account.save()
        posts.appoint(
            unit=unit,
            role=Role.CLERK,
            from_on=timezone.localdate(now),
            account=account,
            actor=SYSTEM,
            now=now,
            system_reason=REASON,
        )
        (slip,) = slips.print_account_slips(
            accounts=[account], actor=SYSTEM, now=now, system_reason=REASON
        )
    return slip
