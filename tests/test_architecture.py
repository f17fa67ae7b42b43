"""Rules about the code that no linter knows; each is shown to find what it is for."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.code_rules import (
    APPS,
    addresses_above,
    clocks,
    keyless_changes,
    opened_pages,
    side_doors,
    unexplained_exceptions,
    unscoped_managers,
    unscoped_shortcuts,
    writes_to_the_log,
)

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("views", "forms", "templatetags")  # what works for whoever asks
TIMELESS = ("services", "queries", "documents", "sheets")  # get `now=` from outside

# Rooms low in an app that may know Django all the same.
NOT_PURE = {"attachments", "fields", "migration_operations", "sealing", "spreadsheets"}

WRITERS_OF_THE_LOG = {"members/events.py", "members/services/log.py"}

# Pages that work without a log-in.
OPEN_PAGES = {
    "health",
    "logout",
    "oidc_back",
    "oidc_begin",
    "second_step",
    "set_language",
    "start",
    "unlock",
    "unlock_in_place",
    "verify",
    "verify_code",
}


def sources_of(*layers: str) -> list[Path]:
    """The files of these layers in all apps: `views.py` or whatever is in `views/`."""
    return sorted(
        path
        for app in APPS
        for layer in layers
        for path in (ROOT / app / f"{layer}.py", *(ROOT / app / layer).rglob("*.py"))
        if path.exists()
    )


def each(problems_of, *layers: str) -> list[str]:
    """What a rule finds in these layers, with the place."""
    return [
        f"{path.relative_to(ROOT)}:{problem}"
        for path in sources_of(*layers)
        for problem in problems_of(path.read_text(encoding="utf-8"))
    ]


def namers_of_addresses() -> Iterator[tuple[str, Path]]:
    """Each file that may name an address, with the app that it belongs to.

    What the templates of all apps share belongs to the lowest.
    """
    for app in APPS:
        yield from ((app, path) for path in (ROOT / app).rglob("*.py"))
    for path in (ROOT / "templates").rglob("*.html"):
        folder = path.relative_to(ROOT / "templates").parts[0]
        yield (folder if folder in APPS else APPS[0]), path


def our_models() -> list[type[models.Model]]:
    return [model for app in APPS for model in apps.get_app_config(app).get_models()]


def test_pages_take_rows_through_a_scope():
    assert each(unscoped_managers, *PAGES) == []


def test_pages_look_nothing_up_by_number_alone():
    assert each(unscoped_shortcuts, *PAGES) == []


def test_no_app_knows_an_address_of_an_app_above():
    found = {
        str(path.relative_to(ROOT)): names
        for app, path in namers_of_addresses()
        if (names := addresses_above(app, path.read_text(encoding="utf-8")))
    }

    assert found == {}


def test_services_and_queries_get_the_moment_from_outside():
    assert each(clocks, *TIMELESS) == []


def test_every_exception_from_a_tool_gives_its_reason():
    folders = (*APPS, "config", "deploy", "benchmarks", "tests")
    found = {
        str(path.relative_to(ROOT)): problems
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if (problems := unexplained_exceptions(path.read_text(encoding="utf-8")))
    }

    assert found == {}


def test_only_named_pages_are_open_to_everybody():
    found = {
        name
        for path in sources_of("views", "urls")
        for name in opened_pages(path.read_text(encoding="utf-8"))
    }

    assert found == OPEN_PAGES


def test_no_code_is_changed_without_its_key():
    found = {
        str(path.relative_to(ROOT)): problems
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if (problems := keyless_changes(path.read_text(encoding="utf-8")))
    }

    assert found == {}


def test_the_log_has_two_writers():
    found = {
        str(path.relative_to(ROOT))
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if writes_to_the_log(path.read_text(encoding="utf-8"))
    }

    assert found == WRITERS_OF_THE_LOG


def test_no_key_leads_to_rows_around_their_scope():
    assert [door for model in our_models() for door in side_doors(model)] == []


@pytest.mark.parametrize(
    ("problems_of", "source", "found"),
    [
        (unscoped_managers, "Unit.objects.visible_to(actor).get(pk=1)", []),
        (unscoped_managers, "Unit.objects.get(pk=1)", ["1 Unit.objects"]),
        (unscoped_managers, "f(models.Unit.objects)", ["1 models.Unit.objects"]),
        (
            unscoped_managers,
            "Unit._base_manager.filter(a=Unit.objects.visible_to(actor))",
            ["1 Unit._base_manager"],
        ),
        (unscoped_shortcuts, "get_object_or_404(scoped, pk=1)", []),
        (unscoped_shortcuts, "get_object_or_404(a.visible_to(b), pk=1)", []),
        (
            unscoped_shortcuts,
            "shortcuts.get_object_or_404(models.Unit, pk=1)",
            ["1 shortcuts.get_object_or_404(models.Unit, pk=1)"],
        ),
        (clocks, "def f(*, now):\n    now.date()", []),
        (clocks, "timezone.localdate(now)", []),
        (clocks, "timezone.localdate()", ["1 timezone.localdate()"]),
        (clocks, "timezone.now()", ["1 timezone.now()"]),
        (clocks, "datetime.date.today()", ["1 datetime.date.today()"]),
        (writes_to_the_log, "Event.objects.filter(a=1).exists()", []),
        (writes_to_the_log, "Placement.Event(1)", []),
        (writes_to_the_log, "Event(a=1)", ["1 Event"]),
        (
            writes_to_the_log,
            "models.LogHead.objects.filter(a=1).delete()",
            ["1 models.LogHead.objects.filter(a=1).delete"],
        ),
        (unexplained_exceptions, "f()  # noqa: S603, S607 -- our own program", []),
        (unexplained_exceptions, "x = '# noqa'", []),
        (unexplained_exceptions, "f()  # noqa", ["1 # noqa"]),
        (unexplained_exceptions, "f()  # noqa: S603", ["1 # noqa: S603"]),
        (unexplained_exceptions, "f()  # type: ignore[misc]  # why", []),
        (
            unexplained_exceptions,
            "f()  # type: ignore[misc]",
            ["1 # type: ignore[misc]"],
        ),
        (keyless_changes, "rows.update(name=code)", []),
        (keyless_changes, "rows.update(code='X')", ["1 rows.update(code='X')"]),
        (keyless_changes, "row.save(update_fields=['name'])", []),
        (
            keyless_changes,
            "row.save(update_fields=['name', 'code'])",
            ["1 row.save(update_fields=['name', 'code'])"],
        ),
        (keyless_changes, "rows.bulk_update(changed, ['name'])", []),
        (
            keyless_changes,
            "rows.bulk_update(changed, ['code'])",
            ["1 rows.bulk_update(changed, ['code'])"],
        ),
        (
            keyless_changes,
            "rows.bulk_update(changed, fields=('code',))",
            ["1 rows.bulk_update(changed, fields=('code',))"],
        ),
        (opened_pages, "@require_GET\ndef page(request): ...", []),
        (opened_pages, "@login_not_required\ndef page(request): ...", ["page"]),
        (opened_pages, "set_it = login_not_required(i18n.set_it)", ["set_it"]),
        (opened_pages, "@csrf.csrf_exempt\ndef page(request): ...", ["page"]),
    ],
)
def test_a_rule_finds_what_it_is_for_and_nothing_else(problems_of, source, found):
    assert problems_of(source) == found


@pytest.mark.parametrize(
    ("app", "source", "found"),
    [
        ("members", "reverse('reports:home')", ["reports:home"]),
        ("members", '{% url "reviews:import_list" %}', ["reviews:import_list"]),
        ("members", 'reverse("members:login"), reverse("home")', []),
        ("reviews", 'redirect("reports:home")', ["reports:home"]),
        ("reports", 'reverse("reviews:import_list")', []),
    ],
)
def test_an_address_of_an_app_above_is_found(app, source, found):
    assert addresses_above(app, source) == found


@isolate_apps("members")
def test_a_side_door_is_found():
    class RowQuerySet(models.QuerySet):
        def visible_to(self, actor):
            return self

    class Row(models.Model):
        closed = models.ForeignKey("self", models.CASCADE, related_name="+")
        open = models.ForeignKey("self", models.CASCADE, related_name="rows")
        also_open = models.ForeignKey("self", models.CASCADE)
        objects = RowQuerySet.as_manager()

        class Meta:
            app_label = "members"

    assert side_doors(Row) == ["Row.open", "Row.also_open"]


def contracts():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    found = project["tool"]["importlinter"]["contracts"]
    return {contract["name"]: contract for contract in found}


def layers():
    """The layers of an app, the highest first, each with its rooms."""
    lines = contracts()["Inside an app, layers import downwards only"]["layers"]
    return [set(re.findall(r"\w+", line)) for line in lines]


def test_the_page_on_the_architecture_shows_the_layers_as_they_are_held():
    page = (ROOT / "docs" / "architecture.md").read_text()
    shown = re.search(r"```\n(urls\n.*?)```", page, re.DOTALL)[1].splitlines()
    rooms = [re.split(r"  +", line)[0] for line in shown]  # what follows explains it

    assert [set(re.findall(r"\w+", line)) for line in rooms] == layers()


def test_every_pure_room_is_held_by_the_contract():
    rooms = set.union(*layers()[-2:]) - NOT_PURE

    existing = {
        f"{app}.{room}"
        for app in APPS
        for room in rooms
        if any(
            (ROOT / app / name).exists()
            for name in (f"{room}.py", f"{room}/__init__.py")
        )
    }

    held = set(contracts()["Rules are pure Python"]["source_modules"])
    # What a confined child process loads is pure inside a room that is not.
    confined = ("members.attachments.", "members.spreadsheets.")
    inside = {module for module in held if module.startswith(confined)}
    assert existing == held - inside


def test_the_example_environment_names_every_variable():
    settings = (ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    example = (ROOT / ".env.example").read_text(encoding="utf-8")

    assert sorted(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) == sorted(
        set(re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', settings))
    )


FROM_A_TEST = re.compile(r"^(?:from|import) tests\.(?:\w+\.)*test_\w+", re.MULTILINE)


def test_no_test_takes_what_it_needs_from_a_file_of_tests():
    """Worlds that several share stand beside them, or in the conftest of a folder."""
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "tests").rglob("*.py")
        for name in FROM_A_TEST.findall(path.read_text(encoding="utf-8"))
    ]

    assert found == []
    assert FROM_A_TEST.findall("from tests.reviews.test_deciding import PAPERS\n")
