"""The lists to choose from in a results workbook, and where each entry holds."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from operator import attrgetter
from typing import TypeAlias

from django.utils.translation import get_language, gettext
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from campaigns.rulesets import RuleSet
from members.names import fold
from members.spreadsheets.cells import ROLL_LIMITS, column_letter
from members.vocabulary import Label, Sector, UnitKind, Vocabulary
from reviews.sheets.writing import add_page, head_style, put_row, put_wrapped
from reviews.workbook.layout import GENDERS, PEOPLE, UNITS, Field, Layout

# A sheet of this name is ignored when the workbook comes back.
LISTS_SHEET = "Danh mục"

Place: TypeAlias = tuple[Layout, Field]
# Labels to choose from, and to what alone each applies; "" is everything.
Lists: TypeAlias = dict[Place, dict[str, str]]

_LABEL_WIDTH, _ONLY_WIDTH = 28, 22
_LONGEST_TITLE = 32  # Excel's own limit


def lists_of(
    vocabulary: Vocabulary, rule_sets: Sequence[RuleSet], *, year: int | None
) -> Lists:
    """Return the list behind each column that has one.

    Shape: with a year what is valid at its end, else everything; what the rule sets
        name, once, in the order of the newest.
    """
    return {
        **_lists_of_vocabulary(vocabulary, year=year),
        **_lists_of_rules(rule_sets),
        (PEOPLE, Field.GENDER): dict.fromkeys(GENDERS, ""),
    }


def offer_lists(
    sheet: Worksheet, layout: Layout, heads: Iterable[str], lists: Lists
) -> None:
    """Give each column its list, in whatever order and spelling the heads stand."""
    fields = {text: head.field for head in layout.heads for text in head.spellings}
    for column, head in enumerate(heads):
        field = fields.get(fold(head))
        if field and (layout, field) in lists:
            _offer_list(sheet, column, (layout, field), lists)


def add_lists(book: Workbook, lists: Lists) -> None:
    """Add the sheet from which the lists are taken."""
    sheet = add_page(book, LISTS_SHEET)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    heads: list[str] = []
    widths: list[int] = []
    columns: list[list[str]] = []
    for (layout, field), entries in lists.items():
        # Both sheets have a column of levels.
        heads.append(f"{layout.name}: {layout.head_of(field).label}")
        widths.append(_LABEL_WIDTH)
        columns.append(list(entries))
        if _is_limited(entries):
            heads.append(gettext("Only for"))
            widths.append(_ONLY_WIDTH)
            columns.append(list(entries.values()))
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    put_row(sheet, 0, heads, head_style(book))
    for row, texts in enumerate(zip_longest(*columns, fillvalue=""), start=1):
        put_wrapped(sheet, row, list(texts), widths=widths, style=wrapped)


def _is_limited(entries: Mapping[str, str]) -> bool:
    return any(entries.values())


def _column_of(place: Place, lists: Lists) -> int:
    before = list(lists.values())[: list(lists).index(place)]
    return len(before) + sum(map(_is_limited, before))


def _lists_of_vocabulary(vocabulary: Vocabulary, *, year: int | None) -> Lists:
    kinds: Iterable[UnitKind] = vocabulary.kinds.values()
    sectors: Iterable[Sector] = vocabulary.sectors.values()
    if year is not None:
        on = date(year, 12, 31)
        kinds, sectors = vocabulary.kinds_on(on), vocabulary.sectors_on(on)
    return {
        (UNITS, Field.KIND): {each.label.vi: _days(each) for each in kinds},
        (UNITS, Field.SECTOR): {each.label.vi: _days(each) for each in sectors},
    }


def _days(term: UnitKind | Sector) -> str:
    first, last = (
        f"{day:%d/%m/%Y}" if day else "" for day in (term.valid_from, term.valid_until)
    )
    if first and last:
        return f"{first}–{last}"
    if first:
        return gettext("from %(day)s") % {"day": first}
    return gettext("until %(day)s") % {"day": last} if last else ""


def _lists_of_rules(rule_sets: Sequence[RuleSet]) -> Lists:
    newest_first = sorted(rule_sets, key=attrgetter("valid_from"), reverse=True)
    labels: Mapping[Place, list[list[Label]]] = {
        (UNITS, Field.LEVEL): [
            [level.label for level in rules.organisations.levels]
            for rules in newest_first
        ],
        (PEOPLE, Field.STATUS): [
            [status.label for status in rules.statuses] for rules in newest_first
        ],
        (PEOPLE, Field.LEVEL): [
            [level.label for level in rules.members.levels] for rules in newest_first
        ],
        (PEOPLE, Field.REASON): [
            [reason.label for reason in rules.reasons] for rules in newest_first
        ],
    }
    return {place: _merged(newest_first, each) for place, each in labels.items()}


def _merged(
    rule_sets: Sequence[RuleSet], labels: Sequence[Sequence[Label]]
) -> dict[str, str]:
    """Return each label once, with the rule sets that have it where not all do."""
    named: dict[str, list[str]] = {}
    for rules, own in zip(rule_sets, labels, strict=True):
        for label in own:
            named.setdefault(label.vi, []).append(rules.label.text(get_language()))
    return {
        label: "" if len(names) == len(rule_sets) else "; ".join(names)
        for label, names in named.items()
    }


def _offer_list(sheet: Worksheet, column: int, place: Place, lists: Lists) -> None:
    letter = column_letter(_column_of(place, lists))
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
