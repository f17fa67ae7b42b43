"""How e-mails leave, read from the environment."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS = {"starttls": 587, "implicit": 465, "none": 25}
TIMEOUT_SECONDS = 10


def smtp_settings(url: str) -> dict[str, object]:
    """Return Django's settings for an address like smtp://name:password@host:587/."""
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    tls = asked.pop("tls", "starttls")
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme != "smtp" or not parts.hostname or tls not in PORTS or asked:
        port = 0
    if port == 0:
        raise ImproperlyConfigured(
            "EMAIL_URL is like smtp://name:password@host:587/?tls=starttls, where tls "
            "is starttls, implicit or none."
        )
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or PORTS[tls],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": tls == "starttls",
        "EMAIL_USE_SSL": tls == "implicit",
        "EMAIL_TIMEOUT": TIMEOUT_SECONDS,
    }


def site_url(hosts: Sequence[str], *, https: bool) -> str:
    """Return where the site is, by the first name under which it is reached."""
    scheme = "https" if https else "http"
    named = [host.lstrip(".") for host in hosts if host.strip(".*")]
    return f"{scheme}://{named[0] if named else 'localhost'}"


def hours(text: str) -> tuple[int, int]:
    """Return the first hour and the one before which the last ends, of "7-19"."""
    first, _dash, until = text.partition("-")
    if first.isdecimal() and until.isdecimal() and int(first) < int(until) <= 24:
        return int(first), int(until)
    raise ImproperlyConfigured(
        "REMINDER_HOURS are like 7-19: from 7 o'clock until before 19."
    )
