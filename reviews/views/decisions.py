"""A committee decides on received files at once, and reads what it decided."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.views.written.pages import to_figures
from members import acts
from members.http import AccountRequest
from members.views.confirming import weighty
from reviews.forms.decisions import DecisionForm
from reviews.models import Decision
from reviews.queries import decisions as queries
from reviews.queries import files, streaks, verifying
from reviews.services import deciding
from reviews.views.files import CHANGED, committee, to_files

ROWS, MOST_ROWS = 5, 60


@weighty
@acts.page_and_form
def decision_add(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Show what is proposed beside what is allowed, and record the decision."""
    unit = committee(request, campaign_id, unit_id)
    rules = unit.campaign.rules
    received = verifying.received_files(unit)
    cases = verifying.open_cases(received, rules, request.actor)
    form = DecisionForm(
        acts.sent(request),
        files=received,
        cases=cases,
        rules=rules,
        rows=_rows(request),
    )
    made: list[Decision] = []
    codes: list[int] = []

    def decide() -> None:
        try:
            made.append(
                deciding.decide(
                    unit=unit,
                    papers=form.papers(),
                    files=form.shown_files(),
                    exceptions=form.exceptions(),
                    actor=request.actor,
                    now=timezone.now(),
                )
            )
        except deciding.DecidedMeanwhile:
            codes.append(CHANGED)
            raise

    if acts.did(request, form, decide, refusals=(deciding.DecisionRefused,)):
        messages.success(request, _("Recorded. Each person reads the own level."))
        return redirect("reviews:decision_detail", made[0].pk)
    code = (codes or [422])[0] if form.is_bound else 200
    levels = [(case, case.proposal.level) for case in cases]
    words = files.level_words(rules)
    running = streaks.streaks_with(
        unit.campaign, [(case.participant, level) for case, level in levels]
    )
    context = {
        "crumbs": [to_files(unit)],
        "unit": unit,
        "form": form,
        "rows": [
            (
                case,
                words[case.proposal.level],
                words[case.left.best],
                running.get(case.participant.member_id),
            )
            for case in cases
        ],
        "own": any(
            case.participant.member_id == request.actor.member_id for case in cases
        ),
        "totals": files.totals_of(
            rules, (level for _case, level in levels), people=len(cases)
        )[:-1],
        "sentences": verifying.ceiling_lines(verifying.ceilings_with(rules, levels)),
        "more": min(_rows(request) * 2, MOST_ROWS),
        "key": acts.new_key(),
    }
    return render(request, "reviews/decisions/decision_add.html", context, status=code)


def _rows(request: AccountRequest) -> int:
    asked = request.GET.get("rows", "")
    is_number = (
        asked.isascii() and asked.isdigit() and len(asked) <= len(str(MOST_ROWS))
    )
    return min(max(int(asked), ROWS), MOST_ROWS) if is_number else ROWS


@require_safe
def decision_detail(request: AccountRequest, level_decision_id: int) -> HttpResponse:
    """Show a decision with those of its people whom the reader sees."""
    seen = Decision.objects.visible_to(request.actor)
    decision = get_object_or_404(
        seen.select_related("unit__campaign"), pk=level_decision_id
    )
    rules = decision.unit.campaign.rules
    lines = queries.lines_of(decision, request.actor)
    decides = files.deciding_units(request.actor).filter(pk=decision.unit_id).exists()
    context = {
        "crumbs": [to_figures(decision.unit)],
        "decision": decision,
        "unit": decision.unit,
        "lines": lines,
        "with_texts": files.with_texts(
            (line.line.participant for line in lines), request.actor
        ),
        "may_print": bool(lines) and decides,
        "decides": decides,
        "revisions": queries.revisions_in(decision, request.actor),
        "totals": files.totals_of(
            rules, (line.line.level for line in lines), people=len(lines)
        )[:-1],
    }
    return render(request, "reviews/decisions/decision_detail.html", context)
