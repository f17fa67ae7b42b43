"""What an app on a telephone would show."""

import base64
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP


def shown_by_app(seed: str, *, at: datetime) -> str:
    """The code that belongs to a seed at a moment (RFC 6238)."""
    key = base64.b32decode(seed.replace(" ", ""))
    return TOTP(key, 6, SHA1(), 30).generate(int(at.timestamp())).decode()
