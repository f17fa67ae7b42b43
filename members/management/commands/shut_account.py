"""Shut an account that nobody above can shut, or open it again."""

from argparse import ArgumentParser

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from members.management.refusing import RefusingCommand
from members.policy import SYSTEM
from members.services import log_ins, shutting


class Command(RefusingCommand):
    help = "Shut an account, or open it again: logged, by the server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("login", help="the account name")
        parser.add_argument(
            "--document", required=True, help="number and date of the paper"
        )
        parser.add_argument("--reopen", action="store_true", help="open it again")

    def handle(
        self, *, login: str, document: str, reopen: bool, **options: object
    ) -> None:
        account = log_ins.account_of(login)
        if account is None:
            raise CommandError(_("There is no account %s.") % login)
        act = shutting.reopen_account if reopen else shutting.shut_account
        try:
            act(
                account=account,
                document=document,
                actor=SYSTEM,
                now=timezone.now(),
                system_reason="done on the server",
            )
        except shutting.NotShut as refusal:
            raise CommandError(str(refusal)) from refusal
        told = _("The account is open again.") if reopen else _("The account is shut.")
        self.stdout.write(told)
