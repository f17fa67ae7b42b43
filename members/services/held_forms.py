"""A form that came after its session had locked: kept sealed for its account alone.

Source: docs/rules/accounts.md § 5.
"""

import json
from dataclasses import asdict, dataclass

from django.contrib.sessions.backends.base import SessionBase

from members import sealing

_KEY = "held_form"


@dataclass(frozen=True, slots=True)
class HeldForm:
    """What was sent, and where to; files are not kept."""

    account_id: int
    address: str
    page: str  # on which it was filled in
    fields: tuple[tuple[str, str], ...]


def hold(session: SessionBase, form: HeldForm) -> None:
    """Keep a form in place of one that was kept before."""
    session[_KEY] = sealing.seal(json.dumps(asdict(form)))


def held(session: SessionBase, *, account_id: int) -> HeldForm | None:
    """Return the form that is kept for this account; nobody gets another's."""
    sealed = session.get(_KEY)
    if not sealed:
        return None
    read = json.loads(sealing.unseal(sealed))
    if read["account_id"] != account_id:
        return None
    fields = tuple((name, value) for name, value in read.pop("fields"))
    return HeldForm(fields=fields, **read)


def drop(session: SessionBase) -> None:
    """Keep no form any more."""
    session.pop(_KEY, None)
