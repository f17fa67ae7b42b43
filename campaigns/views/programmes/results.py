"""The result of the year: drafted, signed, sent up, answered."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.forms import programmes as forms
from campaigns.models import CoChair, Programme, ProgrammeItem
from campaigns.queries import programmes as queries
from campaigns.services import programmes
from campaigns.views.programmes.shared import (
    REFUSALS,
    act_on,
    back_to,
    drafted_by,
    one_of,
    shown_of,
    url_of,
)
from members import acts
from members.forms.decisions import VersionForm
from members.http import AccountRequest
from members.views.confirming import weighty


@acts.page_and_form
def programme_result(request: AccountRequest, programme_id: int) -> HttpResponse:
    """The result, drafted by whoever records the unit's work and by its co-chair."""
    found = one_of(request, drafted_by(request), programme_id)
    form = forms.ResultForm(
        acts.sent(request),
        initial={"version": found.version, "result": found.result},
        items=_items(request, found),
        mode=found.unit.campaign.mode,
    )
    return act_on(
        request,
        found,
        form,
        lambda **facts: programmes.draft_result(
            programme=facts["programme"],
            version=facts["version"],
            result=facts.get("result", ""),
            results=form.results(),
            actor=facts["actor"],
            now=facts["now"],
        ),
        title=_("Result of the year"),
        lead=_("What is changed here has to be signed again by the co-chair.")
        if form.visible_fields()
        else _("Items and result stand on paper; here one says that they are written."),
        button=_("Record the result"),
    )


@weighty
@acts.page_and_form
def co_chair_sign(request: AccountRequest, record_id: int) -> HttpResponse:
    """The co-chair signs; nobody else can here."""
    mine = CoChair.objects.own(request.actor).in_force()
    chair = get_object_or_404(_with_unit(mine), pk=record_id)
    form = VersionForm(acts.sent(request), initial={"version": chair.version})
    return _sign(request, chair, form, is_on_paper=False)


@acts.page_and_form
def co_chair_paper(request: AccountRequest, record_id: int) -> HttpResponse:
    """Record the signature on paper of a co-chair without an account."""
    chairs = CoChair.objects.editable_by(request.actor).filter(member=None)
    chair = get_object_or_404(_with_unit(chairs), pk=record_id)
    form = forms.SignForm(
        acts.sent(request),
        initial={"version": chair.version, "on": timezone.localdate()},
    )
    return _sign(request, chair, form, is_on_paper=True)


@acts.page_and_form
def programme_send(request: AccountRequest, programme_id: int) -> HttpResponse:
    found = one_of(request, Programme.objects.editable_by(request.actor), programme_id)
    form = forms.SendForm(
        acts.sent(request),
        initial=shown_of(found),
        meetings=queries.meetings_of(found.unit),
    )
    return act_on(
        request,
        found,
        form,
        lambda **facts: programmes.send_result(
            **{**facts, "meeting": form.meeting_chosen()}
        ),
        title=_("Send the result up"),
        lead=_("A meeting of the unit has discussed it before."),
        button=_("Send to the level above"),
    )


@weighty
@acts.page_and_form
def programme_answer(request: AccountRequest, programme_id: int) -> HttpResponse:
    """The unit above approves the result, or returns it with remarks."""
    waiting = Programme.objects.receivable_by(request.actor)
    found = one_of(request, waiting, programme_id)
    form = forms.AnswerForm(acts.sent(request), initial={"version": found.version})

    def answer(**facts: Any) -> None:
        is_approval = facts.pop("decision") == form.APPROVED
        programmes.answer_result(is_approval=is_approval, **facts)

    return act_on(
        request,
        found,
        form,
        answer,
        title=_("Answer the result of %s") % found.unit.name,
        button=_("Record the answer"),
    )


def _sign(
    request: AccountRequest, chair: CoChair, form: BaseForm, *, is_on_paper: bool
) -> HttpResponse:
    def sign() -> None:
        programmes.sign(
            co_chair=chair,
            version=form.cleaned_data["version"],
            on=form.cleaned_data.get("on", timezone.localdate()),
            is_on_paper=is_on_paper,
            actor=request.actor,
            now=timezone.now(),
        )

    return acts.change(
        request,
        form,
        sign,
        refusals=REFUSALS,
        said=_("The signature is recorded."),
        then=url_of(chair.programme),
        back=back_to(chair.programme),
        title=_("Sign the result of %s") % chair.programme.unit.name,
        lead=f"{chair.name}, {chair.title}",
        button=_("Record the signature"),
        again=_("Record the signature"),
        told=lambda now: [(_("Signed"), now, chair)],
    )


def _with_unit(chairs: Any) -> Any:
    return chairs.select_related("programme__unit__campaign")


def _items(request: AccountRequest, found: Programme) -> list[ProgrammeItem]:
    return [line.item for line in queries.programme_page(found, request.actor).lines]
