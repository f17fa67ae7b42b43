"""The first page and the guide in every state that somebody can meet."""

from datetime import timedelta

from django.utils import timezone

from campaigns.models import Phase
from campaigns.steps import Step
from members.models import Account
from tests.e2e.board_states import board_in_the_year, cell_secretary
from tests.e2e.conftest import Site
from tests.e2e.rows import correction, somebody, transfer
from tests.factories import AccountFactory


def first_page_in_the_year(site: Site) -> str:
    """Pledges are being written; somebody comes, somebody asks."""
    board_in_the_year(site)
    transfer()
    correction()
    today = timezone.localdate()
    Phase.objects.filter(campaign=site.campaign).delete()
    Phase.objects.create(
        campaign=site.campaign,
        step=Step.PLEDGE,
        from_on=today - timedelta(days=20),
        until_on=today + timedelta(days=8),
    )
    return site.address("home")


def the_member(site: Site) -> Account:
    """Somebody who has to write a pledge."""
    accounts = Account.objects.filter(member=somebody())
    return accounts.first() or AccountFactory(member=somebody())


TODO = {
    "first page": lambda site: site.address("home"),
    "first page of a secretary": first_page_in_the_year,
    "first page of a member": first_page_in_the_year,
    "first page of an office": first_page_in_the_year,
    "guide": lambda site: site.address("todo:guide"),
}
LOOKING_AT_TODO = {
    "first page of a secretary": cell_secretary,
    "first page of a member": the_member,
}
