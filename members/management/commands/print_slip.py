"""Print a slip for somebody whom nobody above can print one for."""

from argparse import ArgumentParser

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from members.management.printing import lines_of
from members.management.refusing import RefusingCommand
from members.models import Account
from members.policy import SYSTEM
from members.services import code_cards, log_ins, slips

REASON = "printed on the server"


class Command(RefusingCommand):
    help = "Print a slip, or a card of codes, for an account: logged, by the server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("login", help="the account name")
        parser.add_argument("--card", action="store_true", help="a card of codes")

    def handle(self, *, login: str, card: bool, **options: object) -> None:
        account = log_ins.account_of(login)
        if account is None:
            raise CommandError(_("There is no account %s.") % login)
        try:
            lines = _card(account) if card else _slip(account)
        except (slips.SlipNotPrinted, code_cards.CardNotPrinted) as refusal:
            raise CommandError(str(refusal)) from refusal
        for line in lines:
            self.stdout.write(line)


def _slip(account: Account) -> list[str]:
    (slip,) = slips.print_account_slips(
        accounts=[account], actor=SYSTEM, now=timezone.now(), system_reason=REASON
    )
    return list(lines_of(slip))


def _card(account: Account) -> list[str]:
    (card,) = code_cards.print_cards(
        accounts=[account], actor=SYSTEM, now=timezone.now(), system_reason=REASON
    )
    return list(card.codes)
