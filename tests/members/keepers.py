"""Who keeps the roll of a cell."""

from members.policy import Actor, Role
from members.queries import actor_for
from tests.factories import PostFactory


def keeper_of(cell) -> Actor:
    """The actor of the cell's secretary, who may be asked for many times."""
    return actor_for(PostFactory(unit=cell, role=Role.SECRETARY).account)
