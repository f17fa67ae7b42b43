"""Who has had the best or the lowest level for as many years running as has consequences.

Source: docs/rules/consequences.md § 2.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import get_language

from campaigns.models import (
    Campaign,
    CampaignBody,
    CampaignUnit,
    Commendation,
    Departure,
    Participant,
)
from campaigns.queries.records import RecordRow, row_of
from campaigns.rulesets import RuleSet
from members.models import Member
from members.policy import Actor
from members.row_security import Purpose, opened_for
from reviews.streaks import years_running

Given = Mapping[
    int, Mapping[int, set[str]]
]  # the levels of each year, by person or unit


@dataclass(frozen=True, slots=True)
class Streak:
    """One level for several years running, the latest first."""

    level: str  # in words
    is_best: bool
    years: Sequence[int]


@dataclass(frozen=True, slots=True)
class PersonStreak:
    """A person decided on, with the row of years and what was recorded since."""

    member: Member
    participant: Participant
    name: str
    streak: Streak
    records: list[RecordRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class UnitStreak:
    """An organisation decided on, with its row of years."""

    unit: CampaignUnit
    streak: Streak


def streaks_with(
    campaign: Campaign,
    levels: Iterable[tuple[Participant, str]],
    *,
    at_least: int | None = None,
) -> dict[int, Streak]:
    """Return whose row of years is long enough if these people get these levels.

    By the number of the person; at most one query. Earlier levels count wherever the
    person was: whoever decides on somebody knows what was decided before. `at_least`
    asks for so many years in the place of what the rule set says.
    """
    rules = campaign.rules
    asked = {
        person.member_id: level
        for person, level in levels
        if level in _ends(rules.members.codes)
    }
    if rules.procedure.streaks is None or not asked:
        return {}
    with opened_for(Purpose.RESULTS):
        rows = Participant.objects.filter(
            member__in=asked, campaign__year__lt=campaign.year
        ).exclude(level="")
        given = _by_year(rows.values_list("member", "campaign__year", "level"))
    return _streaks(campaign, asked, given, is_of_members=True, at_least=at_least)


def people_running(
    unit: CampaignUnit, actor: Actor, *, at_least: int | None = None
) -> list[PersonStreak]:
    """Return those on whom a unit decided, in the order of the roll.

    With what the actor sees recorded of them since the year began. Five queries.
    """
    codes = _ends(unit.campaign.rules.members.codes)
    people = list(
        Participant.objects.visible_to(actor)
        .filter(campaign=unit.campaign_id, decided_by=unit, level__in=codes)
        .order_by("sort_key", "pk")
    )
    levels = [(each, each.level) for each in people]
    found = streaks_with(unit.campaign, levels, at_least=at_least)
    with opened_for(Purpose.RESULTS):
        members = Member.objects.in_bulk(list(found))
    records = _recorded(found, unit.campaign, actor)
    return [
        PersonStreak(
            members[each.member_id],
            each,
            each.full_name,
            found[each.member_id],
            records[each.member_id],
        )
        for each in people
        if each.member_id in found
    ]


def organisations_running(
    unit: CampaignUnit, *, at_least: int | None = None
) -> list[UnitStreak]:
    """Return the organisations on which a unit decided, in the order of the tree.

    Two queries.
    """
    campaign = unit.campaign
    ends = _ends(campaign.rules.organisations.codes)
    bodies = CampaignBody.objects.organisations().filter(
        unit__campaign=campaign, decided_by=unit, level__in=ends
    )
    units = {
        each.unit.live_unit_id: each
        for each in bodies.select_related("unit").order_by("unit__path")
    }
    if campaign.rules.procedure.streaks is None or not units:
        return []
    before = CampaignBody.objects.organisations().filter(
        unit__live_unit__in=units, unit__campaign__year__lt=campaign.year
    )
    rows = before.exclude(level="").values_list(
        "unit__live_unit", "unit__campaign__year", "level"
    )
    asked = {live: each.level for live, each in units.items()}
    found = _streaks(
        campaign, asked, _by_year(rows), is_of_members=False, at_least=at_least
    )
    return [
        UnitStreak(each.unit, found[live])
        for live, each in units.items()
        if live in found
    ]


def _ends(codes: Sequence[str]) -> tuple[str, str]:
    return codes[0], codes[-1]


def _by_year(rows: Iterable[tuple[int, int, str]]) -> Given:
    given: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for of, year, level in rows:
        given[of][year].add(level)
    return given


def _streaks(
    campaign: Campaign,
    asked: Mapping[int, str],
    given: Given,
    *,
    is_of_members: bool,
    at_least: int | None,
) -> dict[int, Streak]:
    rules: RuleSet = campaign.rules
    asks = rules.procedure.streaks
    assert asks is not None
    scheme = rules.members if is_of_members else rules.organisations
    language = get_language() or "vi"
    words = {each.code: each.label.text(language) for each in scheme.levels}
    found = {}
    for of, level in asked.items():
        is_best = level == scheme.codes[0]
        needed = (asks.best_years if is_best else asks.lowest_years).value
        years = years_running(
            {**given.get(of, {}), campaign.year: {level}},
            level,
            last=campaign.year,
            unrated=asks.unrated_year.value,
        )
        if len(years) >= (needed if at_least is None else at_least):
            found[of] = Streak(words[level], is_best, years)
    return found


def _recorded(
    found: Mapping[int, Streak], campaign: Campaign, actor: Actor
) -> dict[int, list[RecordRow]]:
    """Return titles of who has the best level, departures of who has the lowest."""
    since = date(campaign.year, 1, 1)
    rows: dict[int, list[RecordRow]] = defaultdict(list)
    for model, is_best in ((Commendation, True), (Departure, False)):
        people = [pk for pk, streak in found.items() if streak.is_best is is_best]
        seen = model.objects.visible_to(actor).filter(member__in=people, on__gte=since)
        with opened_for(Purpose.RECORD):
            for each in seen.select_related("unit", "subject", "member"):
                assert each.member_id is not None
                rows[each.member_id].append(row_of(each))
    return rows
