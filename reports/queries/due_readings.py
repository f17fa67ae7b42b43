"""What waits in an inspection commission: for the second, and for who asked.

Source: docs/rules/reminders.md § 1.6.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.due import DueItem, several
from members.models import ReasonedReading
from members.policy import Actor, Role

MOST = 20  # more open cases stand in the list of readings


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


def approved_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield each reading that one asked for and may open; one query in a commission.

    Until it ends: by its case, by its last day or with the post. The number of the case
    is the reader's own; of whom, the first page does not say.
    """
    posts = [
        post.post_id for post in actor.posts if post.role is Role.INSPECTION_COMMISSION
    ]
    if not posts:
        return
    open_ones = ReasonedReading.objects.own(actor).open_cases(today)
    for reading in open_ones.filter(post__in=posts).order_by("shown_from", "pk")[:MOST]:
        yield DueItem(
            key=f"reports.reading_approved/{reading.pk}",
            sentence=_("The reading in case %(number)s is approved.")
            % {"number": reading.case_number},
            url=reverse("reports:reading_detail", args=[reading.pk]),
            button=_("Open the reading"),
            due_on=reading.shown_from - timedelta(days=1),
        )
