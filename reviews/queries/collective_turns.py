"""The collective's turn at a review meeting, and what is read beside it.

Source: docs/rules/review-meetings.md § 4.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.models import CampaignBody, Meeting
from campaigns.queries.written.reading import FullText
from members.policy import Actor
from reviews.models import (
    CollectiveRemark,
    CollectiveReport,
    CollectiveSaidVersion,
    CollectiveSuggestion,
    CollectiveTurn,
)
from reviews.queries import collective_reports
from reviews.queries.remarks import Said, in_words, said_of

BEFORE_PERSONS = "COLLECTIVE_BEFORE_INDIVIDUAL"  # a code of the order of rule sets


@dataclass(frozen=True, slots=True)
class CollectiveTurnRead:
    """What was said of a collective at one meeting."""

    turn: CollectiveTurn
    said: Said
    versions: Sequence[CollectiveSaidVersion] = ()  # as it stood before corrections


@dataclass(frozen=True, slots=True)
class BesideCollective:
    """What is read while the collective is reviewed: no level and no points of it."""

    report: FullText | None
    programme: Sequence[str]
    last_year: Sequence[str]
    suggestions: Sequence[CollectiveSuggestion]


def organisation_of(meeting: Meeting) -> CampaignBody:
    """Return the collective that a meeting got by a scope reviews; one query."""
    bodies = collective_reports.with_unit(CampaignBody.objects.organisations())
    return bodies.get(unit=meeting.unit_id)


def turn_at(meeting: Meeting) -> CollectiveTurn | None:
    """Return the collective's turn at a meeting that was got by a scope; one query."""
    turns = CollectiveTurn.objects.filter(meeting=meeting)
    return turns.select_related("body__unit").first()


def comes_first(meeting: Meeting) -> bool:
    """Tell whether the rule set has the collective reviewed before the persons."""
    order = meeting.unit.campaign.rules.procedure.order
    return any(each.code == BEFORE_PERSONS for each in order)


def said_of_collective(turn: CollectiveTurn | None) -> Said:
    """Return what is kept of a turn got by a scope; one query."""
    if turn is None:
        return Said()
    return said_of(CollectiveRemark.objects.filter(turn=turn))


def turn_read(meeting: Meeting) -> CollectiveTurnRead | None:
    """Return what was said of the collective at a meeting whose minutes one reads.

    None before it is recorded. Two queries.
    """
    turn = turn_at(meeting)
    if turn is None or not turn.is_recorded:
        return None
    return CollectiveTurnRead(turn, said_of_collective(turn))


def turns_of(body: CampaignBody, actor: Actor) -> list[CollectiveTurnRead]:
    """Return what was said of a collective at its meetings, once recorded; three queries."""
    seen = CollectiveTurn.objects.visible_to(actor).filter(body=body, is_recorded=True)
    turns = list(seen.select_related("meeting").order_by("meeting__on", "pk"))
    rows = list(CollectiveRemark.objects.visible_to(actor).filter(turn__in=turns))
    earlier = list(
        CollectiveSaidVersion.objects.visible_to(actor).filter(turn__in=turns)
    )
    return [
        CollectiveTurnRead(
            each,
            said_of([row for row in rows if row.turn_id == each.pk]),
            [row for row in earlier if row.turn_id == each.pk],
        )
        for each in turns
    ]


def beside_collective(body: CampaignBody, actor: Actor) -> BesideCollective:
    """Return what is read while a collective is reviewed, as the actor reads it."""
    reports = CollectiveReport.objects.visible_to(actor).filter(body=body)
    text = collective_reports.latest_texts(list(reports)).get(body.pk)
    return BesideCollective(
        report=in_words(text) if text else None,
        programme=collective_reports.programme_of(body, actor),
        last_year=collective_reports.last_year(body, actor),
        suggestions=collective_reports.suggestions_to(body, actor),
    )
