"""Whom a record can be about. Source: docs/rules/records.md § 6."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from members.models import Member, Membership, PartyUnit, of_own_person
from members.paths import is_within
from members.policy import Actor, Area
from members.queries.choices import units_named
from members.row_security import Purpose, opened_for

FEW = 50
MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Subject:
    """An organisation, or a member of that cell."""

    unit: PartyUnit
    member: Member | None = None


@opened_for(Purpose.LOOK_UP)
def member_below(unit: PartyUnit, code: str) -> Subject | None:
    """Return the person of a member code who is, or was last, on a roll below a unit."""
    belongs = (
        Membership.objects.official()
        .filter(member__code_key=code)
        .select_related("member", "unit")
        .order_by("-pk")
        .first()
    )
    if belongs is None or not is_within(belongs.unit.path, unit.path):
        return None
    return Subject(belongs.unit, belongs.member)


def units_kept(actor: Actor) -> QuerySet[PartyUnit]:
    """Return the open units whose records the actor keeps."""
    return PartyUnit.objects.visible_to(actor, Area.RECORDS_EDIT).open()


def units_below(unit: PartyUnit) -> QuerySet[PartyUnit]:
    """Return the open units that acts of a unit got by a scope can be about."""
    return PartyUnit.objects.open().in_subtree_of(unit)


def subject_choices(
    unit: PartyUnit, actor: Actor, text: str
) -> list[tuple[str, str, str]]:
    """Return whom a record of a unit can be about: units below, people on rolls in reach.

    Without a text those that stand nearest.
    """
    below = units_below(unit).order_by("path")
    if text:
        units = [(str(pk), name, note) for pk, name, note in units_named(below, text)]
    else:
        near = below.filter(Q(pk=unit.pk) | Q(parent=unit))[: MOST_AT_ONCE + 1]
        units = [(str(each.pk), each.name, each.code) for each in near]
    return [*units, *member_choices(unit, actor, text)]


def member_choices(
    unit: PartyUnit, actor: Actor, text: str
) -> list[tuple[str, str, str]]:
    """Return which members below a unit a record can be about, but for the actor.

    Whoever reaches no roll names a person by the member code.
    """
    people = Member.objects.visible_to(actor).on_the_roll_of(unit.path)
    people = people.named(text) if text else people
    found = [
        (f"m{each.code_key}", each.full_name, each.code)
        for each in people.exclude(of_own_person(actor, "pk")).in_name_order()[:FEW]
    ]
    if text and not found and (named := member_below(unit, text)):
        assert named.member is not None
        person = named.member
        shown = (
            (person.full_name, person.code)
            if may_read_name(actor, named)
            else (person.code, "")
        )
        found = [(f"m{person.code_key}", *shown)]
    return found


def unit_choices(units: QuerySet[PartyUnit], text: str) -> list[tuple[int, str, str]]:
    """Return units to choose from; without a text the outermost."""
    if text:
        return units_named(units.order_by("path"), text)
    near = units.order_by(Length("path"), "path")[: MOST_AT_ONCE + 1]
    return [(each.pk, each.name, each.code) for each in near]


def may_read_name(actor: Actor, subject: Subject) -> bool:
    """Tell whether the actor reads the name of a person on a roll."""
    assert subject.member is not None
    return Member.objects.visible_to(actor).filter(pk=subject.member.pk).exists()
