"""Which form of review somebody gets, by the rule set and what they are. Pure.

Source: docs/rules/self-reviews.md § 1.
"""

from collections.abc import Iterable

from campaigns.form_definitions.asking import with_asked
from campaigns.form_definitions.loading import codes_of, load
from campaigns.form_definitions.model import FormDefinition
from campaigns.form_definitions.points import kind_of, with_points
from campaigns.rulesets.procedure import Criteria, Form

# Of rule sets that name none of the forms that ship: those of 2019.
ELSE = "self-review-02-2019.1"
ELSE_OF_COLLECTIVES = "collective-01-2019.1"


def self_reviews_for(forms: Iterable[Form], level: str) -> tuple[str, ...]:
    """Return the codes of the forms that this level may choose from, the first first."""
    return _named("SELF_REVIEW", forms, kind_of(level)) or (ELSE,)


def collective_reports_for(forms: Iterable[Form], kind: str) -> tuple[str, ...]:
    """Return the codes of the forms that a body may choose from, the first first.

    `kind` is "ORGANISATION" or "COLLECTIVE".
    Source: docs/rules/collective-reports.md § 1.
    """
    return _named("COLLECTIVE_REVIEW", forms, kind) or (ELSE_OF_COLLECTIVES,)


def resolved(
    code: str, criteria: Criteria, *, kind: str, asked: Iterable[tuple[str, str]]
) -> FormDefinition:
    """Return a form with the criteria of a campaign and what is to be answered."""
    return with_asked(with_points(load(code), criteria, kind), asked)


def _named(of: str, forms: Iterable[Form], kind: str) -> tuple[str, ...]:
    ships = {load(code).prescribed: code for code in codes_of(of)}
    named = [form.code for form in forms if kind in form.applies_to]
    return tuple(ships[code] for code in named if code in ships)
