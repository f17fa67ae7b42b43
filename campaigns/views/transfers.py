"""Transfers: sent by one side, received, returned or taken back."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.forms import roll as forms
from campaigns.services import movements
from campaigns.views import roll
from members import acts, queries
from members.http import AccountRequest
from members.models import Member, Transfer
from members.row_security import Purpose, opened_for
from members.services import transfers


@acts.page_and_form
def member_send(request: AccountRequest, member_id: int) -> HttpResponse:
    """Choose the cell first, then write the rest about the one that was chosen."""
    member = roll.kept(request, member_id)
    target = queries.open_unit_of(request.GET.get("to", ""))
    if target is None:
        return _choose_cell(request, member)
    return roll.answer(
        request,
        forms.SendInsideForm(
            acts.sent(request), initial={"leaves_on": timezone.localdate()}
        ),
        member,
        lambda **papers: transfers.send_transfer(target=target, **papers),
        title=_("Transfer of %s") % member.full_name,
        lead=_("To: %s") % target,
        button=_("Send to the new cell"),
        said=_("%s is sent; nothing changes until the new cell receives.")
        % member.full_name,
    )


@acts.page_and_form
def member_send_outside(request: AccountRequest, member_id: int) -> HttpResponse:
    member = roll.kept(request, member_id)
    return roll.answer(
        request,
        forms.OutsideForm(
            acts.sent(request), initial={"leaves_on": timezone.localdate()}
        ),
        member,
        movements.send_outside,
        title=_("Transfer of %s to a unit that is not kept here") % member.full_name,
        lead=_("The person is on no roll here any more from that day."),
        button=_("Record the transfer"),
        said=_("%s is on the roll no more.") % member.full_name,
        then=reverse("members:member_list"),
    )


@acts.page_and_form
def transfer_receive(request: AccountRequest, transfer_id: int) -> HttpResponse:
    transfer = _waiting(Transfer.objects.receivable_by(request.actor), transfer_id)
    form = forms.ReceiveForm(
        acts.sent(request),
        initial={"on": max(timezone.localdate(), transfer.leaves_on)},
    )

    def receive() -> None:
        movements.receive_transfer(
            transfer=transfer,
            on=form.cleaned_data["on"],
            actor=request.actor,
            now=timezone.now(),
        )

    return _settle(
        request,
        form,
        transfer,
        receive,
        title=_("Receive %s") % transfer.member.full_name,
        button=_("Receive"),
        said=_("%s is received.") % transfer.member.full_name,
    )


@acts.page_and_form
def transfer_return(request: AccountRequest, transfer_id: int) -> HttpResponse:
    transfer = _waiting(Transfer.objects.receivable_by(request.actor), transfer_id)
    form = forms.ReturnForm(acts.sent(request))

    def give_back() -> None:
        transfers.return_transfer(
            transfer=transfer,
            on=timezone.localdate(),
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            now=timezone.now(),
        )

    return _settle(
        request,
        form,
        transfer,
        give_back,
        title=_("Return %s to the old cell") % transfer.member.full_name,
        button=_("Return to the old cell"),
        said=_("%s is returned; the old cell reads the reason.")
        % transfer.member.full_name,
    )


@require_POST
def transfer_take_back(request: AccountRequest, transfer_id: int) -> HttpResponse:
    transfer = _waiting(Transfer.objects.editable_by(request.actor), transfer_id)
    try:
        transfers.take_back_transfer(
            transfer=transfer,
            on=timezone.localdate(),
            actor=request.actor,
            now=timezone.now(),
        )
    except transfers.TransferNotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect("members:transfer_detail", transfer_id)


@opened_for(Purpose.RECORD)
def _waiting(transfers: QuerySet[Transfer], transfer_id: int) -> Transfer:
    related = transfers.select_related("member", "source", "target")
    return get_object_or_404(related, pk=transfer_id)


def _settle(
    request: AccountRequest,
    form: BaseForm,
    transfer: Transfer,
    act: Callable[[], object],
    *,
    title: str,
    button: str,
    said: str,
) -> HttpResponse:
    if acts.did(request, form, act, refusals=roll.REFUSALS):
        messages.success(request, said)
        return redirect("members:transfer_detail", transfer.pk)
    url = reverse("members:transfer_detail", args=[transfer.pk])
    back = (_("Transfer"), url)
    return acts.page(request, form, back=back, title=title, button=button)


def _choose_cell(request: AccountRequest, member: Member) -> HttpResponse:
    return acts.choose(
        request,
        lambda text: queries.cell_choices(text, member=member),
        back=roll.person(member),
        title=_("Transfer of %s") % member.full_name,
        lead=_("First find the new cell."),
        label=_("Name or code of the cell, with or without accents"),
        nothing=_(
            "No cell is found. If it is not kept here, go back and choose “Transfer to "
            "a unit that is not kept here”."
        ),
        most=queries.MOST_CHOICES,
    )
