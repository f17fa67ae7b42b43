"""A paper of one page of the site as a file, made while one waits."""

from collections.abc import Callable
from io import BytesIO

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls.converters import StringConverter

from members.http import XLSX, AccountRequest, attachment
from reports.documents.pdf import DocumentNotRendered
from reports.documents.printouts import Printout
from reports.documents.writers import CONTENT_TYPES, write


class PaperExtension(StringConverter):
    """The end of an address that gives a paper: the kind of file it is given as."""

    regex = "|".join(CONTENT_TYPES)


class TableExtension(StringConverter):
    """The same of a paper that is given as a workbook as well."""

    regex = "|".join((*CONTENT_TYPES, "xlsx"))


def table_file(
    request: AccountRequest,
    printout: Callable[[], Printout],
    workbook: Callable[[], bytes],
    *,
    extension: str,
    name: str,
    back: str,
) -> HttpResponseBase:
    """Give a paper as `printed_file`, or its tables as a workbook."""
    if extension != "xlsx":
        return printed_file(
            request, printout, extension=extension, name=name, back=back
        )
    return attachment(
        BytesIO(workbook()), name=f"{name}.{extension}", content_type=XLSX
    )


def printed_file(
    request: AccountRequest,
    printout: Callable[[], Printout],
    *,
    extension: str,
    name: str,
    back: str,
) -> HttpResponseBase:
    """Give a paper as PDF or for Word; `back` is the page that says why there is none."""
    try:
        content = write(printout(), extension)
    except DocumentNotRendered as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    return attachment(
        BytesIO(content),
        name=f"{name}.{extension}",
        content_type=CONTENT_TYPES[extension],
    )
