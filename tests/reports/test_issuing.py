"""A report gets number, day and code; anybody checks it, and is told no more than that."""

import hashlib
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Campaign
from members.models import Event, FailedTry
from members.policy import Role
from members.queries import actor_for
from reports.codes import ALPHABET, LENGTH, code_in, in_groups, new_code, sha256_in
from reports.models import ReportIssue, RollupReport
from reports.services import issuing, verifying
from tests.clients import english_client
from tests.factories import PostFactory
from tests.reports.asking import NOW, asked, made
from tests.reports.browsing import clerk_of
from tests.small_worlds import contents, imported, unit_of

pytestmark = pytest.mark.usefixtures("english")
DAY = date(2025, 1, 5)


def draft(root, post) -> RollupReport:
    return made(asked(root, by=post))


def issue(read, root, post, *, number=25, on=DAY) -> RollupReport:
    return issuing.issue_report(
        read=read,
        unit=root,
        number=number,
        issued_on=on,
        actor=actor_for(post.account),
        now=NOW,
    )


def number_of(report) -> ReportIssue:
    return ReportIssue.objects.select_related("report").get(report=report)


@pytest.fixture
def issued(root, post, printed) -> ReportIssue:
    report = made(issue(draft(root, post), root, post))
    assert report.status == "DONE", report.error
    return number_of(report)


def test_a_draft_has_no_number_no_code_and_no_picture_of_it(root, post, printed):
    draft(root, post)

    assert '<span class="blank">' in printed[0]
    assert "verification" not in printed[0].split("</style>")[1]


def test_an_issued_report_prints_number_day_code_and_address(issued, printed):
    body = printed[-1].split("</style>")[1]
    address = f"https://tusoi.example.vn/verify/{issued.code}/"

    assert "Số 25-BC/" in body
    assert issued.code_in_groups in body
    assert body.count(f"<p>{address}</p>") == 1
    assert f"<title>{address}</title>" in body


def test_what_is_printed_is_part_of_the_input(issued, root, post):
    drafts = RollupReport.objects.exclude(pk=issued.report_id)

    assert issued.report.input_digest not in {each.input_digest for each in drafts}
    assert {each.figures_digest for each in drafts} == {issued.figures_digest}


def test_issuing_is_on_record_with_its_number_and_without_the_code(issued, post):
    event = Event.objects.get(action="reports.issued")

    assert (event.account, event.data["number"], event.data["on"]) == (
        post.account,
        25,
        "2025-01-05",
    )
    assert issued.code not in str(event.data)


def test_a_report_is_not_issued_whose_figures_have_changed(root, post, printed):
    read = draft(root, post)
    imported(contents(people={"X1": "GOOD"}))
    root = unit_of(Campaign.objects.get(pk=root.campaign_id), "H")

    with pytest.raises(issuing.IssueRefused, match="have changed since"):
        issue(read, root, post)
    assert not ReportIssue.objects.exists()


def test_figures_that_change_before_it_is_made_stop_it(root, post, printed):
    waiting = issue(draft(root, post), root, post)
    imported(contents(people={"X1": "GOOD"}))

    stopped = made(waiting)

    assert (stopped.status, "have changed since" in stopped.error) == ("FAILED", True)


def test_after_it_stopped_a_draft_is_made_and_its_number_is_free(root, post, printed):
    waiting = issue(draft(root, post), root, post)
    imported(contents(people={"X1": "GOOD"}))
    made(waiting)
    root = unit_of(Campaign.objects.get(pk=root.campaign_id), "H")

    again = draft(root, post)

    assert (again.pk, again.status, ReportIssue.objects.count()) == (
        waiting.pk,
        "DONE",
        0,
    )
    assert number_of(made(issue(again, root, post))).number == 25


def test_one_that_waits_keeps_its_number_when_a_draft_is_asked_for(root, post, printed):
    waiting = issue(draft(root, post), root, post)

    assert asked(root, by=post) == waiting
    assert number_of(made(waiting)).number == 25


@pytest.mark.parametrize(
    ("columns", "column"),
    [
        ({"on": date(2025, 1, 6)}, "issued_on"),
        ({"number": 25}, "number"),
    ],
)
def test_a_day_to_come_and_a_number_that_is_taken_are_refused(
    issued, root, post, columns, column
):
    with pytest.raises(issuing.IssueRefused) as refused:
        issue(issued.report, root, post, **columns)
    assert refused.value.column == column


def test_the_same_report_in_the_other_language_has_the_same_number(issued, root, post):
    other = made(asked(root, by=post, language="vi"))

    assert number_of(made(issue(other, root, post))).number == issued.number


def test_while_a_report_is_made_none_is_issued(root, post, printed):
    read = draft(root, post)
    asked(root, by=post)

    with pytest.raises(issuing.IssueRefused, match="is being made"):
        issue(read, root, post)


def test_only_who_records_the_work_of_the_unit_issues(issued, root):
    page = reverse("reports:report_issue", args=[issued.report_id])
    inspector = PostFactory(unit=root.live_unit, role=Role.INSPECTION_COMMISSION)
    client = english_client()
    client.force_login(inspector.account)

    assert (client.get(page).status_code, clerk_of(root).get(page).status_code) == (
        404,
        200,
    )
    detail = reverse("reports:report_detail", args=[issued.report_id])
    assert issued.code_in_groups in client.get(detail).text


def asked_of(client: Client, **sent) -> str:
    page = client.post(reverse("reports:verify"), sent)
    assert page.status_code == 200
    return " ".join(
        re.findall(r'mb-4">\s*<p class="notice[^>]*>([^<]+)<', page.text)
    ).strip()


def file_of(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("bao-cao.pdf", content, content_type="application/pdf")


def content_of(issued: ReportIssue) -> bytes:
    with issued.report.pdf.open("rb") as stream:
        return stream.read()


def test_the_file_its_hash_and_the_code_are_genuine(issued):
    client, content = english_client(), content_of(issued)
    sha256 = hashlib.sha256(content).hexdigest()
    by_code = client.get(reverse("reports:verify_code", args=[issued.code])).text

    assert asked_of(client, file=file_of(content)).startswith("Genuine: this file")
    assert asked_of(client, sha256=f"{sha256}  bao-cao.pdf").startswith("Genuine")
    assert asked_of(client, code=issued.code_in_groups.lower()).startswith("Genuine")
    assert asked_of(client, code=issued.code, file=file_of(content)).startswith(
        "Genuine: this file"
    )
    assert "Genuine: a document with this code" in by_code


def test_an_edited_file_is_not_confirmed_with_its_code_or_without(issued):
    client, edited = english_client(), content_of(issued) + b"%"

    assert asked_of(client, file=file_of(edited)).startswith("Unknown: this file")
    assert asked_of(client, code=issued.code, file=file_of(edited)).startswith(
        "Not confirmed"
    )


def test_a_draft_and_a_code_that_waits_are_unknown(root, post, printed):
    read = draft(root, post)
    with read.pdf.open("rb") as stream:
        drafted = stream.read()
    waiting = issue(read, root, post)

    assert asked_of(english_client(), file=file_of(drafted)).startswith("Unknown")
    assert asked_of(english_client(), code=number_of(waiting).code).startswith(
        "Unknown"
    )


def test_a_later_one_supersedes_it_by_its_number(issued, root, post):
    later = number_of(made(issue(issued.report, root, post, number=26)))
    client = english_client()

    told = asked_of(client, code=issued.code)
    assert " ".join(told.split()) == (
        f"Genuine, and no longer in force: superseded by No. {later} of 05/01/2025."
    )
    assert asked_of(client, code=later.code).startswith("Genuine: ")


def test_nothing_of_the_contents_is_told_without_a_log_in_or_to_others(issued, root):
    address = reverse("reports:verify_code", args=[issued.code])
    stranger = PostFactory(role=Role.CLERK)
    other = english_client()
    other.force_login(stranger.account)
    reader = clerk_of(root).get(address).text
    detail = reverse("reports:report_detail", args=[issued.report_id])

    assert (detail in reader, root.live_unit.name in reader) == (True, True)
    for client in (english_client(), other):
        page = client.get(address).text
        main = page[page.index("<main") :]
        assert [
            told in main
            for told in (detail, root.live_unit.name, str(issued), root.campaign.name)
        ] == [False] * 4


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Enter the code, or choose the file."),
        ({"code": "CFGH"}, "This is no verification code"),
        ({"sha256": "abc"}, "A SHA-256 has 64 digits"),
        ({"file": file_of(b"")}, "The file is empty."),
    ],
)
def test_what_cannot_be_is_told_at_its_field(db, sent, words):
    answer = english_client().post(reverse("reports:verify"), sent)

    assert (answer.status_code, words in answer.text) == (422, True)


def test_a_hash_that_is_not_the_files_is_told(db):
    sent = {"file": file_of(b"a"), "sha256": "0" * 64}
    answer = english_client().post(reverse("reports:verify"), sent)

    assert "This is not the SHA-256 of the file above." in answer.text


def test_unknown_ones_are_counted_and_then_refused_for_a_while(issued, monkeypatch):
    monkeypatch.setattr(verifying, "MOST_OF_VISITORS", 3)
    client = english_client()
    address = reverse("reports:verify_code", args=[new_code()])
    known = reverse("reports:verify_code", args=[issued.code])
    for _time in range(4):
        assert client.get(known).status_code == 200

    assert [client.get(address).status_code for _ in range(4)] == [200] * 3 + [429]
    assert client.get(known).status_code == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert client.get(known).status_code == 200


def test_an_account_is_counted_by_itself(issued, root, monkeypatch):
    monkeypatch.setattr(verifying, "MOST_OF_VISITORS", 1)
    address = reverse("reports:verify_code", args=[new_code()])
    english_client().get(address)

    assert english_client().get(address).status_code == 429
    assert clerk_of(root).get(address).status_code == 200
    assert FailedTry.objects.count() == 2


def test_codes_are_long_of_safe_letters_and_read_however_they_are_written():
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)
    code = codes.pop()
    for written in (
        code,
        in_groups(code),
        in_groups(code).lower(),
        f" {in_groups(code).replace('-', ' – ')} ",
        f"https://tusoi.example.vn/verify/{code}/",
    ):
        assert code_in(written) == code
    assert [code_in(each) for each in ("", code[1:], code + "2", "0" * 16)] == [""] * 4
    assert sha256_in("A" * 64 + "  a.pdf") == "a" * 64
    assert sha256_in("g" * 64) == ""
