"""What the pages of records share: whose record it is, about whom, and their lists."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Record
from campaigns.queries import record_subjects, records
from campaigns.queries.record_subjects import Subject
from campaigns.services.records.recording import RecordRefused
from members import acts
from members.http import AccountRequest, page_or_fragment, text_sought
from members.models import PartyUnit
from members.policy import Actor, Area
from members.queries import number_in

REFUSALS = (RecordRefused,)


@dataclass(frozen=True, slots=True)
class Placed:
    """By whose body an act is, and about whom."""

    unit: PartyUnit
    subject: Subject
    is_named: bool  # whoever records it may read the person's name on a roll

    @property
    def about(self) -> str:
        """Return whom it is about, as far as the reader knows the name."""
        member = self.subject.member
        if member is None:
            return self.subject.unit.name
        return member.full_name if self.is_named else member.code


def record_list(
    request: AccountRequest,
    rows: QuerySet[Any],
    template: str,
    context: Mapping[str, object],
) -> HttpResponse:
    """Answer the list of one kind of records, or the fragment that a search asks for."""
    if not request.actor.reaches(Area.RECORDS):
        raise Http404
    q = text_sought(request)
    page = records.record_page(rows, q=q, number=request.GET.get("page"))
    shown = {
        "q": q,
        "page": page,
        "rows": page.object_list,
        "may_record": request.actor.reaches(Area.RECORDS_EDIT),
        "units": units_with_figures(request.actor),
        **context,
    }
    return page_or_fragment(request, template, shown, "rows")


def units_with_figures(actor: Actor) -> QuerySet[PartyUnit]:
    """Return the units at which the actor's posts are, for the way to their figures."""
    at = PartyUnit.objects.visible_to(actor, Area.RECORDS).open()
    return at.filter(pk__in=[post.unit_id for post in actor.posts]).order_by("path")


def placed_or_page(
    request: AccountRequest,
    *,
    back: tuple[str, str],
    title: str,
    members_only: bool = False,
) -> Placed | HttpResponse:
    """Return by whom and about whom a record is to be, or the page that asks for it."""
    kept = record_subjects.units_kept(request.actor)
    if not kept.exists():
        raise Http404
    unit = _unit_or_page(request, kept, back=back, title=title)
    if isinstance(unit, HttpResponse):
        return unit
    subject = request.GET.get("to", "")
    if not subject:
        if members_only:
            return _member_page(request, unit, back=back, title=title)
        choices = partial(record_subjects.subject_choices, unit, request.actor)
        return acts.choose(
            request,
            choices,
            back=back,
            title=title,
            lead=_("By a body of %s. About which organisation or member?") % unit.name,
            label=_("Find by name; a member also by the member code"),
            nothing=_("No organisation or member below this unit is found by this."),
        )
    placed = _placed(request, unit, subject)
    if members_only and placed.subject.member is None:
        raise Http404
    return placed


def _member_page(
    request: AccountRequest, unit: PartyUnit, *, back: tuple[str, str], title: str
) -> HttpResponse:
    return acts.choose(
        request,
        partial(record_subjects.member_choices, unit, request.actor),
        back=back,
        title=title,
        lead=_("By a body of %s. About which member?") % unit.name,
        label=_("Find by name or member code"),
        nothing=_("No member below this unit is found by this."),
    )


def _unit_or_page(
    request: AccountRequest,
    kept: QuerySet[PartyUnit],
    *,
    back: tuple[str, str],
    title: str,
) -> PartyUnit | HttpResponse:
    number = request.GET.get("of", "")
    if number:
        return get_object_or_404(kept, pk=number_in(number))
    few = list(kept.order_by("path")[:2])
    if len(few) == 1:
        return few[0]
    return acts.choose(
        request,
        partial(record_subjects.unit_choices, kept),
        back=back,
        title=title,
        lead=_("The record belongs to the unit whose body acted."),
        label=_("Which unit's body acted?"),
        nothing=_("No unit whose records you keep is found by this."),
        key="of",
    )


def _placed(request: AccountRequest, unit: PartyUnit, subject: str) -> Placed:
    if subject.startswith("m"):
        found = record_subjects.member_below(unit, subject[1:])
        if found is None:
            raise Http404
        return Placed(unit, found, record_subjects.may_read_name(request.actor, found))
    below = record_subjects.units_below(unit)
    organisation = get_object_or_404(below, pk=number_in(subject))
    return Placed(unit, Subject(organisation), is_named=True)


def add(
    request: AccountRequest,
    form: Form,
    act: Callable[[], Any],
    *,
    back: tuple[str, str],
    title: str,
    lead: str,
    button: str,
) -> HttpResponse:
    """Answer the form of a new record."""
    made: list[Any] = []
    if acts.did(request, form, lambda: made.append(act()), refusals=REFUSALS):
        messages.success(request, _("The record is kept."))
        return redirect(detail_url(made[0]))
    return acts.page(request, form, back=back, title=title, lead=lead, button=button)


def correct(
    request: AccountRequest,
    form: Form,
    act: Callable[[], Any],
    *,
    record: Any,
    stored: Callable[[Any], Mapping[str, object]],
    title: str,
) -> HttpResponse:
    """Answer the form that corrects a record; a stale one shows both versions."""
    return acts.change(
        request,
        form,
        act,
        refusals=REFUSALS,
        said=_("The correction is recorded."),
        then=detail_url(record),
        back=(records.about(record), detail_url(record)),
        title=title,
        button=_("Record the correction"),
        stored=stored,
    )


def detail_url(record: Record) -> str:
    """Return the address of a record's page."""
    return reverse(f"records:{record._meta.model_name}_detail", args=[record.pk])


def found(rows: QuerySet[Any], pk: int) -> Any:
    """Return a record of a scope with whom it is about; 404 if it is not in it."""
    record = records.loaded(rows, pk)
    if record is None:
        raise Http404
    return record


def now_of(request: AccountRequest) -> dict[str, Any]:
    """Return who acts and when, as services want it."""
    return {"actor": request.actor, "now": timezone.now()}
