"""Small campaigns written down in a few lines, and random ones.

A tree is written as lines of `CODE ABOVE KIND SECTOR LEVEL` with "-" for none; people
as the results of each cell: `{"C1": "GOOD GOOD EXEMPT NOT_COMPLETED"}`.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from hypothesis import strategies as st

from campaigns.contents import NO_PARENT, Contents, PeopleTable, Status, UnitTable
from campaigns.models import (
    COUNTED,
    LEVEL_COLUMNS,
    REASON_COLUMNS,
    CampaignBody,
    CampaignUnit,
    Participant,
    Placement,
    Tally,
)
from campaigns.models.tally import STATUS_COLUMNS
from members.models import Membership, PartyUnit
from members.policy import SYSTEM
from members.services import registering
from reviews.services.importing import Order, import_results

OPENED = date(2010, 1, 1)
NOW = datetime(2024, 12, 31, 5, tzinfo=UTC)  # noon in Vietnam
BY_COMMAND = {"actor": SYSTEM, "now": NOW, "system_reason": "a test"}
GRASSROOTS = {"GRASSROOTS_COMMITTEE", "GRASSROOTS_CELL"}
HOLD_MEMBERS = {"CELL", "GRASSROOTS_CELL"}
MEMBER_LEVELS = ("EXCELLENT", "GOOD", "SATISFACTORY", "NOT_COMPLETED")
LEVELS = {
    "hd27-2014": ("CLEAN_STRONG_EXEMPLARY", "CLEAN_STRONG", "GOOD", "WEAK"),
    "qd124-2023": MEMBER_LEVELS,
}

DISTRICT = """
    H   -  SUPERIOR              -             -
    X   H  GRASSROOTS_COMMITTEE  COMMUNE       GOOD
    X1  X  CELL                  -             EXCELLENT
    X2  X  CELL                  -             GOOD
    Y   H  GRASSROOTS_COMMITTEE  TOWNSHIP      EXCELLENT
    Y1  Y  SECTIONAL             -             GOOD
    Y2  Y1 CELL                  -             SATISFACTORY
    Z   H  GRASSROOTS_CELL       STATE_AGENCY  -
    W   H  CELL                  OTHER         NOT_COMPLETED
"""
DISTRICT_PEOPLE = {
    "X1": "EXCELLENT GOOD GOOD",
    "X2": "GOOD EXEMPT NOT_COMPLETED",
    "Y2": "SATISFACTORY UNDER_SIX_MONTHS",
    "Z": "NOT_REVIEWED SUSPENDED GOOD",
    "W": "OTHER",
}


def contents(tree: str = DISTRICT, people: dict[str, str] | None = None) -> Contents:
    rows = [line.split() for line in tree.strip().splitlines()]
    units = UnitTable()
    for number, (code, above, kind, sector, level) in enumerate(rows):
        units.code.append(code)
        units.name.append(f"Đơn vị {code}")
        units.parent.append(NO_PARENT if above == "-" else units.code.index(above))
        units.kind.append(kind)
        units.sector.append(sector.strip("-"))
        units.level.append(level.strip("-"))
        units.row.append(number + 2)
    cells = [
        (units.code.index(code), result)
        for code, results in (people or {}).items()
        for result in results.split()
    ]
    return Contents(units, people_table(cells))


def people_table(cells: list[tuple[int, str]]) -> PeopleTable:
    """People from (index of the unit, level or status)."""
    table = PeopleTable()
    for number, (unit, result) in enumerate(cells):
        level = result if result in MEMBER_LEVELS else ""
        table.code.append(f"P{number:03}")
        table.full_name.append("Nguyễn Văn An")
        table.born_on.append("1970-01-02")
        table.gender.append("M")
        table.unit.append(unit)
        table.admitted_on.append("1995")
        table.official_on.append("1996")
        table.status.append(Status.ASSESSED if level else Status(result))
        table.level.append(level)
        table.reason.append("UNSTATED" if level == "NOT_COMPLETED" else "")
        table.row.append(number + 2)
    return table


def order(**changes) -> Order:
    asked = {
        "campaign_code": "dot-2024",
        "rule_set_code": "qd124-2023",
        "year": 2024,
        "file_sha256": "f" * 64,
        **BY_COMMAND,
    }
    return Order(**{**asked, **changes})


def imported(what: Contents, **changes):
    """The campaign of these results."""
    return import_results(what, order(**changes)).campaign


def live(tree: str = DISTRICT, people: dict[str, str] | None = None):
    """The live registry only: units by code."""
    what = contents(tree, people)
    with transaction.atomic():
        registering.register(what.units, what.people, on=OPENED, within=None)
    Membership.objects.filter(from_on=None).update(from_on=OPENED)
    return {unit.code: unit for unit in PartyUnit.objects.all()}


def unit_of(campaign, code: str) -> CampaignUnit:
    return CampaignUnit.objects.select_related("campaign").get(
        campaign=campaign, code=code
    )


def tree_of(campaign) -> dict[str, str]:
    """The open units: code of the unit above by code."""
    units = CampaignUnit.objects.filter(campaign=campaign, closed_on=None)
    return dict(units.values_list("code", "parent__code"))


def places_of(campaign) -> dict[str, str]:
    """The code of the unit where each present person is, by the person's code."""
    placements = Placement.objects.open().filter(participant__campaign=campaign)
    return dict(placements.values_list("participant__member__code", "unit__code"))


def tallies_of(campaign) -> dict[tuple[str, str, str], dict[str, int]]:
    """What the tallies say, by unit, subject and sector."""
    rows = Tally.objects.filter(unit__campaign=campaign)
    return {
        tuple(key): dict(zip(COUNTED, counts, strict=True))
        for *key, counts in (
            (unit, subject, sector, counts)
            for unit, subject, sector, *counts in rows.values_list(
                "unit__code", "subject", "sector", *COUNTED
            )
        )
    }


def recounted(campaign) -> dict[tuple[str, str, str], dict[str, int]]:
    """The same, counted once more one row after the other from the tables."""
    units = {unit.pk: unit for unit in CampaignUnit.objects.filter(campaign=campaign)}
    counts: dict[tuple[str, str, str], Counter] = {}
    for unit_id, subject, of, columns in (*_people(campaign), *_bodies(campaign)):
        key = (units[unit_id].code, subject, _sector(units[of], units))
        counts.setdefault(key, Counter()).update(["present", *filter(None, columns)])
    return {
        key: {column: count[column] for column in COUNTED}
        for key, count in counts.items()
    }


def _sector(unit: CampaignUnit, units: dict[int, CampaignUnit]) -> str:
    above = unit
    while above is not None and above.kind not in GRASSROOTS:
        above = units.get(above.parent_id)
    return (above or unit).sector


def _people(campaign):
    for placement in Placement.objects.filter(unit__campaign=campaign):
        person = Participant.objects.get(pk=placement.participant_id)
        if placement.until_on is None and person.presence == "PRESENT":
            columns = (
                STATUS_COLUMNS.get(person.status, ""),
                LEVEL_COLUMNS.get(person.level, ""),
                REASON_COLUMNS.get(person.reason, ""),
            )
            yield placement.unit_id, "MEMBERS", placement.unit_id, columns


def _bodies(campaign):
    for body in CampaignBody.objects.filter(unit__campaign=campaign):
        unit = body.unit
        counts = body.kind == "ORGANISATION" and unit.parent_id and not unit.closed_on
        column = LEVEL_COLUMNS.get(body.level, "not_reviewed")
        if counts and unit.kind == "CELL":
            yield unit.parent_id, "CELLS", unit.pk, [column]
        if counts and unit.kind in GRASSROOTS:
            yield unit.parent_id, "GRASSROOTS", unit.pk, [column]


def together(*writers: Callable[[], None]) -> None:
    """Run each in a thread with its own connection; a failure is raised here."""

    def run(writer: Callable[[], None]) -> None:
        try:
            writer()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(writers)) as pool:
        for done in [pool.submit(run, writer) for writer in writers]:
            done.result(timeout=30)


def one_behind_the_other(*acts: Callable[[], object]) -> list[object]:
    """Let the first write, and commit only when the second waits for it.

    What each returned.
    """
    first, second = acts
    has_written = threading.Event()
    returned: dict[str, object] = {}

    def lead() -> None:
        with transaction.atomic():
            returned["first"] = first()
            has_written.set()
            wait_until_somebody_waits()

    def follow() -> None:
        assert has_written.wait(10)
        returned["second"] = second()

    together(lead, follow)
    return [returned["first"], returned["second"]]


def wait_until_somebody_waits() -> None:
    """Return as soon as another connection waits for a lock."""
    with connection.cursor() as cursor:
        for _turn in range(500):
            # Inside a transaction the first look would be shown again and again.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("nobody waits for a lock")


def is_held(rows: QuerySet) -> bool:
    """Tell whether another connection would have to wait for one of these rows."""
    refusals = []

    def ask() -> None:
        try:
            with transaction.atomic():
                list(rows.select_for_update(no_key=True, nowait=True))
        except OperationalError as refusal:
            refusals.append(refusal)

    together(ask)
    return bool(refusals)


@st.composite
def random_contents(draw, *, rule_set: str = "qd124-2023", units: int = 40):
    """Any tree with any people: every kind under every other, levels or none."""
    sectors = ("", "COMMUNE", "TOWNSHIP", "OTHER")
    kinds = [
        "SUPERIOR",
        "GRASSROOTS_COMMITTEE",
        "SUB_GRASSROOTS",
        "SECTIONAL",
        "GRASSROOTS_CELL",
        "CELL",
    ]
    table = UnitTable()
    for at in range(draw(st.integers(1, units))):
        table.code.append(f"U{at:02}")
        table.name.append(f"Đơn vị {at}")
        table.parent.append(draw(st.integers(0, at - 1)) if at else NO_PARENT)
        table.kind.append(draw(st.sampled_from(kinds)))
        table.sector.append(draw(st.sampled_from(sectors)))
        table.level.append(draw(st.sampled_from(("", *LEVELS[rule_set]))))
        table.row.append(at + 2)
    cells = [at for at, kind in enumerate(table.kind) if kind in HOLD_MEMBERS]
    results = st.sampled_from(
        [*MEMBER_LEVELS, *(status for status in Status if status != "ASSESSED")]
    )
    people = (
        draw(st.lists(st.tuples(st.sampled_from(cells), results), max_size=40))
        if cells
        else []
    )
    return Contents(table, people_table(people))
