"""Where a review meeting is led from turn to turn."""

from django.urls import reverse


def page(turns, name="turn_list", occasion=None):
    unit = turns.cell
    arguments = [unit.campaign_id, unit.live_unit_id, turns.meeting.pk]
    pk = [occasion.pk] if occasion else []
    return reverse(f"reviews:{name}", args=arguments + pk)
