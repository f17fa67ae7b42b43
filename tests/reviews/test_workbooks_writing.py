"""A results workbook in the browser's way: confirmed, written, tried again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.models import Campaign
from members.models import Event, Job
from members.policy import SYSTEM, Role
from members.services import uploads
from members.services.posts import end_post
from reviews import tasks
from reviews.models import ResultsImport
from reviews.services.workbooks import working
from tests.factories import PostFactory
from tests.members.queue import together
from tests.reviews.result_books import book_of
from tests.reviews.result_sheets import CELL, COMMITTEE, ROOT, TREE
from tests.reviews.uploads import NOW, confirm, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_confirmed_rows_are_written_and_the_page_leads_to_the_figures(upload, district):
    received = read(confirm(read(upload())))

    campaign = Campaign.objects.get()
    assert (received.state, received.campaign, received.job.status) == (
        "DONE",
        campaign,
        "DONE",
    )
    assert (campaign.code, campaign.name, campaign.root_unit) == (
        "yen-lac-2017",
        "Năm 2017",
        district,
    )
    assert list(Event.objects.order_by("pk").values_list("action", flat=True)) == [
        "results.received",
        "results.confirmed",
        "results.created",
    ]


def test_a_second_click_finds_that_it_was_confirmed(upload):
    received = confirm(read(upload()))

    with pytest.raises(uploads.NotToBeConfirmed) as refused:
        confirm(received)

    assert str(refused.value) == "This workbook does not wait for confirmation."
    assert Job.objects.filter(kind="results_import").count() == 1


def test_what_was_not_read_yet_cannot_be_confirmed(upload):
    with pytest.raises(uploads.NotToBeConfirmed):
        confirm(upload())


def test_another_file_than_the_preview_showed_is_refused(upload):
    received = read(upload())
    other = book_of(TREE, ())
    received.file.save("imports/other.xlsx", SimpleUploadedFile("x", other))

    received = read(confirm(received))

    assert (received.state, received.refusal) == (
        "REFUSED",
        "The file is not the one that the preview showed.",
    )
    assert Campaign.objects.count() == 0


def test_a_file_that_became_unreadable_after_the_preview_is_refused(upload):
    received = read(upload())
    received.file.save("imports/broken.xlsx", SimpleUploadedFile("x", b"nothing"))

    received = read(confirm(received))

    assert (received.state, bool(received.refusal)) == ("REFUSED", True)


def test_a_file_that_has_faults_after_the_preview_is_refused(upload):
    received = read(upload())
    faulty = book_of((ROOT, COMMITTEE, (*CELL[:2], "X9", *CELL[3:])))
    received.file.save("imports/faulty.xlsx", SimpleUploadedFile("x", faulty))

    received = read(confirm(received))

    assert received.refusal == "The file is not the one that the preview showed."


@pytest.mark.parametrize("after_the_preview", [False, True])
def test_who_lost_the_post_meanwhile_writes_nothing(upload, post, after_the_preview):
    received = upload()
    if after_the_preview:
        received = confirm(read(received))
    end_post(post=post, actor=SYSTEM, now=NOW, system_reason="test")

    received = read(received)

    assert (received.state, received.job.status) == ("REFUSED", "DONE")
    assert received.refusal == (
        "Your post no longer lets you enter results for Đảng bộ huyện Yên Lạc."
    )
    assert Campaign.objects.count() == 0


def test_a_campaign_that_was_worked_on_meanwhile_is_not_replaced(upload):
    read(confirm(read(upload())))
    received = confirm(read(upload(book_of(TREE, ()))))
    Campaign.objects.update(only_imported=False)

    received = read(received)

    assert received.state == "REFUSED"
    assert "has been worked on since" in received.refusal


@pytest.mark.parametrize("is_known", [False, True])
def test_a_campaign_that_changed_since_the_preview_is_not_replaced(upload, is_known):
    if is_known:
        read(confirm(read(upload())))
    confirmed = confirm(read(upload(book_of(TREE, ()))))
    read(confirm(read(upload(book_of((ROOT, COMMITTEE), ())))))
    digest = Campaign.objects.get().imported_digest

    received = read(confirmed)

    assert (received.state, received.refusal) == (
        "REFUSED",
        "The campaign has changed since the preview. Send the workbook again and look "
        "at what it would replace now.",
    )
    assert Campaign.objects.get().imported_digest == digest


def test_the_same_content_again_says_that_nothing_changes(upload):
    read(confirm(read(upload())))

    received = read(upload())

    assert (received.status, received.changes_nothing) == ("UNCHANGED", True)
    assert read(confirm(received)).state == "DONE"
    assert Campaign.objects.get().version == 1


def test_without_a_job_it_is_shown_as_failed(upload):
    received = upload()
    received.job = None

    assert (received.status, received.is_waiting, received.percent) == (
        "FAILED",
        False,
        0,
    )


def test_a_job_that_comes_late_changes_nothing(upload):
    received = read(confirm(read(upload())))
    version = Campaign.objects.get().version

    def silent(percent):
        raise AssertionError("nothing is to be done")

    working.preview(received, now=NOW, on_progress=silent)
    working.apply(received, now=NOW, on_progress=silent)

    assert ResultsImport.objects.get(pk=received.pk).state == "DONE"
    assert Campaign.objects.get().version == version


@pytest.mark.parametrize(
    "content", [None, book_of((ROOT, COMMITTEE, (*CELL[:2], "X9", *CELL[3:])))]
)
def test_a_reader_that_comes_late_takes_no_confirmation_back(upload, content):
    late = upload()
    confirm(read(late))
    if content:
        late.file.save(
            "imports/late.xlsx", SimpleUploadedFile("x", content), save=False
        )

    working.preview(late, now=NOW, on_progress=lambda percent: None)

    received = ResultsImport.objects.get(pk=late.pk)
    assert (received.state, received.job.kind) == ("WRITING", "results_import")
    assert read(received).state == "DONE"


def test_a_writer_that_comes_late_does_not_refuse_what_is_written(upload, post):
    confirmed = confirm(read(upload()))
    late = ResultsImport.objects.get(pk=confirmed.pk)
    read(confirmed)
    end_post(post=post, actor=SYSTEM, now=NOW, system_reason="test")

    working.apply(late, now=NOW, on_progress=lambda percent: None)

    assert ResultsImport.objects.get(pk=late.pk).state == "DONE"


@pytest.mark.parametrize("has_left", [False, True])
def test_what_a_colleague_confirms_is_written_in_the_colleagues_name(
    upload, district, post, has_left
):
    received = read(upload())
    colleague = PostFactory(unit=district, role=Role.CLERK)
    if has_left:
        end_post(post=post, actor=SYSTEM, now=NOW, system_reason="test")

    received = read(confirm(received, by=colleague.account))

    assert (received.state, received.confirmed_by, received.job.requested_by) == (
        "DONE",
        colleague.account,
        colleague.account,
    )
    written = Event.objects.get(action="results.created")
    assert (written.account, written.post) == (colleague.account, colleague)


@pytest.mark.django_db(transaction=True)
def test_of_eight_clicks_at_once_one_confirms(upload):
    received = read(upload())

    def click() -> bool:
        try:
            confirm(received)
        except uploads.NotToBeConfirmed:
            return False
        return True

    assert sorted(together(click)) == [False] * 7 + [True]
    assert Event.objects.filter(action="results.confirmed").count() == 1


def test_a_job_that_another_worker_has_is_left_to_it(upload):
    received = upload()
    read(received)

    tasks.preview_import(received.job_id)
    tasks.apply_import(received.job_id)

    assert ResultsImport.objects.get(pk=received.pk).state == "READY"
