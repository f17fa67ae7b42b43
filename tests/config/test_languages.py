"""The language is the one that was chosen, whatever the browser's."""

import pytest
from django.urls import reverse

from tests.clients import choose

LOGIN = reverse("members:login")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("chosen", "language"), [(None, "vi"), ("en", "en"), ("fr", "vi"), ("", "vi")]
)
def test_the_browsers_own_language_is_not_asked(client, chosen, language):
    if chosen is not None:
        choose(client, chosen)

    page = client.get(LOGIN, headers={"Accept-Language": "en-US"})

    assert page["Content-Language"] == language
    assert f'<html lang="{language}">' in page.text
