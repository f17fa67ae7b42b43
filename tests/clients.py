"""Browsers in which a language was chosen."""

from django.conf import settings
from django.test import Client
from django.urls import reverse

from members.http import CONFIRMED_AT
from members.models import Account
from members.policy import Actor


def english_client() -> Client:
    """Return a browser in the language of the source, in which sentences are compared."""
    client = Client()
    choose(client, "en")
    return client


def english_client_of(account: Account) -> Client:
    """Return such a browser in which somebody is logged in."""
    client = english_client()
    client.force_login(account)
    return client


def client_of(actor: Actor) -> Client:
    """Return a browser in which the account of an actor is logged in."""
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def choose(client: Client, language: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language


def waits_for(client: Client) -> dict[str, int]:
    """Return what the first page names as to be done, and how many of each."""
    cards = client.get(reverse("home")).context["cards"]
    waiting = (*cards.first, *cards.rest, *cards.own)
    return {card.item.key: card.item.count for card in waiting}


def forget_password(client: Client) -> None:
    """Let the password of a session have been typed long ago."""
    session = client.session
    session[CONFIRMED_AT] = 0
    session.save()
