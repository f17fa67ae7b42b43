"""Decisions to be read: by the committee, by the cell, by the person."""

from dataclasses import dataclass

from campaigns.models import CampaignUnit
from members.policy import Actor
from reviews.models import Decision, DecisionLine
from reviews.queries.files import level_words, reason_words


@dataclass(frozen=True, slots=True)
class LineRead:
    """One person of a decision, in words."""

    line: DecisionLine
    level: str
    proposed: str  # "": as proposed
    reason: str


def lines_of(decision: Decision, actor: Actor) -> list[LineRead]:
    """Return the people of a decision whom the actor sees, in the order of the roll."""
    rules = decision.unit.campaign.rules
    words, reasons = level_words(rules), reason_words(rules)
    lines = DecisionLine.objects.visible_to(actor).filter(decision=decision)
    rows = lines.select_related("participant")
    return [
        LineRead(
            each,
            words[each.level],
            "" if each.level == each.proposed_level else words[each.proposed_level],
            reasons.get(each.reason, ""),
        )
        for each in rows.order_by("participant__sort_key", "participant")
    ]


def decisions_of(unit: CampaignUnit) -> list[Decision]:
    """Return the decisions of a committee, the latest first; one query."""
    return list(Decision.objects.filter(unit=unit))


@dataclass(frozen=True, slots=True)
class Notice:
    """What somebody is told of the own level."""

    decision: Decision
    level: str
    reason: str
    note: str


def notices_of(actor: Actor) -> list[Notice]:
    """Return the decisions on oneself, the latest first; one query.

    Source: docs/rules/decisions.md § 4.
    """
    lines = DecisionLine.objects.visible_to(actor).filter(
        participant__member=actor.member_id or 0
    )
    rows = lines.select_related("decision__unit__campaign")
    return [
        Notice(
            each.decision,
            level_words(each.decision.unit.campaign.rules)[each.level],
            reason_words(each.decision.unit.campaign.rules).get(each.reason, ""),
            each.note,
        )
        for each in rows.order_by("-decision__on", "-decision")
    ]
