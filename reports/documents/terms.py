"""The words and numerals of a document: labels of codes, counts, percents, dates.

Labels come from the rule set and the vocabulary; what neither holds is translated
into the language that is active, which `reading_in` sets.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from campaigns.rulesets import RuleSet
from members.vocabulary import Vocabulary

NOTHING = "–"  # a percent without a base
ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def count_text(count: int, language: str) -> str:
    """Return a count with its thousands set apart: "1.234", in English "1,234"."""
    grouped = f"{count:,}"
    return grouped if language == "en" else grouped.replace(",", ".")


def percent_text(percent: Decimal | None, language: str) -> str:
    """Return a percent without its sign: "12,34", in English "12.34".

    None, a percent that has no base, becomes a dash.
    """
    if percent is None:
        return NOTHING
    text = f"{percent:.2f}"
    return text if language == "en" else text.replace(".", ",")


def rate_text(percent: Decimal, language: str) -> str:
    """Return a prescribed percent, which has no more decimals than it needs: "20"."""
    text = f"{percent.normalize():f}"
    return text if language == "en" else text.replace(".", ",")


def date_text(day: date | None, language: str) -> str:
    """Return the date line of a document; without a day, room to write it by hand.

    Source: `docs/rules/documents.md` § 2: the day below 10 and the months 1 and 2 have a
    nought, so that no figure can be put before them.
    """
    if day is None:
        # Prescribed words, which stay Vietnamese in an English document.
        return "ngày .... tháng .... năm ......"
    if language == "en":
        return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def small_first(label: str) -> str:
    """Return a label as it stands within a sentence."""
    return label[:1].lower() + label[1:]


@contextmanager
def reading_in(language: str) -> Iterator[None]:
    """Make `language` the one that labels and sentences are written in."""
    with translation.override(language):
        yield


@dataclass(frozen=True, slots=True)
class Terms:
    """The labels of one document; use it within `reading_in(language)`."""

    rule_set: RuleSet
    vocabulary: Vocabulary
    language: str

    def count(self, count: int) -> str:
        """Return a count as this document prints it."""
        return count_text(count, self.language)

    def percent(self, percent: Decimal | None) -> str:
        """Return a percent as this document's tables print it, without its sign."""
        return percent_text(percent, self.language)

    def level(self, subject: str, code: str) -> str:
        """Return the label of a level; "" is an organisation that was not assessed."""
        if not code:
            return pgettext("table", "Not assessed")
        levels = self.rule_set.scheme(subject).levels
        return {each.code: each.label for each in levels}[code].text(self.language)

    def level_in_brief(self, subject: str, code: str) -> str:
        """Return the short label of a level, for narrow columns."""
        if not code:
            return self.level(subject, code)
        levels = self.rule_set.scheme(subject).levels
        return {each.code: each.short for each in levels}[code].text(self.language)

    def levels_in_full(self, subject: str) -> str:
        """Return what each short label of a level stands for, where it is another."""
        levels = self.rule_set.scheme(subject).levels
        labels = [
            (each.short.text(self.language), each.label.text(self.language))
            for each in levels
        ]
        return (
            "; ".join(f"{short}: {label}" for short, label in labels if short != label)
            + "."
        )

    def sum_of_levels(self, subject: str, code: str) -> str:
        """Return the label of a level, of a group of levels, or of good and better."""
        scheme = self.rule_set.scheme(subject)
        if code in scheme.codes:
            return self.level(subject, code)
        groups = {each.code: each.label.text(self.language) for each in scheme.groups}
        best_first = self.level(subject, "GOOD")
        return groups.get(code) or _("%(level)s or better") % {"level": best_first}

    def kind(self, code: str) -> str:
        """Return the label of a kind of party body."""
        return self.vocabulary.kinds[code].label.text(self.language)

    def sector(self, code: str) -> str:
        """Return the label of a sector; "" is none."""
        if not code:
            return _("Sector not given")
        return self.vocabulary.sectors[code].label.text(self.language)

    def status(self, code: str) -> str:
        """Return the label of what a person's assessment came to."""
        statuses = {each.code: each.label for each in self.rule_set.statuses}
        return statuses[code].text(self.language)

    def reason(self, code: str) -> str:
        """Return the label of a reason for the lowest level."""
        reasons = {each.code: each.label for each in self.rule_set.reasons}
        return reasons[code].text(self.language)

    def subject(self, code: str) -> str:
        """Return the name of what is counted."""
        return {
            "members": _("Party members"),
            "grassroots": _("Grassroots party organisations"),
            "cells": _("Party cells"),
        }[code]

    def counted(self, subject: str, count: int) -> str:
        """Return a count with what is counted, as "1.234 đảng viên"."""
        text = {
            "members": ngettext("%(count)s member", "%(count)s members", count),
            "grassroots": ngettext(
                "%(count)s grassroots party organisation",
                "%(count)s grassroots party organisations",
                count,
            ),
            "cells": ngettext("%(count)s party cell", "%(count)s party cells", count),
        }[subject]
        return text % {"count": self.count(count)}

    def base(self, code: str) -> str:
        """Return what a ceiling's percent is taken of."""
        return {
            "GOOD_ONLY": pgettext("base of a percent", "rated good"),
            "GOOD_OR_BETTER": pgettext("base of a percent", "rated good or better"),
            "ASSESSED": pgettext("base of a percent", "assessed"),
        }[code]

    def wording(self) -> str:
        """Return what the rule set calls the act, as "đánh giá, xếp loại"."""
        return self.rule_set.wording.text(self.language)
