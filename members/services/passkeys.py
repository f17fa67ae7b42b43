"""Passkeys: a key pair whose secret half never leaves a telephone or computer.

Source: docs/rules/accounts.md § 4.
"""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from members.models import Account, Passkey
from members.policy import Actor
from members.row_security import Purpose, opened_for
from members.services import factors
from members.services.sessions import browser_in_words

# The password is asked for already; whoever is there may touch the key.
_UNVERIFIED = UserVerificationRequirement.DISCOURAGED
# What the library stumbles over in an answer that no browser has made.
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, struct.error)


class PasskeyRefused(Exception):
    """What the browser sent proves nothing; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where this site is reached: a passkey is for one place and no other."""

    host: str
    origin: str

    def server(self) -> Fido2Server:
        """Return what asks browsers at this place, and checks what they answer."""
        party = PublicKeyCredentialRpEntity(id=self.host, name="Tự Soi")
        return Fido2Server(party, verify_origin=self.origin.__eq__)


def creation(account: Account, *, place: Place) -> tuple[str, dict[str, object]]:
    """Return what the browser is asked to make, as JSON, and what is to be kept of it."""
    options, state = place.server().register_begin(
        PublicKeyCredentialUserEntity(
            id=str(account.pk).encode(),
            name=account.login,
            display_name=account.display_name,
        ),
        credentials=_credentials(account),
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=_UNVERIFIED,
    )
    return json.dumps(dict(options)), dict(state)


@opened_for(Purpose.COMING_IN)
def question(account: Account, *, place: Place) -> tuple[str, dict[str, object]]:
    """Return what the browser is asked to sign, as JSON, and what is to be kept of it."""
    options, state = place.server().authenticate_begin(
        _credentials(account), user_verification=_UNVERIFIED
    )
    return json.dumps(dict(options)), dict(state)


@opened_for(Purpose.COMING_IN)
def add_passkey(
    *,
    account: Account,
    answer: str,
    state: Mapping[str, object] | None,
    place: Place,
    user_agent: str,
    actor: Actor,
    now: datetime,
    kept_session: str,
) -> None:
    """Let a new passkey count, and end every session but the one by this key.

    Raises: PasskeyRefused.
    """
    try:
        proven = place.server().register_complete(state, json.loads(answer))
    except _UNREADABLE as refusal:
        raise PasskeyRefused(_not_proven()) from refusal
    credential = proven.credential_data
    assert credential is not None
    with transaction.atomic():
        _key, is_new = Passkey.objects.get_or_create(
            credential=credential.credential_id,
            defaults={
                "account": account,
                "public_key": bytes(credential),
                "device": browser_in_words(user_agent),
                "added_at": now,
            },
        )
        if not is_new:
            raise PasskeyRefused(_not_proven())
        factors.note_change(
            "passkeys.added",
            account=account,
            actor=actor,
            now=now,
            kept_session=kept_session,
        )


def remove_passkey(
    *,
    passkey: Passkey,
    account: Account,
    actor: Actor,
    now: datetime,
    kept_session: str,
) -> None:
    """Let a passkey count no more, and end every session but one.

    Raises: factors.LastFactor where a holder of a post would have none left.
    """
    with transaction.atomic():
        passkey.delete()
        factors.refuse_none_left(account=account, actor=actor, now=now)
        factors.note_change(
            "passkeys.removed",
            account=account,
            actor=actor,
            now=now,
            kept_session=kept_session,
        )


def is_proven(
    *,
    account: Account,
    answer: str,
    state: Mapping[str, object] | None,
    place: Place,
) -> bool:
    """Tell whether the answer is signed, for this question, by one of the passkeys."""
    try:
        place.server().authenticate_complete(
            state, _credentials(account), json.loads(answer)
        )
    except _UNREADABLE:
        return False
    return True


def _credentials(account: Account) -> list[AttestedCredentialData]:
    keys = Passkey.objects.filter(account=account).order_by("pk")
    return [AttestedCredentialData(bytes(each.public_key)) for each in keys]


def _not_proven() -> str:
    return _("The passkey was not made. Try again, or choose another way.")
