"""A roll that is sent: compared, confirmed, written; open campaigns follow."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from campaigns import tasks
from campaigns.models import Campaign, Participant, Placement
from campaigns.services import rolls
from members.models import (
    ActivityPause,
    Event,
    Job,
    Member,
    Membership,
    NameWord,
    PartyUnit,
    Post,
    RollImport,
)
from members.policy import SYSTEM, Role
from members.queries import actor_for
from members.services import people, uploads
from members.services.rolls.comparing import compare
from members.services.rolls.exporting import export_roll
from members.services.rolls.forgetting import forget_rolls
from members.workbook.roll import RollMatter
from tests.campaigns.test_movements import (
    PEOPLE,
    TREE,
    campaign_of,
    open_campaign,
    person,
)
from tests.factories import ActivityPauseFactory, PostFactory
from tests.members.keepers import keeper_of
from tests.roll_books import NOW, book_of, read, row, rows_in
from tests.small_worlds import live, recounted, tallies_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """The live units, of which the district H is in an open campaign."""
    found = live(TREE, PEOPLE)
    open_campaign(found["H"], "dot-2024")
    return found


@pytest.fixture
def clerk(world) -> Post:
    return PostFactory(unit=world["X"], role=Role.CLERK)


@pytest.fixture
def send(world, clerk):
    """Send a roll of the committee X, read by a worker."""

    def send(content: bytes, language: str = "en") -> RollImport:
        upload = uploads.receive(
            RollImport(within=world["X"], language=language),
            file=SimpleUploadedFile("danh sách.xlsx", content),
            by=clerk.account,
            actor=actor_for(clerk.account),
            now=NOW,
        )
        return work(upload)

    return send


def work(upload: RollImport) -> RollImport:
    """Let a worker do the upload's next step."""
    upload.refresh_from_db()
    task = {
        "roll_preview": tasks.preview_roll,
        "roll_import": tasks.apply_roll,
    }[upload.job.kind]
    task(upload.job_id)
    return RollImport.objects.select_related("job", "within", "uploaded_by").get(
        pk=upload.pk
    )


def confirm(upload: RollImport) -> RollImport:
    by = upload.uploaded_by
    uploads.confirm(upload, by=by, actor=actor_for(by), now=NOW)
    return work(upload)


def copy_of(upload: RollImport) -> bytes:
    with upload.annotated.open("rb") as file:
        return file.read()


def told(upload: RollImport) -> list[tuple[int, str]]:
    return [(each["row"], each["text"]) for each in upload.summary["faults"]["en"]]


def test_a_preview_writes_nothing_and_a_confirmation_does(send, world):
    before = Member.objects.count()

    upload = send(book_of(row("M1", "Y Bhiŏ", card="38.012345", number="001080012345")))

    assert (upload.status, Member.objects.count()) == ("READY", before)
    assert upload.summary["counts"] == {
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "refused": 0,
        "missing": 2,
    }
    upload = confirm(upload)
    entered = Member.objects.get(code_key="m1")
    assert upload.status == "DONE"
    assert (entered.full_name, entered.card_number) == ("Y Bhiŏ", "38012345")
    assert entered.personal_id == "001080012345"
    assert Member.objects.named("bhio").get() == entered
    belongs = Membership.objects.get(member=entered)
    assert (belongs.unit, belongs.from_on) == (world["X1"], None)


def test_whoever_is_entered_joins_the_open_campaign(send):
    confirm(send(book_of(row("M1"), row("M2", cell="x2"))))

    campaign = campaign_of()
    placed = Placement.objects.open().filter(participant__campaign=campaign)
    homes = placed.filter(participant__member__code__in=["M1", "M2"])
    assert sorted(homes.values_list("unit__code", "event")) == [
        ("X1", "ADMISSION"),
        ("X2", "ADMISSION"),
    ]
    assert tallies_of(campaign) == recounted(campaign)


def test_nobody_joins_a_campaign_whose_roll_is_fixed(send):
    Campaign.objects.update(state=Campaign.State.ROLL_FIXED, roll_fixed_at=NOW)

    confirm(send(book_of(row("M1"))))

    assert Member.objects.filter(code="M1").exists()
    assert not Participant.objects.filter(member__code="M1").exists()


def exported(world) -> bytes:
    return export_roll(within=world["X"], actor=SYSTEM, now=NOW, system_reason="test")


def correct(world, code: str, **facts: str) -> None:
    member = person(code)
    people.correct_member(
        member=member,
        version=member.version,
        facts=facts,
        actor=keeper_of(world["X1"]),
        now=NOW,
    )


def test_an_export_sent_again_changes_nothing(send, world):
    correct(
        world,
        "P000",
        card_number="38012345",
        personal_id="001080012345",
        born_on="1960-05",
        official_on="",
        gender="",
    )
    ActivityPauseFactory(member=person("P001"), kind=ActivityPause.Kind.SUSPENDED)
    before = list(Member.objects.order_by("pk").values())

    content = exported(world)
    upload = send(content)

    assert rows_in(content)[1][2:] == (
        "05/1960",
        None,
        "X1",
        "1995",
        None,
        "38.012345",
        "001080012345",
        "Đảng viên dự bị",
    )
    assert rows_in(content)[2][-1] == "Đình chỉ sinh hoạt đảng"
    assert upload.status == "UNCHANGED"
    assert upload.summary["counts"]["unchanged"] == 3
    assert confirm(upload).status == "DONE"
    assert list(Member.objects.order_by("pk").values()) == before
    assert not Event.objects.filter(action="roll.imported").exists()


def test_the_same_file_twice_changes_nothing_the_second_time(send):
    content = book_of(row("M1"), row("M2", cell="X2", card="38012345"))
    confirm(send(content))
    before = Event.objects.filter(action__startswith="members.").count()

    upload = confirm(send(content))

    assert upload.summary["counts"]["unchanged"] == 2
    assert Event.objects.filter(action__startswith="members.").count() == before


def known(code: str, **changes: object) -> tuple[object, ...]:
    """A row about somebody of the small world, with what is changed about them."""
    same = {
        "name": "Nguyễn Văn An",
        "born": "02/01/1970",
        "sex": "Nam",
        "admitted": "1995",
        "official": "1996",
    }
    return row(code, **{**same, **changes})


def test_a_correction_is_that_of_the_page(send, clerk):
    upload = send(
        book_of(
            known("p000", name="Nguyễn Văn Ân", born="1970", number="001080012345"),
            known("P001"),
        )
    )
    (changed,) = upload.summary["changed"]
    assert (changed["row"], changed["name"]) == (2, "Nguyễn Văn Ân")
    assert changed["changes"] == [
        ["full_name", "Nguyễn Văn An", "Nguyễn Văn Ân"],
        ["born_on", "02/01/1970", "1970"],
        ["personal_id", "", "…345"],
    ]
    confirm(upload)

    member = person("P000")
    assert (member.full_name, member.born_on) == ("Nguyễn Văn Ân", "1970")
    assert (member.personal_id, member.version) == ("001080012345", 2)
    assert member.sort_key == "a|n nguye{n!3 va{n"
    words = NameWord.objects.filter(member=member).values_list("word", flat=True)
    assert sorted(words) == ["an", "nguyen", "van"]
    assert person("P001").version == 1
    event = Event.objects.get(action="members.corrected")
    assert event.data == {"columns": ["born_on", "full_name", "personal_id"]}
    assert (event.account, event.post, event.member) == (clerk.account, clerk, member)
    act = Event.objects.get(action="roll.imported")
    assert (act.data["joined"], act.data["changes"]) == (0, 1)
    # The number is found again, so that nobody else gets it.
    again = send(book_of(row("M1", number="001080012345")))
    assert [text for _row, text in told(again)] == ["This personal number is taken."]


def test_good_rows_are_recorded_and_the_others_can_be_downloaded(send):
    good, bad = row("M1"), row("M2", born="31/02/1960", sex="x")
    upload = send(book_of(good, bad, row("M3", cell="X9")))

    assert upload.status == "READY"
    assert upload.summary["counts"]["refused"] == 2
    heads, *rows = rows_in(copy_of(upload))
    assert heads[-1] == "Lỗi"
    assert [each[0] for each in rows] == ["M2", "M3"]
    assert rows[0][-1] == (
        "Ngày sinh: This is not a date. Write dd/mm/yyyy, mm/yyyy or yyyy.\n"
        "Giới tính: This is not in the list. Allowed: Nam; Nữ."
    )
    upload = confirm(upload)
    assert upload.status == "DONE"
    assert Member.objects.filter(code__startswith="M").get().code == "M1"


def test_the_copy_of_refused_rows_is_sent_when_it_is_mended(send):
    upload = send(book_of(row("M1"), row("M2", born="31/02/1960")))
    confirm(upload)
    heads, bad = rows_in(copy_of(upload))
    mended = [*bad[:2], "28/02/1960", *bad[3:]]

    upload = send(book_of(tuple(mended), heads=heads))

    assert upload.summary["counts"]["new"] == 1
    assert upload.summary["counts"]["refused"] == 0


def test_a_file_without_a_good_row_is_not_to_be_confirmed(send):
    upload = send(book_of(known("P000"), row("M2", sex="x")))

    assert upload.status == "REFUSED"
    with pytest.raises(uploads.NotToBeConfirmed):
        confirm(upload)


def test_wrong_heads_refuse_the_file_with_a_copy(send):
    upload = send(book_of(("M1", "x"), heads=("Mã đảng viên", "Tên")))

    assert (upload.status, upload.is_read) == ("REFUSED", False)
    assert "Mã chi bộ" in {each["column"] for each in upload.summary["faults"]["vi"]}
    assert rows_in(copy_of(upload))[1][:2] == ("M1", "x")


def test_another_unit_is_as_unknown_as_none(send, world):
    upload = send(
        book_of(
            row("M1", cell="K"),
            row("M2", cell="khong-co"),
            # A committee, and somebody of another unit by the code of their own cell.
            row("M3", cell="X"),
            row("P003", cell="K"),
            row("khong-co", cell="K"),
        )
    )

    unknown = (
        "Your unit has no open cell of this code. The sheet “Danh mục” lists them."
    )
    assert told(upload) == [(number, unknown) for number in range(2, 7)]
    offered = rows_in(copy_of(upload), "Danh mục")
    assert [each[1] for each in offered[1:3]] == ["X1", "X2"]


def test_a_closed_cell_is_unknown_too(send, world):
    PartyUnit.objects.filter(code="X2").update(closed_on="2024-06-30")

    assert told(send(book_of(row("M1", cell="X2"))))[0][1].startswith(
        "Your unit has no"
    )


def test_a_workbook_moves_nobody_and_brings_nobody_back(send, world):
    Membership.objects.filter(member=person("P002")).update(
        until_on="2024-12-01", ending=Membership.Ending.LEFT
    )
    upload = send(
        book_of(known("P000", cell="X2"), known("P002"), known("P003"), known("P001"))
    )

    taken = (
        "This code is taken by somebody who is on no roll of your unit. Give a new"
        " person another code; who comes from elsewhere is transferred."
    )
    assert told(upload) == [
        (
            2,
            "This person belongs to the cell X1. A workbook moves nobody: record the"
            " transfer.",
        ),
        (3, taken),
        (4, taken),
    ]


def test_whose_a_taken_number_is_stays_untold(send, world):
    neighbour = person("P003")
    neighbour.card_number, neighbour.personal_id = "38012345", "001080012345"
    neighbour.save()

    upload = send(
        book_of(row("M1", card="38.012345"), known("P000", number="001080012345"))
    )

    assert told(upload) == [
        (2, "This card number is taken."),
        (3, "This personal number is taken."),
    ]
    assert [each["value"] for each in upload.summary["faults"]["en"]] == ["…345"] * 2


def test_a_status_is_compared_and_never_recorded(send):
    ActivityPauseFactory(member=person("P000"), kind=ActivityPause.Kind.EXEMPT)
    exempt = "Miễn công tác và sinh hoạt đảng"

    upload = send(
        book_of(
            known("P000", status=exempt),
            known("P001", status=exempt),
            row("M1", status=exempt),
        )
    )

    refused = (
        "The roll does not say so of this person. Record it on the person's page, with"
        " its document; leave the cell empty here."
    )
    assert told(upload) == [(3, refused), (4, refused)]


def test_who_looks_like_somebody_on_the_roll_is_asked_about(send):
    upload = send(
        book_of(
            row("M1", "NGUYỄN VĂN AN", born="1970"),
            row("M2", "Nguyễn Văn Аn", born="02/01/1970"),  # a Cyrillic А
            row("M3", "Ｎguyễn Văn An", born=""),
            row("M4", "Nguyễn Văn An", born="03/01/1970"),
            known("P000"),
        )
    )

    alike = upload.summary["likenesses"]
    assert [each["row"] for each in alike] == [2, 3, 4]
    assert [other["code"] for other in alike[0]["others"]] == ["P000", "P001", "P002"]
    assert alike[0]["others"][0]["cell"] == "Đơn vị X1"
    assert upload.asks_about_likeness


def test_nobody_out_of_reach_is_told_as_alike(send, world):
    Member.objects.filter(code="P003").update(full_name="Trần Đức")

    upload = send(book_of(row("M1", "Trần Ðức", born="02/01/1970")))

    assert upload.summary["likenesses"] == []


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
    uploads.confirm(upload, by=clerk.account, actor=actor_for(clerk.account), now=NOW)
    Post.objects.filter(pk=clerk.pk).update(ended_at=NOW)

    upload = work(upload)

    assert upload.status == "REFUSED"
    assert upload.refusal == "Your post no longer lets you enter the roll of Đơn vị X."
    assert not Member.objects.filter(code="M1").exists()


def test_a_second_worker_changes_nothing(send, clerk):
    upload = send(book_of(row("M1")))
    uploads.confirm(upload, by=clerk.account, actor=actor_for(clerk.account), now=NOW)
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
    with django_assert_max_num_queries(50):
        rolls.import_roll(read(content), order, digest=upload.digest)

    assert Member.objects.filter(code__startswith="M").count() == rows


def test_comparing_reads_a_workbook_and_leaves_it_as_it_was(world, clerk):
    book = read(book_of(row("M1", cell="K")))
    actor = actor_for(clerk.account)

    first, second = (
        compare(book.reading, actor=actor, within=world["X"]) for _ in range(2)
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
