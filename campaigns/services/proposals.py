"""The level that a cell proposes for a person; never the level that is decided.

Source: docs/rules/ballots.md § 6.4.
"""

from collections.abc import Mapping

from campaigns.models import Participant


def propose_levels(levels: Mapping[int, str]) -> None:
    """Write the proposed levels by participant; "" where none follows.

    Counts nowhere: tallies hold decided levels alone. The caller holds the transaction
    and records the act.
    """
    people = Participant.objects.select_for_update(no_key=True).order_by("pk")
    changed = [
        person
        for person in people.filter(pk__in=levels)
        if person.proposed_level != levels[person.pk]
    ]
    for person in changed:
        person.proposed_level = levels[person.pk]
        person.version += 1
    Participant.objects.bulk_update(changed, ["proposed_level", "version"])
