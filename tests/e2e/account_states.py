"""The pages of log-in, second factors and slips in every state."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Account, AccountSession, Member, Membership, PartyUnit
from members.queries import actor_for
from members.services import held_forms, shutting
from members.services.held_forms import HeldForm
from tests.e2e.conftest import Site
from tests.e2e.rows import somebody
from tests.factories import (
    PASSWORD,
    AccountFactory,
    AccountSessionFactory,
    AuthenticatorFactory,
    CodeCardFactory,
    PasskeyFactory,
    PostFactory,
)


def other_sessions(site: Site) -> str:
    for browser in ("Chrome, Android", ""):
        AccountSessionFactory(
            account=site.clerk,
            browser=browser,
            begun_at=timezone.now(),
            seen_at=timezone.now(),
        )
    return site.address("members:session_list")


def every_factor(site: Site) -> str:
    """All ways in use, the card nearly used up, a new one on its way."""
    CodeCardFactory(account=site.clerk)
    CodeCardFactory(account=site.clerk, taken_at=None, printed_at=timezone.now())
    AuthenticatorFactory(account=site.clerk)
    PasskeyFactory(account=site.clerk)
    return site.address("members:second_factor_list")


def between_the_steps(site: Site, *, ways: int) -> Client:
    """Somebody who has shown the password."""
    account = AccountFactory()
    for make in (CodeCardFactory, AuthenticatorFactory, PasskeyFactory)[:ways]:
        make(account=account)
    client = Client()
    client.post(
        reverse("members:login"), {"username": account.login, "password": PASSWORD}
    )
    return client


def locked(site: Site) -> Client:
    """The clerk, whose session has locked."""
    client = Client()
    client.force_login(site.clerk)
    client.get(reverse("home"))
    AccountSession.objects.filter(session=client.session.session_key).update(
        seen_at=timezone.now() - timedelta(hours=1)
    )
    return client


def kept(site: Site) -> Client:
    """The clerk, whose form came too late."""
    client = Client()
    client.force_login(site.clerk)
    session = client.session
    form = HeldForm(site.clerk.pk, "/members/add/", "/members/", (("full_name", "A"),))
    held_forms.hold(session, form)
    session.save()
    return client


def slips_for_everybody(site: Site) -> str:
    member = somebody()
    Account.objects.filter(member=member).delete()
    AccountFactory(member=member)
    PostFactory(
        member=Member.objects.get(code="P001"), unit=PartyUnit.objects.get(code="K")
    )
    PostFactory(unit=PartyUnit.objects.get(code="X1"))
    return site.address("members:slip_list") + "?show=all"


def open_account(site: Site) -> str:
    return account_page(site, somebody())


def shut_account(site: Site) -> str:
    """Of somebody who looks at no other state."""
    in_cell = Membership.objects.filter(unit__code="X1").exclude(member=somebody())
    member = in_cell.latest("pk").member
    address = account_page(site, member)
    shutting.shut_account(
        account=Account.objects.get(member=member),
        document="Quyết định số 12-QĐ/ĐU, ngày 05/9/2026",
        actor=actor_for(site.clerk),
        now=timezone.now(),
    )
    return address


def account_page(site: Site, member: Member) -> str:
    Account.objects.filter(member=member).delete()
    return site.address("members:account_detail", AccountFactory(member=member).pk)


ACCOUNTS: dict[str, Callable[[Site], str]] = {
    "log-in": lambda site: site.address("members:login"),
    "first log-in": lambda site: site.address("members:start"),
    "new password": lambda site: site.address("members:password_change"),
    "sessions": other_sessions,
    "ways of the second step": lambda site: site.address("members:second_factor_list"),
    "every way of the second step": every_factor,
    "card": lambda site: site.address("members:card_print"),
    "code app": lambda site: site.address("members:authenticator_add"),
    "code app to be removed": lambda site: site.address("members:authenticator_remove"),
    "passkey": lambda site: site.address("members:passkey_add"),
    "second step": lambda site: site.address("members:second_step"),
    "second step in every way": lambda site: site.address("members:second_step"),
    "locked": lambda site: site.address("members:unlock"),
    "form that came too late": lambda site: site.address("members:form_send"),
    "slips": lambda site: site.address("members:slip_list"),
    "slips for everybody": slips_for_everybody,
    "account": open_account,
    "account that is shut": shut_account,
}
