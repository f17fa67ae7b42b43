"""What a unit waits for of other bodies: opinions that are due soon, or late.

Source: docs/rules/opinions.md § 6.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Campaign, CampaignUnit
from campaigns.models.campaign import in_reach
from members.due import MOST_UNITS, DueItem
from members.policy import Actor, Area
from reviews.models import Opinion
from reviews.models.opinions import deciding_posts

SOON = timedelta(days=7)


def opinions_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield for each unit that asks how many opinions have not come; two queries."""
    committees = deciding_posts(actor)
    if not committees and not actor.reaches(Area.PLEDGES):
        return
    asks = Q(in_reach(actor, Area.PLEDGES, "request__unit__"))
    waiting = Opinion.objects.waiting().filter(
        asks | Q(request__unit__custodian__in=committees),
        request__unit__campaign__in=Campaign.objects.running(),
        request__due_on__lte=today + SOON,
    )
    rows = (
        waiting.order_by()
        .values("request__unit")
        .annotate(
            first=Min("request__due_on"),
            soon=Count("pk"),
            late=Count("pk", filter=Q(request__due_on__lt=today)),
        )
    )
    counts = {each["request__unit"]: each for each in rows}
    units = CampaignUnit.objects.filter(pk__in=counts).select_related("campaign")
    for unit in units.order_by("-campaign__year", "path")[:MOST_UNITS]:
        yield _item(unit, **counts[unit.pk])


def _item(
    unit: CampaignUnit, *, first: date, soon: int, late: int, **_row: object
) -> DueItem:
    if late:
        text = ngettext(
            "%(count)d opinion of another body is late: %(unit)s.",
            "%(count)d opinions of other bodies are late: %(unit)s.",
            late,
        )
    else:
        text = ngettext(
            "%(count)d opinion of another body has not come: %(unit)s.",
            "%(count)d opinions of other bodies have not come: %(unit)s.",
            soon,
        )
    return DueItem(
        key=f"reviews.opinions/{unit.pk}",
        sentence=text % {"count": late or soon, "unit": unit.name},
        url=reverse("reviews:opinion_list", args=[unit.campaign_id, unit.live_unit_id]),
        button=_("Look at what is waited for"),
        due_on=first,
        count=late or soon,
        campaign=unit.campaign.name,
    )
