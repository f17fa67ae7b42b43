"""What came from below and waits for an answer: criteria, results of programmes.

Source: docs/rules/reminders.md § 1.6.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Campaign, CriteriaSet, Programme
from members.due import DueItem, several
from members.policy import Actor, Area

# More of them than one looks at in a sitting are counted together.
MOST_RESULTS = 20


def criteria_to_approve_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield how many criteria wait for the approval of the own unit; one query.

    An office reaches all below its unit; it is told of what stands directly below,
    for the rest is sent to the committees between. No pledge begins before.
    """
    paths = actor.subtrees(Area.CAMPAIGN)
    if not paths:
        return
    near = Q(unit__parent__custodian__path__in=paths)
    root = Q(unit__parent=None, unit__custodian__path__in=paths)
    waiting = CriteriaSet.objects.receivable_by(actor).filter(
        near | root, unit__campaign__in=Campaign.objects.running()
    )
    rows = list(
        waiting.order_by("-unit__campaign__year", "unit__path").values_list(
            "unit__campaign", "unit__live_unit", "unit__campaign__name"
        )
    )
    if not rows:
        return
    campaign_id, live_unit_id, name = rows[0]
    yield several(
        key="campaigns.criteria_to_approve",
        text=ngettext(
            "The criteria of %(count)d unit wait for approval; until then no pledge is "
            "written there.",
            "The criteria of %(count)d units wait for approval; until then no pledge is "
            "written there.",
            len(rows),
        ),
        count=len(rows),
        url=(
            reverse("pledges:criteria_list", args=[campaign_id, live_unit_id])
            if len(rows) == 1
            else reverse("pledges:pledge_own")
        ),
        button=_("Look at the criteria"),
        campaign=name,
    )


def results_to_answer_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield the results of programmes that units below have sent up; one query."""
    if not actor.units(Area.WORK_EDIT):
        return
    came = Programme.objects.receivable_by(actor).filter(
        state=Programme.State.SENT,
        unit__parent__isnull=False,
        unit__closed_on=None,
        unit__campaign__in=Campaign.objects.running(),
    )
    rows = came.select_related("unit__campaign").order_by(
        "-unit__campaign__year", "unit__path"
    )
    for programme in rows[:MOST_RESULTS]:
        yield DueItem(
            key=f"campaigns.programme_result_to_answer/{programme.pk}",
            sentence=_("%(unit)s has sent up the result of its action programme.")
            % {"unit": programme.unit.name},
            url=reverse("work:programme_named", args=[programme.pk]),
            button=_("Look at the result"),
            campaign=programme.unit.campaign.name,
        )
