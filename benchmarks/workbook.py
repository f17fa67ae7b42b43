"""A generated world as a results workbook, as a clerk would have filled it in."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.province import RULE_SET
from campaigns import rulesets
from campaigns.contents import NO_PARENT, Contents
from campaigns.rulesets import Term
from members.sheets.writing import new_book, put_row
from members.vocabulary import vocabulary
from members.workbook.layout import GENDERS, Layout
from reviews.workbook.layout import PEOPLE, UNITS


def write_workbook(contents: Contents, path: Path) -> None:
    """Write both sheets: labels for codes, days as people write them."""
    with path.open("wb") as stream, new_book(stream) as book:
        for layout, columns in (
            (UNITS, _unit_columns(contents)),
            (PEOPLE, _people_columns(contents)),
        ):
            sheet = book.add_worksheet(layout.name)
            put_row(sheet, 0, _heads(layout))
            for row, texts in enumerate(zip(*columns, strict=True), start=1):
                put_row(sheet, row, list(texts))


def _heads(layout: Layout) -> list[str]:
    return [head.label for head in layout.heads]


def _unit_columns(contents: Contents) -> Sequence[Sequence[str]]:
    units, words = contents.units, vocabulary()
    rules = rulesets.load(RULE_SET)
    above = [units.code[at] if at != NO_PARENT else "" for at in units.parent]
    return (
        units.code,
        units.name,
        above,
        [words.kinds[kind].label.vi for kind in units.kind],
        [words.sectors[code].label.vi if code else "" for code in units.sector],
        _labelled(units.level, rules.organisations.levels),
    )


def _people_columns(contents: Contents) -> Sequence[Sequence[str]]:
    people, rules = contents.people, rulesets.load(RULE_SET)
    genders = {code: label for label, code in GENDERS.items()}
    return (
        people.code,
        people.full_name,
        _days(people.born_on),
        [genders[gender] for gender in people.gender],
        [contents.units.code[at] for at in people.unit],
        _days(people.admitted_on),
        _days(people.official_on),
        _labelled(people.status, rules.statuses),
        _labelled(people.level, rules.members.levels),
        _labelled(people.reason, rules.reasons),
    )


def _labelled(codes: Iterable[str], terms: Iterable[Term]) -> list[str]:
    labels: Mapping[str, str] = {
        "": "",
        "UNSTATED": "",
        **{term.code: term.label.vi for term in terms},
    }
    return [labels[code] for code in codes]


def _days(texts: Iterable[str]) -> list[str]:
    return ["/".join(reversed(text.split("-"))) for text in texts]
