"""The note on method: which rules, what every percent is of, and what is uncertain."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaigns.rulesets import Ceiling
from reports.documents.head import DocumentHead
from reports.documents.narrative import Section
from reports.documents.terms import Terms, rate_text


def method_note(head: DocumentHead, terms: Terms) -> tuple[Section, ...]:
    """Return what a reader must know to read the figures, in numbered sections."""
    return (
        Section(_("The rule set"), _rule_set(head, terms)),
        Section(_("What is counted"), _counted()),
        Section(_("Percents"), _percents()),
        Section(_("The permitted number of the best level"), _ceilings(terms)),
    )


def _rule_set(head: DocumentHead, terms: Terms) -> tuple[str, ...]:
    rule_set = terms.rule_set
    said = [
        _("Rule set: %(citation)s.")
        % {"citation": rule_set.citation.text(terms.language)}
    ]
    if not rule_set.applies_in(head.year):
        said.append(
            _(
                "The rule set was not in force at the end of %(year)s; it is used here "
                "as the campaign was set up."
            )
            % {"year": head.year}
        )
    said += [note.text.text(terms.language) for note in rule_set.notes]
    return tuple(said)


def _counted() -> tuple[str, ...]:
    return (
        _(
            "Members present are those assessed, those exempt, those not yet reviewed "
            "and those reviewed or present without a level. Members are counted where "
            "they are placed, each once."
        ),
        _(
            "The figures of a unit are those of everything below it, without the level "
            "of the unit itself. They are the sum of the figures of its subordinate "
            "units, the levels of these units, and the members placed directly at it."
        ),
        _(
            "Grassroots party organisations are grassroots committees and grassroots "
            "cells; party cells are the cells below a committee. A member's sector is "
            "that of the grassroots organisation."
        ),
    )


def _percents() -> tuple[str, ...]:
    return (
        _(
            "A percent is of the assessed where no other base is named, and has no "
            "value where nobody was assessed. It is rounded half up to two decimals, so "
            "percents need not add up to 100."
        ),
    )


def _ceilings(terms: Terms) -> tuple[str, ...]:
    ceilings = terms.rule_set.ceilings
    if not ceilings:
        return (_("The rule set, as far as it is known here, sets none."),)
    return tuple(
        " ".join([*ceiling_said(each, terms), *doubts_about(each)]) for each in ceilings
    )


def ceiling_said(ceiling: Ceiling, terms: Terms) -> list[str]:
    """Return the rule, a sentence for each percent."""
    said = [
        _(
            "%(subject)s with the level %(level)s: at most %(percent)s%% of those "
            "%(base)s, counted by %(unit)s, %(rounding)s."
        )
        % {
            "subject": terms.subject(ceiling.subject),
            "level": terms.level(ceiling.subject, ceiling.level),
            "percent": rate_text(ceiling.percent, terms.language),
            "base": terms.base(ceiling.base),
            "unit": _unit(ceiling.unit),
            "rounding": _rounding(ceiling.rounding),
        }
    ]
    if ceiling.percent_special is not None:
        said.append(
            _("In special cases at most %(percent)s%%.")
            % {"percent": rate_text(ceiling.percent_special, terms.language)}
        )
    return said


def doubts_about(ceiling: Ceiling) -> list[str]:
    """Return which values nobody here has read in a published text, and how not.

    A sentence for each way of not being sure.
    """
    rules = (
        (_("the percent"), ceiling.percent_rule.certainty),
        (_("the base"), ceiling.base_certainty),
        (_("the unit that is counted by"), ceiling.unit_certainty),
        (_("the rounding"), ceiling.rounding_rule.certainty),
    )
    doubts = []
    for mark in ("S2", "R", "U"):
        values = [value for value, certainty in rules if certainty == mark]
        if values:
            doubts.append(
                _("Uncertain (%(how)s): %(values)s.")
                % {"how": _certainty(mark), "values": ", ".join(values)}
            )
    if len(ceiling.bases) > 1:
        doubts.append(_("The table shows every base in question."))
    return doubts


def _certainty(mark: str) -> str:
    return {
        "S2": _("read second hand"),
        "R": _("from general knowledge, unchecked"),
        "U": _("not known, chosen here"),
    }[mark]


def _unit(code: str) -> str:
    return {
        "GRASSROOTS": pgettext("counted by", "grassroots party organisation"),
        "CELL": pgettext("counted by", "party cell"),
        "SIMILAR_GROUP": pgettext(
            "counted by", "group of similar position, function and task"
        ),
        "SUPERIOR": pgettext("counted by", "directly superior party organisation"),
    }[code]


def _rounding(code: str) -> str:
    return {
        "FLOOR": _("rounded down"),
        "HALF_UP": _("rounded half up"),
        "CEILING": _("rounded up"),
    }[code]
