"""What the pages of acts on the roll share: whose roll, and what refuses."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from members import acts
from members.http import AccountRequest
from members.models import Member
from members.services import corrections, memberships, pauses, transfers

REFUSALS = (
    memberships.MemberNotMovable,
    transfers.TransferNotPossible,
    pauses.PauseNotPossible,
    corrections.CorrectionNotPossible,
)


def kept(request: AccountRequest, member_id: int) -> Member:
    """Return somebody on a roll that the actor keeps; 404 for everybody else."""
    return get_object_or_404(Member.objects.editable_by(request.actor), pk=member_id)


def person(member: Member) -> tuple[str, str]:
    """Return name and address of a person's page, for the way back."""
    return member.full_name, reverse("members:member_detail", args=[member.pk])


def answer(
    request: AccountRequest,
    form: BaseForm,
    member: Member,
    act: Callable[..., object],
    *,
    title: str,
    button: str,
    said: str,
    lead: str = "",
    then: str = "",
) -> HttpResponse:
    """Answer a page whose form holds just what the act takes."""

    def do() -> None:
        act(
            member=member,
            actor=request.actor,
            now=timezone.now(),
            **form.cleaned_data,
        )

    if acts.did(request, form, do, refusals=REFUSALS):
        messages.success(request, said)
        return redirect(then or person(member)[1])
    back = person(member)
    return acts.page(request, form, back=back, title=title, button=button, lead=lead)
