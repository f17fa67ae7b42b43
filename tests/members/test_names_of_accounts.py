"""An account is called as its member is, whoever corrects the name and however."""

import pytest
from django.urls import reverse

from members.models import Account, Member
from members.services import people
from tests.factories import (
    NOON,
    PASSWORD,
    AccountFactory,
    MemberFactory,
    UnitFactory,
)
from tests.members.keepers import keeper_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    member = MemberFactory(full_name="Nguyen Van An", cell=UnitFactory())
    return AccountFactory(member=member, display_name="Nguyen Van An")


def test_a_correction_of_the_name_is_one_of_the_account(account):
    member = account.member
    keeper = keeper_of(UnitFactory())

    people.correct_member(
        member=member,
        version=1,
        facts={"full_name": "Nguyễn Văn Ân"},
        actor=keeper,
        now=NOON,
    )

    account.refresh_from_db()
    assert str(account) == "Nguyễn Văn Ân"


def test_one_by_a_workbook_is_known_from_the_next_log_in(account, client):
    other = AccountFactory(member=MemberFactory(full_name="Lê Chi"), display_name="Lê")
    Member.objects.update(full_name="Nguyễn Văn Ân")

    client.post(
        reverse("members:login"), {"username": account.login, "password": PASSWORD}
    )

    names = dict(Account.objects.values_list("pk", "display_name"))
    assert names[account.pk] == "Nguyễn Văn Ân"
    assert names[other.pk] == "Lê"


def test_who_is_no_member_here_keeps_the_name(client):
    clerk = AccountFactory(display_name="Văn thư")

    client.post(
        reverse("members:login"), {"username": clerk.login, "password": PASSWORD}
    )

    clerk.refresh_from_db()
    assert clerk.display_name == "Văn thư"
