"""The board of a unit: numbers for those above, names for the cell alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from campaigns.models import (
    CampaignUnit,
    CheckRound,
    Participant,
    Placement,
    ProgressDay,
    Tally,
)
from campaigns.queries.progress import (
    PeopleProgress,
    checked_month,
    people_progress,
)
from campaigns.services import progress
from campaigns.services.tallies import changing
from members.policy import SYSTEM, Role
from members.row_security import Purpose, opened_for
from reports.queries import boards
from tests.clients import english_client
from tests.factories import (
    CampaignUnitFactory,
    CheckRoundFactory,
    PostFactory,
    ProgrammeFactory,
    StudyAttendanceFactory,
    StudyDocumentFactory,
    StudySessionFactory,
)
from tests.reports.browsing import page_of
from tests.restricted import working
from tests.small_worlds import DISTRICT_PEOPLE, contents, imported, unit_of

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 3, 5, 16, 30, tzinfo=UTC)
LATER = date(2025, 1, 1)
QUERIES_OF_A_BOARD = 11  # session, account, posts with their title; seven of its own


def people_of(unit):
    placed = Placement.objects.open().filter(unit=unit).order_by("participant__pk")
    return [each.participant for each in placed.select_related("participant")]


def pledged(unit, *states):
    """Let the people of a unit stand in these states, one after the other."""
    with changing([unit.pk]):
        for person, state in zip(people_of(unit), states, strict=False):
            person.pledge_state = state
            person.save(update_fields=["pledge_state"])


def browser_of(unit, role):
    client = english_client()
    client.force_login(PostFactory(unit=unit.live_unit, role=role).account)
    return client


def board(client, unit, **query):
    return client.get(page_of(unit, "reports:unit_progress"), query)


@opened_for(Purpose.UPKEEP)
def note_progress(*, now):
    """As the clock of the workers does."""
    with working():
        return progress.note_progress(now=now)


@pytest.fixture
def campaign():
    return imported(contents(people=DISTRICT_PEOPLE))


@pytest.fixture
def cell(campaign):
    return unit_of(campaign, "X1")


def test_the_counts_are_of_those_who_owe_a_pledge(campaign, cell):
    size = len(people_of(cell))
    exempt, *others = people_of(cell)
    owed = people_progress(cell, today=LATER)[cell.path].owed
    with changing([cell.pk]):
        Participant.objects.filter(pk=exempt.pk).update(
            status="EXEMPT", level="", reason="", pledge_state="CONFIRMED"
        )
    pledged(cell, "CONFIRMED", "CONFIRMED", "SENT")

    assert owed == size
    assert people_progress(cell, today=LATER) == {
        cell.path: PeopleProgress(
            owed=size - 1,
            confirmed=1,
            sent=1,
            free=1,
            reviewed=size - 1,  # those whose result was imported
            to_check=1,
        )
    }
    assert len(others) == size - 1


def test_a_board_sums_what_stands_below_and_costs_the_same_for_any_size(
    campaign, cell, django_assert_num_queries
):
    pledged(cell, "CONFIRMED", "RETURNED", "DRAFT")
    root = unit_of(campaign, "H")
    client = browser_of(root, Role.SECRETARY)
    board(client, root)

    with django_assert_num_queries(QUERIES_OF_A_BOARD):
        shown = board(client, root).context

    below = [row.pledges for row in shown["rows"]]
    assert shown["own"].pledges == PeopleProgress(
        owed=sum(each.owed for each in below),
        confirmed=1,
        returned=1,
        draft=1,
        free=sum(each.free for each in below),
        reviewed=sum(each.reviewed for each in below),
        to_check=1,
    )
    assert sum(each.confirmed for each in below) == 1
    assert shown["missing"] == []


def test_rows_stand_in_their_order_or_by_a_count_of_units(campaign, cell):
    pledged(cell, *["CONFIRMED"] * 9)
    root = unit_of(campaign, "H")
    client = browser_of(root, Role.CLERK)

    def order(sort):
        return [row.code for row in board(client, root, sort=sort).context["rows"]]

    assert order("name") == sorted(order("name")) == order("no such order")
    shares = [
        row.percent or -1
        for row in board(client, root, sort="confirmed").context["rows"]
    ]
    assert shares == sorted(shares, reverse=True)
    assert sorted(order("owed")) == order("name")


def test_only_the_committee_of_the_cell_reads_who_has_not_sent(campaign, cell):
    pledged(cell, "CONFIRMED", "SENT", "RETURNED")
    for number, person in enumerate(people_of(cell)):
        names = {"full_name": f"Đồng chí {number}", "sort_key": f"{9 - number}"}
        Participant.objects.filter(pk=person.pk).update(**names)
    by_the_roll = [each.full_name for each in reversed(people_of(cell)[2:])]

    def missing(unit, role):
        found = board(browser_of(unit, role), cell).context["missing"]
        return [(each.matter.code, name) for each in found for name in each.names]

    assert missing(cell, Role.SECRETARY) == [("PLEDGE", name) for name in by_the_roll]
    assert missing(unit_of(campaign, "H"), Role.SECRETARY) == []
    assert missing(unit_of(campaign, "H"), Role.CLERK) == []
    assert missing(unit_of(campaign, "H"), Role.PROPAGANDA_DEPARTMENT) == []


def test_a_working_team_reads_a_unit_as_a_whole(campaign):
    root = unit_of(campaign, "H")

    shown = board(browser_of(root, Role.WORKING_TEAM), root).context

    assert shown["rows"] == []
    assert shown["own"].pledges.owed > 0


def test_every_night_the_day_of_each_unit_above_the_cells_is_noted_once(campaign, cell):
    pledged(cell, "CONFIRMED", "SENT")
    root = unit_of(campaign, "H")
    noted = note_progress(now=NOW)
    pledged(cell, "CONFIRMED", "CONFIRMED")
    note_progress(now=NOW)
    note_progress(now=NOW + timedelta(days=1))

    days = ProgressDay.objects.filter(unit=root).order_by("on")
    assert list(days.values_list("on", "sent", "confirmed")) == [
        (date(2024, 3, 5), 1, 1),
        (date(2024, 3, 6), 0, 2),
    ]
    assert ProgressDay.objects.count() == 2 * noted
    assert not ProgressDay.objects.filter(unit=cell).exists()
    trend = board(browser_of(root, Role.CLERK), root).context["trend"]
    assert [(each.on, each.pledges.done) for each in trend] == [
        (date(2024, 3, 6), 2),
        (date(2024, 3, 5), 1),
    ]


def test_no_kind_of_cell_has_its_days_noted(cell):
    cell.kind = "GRASSROOTS_CELL"
    cell.save()

    assert note_progress(now=NOW)

    assert not ProgressDay.objects.filter(unit=cell).exists()


def test_a_closed_campaign_notes_no_days(campaign):
    campaign.state, campaign.closed_at = "CLOSED", NOW
    campaign.save()

    assert note_progress(now=NOW) == 0


def test_a_recount_of_everything_counts_the_pledges_too(campaign, cell):
    pledged(cell, "CONFIRMED", "SENT")
    before = list(
        Tally.objects.order_by("pk").values_list("pledge_confirmed", "pledge_sent")
    )
    with changing([cell.pk]):
        pass

    after = Tally.objects.order_by("pk").values_list("pledge_confirmed", "pledge_sent")
    assert list(after) == before
    assert (1, 1) in before


def test_the_way_back_leads_past_a_list_of_one_to_the_first_page(campaign, cell):
    secretary = browser_of(cell, Role.SECRETARY)
    start = secretary.get(reverse("reports:progress_list"))

    assert secretary.get(start.url).context["crumbs"] == [("To do", reverse("home"))]


def test_a_board_shows_each_part_of_the_year_of_each_unit(campaign, cell):
    """Half studied, one programme, one check in the month that is over."""
    root = unit_of(campaign, "H")
    pledged(cell, "CONFIRMED")
    first, *_others = people_of(cell)
    document = StudyDocumentFactory(unit=cell)
    session = StudySessionFactory(unit=cell, documents=[document])
    StudyAttendanceFactory(session=session, participant=first)
    ProgrammeFactory(unit=cell, state="ADOPTED", adopted_on=date(2024, 1, 5))
    ProgrammeFactory(unit=cell.parent)  # is being written
    for on in (date(2024, 2, 1), date(2024, 2, 29), date(2024, 3, 1)):
        CheckRoundFactory(unit=cell, on=on)
    with changing([cell.pk]):
        Participant.objects.filter(pk=first.pk).update(review_state="SENT")
    size = len(people_of(cell))

    def shares(unit, today):
        own, rows = boards.board_of(unit, SYSTEM, sort="study", today=today)
        return {
            row.code: [(each.done, each.base) for each in row.shares.values()]
            for row in (own, *rows)
        }

    march, april = date(2024, 3, 5), date(2024, 4, 5)
    of_cell = [(1, size), (1, 1), (1, size), (1, 1), (size - 1, size)]
    assert shares(cell, march) == {"X1": of_cell}
    x1 = shares(cell.parent, march)["X1"]
    assert x1 == of_cell
    assert shares(root, march)["H"][:4] == [
        (1, size),
        (1, CampaignUnit.objects.filter(campaign=campaign, closed_on=None).count()),
        (1, people_progress(root)[root.path].owed),
        (1, 1),
    ]
    CheckRound.objects.filter(on__month=3).delete()
    assert shares(cell, april)["X1"][3] == (0, 1)
    assert checked_month(2024, date(2024, 1, 31)) is None
    assert checked_month(2024, date(2025, 5, 1)) == date(2024, 12, 1)


def test_a_check_counts_only_where_there_was_something_to_check(campaign, cell):
    """Two went through their lists, one of them had its first pledge a month later."""
    other = unit_of(campaign, "X2")
    for unit, day in ((cell, date(2024, 1, 20)), (other, date(2024, 3, 2))):
        CheckRoundFactory(unit=unit, on=date(2024, 2, 10))
        with changing([unit.pk]):
            first, *_others = people_of(unit)
            Participant.objects.filter(pk=first.pk).update(
                pledge_state="CONFIRMED", pledge_confirmed_on=day
            )

    def checks(unit, today):
        own, rows = boards.board_of(unit, SYSTEM, sort="name", today=today)
        return {
            row.code: (row.shares["check"].done, row.shares["check"].base)
            for row in (own, *rows)
        }

    march, april = date(2024, 3, 5), date(2024, 4, 5)
    assert checks(cell.parent, march) == {"X": (1, 1), "X1": (1, 1), "X2": (0, 0)}
    assert checks(cell.parent, april) == {"X": (0, 2), "X1": (0, 1), "X2": (0, 1)}


def test_a_night_notes_study_programmes_and_self_reviews_too(campaign, cell):
    root = unit_of(campaign, "H")
    ProgrammeFactory(unit=cell, state="ADOPTED", adopted_on=date(2024, 1, 5))
    StudyDocumentFactory(unit=cell)
    pledged(cell, "CONFIRMED")
    note_progress(now=NOW)

    (day,) = boards.trend_of(root, SYSTEM)
    own, _rows = boards.board_of(root, SYSTEM, sort="name", today=NOW.date())
    shares = own.shares
    assert list(day.shares) == [
        shares[name] for name in ("study", "programme", "confirmed", "review")
    ]
    assert day.study.base == len(people_of(cell))


def test_a_board_of_many_units_is_small_and_its_heads_sort_it(campaign, cell):
    root = unit_of(campaign, "H")
    for number in range(60):
        CampaignUnitFactory(campaign=campaign, parent=root, name=f"Chi bộ số {number}")
    few = len(board(browser_of(cell, Role.SECRETARY), cell).content)

    page = board(browser_of(root, Role.CLERK), root, sort="study")

    rows = page.context["rows"]
    assert (len(page.content) - few) / len(rows) < 400 - few / 250, "250 cells: 100 kB"
    assert page.content.decode().count('aria-sort="descending"') == 1


def test_how_far_self_reviews_are_is_no_matter_of_the_propaganda_department(campaign):
    root = unit_of(campaign, "H")
    note_progress(now=NOW)

    def parts(role):
        page = board(browser_of(root, role), root, sort="review")
        heads = [key for key, *_words in page.context["columns"]]
        (day,) = page.context["trend"]
        return heads, list(page.context["own"].shares), len(day.shares)

    every = ["study", "programme", "confirmed", "check", "review"]
    assert parts(Role.CLERK) == (every, every, 4)
    assert parts(Role.PROPAGANDA_DEPARTMENT) == (every[:-1], every[:-1], 3)
