"""A file of thirty levels is fine by itself; where it is put, it may be too deep."""

import pytest
from django.utils.translation import override

from members.models import PartyUnit
from reviews.services.importing import ResultsNotImportable, import_results, try_import
from tests.small_worlds import contents, imported, live, order

pytestmark = pytest.mark.django_db


def chain(first: int, last: int) -> str:
    """Units one below the other, each named by its level."""
    below = "".join(
        f"{at} {at - 1} CELL OTHER -\n" for at in range(first + 1, last + 1)
    )
    return f"{first} - SUPERIOR - -\n{below}"


@pytest.mark.parametrize("act", [import_results, try_import])
def test_a_file_that_reaches_below_the_thirtieth_level_is_refused(act):
    live(chain(1, 2))

    with override("en"), pytest.raises(ResultsNotImportable) as refused:
        act(contents(chain(2, 31)), order())

    assert str(refused.value) == (
        "Below Đơn vị 30 the tree would have more than 30 levels."
    )
    assert PartyUnit.objects.count() == 2


def test_a_file_that_reaches_the_thirtieth_level_is_taken():
    live(chain(1, 2))

    imported(contents(chain(2, 30)))

    assert len(PartyUnit.objects.get(code="30").path) == 210


def test_a_campaigns_own_tree_may_be_no_deeper_where_the_registry_is_flat():
    live(
        "".join(
            ["1 - SUPERIOR - -\n", *(f"{at} 1 CELL OTHER -\n" for at in range(2, 32))]
        )
    )

    with override("en"), pytest.raises(ResultsNotImportable) as refused:
        import_results(contents(chain(1, 31)), order())

    assert str(refused.value) == (
        "Below Đơn vị 30 the tree would have more than 30 levels."
    )


def test_a_new_unit_below_the_thirtieth_level_of_the_registry_is_refused():
    live(chain(1, 30))

    with override("en"), pytest.raises(ResultsNotImportable) as refused:
        import_results(contents("30 - CELL OTHER -\nN 30 CELL OTHER -"), order())

    assert str(refused.value) == (
        "Below Đơn vị 30 the tree would have more than 30 levels."
    )
