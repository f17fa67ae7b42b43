"""Congress terms of a unit, and the register of document numbers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members import acts, queries
from members.forms import terms as forms
from members.http import AccountRequest
from members.models import DocumentNumber, PartyUnit, UnitTerm
from members.policy import Area
from members.services import terms

FIELDS = ("ordinal", "name", "from_on", "until_on", "document")


@acts.page_and_form
def term_add(request: AccountRequest, unit_id: int) -> HttpResponse:
    unit = _unit(request, unit_id)
    form = forms.TermForm(acts.sent(request), initial={"from_on": timezone.localdate()})

    def record() -> None:
        terms.record_term(
            unit=unit, actor=request.actor, now=timezone.now(), **form.cleaned_data
        )

    if acts.did(request, form, record, refusals=(terms.TermNotPossible,)):
        messages.success(request, _("The term is recorded."))
        return redirect(queries.unit_url(unit.pk, None))
    return acts.page(
        request,
        form,
        back=_back(unit),
        title=_("Record a congress term of %s") % unit.name,
        lead=_("The term that runs now ends on the day on which this one begins."),
        button=_("Record the term"),
    )


@acts.page_and_form
def term_edit(request: AccountRequest, term_id: int) -> HttpResponse:
    mine = UnitTerm.objects.editable_by(request.actor).select_related("unit")
    term = get_object_or_404(mine, pk=term_id)
    form = forms.TermCorrectionForm(acts.sent(request), initial=_stored(term))

    def correct() -> None:
        terms.correct_term(
            term=term, actor=request.actor, now=timezone.now(), **form.cleaned_data
        )

    return acts.change(
        request,
        form,
        correct,
        refusals=(terms.TermNotPossible,),
        said=_("The correction is recorded."),
        then=queries.unit_url(term.unit_id, None),
        back=_back(term.unit),
        title=_("Correct the term: %s") % term.name,
        button=_("Record the correction"),
        stored=_stored,
    )


@require_safe
def number_list(request: AccountRequest, unit_id: int) -> HttpResponse:
    unit = _unit(request, unit_id)
    seen = DocumentNumber.objects.visible_to(request.actor)
    all_terms = queries.terms_of(unit)
    term = _shown(request, all_terms)
    context = {
        "crumbs": [_back(unit)],
        "unit": unit,
        "terms": all_terms,
        "term": term,
        "numbers": queries.numbers_of(seen, term) if term else [],
    }
    return render(request, "members/number_list.html", context)


@acts.page_and_form
def number_add(request: AccountRequest, unit_id: int) -> HttpResponse:
    unit = _unit(request, unit_id)
    form = forms.NumberForm(
        acts.sent(request), initial={"signed_on": timezone.localdate()}
    )
    given: list[DocumentNumber] = []

    def give() -> None:
        given.append(
            terms.give_number(
                unit=unit, actor=request.actor, now=timezone.now(), **form.cleaned_data
            )
        )

    if acts.did(request, form, give, refusals=(terms.NumberNotGiven,)):
        messages.success(request, _("The number is: Số %s") % given[0])
        return redirect("members:number_list", unit.pk)
    return acts.page(
        request,
        form,
        back=(_("Document numbers"), reverse("members:number_list", args=[unit.pk])),
        title=_("Number a document of %s") % unit.name,
        lead=_("Each kind is counted by itself, anew from 01 in each term."),
        button=_("Give the number"),
    )


def _unit(request: AccountRequest, unit_id: int) -> PartyUnit:
    units = PartyUnit.objects.visible_to(request.actor, Area.POSTS)
    return get_object_or_404(units, pk=unit_id)


def _back(unit: PartyUnit) -> tuple[str, str]:
    return unit.name, queries.unit_url(unit.pk, None)


def _stored(term: UnitTerm) -> dict[str, object]:
    return {name: getattr(term, name) for name in (*FIELDS, "version")}


def _shown(request: AccountRequest, all_terms: list[UnitTerm]) -> UnitTerm | None:
    """Return the term that the address names, else the one that runs, else the last."""
    number = request.GET.get("term", "")
    today = timezone.localdate()
    named = [each for each in all_terms if str(each.pk) == number]
    running = [each for each in all_terms if each.from_on <= today]
    return next(iter([*named, *running, *all_terms]), None)
