"""What the acts on a programme share: one form upon the version that was shown."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Programme
from campaigns.queries import programmes as queries
from campaigns.services.phases import StepClosed
from campaigns.services.work import NotRecordable
from members import acts
from members.comparing import values_of
from members.http import AccountRequest

REFUSALS = (NotRecordable, StepClosed)


def act_on(
    request: AccountRequest,
    found: Programme,
    form: BaseForm,
    act: Callable[..., object],
    *,
    title: str,
    button: str,
    lead: str = "",
) -> HttpResponse:
    """Answer a page of one act on the version of a programme that was shown."""

    def do() -> None:
        act(
            programme=found,
            actor=request.actor,
            now=timezone.now(),
            **form.cleaned_data,
        )

    return acts.change(
        request,
        form,
        do,
        refusals=REFUSALS,
        said=_("It is recorded."),
        then=url_of(found),
        back=back_to(found),
        title=title,
        lead=lead,
        button=button,
        again=button,
        stored=partial(_stored, form),
        told=lambda now: [(_("State"), now.get_state_display(), "")],
    )


def _stored(form: BaseForm, current: Programme) -> dict[str, object]:
    """Return what is recorded now of a programme, item by item."""
    values = values_of(current, form)
    for item in queries.items_of(current):
        values[f"result_{item.pk}"] = item.result
        values[f"note_{item.pk}"] = item.result_note
    return values


def one_of(request: AccountRequest, rows: Any, programme_id: int) -> Programme:
    """Return one of these programmes, else 404."""
    related = rows.select_related("unit__campaign", "unit__custodian")
    found: Programme = get_object_or_404(related, pk=programme_id)
    return found


def url_of(found: Programme) -> str:
    """Return the address of the page of a programme."""
    return reverse("work:programme_named", args=[found.pk])


def back_to(found: Programme) -> tuple[str, str]:
    """Return name and address of that page."""
    return _("Action programme"), url_of(found)


def shown_of(found: Programme) -> dict[str, object]:
    """Return what a form shows of it; days that are not told are proposed as today."""
    names = ("version", "adopted_on", "document", "items_on_paper", "discussed_on")
    shown = {name: getattr(found, name) for name in (*names, "minutes")}
    today = timezone.localdate()
    return {**shown, **{name: today for name in names if name.endswith("_on") and not shown[name]}}  # fmt: skip


def drafted_by(request: AccountRequest) -> Any:
    """Return the programmes whose result the reader drafts."""
    return Programme.objects.visible_to(request.actor).drafted_by(request.actor)
