"""Units that go along with a merged one move all at once."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from campaigns.services import reorganising
from tests.campaigns.decisions import PEOPLE, TREE, at, carry_out, open_campaign
from tests.small_worlds import BY_COMMAND, live

pytestmark = pytest.mark.django_db

MANY = TREE + "".join(f"    X{n}  X  CELL  -  GOOD\n" for n in range(3, 9))


def queries_of_a_merger(tree: str) -> tuple[int, int]:
    """How many it takes on the live tree, and then in the campaign."""
    with transaction.atomic():
        live(tree, PEOPLE)
        campaign = open_campaign("c", "H")
        with CaptureQueriesContext(connection) as on_the_tree:
            decision = carry_out("1", ("MERGE", "X", "Y", {}))
        with CaptureQueriesContext(connection) as in_the_campaign:
            reorganising.apply_reorganisation(
                campaign=campaign, decision=decision, **BY_COMMAND
            )
        transaction.set_rollback(True)
    return len(on_the_tree), len(in_the_campaign)


def test_a_merger_takes_as_many_queries_however_many_units_go_along():
    queries_of_a_merger(TREE)

    assert queries_of_a_merger(MANY) == queries_of_a_merger(TREE)


def test_units_that_move_together_keep_their_order_and_what_is_below_them():
    live(
        """
    P    -   PROVINCE              -        -
    X    P   SUPERIOR              -        -
    X1   X   GRASSROOTS_COMMITTEE  COMMUNE  -
    X1A  X1  CELL                  -        -
    X2   X   GRASSROOTS_CELL       OTHER    -
    Y    P   SUPERIOR              -        -
    Y1   Y   GRASSROOTS_CELL       OTHER    -
    """,
        {},
    )

    carry_out("1", ("MERGE", "X", "Y", {}))

    below = at("Y").path
    paths = {code: at(code).path.removeprefix(below) for code in ("X1", "X1A", "X2")}
    assert paths == {"X1": "0000002", "X1A": "00000020000001", "X2": "0000003"}
