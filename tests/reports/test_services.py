"""Reports are asked for once, made by a worker, and not made again for nothing."""

import threading
from datetime import UTC, datetime

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils.translation import override

from campaigns.models import Campaign, CampaignUnit
from members.models import Event, Job, PartyUnit
from members.policy import SYSTEM, Role
from members.queries import actor_for
from members.services.posts import end_post
from reports.documents.pdf import DocumentNotRendered
from reports.models import RollupReport
from reports.queries.heads import head_of
from reports.services import reporting, sources
from reports.tasks import render_rollup
from tests.factories import LetterheadFactory, PostFactory
from tests.small_worlds import (
    DISTRICT_PEOPLE,
    contents,
    imported,
    together,
    unit_of,
)

NOW = datetime(2025, 1, 5, 5, tzinfo=UTC)
THREADS = 8


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def campaign(db) -> Campaign:
    return imported(contents(people=DISTRICT_PEOPLE))


@pytest.fixture
def root(campaign) -> CampaignUnit:
    return unit_of(campaign, "H")


@pytest.fixture
def post(root):
    return PostFactory(unit=root.live_unit, role=Role.CLERK)


@pytest.fixture
def printed(monkeypatch) -> list[str]:
    """The documents that went to the renderer; what it draws costs nothing here."""
    documents: list[str] = []

    def draw(html: str) -> bytes:
        documents.append(html)
        return b"%PDF-1.7 " + html.encode()

    monkeypatch.setattr(sources, "html_to_pdf", draw)
    return documents


def asked(unit, *, by=None, language="en") -> RollupReport:
    return reporting.request_report(
        unit=unit,
        language=language,
        by=by.account if by else None,
        actor=actor_for(by.account) if by else SYSTEM,
        now=NOW,
    )


def made(report: RollupReport) -> RollupReport:
    render_rollup(report.job_id)
    return RollupReport.objects.select_related("job").get(pk=report.pk)


def content(file) -> bytes:
    with file.open("rb") as stream:
        return stream.read()


def test_a_request_queues_a_job_and_is_on_record(root, post):
    report = asked(root, by=post)

    assert (report.status, report.job.kind, report.job.requested_by) == (
        "QUEUED",
        "rollup",
        post.account,
    )
    event = Event.objects.get(action="reports.requested")
    assert (event.account, event.post, event.unit_id, event.subject_id) == (
        post.account,
        post,
        root.live_unit_id,
        report.pk,
    )


def test_a_request_of_the_server_says_so(root):
    asked(root)

    event = Event.objects.get(action="reports.requested")
    assert (event.account, event.system_reason) == (None, "command")


def test_asked_twice_it_is_the_same_report(root, post):
    first = asked(root, by=post)

    assert asked(root, by=post) == first
    assert (RollupReport.objects.count(), Job.objects.count()) == (1, 1)
    assert Event.objects.filter(action="reports.requested").count() == 1


def test_the_server_sees_every_report(root, post):
    report = asked(root, by=post)

    assert list(RollupReport.objects.visible_to(SYSTEM)) == [report]


def test_another_language_or_unit_is_another_report(campaign, root):
    reports = {
        asked(root).pk,
        asked(root, language="vi").pk,
        asked(unit_of(campaign, "X")).pk,
    }

    assert len(reports) == 3


def test_after_a_finished_report_a_new_one_is_made(root, printed):
    first = made(asked(root))

    assert asked(root) != first


def test_a_report_that_failed_is_tried_again_in_the_name_of_who_asks_again(
    root, post, printed
):
    first = asked(root, by=post)
    end_post(post=post, actor=SYSTEM, now=NOW, system_reason="test")
    assert made(first).status == "FAILED"
    colleague = PostFactory(unit=root.live_unit, role=Role.CLERK)

    again = asked(root, by=colleague)

    assert again == first
    assert (again.requested_by, again.job.requested_by) == (colleague.account,) * 2
    assert made(again).status == "DONE"


@pytest.mark.django_db(transaction=True)
def test_a_report_is_asked_for_while_an_import_holds_the_campaign():
    campaign = imported(contents(people=DISTRICT_PEOPLE))
    root = unit_of(campaign, "H")
    is_held, was_asked = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            list(Campaign.objects.select_for_update(no_key=True))
            list(PartyUnit.objects.select_for_update(no_key=True))
            is_held.set()
            assert was_asked.wait(10)

    def ask() -> None:
        assert is_held.wait(10)
        asked(root)
        was_asked.set()

    together(hold, ask)

    assert RollupReport.objects.get().status == "QUEUED"


@pytest.mark.django_db(transaction=True)
def test_eight_people_who_ask_at_once_get_one_report():
    root = unit_of(imported(contents(people=DISTRICT_PEOPLE)), "H")
    start, found = threading.Barrier(THREADS), []

    def ask() -> None:
        try:
            start.wait()
            found.append(asked(root).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [RollupReport.objects.get().pk] * THREADS
    assert Job.objects.count() == 1


def test_a_worker_makes_both_files_and_names_them_by_their_content(root, printed):
    report = made(asked(root))

    assert (report.status, report.job.status, report.percent) == ("DONE", "DONE", 100)
    assert report.pdf.name == (
        f"reports/{report.pdf_sha256[:2]}/{report.pdf_sha256}.pdf"
    )
    assert report.xlsx.name.endswith(f"{report.xlsx_sha256}.xlsx")
    assert content(report.pdf) == b"%PDF-1.7 " + printed[0].encode()
    assert content(report.xlsx).startswith(b"PK")


def test_the_same_figures_are_not_drawn_again(root, printed):
    first = made(asked(root))

    second = made(asked(root))

    assert len(printed) == 1
    assert (second.pdf.name, second.xlsx.name, second.pdf_sha256) == (
        first.pdf.name,
        first.xlsx.name,
        first.pdf_sha256,
    )


def test_a_lost_file_is_made_again(root, printed):
    lost = made(asked(root))
    default_storage.delete(lost.pdf.name)

    again = made(asked(root))

    assert default_storage.exists(again.pdf.name)
    assert again.pdf_sha256 == lost.pdf_sha256
    assert len(printed) == 2


def test_new_figures_make_new_files(root, printed):
    first = made(asked(root))
    changed = DISTRICT_PEOPLE | {"W": "OTHER GOOD"}
    campaign = imported(contents(people=changed))

    second = made(asked(unit_of(campaign, "H")))

    assert len(printed) == 2
    assert second.input_digest != first.input_digest
    assert second.pdf.name != first.pdf.name
    assert default_storage.exists(first.pdf.name)


def test_a_new_letterhead_makes_a_new_document(root, printed):
    first = made(asked(root))
    LetterheadFactory(unit=root.live_unit, issuer="HUYỆN ỦY YÊN LẠC")

    second = made(asked(root))

    assert (len(printed), second.pdf.name == first.pdf.name) == (2, False)
    assert "HUYỆN ỦY YÊN LẠC" in printed[1]


def test_a_new_way_to_write_makes_new_files(root, printed, monkeypatch):
    first = made(asked(root))
    monkeypatch.setattr(sources, "FORMAT", sources.FORMAT + 1)

    second = made(asked(root))

    assert len(printed) == 2
    assert second.input_digest != first.input_digest


def test_a_new_package_that_writes_workbooks_makes_new_files(root, monkeypatch):
    before = sources.source_of(root, language="en").input_digest
    monkeypatch.setattr(sources, "version", lambda package: "99")

    assert sources.source_of(root, language="en").input_digest != before


def test_a_finished_report_is_found_by_its_figures(root, printed):
    assert reporting.finished_report(root, language="en") is None
    report = made(asked(root))

    assert reporting.finished_report(root, language="en") == report
    assert reporting.finished_report(root, language="vi") is None
    imported(contents(people=DISTRICT_PEOPLE | {"W": "GOOD"}))
    now = unit_of(root.campaign, "H")
    assert reporting.finished_report(now, language="en") is None


def test_who_lost_the_post_meanwhile_gets_no_report(root, post, printed):
    report = asked(root, by=post)
    end_post(post=post, actor=SYSTEM, now=NOW, system_reason="test")

    report = made(report)

    assert (report.status, report.job.attempts, printed) == ("FAILED", 1, [])
    assert report.error == (
        "Your post no longer gives access to the figures of this unit."
    )
    assert report.pdf.name == ""


def test_a_renderer_that_cannot_is_told_to_who_asked(root, monkeypatch):
    def fail(html: str) -> bytes:
        raise DocumentNotRendered("Pango is missing.")

    monkeypatch.setattr(sources, "html_to_pdf", fail)

    report = made(asked(root))

    assert (report.status, report.error, report.finished_at) == (
        "FAILED",
        "Pango is missing.",
        None,
    )
    assert report.is_finished


def test_another_fault_is_tried_three_times_and_told_without_its_text(
    root, monkeypatch
):
    def burn(html: str) -> bytes:
        raise RuntimeError("Nguyễn Văn An")

    monkeypatch.setattr(sources, "html_to_pdf", burn)
    report = asked(root)
    for _attempt in range(Job.MAX_ATTEMPTS):
        with pytest.raises(RuntimeError):
            made(report)

    report = RollupReport.objects.get(pk=report.pk)
    assert (report.status, report.error) == (
        "FAILED",
        "The work stopped because of a fault in the program.",
    )


def test_a_report_that_failed_is_made_by_its_next_job(root, post, printed):
    report = asked(root, by=post)
    Job.objects.update(status="FAILED", finished_at=NOW)
    report.refresh_from_db()

    reporting.queue_report(report, by=post.account)

    assert made(report).status == "DONE"
    assert Job.objects.count() == 2


def test_a_late_message_makes_nothing(root, printed):
    report = made(asked(root))

    assert made(report) == report
    assert len(printed) == 1


def test_a_report_without_a_job_has_failed():
    report = RollupReport()

    assert (report.status, report.percent, report.error, report.is_finished) == (
        "FAILED",
        0,
        "",
        True,
    )


def test_an_earlier_campaign_stands_beside_this_one(root, printed):
    older = imported(
        contents(people={"X1": "GOOD"}), campaign_code="dot-2023", year=2023
    )
    assert older.year == 2023

    head = head_of(root, language="en")
    made(asked(root))

    assert head.previous.year == 2023
    assert head.previous.rollup.unit.figures.members.present == 1
    assert "2023" in printed[0]
    assert printed[0].count("<svg") > without_comparison(root)


def without_comparison(root: CampaignUnit) -> int:
    """How many pictures the report has where there was no campaign before."""
    Campaign.objects.filter(year=2023).update(year=2030)
    return sources.source_of(root, language="en").html.count("<svg")


def test_the_nearest_earlier_campaign_is_compared_with(root):
    for year in (2020, 2022, 2021):
        imported(contents(), campaign_code=f"dot-{year}", year=year)

    assert head_of(root, language="en").previous.year == 2022


def test_a_unit_that_was_in_no_earlier_campaign_has_nothing_beside_it(root):
    imported(contents("K - SUPERIOR - -"), campaign_code="khac-2023", year=2023)

    assert head_of(root, language="en").previous is None


@pytest.mark.parametrize(
    ("code", "name", "head"),
    [
        ("H", "Đảng bộ huyện Yên Lạc",
         ("", "Huyện ủy Yên Lạc", "BC/HU", "Ban Thường vụ",
          ("Lưu Huyện ủy Yên Lạc",))),
        ("X", "Đảng bộ xã Đại Tự",
         ("Đơn vị H", "Đảng ủy xã Đại Tự", "BC/ĐU", "Đảng ủy",
          ("Đơn vị H", "Lưu Đảng ủy xã Đại Tự"))),
        ("X1", "Chi bộ thôn 7",
         ("Đơn vị X", "Chi bộ thôn 7", "BC/CB", "Chi bộ",
          ("Đơn vị X", "Lưu Chi bộ thôn 7"))),
    ],
)  # fmt: skip
def test_without_a_letterhead_the_committee_follows_from_kind_and_name(
    campaign, code, name, head
):
    unit = unit_of(campaign, code)
    unit.name = name

    found = head_of(unit, language="en")

    signs = found.signatories[0].on_behalf_of
    assert (
        found.superior, found.issuer, found.symbol, signs, found.recipients
    ) == head  # fmt: skip


def test_the_superior_is_the_committee_above_as_its_letterhead_calls_it(campaign, root):
    parent = root.live_unit
    parent.name = "Đảng bộ huyện Yên Lạc"
    parent.save()
    unit = unit_of(campaign, "X")
    assert head_of(unit, language="en").superior == "Huyện ủy Yên Lạc"

    LetterheadFactory(unit=parent, issuer="HUYỆN ỦY")

    assert head_of(unit, language="en").superior == "HUYỆN ỦY"


def test_a_letterhead_gives_its_own_words(root):
    LetterheadFactory(
        unit=root.live_unit,
        issuer="HUYỆN ỦY",
        superior="TỈNH ỦY",
        symbol="HU",
        place="Yên Lạc",
        recipients="Tỉnh ủy\n\nLưu",
    )

    head = head_of(root, language="en")

    assert (head.issuer, head.superior, head.symbol, head.place, head.recipients) == (
        "HUYỆN ỦY",
        "TỈNH ỦY",
        "BC/HU",
        "Yên Lạc",
        ("Tỉnh ủy", "Lưu"),
    )
