"""Attached files are given out to nobody before the virus scanner has looked at them."""

import logging
import socket

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from campaigns import tasks
from campaigns.models import Activity, PlanDocument, Scan
from campaigns.services import scanning
from members.attachments.scanning import ScannerNotReached, is_clean
from members.checks import virus_scanner
from members.models import Event, Job
from members.row_security import Purpose, opened_for
from tests.attachment_parts import pdf, stream
from tests.campaigns.plan_worlds import World, page
from tests.campaigns.work_worlds import browser_of, cell_at_work
from tests.factories import ActivityFactory, PlanDocumentFactory
from tests.virus_scanner import SIGNATURE, running, running_at

pytestmark = pytest.mark.django_db

INFECTED = pdf({4: stream(SIGNATURE)})


@pytest.fixture
def scanner(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with running() as scanner:
        settings.CLAMD = scanner.address
        yield scanner


@pytest.fixture
def world():
    return World()


def attach(world, content, campaign=None) -> PlanDocument:
    campaign = campaign or world.draft()
    typed = {"role": "PLAN", "title": "Kế hoạch", "number": "66-KH/HU"}
    file = SimpleUploadedFile("a.pdf", content)
    address = page("part_add", campaign.pk, "documents")
    assert world.clerk.post(address, {**typed, "file": file}).status_code == 302
    return PlanDocument.objects.latest("pk")


def work_off() -> None:
    for job in Job.objects.filter(status=Job.Status.QUEUED):
        getattr(tasks, job.kind)(job.pk)


def download(world, document):
    return world.clerk.get(page("document_file", document.pk), follow=True)


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


def plan_of(world, document) -> str:
    answer = world.clerk.get(page("plan_detail", document.campaign_id))
    return answer.content.decode()


def test_a_file_is_given_out_after_it_was_scanned_clean(world, scanner):
    document = attach(world, pdf())

    assert "đang được quét vi-rút" in plan_of(world, document)
    waits = download(world, document)
    assert waits.redirect_chain
    assert "Tệp đang được quét vi-rút" in waits.content.decode()

    work_off()

    assert content_of(download(world, document)) == pdf()
    assert page("document_file", document.pk) in plan_of(world, document)
    assert scanner.asked == [pdf()]


def test_a_file_in_which_something_is_found_is_given_to_nobody(world, scanner, caplog):
    document = attach(world, INFECTED)

    with caplog.at_level(logging.WARNING):
        work_off()

    told = download(world, document)
    assert told.redirect_chain
    assert "phát hiện mã độc" in told.content.decode()
    assert "phát hiện mã độc" in plan_of(world, document)
    assert "scan_document" in caplog.text
    event = Event.objects.get(action="campaigns.plandocument_infected")
    assert (event.subject_id, event.system_reason) == (document.pk, "virus scanner")
    document.refresh_from_db()
    assert document.scan == Scan.FOUND


def test_an_infected_file_is_not_given_out_where_the_scanner_is_taken_away(
    world, scanner, settings
):
    document = attach(world, INFECTED)
    work_off()

    settings.CLAMD = ""

    assert download(world, document).redirect_chain


def test_another_file_in_its_place_is_scanned_anew(world, scanner):
    document = attach(world, pdf())
    work_off()
    address = reverse("plans:part_edit", args=["documents", document.pk])
    typed = {"role": "PLAN", "title": "Kế hoạch", "number": "66-KH/HU", "version": 1}
    file = SimpleUploadedFile("b.pdf", INFECTED)

    assert world.clerk.post(address, {**typed, "file": file}).status_code == 302

    assert download(world, document).redirect_chain
    work_off()
    document.refresh_from_db()
    assert document.scan == Scan.FOUND


def test_a_change_of_another_column_asks_for_no_scan(world, scanner):
    document = attach(world, pdf())
    work_off()
    address = reverse("plans:part_edit", args=["documents", document.pk])
    typed = {"role": "PLAN", "title": "Khác", "number": "66-KH/HU", "version": 1}

    assert world.clerk.post(address, typed).status_code == 302

    document.refresh_from_db()
    assert (document.title, document.scan) == ("Khác", Scan.CLEAN)
    assert not Job.objects.filter(status=Job.Status.QUEUED).exists()


def test_what_is_said_of_a_file_is_not_said_of_the_one_that_took_its_place(
    world, scanner, monkeypatch
):
    document = attach(world, pdf())
    asked = []

    def slowly(file, address):
        asked.append(file.read())
        if len(asked) == 1:
            row = PlanDocument.objects.get(pk=document.pk)
            row.file.save("later.pdf", ContentFile(INFECTED), save=True)
        return SIGNATURE not in asked[-1]

    monkeypatch.setattr(scanning, "is_clean", slowly)
    with opened_for(Purpose.JOB):
        scanning.scan(PlanDocument, document.pk, now=timezone.now())

    assert asked == [pdf(), INFECTED]
    document.refresh_from_db()
    assert document.scan == Scan.FOUND


def test_the_product_of_a_seminar_waits_as_well(scanner):
    world = cell_at_work()
    client = browser_of(world.secretary)
    seminar = {"kind": "SEMINAR", "topic": "Nêu gương", "organiser": "Chi bộ"}
    file = SimpleUploadedFile("Tham luận.pdf", pdf())
    sent = {**seminar, "on": "05/05/2024", "product_file": file}

    assert client.post(world.url("activity_add"), sent).status_code == 302

    address = reverse("work:product", args=[Activity.objects.get().pk])
    assert client.get(address).status_code == 302
    assert (
        "đang được quét vi-rút" in client.get(world.url("activities")).content.decode()
    )
    work_off()
    assert content_of(client.get(address)) == pdf()


def test_a_product_that_is_infected_is_recorded_for_its_unit(scanner):
    world = cell_at_work()
    activity = ActivityFactory(unit=world.cell)
    activity.product_file.save("a.pdf", ContentFile(INFECTED))

    with opened_for(Purpose.JOB):
        scanning.scan(Activity, activity.pk, now=timezone.now())

    event = Event.objects.get(action="campaigns.activity_infected")
    assert event.unit == world.cell.custodian


def test_while_the_scanner_is_away_files_wait_and_are_asked_about_again(
    world, scanner, settings
):
    address = scanner.address
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.CLAMD = f"127.0.0.1:{unused.getsockname()[1]}"
        document = attach(world, pdf())
        for _attempt in range(Job.MAX_ATTEMPTS):
            with pytest.raises(ScannerNotReached):
                work_off()
        assert Job.objects.get().status == Job.Status.FAILED
        assert download(world, document).redirect_chain

    settings.CLAMD = address
    tasks.scan_what_waits()
    work_off()

    document.refresh_from_db()
    assert document.scan == Scan.CLEAN


def test_what_was_attached_before_there_was_a_scanner_is_scanned(
    world, scanner, settings
):
    address, settings.CLAMD = settings.CLAMD, ""
    document = attach(world, pdf())
    assert not Job.objects.exists()
    assert scanning.ask_for_what_waits() == 0
    assert content_of(download(world, document)) == pdf()
    PlanDocumentFactory(campaign=document.campaign)  # without a file

    settings.CLAMD = address
    assert download(world, document).redirect_chain
    assert scanning.ask_for_what_waits() == 1
    work_off()

    assert content_of(download(world, document)) == pdf()


def test_a_job_that_comes_late_does_nothing(world, scanner, settings):
    document = attach(world, pdf())
    settings.CLAMD = ""
    scanning.scan(PlanDocument, document.pk, now=timezone.now())
    work_off()
    tasks.scan_document(Job.objects.get().pk)

    assert scanner.asked == []
    assert Job.objects.get().status == Job.Status.DONE


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR", b"stream: a ERROR"]
)
def test_an_answer_that_is_none_is_no_leave(scanner, answer, tmp_path):
    scanner.always = answer

    with pytest.raises(ScannerNotReached):
        is_clean(ContentFile(pdf()), scanner.address)


@pytest.mark.parametrize("address", ["/no/socket", "127.0.0.1:no", "no"])
def test_an_address_without_a_scanner_is_no_leave(address):
    with pytest.raises(ScannerNotReached):
        is_clean(ContentFile(pdf()), address)


def test_a_scanner_behind_a_socket_of_this_machine_is_asked(tmp_path):
    path = str(tmp_path / "clamd.ctl")
    with running_at(path) as scanner:
        assert is_clean(ContentFile(pdf()), path)
        assert not is_clean(ContentFile(INFECTED), path)
    assert scanner.asked == [pdf(), INFECTED]


def test_a_site_without_a_scanner_is_warned(settings):
    settings.CLAMD = ""
    assert [warning.id for warning in virus_scanner()] == ["members.W002"]
    settings.CLAMD = "/run/clamav/clamd.ctl"
    assert virus_scanner() == []
