"""Prints what a database makes of codes that are spelled in several ways, as JSON.

The test runs it on an empty SQLite file and compares the answer with that of
PostgreSQL: `ask` is the same function for both.
"""

import json
from datetime import date

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = ("members", "0001_registry")
TREE = "ĐB - SUPERIOR - -\nĐB.Xã ĐB GRASSROOTS_CELL COMMUNE GOOD"


def ask() -> dict[str, object]:
    """Fill the keys of rows that had none, then import a tree in two spellings."""
    return {"migrated": migrate("Đ.1", "e 2"), "imported": import_twice()}


def migrate(*codes: str) -> dict[str, list[list[str]]]:
    """Write units and members as they were before their codes had keys; the keys."""
    call_command("migrate", *BEFORE, verbosity=0)
    then = MigrationExecutor(connection).loader.project_state([BEFORE]).apps
    for at, code in enumerate(codes, start=1):
        then.get_model("members", "Member").objects.create(code=code, sort_key="")
        then.get_model("members", "PartyUnit").objects.create(
            code=code, path=f"{at:07}", opened_on=date(2010, 1, 1)
        )
    connection.check_constraints()  # no table can change while checks are to come
    call_command("migrate", verbosity=0)  # with what leans on those of the registry
    return keys()


def keys() -> dict[str, list[list[str]]]:
    from members.models import Member, PartyUnit

    return {
        model.__name__: list(
            map(list, model.objects.order_by("pk").values_list("code", "code_key"))
        )
        for model in (PartyUnit, Member)
    }


def import_twice() -> dict[str, object]:
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


if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(ask()))  # noqa: T201 -- the answer of this program
