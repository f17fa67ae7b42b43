"""What the pages of signed figures show, in words.

Source: docs/rules/sign-off.md.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import CampaignUnit
from members.policy import Actor
from reports.documents.drift import DriftLine, drift_lines
from reports.documents.terms import Terms
from reports.models import Submission, SubmissionPart
from reports.queries import submissions
from reports.queries.pages import sees_below, unit_url
from reports.queries.signed_rollups import parts_of
from reports.queries.submissions import ChildLine, signing_units

ORDER = ("SIGNED", "CHANGED", "MISSING", "RETURNED", "VOIDED")


@dataclass(frozen=True, slots=True)
class ChildShown:
    """A unit right below with what it signed, in words."""

    line: ChildLine
    state: str
    changes: tuple[DriftLine, ...]
    url: str
    return_url: str


def signed_url(unit: CampaignUnit) -> str:
    """Return the address of a unit's signed figures."""
    return reverse(
        "reports:unit_submissions", args=[unit.campaign_id, unit.live_unit_id]
    )


def state_page(unit: CampaignUnit, actor: Actor, terms: Terms) -> dict[str, Any]:
    """Return what the page of a unit's signed figures shows.

    Fifteen queries at most, whatever the number of units below.
    """
    state = submissions.state_of(unit)
    shows_below = sees_below(actor, unit)
    lines = submissions.child_lines(unit) if shows_below else []
    may_sign = signing_units(actor).filter(pk=unit.pk).exists()
    may_return = _may_return(lines, actor)
    return {
        "crumbs": [(unit.name, unit_url(unit.campaign_id, unit.live_unit_id))],
        "unit": unit,
        "state": state,
        "changes": drift_lines(state.changes, terms),
        "is_own_changed": bool(state.own_changes),
        "shows_below": shows_below,
        "may_sign": may_sign and state.asks,
        "may_sign_anew": may_sign and not state.asks and bool(state.stale),
        "sign_url": reverse(
            "reports:submission_sign", args=[unit.campaign_id, unit.live_unit_id]
        ),
        "totals": _totals(lines),
        "children": [_shown(line, may_return, terms) for line in lines],
    }


def state_words(state: str) -> str:
    """Return how a unit right below stands, in words."""
    return {
        "SIGNED": _("Signed"),
        "CHANGED": _("Changed after signing"),
        "MISSING": _("Not signed yet"),
        "RETURNED": _("Sent back"),
        "VOIDED": _("Voided by a decision on units"),
    }[state]


def _totals(lines: Sequence[ChildLine]) -> list[tuple[str, int]]:
    counts = Counter(line.state for line in lines)
    return [(state_words(state), counts[state]) for state in ORDER if counts[state]]


def _may_return(lines: Sequence[ChildLine], actor: Actor) -> set[int]:
    ids = [line.submission.pk for line in lines if line.is_signed and line.submission]
    rows = Submission.objects.receivable_by(actor).filter(pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def _shown(line: ChildLine, may_return: set[int], terms: Terms) -> ChildShown:
    version = line.submission
    return ChildShown(
        line=line,
        state=state_words(line.state),
        changes=drift_lines(line.changes, terms),
        url=signed_url(line.unit),
        return_url=reverse("reports:submission_return", args=[version.pk])
        if version and version.pk in may_return
        else "",
    )


def parts_shown(submission: Submission, actor: Actor) -> list[SubmissionPart]:
    """Return on what a version stands, for whoever reads the break-down; two queries."""
    return parts_of(submission) if sees_below(actor, submission.unit) else []
