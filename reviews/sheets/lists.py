"""The lists to choose from in a results workbook, and where each entry holds."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter

from django.utils.translation import get_language, gettext

from campaigns.rulesets import RuleSet
from members import dates
from members.sheets.lists import Lists, Place
from members.vocabulary import Label, Sector, UnitKind, Vocabulary
from members.workbook.layout import GENDERS
from reviews.workbook.layout import PEOPLE, UNITS, Field


def lists_of(
    vocabulary: Vocabulary, rule_sets: Sequence[RuleSet], *, year: int | None
) -> Lists:
    """Return the list behind each column that has one.

    Shape: with a year what is valid at its end, else everything; what the rule sets
        name, once, in the order of the newest.
    """
    return {
        **_lists_of_vocabulary(vocabulary, year=year),
        **_lists_of_rules(rule_sets),
        (PEOPLE, Field.GENDER): dict.fromkeys(GENDERS, ""),
    }


def _lists_of_vocabulary(vocabulary: Vocabulary, *, year: int | None) -> Lists:
    kinds: Iterable[UnitKind] = vocabulary.kinds.values()
    sectors: Iterable[Sector] = vocabulary.sectors.values()
    if year is not None:
        on = date(year, 12, 31)
        kinds, sectors = vocabulary.kinds_on(on), vocabulary.sectors_on(on)
    return {
        (UNITS, Field.KIND): {each.label.vi: _days(each) for each in kinds},
        (UNITS, Field.SECTOR): {each.label.vi: _days(each) for each in sectors},
    }


def _days(term: UnitKind | Sector) -> str:
    first, last = (
        dates.display_day(day) for day in (term.valid_from, term.valid_until)
    )
    if first and last:
        return f"{first}–{last}"
    if first:
        return gettext("from %(day)s") % {"day": first}
    return gettext("until %(day)s") % {"day": last} if last else ""


def _lists_of_rules(rule_sets: Sequence[RuleSet]) -> Lists:
    newest_first = sorted(rule_sets, key=attrgetter("valid_from"), reverse=True)
    labels: Mapping[Place, list[list[Label]]] = {
        (UNITS, Field.LEVEL): [
            [level.label for level in rules.organisations.levels]
            for rules in newest_first
        ],
        (PEOPLE, Field.STATUS): [
            [status.label for status in rules.statuses] for rules in newest_first
        ],
        (PEOPLE, Field.LEVEL): [
            [level.label for level in rules.members.levels] for rules in newest_first
        ],
        (PEOPLE, Field.REASON): [
            [reason.label for reason in rules.reasons] for rules in newest_first
        ],
    }
    return {place: _merged(newest_first, each) for place, each in labels.items()}


def _merged(
    rule_sets: Sequence[RuleSet], labels: Sequence[Sequence[Label]]
) -> dict[str, str]:
    """Return each label once, with the rule sets that have it where not all do."""
    named: dict[str, list[str]] = {}
    for rules, own in zip(rule_sets, labels, strict=True):
        for label in own:
            named.setdefault(label.vi, []).append(rules.label.text(get_language()))
    return {
        label: "" if len(names) == len(rule_sets) else "; ".join(names)
        for label, names in named.items()
    }
