"""The app that shows codes: added by its first code, each code once.

Source: docs/rules/accounts.md § 4.
"""

import base64
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction
from django.utils.crypto import constant_time_compare

from members.models import Account, Authenticator
from members.policy import Actor
from members.services import factors

ISSUER = "Tự Soi"
SECONDS = 30
DIGITS = 6
_SEED_BYTES = 20


def new_seed() -> str:
    """Return a seed that nobody has, as apps take it."""
    return base64.b32encode(secrets.token_bytes(_SEED_BYTES)).decode()


def address_of(seed: str, *, login: str) -> str:
    """Return what the QR code says to the app."""
    return _totp(seed).get_provisioning_uri(login, ISSUER)


def step_of(seed: str, code: str, *, now: datetime) -> int | None:
    """Return the step of the clock whose code this is; None if it is not the present.

    A code lives thirty seconds, no longer.
    """
    expected = _totp(seed).generate(int(now.timestamp())).decode()
    fits = constant_time_compare(expected, code)
    return int(now.timestamp()) // SECONDS if fits else None


def add_authenticator(
    *,
    account: Account,
    seed: str,
    step: int,
    actor: Actor,
    now: datetime,
    kept_session: str,
) -> None:
    """Let the app of this seed count, in place of the one before; its first code is used.

    Every session but the one by this key ends.
    """
    with transaction.atomic():
        Authenticator.objects.update_or_create(
            account=account,
            defaults={"seed": seed, "last_step": step, "added_at": now},
        )
        factors.note_change(
            "authenticators.added",
            account=account,
            actor=actor,
            now=now,
            kept_session=kept_session,
        )


def remove_authenticator(
    *, account: Account, actor: Actor, now: datetime, kept_session: str
) -> None:
    """Let the app count no more, and end every session but one.

    Raises: factors.LastFactor where a holder of a post would have none left.
    """
    with transaction.atomic():
        Authenticator.objects.filter(account=account).delete()
        factors.refuse_none_left(account=account, actor=actor, now=now)
        factors.note_change(
            "authenticators.removed",
            account=account,
            actor=actor,
            now=now,
            kept_session=kept_session,
        )


def use_code(*, account: Account, code: str, now: datetime) -> bool:
    """Tell whether the app shows this code now, and let it count this once."""
    app = Authenticator.objects.filter(account=account).first()
    step = app and step_of(app.seed, code, now=now)
    if not (app and step):
        return False
    # One UPDATE decides, so that of two who send one code one comes in.
    unused = Authenticator.objects.filter(pk=app.pk, last_step__lt=step)
    return unused.update(last_step=step) == 1


def _totp(seed: str) -> TOTP:
    # What the apps know; a collision of SHA-1 is of no use against an HMAC.
    return TOTP(base64.b32decode(seed), DIGITS, SHA1(), SECONDS)  # noqa: S303 -- see above
