"""Prints what a database makes of codes that are spelled in several ways, as JSON.

The test runs it on an empty SQLite file and compares the answer with that of
PostgreSQL: `ask` is the same function for both.
"""

import json

import django
from django.core.management import call_command

TREE = "ĐB - SUPERIOR - -\nĐB.Xã ĐB GRASSROOTS_CELL COMMUNE GOOD"


def ask() -> dict[str, object]:
    """Import a tree, and once more with other spellings; what came of the second."""
    from campaigns.models import CampaignUnit
    from reviews.services.importing import import_results
    from tests.small_worlds import contents, order

    what = contents(TREE, {"ĐB.Xã": "GOOD"})
    import_results(what, order())
    before = keys()
    what.units.code, what.people.code = ["đb", "Db.XA"], ["p000"]

    outcome = import_results(what, order(campaign_code="DOT-2024"))

    units = CampaignUnit.objects.order_by("path")
    return {
        "act": outcome.act,
        "campaign": outcome.campaign.code,
        "new": [outcome.new_units, outcome.new_members],
        "units": list(units.values_list("code", flat=True)),
        "registry is as before": keys() == before,
        "differences": [
            [each.code, each.column, each.registry, each.file]
            for each in outcome.differences
        ],
    }


def keys() -> dict[str, list[list[str]]]:
    from members.models import Member, PartyUnit

    return {
        model.__name__: list(
            map(list, model.objects.order_by("pk").values_list("code", "code_key"))
        )
        for model in (PartyUnit, Member)
    }


if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(ask()))  # noqa: T201 -- the answer of this program
