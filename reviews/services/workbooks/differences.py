"""What the registry keeps as it is, where a file says something else, in words."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from members.dates import display_partial
from members.models import Gender
from members.services.registering import Difference
from members.vocabulary import vocabulary


def difference_text(difference: Difference) -> str:
    """Return the sentence for one thing that the registry keeps as it is."""
    return _(
        "%(code)s, %(column)s: the register has “%(registry)s”, the file “%(file)s”."
    ) % {
        "code": difference.code,
        "column": _COLUMNS[difference.column](),
        "registry": _in_words(difference.column, difference.registry),
        "file": _in_words(difference.column, difference.file),
    }


def _in_words(column: str, value: str) -> str:
    """Return a value as a clerk would write it, where the registry keeps a code."""
    if not value:
        return _("(empty)")
    if column in {"kind", "sector"}:
        terms = vocabulary().kinds if column == "kind" else vocabulary().sectors
        return terms[value].label.text(get_language() or "vi")
    if column == "gender":
        return str(Gender(value).label)
    return display_partial(value) if column in _DAYS else value


_DAYS = {"born_on", "admitted_on", "official_on"}

_COLUMNS = {
    "name": lambda: _("name"),
    "kind": lambda: _("kind of party body"),
    "sector": lambda: _("sector"),
    "parent": lambda: _("unit above"),
    "full_name": lambda: _("full name"),
    "born_on": lambda: _("born on"),
    "gender": lambda: _("gender"),
    "admitted_on": lambda: _("admitted on"),
    "official_on": lambda: _("full member since"),
    "unit": lambda: _("cell"),
}
