"""Check the event log against its chains and seals."""

from argparse import ArgumentParser

from django import forms
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.management.refusing import RefusingCommand, cleaned
from members.queries.log import LogCheck, at_one_moment


class Command(RefusingCommand):
    help = "Recompute the event log and tell every fault, with exit code 1 if any."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since", metavar="DAY", help="check the chains of this day and later ones"
        )

    def handle(self, *, since: str | None, **options: object) -> None:
        day = forms.DateField(required=False)
        check = LogCheck(cleaned(day, since, option="--since"))
        found = 0
        with at_one_moment():
            for fault in check.faults():
                found += 1
                self.stdout.write(fault)
        self.stdout.write(self._told(check))
        if found:
            raise CommandError(
                ngettext(
                    "The event log has %d fault.", "The event log has %d faults.", found
                )
                % found
            )

    def _told(self, check: LogCheck) -> str:
        told = _(
            "Checked: %(events)s events in %(chains)s chains, %(seals)s seals; not yet "
            "sealed: %(unsealed)s events."
        ) % {
            "events": check.events,
            "chains": check.chains,
            "seals": check.seals,
            "unsealed": check.unsealed,
        }
        if not check.seals:
            return told
        newest = _("The newest seal is %(number)s: %(hash)s") % check.last_seal
        return f"{told}\n{newest}"
