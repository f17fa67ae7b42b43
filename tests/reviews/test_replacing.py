"""A campaign that holds results already is replaced by who knows what is lost."""

from dataclasses import asdict

import pytest
from django.urls import reverse

from campaigns.models import Participant
from reviews.queries.replacing import Change, Replacement
from reviews.services.importing import import_results
from tests.clients import english_client
from tests.reviews.result_books import book_of
from tests.reviews.result_sheets import PERSON, TREE
from tests.reviews.uploads import confirm, read
from tests.small_worlds import contents, imported, order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

OTHER = ("DV2", "Trần Thị Bé", *PERSON[2:])
REFUSED = "Tick the box if these results are to be taken out of the campaign"
SAME = Change(1, 1)


@pytest.fixture
def client(post):
    client = english_client()
    client.force_login(post.account)
    return client


@pytest.fixture
def filled(upload):
    """The campaign as a workbook with two members has filled it."""
    read(confirm(read(upload(book_of(TREE, (PERSON, OTHER))))))


def page_of(client, received):
    return client.get(reverse("reviews:import_detail", args=[received.pk]))


def test_an_import_tells_what_it_replaces():
    tree = "H - SUPERIOR - GOOD\nX H GRASSROOTS_CELL OTHER GOOD\nY H CELL - -"
    imported(contents(tree, {"X": "GOOD EXCELLENT", "Y": "EXEMPT"}))
    other = contents("H - SUPERIOR - -\nZ H GRASSROOTS_CELL OTHER GOOD", {"Z": "GOOD"})

    outcome = import_results(other, order())

    assert outcome.replacement == Replacement(
        units=Change(before=3, after=2, gone=2),
        rated_units=Change(before=2, after=1),
        members=Change(before=3, after=1, gone=2),
        assessed=Change(before=2, after=1),
        levels={"GOOD": SAME, "EXCELLENT": Change(before=1, after=0)},
    )


def test_a_first_import_and_the_same_content_replace_nothing():
    outcomes = [import_results(contents(), order()) for _ in range(2)]

    assert [outcome.replacement for outcome in outcomes] == [None, None]


@pytest.mark.parametrize(
    ("changes", "loses"),
    [
        ({}, False),
        ({"units": Change(1, 2)}, False),
        ({"levels": {"GOOD": Change(3, 2)}}, False),
        ({"units": Change(1, 1, gone=1)}, True),
        ({"rated_units": Change(2, 1)}, True),
        ({"members": Change(2, 1)}, True),
        ({"assessed": Change(2, 1)}, True),
    ],
)
def test_only_what_disappears_is_a_loss(changes, loses):
    counts = dict.fromkeys(("units", "rated_units", "members", "assessed"), SAME)

    assert Replacement(**{**counts, "levels": {}, **changes}).loses == loses


@pytest.mark.usefixtures("filled")
def test_a_preview_shows_what_is_replaced_and_asks_about_the_loss(client, upload):
    received = read(upload())

    page = page_of(client, received)

    assert received.summary["replacement"]["members"] == asdict(Change(2, 1, gone=1))
    assert received.summary["replacement"]["units"] == asdict(Change(3, 3))
    assert [(line.before, line.after) for line in page.context["replacement"]] == [
        (3, 3),
        (1, 1),
        (2, 1),
        (2, 1),
        (2, 1),
    ]
    text = page.content.decode()
    assert "The campaign Năm 2017 holds results already." in text
    assert 'name="accepts_loss"' in text


@pytest.mark.usefixtures("filled")
def test_a_loss_is_recorded_only_when_it_is_accepted(client, upload):
    received = read(upload())
    address = reverse("reviews:import_confirm", args=[received.pk])

    refused = client.post(address)
    received.refresh_from_db()

    assert (refused.status_code, received.state) == (422, "READY")
    assert REFUSED in refused.content.decode()

    sent = client.post(address, {"accepts_loss": "on"})
    read(received)

    assert (sent.status_code, Participant.objects.count()) == (302, 1)


@pytest.mark.usefixtures("filled")
def test_without_a_loss_nothing_more_is_asked(client, upload):
    third = ("DV3", *OTHER[1:])
    received = read(upload(book_of(TREE, (PERSON, OTHER, third))))

    page = page_of(client, received).content.decode()
    sent = client.post(reverse("reviews:import_confirm", args=[received.pk]))

    assert "holds results already" in page
    assert "accepts_loss" not in page
    assert sent.status_code == 302


@pytest.mark.usefixtures("filled")
def test_a_second_click_without_the_box_is_told_what_is_the_matter(client, upload):
    received = confirm(read(upload()))

    sent = client.post(
        reverse("reviews:import_confirm", args=[received.pk]), follow=True
    )

    assert "does not wait for confirmation" in sent.content.decode()


@pytest.mark.parametrize("dry_run", [False, True])
def test_the_command_tells_it_in_one_line(run, book, dry_run):
    run(book(TREE, (PERSON, OTHER)))

    told, _progress = run(book(TREE, (PERSON,)), dry_run=dry_run)

    assert told[0] == (
        "The campaign yen-lac-2017 holds results already; the workbook replaces all of "
        "them: Units 3 → 3; with a level 1 → 1; Members 2 → 1 (1 not in the workbook); "
        "with a level 2 → 1; Qualified, tasks completed well 2 → 1."
    )
