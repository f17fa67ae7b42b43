"""Criteria of a unit: written, sent, approved and published, read by everybody."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.forms import criteria as forms
from campaigns.models import CampaignUnit, CriteriaSet, Criterion
from campaigns.services import criteria, phases
from campaigns.services.written import states
from members import acts
from members.comparing import took_up
from members.forms.decisions import VersionForm
from members.http import AccountRequest
from members.policy import Area
from members.services.versions import ChangedMeanwhile

REFUSALS = (states.WritingRefused, phases.StepClosed)
CONFLICT = 409


@require_safe
def criteria_list(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Show the criteria of one unit, to whoever may read them so far."""
    units = CampaignUnit.objects.visible_to(request.actor, Area.WORK)
    near = units.filter(campaign=campaign_id, live_unit=unit_id).first()
    sets = CriteriaSet.objects.visible_to(request.actor)
    found = (
        sets.filter(unit__campaign=campaign_id, unit__live_unit=unit_id)
        .select_related("unit__campaign")
        .first()
    )
    unit = near or (found.unit if found else None)
    if unit is None:
        raise Http404
    may_write = _may_write(request, unit, found)
    waiting = CriteriaSet.objects.receivable_by(request.actor)
    context = {
        "crumbs": [_back(request, unit)],
        "unit": unit,
        "criteria": found,
        "rows": Criterion.objects.visible_to(request.actor).filter(criteria=found),
        "may_write": may_write,
        "may_answer": found is not None and waiting.filter(pk=found.pk).exists(),
    }
    return render(request, "pledges/criteria_list.html", context)


@acts.page_and_form
def criterion_add(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    units = CampaignUnit.objects.visible_to(request.actor, Area.WORK_EDIT)
    unit = get_object_or_404(units, campaign=campaign_id, live_unit=unit_id)
    return _answer(
        request,
        forms.CriterionForm(acts.sent(request), instance=Criterion()),
        unit,
        lambda form, **by: criteria.add(
            unit=unit,
            facts=form.facts(),
            opened_at=acts.opened_at(request),
            **by,
        ),
        title=_("Add a criterion"),
        button=_("Add it"),
        said=_("The criterion is added."),
    )


@acts.page_and_form
def criterion_edit(request: AccountRequest, criterion_id: int) -> HttpResponse:
    criterion = _criterion(request, criterion_id)
    form = forms.CriterionForm(acts.sent(request), instance=criterion)
    back = _to_list(criterion.criteria.unit)

    def change() -> None:
        criteria.change(
            criterion=criterion,
            version=form.cleaned_data["version"],
            facts=form.facts(),
            actor=request.actor,
            now=timezone.now(),
            opened_at=acts.opened_at(request),
        )

    return acts.change(
        request,
        form,
        change,
        refusals=REFUSALS,
        said=_("The criterion is changed."),
        then=back[1],
        back=back,
        title=_("Change a criterion"),
        button=_("Record the criterion"),
        again=_("Record the criterion"),
    )


@acts.page_and_form
def criterion_remove(request: AccountRequest, criterion_id: int) -> HttpResponse:
    criterion = _criterion(request, criterion_id)
    return _answer(
        request,
        _version_form(request, criterion.version),
        criterion.criteria.unit,
        lambda form, **by: criteria.remove(
            criterion=criterion,
            opened_at=acts.opened_at(request),
            **form.cleaned_data,
            **by,
        ),
        title=_("Take the criterion out"),
        lead=criterion.text,
        button=_("Take it out"),
        said=_("The criterion is taken out."),
    )


@acts.page_and_form
def criteria_send(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    found = _set(CriteriaSet.objects.editable_by(request.actor), campaign_id, unit_id)
    return _answer(
        request,
        _version_form(request, found.version),
        found.unit,
        lambda form, **by: criteria.send(
            criteria=found,
            opened_at=acts.opened_at(request),
            **form.cleaned_data,
            **by,
        ),
        title=_("Send the criteria for approval"),
        lead=_("The unit above approves them and publishes them, or returns them."),
        button=_("Send to the unit above"),
        said=_("The criteria are sent for approval."),
    )


@acts.page_and_form
def criteria_publish(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    found = _set(CriteriaSet.objects.receivable_by(request.actor), campaign_id, unit_id)
    return _answer(
        request,
        _version_form(request, found.version, forms.PublishForm),
        found.unit,
        lambda form, **by: criteria.publish(criteria=found, **form.cleaned_data, **by),
        title=_("Approve and publish the criteria of %s") % found.unit.name,
        lead=_("Everybody who takes part in the campaign reads them from now on."),
        button=_("Approve and publish"),
        said=_("The criteria are published."),
    )


@acts.page_and_form
def criteria_return(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    found = _set(CriteriaSet.objects.receivable_by(request.actor), campaign_id, unit_id)
    return _answer(
        request,
        _version_form(request, found.version, forms.ReturnForm),
        found.unit,
        lambda form, **by: criteria.give_back(
            criteria=found, **form.cleaned_data, **by
        ),
        title=_("Return the criteria of %s for completion") % found.unit.name,
        button=_("Return for completion"),
        said=_("The criteria are returned."),
    )


def _answer(
    request: AccountRequest,
    form: BaseForm,
    unit: CampaignUnit,
    act: Callable[..., object],
    *,
    title: str,
    button: str,
    said: str,
    lead: str = "",
) -> HttpResponse:
    def do() -> None:
        act(form, actor=request.actor, now=timezone.now())

    back, status = _to_list(unit), 422
    try:
        if acts.did(request, form, do, refusals=REFUSALS):
            messages.success(request, said)
            return redirect(back[1])
    except ChangedMeanwhile as changed:
        current: Any = changed.current
        took_up(form, current.version)
        form.add_error(None, _("Somebody else has changed this meanwhile."))
        status = CONFLICT
        if isinstance(current, Criterion):
            lead = current.text
    return acts.page(
        request,
        form,
        back=back,
        title=title,
        lead=lead,
        button=button,
        texts=_texts(request, unit) if isinstance(form, VersionForm) else (),
        status=status,
    )


def _texts(request: AccountRequest, unit: CampaignUnit) -> list[str]:
    """Return the criteria of a unit as they are now, for whoever acts on them."""
    rows = Criterion.objects.visible_to(request.actor).filter(criteria__unit=unit)
    return [f"{row.text}: {row.goal} {row.unit_of_measure}".strip(": ") for row in rows]


def _version_form(
    request: AccountRequest, version: int, form_of: type[VersionForm] = VersionForm
) -> VersionForm:
    return form_of(acts.sent(request), initial={"version": version})


def _set(within: QuerySet[CriteriaSet], campaign_id: int, unit_id: int) -> CriteriaSet:
    related = within.select_related("unit__campaign")
    return get_object_or_404(
        related, unit__campaign=campaign_id, unit__live_unit=unit_id
    )


def _criterion(request: AccountRequest, criterion_id: int) -> Criterion:
    mine = Criterion.objects.editable_by(request.actor)
    return get_object_or_404(
        mine.select_related("criteria__unit__campaign"), pk=criterion_id
    )


def _may_write(
    request: AccountRequest, unit: CampaignUnit, found: CriteriaSet | None
) -> bool:
    mine = CampaignUnit.objects.visible_to(request.actor, Area.WORK_EDIT)
    is_open = found is None or found.state in CriteriaSet.BEING_WRITTEN
    return is_open and mine.filter(pk=unit.pk).exists()


def _to_list(unit: CampaignUnit) -> tuple[str, str]:
    address = reverse(
        "pledges:criteria_list", args=[unit.campaign_id, unit.live_unit_id]
    )
    return _("Criteria of %s") % unit.name, address


def _back(request: AccountRequest, unit: CampaignUnit) -> tuple[str, str]:
    """Return the page of the unit's figures, or one's own pledges."""
    if request.actor.reaches(Area.FIGURES):
        address = reverse("unit_figures", args=[unit.campaign_id, unit.live_unit_id])
        return unit.campaign.name, address
    return _("Pledge"), reverse("pledges:pledge_own")
