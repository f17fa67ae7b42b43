"""What is beside the official membership, and the levels that a cell confirms."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members import acts, queries
from members.comparing import Both, Line
from members.forms import memberships as forms
from members.http import AccountRequest
from members.models import Exemplarity, Member, Membership
from members.models.people import MemberQuerySet
from members.policy import Area
from members.row_security import Purpose, opened_for
from members.services import exemplarity, memberships, versions

PAGE_SIZE = 50


@require_safe
def membership_list(request: AccountRequest) -> HttpResponse:
    """Show temporary memberships and contacts, what is past its planned end first."""
    if not request.actor.reaches(Area.ROLL_EDIT):
        raise Http404
    found = Membership.objects.editable_by(request.actor).planned_first()
    pages = Paginator(found, PAGE_SIZE)
    with opened_for(Purpose.RECORD):  # of either cell: the other is not in reach
        page: Page[Any] = pages.get_page(request.GET.get("page"))
        shown = [each.pk for each in page.object_list]
    context = {
        "crumbs": [_roll()],
        "page": page,
        "rows": queries.beside_rows(
            found.filter(pk__in=shown),
            today=timezone.localdate(),
        ),
    }
    return render(request, "members/membership_list.html", context)


@acts.page_and_form
def membership_end(request: AccountRequest, membership_id: int) -> HttpResponse:
    """End what is beside the official membership."""
    mine = Membership.objects.editable_by(request.actor).select_related(
        "member", "unit"
    )
    with opened_for(Purpose.RECORD):
        membership = get_object_or_404(mine, pk=membership_id)
    form = forms.BesideEndForm(acts.sent(request), initial={"on": timezone.localdate()})

    def end() -> None:
        memberships.end_beside(
            membership=membership,
            actor=request.actor,
            now=timezone.now(),
            **form.cleaned_data,
        )

    name = membership.member.full_name
    if acts.did(request, form, end, refusals=(memberships.MemberNotMovable,)):
        messages.success(request, _("It is recorded for %s.") % name)
        return redirect("members:membership_list")
    return acts.page(
        request,
        form,
        back=(
            _("Temporary memberships and contacts"),
            reverse("members:membership_list"),
        ),
        title=_("End for %(name)s: %(kind)s")
        % {"name": name, "kind": membership.get_kind_display()},
        lead=_("At %s. The official membership of the person stays as it is.")
        % membership.unit.name,
        button=_("Record the end"),
    )


@acts.page_and_form
def exemplarity_list(request: AccountRequest) -> HttpResponse:
    """Let a cell confirm the levels of its people that are to be confirmed."""
    if not request.actor.units(Area.ROLL_EDIT):
        raise Http404
    mine = queries.of_own_cells(request.actor)
    form = _form(request, mine)
    both: Both = []
    try:
        if acts.did(request, form, lambda: _confirm(request, form), refusals=()):
            messages.success(request, _("The levels are confirmed."))
            return redirect("members:exemplarity_list")
        status = 422
    except versions.ChangedMeanwhile:
        form, both = _upon_the_later(request, form, mine)
        status = 409
    context = {
        "crumbs": [_roll()],
        "form": form,
        "both": both,
        "levels": queries.level_rows(mine),
        "key": uuid4(),
    }
    code = status if form.is_bound else 200
    return render(request, "members/exemplarity_list.html", context, status=code)


@acts.page_and_form
def member_exemplarity(request: AccountRequest, member_id: int) -> HttpResponse:
    """Let whoever keeps the roll confirm the level of one person."""
    kept = Member.objects.editable_by(request.actor).filter(pk=member_id)
    member = get_object_or_404(kept)
    form = forms.LevelsForm(acts.sent(request), people=queries.with_posts(kept))
    both: Both = []
    status = 422
    try:
        if acts.did(request, form, lambda: _confirm(request, form), refusals=()):
            messages.success(request, _("The levels are confirmed."))
            return redirect("members:member_detail", member_id)
    except versions.ChangedMeanwhile:
        form, both = _upon_the_later(request, form, kept)
        status = 409
    return acts.page(
        request,
        form,
        back=(member.full_name, reverse("members:member_detail", args=[member_id])),
        title=_("Level of exemplary responsibility"),
        lead=_("It counts until posts of the person propose another one."),
        button=_("Confirm the level"),
        both=both,
        status=status,
    )


def _form(request: AccountRequest, mine: MemberQuerySet) -> forms.LevelsForm:
    """Return the form of whom it names once it is sent; else of all that wait."""
    sent = acts.sent(request)
    if sent is None:
        waiting = mine.filter(pk__in=queries.waiting_ids(mine))
        return forms.LevelsForm(people=queries.with_posts(waiting))
    numbers = [
        name.removeprefix(forms.LEVEL) for name in sent if name.startswith(forms.LEVEL)
    ]
    named = [queries.number_in(each) for each in numbers]
    return forms.LevelsForm(sent, people=queries.with_posts(mine.filter(pk__in=named)))


def _confirm(request: AccountRequest, form: forms.LevelsForm) -> None:
    exemplarity.confirm(form.confirmations(), actor=request.actor, now=timezone.now())


def _upon_the_later(
    request: AccountRequest, form: forms.LevelsForm, mine: MemberQuerySet
) -> tuple[forms.LevelsForm, Both]:
    """Return the form upon what is recorded now, and what differs from what was sent."""
    named = mine.filter(pk__in=[each.pk for each in form.people])
    data = request.POST.copy()
    both: list[Line] = []
    people = queries.with_posts(named)
    for member, _posts in people:
        typed = Exemplarity(form.cleaned_data[f"{forms.LEVEL}{member.pk}"]).label
        stored = Exemplarity(member.exemplarity_now).label
        if form.cleaned_data[f"{forms.VERSION}{member.pk}"] != member.version:
            both.append((member.full_name, stored, typed))
        data[f"{forms.VERSION}{member.pk}"] = str(member.version)
    return forms.LevelsForm(data, people=people), both


def _roll() -> tuple[str, str]:
    return _("Roll of members"), reverse("members:member_list")
