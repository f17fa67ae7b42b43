"""Lists of a committee: on a page, and as papers."""

from functools import partial

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.views.written.pages import to_figures
from members.http import AccountRequest
from reports.documents.committee_lists import (
    counted,
    list_printout,
    list_workbook,
    request_printout,
)
from reports.queries.committee_lists import KINDS, list_of, request_of
from reports.queries.committee_lists.catalogue import Asked
from reports.views.papers import printed_file, table_file
from reviews.views.files import committee, to_files

PAGE_SIZE = 100
FEWEST_YEARS = 2  # what "running" begins with


@require_safe
def committee_lists(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Lead to every list of a committee."""
    unit = committee(request, campaign_id, unit_id)
    args = [campaign_id, unit_id]
    lists = [
        (reverse(f"committee_list_{code}", args=args), kind.title)
        for code, kind in KINDS.items()
    ]
    unreviewed = reverse("reviews:unreviewed_list", args=args)
    context = {
        "crumbs": [to_figures(unit), to_files(unit)],
        "unit": unit,
        "lists": [*lists, (unreviewed, _("Not reviewed yet"))],
    }
    return render(request, "reports/committee_lists.html", context)


@require_safe
def committee_list(
    request: AccountRequest, campaign_id: int, unit_id: int, kind: str
) -> HttpResponse:
    """Show one list, page by page."""
    asked = _asked(request, campaign_id, unit_id)
    paper = list_of(KINDS[kind], asked, language=get_language() or "vi")
    page = Paginator(paper.table.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    args = [campaign_id, unit_id]
    rules = asked.unit.campaign.rules.procedure.streaks
    is_best = kind == "best_running" and rules is not None
    context = {
        "crumbs": [
            to_files(asked.unit),
            (_("Lists of the committee"), reverse("committee_lists", args=args)),
        ],
        "unit": asked.unit,
        "title": paper.table.title,
        "counted": counted(paper),
        "columns": paper.table.columns,
        "rows": [paper.table.cells(row) for row in page.object_list],
        "page": page,
        "files": _files(request, f"committee_list_{kind}_print", args),
        "asks": rules if kind in ("best_running", "lowest_running") else None,
        "lacks_rules": rules is None and kind.endswith("_running"),
        "years": range(FEWEST_YEARS, rules.best_years.value + 1)
        if is_best and rules
        else (),
        "chosen": asked.years or (rules.best_years.value if rules else 0),
        "request_files": _files(request, "commendation_request_print", args)
        if is_best and paper.table.rows
        else None,
    }
    return render(request, "reports/committee_list.html", context)


@require_safe
def committee_list_print(
    request: AccountRequest, campaign_id: int, unit_id: int, kind: str, extension: str
) -> HttpResponseBase:
    """Give one list as a file."""
    asked = _asked(request, campaign_id, unit_id)
    paper = list_of(KINDS[kind], asked, language=get_language() or "vi")
    return table_file(
        request,
        partial(list_printout, paper),
        partial(list_workbook, paper),
        extension=extension,
        name=f"{kind.replace('_', '-')}-{asked.unit.code}",
        back=reverse(f"committee_list_{kind}", args=[campaign_id, unit_id]),
    )


@require_safe
def commendation_request_print(
    request: AccountRequest, campaign_id: int, unit_id: int, extension: str
) -> HttpResponseBase:
    """Give the letter that asks for commendations, with whom it asks for."""
    asked = _asked(request, campaign_id, unit_id)
    paper = request_of(asked, language=get_language() or "vi")
    if paper is None:
        raise Http404
    return printed_file(
        request,
        partial(request_printout, paper),
        extension=extension,
        name=_("commendations-%s") % asked.unit.code,
        back=reverse("committee_list_best_running", args=[campaign_id, unit_id]),
    )


def _asked(request: AccountRequest, campaign_id: int, unit_id: int) -> Asked:
    unit = committee(request, campaign_id, unit_id)
    return Asked(
        unit=unit,
        actor=request.actor,
        today=timezone.localdate(),
        years=_years(request),
    )


def _years(request: AccountRequest) -> int | None:
    """Return for how many years the address asks; None where it names no such number."""
    asked = request.GET.get("years", "")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 3
    return int(asked) if is_number and int(asked) >= FEWEST_YEARS else None


def _files(request: AccountRequest, name: str, args: list[int]) -> dict[str, str]:
    """Return the addresses of a paper, for as many years as the page shows."""
    years = _years(request)
    query = f"?years={years}" if years else ""
    return {
        extension: f"{reverse(name, args=[*args, extension])}{query}"
        for extension in ("pdf", "docx", "xlsx")
        if extension != "xlsx" or name.startswith("committee_list")
    }
