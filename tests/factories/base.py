"""What every factory shares."""

from datetime import UTC, date, datetime

from factory.django import DjangoModelFactory

OPENED = date(2010, 1, 1)
NOON = datetime(2024, 12, 1, 5, tzinfo=UTC)  # noon in Vietnam


class Factory(DjangoModelFactory):
    """Rows are saved once: what is built after a row never changes the row."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True
