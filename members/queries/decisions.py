"""What the pages of decisions on units show: each change as a plain sentence."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from members.models import (
    Member,
    Membership,
    PartyUnit,
    UnitChange,
    UnitDecision,
    UnitPart,
    UnitState,
)
from members.models.people import MemberQuerySet
from members.policy import Actor, Area
from members.queries.units import kind_name
from members.vocabulary import vocabulary

MOST_DECISIONS = 200


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision in a list."""

    url: str
    number: str
    title: str
    issuer: str
    effective_on: date
    changes: int


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change of a decision: what it says, and what goes along."""

    pk: int
    text: str
    details: list[str]


def decision_rows(decisions: QuerySet[UnitDecision]) -> list[DecisionRow]:
    """Return the lines of decisions that the caller got by a scope, the latest first."""
    counted = decisions.annotate(count=Count("changes"))
    return [
        DecisionRow(
            url=reverse("decision_detail", args=[each.pk]),
            number=each.number,
            title=each.title,
            issuer=each.issuer,
            effective_on=each.effective_on,
            changes=each.count,
        )
        for each in counted.order_by("-effective_on", "-pk")[:MOST_DECISIONS]
    ]


def keepers_for(actor: Actor) -> QuerySet[PartyUnit]:
    """Return the units whose office the actor is: those of the posts."""
    own = actor.subtrees(Area.UNITS)
    return PartyUnit.objects.filter(path__in=own).order_by("path")


def issuer_of(unit: PartyUnit) -> str:
    """Return how a unit's committee is called in documents."""
    return vocabulary().kinds[unit.kind].committee_of(unit.name).name


def people_at(unit: PartyUnit, members: MemberQuerySet) -> MemberQuerySet:
    """Return those of these members who belong to a unit today, in whatever kind."""
    there = Membership.objects.current().filter(unit=unit)
    return members.filter(pk__in=there.values("member")).in_name_order()


def units_to_come(
    decision: UnitDecision, *, with_cells: bool = True
) -> list[tuple[int | str, str, str]]:
    """Return the units that a draft creates, to be chosen as a target.

    Without the cells where a unit is to stand below it.
    """
    created = decision.changes.filter(act=UnitChange.Act.CREATE).order_by("position")
    if not with_cells:
        created = created.exclude(kind__in=vocabulary().cells)
    return [
        (f"new-{pk}", name, _("is created by this decision (%s)") % code)
        for pk, name, code in created.values_list("pk", "name", "code")
    ]


def change_lines(decision: UnitDecision, actor: Actor) -> list[ChangeLine]:
    """Return the changes of a decision in their order; four queries.

    Units are called as they were before; of people only those of rolls in reach are
    named.
    """
    changes = list(
        decision.changes.select_related("unit", "target", "target_change").order_by(
            "position"
        )
    )
    parts = _parts_of(changes)
    names = _names_before(decision, changes, parts)
    people = _names_in_reach(parts, actor)
    given = defaultdict(list)
    for part in parts:
        given[part.change_id].append(part)
    return [
        ChangeLine(
            pk=change.pk,
            text=sentence_of(change, names),
            details=_details(given[change.pk], names, people),
        )
        for change in changes
    ]


def sentence_of(change: UnitChange, names: dict[int, str] | None = None) -> str:
    """Return what a change says; a division's parts are told apart from it.

    `names` are those of units by number, where they were others than today.
    """
    words = {
        "unit": _called(change.unit, names),
        "target": _called(change.target, names)
        or (change.target_change.name if change.target_change else ""),
        "name": change.name,
        "code": change.code,
        "kind": kind_name(change.kind) if change.kind else "",
    }
    if change.act == UnitChange.Act.RENAME:
        return _rename_sentence(change, words)
    return _SENTENCES[UnitChange.Act(change.act)]() % words


_SENTENCES = {
    UnitChange.Act.CREATE: lambda: _(
        "%(name)s is founded (code %(code)s, %(kind)s), directly under %(target)s."
    ),
    UnitChange.Act.MOVE: lambda: _(
        "%(unit)s comes directly under %(target)s, with all units below it."
    ),
    UnitChange.Act.MERGE: lambda: _(
        "%(unit)s is merged into %(target)s: its members and the units below it go "
        "over, and it ends."
    ),
    UnitChange.Act.DIVIDE: lambda: _("%(unit)s is divided: a part goes to %(target)s."),
    UnitChange.Act.CLOSE: lambda: _("%(unit)s ends."),
}


def _rename_sentence(change: UnitChange, words: dict[str, str]) -> str:
    sectors = vocabulary().sectors
    said = []
    if change.name:
        said.append(_("new name “%s”") % change.name)
    if change.kind:
        said.append(_("kind: %s") % words["kind"])
    if change.sector:
        label = sectors[change.sector].label.text(get_language() or "vi")
        said.append(_("sector: %s") % label)
    return _("%(unit)s is changed: %(what)s.") % {
        "unit": words["unit"],
        "what": "; ".join(said),
    }


def _called(unit: PartyUnit | None, names: dict[int, str] | None) -> str:
    if unit is None:
        return ""
    return (names or {}).get(unit.pk, unit.name)


def _parts_of(changes: Sequence[UnitChange]) -> list[UnitPart]:
    parts = UnitPart.objects.filter(change__in=changes).select_related("unit")
    return list(parts.order_by("unit__path", "pk"))


def _names_before(
    decision: UnitDecision, changes: Iterable[UnitChange], parts: Iterable[UnitPart]
) -> dict[int, str]:
    """Return how the units were called on the day before the decision took effect."""
    named = {change.unit_id for change in changes}
    named |= {change.target_id for change in changes}
    named |= {part.unit_id for part in parts}
    before = UnitState.objects.on(decision.effective_on - timedelta(days=1))
    return dict(before.filter(unit__in=named - {None}).values_list("unit_id", "name"))


def _names_in_reach(parts: Collection[UnitPart], actor: Actor) -> dict[int, str]:
    people = [part.member_id for part in parts if part.member_id]
    if not people:
        return {}
    seen = Member.objects.visible_to(actor).filter(pk__in=people).in_name_order()
    return dict(seen.values_list("pk", "full_name"))


def _details(
    parts: Sequence[UnitPart], names: dict[int, str], people: dict[int, str]
) -> list[str]:
    units = [_called(part.unit, names) for part in parts if part.unit]
    there = {part.member_id for part in parts if part.member_id}
    known = [name for pk, name in people.items() if pk in there]
    others = len(there) - len(known)
    if others:
        known.append(
            ngettext("%d person of another roll", "%d people of other rolls", others)
            % others
        )
    lines = []
    if units:
        lines.append(_("Units: %s.") % ", ".join(units))
    if known:
        lines.append(_("Members: %s.") % ", ".join(known))
    return lines
