"""What several bodies propose for organisations, and what may be decided.

Source: docs/rules/organisation-levels.md.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Sum
from django.utils.translation import get_language

from campaigns.models import LEVEL_COLUMNS, CampaignBody, CampaignUnit, Tally
from campaigns.models.campaign import CampaignUnitQuerySet
from campaigns.queries.records import word_of
from campaigns.rulesets import RuleSet
from campaigns.vocabulary.parties import assessing_parties
from members.policy import Actor, Area
from members.vocabulary import vocabulary
from reviews import ceilings
from reviews.ceilings import CeilingCounts, CeilingRow
from reviews.models import BodyDecision, BodyDecisionLine, BodyProposal

ORGANISATION = CampaignBody.Kind.ORGANISATION


@dataclass(frozen=True, slots=True)
class ProposalRead:
    """The proposal of one body, in words."""

    proposal: BodyProposal
    party: str
    level: str


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A collective on which a unit decides: who proposes what, and what is decided."""

    body: CampaignBody
    proposals: Sequence[ProposalRead]
    level: str  # decided, in words


def deciding_units(actor: Actor) -> CampaignUnitQuerySet:
    """Return the units as whose committee the actor decides on organisations below."""
    return CampaignUnit.objects.visible_to(actor, Area.CAMPAIGN).filter(closed_on=None)


def units_right_below(unit: CampaignUnit) -> CampaignUnitQuerySet:
    """Return the open units below one that was got by a scope, for its collectives."""
    below = CampaignUnit.objects.directly_below(unit)
    return below.select_related("campaign", "custodian")


def subject_of(body: CampaignBody) -> str:
    """Return as what a body is counted: "grassroots", "cells", or "" for no subject."""
    kind = vocabulary().kinds[body.unit.kind]
    if body.kind != ORGANISATION:
        return ""
    if kind.is_grassroots:
        return "grassroots"
    return "cells" if kind.is_cell else ""


def decider_of(body: CampaignBody) -> CampaignUnit | None:
    """Return the unit that decides on a body: as the rule set says, else the one above.

    None for what stands at the root of a campaign. `body` comes with its unit, the one
    above, the grassroots one, and the campaign.
    """
    unit = body.unit
    subject = subject_of(body)
    if not subject:
        return unit.parent
    at = unit.campaign.rules.procedure.deciding_unit(subject)
    found = {"CELL": None, "GRASSROOTS": unit.grassroots, "SUPERIOR": unit.parent}[at]
    return found if found is not None and found.pk != unit.pk else unit.parent


def with_unit(bodies: Any) -> Any:
    """Return bodies with what `decider_of` asks of them."""
    return bodies.select_related("unit__campaign", "unit__parent", "unit__grassroots")


def lines_of(unit: CampaignUnit, actor: Actor) -> list[BodyLine]:
    """Return the bodies on which a unit decides, in the order of the tree; two queries."""
    at = Q(unit__parent=unit) | Q(unit__grassroots=unit)
    rows = with_unit(CampaignBody.objects.filter(at, unit__closed_on=None))
    bodies = [
        each
        for each in rows.order_by("unit__path", "pk")
        if (decider := decider_of(each)) is not None and decider.pk == unit.pk
    ]
    words = level_words(unit.campaign.rules)
    read = proposals_of(bodies, actor)
    return [BodyLine(each, read[each.pk], words.get(each.level, "")) for each in bodies]


def proposals_of(
    bodies: Iterable[CampaignBody], actor: Actor
) -> Mapping[int, list[ProposalRead]]:
    """Return what is proposed for each body, in the order of the list; one query."""
    parties = assessing_parties()
    order = list(parties)
    found: dict[int, list[ProposalRead]] = defaultdict(list)
    seen = BodyProposal.objects.visible_to(actor).filter(body__in=list(bodies))
    related = seen.select_related("body__unit__campaign").order_by("party_name", "pk")
    for each in related:
        words = level_words(each.body.campaign.rules)
        found[each.body_id].append(
            ProposalRead(each, word_of(parties, each.party), words[each.level])
        )
    for read in found.values():
        read.sort(key=lambda one: order.index(one.proposal.party))
    return found


def level_words(rules: RuleSet) -> dict[str, str]:
    """Return the levels of organisations in words, best first."""
    language = get_language() or "vi"
    return {each.code: each.label.text(language) for each in rules.organisations.levels}


def totals_of(rules: RuleSet, levels: Iterable[str]) -> list[tuple[str, int]]:
    """Return how many have each level, best first, of those that somebody has."""
    counts = Counter(levels)
    words = level_words(rules)
    return [(words[code], counts[code]) for code in words if counts[code]]


def ceilings_with(
    unit: CampaignUnit, levels: Iterable[tuple[CampaignBody, str]]
) -> list[CeilingRow]:
    """Return the ceilings of organisations at a unit, if these get these levels.

    With what is decided there already; two queries.
    """
    added: dict[str, Counter[str]] = defaultdict(Counter)
    for body, level in levels:
        if subject := subject_of(body):
            added[subject][level] += 1
    rows: list[CeilingRow] = []
    for subject, counts in added.items():
        at = unit if subject == "grassroots" else (unit.grassroots or unit)
        rows += ceilings.check(
            unit.campaign.rules,
            [CeilingCounts(at.code, at.name, subject, counts + _decided(at, subject))],
        )
    return rows


def _decided(at: CampaignUnit, subject: str) -> Counter[str]:
    here = (
        Q(unit=at) if subject == "grassroots" else Q(unit=at) | Q(unit__grassroots=at)
    )
    sums = Tally.objects.filter(here, subject=subject.upper()).aggregate(
        **{f"sum_{name}": Sum(name) for name in LEVEL_COLUMNS.values()}
    )
    return Counter(
        {code: sums[f"sum_{name}"] or 0 for code, name in LEVEL_COLUMNS.items()}
    )


def decided_lines(decision: BodyDecision, actor: Actor) -> list[BodyDecisionLine]:
    """Return the organisations of a decision in reach, in the order of the tree."""
    lines = BodyDecisionLine.objects.visible_to(actor).filter(decision=decision)
    return list(lines.select_related("body__unit").order_by("body__unit__path", "body"))
