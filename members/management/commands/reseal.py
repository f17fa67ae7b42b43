"""Seal the numbers of persons anew under the first key of FIELD_KEYS."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from members.management.progress import ProgressBar
from members.services.resealing import reseal_members


class Command(BaseCommand):
    help = "Seal card and personal numbers under the first key of FIELD_KEYS."

    def handle(self, **options: object) -> None:
        bar = ProgressBar(self.stderr, "reseal")
        count = reseal_members(on_progress=bar)
        self.stdout.write(_("Sealed anew: the numbers of %s members.") % count)
