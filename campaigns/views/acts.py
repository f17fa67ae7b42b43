"""What all pages of acts share: whose roll, one form, one act, one answer."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from members.http import AccountRequest
from members.models import Member
from members.services import pauses, people, transfers

REFUSALS = (
    people.MemberNotMovable,
    transfers.TransferNotPossible,
    pauses.PauseNotPossible,
)
page_and_form = require_http_methods(["GET", "HEAD", "POST"])


def kept(request: AccountRequest, member_id: int) -> Member:
    """Return somebody on a roll that the actor keeps; 404 for everybody else."""
    return get_object_or_404(Member.objects.editable_by(request.actor), pk=member_id)


def person(member: Member) -> tuple[str, str]:
    """Return name and address of a person's page, for the way back."""
    return member.full_name, reverse("members:member_detail", args=[member.pk])


def sent(request: AccountRequest) -> QueryDict | None:
    """Return what a form is filled with: what was sent, an empty form included."""
    return request.POST if request.method == "POST" else None


def did(request: AccountRequest, form: BaseForm, act: Callable[[], object]) -> bool:
    """Do what a valid form asks for; a refusal is told beside what caused it."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except REFUSALS as refusal:
        form.add_error(getattr(refusal, "column", None), str(refusal))
        return False
    return True


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

    if did(request, form, do):
        messages.success(request, said)
        return redirect(then or person(member)[1])
    back = person(member)
    return page(request, form, back=back, title=title, button=button, lead=lead)


def page(
    request: AccountRequest,
    form: BaseForm,
    *,
    back: tuple[str, str],
    title: str,
    button: str,
    lead: str = "",
    both: Sequence[tuple[object, object, object]] = (),
    status: int = 422,
) -> HttpResponse:
    """Return the page of one act; `both` holds what two people wrote, by label."""
    context = {
        "crumbs": [back],
        "form": form,
        "title": title,
        "button": button,
        "lead": lead,
        "both": both,
    }
    code = status if form.is_bound else 200
    return render(request, "campaigns/roll_act.html", context, status=code)
