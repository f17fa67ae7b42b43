"""What is offered beside an item.

Source: docs/rules/pledges.md § 3.
"""

from dataclasses import dataclass

from django.db.models import Case, Q, When
from django.utils.translation import gettext as _

from campaigns.models import (
    Campaign,
    CampaignUnit,
    Criterion,
    MeasuredItem,
    MeetingTask,
    Participant,
    Pledge,
    PledgeItem,
    PledgeText,
    ProgrammeItem,
)
from members import dates
from members.paths import ancestry
from members.policy import Actor

MOST_SUGGESTED = 40  # of each kind


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to take an item from, and adapt."""

    source: str  # "criterion:7"
    kind: str
    text: str
    measure: str = "TEXT"
    goal: str = ""
    unit_of_measure: str = ""
    due_on: str = ""
    note: str = ""  # for whom it is, or what became of it
    section: str = ""  # where it stood last year


def suggestions_for(
    participant: Participant, unit: CampaignUnit, *, actor: Actor
) -> dict[str, list[Suggestion]]:
    """Return what stands beside the items: criteria, programme, tasks, last year.

    Five queries.
    """
    near = ancestry(unit.path)
    return {
        "criterion": _criteria(unit, near, actor),
        "programme": _programme(participant, near, actor),
        "task": _tasks(participant, actor),
        "last": _last_year(participant, actor),
    }


def _criteria(unit: CampaignUnit, near: list[str], actor: Actor) -> list[Suggestion]:
    rows = Criterion.objects.visible_to(actor).filter(
        criteria__state="PUBLISHED",
        criteria__unit__campaign=unit.campaign_id,
        criteria__unit__path__in=near,
    )
    return [
        Suggestion(
            source=f"criterion:{row.pk}",
            kind="criterion",
            note=", ".join(filter(None, (row.organisation, row.occupation))),
            **_measured(row),
        )
        for row in rows[:MOST_SUGGESTED]
    ]


def _programme(
    participant: Participant, near: list[str], actor: Actor
) -> list[Suggestion]:
    """Return what is promised near the person, first what the person answers for.

    What has words here: a number alone is nothing to take over.
    """
    answered = Q(responsible=participant.member_id)
    rows = ProgrammeItem.objects.visible_to(actor).filter(
        answered | Q(programme__unit__path__in=near),
        programme__unit__campaign=participant.campaign_id,
        is_on_paper=False,
    )
    rows = rows.exclude(programme__state="DRAFT").order_by(
        Case(When(answered, then=0), default=1), "position", "pk"
    )
    return [
        Suggestion(
            source=f"programme:{row.pk}",
            kind="programme",
            due_on=_day(row),
            note=_("answered for by the author")
            if row.responsible_id == participant.member_id
            else "",
            **_measured(row),
        )
        for row in rows[:MOST_SUGGESTED]
    ]


def _tasks(participant: Participant, actor: Actor) -> list[Suggestion]:
    """Return what meetings gave the person to do, while no result is recorded."""
    rows = MeetingTask.objects.visible_to(actor).filter(
        participant=participant, result=""
    )
    return [
        Suggestion(
            source=f"task:{row.pk}",
            kind="task",
            text=row.text,
            due_on=dates.display_partial(row.due_on.isoformat()),
        )
        for row in rows.order_by("due_on", "pk")[:MOST_SUGGESTED]
    ]


def _last_year(participant: Participant, actor: Actor) -> list[Suggestion]:
    before = (
        Pledge.objects.visible_to(actor)
        .filter(
            participant__member=participant.member_id,
            participant__campaign__year__lt=participant.campaign.year,
            participant__campaign__mode=Campaign.Mode.FULL_TEXT,  # else numbers alone
        )
        .order_by("-participant__campaign__year")
        .first()
    )
    if before is None:
        return []
    latest = PledgeText.objects.filter(pledge=before).order_by("-number")[:1]
    rows = PledgeItem.objects.filter(sent__in=list(latest))
    return [
        Suggestion(
            source=f"last:{row.pk}",
            kind="last",
            note=str(row.get_result_display()) if row.result else "",
            section=row.section,
            **_measured(row),
        )
        # What was not done comes first: it is to be mended this year.
        for row in sorted(rows[:MOST_SUGGESTED], key=lambda row: row.result == "DONE")
    ]


def _measured(row: MeasuredItem | Criterion) -> dict[str, str]:
    return {
        "text": row.text,
        "measure": row.measure,
        "goal": row.goal,
        "unit_of_measure": row.unit_of_measure,
    }


def _day(row: MeasuredItem) -> str:
    return dates.display_partial(row.due_on.isoformat()) if row.due_on else ""
