"""One's own e-mail address: entered by its owner, confirmed by a link and a log-in."""

from datetime import timedelta
from smtplib import SMTPException
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from members.models import Account, Event
from members.services import email_addresses
from tests.clients import english_client_of
from tests.factories import NOON, AccountFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

EDIT, CONFIRM = reverse("members:email_edit"), reverse("members:email_confirm")
ADDRESS = {"email": "be@example.vn", "email_language": "en"}
ENDED = "This link confirms nothing any more: send it to yourself again."


@pytest.fixture
def account():
    return AccountFactory()


@pytest.fixture
def client(account):
    return english_client_of(account)


def link():
    """The path of the link in the last e-mail."""
    (found,) = (
        line for line in mail.outbox[-1].body.splitlines() if line.startswith("http")
    )
    assert found.startswith("https://tusoi.example.vn/")
    parts = urlsplit(found)
    return f"{parts.path}?{parts.query}"


def kept(account):
    account.refresh_from_db()
    return account.email, account.email_confirmed_at is not None


def messages_of(response):
    return [str(each) for each in response.context["messages"]]


def test_an_address_counts_once_its_owner_opens_the_link_and_presses(account, client):
    client.post(EDIT, ADDRESS)
    assert kept(account) == ("be@example.vn", False)
    assert (mail.outbox[0].to, mail.outbox[0].subject) == (
        ["be@example.vn"],
        "Tự Soi: confirm this e-mail address",
    )

    page = client.get(link())
    assert kept(account) == ("be@example.vn", False)  # looking changes nothing
    client.post(CONFIRM, {"proof": page.context["form"]["proof"].value()})

    assert kept(account) == ("be@example.vn", True)
    actions = Event.objects.order_by("pk").values_list("action", "data")
    assert list(actions) == [
        ("accounts.email_entered", {}),
        ("accounts.email_confirmed", {}),
    ]


def test_the_link_opens_nothing_without_its_owner(account, client):
    client.post(EDIT, ADDRESS)

    assert Client().get(link()).status_code == 302
    assert Client().get(link())["Location"].startswith(reverse("members:login"))
    # Not even for somebody who has entered the same address.
    stranger = english_client_of(AccountFactory(email="be@example.vn"))
    assert messages_of(stranger.get(link(), follow=True)) == [ENDED]
    proof = email_addresses._signer.sign_object([account.pk, "be@example.vn"])
    assert messages_of(stranger.post(CONFIRM, {"proof": proof}, follow=True)) == [ENDED]
    assert kept(account) == ("be@example.vn", False)


@pytest.mark.parametrize("ended", ["late", "another address", "taken away", "forged"])
def test_an_old_link_confirms_nothing(account, client, ended):
    with time_machine.travel(NOON, tick=False):
        client = english_client_of(account)
        client.post(EDIT, ADDRESS)
    path = link()
    at = NOON
    if ended == "late":
        at += email_addresses.VALID + timedelta(seconds=1)
    elif ended == "forged":
        path = path[:-3]
    else:
        email = "" if ended == "taken away" else "hai@example.vn"
        Account.objects.filter(pk=account.pk).update(email=email)

    with time_machine.travel(at, tick=False):
        client = english_client_of(account)
        assert messages_of(client.get(path, follow=True)) == [ENDED]
        proof = path.partition("proof=")[2]
        client.post(CONFIRM, {"proof": proof})
        with pytest.raises(email_addresses.AddressRefused):
            email_addresses.confirm_address(
                account=account, proof=proof, actor=None, now=at
            )

    assert kept(account)[1] is False


def test_another_address_does_not_count_before_it_is_confirmed(account, client):
    confirmed = {"email": "be@example.vn", "email_confirmed_at": NOON}
    Account.objects.filter(pk=account.pk).update(**confirmed)

    client.post(EDIT, ADDRESS)  # the same: nothing to confirm
    assert (kept(account), mail.outbox) == (("be@example.vn", True), [])
    client.post(EDIT, {**ADDRESS, "email": "hai@example.vn"})
    assert kept(account) == ("hai@example.vn", False)
    page = client.post(EDIT, {**ADDRESS, "email": ""}, follow=True)
    assert kept(account) == ("", False)
    assert messages_of(page)[-1].startswith("There is no e-mail address any more.")


def test_an_unconfirmed_address_gets_a_new_link(account, client):
    client.post(EDIT, ADDRESS)
    client.post(EDIT, ADDRESS)

    assert len(mail.outbox) == 2
    assert Event.objects.count() == 1


def test_what_is_no_address_is_refused_beside_its_field(account, client):
    page = client.post(EDIT, {**ADDRESS, "email": "be tại nhà"})

    assert (page.status_code, page.context["form"].errors) == (
        422,
        {"email": ["This is no e-mail address; one looks like ten@example.vn."]},
    )
    assert "be tại nhà" in page.content.decode()


def test_what_cannot_be_sent_changes_nothing(account, client, monkeypatch):
    def fail(*_arguments, **_options):
        raise SMTPException

    monkeypatch.setattr(email_addresses.EmailMessage, "send", fail)
    page = client.post(EDIT, ADDRESS)

    assert page.context["form"].errors == {
        "email": [
            "The e-mail could not be sent to this address. Check it, or try later."
        ]
    }
    assert (page.status_code, kept(account)) == (422, ("", False))
    assert Event.objects.count() == 0


def test_a_site_without_e_mails_says_so(client, settings):
    settings.SENDS_EMAIL = False
    page = client.get(EDIT).content.decode()

    assert "This site sends no e-mails." in page
    assert 'name="email"' not in page


def test_nothing_is_confirmed_without_an_address():
    with pytest.raises(IntegrityError):
        AccountFactory(email_confirmed_at=NOON)
