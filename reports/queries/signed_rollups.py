"""The figures of a unit as it signed them, in the shape of the figures of now.

Source: docs/rules/sign-off.md.
"""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.models import COUNTED, LEVEL_COLUMNS, CampaignUnit, Tally
from campaigns.rulesets import RuleSet
from members.vocabulary import vocabulary
from reports import signed
from reports.figures import Rollup, UnitFigures, UnitHead
from reports.models import Submission, SubmissionPart
from reports.queries.fold import NOTHING, Counting
from reports.signed import Counts, Limit
from reviews import ceilings
from reviews.ceilings import CeilingCounts


def in_force_of(unit: CampaignUnit) -> Submission | None:
    """Return the figures of a unit that count as signed; one query.

    The caller got the unit through a scope.
    """
    found = Submission.objects.in_force().filter(unit=unit)
    return found.select_related("recorded_by").first()


def own_counts(rows: QuerySet[Tally]) -> dict[int, Counts]:
    """Return what is tallied at each unit itself, by unit; one query.

    A unit without tallies is not there.
    """
    found: dict[int, dict[str, dict[str, dict[str, int]]]] = {}
    for unit, sector, subject, *counts in rows.values_list(
        "unit", "sector", "subject", *COUNTED
    ):
        subjects = found.setdefault(unit, {}).setdefault(sector, {})
        subjects[subject] = dict(zip(COUNTED, counts, strict=True))
    return {pk: signed.without_noughts(counts) for pk, counts in found.items()}


def own_limits(
    unit: CampaignUnit, own: Counts, rules: RuleSet
) -> tuple[list[Limit], list[Limit]]:
    """Return what a unit's own figures add to ceilings: its own, and those above it.

    The second are of the grassroots unit above it.
    """
    counted = signed.over_sectors(own)
    here: list[Limit] = []
    above: list[Limit] = []
    kinds = {each.subject: ceilings.counted_within(each) for each in rules.ceilings}
    for subject, within in kinds.items():
        holder = unit.grassroots if within == "GRASSROOTS" else unit
        columns = counted.get(subject.upper(), {})
        if holder is None or not columns.get("present"):
            continue
        levels = {
            code: columns[name]
            for code, name in LEVEL_COLUMNS.items()
            if columns.get(name)
        }
        rows = here if holder.pk == unit.pk else above
        rows.append((holder.code, holder.name, subject, levels))
    return here, above


def signed_rollup(submission: Submission, *, with_below: bool) -> Rollup:
    """Return the figures that a unit signed, and those of its children `with_below`.

    A child that had not signed stands there without figures, and its name says so.
    One query. The caller got the unit through `visible_to`, `with_below` through
    `visible_below_to`.
    """
    campaign = submission.unit.campaign
    read = _Reading(campaign.rules)
    own = read.figures(submission.head, submission.total, submission.limits)
    children = [read.child(part) for part in parts_of(submission)]
    children.sort(key=lambda child: child.unit.code.encode())
    rollup = Rollup(campaign.code, campaign.rules.code, own, tuple(children))
    return rollup if with_below else rollup.as_a_whole()


def parts_of(submission: Submission) -> list[SubmissionPart]:
    """Return on what signed figures stand, by the codes of the children; one query."""
    parts = SubmissionPart.objects.filter(submission=submission)
    found = list(parts.select_related("part"))
    return sorted(found, key=lambda each: each.head["code"].encode())


class _Reading:
    """Frozen counts as figures by the codes of one rule set."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.counting = Counting(rules)

    def child(self, part: SubmissionPart) -> UnitFigures:
        if part.part is not None:
            return self.figures(part.head, part.part.total, part.part.limits)
        name = _("%(unit)s (has not signed)") % {"unit": part.head["name"]}
        return self.figures({**part.head, "name": name}, {}, [])

    def figures(
        self, head: Mapping[str, str], total: Counts, limits: list[Limit]
    ) -> UnitFigures:
        by_sector = {
            sector: self.counting.figures(_filled(total[sector]))
            for sector in vocabulary().sectors
            if sector in total
        }
        counted = [CeilingCounts(*each) for each in limits]
        return UnitFigures(
            unit=UnitHead(**head),
            figures=self.counting.figures(_filled(signed.over_sectors(total))),
            by_sector=by_sector,
            ceiling=ceilings.check(self.rules, counted),
        )


def _filled(subjects: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    return {subject: {**NOTHING, **counts} for subject, counts in subjects.items()}
