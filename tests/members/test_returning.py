"""Who left every roll and comes back: the same person, by the numbers."""

from datetime import date

import pytest

from members.models import Event, Member, Membership, NameWord
from members.services import people
from members.services.memberships import MemberNotMovable, end_membership
from tests.factories import AccountFactory, MemberFactory, UnitFactory
from tests.small_worlds import BY_COMMAND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

NUMBER, CARD = "038194012345", "38012345"
LEFT_ON, DAY = date(2023, 3, 1), date(2024, 12, 1)
Ending = Membership.Ending


def gone(ending=Ending.LEFT, **columns):
    """Somebody who was on a roll and is on none."""
    member = MemberFactory(
        **{
            "code": "old",
            "full_name": "Lê Thị Hoa",
            "born_on": "1970",
            "personal_id": NUMBER,
            "card_number": CARD,
            "cell": UnitFactory(),
            **columns,
        }
    )
    end_membership(member=member, on=LEFT_ON, ending=ending, **BY_COMMAND)
    return member


def enter(*, on=DAY, **person):
    entered = {"full_name": "Lê Thị Hoa", "personal_id": NUMBER, **person}
    return people.admit_member(
        unit=UnitFactory(code="1"), on=on, **entered, **BY_COMMAND
    )


@pytest.mark.parametrize(
    "by",
    [
        {"personal_id": NUMBER},
        {"personal_id": "", "card_number": CARD, "official_on": "2011-05-19"},
    ],
)
def test_the_record_goes_on_with_what_is_entered_now(by):
    before = gone()
    account = AccountFactory(member=before, display_name="Lê Thị Hoa")

    member = enter(full_name="LÊ THỊ HOA", born_on="1970-05-17", **by)

    stored = Member.objects.get()
    assert stored.pk == member.pk == before.pk
    assert (stored.code, stored.full_name, stored.born_on, stored.personal_id) == (
        "old",
        "LÊ THỊ HOA",
        "1970-05-17",
        NUMBER,
    )
    assert (stored.admitted_on, stored.card_number) == ("2010-05-19", CARD)
    assert stored.version == 2
    assert NameWord.objects.filter(member=member).count() == 3
    now = Membership.objects.current().get()
    assert (now.member, now.unit.code, now.from_on) == (member, "1", DAY)
    account.refresh_from_db()
    assert account.display_name == "LÊ THỊ HOA"
    assert Event.objects.filter(action="members.admitted", member=member).exists()


@pytest.mark.parametrize(
    ("before", "entered"),
    [
        ({}, {"full_name": "Lê Thị Hồng"}),
        ({}, {"born_on": "1971-05-17"}),
        ({}, {"code": "another"}),
        ({"ending": Ending.DIED}, {}),
    ],
)
def test_who_cannot_be_the_same_learns_that_the_number_is_taken(before, entered):
    gone(**before)

    with pytest.raises(people.NumberTaken) as refused:
        enter(**entered)

    assert refused.value.column == "personal_id"
    assert not Membership.objects.current().exists()


def test_who_is_on_a_roll_is_entered_on_no_other_by_the_number():
    MemberFactory(full_name="Lê Thị Hoa", personal_id=NUMBER, cell=UnitFactory())

    with pytest.raises(people.NumberTaken):
        enter()

    assert Membership.objects.count() == 1


def test_nobody_comes_back_before_they_left():
    gone()

    with pytest.raises(MemberNotMovable, match="01/03/2023"):
        enter(on=date(2023, 2, 28))
