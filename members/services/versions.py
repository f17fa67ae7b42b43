"""Two people who change one row: the second is told, and nothing is overwritten."""

from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class ChangedMeanwhile(Exception):
    """The row is no longer the version that was on the screen; `current` is what it is."""

    def __init__(self, current: models.Model) -> None:
        super().__init__(f"{current._meta.label} {current.pk} has changed")
        self.current = current


def locked_version(rows: models.QuerySet[Row], row: Row, *, version: int) -> Row:
    """Return the row as it is now, held until the transaction ends.

    Raises: ChangedMeanwhile if somebody has written a later version.
    """
    current = rows.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    if current.version != version:  # type: ignore[attr-defined]  # rows that can be edited have one
        raise ChangedMeanwhile(current)
    return current
