"""What a committee looks at before it decides: cases, ceilings, order rules.

Source: docs/rules/decisions.md § 3.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.models import (
    LEVEL_COLUMNS,
    CampaignBody,
    CampaignUnit,
    Participant,
    Placement,
    Tally,
)
from campaigns.rulesets import RuleSet
from members.models import Post
from members.policy import Actor, Role
from reviews import ceilings
from reviews.ceilings import CeilingCounts, CeilingRow
from reviews.classification import Facts, Left, levels_left
from reviews.models import Proposal, UnitFile


@dataclass(frozen=True, slots=True)
class OpenCase:
    """One person of a received file without a decision, and where they count now."""

    proposal: Proposal
    unit_id: int
    grassroots_id: int
    left: Left  # which levels the known facts leave

    @property
    def participant(self) -> Participant:
        """Whom it is about."""
        return self.proposal.participant


def received_files(unit: CampaignUnit) -> list[UnitFile]:
    """Return the files that wait for the decision of a unit; one query."""
    files = UnitFile.objects.of_decider(unit).filter(state=UnitFile.State.RECEIVED)
    return list(files.select_related("unit").order_by("unit__path"))


def open_cases(
    files: Sequence[UnitFile], rules: RuleSet, actor: Actor
) -> list[OpenCase]:
    """Return who in these files has no decision, in the order of the files and rolls.

    Whoever has left is out. Four queries.
    """
    proposals = (
        Proposal.objects.visible_to(actor)
        .filter(
            file__in=files,
            participant__status=Participant.Status.NOT_REVIEWED,
            participant__presence=Participant.Presence.PRESENT,
        )
        .select_related("participant")
        .order_by("file__unit__path", "participant__sort_key", "participant")
    )
    rows = list(proposals)
    placed = Placement.objects.open().filter(
        participant__in=[each.participant_id for each in rows]
    )
    places = {
        each.participant_id: (each.unit_id, each.unit.grassroots_id or each.unit_id)
        for each in placed.select_related("unit")
    }
    headed = _levels_of_headed([each.unit for each in files])
    return [
        OpenCase(
            each,
            *places[each.participant_id],
            _left(rules, headed.get(each.participant.member_id)),
        )
        for each in rows
        if each.participant_id in places
    ]


def _left(rules: RuleSet, headed_level: str | None) -> Left:
    return levels_left(rules, Facts(kind="MEMBER", headed_level=headed_level))


def _levels_of_headed(places: Sequence[CampaignUnit]) -> dict[int, str]:
    """Return the level of the cell by the member who is its secretary; two queries."""
    units = {each.live_unit_id: each.pk for each in places}
    bodies = CampaignBody.objects.organisations().filter(unit__in=units.values())
    levels = dict(bodies.exclude(level="").values_list("unit", "level"))
    heads = Post.objects.in_force().filter(
        role=Role.SECRETARY, unit__in=units, member__isnull=False
    )
    return {
        member: levels[units[unit]]
        for member, unit in heads.values_list("member", "unit")
        if units[unit] in levels
    }


def ceilings_with(
    rules: RuleSet, lines: Iterable[tuple[OpenCase, str]]
) -> list[CeilingRow]:
    """Return the ceilings of members where these people count, if they get these levels.

    What is decided there already counts with it; one query for each ceiling.
    """
    added = [
        _Counted(case.unit_id, case.grassroots_id, level, 1) for case, level in lines
    ]
    return _ceilings(rules, added)


def breaches_of_change(
    rules: RuleSet, person: Participant, place: CampaignUnit, level: str
) -> list[str]:
    """Return in words what needs a reason if somebody decided on gets another level.

    Source: docs/rules/decisions.md § 3.4.
    """
    scheme, language = rules.members.codes, get_language() or "vi"
    if scheme.index(level) > scheme.index(person.level):
        return []  # a lower level goes beyond nothing
    grassroots = place.grassroots_id or place.pk
    change = [
        _Counted(place.pk, grassroots, level, 1),
        _Counted(place.pk, grassroots, person.level, -1),
    ]
    left = _left(rules, _levels_of_headed([place]).get(person.member_id))
    best = scheme[0] == level
    return [
        *(ceiling_lines(exceeded_everywhere(_ceilings(rules, change))) if best else ()),
        *(
            f"{person.full_name}: {finding.rule.source.text(language)}"
            for finding in left.findings
            if scheme.index(level) < scheme.index(finding.best)
        ),
    ]


@dataclass(frozen=True, slots=True)
class _Counted:
    """One more, or one less, with a level where somebody counts."""

    unit_id: int
    grassroots_id: int
    level: str
    count: int


def _ceilings(rules: RuleSet, added: Sequence[_Counted]) -> list[CeilingRow]:
    return [
        row
        for ceiling in rules.ceilings
        if ceiling.subject == "members"
        for row in ceilings.check(
            rules, _counts(added, is_of_cell=ceilings.counted_within(ceiling) == "CELL")
        )
    ]


def _counts(lines: Sequence[_Counted], *, is_of_cell: bool) -> list[CeilingCounts]:
    added: Mapping[int, Counter[str]] = defaultdict(Counter)
    for each in lines:
        at = each.unit_id if is_of_cell else each.grassroots_id
        added[at][each.level] += each.count
    unit = "unit" if is_of_cell else "unit__grassroots"
    names = {each.pk: each for each in CampaignUnit.objects.filter(pk__in=list(added))}
    # A grassroots cell stands at itself: its people are counted with its own tally.
    decided = (
        Tally.objects.filter(**{f"{unit}__in": list(added)}, subject="MEMBERS")
        .values(at=F(unit))
        .annotate(**{f"sum_{name}": Sum(name) for name in LEVEL_COLUMNS.values()})
        .order_by()
    )
    for row in decided:
        counted: dict[str, Any] = {**row}
        for code, name in LEVEL_COLUMNS.items():
            added[counted["at"]][code] += counted[f"sum_{name}"]
    return [
        CeilingCounts(names[pk].code, names[pk].name, "members", counts)
        for pk, counts in added.items()
    ]


def exceeded_everywhere(rows: Iterable[CeilingRow]) -> list[CeilingRow]:
    """Return a row for each unit where the number is exceeded on every base in question.

    Source: docs/rules/decisions.md § 3.4.
    """
    of_unit: dict[str, list[CeilingRow]] = defaultdict(list)
    for row in rows:
        of_unit[row.unit].append(row)
    return [
        max(each, key=lambda row: row.allowed)
        for each in of_unit.values()
        if all(row.exceeded for row in each)
    ]


def ceiling_lines(rows: Iterable[CeilingRow]) -> list[str]:
    """Return the ceilings in words, on every base; information, never blame."""
    bases = {
        "GOOD_ONLY": _("with the level “good” alone"),
        "GOOD_OR_BETTER": _("with the level “good” or better"),
        "ASSESSED": _("with a level"),
    }
    return [
        _(
            "%(unit)s: %(actual)s; at most %(allowed)s, at %(percent)s%% of %(count)s %(base)s"
        )
        % {
            "unit": row.unit_name,
            "actual": row.actual,
            "allowed": row.allowed,
            "percent": f"{row.percent.normalize():f}",
            "count": row.base_count,
            "base": bases[row.base],
        }
        for row in rows
    ]
