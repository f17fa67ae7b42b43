"""Numbers of persons, sealed where they lie: who reads only the database reads nothing.

Sealed text differs each time, so a second key gives each text an index by which it is
found again and held to be unique. `manage.py reseal` turns to a new first key.
"""

import base64
import hmac
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

INDEX_LENGTH = 64  # sha256 in hex


def seal(text: str) -> str:
    """Return the text as it is stored; no text stays none."""
    return _seals(*settings.FIELD_KEYS).encrypt(text.encode()).decode() if text else ""


def unseal(stored: str) -> str:
    """Return the text that was sealed under any of the keys.

    Raises: cryptography.fernet.InvalidToken where the key is lost or the row forged.
    """
    return _seals(*settings.FIELD_KEYS).decrypt(stored).decode() if stored else ""


def index_of(text: str) -> str:
    """Return what equal texts have in common and nobody can turn back; "" for none."""
    if not text:
        return ""
    return hmac.digest(
        _derived(settings.FIELD_KEYS[0], "index"), text.encode(), "sha256"
    ).hex()


def key_of_device(what: str) -> bytes:
    """Return the 32 bytes under which a browser keeps what it could not send yet."""
    return hmac.digest(
        _derived(settings.FIELD_KEYS[0], "device"), what.encode(), "sha256"
    )


@cache
def _seals(*keys: str) -> MultiFernet:
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(_derived(key, "seal"))) for key in keys]
    )


@cache
def _derived(key: str, purpose: str) -> bytes:
    derivation = HKDF(SHA256(), length=32, salt=None, info=f"tusoi {purpose}".encode())
    return derivation.derive(key.encode())
