"""What waits for the second of an inspection commission.

Source: docs/rules/reminders.md § 1.6.
"""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.due import DueItem, several
from members.models import ReasonedReading
from members.policy import Actor, Role


def approvals_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield the readings that another asked for; one query in a commission, else none.

    The first page does not say of whom: that stands where one decides.
    """
    if all(post.role is not Role.INSPECTION_COMMISSION for post in actor.posts):
        return
    waiting = ReasonedReading.objects.editable_by(actor).count()
    if not waiting:
        return
    yield several(
        key="reports.readings_to_approve",
        text=ngettext(
            "%(count)d reading in an inspection waits for your approval.",
            "%(count)d readings in inspections wait for your approval.",
            waiting,
        ),
        count=waiting,
        url=reverse("reports:reading_list"),
        button=_("Open the readings"),
    )
