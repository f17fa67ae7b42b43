"""Where files, decisions and notices of a unit stand."""

from django.urls import reverse


def address(name, unit):
    return reverse(f"reviews:{name}", args=[unit.campaign_id, unit.live_unit_id])
