"""Attached files that are not given out, and why."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from campaigns.models import Attached
from members.http import AccountRequest


def told_why_not(request: AccountRequest, row: Attached, back: str) -> HttpResponse:
    """Lead back to the page of a row whose file waits for a scan, or is infected."""
    if row.waits_for_scan:
        told = _("The file is being scanned for viruses. Try again in some minutes.")
        messages.info(request, told)
    else:
        messages.error(
            request,
            _(
                "The virus scanner found something in the file, so it is not given out."
                " Whoever attached it takes it out."
            ),
        )
    return redirect(back)
