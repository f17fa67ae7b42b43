"""Random reminders and e-mails of a day, for the worlds of this package."""

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random

from campaigns.models import CampaignUnit, Digest, Participant, Reminder
from members.models import Account

NOW = datetime(2024, 3, 25, 5, tzinfo=UTC)


def add(
    random: Random,
    places: Sequence[CampaignUnit],
    people: Sequence[Participant],
    accounts: Sequence[Account],
) -> None:
    """Write who was reminded as a person, who by a post, and what e-mails went out."""
    Reminder.objects.bulk_create(
        Reminder(
            unit=random.choice(places),
            matter="PLEDGE",
            to="PERSON",
            participant=person,
            on="2024-03-25",
        )
        for person in people
    )
    Reminder.objects.bulk_create(
        Reminder(
            unit=random.choice(places),
            matter="PLEDGE",
            to=random.choice(["SECRETARY", "ABOVE"]),
            account=account,
            on="2024-03-25",
        )
        for account in accounts
    )
    Digest.objects.bulk_create(
        Digest(account=account, on="2024-03-25", begun_at=NOW)
        for account in accounts[::2]
    )
