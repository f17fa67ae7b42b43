"""Keys for drafts that a browser keeps while the line is down.

The browser encrypts with a key that only a session of the same account gets, for the
device and the day on which the draft was kept, and for seven days from then on.
Source: docs/rules/pledges.md § 3.
"""

import base64
import re
from datetime import date, datetime, timedelta

from django.utils import timezone

from members import sealing
from members.policy import Actor

KEPT_FOR = timedelta(days=7)
DEVICE = re.compile(r"[0-9a-f]{32}")


class NoKey(Exception):
    """What was kept is too old, or nothing that this site asked a browser to keep."""


def key_for(*, device: str, day: date, actor: Actor, now: datetime) -> str:
    """Return the key in base 64 for what this account kept on a device on a day.

    Raises: NoKey once seven days have passed, or for a name that is no device's.
    """
    today = timezone.localdate(now)
    if not DEVICE.fullmatch(device) or not today - KEPT_FOR < day <= today:
        raise NoKey
    key = sealing.key_of_device(f"{actor.account_id}:{device}:{day.isoformat()}")
    return base64.b64encode(key).decode()
