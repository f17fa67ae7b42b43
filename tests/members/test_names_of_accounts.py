"""An account is called as its member is, whoever corrects the name and however."""

import pytest
from django.urls import reverse

from members.models import Account, Member, Membership
from members.policy import Role
from tests.factories import (
    PASSWORD,
    AccountFactory,
    MemberFactory,
    PostFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    member = MemberFactory(full_name="Nguyen Van An", cell=UnitFactory())
    return AccountFactory(member=member, display_name="Nguyen Van An")


def test_a_correction_of_the_name_is_one_of_the_account(account, client):
    """On the page, where the second lock keeps everybody from the accounts of others."""
    cell = Membership.objects.get(member=account.member).unit
    client.force_login(PostFactory(unit=cell, role=Role.SECRETARY).account)

    done = client.post(
        reverse("member_edit", args=[account.member_id]),
        {
            "full_name": "Nguyễn Văn Ân",
            "born_on": "",
            "gender": "",
            "admitted_on": "19/05/2010",
            "official_on": "19/05/2011",
            "version": "1",
            "shown": "{}",
        },
    )

    assert done.status_code == 302
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
