"""An accusation is not taken here: the way by law, the form, a number on it.

Nothing of it is stored but the number and the day, and no act of it is logged.
Source: docs/rules/opinions.md § 7.
"""

from datetime import date
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.services.written.states import WritingRefused
from members.http import AccountRequest, back_to_first
from reports.documents.accusations import accusation_printout
from reports.views.papers import printed_file
from reviews.services.opinions.receipts import new_receipt


@require_safe
def accusation_page(request: AccountRequest) -> HttpResponse:
    """Say where an accusation, or a report of retaliation, goes by law."""
    context = {"crumbs": back_to_first()}
    return render(request, "reports/accusations.html", context)


@require_safe
def accusation_form(request: AccountRequest, extension: str) -> HttpResponseBase:
    """Give the form without a number."""
    return _file(request, extension, number="", on=None)


@require_POST
def accusation_receipt(request: AccountRequest, extension: str) -> HttpResponseBase:
    """Give the form with a number, of which the day alone is kept."""
    try:
        receipt = new_receipt(timezone.now())
    except WritingRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("accusation_page")
    return _file(request, extension, number=receipt.number, on=receipt.on)


def _file(
    request: AccountRequest, extension: str, *, number: str, on: date | None
) -> HttpResponseBase:
    return printed_file(
        request,
        partial(accusation_printout, number=number, on=on, language=get_language()),
        extension=extension,
        name=_("accusation-form"),
        back=reverse("accusation_page"),
    )
