"""All papers of a cell in one file: what is in it, whose it is, who reads of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Participant
from members.models import Event, Post
from members.queries import actor_for
from reports.models import CellPapers
from reports.queries.cell_papers import papers_of
from reports.services import cell_papers
from reports.services.cell_papers import forget_papers, request_papers
from reports.tasks import render_cell_papers
from tests.clients import client_of
from tests.factories import (
    BallotFactory,
    MeetingFactory,
    MinutesFactory,
    PledgeAnswerFactory,
    PostFactory,
    SelfReviewTextFactory,
)
from tests.reports.asking import content
from tests.restricted import restricted
from tests.reviews.self_review_worlds import cell, secretary, someone

__all__ = ["cell", "secretary"]
pytestmark = pytest.mark.django_db
NOW = datetime(2024, 12, 20, 3, tzinfo=UTC)


@pytest.fixture
def drawn(monkeypatch):
    """The printouts that went to the renderer; what it draws costs nothing here."""
    printouts = []

    def draw(printout):
        printouts.append(printout)
        return b"%PDF-1.7 papers"

    monkeypatch.setattr(cell_papers, "to_pdf", draw)
    return printouts


def with_papers(cell):
    """Two people of whom one has both texts, minutes, and an open round."""
    person = someone(
        cell,
        "REVIEWED",
        participant__pledge_state=Participant.Pledge.CONFIRMED,
    )
    PledgeAnswerFactory(text__pledge__participant=person)
    SelfReviewTextFactory(self_review__participant=person)
    someone(cell)
    meeting = MeetingFactory(unit=cell, kind="REVIEW")
    MinutesFactory(meeting=meeting)
    BallotFactory(meeting=meeting)
    return person


def asked(cell, actor) -> CellPapers:
    return request_papers(unit=cell, language="vi", actor=actor, now=NOW)


def made(papers) -> CellPapers:
    with restricted():
        render_cell_papers(papers.job_id)
    return CellPapers.objects.select_related("job").get(pk=papers.pk)


def test_every_kind_of_paper_is_in_it_in_its_order(cell, secretary):
    person = with_papers(cell)

    gathered = papers_of(cell, secretary, language="vi")

    heads = [sheet.heading[0] for sheet in gathered.printout.sheets]
    assert [head.split()[0] for head in heads] == ["BẢN", "BẢN", "BIÊN", "PHIẾU"]
    assert gathered.pledges == gathered.self_reviews == [person.pk]
    assert gathered.printout.title == f"Hồ sơ của {cell.name}, năm {cell.campaign.year}"


def test_a_worker_makes_it_as_who_asked(cell, secretary, drawn):
    person = with_papers(cell)

    papers = made(asked(cell, secretary))

    assert papers.status == "DONE"
    assert content(papers.file) == b"%PDF-1.7 papers"
    assert papers.printed == {"pledges": [person.pk], "self_reviews": [person.pk]}
    assert len(drawn) == 1


def test_asked_twice_it_is_one_and_anew_it_takes_the_place_of_the_last(
    cell, secretary, drawn, django_capture_on_commit_callbacks
):
    with_papers(cell)
    papers = asked(cell, secretary)
    assert asked(cell, secretary).job_id == papers.job_id
    first = made(papers).file.name

    with django_capture_on_commit_callbacks(execute=True):
        again = asked(cell, secretary)

    assert again.pk == papers.pk
    assert (again.file.name, again.printed) == ("", {})
    assert not default_storage.exists(first)
    assert made(again).file.name != first


def test_without_papers_the_page_says_so(cell, secretary, drawn):
    papers = made(asked(cell, secretary))

    assert papers.status == "FAILED"
    assert papers.job.error == "Chi bộ chưa có hồ sơ nào để in."
    assert drawn == []
    page = client_of(secretary).get(address("cell_papers", cell))
    assert papers.job.error in page.content.decode()


def test_whose_post_has_ended_gets_nothing(cell, secretary, drawn):
    with_papers(cell)
    papers = asked(cell, secretary)
    posts = Post.objects.filter(account=papers.requested_by)
    posts.update(ended_at=NOW)

    failed = made(papers)

    assert failed.job.error.startswith("Chức vụ của đồng chí không còn")
    assert drawn == []
    later = actor_for(papers.requested_by)
    assert not CellPapers.objects.visible_to(later).exists()


def address(name, cell):
    return reverse(name, args=[cell.campaign_id, cell.live_unit_id])


def test_the_page_asks_and_gives_and_everybody_printed_reads_of_it(
    cell, secretary, drawn
):
    person = with_papers(cell)
    client = client_of(secretary)
    assert client.post(address("cell_papers", cell)).status_code == 302
    papers = CellPapers.objects.get()
    assert "chờ đến lượt" in client.get(address("cell_papers", cell)).content.decode()
    assert client.get(address("cell_papers_file", cell)).status_code == 404
    made(papers)
    page = client.get(address("cell_papers", cell)).content.decode()
    assert address("cell_papers_file", cell) in page

    answer = client.get(address("cell_papers_file", cell))

    assert b"".join(answer.streaming_content) == b"%PDF-1.7 papers"
    told = Event.objects.filter(member=person.member_id).values_list(
        "action", flat=True
    )
    assert sorted(told) == ["pledges.opened", "self_reviews.opened"]
    actions = Event.objects.values_list("action", flat=True)
    assert "reports.cell_papers_requested" in actions
    assert "reports.cell_papers_downloaded" in actions


def test_nobody_else_takes_it_not_even_of_the_same_committee(cell, secretary, drawn):
    with_papers(cell)
    made(asked(cell, secretary))
    deputy = PostFactory(unit=cell.live_unit, role="DEPUTY_SECRETARY")

    client = client_of(deputy)

    assert client.get(address("cell_papers_file", cell)).status_code == 404
    assert not CellPapers.objects.visible_to(actor_for(deputy.account)).exists()


def test_after_seven_days_the_file_is_gone(
    cell, secretary, drawn, django_capture_on_commit_callbacks
):
    with_papers(cell)
    papers = made(asked(cell, secretary))
    name = papers.file.name
    assert forget_papers(now=timezone.now() + timedelta(days=6)) == 0

    with django_capture_on_commit_callbacks(execute=True):
        assert forget_papers(now=timezone.now() + timedelta(days=8)) == 1

    papers.refresh_from_db()
    assert (papers.file.name, papers.printed) == ("", {})
    assert not default_storage.exists(name)


@pytest.mark.parametrize("size", [1, 4])
def test_papers_take_the_same_queries_for_any_number_of_people(
    cell, secretary, size, django_assert_max_num_queries
):
    for _ in range(size):
        person = someone(cell, "REVIEWED")
        SelfReviewTextFactory(self_review__participant=person)

    with django_assert_max_num_queries(16):
        papers_of(cell, secretary, language="vi")
