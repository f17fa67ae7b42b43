"""The workbook of the roll as it is given out: empty, filled, and with its refused rows."""

from collections.abc import Iterable, Mapping
from typing import IO

from django.utils.translation import gettext_lazy as _

from members.sheets.guide import Help
from members.sheets.lists import Lists
from members.sheets.template import Offer, write_book
from members.sheets.texts import WRONG, Wording
from members.workbook.layout import GENDERS, PersonField
from members.workbook.roll import ROLL, STANDINGS, RollMatter

HELP: Help = {
    (ROLL, PersonField.CODE): _(
        "Obligatory, each code once: a lasting code of your own, not the number of the"
        " membership card. A code of the roll means the person who has it; a new code"
        " enters a new person."
    ),
    (ROLL, PersonField.NAME): _("Obligatory."),
    (ROLL, PersonField.BORN_ON): _("dd/mm/yyyy, mm/yyyy or yyyy."),
    (ROLL, PersonField.GENDER): _("From the list, or empty."),
    (ROLL, PersonField.CELL): _(
        "Obligatory, from the list. Who belongs to another cell is not moved by a"
        " workbook: that is a transfer."
    ),
    (ROLL, PersonField.ADMITTED_ON): _("dd/mm/yyyy, mm/yyyy or yyyy."),
    (ROLL, PersonField.OFFICIAL_ON): _(
        "dd/mm/yyyy, mm/yyyy or yyyy; empty for a probationary member."
    ),
    (ROLL, PersonField.CARD_NUMBER): _("8 digits (38.012345) or 12; may be empty."),
    (ROLL, PersonField.PERSONAL_ID): _("12 digits; may be empty."),
    (ROLL, PersonField.STATUS): _(
        "From the list, or empty. It is compared and never changes anything: to exempt,"
        " suspend or make a full member is an act by a document."
    ),
}

WIDTHS: Mapping[str, int] = {
    PersonField.NAME: 32,
    PersonField.CELL: 24,
    PersonField.CARD_NUMBER: 20,
    PersonField.PERSONAL_ID: 22,
    PersonField.STATUS: 34,
}

wording = Wording(
    {
        **WRONG,
        RollMatter.CARD_NUMBER: _("A card number has 8 digits (38.012345) or 12."),
        RollMatter.PERSONAL_ID: _("A personal number has 12 digits."),
        RollMatter.NUMBER_TWICE: _("Row %(row)s has the same number already."),
        RollMatter.CARD_NUMBER_TAKEN: _("This card number is taken."),
        RollMatter.PERSONAL_ID_TAKEN: _("This personal number is taken."),
        RollMatter.CELL_UNKNOWN: _(
            "Your unit has no open cell of this code. The sheet “Danh mục” lists them."
        ),
        RollMatter.OF_NOBODY_HERE: _(
            "This code is taken by somebody who is on no roll of your unit. Give a new"
            " person another code; who comes from elsewhere is transferred."
        ),
        RollMatter.IN_ANOTHER_CELL: _(
            "This person belongs to the cell %(cell)s. A workbook moves nobody: record"
            " the transfer."
        ),
        RollMatter.OF_ONESELF: _(
            "Nobody corrects the own record: the deputy of the cell or another office"
            " clerk does it, or the office of the unit above."
        ),
        RollMatter.DAY_MISSING: _(
            "Who is called a full member must have the day since when."
        ),
        RollMatter.DAY_TOO_MANY: _(
            "Who is called a probationary member has no such day yet."
        ),
        RollMatter.CARD_ON_PROBATION: _("A probationary member has no card number."),
        RollMatter.TO_COME: _("This day has not come yet."),
        RollMatter.NOT_PAUSED: _(
            "The roll does not say so of this person. Record it on the person's page,"
            " with its document; leave the cell empty here."
        ),
    }
)


def offer_of(cells: Mapping[str, str]) -> Offer:
    """Return what the workbook offers; `cells` are names by codes."""
    lists: Lists = {
        (ROLL, PersonField.GENDER): dict.fromkeys(GENDERS, ""),
        (ROLL, PersonField.CELL): dict(cells),
        (ROLL, PersonField.STATUS): dict.fromkeys(STANDINGS.values(), ""),
    }
    return Offer((ROLL,), lists, HELP, WIDTHS)


def write_roll(
    stream: IO[bytes], cells: Mapping[str, str], people: Iterable[list[str]] = ()
) -> None:
    """Write the workbook with these rows, in the order of its heads; none is empty."""
    write_book(stream, offer_of(cells), {ROLL.name: people})
