"""A slip on the terminal, as what is written by hand from it."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from members.services.slips import PrintedSlip, start_address


def lines_of(slip: PrintedSlip) -> Iterator[str]:
    """Yield what stands on a slip, line by line."""
    yield _("Account name: %s") % slip.login
    yield _("Code on the slip: %s") % slip.code
    yield _("Address: %s") % start_address(slip, _site() + reverse("members:start"))
    yield _("Valid once, until %s.") % formats.date_format(
        slip.valid_until, "SHORT_DATE_FORMAT"
    )


def _site() -> str:
    """Return how the site's addresses begin, as far as the settings say it."""
    host = next((each for each in settings.ALLOWED_HOSTS if each[0].isalnum()), "…")
    return f"http{'s' if settings.HTTPS else ''}://{host}"
