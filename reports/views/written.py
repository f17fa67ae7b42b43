"""What is written, on paper, to be signed."""

from collections.abc import Sequence
from io import BytesIO

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language

from campaigns.models import CampaignUnit, Participant, WrittenKind
from members.http import AccountRequest, attachment
from reports.documents.pdf import DocumentNotRendered
from reports.documents.writers import CONTENT_TYPES
from reports.documents.written import WrittenSheet
from reports.services import written as printing


def written_file(
    request: AccountRequest,
    kind: WrittenKind,
    sheets: Sequence[WrittenSheet],
    people: list[Participant],
    *,
    unit: CampaignUnit,
    title: str,
    extension: str,
    name: str,
    back: str,
) -> HttpResponseBase:
    """Give the sheets of a unit as one file; `back` is the page that says why there is none."""
    try:
        content = printing.print_sheets(
            kind,
            sheets=sheets,
            people=people,
            unit=unit,
            title=title,
            extension=extension,
            language=get_language(),
            actor=request.actor,
            now=timezone.now(),
        )
    except printing.NothingToPrint as nothing:
        raise Http404 from nothing
    except DocumentNotRendered as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    return attachment(
        BytesIO(content),
        name=f"{name}.{extension}",
        content_type=CONTENT_TYPES[extension],
    )
