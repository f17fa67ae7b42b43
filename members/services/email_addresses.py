"""The e-mail address of an account: entered and confirmed by its owner alone.

Source: docs/rules/reminders.md § 4.5.
"""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override

from members import events
from members.models import Account
from members.policy import Actor

logger = logging.getLogger(__name__)
VALID = timedelta(days=3)
_signer = TimestampSigner(salt="members.email")


class AddressRefused(Exception):
    """The address is not taken, or not confirmed; the text says why."""

    column = "email"


def enter_address(
    *, account: Account, email: str, language: str, actor: Actor, now: datetime
) -> bool:
    """Keep an address, "" for none, and send the link by which it is confirmed.

    Returns whether a link was sent: the address that counts already needs none.
    Raises: AddressRefused if it cannot be sent now; then nothing is changed.
    """
    with transaction.atomic():
        held = Account.objects.select_for_update().get(pk=account.pk)
        is_new = email != held.email
        counts = bool(held.email_confirmed_at) and not is_new
        held.email, held.email_language = email, language
        if is_new:
            held.email_confirmed_at = None
        held.save(update_fields=["email", "email_language", "email_confirmed_at"])
        if is_new:
            action = "accounts.email_entered" if email else "accounts.email_removed"
            events.record(action=action, subject=held, actor=actor, now=now)
        sends = bool(email) and not counts
        if sends:
            _send_link(held)
    return sends


def confirm_address(
    *, account: Account, proof: str, actor: Actor, now: datetime
) -> None:
    """Let the address count to which this proof was sent.

    Raises: AddressRefused if the proof is of another account or address, or too old.
    """
    with transaction.atomic():
        held = Account.objects.select_for_update().get(pk=account.pk)
        if not holds(held, proof):
            raise AddressRefused(
                _("This link confirms nothing any more: send it to yourself again.")
            )
        if held.email_confirmed_at is None:
            held.email_confirmed_at = now
            held.save(update_fields=["email_confirmed_at"])
            events.record(
                action="accounts.email_confirmed", subject=held, actor=actor, now=now
            )


def holds(account: Account, proof: str) -> bool:
    """Tell whether a proof is of this account with the address that it has now."""
    try:
        said = _signer.unsign_object(proof, max_age=VALID)
    except BadSignature:
        return False
    return bool(account.email) and said == [account.pk, account.email]


def _send_link(account: Account) -> None:
    """Send the link: it confirms for nobody but this account, logged in."""
    proof = _signer.sign_object([account.pk, account.email])
    with override(account.email_language):
        address = f"{reverse('members:email_confirm')}?{urlencode({'proof': proof})}"
        body = render_to_string(
            "members/email/confirm.txt",
            {
                "name": account.display_name,
                "link": settings.SITE_URL + address,
                "days": VALID.days,
            },
        )
        message = EmailMessage(
            _("Tự Soi: confirm this e-mail address"), body, to=[account.email]
        )
    try:
        message.send()
    except (SMTPException, OSError) as fault:
        logger.warning("a link was not sent: %s", type(fault).__name__)
        raise AddressRefused(
            _("The e-mail could not be sent to this address. Check it, or try later.")
        ) from fault
