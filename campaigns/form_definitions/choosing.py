"""Which form of self-review somebody gets, by the rule set and what they lead. Pure.

Source: docs/rules/self-reviews.md § 1.
"""

from collections.abc import Iterable

from campaigns.form_definitions.loading import codes_of, load
from campaigns.form_definitions.points import kind_of
from campaigns.rulesets.procedure import Form

# Of rule sets that name none of the forms that ship: the form of 2019 asks everybody.
ELSE = "self-review-02-2019.1"


def self_reviews_for(forms: Iterable[Form], level: str) -> tuple[str, ...]:
    """Return the codes of the forms that this level may choose from, the first first."""
    ships = {load(code).prescribed: code for code in codes_of("SELF_REVIEW")}
    kind = kind_of(level)
    named = [form.code for form in forms if kind in form.applies_to]
    return tuple(ships[code] for code in named if code in ships) or (ELSE,)
