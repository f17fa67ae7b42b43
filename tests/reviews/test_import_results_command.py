"""`import_results`, sentence by sentence of docs/contracts.md."""

from datetime import date

import openpyxl
import pytest
from django.core.management import CommandError

from campaigns.models import Campaign, CampaignUnit, Participant
from members.models import Event, Member, Membership, PartyUnit
from tests.hostile_workbooks import BAD_ZIPS, NO_WORKBOOKS
from tests.published import contents_of, write_workbook
from tests.reviews.result_sheets import CELL, COMMITTEE, PERSON, ROOT, TREE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

EVERYTHING = (Campaign, CampaignUnit, Participant, PartyUnit, Member, Membership, Event)


def rows() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in EVERYTHING}


NOTHING = dict.fromkeys((model.__name__ for model in EVERYTHING), 0)


def refusal(run, file, **options) -> str:
    with pytest.raises(CommandError) as refused:
        run(file, **options)
    return str(refused.value)


def test_a_new_code_creates_the_campaign_opens_it_and_fixes_its_list(run, book):
    told, progress = run(book())

    campaign = Campaign.objects.get()
    assert (campaign.code, campaign.year, campaign.rule_set_code, campaign.state) == (
        "yen-lac-2017",
        2017,
        "hd27-2014",
        "ROLL_FIXED",
    )
    assert campaign.opened_at == campaign.roll_fixed_at
    assert campaign.root_unit.code == "H"
    assert told == [
        "yen-lac-2017 holds 3 units (3 new in the register) and 1 members (1 new)."
    ]
    assert progress[-1] == "ket-qua.xlsx: 100 %"


def test_the_tree_and_the_roll_are_the_workbooks_own(run, book):
    run(book())

    person = Participant.objects.select_related("member", "decided_by").get()
    assert list(
        CampaignUnit.objects.order_by("path").values_list("code", "parent__code")
    ) == [("H", None), ("G", "H"), ("C", "G")]
    assert (person.full_name, person.level, person.is_imported) == (
        "Nguyễn Văn An",
        "GOOD",
        True,
    )
    assert person.decided_by.code == "G"


def test_the_year_is_the_option_before_the_end_of_the_code(run, book):
    run(book(), campaign="yen-lac-2017", year=2016)

    assert Campaign.objects.get().year == 2016


def test_the_year_is_in_the_last_four_digits_of_the_code(run, book):
    run(book(), campaign="2017-yen-lac")

    assert Campaign.objects.get().year == 2017


def test_a_known_campaign_keeps_its_year_without_the_option(run, book):
    run(book(), campaign="yen-lac", year=2016)

    run(book(), campaign="yen-lac")

    assert Campaign.objects.get().year == 2016


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (
            {"campaign": "yen-lac"},
            "The code yen-lac does not end with a year: give it with --year.",
        ),
        (
            {"campaign": "yen-lac-0182"},
            "--year: The year is 2008 or later.",
        ),
        (
            {"year": 12018},
            "--year: The year is 2100 or earlier.",
        ),
        (
            {"year": 0},
            "--year: The year is 2008 or later.",
        ),
        (
            {"campaign": ""},
            "--campaign: Enter the campaign's code.",
        ),
        (
            {"campaign": f"{'x' * 60}2018"},
            "--campaign: At most 60 characters; these are 64.",
        ),
        (
            {"campaign": "yên lạc-2018"},
            "--campaign: A campaign code has only letters without accents, digits, “-”,"
            " “.” and “_”, and no blank.",
        ),
        (
            {"rule_set": "qd99-1999"},
            "--rule-set: there is no “qd99-1999”, only hd27-2014, qd132-2018, "
            "qd124-2023, qd366-2025.",
        ),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_a_wrong_option_is_refused_with_a_sentence(run, book, options, says):
    assert refusal(run, book(), **options) == says
    assert rows() == NOTHING


def test_a_file_that_is_not_there_is_refused(run, tmp_path):
    file = tmp_path / "absent.xlsx"

    says = refusal(run, file)

    assert says == f"{file} cannot be read: there is no such file or folder"


def test_a_folder_is_refused(run, tmp_path):
    assert refusal(run, tmp_path) == f"{tmp_path} cannot be read: it is a folder"


@pytest.mark.parametrize(
    "hostile", [NO_WORKBOOKS[0], BAD_ZIPS[0]], ids=lambda each: each.name
)
def test_a_file_that_is_no_workbook_is_refused(run, tmp_path, hostile):
    file = tmp_path / "upload.xlsx"
    file.write_bytes(hostile.make())

    assert "Excel" in refusal(run, file)
    assert rows() == NOTHING


FAULTY = (
    (ROOT, ("G", "Xã", "X9", "đảng bộ cơ sở", "Xã", ""), CELL),
    ((*PERSON[:3], "Khác", *PERSON[4:]),),
)


def test_every_bad_row_is_listed_and_nothing_is_written(run, book, capsys):
    file = book(*FAULTY)

    says = refusal(run, file)

    copy = file.with_name("ket-qua-ghi-loi.xlsx")
    assert says == (
        f"2 faults; nothing was imported. The copy with a column of faults: {copy}."
    )
    listed = [line for line in capsys.readouterr().err.splitlines() if "%" not in line]
    assert listed == [
        "“Đơn vị”, row 3, column “Mã cấp trên”: “X9”. No unit of the sheet has this code.",
        "“Đảng viên”, row 2, column “Giới tính”: “Khác”. This is not in the list. "
        "Allowed: Nam; Nữ.",
    ]
    assert rows() == NOTHING


def test_the_annotated_copy_has_a_column_of_faults_beside_each_row(run, book):
    file = book(*FAULTY)
    refusal(run, file)

    copy = openpyxl.load_workbook(file.with_name("ket-qua-ghi-loi.xlsx"))

    for name, row in (("Đơn vị", 3), ("Đảng viên", 2)):
        sheet = copy[name]
        last = sheet.max_column
        assert sheet.cell(1, last).value == "Lỗi"
        told = {at: sheet.cell(at, last).value for at in range(2, sheet.max_row + 1)}
        assert [at for at, text in told.items() if text] == [row]


def test_the_annotated_copy_goes_where_it_is_told(run, book, tmp_path):
    other = tmp_path / "faults.xlsx"

    says = refusal(run, book(*FAULTY), annotated=other)

    assert says.endswith(f"The copy with a column of faults: {other}.")
    assert openpyxl.load_workbook(other)["Đơn vị"].max_row == 4


def test_faults_are_told_even_where_the_copy_cannot_be_written(run, book, tmp_path):
    nowhere = tmp_path / "absent" / "faults.xlsx"

    says = refusal(run, book(*FAULTY), annotated=nowhere)

    assert says == (
        "2 faults; nothing was imported. "
        f"{nowhere} cannot be written: there is no such file or folder"
    )


def test_a_dry_run_says_what_would_be_and_writes_nothing(run, book):
    told, _progress = run(book(), dry_run=True)

    assert told == [
        "yen-lac-2017 would hold 3 units (3 new in the register) and 1 members "
        "(1 new). Nothing was written."
    ]
    assert rows() == NOTHING


def test_a_dry_run_lists_faults_like_the_real_one(run, book):
    assert refusal(run, book(*FAULTY), dry_run=True).startswith("2 faults;")


def test_the_same_content_changes_nothing_and_says_so(run, book):
    run(book())
    before = rows()

    told, _progress = run(book(name="the-same-in-another-file.xlsx"))

    assert told == [
        "The campaign holds just this content already; nothing was changed."
    ]
    assert rows() == before
    assert Campaign.objects.get().version == 1


def test_importing_again_replaces_tree_roll_and_results_as_one_logged_act(run, book):
    run(book())
    other_cell = ("C2", "Chi bộ thôn 2", "G", "chi bộ", "", "")

    run(book((ROOT, COMMITTEE, other_cell), ()))

    campaign = Campaign.objects.get()
    assert set(CampaignUnit.objects.values_list("code", flat=True)) == {"H", "G", "C2"}
    assert Participant.objects.count() == 0
    assert campaign.version == 2
    acts = Event.objects.filter(subject_kind="campaigns.campaign").order_by("pk")
    assert [(act.action, act.system_reason, act.account_id) for act in acts] == [
        ("results.created", "import_results", None),
        ("results.replaced", "import_results", None),
    ]
    assert [act.data["units"] for act in acts] == [3, 3]
    assert len({act.data["file"] for act in acts}) == 2
    assert all(len(act.data["file"]) == 64 for act in acts)


def test_the_registry_only_gains_and_what_differs_is_listed(run, book):
    run(book())
    renamed = ("G", "Đảng bộ xã Tam Hồng", *COMMITTEE[2:])

    told, _progress = run(book((ROOT, renamed, CELL)))

    assert "G, name: the register has “Đảng bộ xã Bình Định”, the file “Đảng bộ xã Tam Hồng”." in told  # fmt: skip
    assert PartyUnit.objects.get(code="G").name == "Đảng bộ xã Bình Định"
    assert CampaignUnit.objects.get(code="G").name == "Đảng bộ xã Tam Hồng"
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (
            {"rule_set": "qd132-2018"},
            "The campaign yen-lac-2017 was made under Guidance 27-HD/BTCTW (2014) for 2017, "
            "and keeps both.",
        ),
        (
            {"year": 2016},
            "The campaign yen-lac-2017 was made under Guidance 27-HD/BTCTW (2014) for 2017, "
            "and keeps both.",
        ),
    ],
)
def test_another_rule_set_or_year_for_a_known_campaign_is_refused(
    run, book, options, says
):
    run(book(people=()))
    before = rows()
    unrated = tuple((*row[:-1], "") for row in TREE)

    assert refusal(run, book(unrated, ()), **options) == says
    assert rows() == before


def test_after_other_writes_a_file_no_longer_replaces_the_campaign(run, book):
    run(book())
    Campaign.objects.update(only_imported=False)

    says = refusal(run, book((ROOT, COMMITTEE, CELL), ()))

    assert says == (
        "The campaign yen-lac-2017 has been worked on since, so a file can no longer "
        "replace it."
    )


def test_a_second_campaign_of_the_year_over_the_same_units_is_refused(run, book):
    run(book())

    assert "yen-lac" not in refusal(run, book(), campaign="again-2017")[:12]
    assert Campaign.objects.count() == 1


def test_breaches_and_years_are_notes_that_refuse_nothing(run, book):
    level = "Hoàn thành xuất sắc nhiệm vụ"
    cells = [(f"C{at}", f"Chi bộ {at}", "G", "chi bộ", "", level) for at in (1, 2)]

    told, _progress = run(
        book(
            (
                ("H", "Đảng bộ huyện", "", "cấp trên trực tiếp cơ sở", "", ""),
                COMMITTEE,
                *cells,
            ),
            (),
        ),
        campaign="early-2017",
        rule_set="qd124-2023",
    )

    assert [line.partition(":")[0] for line in told[:-1]] == [
        "The rule set Regulation 124-QĐ/TW (2023) was not in force at the end of 2017.",
        "Đảng bộ xã Bình Định, cells",
    ]
    label = "Tasks completed excellently"
    limit = "Permitted: 0, which is 20% of the 0 rated good"
    assert f"2 rated “{label}”. {limit}" in told[1]
    assert Campaign.objects.get().code == "early-2017"


def test_every_difference_is_printed(run, tmp_path):
    contents, file = contents_of("T7"), tmp_path / "T7.xlsx"
    write_workbook(contents, file)
    run(file, campaign="t7-2022", rule_set="qd132-2018")
    PartyUnit.objects.update(name="Tên cũ")
    Campaign.objects.update(imported_digest="")

    told, _progress = run(file, campaign="t7-2022", rule_set="qd132-2018")

    listed = [line for line in told if "the register has “Tên cũ”" in line]
    assert len(listed) == len(contents.units)


def test_what_is_new_in_the_registry_is_there_from_the_first_day_of_the_year(run, book):
    run(book())

    assert set(PartyUnit.objects.values_list("opened_on", flat=True)) == {
        date(2017, 1, 1)
    }
