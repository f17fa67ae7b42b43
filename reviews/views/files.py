"""The cell proposes levels and sends them up; the committee receives or returns."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from campaigns.models import CampaignUnit
from campaigns.views.written.pages import to_figures
from members import acts
from members.http import AccountRequest
from members.services.versions import ChangedMeanwhile
from members.views.confirming import weighty
from reviews.forms.files import FileForm, ProposalsForm, ReturnForm
from reviews.models import UnitFile
from reviews.models.opinions import deciding_posts
from reviews.queries import files as queries
from reviews.queries.ballot_pages import counts_above
from reviews.queries.decisions import decisions_of
from reviews.queries.meetings import round_name
from reviews.queries.rating import decider_of
from reviews.services import proposing
from reviews.services.proposing import ProposalRefused
from reviews.views.self_reviews import PAGES

CHANGED = 409
MEANWHILE = gettext_lazy(
    "Somebody else has changed this meanwhile; nothing of yours is recorded. Open the "
    "page again."
)


def proposing_cell(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> CampaignUnit:
    """Return a cell whose committee proposes levels, else 404."""
    units = queries.proposing_units(request.actor)
    return get_object_or_404(
        units.select_related("campaign", "custodian", "grassroots", "parent"),
        campaign=campaign_id,
        live_unit=unit_id,
    )


def committee(request: AccountRequest, campaign_id: int, unit_id: int) -> CampaignUnit:
    """Return a unit for which the actor receives files and decides, else 404."""
    units = queries.deciding_units(request.actor)
    return get_object_or_404(
        units.select_related("campaign", "custodian"),
        campaign=campaign_id,
        live_unit=unit_id,
    )


def _received(request: AccountRequest, file_id: int) -> UnitFile:
    """Return a file that came to a committee of the actor's, else 404."""
    files = UnitFile.objects.visible_to(request.actor).filter(
        goes_to__in=queries.deciding_units(request.actor)
    )
    came = files.exclude(state=UnitFile.State.DRAFT)
    return get_object_or_404(
        came.select_related(
            "unit__campaign", "unit__custodian", "goes_to", "goes_to__campaign"
        ),
        pk=file_id,
    )


def _address(name: str, unit: CampaignUnit) -> str:
    return reverse(f"reviews:{name}", args=[unit.campaign_id, unit.live_unit_id])


def to_files(unit: CampaignUnit) -> tuple[str, str]:
    """Return name and address of the list of files of a committee."""
    return _("Files of the units"), _address("file_list", unit)


@acts.page_and_form
def proposal_list(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Show the cell's roll with a level a person, and record what the minutes say."""
    unit = proposing_cell(request, campaign_id, unit_id)
    file = queries.last_file(unit)
    lines = queries.lines_of(unit, file)
    may_change = queries.may_be_changed(file)
    shown = file.version if file and file.state == UnitFile.State.DRAFT else 0
    initial: dict[str, object] = {"version": shown}
    if file:
        initial |= {"minutes": file.minutes, "minutes_on": file.minutes_on}
    form = ProposalsForm(
        acts.sent(request), lines=lines, rules=unit.campaign.rules, initial=initial
    )

    def record() -> None:
        typed = form.cleaned_data
        proposing.record(
            unit=unit,
            minutes=typed["minutes"],
            minutes_on=typed["minutes_on"],
            proposed=form.proposed(),
            version=typed["version"],
            actor=request.actor,
            now=timezone.now(),
        )

    code = 422 if form.is_bound else 200
    try:
        if acts.did(request, form, record, refusals=(ProposalRefused,)):
            messages.success(request, _("Recorded. Nothing is sent up yet."))
            return redirect(_address("proposal_list", unit))
    except ChangedMeanwhile:
        form.add_error(None, MEANWHILE)
        code = CHANGED
    levels = [line.proposal.level if line.proposal else "" for line in lines]
    rules = unit.campaign.rules
    context = {
        "crumbs": [to_figures(unit)],
        "unit": unit,
        "file": file,
        "goes_to": decider_of(unit),
        "form": form if may_change else None,
        "rows": [
            (line, form.fields_of(line.participant) if not line.why_not else ())
            for line in lines
        ],
        "totals": queries.totals_of(rules, levels, people=len(lines)),
        "sentences": queries.ceiling_sentences(rules, levels) if any(levels) else [],
        "may_send": file is not None
        and file.state == UnitFile.State.DRAFT
        and any(levels),
        "prints_request": file is not None
        and file.goes_to_id != unit.pk
        and any(levels),
        "key": acts.new_key(),
    }
    return render(request, "reviews/files/proposal_list.html", context, status=code)


@weighty
@acts.page_and_form
def proposal_send(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Say what is sent up, and send it."""
    unit = proposing_cell(request, campaign_id, unit_id)
    drafts = UnitFile.objects.visible_to(request.actor).filter(
        unit=unit, state=UnitFile.State.DRAFT
    )
    file = get_object_or_404(drafts.select_related("goes_to"), unit=unit)
    file.unit = unit
    lines = queries.lines_of(unit, file)
    levels = [line.proposal.level for line in lines if line.proposal]
    totals = queries.totals_of(unit.campaign.rules, levels, people=len(lines))
    return _act(
        request,
        file,
        FileForm,
        proposing.send,
        back=(_("Proposed levels of %s") % unit.name, _address("proposal_list", unit)),
        done=_("Sent to %s.") % file.goes_to.name,
        title=_("Send the proposals to %s") % file.goes_to.name,
        lead=_(
            "After this the cell can change nothing of it; the committee can return it "
            "for completion."
        ),
        texts=[
            _("Minutes %(number)s; proposals for %(count)s people")
            % {"number": file.minutes, "count": len(levels)},
            *(f"{total.label}: {total.count}" for total in totals),
        ],
        button=_("Send to %s") % file.goes_to.name,
    )


@require_safe
def file_list(request: AccountRequest, campaign_id: int, unit_id: int) -> HttpResponse:
    """Show what has come from the units below, and what is missing, in numbers."""
    unit = committee(request, campaign_id, unit_id)
    lines = queries.files_below(unit)
    states = [line.file.state if line.file else "" for line in lines]
    context = {
        "crumbs": [to_figures(unit)],
        "unit": unit,
        "lines": lines,
        "came": sum(bool(line.file) for line in lines),
        "missing": sum(not line.file for line in lines),
        "received": states.count(UnitFile.State.RECEIVED),
        "decisions": decisions_of(unit),
    }
    return render(request, "reviews/files/file_list.html", context)


@require_safe
def file_detail(request: AccountRequest, file_id: int) -> HttpResponse:
    """Show a file to the committee that it came to, and to who verifies it there."""
    files = queries.files_read(request.actor).select_related(
        "unit__campaign", "unit__custodian", "goes_to", "goes_to__campaign"
    )
    file = get_object_or_404(files, pk=file_id)
    decides = queries.deciding_units(request.actor).filter(pk=file.goes_to_id).exists()
    lines = queries.lines_in(file, request.actor)
    levels = [line.proposal.level for line in lines if line.proposal]
    rules = file.unit.campaign.rules
    rounds, why_hidden = counts_above(file, request.actor)
    context = {
        "crumbs": [to_files(file.goes_to) if decides else PAGES.to_own()],
        "file": file,
        "unit": file.unit,
        "lines": lines,
        "reasons": queries.reason_words(rules),
        "totals": queries.totals_of(rules, levels, people=len(levels))[:-1],
        "sentences": queries.ceiling_sentences(rules, levels),
        "with_texts": queries.with_texts(
            (line.participant for line in lines), request.actor
        ),
        "may_receive": decides and file.state == UnitFile.State.SENT,
        "rounds": [(round_name(each), each) for each in rounds],
        "why_hidden": why_hidden,
        "may_return": decides and file.state in UnitFile.WITH_DECIDER,
        "takes_extracts": file.goes_to.custodian_id
        in {post.unit_id for post in request.actor.posts_for_extracts()},
        "reads_opinions": file.goes_to.custodian_id in deciding_posts(request.actor),
    }
    return render(request, "reviews/files/file_detail.html", context)


@acts.page_and_form
def file_receive(request: AccountRequest, file_id: int) -> HttpResponse:
    """Take a file over."""
    file = _received(request, file_id)
    return _act(
        request,
        file,
        FileForm,
        proposing.receive,
        back=(file.unit.name, reverse("reviews:file_detail", args=[file.pk])),
        done=_("Received. The cell reads it on its page."),
        title=_("Receive the file of %s") % file.unit.name,
        lead=_("It says that the file is complete and waits for the decision."),
        texts=[_("Minutes %s") % file.minutes],
        button=_("Receive the file"),
    )


@acts.page_and_form
def file_return(request: AccountRequest, file_id: int) -> HttpResponse:
    """Send a file back down with a reason."""
    file = _received(request, file_id)
    return _act(
        request,
        file,
        ReturnForm,
        proposing.give_back,
        back=(file.unit.name, reverse("reviews:file_detail", args=[file.pk])),
        done=_("Returned. The cell reads why and sends a new version."),
        title=_("Return the file of %s for completion") % file.unit.name,
        lead=_("The whole file goes back; what was sent stays on record."),
        texts=[],
        button=_("Return the file"),
    )


def _act(
    request: AccountRequest,
    file: UnitFile,
    kind: type[FileForm],
    act: Callable[..., object],
    *,
    back: tuple[str, str],
    done: str,
    title: str,
    lead: str,
    texts: list[str],
    button: str,
) -> HttpResponse:
    form = kind(acts.sent(request), initial={"version": file.version})
    code = 422

    def do() -> None:
        now = timezone.now()
        act(file=file, actor=request.actor, now=now, **form.cleaned_data)

    try:
        if acts.did(request, form, do, refusals=(ProposalRefused,)):
            messages.success(request, done)
            return redirect(back[1])
    except ChangedMeanwhile:
        form.add_error(None, MEANWHILE)
        code = CHANGED
    return acts.page(
        request,
        form,
        back=back,
        title=title,
        lead=lead,
        texts=texts,
        button=button,
        status=code,
    )
