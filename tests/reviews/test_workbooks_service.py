"""A results workbook in the browser's way: received, read, confirmed, written."""

from datetime import UTC, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from campaigns.models import Campaign
from members.models import Account, Event, Job, Member, Membership, PartyUnit
from members.policy import SYSTEM, Role
from members.queries import actor_for
from members.services.posts import end_post
from reviews import tasks
from reviews.models import ResultsImport
from reviews.services import workbooks
from tests.factories import (
    DistrictFactory,
    MemberFactory,
    PostFactory,
    UnitFactory,
)
from tests.hostile_workbooks import BAD_ZIPS, NO_WORKBOOKS
from tests.members.queue import together
from tests.reviews.result_books import book_of
from tests.reviews.result_sheets import CELL, COMMITTEE, PERSON, ROOT, TREE

pytestmark = pytest.mark.django_db

NOW = datetime(2018, 12, 31, 5, tzinfo=UTC)
State = ResultsImport.State


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def district():
    return DistrictFactory(code="H", name="Đảng bộ huyện Yên Lạc", kind="DISTRICT")


@pytest.fixture
def post(district):
    return PostFactory(unit=district, role=Role.CLERK)


@pytest.fixture
def upload(district, post):
    """Send a workbook as the district's clerk."""

    def receive(content=None, **changes) -> ResultsImport:
        asked = {
            "file": SimpleUploadedFile("kết quả.xlsx", content or book_of()),
            "within": district,
            "campaign_code": "yen-lac-2017",
            "campaign_name": "Năm 2017",
            "rule_set_code": "hd27-2014",
            "year": 2017,
            "language": "en",
            **changes,
        }
        return workbooks.receive(
            workbooks.Upload(**asked),
            by=post.account,
            actor=actor_for(post.account),
            now=NOW,
        )

    return receive


def read(received: ResultsImport) -> ResultsImport:
    """Let a worker do the upload's next step."""
    received.refresh_from_db()
    task = {
        "results_preview": tasks.preview_import,
        "results_import": tasks.apply_import,
    }[received.job.kind]
    task(received.job_id)
    return ResultsImport.objects.select_related("job", "uploaded_by", "within").get(
        pk=received.pk
    )


def confirm(received: ResultsImport, by: Account | None = None) -> ResultsImport:
    by = by or received.uploaded_by
    workbooks.confirm(received, by=by, actor=actor_for(by), now=NOW)
    return received


def test_what_is_received_waits_for_a_worker_and_is_on_record(upload, district, post):
    received = upload()

    job = received.job
    assert (received.state, received.status, received.percent) == (
        "READING",
        "QUEUED",
        0,
    )
    assert (job.kind, job.subject_id, job.requested_by) == (
        "results_preview",
        received.pk,
        post.account,
    )
    event = Event.objects.get()
    assert (event.action, event.account, event.post, event.unit, event.data) == (
        "results.received",
        post.account,
        post,
        district,
        {"file": received.file_sha256},
    )
    assert (received.file_name, received.is_waiting) == ("kết quả.xlsx", True)


def test_a_preview_says_what_is_new_and_writes_nothing(upload):
    received = read(upload())

    assert (received.state, received.status, received.job.status) == (
        "READY",
        "READY",
        "DONE",
    )
    assert received.summary == {
        "act": "CREATED",
        "campaign_name": "Năm 2017",
        "units": {"new": 2, "same": 1, "differs": 0},
        "members": {"new": 1, "same": 0, "differs": 0},
        "differences": {"vi": [], "en": []},
        "notes": {"vi": [], "en": []},
    }
    assert (Campaign.objects.count(), Member.objects.count()) == (0, 0)
    assert list(PartyUnit.objects.values_list("code", flat=True)) == ["H"]


def test_a_preview_lists_what_the_registry_keeps(upload):
    renamed = ("H", "Đảng bộ huyện Vĩnh Lạc", *ROOT[2:])

    received = read(upload(book_of((renamed, COMMITTEE, CELL))))

    assert received.summary["units"] == {"new": 2, "same": 0, "differs": 1}
    assert received.summary["differences"]["en"] == [
        "H, name: the register has “Đảng bộ huyện Yên Lạc”, the file “Đảng bộ huyện "
        "Vĩnh Lạc”."
    ]


def test_notes_are_kept_in_every_language(upload):
    received = read(
        upload(campaign_code="muon-2018", year=2018, language="vi", content=book_of())
    )

    (vietnamese,), (english,) = map(received.summary["notes"].get, ("vi", "en"))
    assert "27-HD/BTCTW" in vietnamese
    assert "in force" in english
    assert "in force" not in vietnamese


def test_faults_are_kept_with_a_copy_that_has_them_beside_the_rows(upload):
    received = read(upload(book_of((ROOT, COMMITTEE, (*CELL[:2], "X9", *CELL[3:])))))

    assert (received.state, received.refusal, received.job.status) == (
        "REFUSED",
        "",
        "DONE",
    )
    told = received.summary["faults"]
    assert (received.summary["faults_total"], set(told)) == (1, {"vi", "en"})
    assert told["en"] == [
        {
            "sheet": "Đơn vị",
            "row": 4,
            "column": "Mã cấp trên",
            "value": "X9",
            "text": "No unit of the sheet has this code.",
        }
    ]
    with received.annotated.open("rb") as file:
        sheet = openpyxl.load_workbook(file)["Đơn vị"]
    assert "No unit of the sheet" in sheet.cell(4, sheet.max_column).value


def test_more_faults_than_a_page_holds_are_counted(upload):
    cells = [(f"C{at}", "", "G", "chi bộ", "", "") for at in range(250)]

    received = read(upload(book_of((ROOT, COMMITTEE, *cells), ())))

    assert len(received.summary["faults"]["en"]) == workbooks.MOST_SHOWN
    assert received.summary["faults_total"] == 250


@pytest.mark.parametrize(
    "hostile", [NO_WORKBOOKS[0], NO_WORKBOOKS[5], BAD_ZIPS[3]], ids=lambda each: each.name
)  # fmt: skip
def test_a_hostile_file_is_refused_with_a_sentence(upload, hostile):
    content = hostile.make() or b" "

    received = read(upload(content))

    assert (received.state, received.job.status) == ("REFUSED", "DONE")
    assert received.refusal.endswith(".")
    assert (received.summary, received.status) == ({"unreadable": True}, "UNREADABLE")


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

    with pytest.raises(workbooks.NotToBeConfirmed) as refused:
        confirm(received)

    assert str(refused.value) == "This workbook does not wait for confirmation."
    assert Job.objects.filter(kind="results_import").count() == 1


def test_what_was_not_read_yet_cannot_be_confirmed(upload):
    with pytest.raises(workbooks.NotToBeConfirmed):
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


def test_a_disabled_account_writes_nothing(upload, post):
    received = upload()
    post.account.is_active = False
    post.account.save()

    assert read(received).state == "REFUSED"


def test_a_root_outside_the_clerks_unit_is_refused(upload):
    DistrictFactory(code="K", name="Đảng bộ huyện khác", kind="DISTRICT")
    foreign = (("K", "Đảng bộ huyện khác", *ROOT[2:]),)

    received = read(upload(book_of(foreign, ())))

    assert received.refusal == (
        "The topmost unit of the file, K, is not among the units of Đảng bộ huyện "
        "Yên Lạc."
    )


def test_only_the_command_creates_a_root(upload):
    new = (("N", "Đảng bộ huyện mới", *ROOT[2:]),)

    received = read(upload(book_of(new, ())))

    assert received.refusal.startswith("The topmost unit of the file, N, is not among")
    assert not PartyUnit.objects.filter(code="N").exists()


def test_a_root_that_is_closed_is_refused(upload):
    PartyUnit.objects.update(closed_on="2016-12-31")

    assert read(upload()).state == "REFUSED"


@pytest.mark.parametrize("taken", ["unit", "member"])
def test_a_code_of_another_district_is_refused_without_saying_whose(upload, taken):
    other = DistrictFactory(code="K", name="Đảng bộ huyện Tam Dương", kind="DISTRICT")
    foreign = UnitFactory(code="C" if taken == "unit" else "K1", parent=other)
    if taken == "member":
        MemberFactory(code=PERSON[0], full_name="Phạm Văn Kín", cell=foreign)

    received = read(upload())

    assert received.state == "REFUSED"
    assert received.refusal == (
        f"The file uses a {taken} code that is taken outside your unit. Give your own "
        "rows codes that begin with your unit's code."
    )


def test_who_died_is_in_the_workbook_of_an_earlier_year(upload):
    read(confirm(read(upload())))
    Membership.objects.update(until_on=NOW.date(), ending=Membership.Ending.DIED)

    received = read(upload(campaign_code="yen-lac-2016", year=2016))

    assert (received.state, received.refusal) == ("READY", "")


def test_the_code_of_another_districts_campaign_is_refused_without_more(upload):
    other = DistrictFactory(code="K", kind="DISTRICT")
    Campaign.objects.create(
        code="yen-lac-2017",
        name="Đợt của huyện khác",
        year=2016,
        root_unit=other,
        rule_set_code="qd132-2018",
    )

    received = read(upload())

    assert received.refusal == (
        "The campaign code yen-lac-2017 cannot be used here: choose another."
    )


def test_a_campaign_that_was_worked_on_meanwhile_is_not_replaced(upload):
    read(confirm(read(upload())))
    received = confirm(read(upload(book_of(TREE, ()))))
    Campaign.objects.update(only_imported=False)

    received = read(received)

    assert received.state == "REFUSED"
    assert "has been worked on since" in received.refusal


def test_the_same_content_again_says_that_nothing_changes(upload):
    read(confirm(read(upload())))

    received = read(upload())

    assert (received.status, received.changes_nothing) == ("UNCHANGED", True)
    assert read(confirm(received)).state == "DONE"
    assert Campaign.objects.get().version == 1


def test_a_job_that_failed_can_be_queued_again(upload, monkeypatch):
    received = upload()

    def burn(*args, **kwargs):
        raise RuntimeError("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr(workbooks, "read_workbook", burn)
        for _attempt in range(Job.MAX_ATTEMPTS):
            with pytest.raises(RuntimeError):
                read(received)
    received = ResultsImport.objects.get(pk=received.pk)
    assert (received.state, received.status, received.is_waiting) == (
        "READING",
        "FAILED",
        False,
    )

    workbooks.queue(received, by=received.uploaded_by)

    assert read(received).state == "READY"


def test_a_confirmed_upload_whose_writing_failed_is_written_by_the_next(upload):
    received = confirm(read(upload()))
    received.refresh_from_db()
    Job.objects.filter(pk=received.job_id).update(status="FAILED", finished_at=NOW)

    received = ResultsImport.objects.get(pk=received.pk)
    workbooks.queue(received, by=received.uploaded_by)

    assert received.job.kind == "results_import"
    assert read(received).state == "DONE"


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

    workbooks.preview(received, now=NOW, on_progress=silent)
    workbooks.apply(received, now=NOW, on_progress=silent)

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

    workbooks.preview(late, now=NOW, on_progress=lambda percent: None)

    received = ResultsImport.objects.get(pk=late.pk)
    assert (received.state, received.job.kind) == ("WRITING", "results_import")
    assert read(received).state == "DONE"


def test_a_writer_that_comes_late_does_not_refuse_what_is_written(upload, post):
    confirmed = confirm(read(upload()))
    late = ResultsImport.objects.get(pk=confirmed.pk)
    read(confirmed)
    end_post(post=post, actor=SYSTEM, now=NOW, system_reason="test")

    workbooks.apply(late, now=NOW, on_progress=lambda percent: None)

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
        except workbooks.NotToBeConfirmed:
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
