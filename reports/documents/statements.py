"""The figures of one unit down the page: members, organisations, two campaigns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaigns.rulesets import LevelScheme
from reports.documents.counting import STATES, comparable, counts_of, subjects_below
from reports.documents.head import Previous
from reports.documents.tables import Line, Statement
from reports.documents.terms import Terms
from reports.figures import Figures, UnitFigures

GOOD_OR_BETTER = "GOOD_OR_BETTER"


def members_statement(unit: UnitFigures, terms: Terms) -> Statement:
    """Return who is present, who was assessed, the levels, and why not completed."""
    return Statement(
        key="members",
        title=_("Members by level"),
        heads=(terms.subject("members"),),
        lines=lines_of(unit.figures, ("members",), terms),
    )


def organisations_statement(unit: UnitFigures, terms: Terms) -> Statement | None:
    """Return the levels of the organisations below; None where there are none."""
    subjects = subjects_below(unit)
    if not subjects:
        return None
    return Statement(
        key="organisations",
        title=_("Party organisations by level"),
        heads=tuple(terms.subject(subject) for subject in subjects),
        lines=lines_of(unit.figures, subjects, terms),
    )


def comparison_statement(
    previous: Previous, unit: UnitFigures, year: int, terms: Terms
) -> Statement | None:
    """Return two campaigns side by side; None where nothing can be compared.

    Source: `docs/rules/documents.md` § 5.
    """
    before, now = previous.rollup.unit.figures, unit.figures
    subjects = comparable(before, now)
    if not subjects:
        return None
    return Statement(
        key="comparison",
        title=_("Assessed by level, %(before)s and %(now)s")
        % {"before": previous.year, "now": year},
        heads=(str(previous.year), str(year)),
        lines=tuple(
            line
            for subject in subjects
            for line in _compared(before, now, subject, terms)
        ),
    )


def lines_of(
    figures: Figures, subjects: tuple[str, ...], terms: Terms
) -> tuple[Line, ...]:
    """Return every line of subjects that share a scheme of levels, side by side.

    **Shape:** who there is, who was not assessed, the assessed and their levels,
    the sums of levels, and the pairs that the rule set names; each line has as many
    counts as there are subjects.
    """
    reading = _Reading(figures, subjects, terms)
    first = (
        reading.members_lines()
        if subjects == ("members",)
        else reading.organisations_lines()
    )
    return (*first, *reading.assessed_lines())


@dataclass(frozen=True, slots=True)
class _Reading:
    figures: Figures
    subjects: tuple[str, ...]
    terms: Terms

    @property
    def scheme(self) -> LevelScheme:
        return self.terms.rule_set.scheme(self.subjects[0])

    def line(
        self,
        key: str,
        label: str,
        *,
        depth: int = 0,
        parts: tuple[str, ...] = (),
        base: str = "",
    ) -> Line:
        """Return a line of a count that the figures have, or else of its parts' sum."""
        tallies = [counts_of(self.figures, subject) for subject in self.subjects]
        counts = tuple(
            tally[key] if key in tally else sum(tally[part] for part in parts)
            for tally in tallies
        )
        return Line(
            key=key, label=label, counts=counts, depth=depth, parts=parts, base=base
        )

    def members_lines(self) -> Iterator[Line]:
        yield self.line(
            "present",
            _("Members present at the time of the review"),
            parts=(*STATES, "assessed"),
        )
        for key, status in STATES.items():
            yield self.line(key, self.terms.status(status), depth=1)

    def organisations_lines(self) -> Iterator[Line]:
        yield self.line(
            "total", _("Party organisations below"), parts=("not_assessed", "assessed")
        )
        yield self.line("not_assessed", pgettext("table", "Not assessed"), depth=1)

    def assessed_lines(self) -> Iterator[Line]:
        yield self.line(
            "assessed",
            pgettext("table", "Assessed"),
            depth=1,
            parts=_levels(self.scheme.codes),
        )
        for code in self.scheme.codes:
            yield self.sum_line(code, depth=2)
        if self.subjects == ("members",):
            yield from self.reason_lines()
        for group in self.scheme.groups:
            yield self.sum_line(group.code, depth=1)
        yield self.sum_line(GOOD_OR_BETTER, depth=1)
        yield from self.pair_lines()

    def sum_line(self, code: str, *, depth: int) -> Line:
        """Return the line of a level or a sum of levels, in percent of the assessed."""
        is_level = code in self.scheme.codes
        return self.line(
            _key_of(code, self.scheme),
            self.terms.sum_of_levels(self.subjects[0], code),
            depth=depth,
            parts=() if is_level else _levels(self.scheme.levels_in(code)),
            base="assessed",
        )

    def reason_lines(self) -> Iterator[Line]:
        """Yield why members did not complete: they come under the last level."""
        for code in self.figures.members.reasons:
            yield self.line(f"reasons.{code}", self.terms.reason(code), depth=3)

    def pair_lines(self) -> Iterator[Line]:
        for pair in self.scheme.within:
            part, whole = (
                self.terms.sum_of_levels(self.subjects[0], code)
                for code in (pair.part, pair.whole)
            )
            yield self.line(
                pair.code,
                _('"%(part)s" of those with "%(whole)s"')
                % {"part": part, "whole": whole},
                depth=1,
                parts=_levels(self.scheme.levels_in(pair.part)),
                base=_key_of(pair.whole, self.scheme),
            )


def _levels(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"levels.{code}" for code in codes)


def _key_of(code: str, scheme: LevelScheme) -> str:
    """Return the key of a line: of a level, of a group, or of good and better."""
    if code in scheme.codes:
        return f"levels.{code}"
    return code if code == GOOD_OR_BETTER else f"groups.{code}"


def _compared(
    before: Figures, now: Figures, subject: str, terms: Terms
) -> Iterator[Line]:
    """Yield the assessed and the levels, with the two campaigns as the counts."""
    tallies = [counts_of(each, subject) for each in (before, now)]
    codes = terms.rule_set.scheme(subject).codes
    assessed = f"{subject}.assessed"
    yield Line(
        key=assessed,
        label=_("%(subject)s assessed") % {"subject": terms.subject(subject)},
        counts=tuple(tally["assessed"] for tally in tallies),
        parts=tuple(f"{subject}.levels.{code}" for code in codes),
    )
    for code in codes:
        yield Line(
            key=f"{subject}.levels.{code}",
            label=terms.level(subject, code),
            counts=tuple(tally[f"levels.{code}"] for tally in tallies),
            depth=1,
            base=assessed,
        )
