"""What plans of remediation wait for: of the person, the keeper, the committee.

Source: docs/rules/remediation.md § 5, § 6; docs/rules/reminders.md § 1.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.due import DueItem, several
from members.models import PartyUnit
from members.policy import Actor, Area
from reviews.models import NamedPerson, RemediationItem, RemediationPlan

State = RemediationPlan.State
SOON = timedelta(days=14)


def remediation_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield what waits for somebody; at most six queries, fewer without posts."""
    if actor.member_id is not None:
        yield from _own(actor, today)
        yield from _named(actor)
    if actor.reaches(Area.WORK_EDIT):
        yield from _kept(actor, today)
        yield from _came(actor)


def _own(actor: Actor, today: date) -> Iterator[DueItem]:
    own = RemediationPlan.objects.own(actor)
    returned = own.filter(state=State.RETURNED, signed_on=None)
    for plan in returned.order_by("pk"):
        yield DueItem(
            key=f"reviews.own_remediation/{plan.pk}",
            sentence=_("Your plan of remediation was returned for completion."),
            url=reverse("reviews:remediation_detail", args=[plan.pk]),
            button=_("Complete it"),
            is_own=True,
        )
    items = RemediationItem.objects.followed().filter(plan__in=own)
    for item in items.filter(due_on__lte=today + SOON).order_by("due_on", "pk")[:3]:
        yield DueItem(
            key=f"reviews.own_remediation_item/{item.pk}",
            sentence=_("To be put right: %s") % _short(item.shortcoming),
            url=reverse("reviews:remediation_detail", args=[item.plan_id]),
            button=_("Look at the plan"),
            due_on=item.due_on,
            is_own=True,
        )


def _named(actor: Actor) -> Iterator[DueItem]:
    waiting = NamedPerson.objects.own(actor).filter(answered_at=None)
    for row in waiting.order_by("pk"):
        yield DueItem(
            key=f"reviews.named_responsible/{row.pk}",
            sentence=_("You are named as responsible for a shortcoming of a unit."),
            url=reverse("reviews:remediation_answer", args=[row.pk]),
            button=_("Read and answer"),
            is_own=True,
        )


def _kept(actor: Actor, today: date) -> Iterator[DueItem]:
    kept = RemediationPlan.objects.kept_by(actor)
    waiting = kept.filter(state__in=(State.GIVEN, State.MINUTED)).count()
    url = _way(actor)
    if waiting:
        yield several(
            key="reviews.remediation_to_discuss",
            text=ngettext(
                "%(count)d plan of remediation waits for the opinion of the collective, or "
                "to be sent up.",
                "%(count)d plans of remediation wait for the opinion of the collective, or "
                "to be sent up.",
                waiting,
            ),
            count=waiting,
            url=url,
            button=_("Look at each"),
        )
    late = RemediationItem.objects.followed().filter(plan__in=kept, due_on__lt=today)
    if overdue := late.count():
        yield several(
            key="reviews.remediation_overdue",
            text=ngettext(
                "%(count)d item to be put right is overdue.",
                "%(count)d items to be put right are overdue.",
                overdue,
            ),
            count=overdue,
            url=url,
            button=_("Record how they stand"),
        )


def _came(actor: Actor) -> Iterator[DueItem]:
    came = RemediationPlan.objects.came_to(actor).filter(state=State.SENT)
    counts = Counter(came.values_list("goes_to", flat=True))
    for unit_id, count in sorted(counts.items(), key=lambda pair: pair[0] or 0):
        yield several(
            key=f"reviews.remediation_to_answer/{unit_id}",
            text=ngettext(
                "%(count)d plan of remediation waits for the committee.",
                "%(count)d plans of remediation wait for the committee.",
                count,
            ),
            count=count,
            url=reverse("reviews:remediation_unit", args=[unit_id]),
            button=_("Look at each"),
        )


def _way(actor: Actor) -> str:
    """Return the list of the one unit that somebody keeps, or that of all."""
    units = PartyUnit.objects.visible_to(actor, Area.WORK_EDIT).open()
    ids = list(units.values_list("pk", flat=True)[:2])
    if len(ids) == 1:
        return reverse("reviews:remediation_unit", args=ids)
    return reverse("reviews:remediation_own")


def _short(text: str) -> str:
    line = text.partition("\n")[0]
    return line if len(line) <= 100 else f"{line[:99]}…"
