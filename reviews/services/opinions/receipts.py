"""The number on a printed form for an accusation: a day, and nothing else, is kept.

Neither the account that prints it nor anything of the matter is stored or logged.
Source: docs/rules/opinions.md § 7.
"""

import secrets
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.services.written.states import WritingRefused
from reviews.models import AccusationReceipt

# No letters or figures that are mistaken for one another on paper.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
MOST_A_DAY = 200  # for the whole site: who prints them is not counted


def new_receipt(now: datetime) -> AccusationReceipt:
    """Give a number that tells nothing, not even how many there are.

    Raises: WritingRefused when very many were given today.
    """
    on = timezone.localdate(now)
    if AccusationReceipt.objects.filter(on=on).count() >= MOST_A_DAY:
        raise WritingRefused(
            _("No more numbers are given today: print the form without one.")
        )
    code = "".join(secrets.choice(ALPHABET) for _each in range(8))
    number = f"{on:%y%m%d}-{code[:4]}-{code[4:]}"
    return AccusationReceipt.objects.create(number=number, on=on)
