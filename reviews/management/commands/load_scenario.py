"""Load a published campaign with invented people."""

from argparse import ArgumentParser

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from members.management.progress import ProgressBar
from members.management.refusing import RefusingCommand, refuse_unknown
from reviews import scenarios
from reviews.services import importing
from reviews.services.staging.loading import load_scenario


class Command(RefusingCommand):
    help = "Load a scenario; its campaign's code is the scenario's name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help=", ".join(scenarios.names()))

    def handle(self, *, name: str, **options: object) -> None:
        refuse_unknown(name, scenarios.names(), option="name")
        bar = ProgressBar(self.stderr, name)
        try:
            outcome = load_scenario(
                scenarios.load(name), now=timezone.now(), on_progress=bar
            )
        except importing.ResultsNotImportable as refusal:
            raise CommandError(str(refusal)) from refusal
        bar(100)
        if outcome.act is importing.Act.UNCHANGED:
            self.stdout.write(_("%s is loaded already; nothing was changed.") % name)
        else:
            self.stdout.write(
                _("%(name)s: %(units)d new units, %(members)d new members.")
                % {
                    "name": name,
                    "units": outcome.new_units,
                    "members": outcome.new_members,
                }
            )
