"""A roll that is sent: compared, confirmed, written; open campaigns follow."""

import pytest

from campaigns.models import Campaign, Participant, Placement
from members.models import (
    ActivityPause,
    Event,
    Member,
    Membership,
    NameWord,
    PartyUnit,
)
from members.policy import SYSTEM
from members.services import uploads
from members.services.rolls.exporting import export_roll
from tests.campaigns.movement_worlds import (
    PEOPLE,
    TREE,
    campaign_of,
    open_campaign,
    person,
)
from tests.campaigns.sent_rolls import confirm, copy_of, correct, known, told
from tests.factories import ActivityPauseFactory
from tests.roll_books import NOW, book_of, row, rows_in
from tests.small_worlds import live, recounted, tallies_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """The live units, of which the district H is in an open campaign."""
    found = live(TREE, PEOPLE)
    open_campaign(found["H"], "dot-2024")
    return found


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
    return export_roll(
        within=world["X"], actor=SYSTEM, now=NOW, most=None, system_reason="test"
    )


def test_an_export_sent_again_changes_nothing(send, world):
    correct(
        world,
        "P000",
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
        None,
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


def test_days_to_come_and_what_is_no_name_are_refused_row_by_row(send, world):
    upload = send(
        book_of(
            row("M1", "Lê An", born="01/01/2090", admitted="02/02/2095"),
            row("M2", "Nguyễn 123 !!!"),
            row("M3", "😀"),
            row("M4", "H'Hen Niê"),
        )
    )

    assert upload.summary["counts"]["new"] == 1
    assert upload.summary["counts"]["refused"] == 3
    assert {at for at, _what in told(upload)} == {2, 3, 4}


def test_a_clerk_corrects_the_own_record_by_no_workbook(send, clerk):
    clerk.account.member = person("P000")
    clerk.account.save()

    same = send(book_of(known("P000")))
    upload = send(book_of(known("P000", sex="Nữ"), known("P001", sex="Nữ")))

    assert same.summary["counts"]["refused"] == 0
    assert told(upload) == [
        (
            2,
            "Nobody corrects the own record: the deputy of the cell or another office"
            " clerk does it, or the office of the unit above.",
        )
    ]
    assert upload.summary["counts"]["changed"] == 1
