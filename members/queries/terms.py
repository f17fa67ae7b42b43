"""Terms of units, and what refers to them: posts, numbers of documents, periods."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from members.models import DocumentNumber, PartyUnit, UnitTerm

MOST_NUMBERS = 500


def terms_of(unit: PartyUnit) -> list[UnitTerm]:
    """Return the terms of a unit, the latest first; one query."""
    return list(UnitTerm.objects.filter(unit=unit).order_by("-from_on"))


def term_on(unit: PartyUnit, day: date) -> UnitTerm | None:
    """Return the term of a unit that runs on a day; None where none is recorded.

    "Since the start of the term" is from its `from_on`, included, to the day.
    """
    return UnitTerm.objects.on(day).filter(unit=unit).first()


def name_on(terms: Iterable[UnitTerm], day: date) -> str:
    """Return how the term of a day is called, of terms that are loaded; "" for none."""
    ends = date.max
    return next(
        (each.name for each in terms if each.from_on <= day < (each.until_on or ends)),
        "",
    )


def numbers_of(
    numbers: QuerySet[DocumentNumber], term: UnitTerm
) -> QuerySet[DocumentNumber]:
    """Return those of a term, the latest first; the caller got them by a scope."""
    given = numbers.filter(term=term)
    return given.select_related("given_by").order_by("-signed_on", "-pk")[:MOST_NUMBERS]
