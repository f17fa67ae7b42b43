"""Seal anew, under the first key of FIELD_KEYS, what lies sealed."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from members.management.progress import ProgressBar
from members.services.resealing import reseal_factors, reseal_members


class Command(BaseCommand):
    help = "Seal numbers of persons, cards of codes and seeds of apps anew."

    def handle(self, **options: object) -> None:
        bar = ProgressBar(self.stderr, "reseal")
        reseal_factors()
        count = reseal_members(on_progress=bar)
        self.stdout.write(_("Sealed anew: the numbers of %s members.") % count)
