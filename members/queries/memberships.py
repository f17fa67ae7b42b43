"""Who belongs somewhere beside the official membership; whose level is to confirm."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from members.models import Exemplarity, Member, Membership, Post
from members.models.people import MemberQuerySet
from members.policy import Actor, Area
from members.queries.posts import post_name
from members.row_security import Purpose, opened_for


@dataclass(frozen=True, slots=True)
class BesideRow:
    """One temporary membership, or contact at the place of residence."""

    url: str  # of its end
    name: str
    kind: str
    unit: str
    from_on: date | None
    planned_until: date | None
    is_overdue: bool


@opened_for(Purpose.RECORD)
def beside_rows(memberships: QuerySet[Membership], *, today: date) -> list[BesideRow]:
    """Return the lines of these memberships in their order; one query.

    The caller got them by a scope.
    """
    related = memberships.select_related("member", "unit")
    return [
        BesideRow(
            url=reverse("members:membership_end", args=[each.pk]),
            name=each.member.full_name,
            kind=each.get_kind_display(),
            unit=each.unit.name,
            from_on=each.from_on,
            planned_until=each.planned_until,
            is_overdue=bool(each.planned_until and each.planned_until < today),
        )
        for each in related
    ]


def of_own_cells(actor: Actor) -> MemberQuerySet:
    """Return whoever is on the roll of the cells that the actor keeps as its committee."""
    here = Membership.objects.current().official()
    cells = actor.units(Area.ROLL_EDIT)
    return Member.objects.editable_by(actor).filter(
        pk__in=here.filter(unit__in=cells).values("member")
    )


@opened_for(Purpose.RECORD)
def with_posts(members: MemberQuerySet) -> list[tuple[Member, str]]:
    """Return these people with their levels, beside the names of their leading posts.

    The caller got them by a scope; two queries.
    """
    people = list(members.with_exemplarity().in_name_order())
    held: dict[int, list[str]] = defaultdict(list)
    posts = Post.objects.in_force().of_officers().filter(member__in=people)
    for post in posts.select_related("unit").order_by("from_on", "pk"):
        assert post.member_id is not None  # filtered by it
        held[post.member_id].append(post_name(post))
    return [(member, "; ".join(held[member.pk])) for member in people]


@opened_for(Purpose.RECORD)
def level_rows(members: MemberQuerySet) -> list[tuple[str, str, str]]:
    """Return address, name and level of the leading ones of these people; one query."""
    leading = members.leading().with_exemplarity().in_name_order()
    return [
        (
            reverse("members:member_detail", args=[each.pk]),
            each.full_name,
            str(Exemplarity(each.exemplarity_now).label),
        )
        for each in leading
    ]


@opened_for(Purpose.RECORD)
def waiting_ids(members: MemberQuerySet) -> list[int]:
    """Return for whom of these people a level is to be confirmed; one query."""
    return list(members.to_confirm().values_list("pk", flat=True))


@opened_for(Purpose.RECORD)
def to_confirm_count(actor: Actor) -> int:
    """Return of how many of the own cells the level is to be confirmed; one query."""
    return of_own_cells(actor).to_confirm().count()


@opened_for(Purpose.RECORD)
def overdue_count(actor: Actor, *, today: date) -> int:
    """Return how many memberships beside the official one are past their end."""
    return Membership.objects.editable_by(actor).overdue(today).count()
