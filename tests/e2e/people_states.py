"""What is beside the official membership, and levels to confirm, in every state."""

from collections.abc import Callable
from datetime import date

from members.models import Account, Member, Membership, PartyUnit, Post
from members.policy import Role
from tests.e2e.conftest import Site
from tests.factories import MembershipFactory, PostFactory


def somebody() -> Member:
    return Member.objects.get(code="P000")


def beside() -> Membership:
    """A temporary membership past its planned end, and a contact without one."""
    Membership.objects.beside().delete()
    kinds = Membership.Kind
    MembershipFactory(
        member=somebody(),
        unit=PartyUnit.objects.get(code="X1"),
        kind=kinds.RESIDENCE_CONTACT,
    )
    return MembershipFactory(
        member=somebody(),
        unit=PartyUnit.objects.get(code="X2"),
        kind=kinds.TEMPORARY,
        planned_until=date(2026, 6, 30),
    )


def beside_list(site: Site) -> str:
    beside()
    return site.address("members:membership_list")


def nothing_beside(site: Site) -> str:
    Membership.objects.beside().delete()
    return site.address("members:membership_list")


def level_of_one(site: Site) -> str:
    Post.objects.filter(role=Role.OUTSIDE).delete()
    PostFactory(
        account=None,
        member=somebody(),
        unit=PartyUnit.objects.get(code="X"),
        role=Role.OUTSIDE,
        title="Chủ tịch",
        organisation="Hội Nông dân xã",
        is_head=True,
    )
    return site.address("members:member_exemplarity", somebody().pk)


def levels_of_the_cell(site: Site) -> str:
    level_of_one(site)
    return site.address("members:exemplarity_list")


def no_level_waits(site: Site) -> str:
    return site.address("members:exemplarity_list")


def secretary(site: Site) -> Account:
    """The committee of the cell of somebody."""
    cell = Membership.objects.current().official().get(member=somebody()).unit
    return PostFactory(unit=cell, role=Role.SECRETARY).account


PEOPLE: dict[str, Callable[[Site], str]] = {
    "beside the official membership": beside_list,
    "nothing beside it": nothing_beside,
    "end of a temporary membership": lambda site: site.address(
        "members:membership_end", beside().pk
    ),
    "no level to be confirmed": no_level_waits,
    "level of one person": level_of_one,
    "levels of the cell": levels_of_the_cell,
}
