"""How e-mails leave, as the environment says it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import mail


@pytest.mark.parametrize(
    ("url", "host", "port", "user", "tls", "ssl"),
    [
        ("smtp://mail.vn", "mail.vn", 587, "", True, False),
        ("smtp://mail.vn/?tls=implicit", "mail.vn", 465, "", False, True),
        ("smtp://mail.vn:2525/?tls=none", "mail.vn", 2525, "", False, False),
        ("smtp://a%40b.vn:x%2Fy@mail.vn", "mail.vn", 587, "a@b.vn", True, False),
    ],
)
def test_an_address_names_the_server(url, host, port, user, tls, ssl):
    assert mail.smtp_settings(url) == {
        "EMAIL_HOST": host,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": user,
        "EMAIL_HOST_PASSWORD": "x/y" if user else "",
        "EMAIL_USE_TLS": tls,
        "EMAIL_USE_SSL": ssl,
        "EMAIL_TIMEOUT": 10,
    }


@pytest.mark.parametrize(
    "url",
    [
        "mail.vn",
        "http://mail.vn",
        "smtp://",
        "smtp://mail.vn:x",
        "smtp://mail.vn/?tls=maybe",
        "smtp://mail.vn/?ssl=1",
    ],
)
def test_another_address_stops_the_start(url):
    with pytest.raises(ImproperlyConfigured):
        mail.smtp_settings(url)


@pytest.mark.parametrize(
    ("hosts", "https", "found"),
    [
        (["tusoi.vn", "www.tusoi.vn"], True, "https://tusoi.vn"),
        (["*", ".tusoi.vn"], False, "http://tusoi.vn"),
        ([], True, "https://localhost"),
    ],
)
def test_the_site_is_where_its_first_name_says(hosts, https, found):
    assert mail.site_url(hosts, https=https) == found


def test_hours_are_a_beginning_and_an_end():
    assert mail.hours("7-19") == (7, 19)


@pytest.mark.parametrize("text", ["", "7", "19-7", "7-25", "a-b", "7-7"])
def test_other_hours_stop_the_start(text):
    with pytest.raises(ImproperlyConfigured):
        mail.hours(text)
