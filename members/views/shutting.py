"""One account of those for whom one prints slips: shut, or opened again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members import queries
from members.acts import did, new_key, page_and_form, sent
from members.forms.accounts import ShuttingForm
from members.http import AccountRequest
from members.models import Account, Member
from members.services import shutting
from members.views.confirming import weighty


@weighty
@page_and_form
def account_detail(request: AccountRequest, account_id: int) -> HttpResponse:
    """Show whether the account is shut, since when and by whom; shut it, or open it.

    The form says which of both is meant: what somebody else has done meanwhile is told.
    """
    account = get_object_or_404(
        queries.accounts_in_charge(request.actor), pk=account_id
    )
    form = ShuttingForm(sent(request))

    def act() -> None:
        acts = {"shut": shutting.shut_account, "reopen": shutting.reopen_account}
        acts[form.cleaned_data["act"]](
            account=account,
            document=form.cleaned_data["document"],
            actor=request.actor,
            now=timezone.now(),
        )

    if did(request, form, act, refusals=(shutting.NotShut,)):
        messages.success(
            request,
            _("The account is shut.")
            if form.cleaned_data["act"] == "shut"
            else _("The account is open again."),
        )
        return redirect("members:account_detail", account_id)
    bar = queries.shutting_bar(account, actor=request.actor)
    context = {
        "crumbs": [_way_back(request, account)],
        "shown": account,
        "bar": bar,
        "form": form,
        "key": new_key(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "members/account_detail.html", context, status=status)


def _way_back(request: AccountRequest, account: Account) -> tuple[str, str]:
    """Return the page of the owner where the actor has one, else the list of slips."""
    owner = account.member
    seen = Member.objects.visible_to(request.actor)
    if owner and seen.filter(pk=owner.pk).exists():
        return owner.full_name, reverse("members:member_detail", args=[owner.pk])
    return _("Slips for a first password"), reverse("members:slip_list")
