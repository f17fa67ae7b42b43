"""Lists of people: in the order of the tree and of the rolls."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.models import CampaignUnit, Participant, Placement
from members.policy import Actor
from reports.documents.tables import Column, Kind, Table
from reports.queries.level_papers import cells_of, codes_of
from reviews.queries.files import level_words, reason_words
from reviews.queries.streaks import (
    PersonStreak,
    UnitStreak,
    organisations_running,
    people_running,
)

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """The lines of a list, with how many there are of each case."""

    columns: tuple[Column, ...]
    rows: Sequence[Row]
    counts: Sequence[tuple[str, int]] = ()

    def table(self, title: str, notes: tuple[str, ...] = ()) -> Table:
        """Return the lines as a table."""
        return Table(
            key="list",
            title=title,
            columns=self.columns,
            rows=tuple(self.rows),
            notes=notes,
        )


def text(key: str, head: str, width: int = 0) -> Column:
    """Return a column of texts; without a width it takes what is left."""
    return Column(key=key, head=head, kind=Kind.TEXT, width=width)


def by_cell(unit: CampaignUnit, actor: Actor) -> Found:
    """Return everybody below who has a level; two queries."""
    words = level_words(unit.campaign.rules)
    return _people(
        unit,
        actor,
        lambda person: words.get(person.level, ""),
        text("case", _("Level"), 43),
        status=Participant.Status.ASSESSED,
    )


def exempt(unit: CampaignUnit, actor: Actor) -> Found:
    """Return who is exempt from work and meetings; two queries."""
    label = str(Participant.Status.EXEMPT.label)
    return _people(
        unit,
        actor,
        lambda person: label,
        text("case", _("Case"), 43),
        status=Participant.Status.EXEMPT,
    )


def not_completed(unit: CampaignUnit, actor: Actor) -> Found:
    """Return who has the last level, and for which reason; two queries."""
    reasons = reason_words(unit.campaign.rules)
    return _people(
        unit,
        actor,
        lambda person: reasons.get(person.reason, ""),
        text("case", _("Reason"), 43),
        level=unit.campaign.rules.members.codes[-1],
    )


def exemplary(unit: CampaignUnit, actor: Actor) -> Found:
    """Return everybody by the three levels of exemplary responsibility; two queries."""
    found = _people(
        unit,
        actor,
        lambda person: str(person.get_exemplarity_display()),
        text("case", _("Exemplary responsibility"), 55),
    )
    order = [str(each.label) for each in Participant.Exemplarity]
    # Sorting keeps the order of the tree and the rolls within a level.
    rows = sorted(found.rows, key=lambda row: order.index(row["case"]))
    return Found(found.columns, rows, _counts(rows, order))


def best_running(unit: CampaignUnit, actor: Actor, *, years: int) -> Found:
    """Return on whom a unit decided with the best level for so many years; six queries."""
    rows = people_running(unit, actor, at_least=years)
    return _running([row for row in rows if row.streak.is_best])


def lowest_running(unit: CampaignUnit, actor: Actor) -> Found:
    """Return who has the last level as long as the rule set says; six queries."""
    rows = people_running(unit, actor)
    return _running([row for row in rows if not row.streak.is_best])


def organisations_best(unit: CampaignUnit, *, years: int) -> Found:
    """Return the organisations with the best level for so many years; two queries."""
    rows = organisations_running(unit, at_least=years)
    return Found(
        (text("name", _("Party organisation")), text("case", _("Years"), 66)),
        [
            {"name": row.unit.name, "case": _years(row)}
            for row in rows
            if row.streak.is_best
        ],
    )


def _years(row: PersonStreak | UnitStreak) -> str:
    return f"{row.streak.level}: {', '.join(map(str, sorted(row.streak.years)))}"


def _running(rows: Sequence[PersonStreak]) -> Found:
    cells = cells_of([row.participant for row in rows])
    return Found(
        _columns(text("case", _("Years"), 47)),
        [
            {
                "name": row.name,
                "code": row.member.code,
                "cell": cells[row.participant.pk].name
                if row.participant.pk in cells
                else "",
                "case": _years(row),
            }
            for row in rows
        ],
    )


def _people(
    unit: CampaignUnit,
    actor: Actor,
    case: Callable[[Participant], str],
    column: Column,
    **facts: str,
) -> Found:
    """Return those below of whom these facts hold, as far as the actor sees levels."""
    places = (
        Placement.objects.visible_to(actor)
        .filter(
            unit__in=CampaignUnit.objects.in_subtree_of(unit).filter(closed_on=None),
            participant__presence=Participant.Presence.PRESENT,
            **{f"participant__{name}": value for name, value in facts.items()},
        )
        .select_related("participant", "unit")
        .order_by("unit__path", "participant__sort_key", "participant")
    )
    placed = list(places)
    codes = codes_of([each.participant for each in placed])
    rows = [
        {
            "name": each.participant.full_name,
            "code": codes.get(each.participant.member_id, ""),
            "cell": each.unit.name,
            "case": case(each.participant),
        }
        for each in placed
    ]
    return Found(_columns(column), rows, _counts(rows, _order(unit)))


def _order(unit: CampaignUnit) -> list[str]:
    """Return the words of cases in the order in which they are counted."""
    rules = unit.campaign.rules
    language = get_language() or "vi"
    levels = [each.label.text(language) for each in rules.members.levels]
    return [*levels, *reason_words(rules).values()]


def _counts(rows: Iterable[Row], order: Sequence[str]) -> list[tuple[str, int]]:
    counts = Counter(row["case"] for row in rows)
    return [(word, counts[word]) for word in order if counts[word]]


def _columns(case: Column) -> tuple[Column, ...]:
    return (
        text("name", _("Full name")),
        text("code", _("Member code"), 23),
        text("cell", _("Party cell"), 36),
        case,
    )
