"""Make the account of an installation's first clerk, and print the slip for it."""

from argparse import ArgumentParser

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members import queries
from members.forms.fields import CleanTextField, NameField
from members.management.printing import lines_of
from members.management.refusing import RefusingCommand, cleaned
from members.models import Member, PartyUnit
from members.services import installing, units
from members.services.installing import AlreadyStaffed
from members.services.posts import PostNotGiven
from members.services.units import UnitNotChangeable
from members.vocabulary import TermNotValid, UnknownTerm, vocabulary


class Command(RefusingCommand):
    help = "Make the account of the first clerk, and print the slip for a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="of the clerk, as it is shown")
        parser.add_argument("--unit", required=True, metavar="CODE")
        parser.add_argument(
            "--unit-name", default="", help="makes the unit, as the head of the tree"
        )
        parser.add_argument("--unit-kind", default="cấp trên trực tiếp cơ sở")
        parser.add_argument(
            "--another", action="store_true", help="although posts are held already"
        )

    def handle(
        self,
        *,
        name: str,
        unit: str,
        unit_name: str,
        unit_kind: str,
        another: bool,
        **options: object,
    ) -> None:
        name = cleaned(NameField(max_length=255), name, option="name")
        alike = queries.likenesses_of(Member.objects.all(), name, "")
        try:
            with transaction.atomic():
                slip = installing.appoint_first_clerk(
                    name=name,
                    unit=self._unit(unit, unit_name, unit_kind),
                    now=timezone.now(),
                    is_another=another,
                )
        except (AlreadyStaffed, PostNotGiven, UnitNotChangeable) as refusal:
            raise CommandError(str(refusal)) from refusal
        for line in lines_of(slip):
            self.stdout.write(line)
        for each in alike:
            self.stderr.write(
                _(
                    "%(code)s, %(name)s, is on the roll and looks the same. If it is the "
                    "same person, give that one the post in the browser."
                )
                % {"code": each.code, "name": each.name}
            )

    def _unit(self, code: str, name: str, kind: str) -> PartyUnit:
        found = PartyUnit.objects.filter(code_key=code).first()
        if found is not None:
            return found
        if not name:
            raise CommandError(
                _("There is no unit %s. With --unit-name it is made.") % code
            )
        name = cleaned(CleanTextField(max_length=255), name, option="--unit-name")
        today = timezone.localdate()
        try:
            known = vocabulary().kind_for(kind, on=today)
        except (UnknownTerm, TermNotValid) as refusal:
            raise CommandError(
                _("--unit-kind: there is no “%s” today.") % kind
            ) from refusal
        return units.create_unit(code=code, name=name, kind=known.code, on=today)
