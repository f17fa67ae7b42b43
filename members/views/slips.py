"""Slips for a first or a forgotten password: for whom, and the printed sheet."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from members import documents, queries
from members.acts import page_and_form, sent
from members.forms.accounts import SlipsForm
from members.http import AccountRequest
from members.models import Account, Member
from members.policy import Area
from members.services import code_cards, slips
from members.views.confirming import weighty

PAGE_SIZE = 100  # more than most cells have


@weighty
@page_and_form
def slip_list(request: AccountRequest) -> HttpResponse:
    """Show who can be given a slip; print the slips, or cards, of whom is chosen.

    The codes stand in this answer alone, so nothing can lead to another address.
    """
    if not request.actor.reaches(Area.ACCOUNTS):
        raise Http404
    form = SlipsForm(
        sent(request),
        members=Member.objects.editable_by(request.actor, Area.ACCOUNTS),
        accounts=queries.account_candidates(request.actor),
    )
    if form.is_valid():
        chosen = queries.slip_candidates(request.actor, with_everybody=True)
        chosen = chosen.filter(member__in=form.cleaned_data["members"])
        members = [each.member for each in chosen]
        accounts = list(form.cleaned_data["accounts"])
        make = _cards if form.cleaned_data["act"] == "cards" else _slips
        try:
            return make(request, members, accounts)
        except (slips.SlipNotPrinted, code_cards.CardNotPrinted) as refusal:
            form.add_error(None, str(refusal))
    return _slip_choice(request, form)


def _slips(
    request: AccountRequest, members: list[Member], accounts: list[Account]
) -> HttpResponse:
    printed = slips.print_slips(
        members=members, accounts=accounts, actor=request.actor, now=timezone.now()
    )
    return _slip_sheet(request, printed)


@never_cache
def _cards(
    request: AccountRequest, members: list[Member], accounts: list[Account]
) -> HttpResponse:
    cards = code_cards.print_cards(
        accounts=code_cards.accounts_of(members) + accounts,
        actor=request.actor,
        now=timezone.now(),
    )
    context = {
        "crumbs": [(_("Slips for a first password"), reverse("members:slip_list"))],
        "cards": cards,
    }
    return render(request, "members/card_sheet.html", context)


def _slip_choice(request: AccountRequest, form: SlipsForm) -> HttpResponse:
    show, cell = request.GET.get("show", ""), request.GET.get("cell", "")
    found = queries.slip_candidates(
        request.actor,
        cell_id=queries.number_in(cell) or None,
        with_everybody=show == "all",
    )
    page: Page[Any] = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "crumbs": [(_("Roll of members"), reverse("members:member_list"))],
        "form": form,
        "show": show,
        "cell": cell,
        "page": page,
        "shut": queries.shut_accounts(request.actor),
        "rows": queries.slip_rows(list(page.object_list), actor=request.actor),
        "account_rows": queries.account_rows(
            list(queries.account_candidates(request.actor)), actor=request.actor
        ),
    }
    status = 422 if form.is_bound else 200
    return render(request, "members/slip_list.html", context, status=status)


@never_cache
def _slip_sheet(
    request: AccountRequest, printed: list[slips.PrintedSlip]
) -> HttpResponse:
    address = request.build_absolute_uri(reverse("members:start"))
    context = {
        "crumbs": [(_("Slips for a first password"), reverse("members:slip_list"))],
        "address": address,
        "slips": [
            (slip, documents.qr_picture(slips.start_address(slip, address)))
            for slip in printed
        ],
    }
    return render(request, "members/slip_sheet.html", context)
