"""What people and units are reminded of: one matter is one object, of whatever app.

Source: docs/rules/reminders.md § 3.
"""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from campaigns.queries.matters.base import Matter
from campaigns.queries.matters.people import OfPeople
from campaigns.reminding import Matter as Code


@cache
def all_matters() -> dict[Code, Matter]:
    """Return every matter that `settings.REMINDER_MATTERS` names, by its code."""
    found = [import_string(path)() for path in settings.REMINDER_MATTERS]
    return {matter.code: matter for matter in found}


def matter_of(code: str) -> Matter:
    """Return a matter by its code."""
    return all_matters()[Code(code)]


def matter_of_people(code: str) -> OfPeople:
    """Return a matter that people do one by one.

    Raises: LookupError where it is not one of these.
    """
    for matter in matters_of_people():
        if matter.code == code:
            return matter
    raise LookupError(code)


def matters_of_people() -> list[OfPeople]:
    """Return those that people do one by one, in the order of the year."""
    found = (all_matters()[code] for code in Code)
    return [each for each in found if isinstance(each, OfPeople)]


def matters_told_upward() -> list[Matter]:
    """Return those of which the level above is told, in the order of the year."""
    found = (all_matters()[code] for code in Code)
    return [each for each in found if each.goes_up]
