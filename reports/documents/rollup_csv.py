"""The roll-up as CSV: figures only, a line for the unit and one for each child.

Source: `docs/rules/documents.md` § 7. Commas between the fields and a byte order mark
before them, which Excel needs to read Vietnamese; percents with a point, as in the
JSON. The columns depend on the rule set and the language alone.
"""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaigns.rulesets import RuleSet
from members.vocabulary import Vocabulary
from reports.documents.counting import PRINTED_SUBJECTS
from reports.documents.head import DocumentHead
from reports.documents.statements import lines_of
from reports.documents.tables import Line, percents_of
from reports.documents.terms import Terms, reading_in
from reports.figures import Rollup, UnitFigures

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
# What a spreadsheet would take for the beginning of a formula.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(
    rollup: Rollup, *, rule_set: RuleSet, vocabulary: Vocabulary, head: DocumentHead
) -> bytes:
    """Return the unit, then its children in their order, as UTF-8."""
    with reading_in(head.language):
        terms = Terms(rule_set, vocabulary, head.language)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(_heads(rollup.unit, terms))
        for unit in (rollup.unit, *rollup.children):
            writer.writerow(_fields(unit, terms))
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def _heads(unit: UnitFigures, terms: Terms) -> list[str]:
    heads = [
        _("Code"),
        pgettext("table", "Party organisation"),
        pgettext("table", "Kind"),
        pgettext("table", "Sector"),
        _("Own level"),
    ]
    for subject, lines in _lines(unit, terms):
        for line in lines:
            name = _name(terms.subject(subject), line)
            heads += [name, f"{name} (%)"] if line.base else [name]
    return heads


def _name(subject: str, line: Line) -> str:
    """Return the head of a line's column; a reason and a status can share a label."""
    if line.key.startswith("reasons."):
        return _("%(subject)s, reason: %(label)s") % {
            "subject": subject,
            "label": line.label,
        }
    return f"{subject}: {line.label}"


def _fields(unit: UnitFigures, terms: Terms) -> list[str | int]:
    head = unit.unit
    fields: list[str | int] = [
        harmless(head.code),
        harmless(head.name),
        terms.kind(head.kind),
        terms.sector(head.sector) if head.sector else "",
        terms.level("grassroots", head.level) if head.level else "",
    ]
    for _subject, lines in _lines(unit, terms):
        for line in lines:
            fields += line.counts
            fields += [
                "" if percent is None else f"{percent:.2f}"
                for percent in percents_of(line, lines)
            ]
    return fields


def _lines(unit: UnitFigures, terms: Terms) -> Iterator[tuple[str, tuple[Line, ...]]]:
    for subject in PRINTED_SUBJECTS:
        yield subject, lines_of(unit.figures, (subject,), terms)


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
