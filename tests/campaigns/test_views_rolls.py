"""The pages on which a roll comes in, and the question about look-alikes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members.forms import uploads as upload_forms
from members.models import Event, Member, RollImport
from members.policy import Role
from members.spreadsheets.cells import Limits
from tests.campaigns.movement_worlds import PEOPLE, TREE
from tests.campaigns.sent_rolls import known, work
from tests.clients import english_client
from tests.factories import AccountFactory, JobFactory, PostFactory, RollImportFactory
from tests.roll_books import NOW, book_of, row, rows_in
from tests.small_worlds import live

pytestmark = pytest.mark.django_db

LIST = reverse("roll_import_list")
ADD = reverse("member_add")
QUERIES_OF_AN_UPLOAD = 6


@pytest.fixture
def world():
    return live(TREE, PEOPLE)


@pytest.fixture
def client(world):
    client = english_client()
    client.force_login(PostFactory(unit=world["X"], role=Role.CLERK).account)
    return client


def send(client, world, content: bytes) -> RollImport:
    file = SimpleUploadedFile("danh sách.xlsx", content)
    response = client.post(LIST, {"file": file, "within": world["X"].pk})
    assert response.status_code == 302
    return work(RollImport.objects.get())


def address(name: str, upload: RollImport) -> str:
    return reverse(f"roll_import_{name}", args=[upload.pk])


def shown(client, upload: RollImport) -> str:
    return client.get(address("detail", upload)).content.decode()


def test_a_roll_is_sent_shown_confirmed_and_recorded(client, world):
    upload = send(client, world, book_of(row("M1"), known("P000", sex="Nữ")))

    page = shown(client, upload)
    assert "Nothing has been recorded yet" in page
    for text in ("Lê Thị Hoa (M1)", "Nguyễn Văn An (P000)", "Male", "Female"):
        assert text in page
    assert "enter 1, correct 1" in " ".join(page.split())
    response = client.post(address("confirm", upload), follow=True)
    assert "waits for its turn" in response.content.decode()
    page = shown(client, work(upload))
    assert "1 entered, 1 corrected" in page
    assert 'class="actions"' in page
    assert Member.objects.get(code="P000").gender == "F"
    actions = Event.objects.filter(subject_kind="members.rollimport")
    assert list(actions.order_by("pk").values_list("action", flat=True)) == [
        "roll.received",
        "roll.confirmed",
    ]
    response = client.post(address("confirm", upload), follow=True)
    assert "does not wait for confirmation" in response.content.decode()


def test_refused_rows_are_shown_and_downloaded(client, world):
    upload = send(client, world, book_of(row("M1"), row("M2", born="31/02/1960")))

    page = shown(client, upload)
    assert "1 row is not recorded" in page
    assert "31/02/1960" in page
    response = client.get(address("refused", upload))
    content = b"".join(response.streaming_content)
    assert [each[0] for each in rows_in(content)] == ["Mã đảng viên", "M2"]
    assert response["Cache-Control"] == "no-store"
    assert Event.objects.filter(action="roll.annotated_downloaded").count() == 1


def test_the_list_says_how_many_rows_a_written_roll_left_out(client, world):
    upload = send(client, world, book_of(row("M1"), row("M2", born="31/02/1960")))
    refused = "1 row was refused."
    before = client.get(LIST).text
    client.post(address("confirm", upload))
    work(upload)

    page = client.get(LIST).text
    RollImport.objects.update(annotated="")
    later = client.get(LIST).text

    assert refused not in before
    assert refused in page
    assert address("refused", upload) in page
    assert refused in later
    assert address("refused", upload) not in later


def test_look_alikes_are_confirmed_in_so_many_words(client, world):
    upload = send(client, world, book_of(row("M1", "Nguyễn Văn An", born="1970")))
    assert "May be on the roll already" in shown(client, upload)

    response = client.post(address("confirm", upload))

    assert response.status_code == 422
    assert "Tick the box" in response.content.decode()
    upload.refresh_from_db()
    assert upload.state == RollImport.State.READY
    response = client.post(address("confirm", upload), {"are_others": "on"})
    assert response.status_code == 302
    assert work(upload).status == "DONE"


def test_a_roll_that_says_nothing_new_has_nothing_to_confirm(client, world):
    page = shown(client, send(client, world, book_of(known("P000"))))

    assert "nothing changes" in page
    assert "Record on the roll" not in page


def test_what_is_no_roll_is_said_on_its_page(client, world):
    page = shown(client, send(client, world, b"%PDF-1.7"))

    assert "is not an Excel workbook" in page
    assert reverse("members:roll_template") in page


def test_a_step_that_failed_is_asked_for_again(client, world):
    upload = RollImportFactory(
        within=world["X"],
        uploaded_by=AccountFactory(),
        job=JobFactory(status="FAILED", finished_at=NOW, error="-"),
    )
    assert "Read the workbook again" in shown(client, upload)

    client.post(address("retry", upload))

    upload.refresh_from_db()
    assert upload.status == "QUEUED"
    assert client.get(address("refused", upload)).status_code == 404


def test_a_file_too_large_is_refused_beside_its_field(client, world, monkeypatch):
    small = Limits(max_bytes=10, max_rows=1, address_space_bytes=1, cpu_seconds=1)
    monkeypatch.setattr(upload_forms, "ROLL_LIMITS", small)
    file = SimpleUploadedFile("x.xlsx", b"PK" * 10)

    response = client.post(LIST, {"file": file, "within": world["X"].pk})

    assert response.status_code == 422
    assert "larger than 10" in response.content.decode()
    assert not RollImport.objects.exists()


def test_another_unit_cannot_be_chosen(client, world):
    file = SimpleUploadedFile("x.xlsx", book_of(row("M1")))

    for unit in ("K", "X1"):
        response = client.post(LIST, {"file": file, "within": world[unit].pk})
        assert response.status_code == 422
    assert not RollImport.objects.exists()


def test_an_upload_takes_few_queries(client, world, django_assert_num_queries):
    upload = send(client, world, book_of(row("M1"), row("M2", sex="x")))
    client.get(LIST)

    with django_assert_num_queries(QUERIES_OF_AN_UPLOAD):
        client.get(address("detail", upload))


def person(world, **changes) -> dict[str, object]:
    return {
        "unit": world["X1"].pk,
        "full_name": "NGUYỄN VĂN ＡN",
        "born_on": "1970",
        "gender": "M",
        "admitted_on": "",
        "official_on": "",
        "card_number": "",
        "personal_id": "",
        "on": "2024-11-05",
        **changes,
    }


@pytest.mark.parametrize(
    "born_on", ["1970", "01/1970", "02/01/1970", ""], ids=lambda text: text or "unknown"
)
def test_who_looks_like_somebody_is_entered_when_that_was_said(client, world, born_on):
    before = Member.objects.count()
    asked = person(world, born_on=born_on)

    response = client.post(ADD, asked)

    assert response.status_code == 422
    told = "Nguyễn Văn An (02/01/1970, Đơn vị X1) is on the roll already."
    assert told in response.content.decode()
    assert Member.objects.count() == before
    response = client.post(ADD, {**asked, "is_another": "on"})
    assert response.status_code == 302
    assert Member.objects.count() == before + 1


def test_whoever_is_not_alike_is_entered_at_once(client, world):
    page = client.get(ADD).content.decode()
    assert "This is another person" not in page

    for changes in ({"born_on": "03/01/1970"}, {"full_name": "Nguyễn Văn Ân"}):
        assert client.post(ADD, person(world, **changes)).status_code == 302


def test_who_is_out_of_reach_is_no_look_alike(client, world):
    Member.objects.filter(code="P003").update(full_name="Trần Đức")

    response = client.post(ADD, person(world, full_name="Trần Ðức"))

    assert response.status_code == 302


def test_a_wrong_birth_is_said_at_its_own_field(client, world):
    response = client.post(ADD, person(world, born_on="x"))

    assert response.status_code == 422
    assert "is not a date" in response.content.decode()
    assert "This is another person" not in response.content.decode()
