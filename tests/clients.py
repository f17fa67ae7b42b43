"""Browsers in which a language was chosen."""

from django.conf import settings
from django.test import Client


def english_client() -> Client:
    """Return a browser in the language of the source, in which sentences are compared."""
    client = Client()
    choose(client, "en")
    return client


def choose(client: Client, language: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
