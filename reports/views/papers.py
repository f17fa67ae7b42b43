"""A paper of one page of the site as a file, made while one waits."""

from collections.abc import Callable
from io import BytesIO

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from members.http import AccountRequest, attachment
from reports.documents.pdf import DocumentNotRendered, html_to_pdf

PDF = "application/pdf"


def printed_file(
    request: AccountRequest, html: Callable[[], str], *, name: str, back: str
) -> HttpResponseBase:
    """Give a document as PDF; `back` is the page that says why there is none."""
    try:
        content = html_to_pdf(html())
    except DocumentNotRendered as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    return attachment(BytesIO(content), name=name, content_type=PDF)
