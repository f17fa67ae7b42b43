"""Decisions to be read: by the committee, by the cell, by the person."""

from dataclasses import dataclass

from campaigns.models import CampaignUnit, Participant
from members.policy import Actor
from members.row_security import Purpose, opened_for
from reviews.models import Decision, DecisionLine, LevelRevision
from reviews.queries.files import level_words, reason_words


@dataclass(frozen=True, slots=True)
class LineRead:
    """One person of a decision, in words."""

    line: DecisionLine
    level: str
    proposed: str  # "": as proposed
    reason: str


@dataclass(frozen=True, slots=True)
class RevisionRead:
    """One person whose level was looked at again, in words."""

    revision: LevelRevision
    name: str
    before: str
    level: str
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


def revisions_in(decision: Decision, actor: Actor) -> list[RevisionRead]:
    """Return the levels that a decision kept or changed, as far as the actor sees."""
    rules = decision.unit.campaign.rules
    words, reasons = level_words(rules), reason_words(rules)
    rows = list(LevelRevision.objects.visible_to(actor).filter(decision=decision))
    with opened_for(Purpose.RESULTS):  # whose they are
        people = Participant.objects.in_bulk([each.participant_id for each in rows])
    read = [
        RevisionRead(
            each,
            people[each.participant_id].full_name,
            words[each.previous_level],
            words[each.level],
            reasons.get(each.reason, ""),
        )
        for each in rows
    ]
    return sorted(read, key=lambda each: people[each.revision.participant_id].sort_key)
