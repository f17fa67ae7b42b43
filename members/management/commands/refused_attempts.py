"""List what was refused to accounts, by hour."""

from argparse import ArgumentParser
from datetime import timedelta

from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from members.management.refusing import RefusingCommand, cleaned
from members.queries.refused import RefusedLine, refused_lines

DAYS = 7


class Command(RefusingCommand):
    help = "List by hour, account and address what was asked for and refused."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since", metavar="DAY", help=f"from this day on; else {DAYS} days back"
        )

    def handle(self, *, since: str | None, **options: object) -> None:
        asked = cleaned(forms.DateField(required=False), since, option="--since")
        day = asked or timezone.localdate() - timedelta(days=DAYS)
        found = 0
        for line in refused_lines(day):
            found += 1
            self.stdout.write(_in_words(line))
        if not found:
            self.stdout.write(_("Nothing was refused."))


def _in_words(line: RefusedLine) -> str:
    told = _("%(hour)s  %(login)s  %(address)s  %(times)s times: %(numbers)s") % {
        "hour": formats.date_format(line.hour, "SHORT_DATETIME_FORMAT"),
        "login": line.login,
        "address": line.address,
        "times": line.times,
        "numbers": ", ".join(map(str, line.numbers)) or "–",
    }
    more = _("(and more, which is not written down)")
    return f"{told} {more}" if line.is_cut else told
