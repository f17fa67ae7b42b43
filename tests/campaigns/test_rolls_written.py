"""A roll that is written: over what was shown, once, quickly, and then forgotten."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from campaigns.services import rolls
from members.models import (
    Event,
    Job,
    Member,
    Post,
)
from members.queries import actor_for
from members.services import uploads
from members.services.rolls.comparing import compare
from members.services.rolls.forgetting import forget_rolls
from members.workbook.roll import RollMatter
from tests.campaigns.movement_worlds import PEOPLE, TREE, open_campaign, person
from tests.campaigns.sent_rolls import confirm, copy_of, correct, known, told, work
from tests.roll_books import NOW, book_of, read, row, rows_in
from tests.small_worlds import live

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """The live units, of which the district H is in an open campaign."""
    found = live(TREE, PEOPLE)
    open_campaign(found["H"], "dot-2024")
    return found


def test_what_somebody_changed_meanwhile_is_not_overwritten(send, world):
    upload = send(book_of(known("P000", name="Nguyễn Văn Ân"), row("M1")))
    correct(world, "P000", born_on="1971")

    upload = confirm(upload)

    assert upload.status == "READY"
    assert upload.refusal.startswith("The roll has changed since the preview")
    assert (person("P000").full_name, person("P000").version) == ("Nguyễn Văn An", 2)
    assert not Member.objects.filter(code="M1").exists()
    assert upload.summary["changed"][0]["changes"] == [
        ["full_name", "Nguyễn Văn An", "Nguyễn Văn Ân"],
        ["born_on", "1971", "02/01/1970"],
    ]
    assert (confirm(upload).status, person("P000").version) == ("DONE", 3)


def test_a_number_taken_meanwhile_is_not_written(send, world):
    upload = send(book_of(row("M1", card="38012345")))
    correct(world, "P001", card_number="38012345")

    upload = confirm(upload)

    assert (upload.status, told(upload)) == (
        "REFUSED",
        [(2, "This card number is taken.")],
    )
    assert rows_in(copy_of(upload))[1][0] == "M1"
    assert not Member.objects.filter(code="M1").exists()


def test_a_post_that_ended_gives_a_waiting_import_nothing(send, clerk):
    upload = send(book_of(row("M1")))
    uploads.confirm(upload, actor=actor_for(clerk.account), now=NOW)
    Post.objects.filter(pk=clerk.pk).update(ended_at=NOW)

    upload = work(upload)

    assert upload.status == "REFUSED"
    assert upload.refusal == "Your post no longer lets you enter the roll of Đơn vị X."
    assert not Member.objects.filter(code="M1").exists()


def test_a_second_worker_changes_nothing(send, clerk):
    upload = send(book_of(row("M1")))
    uploads.confirm(upload, actor=actor_for(clerk.account), now=NOW)
    upload.refresh_from_db()
    job = Job.objects.filter(pk=upload.job_id)
    work(upload)
    job.update(status=Job.Status.QUEUED, finished_at=None, lease_until=None, attempts=0)
    # One that had read the upload before the first was done.
    rolls.apply(upload, now=NOW, on_progress=lambda percent: None)

    assert work(upload).status == "DONE"
    assert Event.objects.filter(action="roll.imported").count() == 1
    rolls.preview(upload, now=NOW, on_progress=lambda percent: None)
    assert Member.objects.filter(code="M1").count() == 1


def test_what_is_no_workbook_is_said_in_the_language_of_who_sent_it(send):
    upload = send(b"%PDF-1.7", language="vi")

    assert upload.status == "UNREADABLE"
    assert upload.refusal.startswith("Tệp này không phải là tệp Excel")


def test_no_number_stands_whole_beside_its_sealed_column(send):
    content = book_of(
        row("M1", card="38012345", number="001080012345"),
        row("M2", number="0010800123456"),
        known("P000", number="001080099999"),
    )
    upload = send(content)

    kept = str(upload.summary)
    assert "38012345" not in kept
    assert "0010800" not in kept


@pytest.mark.parametrize("rows", [3, 40])
def test_the_number_of_queries_does_not_depend_on_the_rows(
    send, world, rows, django_assert_max_num_queries
):
    content = book_of(
        *(row(f"M{at}", number=f"{at:012}") for at in range(rows)),
        known("P000", name="Nguyễn Văn Ân"),
    )
    upload = send(content)
    order = rolls.Order(
        within=world["X"],
        actor=actor_for(upload.uploaded_by),
        now=NOW,
        file_sha256="",
    )
    with django_assert_max_num_queries(51):
        rolls.import_roll(read(content), order, digest=upload.digest)

    assert Member.objects.filter(code__startswith="M").count() == rows


def test_comparing_reads_a_workbook_and_leaves_it_as_it_was(world, clerk):
    book = read(book_of(row("M1", cell="K")))
    actor = actor_for(clerk.account)

    first, second = (
        compare(book.reading, actor=actor, within=world["X"], today=NOW.date())
        for _ in range(2)
    )

    assert [each.code for each in second.faults] == [RollMatter.CELL_UNKNOWN]
    assert first.faults == second.faults
    assert book.reading.faults == ()


def test_files_are_forgotten_after_a_week(send):
    done = confirm(send(book_of(row("M1"), row("M2", sex="x"))))
    waiting = send(book_of(row("M3")), language="vi")
    names = [done.file.name, done.annotated.name, waiting.file.name]
    storage = done.file.storage
    assert forget_rolls(now=NOW + timedelta(days=7)) == 0

    assert forget_rolls(now=NOW + timedelta(days=7, seconds=1)) == 2

    assert [storage.exists(name) for name in names] == [False] * 3
    done.refresh_from_db()
    assert (done.status, done.annotated.name) == ("DONE", "")
    assert done.summary["counts"]["new"] == 1
    assert set(done.summary) == {"act", "counts"}
    waiting.refresh_from_db()
    assert (waiting.status, waiting.summary) == ("REFUSED", {})
    with override("vi"):
        assert waiting.refusal == (
            "Tệp đã được xóa ở đây sau bảy ngày. Đồng chí gửi lại tệp."
        )
    assert forget_rolls(now=NOW + timedelta(days=9)) == 0
