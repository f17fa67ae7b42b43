"""Units of the registry, today and as they were on a day."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members import queries
from members.forms.fields import DayField
from members.http import LONGEST_SOUGHT, AccountRequest, back_to_first, way_back
from members.models import PartyUnit, Post
from members.models.posts import PostQuerySet
from members.policy import Area


@require_safe
def unit_list(request: AccountRequest) -> HttpResponse:
    units = queries.units_of(request.actor)
    if not units:
        raise Http404
    overdue = _overdue(request)
    if _is_passed_over(request, units, overdue):
        return redirect(units[0].url)  # there is nothing to choose
    context = {
        "crumbs": back_to_first(),
        "units": units,
        "overdue": queries.overdue_rows(overdue),
        "decides": request.actor.reaches(Area.UNITS),
    }
    return render(request, "members/unit_list.html", context)


@require_safe
def unit_detail(request: AccountRequest, unit_id: int) -> HttpResponse:
    units = PartyUnit.objects.visible_to(request.actor).select_related("parent")
    unit = get_object_or_404(units, pk=unit_id)
    today = timezone.localdate()
    on, wrong = _day(request.GET.get("on", ""))
    state = queries.state_on(unit, on or today)
    terms = queries.terms_of(unit)
    context = {
        "crumbs": _crumbs(request, unit),
        "unit": unit,
        "on": on,
        "wrong": wrong,
        "typed": request.GET.get("on", "")[:LONGEST_SOUGHT] if wrong else "",
        "today": today,
        "state": state,
        "kind": queries.kind_name(state.kind) if state else "",
        "below": queries.units_below(unit, request.actor, on=on or today),
        "states": queries.states_of(unit, request.actor),
        "decides": request.actor.reaches_below(Area.UNITS, unit.path),
        "successions": queries.successions_of(unit),
        "posts": []
        if on
        else queries.posts_at(unit, request.actor, terms=terms, today=today),
        "terms": terms,
        "conspicuous": [] if on else queries.conspicuous_at(unit, request.actor),
        "opening": queries.opening_lines(unit, request.actor),
        "may_appoint": not unit.closed_on
        and request.actor.reaches_below(Area.POSTS, unit.path),
    }
    status = 422 if wrong else 200
    return render(request, "members/unit_detail.html", context, status=status)


def _day(text: str) -> tuple[date | None, str]:
    """Return the day in the address, None where there is none, and what is wrong."""
    try:
        return DayField(required=False).clean(text), ""
    except ValidationError as refusal:
        return None, " ".join(refusal.messages)


def _overdue(request: AccountRequest) -> PostQuerySet:
    recordable = Post.objects.recordable_by(request.actor)
    return recordable.overdue(timezone.localdate()).select_related("unit", "member")


def _is_passed_over(
    request: AccountRequest, units: Sequence[object], overdue: PostQuerySet
) -> bool:
    """Tell whether the list has one unit and nothing else to show."""
    return len(units) == 1 and not (request.actor.reaches(Area.UNITS) or overdue)


def _crumbs(request: AccountRequest, unit: PartyUnit) -> list[tuple[str, str]]:
    is_passed_over = _is_passed_over(
        request, queries.units_of(request.actor), _overdue(request)
    )
    name, url = _("Party units"), reverse("members:unit_list")
    crumbs = [way_back(name, url, is_passed_over=is_passed_over)]
    visible = PartyUnit.objects.visible_to(request.actor)
    if unit.parent is not None and visible.filter(pk=unit.parent.pk).exists():
        crumbs.append((unit.parent.name, queries.unit_url(unit.parent.pk, None)))
    return crumbs
