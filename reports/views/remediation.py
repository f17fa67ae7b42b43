"""Plans of remediation, and the book of a unit, on paper."""

from functools import partial

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.http import AccountRequest
from members.models import PartyUnit
from members.policy import Area
from reports.documents.remediation import book_printout, letter_printout, plan_printout
from reports.queries.remediation import book_paper, letter_paper, plan_paper
from reports.views.papers import printed_file
from reviews.models import NamedPerson
from reviews.queries.remediation.reading import acts_of
from reviews.remediation import Act
from reviews.services.remediation.shared import note_read
from reviews.views.remediation import detail_url, seen_plan


@require_safe
def remediation_print(
    request: AccountRequest, remediation_plan_id: int, extension: str
) -> HttpResponseBase:
    """Give one plan."""
    plan = seen_plan(request, remediation_plan_id)
    paper = plan_paper(
        plan, request.actor, language=get_language(), today=timezone.localdate()
    )
    if paper is None:
        raise Http404
    note_read(plan, request.actor, timezone.now())
    return printed_file(
        request,
        partial(plan_printout, paper),
        extension=extension,
        name=_("remediation-%d") % plan.pk,
        back=detail_url(plan),
    )


@require_safe
def remediation_book(
    request: AccountRequest, unit_id: int, extension: str
) -> HttpResponseBase:
    """Give the book of everything that a unit follows and has followed."""
    kept = PartyUnit.objects.visible_to(request.actor, Area.WORK_EDIT)
    unit = get_object_or_404(kept.select_related("parent"), pk=unit_id)
    paper = book_paper(
        unit, request.actor, language=get_language(), today=timezone.localdate()
    )
    return printed_file(
        request,
        partial(book_printout, paper),
        extension=extension,
        name=_("remediation-book-%s") % unit.code,
        back=reverse("reviews:remediation_unit", args=[unit.pk]),
    )


@require_safe
def named_person_print(
    request: AccountRequest, named_person_id: int, extension: str
) -> HttpResponseBase:
    """Give the letter to where somebody outside the tree is now."""
    seen = NamedPerson.objects.visible_to(request.actor).filter(member=None)
    named = get_object_or_404(
        seen.select_related("item__plan__unit__parent"), pk=named_person_id
    )
    if Act.NAME not in acts_of(named.item.plan, request.actor):
        raise Http404
    paper = letter_paper(named, language=get_language())
    return printed_file(
        request,
        partial(letter_printout, paper),
        extension=extension,
        name=_("remediation-notice-%d") % named.pk,
        back=detail_url(named.item.plan),
    )
