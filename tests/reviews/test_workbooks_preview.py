"""A results workbook in the browser's way: received, read, shown."""

import openpyxl
import pytest

from campaigns.models import Campaign
from members.models import Event, Member, Membership, PartyUnit
from members.services import uploads
from tests.factories import DistrictFactory, MemberFactory, UnitFactory
from tests.hostile_workbooks import BAD_ZIPS, NO_WORKBOOKS
from tests.reviews.result_books import book_of
from tests.reviews.result_sheets import CELL, COMMITTEE, PERSON, ROOT, TREE
from tests.reviews.uploads import NOW, confirm, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


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
        "levels": {"units": {"CLEAN_STRONG": 1}, "members": {"GOOD": 1}},
        "differences": {"vi": [], "en": []},
        "differences_total": 0,
        "notes": {"vi": [], "en": []},
        "notes_total": 0,
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


def test_codes_in_another_spelling_are_the_same_and_told_in_one_line(upload):
    read(confirm(read(upload())))
    units = [
        (code.lower(), name, above.lower(), *more) for code, name, above, *more in TREE
    ]
    person = ("dv1", *PERSON[1:4], "c", *PERSON[5:])

    received = read(upload(book_of(units, (person,))))

    line = (
        "4 codes are spelled otherwise than in the register; each is understood as the "
        "same code."
    )
    told = {key: received.summary[key] for key in ("units", "members", "notes_total")}
    assert told == {
        "units": {"new": 0, "same": 3, "differs": 0},
        "members": {"new": 0, "same": 1, "differs": 0},
        "notes_total": 1,
    }
    assert received.summary["differences_total"] == 0
    assert received.summary["notes"]["en"] == [line]
    with received.annotated.open("rb") as file:
        listed = openpyxl.load_workbook(file)["Danh sách lưu ý"]
    assert [row[-1] for row in listed.values][1:] == [line]


def test_notes_are_kept_in_every_language(upload):
    received = read(
        upload(campaign_code="muon-2018", year=2018, language="vi", content=book_of())
    )

    (vietnamese,), (english,) = map(received.summary["notes"].get, ("vi", "en"))
    assert "27-HD/BTCTW" in vietnamese
    assert "in force" in english
    assert "in force" not in vietnamese


def test_what_is_to_be_noted_is_kept_with_a_copy_that_has_it_beside_the_rows(upload):
    renamed = ("H", "Đảng bộ huyện Vĩnh Lạc", *ROOT[2:])
    best = (*PERSON[:8], "Đủ tư cách, hoàn thành xuất sắc nhiệm vụ", "")
    twin = ("DV2", *PERSON[1:])

    received = read(
        upload(book_of((renamed, COMMITTEE, CELL), (best, twin)), year=2018)
    )

    with received.annotated.open("rb") as file:
        book = openpyxl.load_workbook(file)
    of_units, of_people, listed = (
        [row[-1] for row in book[name].values]
        for name in ("Đơn vị", "Đảng viên", "Danh sách lưu ý")
    )
    difference = (
        "H, name: the register has “Đảng bộ huyện Yên Lạc”, the file “Đảng bộ huyện "
        "Vĩnh Lạc”."
    )
    of_year = (
        "The rule set Guidance 27-HD/BTCTW (2014) was not in force at the end of 2018."
    )
    ceiling = (
        "Đảng bộ xã Bình Định, members: 1 rated “Qualified, tasks completed "
        "excellently”. Permitted: 0, which is 15% of the 1 rated good. Record the "
        "reason and who decided it."
    )
    twins = "Row 2 has a name that looks the same, and the same date of birth."
    assert of_units == ["Lưu ý", difference, ceiling, None]
    assert of_people == ["Lưu ý", None, f"Họ và tên: {twins}"]
    assert listed == ["Điều cần lưu ý", of_year, ceiling, twins, difference]
    totals = [received.summary[f"{key}_total"] for key in ("notes", "differences")]
    assert (received.state, totals) == ("READY", [3, 1])


def test_more_notes_than_a_page_holds_are_counted_and_in_the_copy(upload, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_SHOWN", 2)
    people = [(f"DV{at}", *PERSON[1:]) for at in range(5)]

    received = read(upload(book_of(TREE, people)))

    assert len(received.summary["notes"]["en"]) == 2
    assert received.summary["notes_total"] == 4
    with received.annotated.open("rb") as file:
        assert openpyxl.load_workbook(file)["Danh sách lưu ý"].max_row == 5


def test_without_anything_to_note_there_is_no_copy(upload):
    assert not read(upload()).annotated


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
            "code": "parent_unknown",
            "text": "No unit of the sheet has this code.",
        }
    ]
    with received.annotated.open("rb") as file:
        sheet = openpyxl.load_workbook(file)["Đơn vị"]
    assert "No unit of the sheet" in sheet.cell(4, sheet.max_column).value


def test_more_faults_than_a_page_holds_are_counted(upload):
    cells = [(f"C{at}", "", "G", "chi bộ", "", "") for at in range(250)]

    received = read(upload(book_of((ROOT, COMMITTEE, *cells), ())))

    assert len(received.summary["faults"]["en"]) == uploads.MOST_SHOWN
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


def test_codes_of_another_district_are_faults_that_do_not_say_whose(upload):
    other = DistrictFactory(code="K", name="Đảng bộ huyện Tam Dương", kind="DISTRICT")
    foreign = UnitFactory(code="C", parent=other)
    MemberFactory(code="dv1", full_name="Phạm Văn Kín", cell=foreign)
    MemberFactory(code="DV3", cell=foreign)
    people = [(code, *PERSON[1:]) for code in ("DV0", "DV1", "DV2", "DV3")]

    received = read(upload(book_of(TREE, people)))

    text = (
        "This code is taken outside your unit. Give your own rows codes that begin "
        "with your unit's code."
    )
    rows = [("Đơn vị", 4, "C"), ("Đảng viên", 3, "DV1"), ("Đảng viên", 5, "DV3")]
    heads = {"Đơn vị": "Mã đơn vị", "Đảng viên": "Mã đảng viên"}
    assert (received.state, received.refusal) == ("REFUSED", "")
    assert received.summary["faults"]["en"] == [
        {
            "sheet": sheet,
            "row": row,
            "column": heads[sheet],
            "value": code,
            "code": "code_taken",
            "text": text,
        }
        for sheet, row, code in rows
    ]
    with received.annotated.open("rb") as file:
        marked = openpyxl.load_workbook(file)["Đảng viên"]
    assert marked.cell(3, marked.max_column).value == f"Mã đảng viên: {text}"
    assert PartyUnit.objects.count() == 3


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


def test_who_is_new_and_looks_like_somebody_on_a_roll_in_reach_is_noted(
    upload, district
):
    cell = UnitFactory(parent=district, name="Chi bộ thôn 9")
    like = {"full_name": "NGUYỄN VĂN AN", "born_on": "1960"}
    MemberFactory(code="X9", cell=cell, **like)
    MemberFactory(code="Y9", cell=UnitFactory(), **like)
    MemberFactory(code="Z9", cell=cell, full_name="Nguyễn Văn An", born_on="1961")

    received = read(upload())

    line = (
        "DV1, Nguyễn Văn An: may be on the roll already as X9, NGUYỄN VĂN AN (1960, "
        "Chi bộ thôn 9)."
    )
    assert received.summary["notes"]["en"] == [line]
    assert received.summary["notes_total"] == 1
    with received.annotated.open("rb") as file:
        of_people = openpyxl.load_workbook(file)["Đảng viên"].values
        assert [row[-1] for row in of_people] == ["Lưu ý", line]
    assert Member.objects.count() == 3


def test_who_is_on_the_roll_by_the_code_is_like_nobody_else(upload):
    read(confirm(read(upload())))
    cell = PartyUnit.objects.get(code="C")
    MemberFactory(code="X9", cell=cell, full_name="Nguyễn Văn An")

    received = read(upload(campaign_code="yen-lac-2016", year=2016))

    assert received.summary["notes"]["en"] == []
