"""Signed figures: how a unit and those below stand, signing, sending back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import CampaignUnit
from campaigns.models.campaign import CampaignUnitQuerySet
from members import acts
from members.http import AccountRequest
from members.views.confirming import weighty
from members.vocabulary import vocabulary
from reports.documents.drift import figure_lines
from reports.documents.terms import Terms
from reports.forms.submissions import SendBackForm, SigningForm
from reports.models import Submission, SubmissionQuerySet
from reports.queries import submission_pages as pages
from reports.queries import submissions as queries
from reports.queries.heads import letterhead_of
from reports.services import submissions
from reports.services.submissions import ChangedSinceShown, SubmissionRefused

CHANGED = 409
MOST_ROWS = 50


def _unit(units: CampaignUnitQuerySet, campaign_id: int, unit_id: int) -> CampaignUnit:
    found: CampaignUnit = get_object_or_404(
        units.select_related(
            "campaign", "custodian", "grassroots", "parent", "live_unit__parent"
        ),
        campaign=campaign_id,
        live_unit=unit_id,
    )
    return found


def _terms(unit: CampaignUnit) -> Terms:
    return Terms(unit.campaign.rules, vocabulary(), get_language() or "vi")


def _to_unit(unit: CampaignUnit) -> tuple[str, str]:
    return _("Signed figures"), pages.signed_url(unit)


@require_safe
def unit_submissions(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Show what a unit signed, what has changed since, and how the units below stand."""
    seen = CampaignUnit.objects.visible_to(request.actor)
    unit = _unit(seen, campaign_id, unit_id)
    context = pages.state_page(unit, request.actor, _terms(unit))
    rows = Paginator(context.pop("children"), MOST_ROWS)
    context["page"] = rows.get_page(request.GET.get("page"))
    return render(request, "reports/submissions/list.html", context)


@weighty
@acts.page_and_form
def submission_sign(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Sign the figures of a unit, which stand on the page."""
    unit = _unit(queries.signing_units(request.actor), campaign_id, unit_id)
    found = queries.figures_to_sign(unit)
    posts = queries.signatories_of(unit)
    form = SigningForm(
        acts.sent(request),
        found=found,
        posts=posts,
        on_behalf_of=letterhead_of(unit).on_behalf_of,
    )
    codes: list[int] = []

    def sign() -> None:
        try:
            submissions.sign(
                unit=unit,
                papers=form.papers(),
                shown=form.cleaned_data["shown"],
                actor=request.actor,
                now=timezone.now(),
            )
        except ChangedSinceShown:
            codes.append(CHANGED)
            # What is sent next is about the figures that stand on this page.
            again = request.POST.copy()
            again["shown"] = found.digest
            form.data = again
            raise

    if acts.did(request, form, sign, refusals=(SubmissionRefused,)):
        messages.success(request, _("The figures are signed and sent up."))
        return redirect(pages.signed_url(unit))
    code = (codes or [422])[0] if form.is_bound else 200
    context = {
        "crumbs": [_to_unit(unit)],
        "unit": unit,
        "form": form,
        "lines": figure_lines(found.total, _terms(unit)),
        "signed_below": len(found.children) - len(found.missing),
        "missing": found.missing,
        "has_posts": bool(posts),
        "key": acts.new_key(),
    }
    return render(request, "reports/submissions/sign.html", context, status=code)


@require_safe
def submission_detail(request: AccountRequest, submission_id: int) -> HttpResponse:
    """Show one version: its figures, its papers, and on what it stands."""
    seen = Submission.objects.visible_to(request.actor)
    submission = _submission(seen, submission_id)
    unit = submission.unit
    context = {
        "crumbs": [_to_unit(unit)],
        "unit": unit,
        "submission": submission,
        "lines": figure_lines(submission.total, _terms(unit)),
        "parts": pages.parts_shown(submission, request.actor),
    }
    return render(request, "reports/submissions/detail.html", context)


@acts.page_and_form
def submission_return(request: AccountRequest, submission_id: int) -> HttpResponse:
    """Send signed figures back with a reason."""
    submission = _submission(
        Submission.objects.receivable_by(request.actor), submission_id
    )
    unit = submission.unit
    form = SendBackForm(acts.sent(request))
    above = unit.parent or unit
    return acts.change(
        request,
        form,
        lambda: submissions.send_back(
            submission=submission,
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            now=timezone.now(),
        ),
        refusals=(SubmissionRefused,),
        then=pages.signed_url(above),
        back=(_("Signed figures"), pages.signed_url(above)),
        title=_("Send the figures of %(unit)s back") % {"unit": unit.name},
        lead=_("Document %(document)s, version %(number)s")
        % {"document": submission.document, "number": submission.number},
        button=_("Send the figures back"),
        said=_("Sent back. The unit reads the reason and signs again."),
    )


def _submission(rows: SubmissionQuerySet, submission_id: int) -> Submission:
    found: Submission = get_object_or_404(
        rows.select_related(
            "unit__campaign",
            "unit__custodian",
            "unit__parent",
            "recorded_by",
            "ended_by",
            "decision",
        ),
        pk=submission_id,
    )
    return found
