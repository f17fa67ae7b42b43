"""The empty results workbook, with lists to choose from and a page of help."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import IO, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from campaigns.rulesets import RuleSet, Term
from members.spreadsheets.cells import ROLL_LIMITS, column_letter
from members.vocabulary import Vocabulary
from reviews.sheets.writing import head_style, new_book, put_row
from reviews.workbook.layout import GENDERS, LAYOUTS, PEOPLE, UNITS, Field, Layout

# Sheets of these names are ignored when the workbook comes back.
LISTS_SHEET = "Danh mục"
HELP_SHEET = "Hướng dẫn"

Place: TypeAlias = tuple[Layout, Field]
Lists: TypeAlias = dict[Place, list[str]]  # labels to choose from

_WIDTHS = {
    Field.NAME: 38,
    Field.KIND: 28,
    Field.SECTOR: 40,
    Field.STATUS: 32,
    Field.LEVEL: 42,
    Field.REASON: 42,
}
_USUAL_WIDTH = 17
_HELP_WIDTHS = (14, 34, 90)
_LONGEST_TITLE = 32  # Excel's own limit

_HELP: Mapping[Place, str | Promise] = {
    (UNITS, Field.CODE): _("Obligatory, each code once."),
    (UNITS, Field.NAME): _("Obligatory."),
    (UNITS, Field.PARENT): _("Code of the unit above; empty for exactly one unit."),
    (UNITS, Field.KIND): _("Obligatory, from the list."),
    (UNITS, Field.SECTOR): _(
        "From the list. Obligatory for grassroots organisations; a cell takes it from"
        " its grassroots organisation, higher up it may be empty."
    ),
    (UNITS, Field.LEVEL): _("From the list; empty means not assessed."),
    (PEOPLE, Field.CODE): _(
        "Obligatory, each code once: a lasting code of your own, not the number of the"
        " membership card."
    ),
    (PEOPLE, Field.NAME): _("Obligatory."),
    (PEOPLE, Field.BORN_ON): _("dd/mm/yyyy, mm/yyyy or yyyy."),
    (PEOPLE, Field.GENDER): _("From the list, or empty."),
    (PEOPLE, Field.CELL): _(
        "Obligatory: code of a cell or a grassroots cell of the sheet “Đơn vị”."
    ),
    (PEOPLE, Field.ADMITTED_ON): _("dd/mm/yyyy, mm/yyyy or yyyy."),
    (PEOPLE, Field.OFFICIAL_ON): _(
        "dd/mm/yyyy, mm/yyyy or yyyy; empty for a probationary member."
    ),
    (PEOPLE, Field.STATUS): _("Obligatory, from the list."),
    (PEOPLE, Field.LEVEL): _(
        "From the list: for those assessed obligatory, for all others empty."
    ),
    (PEOPLE, Field.REASON): _(
        "From the list, only with the level “not completed”; may be empty."
    ),
}


def write_template(
    stream: IO[bytes],
    *,
    vocabulary: Vocabulary,
    rule_sets: Sequence[RuleSet],
    year: int | None = None,
) -> None:
    """Write an empty results workbook to the stream.

    Shape: with a year the lists offer what is valid at its end, else everything;
        the levels are those of all rule sets given.
    """
    lists = {
        **_lists_of_vocabulary(vocabulary, year=year),
        **_lists_of_rules(rule_sets),
        (PEOPLE, Field.GENDER): list(GENDERS),
    }
    with new_book(stream) as book:
        for layout in LAYOUTS:
            _add_sheet(book, layout, lists)
        _add_lists(book, lists)
        _add_help(book)


def _lists_of_vocabulary(vocabulary: Vocabulary, *, year: int | None) -> Lists:
    kinds, sectors = (
        tuple(vocabulary.kinds.values()),
        tuple(vocabulary.sectors.values()),
    )
    if year is not None:
        on = date(year, 12, 31)
        kinds, sectors = vocabulary.kinds_on(on), vocabulary.sectors_on(on)
    return {
        (UNITS, Field.KIND): [kind.label.vi for kind in kinds],
        (UNITS, Field.SECTOR): [sector.label.vi for sector in sectors],
    }


def _lists_of_rules(rule_sets: Sequence[RuleSet]) -> Lists:
    """Return the labels of all rule sets, each once."""
    terms: dict[Place, list[Term]] = {
        (UNITS, Field.LEVEL): [
            level for rules in rule_sets for level in rules.organisations.levels
        ],
        (PEOPLE, Field.STATUS): [
            status for rules in rule_sets for status in rules.statuses
        ],
        (PEOPLE, Field.LEVEL): [
            level for rules in rule_sets for level in rules.members.levels
        ],
        (PEOPLE, Field.REASON): [
            reason for rules in rule_sets for reason in rules.reasons
        ],
    }
    return {
        place: list(dict.fromkeys(term.label.vi for term in all_terms))
        for place, all_terms in terms.items()
    }


def _add_sheet(book: Workbook, layout: Layout, lists: Lists) -> None:
    sheet = book.add_worksheet(layout.name)
    # As text, or Excel makes 1905 of the year 1960 and drops the zeros of codes.
    as_text = book.add_format({"num_format": "@"})
    for at, head in enumerate(layout.heads):
        sheet.set_column(at, at, _WIDTHS.get(head.field, _USUAL_WIDTH), as_text)
        if (layout, head.field) in lists:
            _offer_list(sheet, at, (layout, head.field), lists)
    put_row(sheet, 0, [head.label for head in layout.heads], head_style(book))
    sheet.freeze_panes(1, 0)


def _offer_list(sheet: Worksheet, column: int, place: Place, lists: Lists) -> None:
    letter = column_letter(list(lists).index(place))
    last_row = len(lists[place]) + 1
    choices = {
        "validate": "list",
        "source": f"='{LISTS_SHEET}'!${letter}$2:${letter}${last_row}",
        # Codes, short labels and other spellings are read as well.
        "error_type": "warning",
        "error_title": gettext("Not in the list")[:_LONGEST_TITLE],
        "error_message": gettext("This text is not in the list. Keep it?"),
    }
    sheet.data_validation(1, column, ROLL_LIMITS.max_rows, column, choices)


def _add_lists(book: Workbook, lists: Lists) -> None:
    sheet = book.add_worksheet(LISTS_SHEET)
    sheet.set_column(0, len(lists) - 1, _WIDTHS[Field.SECTOR])
    heads = [layout.head_of(field).label for layout, field in lists]
    put_row(sheet, 0, heads, head_style(book))
    for row, labels in enumerate(zip_longest(*lists.values(), fillvalue=""), start=1):
        put_row(sheet, row, list(labels))


def _add_help(book: Workbook) -> None:
    sheet = book.add_worksheet(HELP_SHEET)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for at, width in enumerate(_HELP_WIDTHS):
        sheet.set_column(at, at, width, wrapped)
    heads = [gettext("Sheet"), gettext("Column"), gettext("What to enter")]
    put_row(sheet, 0, heads, head_style(book))
    for row, ((layout, field), text) in enumerate(_HELP.items(), start=1):
        label = layout.head_of(field).label
        put_row(sheet, row, [layout.name, label, str(text)], wrapped)
