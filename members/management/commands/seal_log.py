"""Seal the event log now, as the clock of the workers does every hour."""

from django.utils import timezone
from django.utils.translation import gettext as _

from members.management.refusing import RefusingCommand
from members.services import log


class Command(RefusingCommand):
    help = "Seal what was appended to the event log since the last seal."

    def handle(self, **options: object) -> None:
        seal = log.seal_log(now=timezone.now())
        if seal is None:
            self.stdout.write(_("Nothing was recorded since the last seal."))
            return
        self.stdout.write(
            _("Seal %(number)s over %(heads)s chains: %(hash)s")
            % {"number": seal.number, "heads": seal.heads, "hash": seal.hash}
        )
