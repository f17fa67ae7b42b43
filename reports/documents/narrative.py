"""The text of the report: short, and nothing but figures.

Source: `docs/rules/documents.md` § 4. No sentence praises, blames, ranks or explains.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.documents.ceilings import exceeding_in_words
from reports.documents.counting import (
    PRINTED_SUBJECTS,
    STATES,
    comparable,
    counts_of,
    subjects_below,
)
from reports.documents.head import DocumentHead
from reports.documents.statements import (
    comparison_statement,
    members_statement,
    organisations_statement,
)
from reports.documents.tables import Statement
from reports.documents.terms import Terms, small_first
from reports.figures import Rollup, percent_of


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    paragraphs: tuple[str, ...]
    statement: Statement | None = None


def narrative(rollup: Rollup, head: DocumentHead, terms: Terms) -> tuple[Section, ...]:
    """Return the sections of the report that have anything to say."""
    sections = (
        Section(_("General"), _general(rollup, head, terms)),
        Section(
            _("Party organisations"),
            _organisations(rollup, terms),
            organisations_statement(rollup.unit, terms),
        ),
        Section(
            _("Party members"),
            _members(rollup, terms),
            members_statement(rollup.unit, terms),
        ),
        Section(
            _("Permitted number of the best level"),
            exceeding_in_words(rollup.unit, terms, named=True),
        ),
        Section(
            _("Compared with the previous campaign"),
            _not_compared(rollup, head, terms),
            _comparison(rollup, head, terms),
        ),
    )
    return tuple(each for each in sections if each.paragraphs or each.statement)


def _general(rollup: Rollup, head: DocumentHead, terms: Terms) -> tuple[str, ...]:
    sentence = (
        _(
            "This report sums up the results of the %(wording)s of quality in "
            "%(year)s of %(unit)s and the party organisations below it, under "
            "%(citation)s."
        )
        if rollup.children
        else _(
            "This report sums up the results of the %(wording)s of quality in "
            "%(year)s of %(unit)s, under %(citation)s."
        )
    )
    basis = sentence % {
        "wording": terms.wording(),
        "year": head.year,
        "unit": rollup.unit.unit.name,
        "citation": terms.rule_set.citation.text(terms.language),
    }
    own = rollup.unit.unit
    level = (
        _("Level of %(unit)s: %(level)s.")
        % {
            "unit": own.name,
            "level": small_first(terms.level("grassroots", own.level)),
        },
    )
    size = _("At the time of the review there are %(what)s.") % {
        "what": _listed(_sizes(rollup, terms))
    }
    return (basis, _campaign(head), size, *(level if own.level else ()))


def _campaign(head: DocumentHead) -> str:
    if not head.theme:
        return _("Campaign: %(campaign)s.") % {"campaign": head.campaign}
    return _("Campaign: %(campaign)s; theme: %(theme)s.") % {
        "campaign": head.campaign,
        "theme": head.theme,
    }


def _sizes(rollup: Rollup, terms: Terms) -> Iterable[str]:
    figures = rollup.unit.figures
    counted = (
        (
            ngettext(
                "%(count)s grassroots party organisation",
                "%(count)s grassroots party organisations",
                figures.grassroots.total,
            ),
            figures.grassroots.total,
        ),
        (
            ngettext(
                "%(count)s party cell", "%(count)s party cells", figures.cells.total
            ),
            figures.cells.total,
        ),
        (
            ngettext(
                "%(count)s member present",
                "%(count)s members present",
                figures.members.present,
            ),
            figures.members.present,
        ),
    )
    for text, count in counted:
        if count or count == figures.members.present:
            yield text % {"count": terms.count(count)}


def _organisations(rollup: Rollup, terms: Terms) -> tuple[str, ...]:
    paragraphs = []
    for subject in subjects_below(rollup.unit):
        counts = counts_of(rollup.unit.figures, subject)
        paragraphs.append(
            _assessed(
                terms.subject(subject), counts["assessed"], counts["total"], terms
            )
            + _levels(rollup, subject, terms)
        )
    return tuple(paragraphs)


def _members(rollup: Rollup, terms: Terms) -> tuple[str, ...]:
    counts = counts_of(rollup.unit.figures, "members")
    assessed = _assessed(
        terms.subject("members"), counts["assessed"], counts["present"], terms
    ) + _levels(rollup, "members", terms)
    others = [
        _("%(what)s: %(count)s")
        % {
            "what": small_first(terms.status(status)),
            "count": terms.count(counts[key]),
        }
        for key, status in STATES.items()
        if counts[key]
    ]
    if not others:
        return (assessed,)
    return assessed, _("Not assessed: %(list)s.") % {"list": _listed(others)}


def _assessed(subject: str, assessed: int, total: int, terms: Terms) -> str:
    if not total:
        return _("%(subject)s: none.") % {"subject": subject}
    return _(
        "%(subject)s: %(assessed)s of %(total)s were assessed (%(percent)s%%)."
    ) % {
        "subject": subject,
        "assessed": terms.count(assessed),
        "total": terms.count(total),
        "percent": terms.percent(percent_of(assessed, total)),
    }


def _levels(rollup: Rollup, subject: str, terms: Terms) -> str:
    """Return sentences with every level of the assessed, and the groups of levels."""
    counts = counts_of(rollup.unit.figures, subject)
    if not counts["assessed"]:
        return ""
    scheme = terms.rule_set.scheme(subject)
    said = " " + _("By level: %(list)s.") % {
        "list": _shares(scheme.codes, subject, counts, terms)
    }
    if scheme.groups:
        groups = [each.code for each in scheme.groups]
        said += " " + _("Taken together: %(list)s.") % {
            "list": _shares(groups, subject, counts, terms)
        }
    return said


def _shares(
    codes: Iterable[str], subject: str, counts: Mapping[str, int], terms: Terms
) -> str:
    """Return levels or groups of levels with their counts and percents."""
    scheme = terms.rule_set.scheme(subject)
    shares = []
    for code in codes:
        count = sum(counts[f"levels.{level}"] for level in scheme.levels_in(code))
        shares.append(
            _("%(what)s: %(count)s (%(percent)s%%)")
            % {
                "what": small_first(terms.sum_of_levels(subject, code)),
                "count": terms.count(count),
                "percent": terms.percent(percent_of(count, counts["assessed"])),
            }
        )
    return _listed(shares)


def _not_compared(rollup: Rollup, head: DocumentHead, terms: Terms) -> tuple[str, ...]:
    """Say what was assessed and has no counterpart in the previous campaign."""
    if head.previous is None:
        return ()
    before, now = head.previous.rollup.unit.figures, rollup.unit.figures
    subjects = comparable(before, now)
    return tuple(
        _("%(subject)s: not comparable with %(year)s.")
        % {"subject": terms.subject(subject), "year": head.previous.year}
        for subject in PRINTED_SUBJECTS
        if subject not in subjects and counts_of(now, subject)["assessed"]
    )


def _comparison(rollup: Rollup, head: DocumentHead, terms: Terms) -> Statement | None:
    if head.previous is None:
        return None
    return comparison_statement(head.previous, rollup.unit, head.year, terms)


def _listed(items: Iterable[str]) -> str:
    """Join with semicolons, because labels of levels have commas of their own."""
    return "; ".join(items)
