"""Two imports at once: the second waits, and then sees what the first has written."""

import pytest
from django.db import transaction
from django.utils.translation import override

from campaigns.services import locking, opening
from members.models import Member, PartyUnit
from members.services import units
from reviews.services.importing import Act, ResultsNotImportable, import_results
from tests.small_worlds import (
    NOW,
    contents,
    is_held,
    live,
    one_behind_the_other,
    order,
    together,
)

pytestmark = pytest.mark.django_db(transaction=True)

TWO_DISTRICTS = """
    P   -  PROVINCE  -  -
    H   P  SUPERIOR  -  -
    K   P  SUPERIOR  -  -
"""
ONLY_H, ONLY_K = "H - SUPERIOR - -", "K - SUPERIOR - -"
WITH_A_CELL = "H - SUPERIOR - -\nH1 H GRASSROOTS_CELL OTHER GOOD"


def importing(tree: str, people=None, **changes):
    """An import as an act without arguments: what it did, or why it refused."""

    def run() -> Act | str:
        try:
            with override("en"):
                return import_results(contents(tree, people), order(**changes)).act
        except ResultsNotImportable as refusal:
            return str(refusal)

    return run


@pytest.mark.parametrize(
    ("second", "act"),
    [
        (importing(WITH_A_CELL, {"H1": "GOOD"}), Act.UNCHANGED),
        (importing(WITH_A_CELL, {"H1": "EXEMPT"}), Act.REPLACED),
    ],
    ids=("same content", "other content"),
)
def test_of_two_first_imports_of_a_campaign_the_second_is_a_repetition(second, act):
    first = importing(WITH_A_CELL, {"H1": "GOOD"})

    assert one_behind_the_other(first, second) == [Act.CREATED, act]


def test_a_first_import_from_elsewhere_waits_for_the_campaigns_code():
    live(TWO_DISTRICTS)

    acts = one_behind_the_other(importing(ONLY_H), importing(ONLY_K))

    assert acts == [Act.CREATED, Act.REPLACED]


def test_imports_of_two_campaigns_do_not_wait_for_each_other():
    live(TWO_DISTRICTS)
    acts = []

    with transaction.atomic():
        importing(ONLY_H)()
        together(lambda: acts.append(importing(ONLY_K, campaign_code="k-2024")()))

    assert acts == [Act.CREATED]


def test_two_campaigns_bring_one_new_tree_at_once():
    acts = one_behind_the_other(
        importing(WITH_A_CELL, {"H1": "GOOD"}),
        importing(WITH_A_CELL, {"H1": "GOOD"}, campaign_code="dot-2025", year=2025),
    )

    assert acts == [Act.CREATED, Act.CREATED]
    assert list(PartyUnit.objects.order_by("code").values_list("code", "path")) == [
        ("H", "0000001"),
        ("H1", "00000010000001"),
    ]


def test_of_two_campaigns_that_want_a_unit_at_once_the_second_is_refused():
    live(TWO_DISTRICTS)

    acts = one_behind_the_other(
        importing(ONLY_H), importing(ONLY_H, campaign_code="cung-nam-2024")
    )

    assert acts == [
        Act.CREATED,
        "Đơn vị H takes part in “dot-2024” of 2024 already: a unit is in one "
        "campaign a year.",
    ]


def test_units_that_came_while_an_import_waited_are_held_too():
    def bring() -> None:
        units.create_unit(code="H", name="H", kind="SUPERIOR", on=NOW.date())

    def hold() -> bool:
        with transaction.atomic():
            locking.hold_codes(["H"])
            return is_held(PartyUnit.objects.filter(code="H"))

    assert one_behind_the_other(bring, hold) == [None, True]


def test_a_draft_does_not_take_the_code_that_an_import_brings():
    live(TWO_DISTRICTS)

    def prepare() -> str:
        with override("en"), pytest.raises(opening.CampaignNotChangeable) as refused:
            opening.create_campaign(
                code="dot-2024",
                name="c",
                year=2024,
                root_unit=PartyUnit.objects.get(code="K"),
                rule_set_code="qd124-2023",
            )
        return str(refused.value)

    assert one_behind_the_other(importing(ONLY_H), prepare) == [
        Act.CREATED,
        "The campaign code dot-2024 is taken.",
    ]


def test_of_two_first_units_at_once_the_second_finds_its_code_taken():
    def create() -> str:
        try:
            with override("en"):
                units.create_unit(code="H", name="H", kind="SUPERIOR", on=NOW.date())
        except units.UnitNotChangeable as refusal:
            return str(refusal)
        return "created"

    assert one_behind_the_other(create, create) == [
        "created",
        "The unit code H is taken.",
    ]


def test_of_two_imports_that_bring_the_same_people_the_second_finds_them():
    tree = "{0} - SUPERIOR - -\n{0}1 {0} GRASSROOTS_CELL OTHER GOOD"
    for at, code in enumerate("HK"):
        importing(tree.format(code), campaign_code=f"{code}-1", year=2020 + at)()

    acts = one_behind_the_other(
        importing(tree.format("H"), {"H1": "GOOD"}),
        importing(tree.format("K"), {"K1": "GOOD"}, campaign_code="k", year=2025),
    )

    assert acts == [Act.CREATED, Act.CREATED]
    assert Member.objects.count() == 1
