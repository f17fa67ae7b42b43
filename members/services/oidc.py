"""Logging in at an OpenID provider: the code flow with PKCE, for linked accounts.

The provider says who somebody is; what they may do comes from posts, as ever. Nothing
is asked of it before somebody presses its button.
Source: docs/rules/accounts.md § 6.
"""

import json
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from members.models import Account, OidcLink
from members.policy import Actor
from members.row_security import Purpose, opened_for
from members.services import factors

SECONDS = 5  # that a page waits for the provider
MOST_BYTES = 1_000_000
SIGNED_BY = ["RS256", "ES256", "PS256"]
_KEY = "oidc"


class NotLoggedInThere(Exception):
    """The provider did not say who it is, or nobody here is linked; the text says so."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the provider knows them."""

    issuer: str
    subject: str


def begin(session: SessionBase, *, back_url: str, is_link: bool) -> str:
    """Return the address at the provider; keep what its answer has to fit.

    Raises: NotLoggedInThere where the provider does not answer.
    """
    provider = _provider()
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    session[_KEY] = {**kept, "is_link": is_link}
    challenge = urlsafe_b64encode(sha256(kept["verifier"].encode()).digest())
    asked = {
        "response_type": "code",
        "scope": "openid",
        "client_id": settings.OIDC_CLIENT_ID,
        "redirect_uri": back_url,
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": challenge.decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    return f"{provider['authorization_endpoint']}?{urlencode(asked)}"


def finish(
    session: SessionBase, answer: Mapping[str, str], *, back_url: str
) -> tuple[Person, bool]:
    """Return who the provider says it is, and whether they wanted to be linked.

    What was kept for the answer is used up.
    Raises: NotLoggedInThere.
    """
    kept = session.pop(_KEY, None)
    state, code = answer.get("state", ""), answer.get("code", "")
    if not kept or not code or not constant_time_compare(kept["state"], state):
        raise NotLoggedInThere(_refused())
    provider = _provider()
    tokens = _fetched(
        provider["token_endpoint"],
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back_url,
            "client_id": settings.OIDC_CLIENT_ID,
            "client_secret": settings.OIDC_CLIENT_SECRET,
            "code_verifier": kept["verifier"],
        },
    )
    claims = _claims(str(tokens.get("id_token", "")), _fetched(provider["jwks_uri"]))
    if not constant_time_compare(str(claims.get("nonce", "")), kept["nonce"]):
        raise NotLoggedInThere(_refused())
    person = Person(issuer=settings.OIDC_ISSUER, subject=str(claims["sub"]))
    return person, bool(kept["is_link"])


@opened_for(Purpose.COMING_IN)
def account_of(person: Person) -> Account:
    """Return the account that is linked to somebody.

    Raises: NotLoggedInThere where there is none, or it can no longer be used.
    """
    links = OidcLink.objects.filter(issuer=person.issuer, subject=person.subject)
    account = Account.objects.filter(pk__in=links.values("account"), is_active=True)
    found: Account | None = account.select_related("member").first()
    if found is None:
        raise NotLoggedInThere(
            _(
                "No account here is linked to this log-in. Log in with the password, "
                "then link it under “Second step of the log-in”."
            )
        )
    return found


@opened_for(Purpose.COMING_IN)
def link(
    *, account: Account, person: Person, actor: Actor, now: datetime, kept_session: str
) -> None:
    """Link an account to somebody at the provider, in place of a link before.

    Raises: NotLoggedInThere if another account is linked to them.
    """
    with transaction.atomic():
        taken = OidcLink.objects.filter(issuer=person.issuer, subject=person.subject)
        if taken.exclude(account=account).exists():
            raise NotLoggedInThere(_("Another account is linked to this log-in."))
        OidcLink.objects.update_or_create(
            account=account,
            defaults={
                "issuer": person.issuer,
                "subject": person.subject,
                "linked_at": now,
            },
        )
        factors.note_change(
            "oidc.linked",
            account=account,
            actor=actor,
            now=now,
            kept_session=kept_session,
        )


def unlink(*, account: Account, actor: Actor, now: datetime, kept_session: str) -> None:
    """Let the log-in at the provider open this account no more."""
    with transaction.atomic():
        OidcLink.objects.filter(account=account).delete()
        factors.note_change(
            "oidc.unlinked",
            account=account,
            actor=actor,
            now=now,
            kept_session=kept_session,
        )


def _provider() -> dict[str, Any]:
    found = _fetched(f"{settings.OIDC_ISSUER}/.well-known/openid-configuration")
    if str(found.get("issuer", "")).rstrip("/") != settings.OIDC_ISSUER:
        raise NotLoggedInThere(_refused())
    return found


def _claims(token: str, keys: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the token says, if the provider has signed it for this site."""
    try:
        known = jwt.PyJWKSet.from_dict(dict(keys))
        name = jwt.get_unverified_header(token).get("kid")
        key = known[name] if name else known.keys[0]
        return jwt.decode(
            token,
            key,
            algorithms=SIGNED_BY,
            audience=settings.OIDC_CLIENT_ID,
            issuer=[settings.OIDC_ISSUER, f"{settings.OIDC_ISSUER}/"],
            leeway=30,
            options={"require": ["exp", "iat", "sub", "aud", "iss"]},
        )
    except (jwt.PyJWTError, KeyError) as refusal:
        raise NotLoggedInThere(_refused()) from refusal


class _NoRedirects(HTTPRedirectHandler):
    """Secrets go where the provider said, and nowhere else."""

    def redirect_request(self, *_arguments: object) -> None:
        return None


def _fetched(address: str, form: Mapping[str, str] | None = None) -> dict[str, Any]:
    body = urlencode(form).encode() if form is not None else None
    if urlsplit(address).scheme != urlsplit(settings.OIDC_ISSUER).scheme:
        raise NotLoggedInThere(_refused())  # a file, or a line that others read
    try:
        request = Request(address, data=body, headers={"Accept": "application/json"})  # noqa: S310 -- the scheme of the setting
        with build_opener(_NoRedirects).open(request, timeout=SECONDS) as answer:
            read: object = json.loads(answer.read(MOST_BYTES))
    except (OSError, ValueError) as fault:
        raise NotLoggedInThere(
            _("%s does not answer. Log in with the password.") % settings.OIDC_NAME
        ) from fault
    if not isinstance(read, dict):
        raise NotLoggedInThere(_refused())
    return read


def _refused() -> str:
    return _("%s did not confirm who you are. Try again.") % settings.OIDC_NAME
