"""An act that a form has asked for is done once, however often the form is sent.

Source: docs/interface.md, "A form that is sent twice".
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from django.core.files import File
from django.db import transaction

from members.models import Account, FormReceipt

KEPT_FOR = timedelta(days=1)


def digest_of(typed: Mapping[str, Sequence[str]]) -> str:
    """Return the digest of all that a form sends, its key among it.

    With what was typed, and what its files hold: a form that is filled anew after going
    back is another act.
    """
    return hashlib.sha256(repr(sorted(typed.items())).encode()).hexdigest()


def digest_of_file(file: File) -> str:
    """Return the digest of what a file holds, and leave it at its beginning."""
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def done_once(
    *,
    account: Account,
    digest: str,
    now: datetime,
    act: Callable[[], str],
) -> str | None:
    """Do the act in one transaction; return None, or the page of the act before this.

    `act` returns the address that it leads to, "" where it was refused: then the same
    may be sent again. Of two at once the second waits for the first.
    """
    with transaction.atomic():
        old = FormReceipt.objects.filter(account=account, at__lt=now - KEPT_FOR)
        old.delete()
        receipt, is_new = FormReceipt.objects.get_or_create(
            account=account, digest=digest, defaults={"at": now}
        )
        if not is_new:
            return receipt.url
        receipt.url = act()
        if receipt.url:
            receipt.save(update_fields=["url"])
        else:
            receipt.delete()
    return None
