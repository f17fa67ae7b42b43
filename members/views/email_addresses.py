"""One's own e-mail address: entered, and confirmed by the link that comes to it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from members.acts import did, new_key, page_and_form, sent
from members.forms.email_addresses import EmailConfirmForm, EmailForm
from members.http import AccountRequest, back_to_first
from members.models import Account
from members.services import email_addresses

REFUSALS = (email_addresses.AddressRefused,)


@never_cache
@page_and_form
def email_edit(request: AccountRequest) -> HttpResponse:
    """Let somebody enter, change or take away their own address."""
    account = Account.objects.visible_to(request.actor).get()
    before, confirmed_at = account.email, account.email_confirmed_at
    if not before:
        account.email_language = get_language()[:2]
    form = EmailForm(sent(request), instance=account)
    answers: list[bool] = []

    def act() -> None:
        answers.append(
            email_addresses.enter_address(
                account=request.user,
                email=form.cleaned_data["email"],
                language=form.cleaned_data["email_language"],
                actor=request.actor,
                now=timezone.now(),
            )
        )

    if did(request, form, act, refusals=REFUSALS):
        _tell(request, is_sent=answers[0], email=form.cleaned_data["email"])
        return redirect("members:email_edit")
    context = {
        "crumbs": back_to_first(),
        "form": form,
        "email": before,
        "confirmed_at": confirmed_at,
        "sends": settings.SENDS_EMAIL,
        "key": new_key(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "members/email_edit.html", context, status=status)


def _tell(request: AccountRequest, *, is_sent: bool, email: str) -> None:
    if is_sent:
        text = _(
            "An e-mail is on its way to %(email)s. Open its link on a device on which "
            "you are logged in; until then no reminders come there."
        ) % {"email": email}
    elif email:
        text = _("Recorded.")
    else:
        text = _("There is no e-mail address any more. No e-mails are sent to you.")
    messages.success(request, text)


@never_cache
@page_and_form
def email_confirm(request: AccountRequest) -> HttpResponse:
    """Let the address count whose link somebody opens who is logged in as its owner."""
    account = Account.objects.visible_to(request.actor).get()
    proof = request.GET.get("proof", "")
    form = EmailConfirmForm(sent(request), initial={"proof": proof})
    given = request.POST.get("proof", "") if form.is_bound else proof
    if not email_addresses.holds(account, given):
        messages.error(
            request,
            _("This link confirms nothing any more: send it to yourself again."),
        )
        return redirect("members:email_edit")

    def act() -> None:
        email_addresses.confirm_address(
            account=account,
            proof=form.cleaned_data["proof"],
            actor=request.actor,
            now=timezone.now(),
        )

    if did(request, form, act, refusals=REFUSALS):
        messages.success(
            request, _("The address counts: reminders come to %s.") % account.email
        )
        return redirect("members:email_edit")
    context = {
        "crumbs": [(_("E-mail address"), reverse("members:email_edit"))],
        "form": form,
        "email": account.email,
        "key": new_key(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "members/email_confirm.html", context, status=status)
