"""Rolls that are written while others write."""

import pytest

from campaigns.services import movements, rolls
from members.models import Member
from members.services import people, versions
from members.services.rolls.comparing import compare
from tests.campaigns.movement_worlds import (
    IN_MAY,
    MAY,
    PEOPLE,
    TREE,
    campaign_of,
    open_campaign,
    person,
)
from tests.campaigns.sent_rolls import known
from tests.roll_books import NOW, book_of, read, row
from tests.small_worlds import (
    BY_COMMAND,
    live,
    one_behind_the_other,
    recounted,
    tallies_of,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    found = live(TREE, PEOPLE)
    open_campaign(found["H"], "dot-2024")
    return found


@pytest.fixture
def importing(world):
    """An import of rows about the committee X, whose preview was shown by now."""

    def prepared(*rows):
        book = read(book_of(*rows))
        order = rolls.Order(within=world["X"], file_sha256="", **BY_COMMAND)
        today = BY_COMMAND["now"].date()
        digest = compare(
            book.reading, actor=order.actor, within=world["X"], today=today
        ).digest()

        def write() -> str:
            try:
                rolls.import_roll(book, order, digest=digest)
            except rolls.RollChanged:
                return "changed meanwhile"
            return "written"

        return write

    return prepared


def correct(member: Member) -> str:
    try:
        people.correct_member(
            member=member,
            version=member.version,
            facts={"born_on": "1971"},
            actor=BY_COMMAND["actor"],
            now=NOW,
        )
    except versions.ChangedMeanwhile:
        return "changed meanwhile"
    return "written"


def test_of_two_imports_of_the_same_people_the_second_is_shown_anew(importing):
    rows = (row("M1"), row("M2", cell="X2"))

    both = one_behind_the_other(importing(*rows), importing(*rows))

    assert both == ["written", "changed meanwhile"]
    assert Member.objects.filter(code__startswith="M").count() == 2
    assert tallies_of(campaign_of()) == recounted(campaign_of())


def test_an_import_waits_for_who_enters_the_same_person(importing, world):
    def admit() -> Member:
        return movements.admit_member(
            unit=world["X1"], on=MAY, code="M1", full_name="Đỗ Thị Ơn", **IN_MAY
        )

    _admitted, told = one_behind_the_other(admit, importing(row("M1")))

    assert told == "changed meanwhile"
    assert Member.objects.get(code="M1").full_name == "Đỗ Thị Ơn"


def test_who_corrects_a_person_and_an_import_overwrite_nobody(importing):
    import_name = importing(known("P000", name="Nguyễn Văn Ân"))
    member = person("P000")

    both = one_behind_the_other(import_name, lambda: correct(member))

    assert both == ["written", "changed meanwhile"]
    assert (person("P000").full_name, person("P000").born_on) == (
        "Nguyễn Văn Ân",
        "1970-01-02",
    )
