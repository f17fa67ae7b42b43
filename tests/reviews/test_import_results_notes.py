"""What `import_results` says of an accepted file: every note, and a copy with them."""

import openpyxl
import pytest
from django.core.management import CommandError

from campaigns.models import Campaign
from tests.reviews.result_sheets import CELL, COMMITTEE, PERSON, ROOT, TREE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TWINS = [(f"DV{at}", *PERSON[1:]) for at in range(302)]
RENAMED = ("G", "Đảng bộ xã Tam Hồng", *COMMITTEE[2:])
DIFFERENCE = (
    "G, name: the register has “Đảng bộ xã Bình Định”, the file “Đảng bộ xã Tam Hồng”."
)


def last_column(file, sheet) -> list[str | None]:
    return [row[-1] for row in openpyxl.load_workbook(file)[sheet].values]


def test_every_note_is_printed(run, book):
    told, _progress = run(book(TREE, TWINS))

    notes = [
        line
        for line in told
        if "has a name that looks the same, and the same date of birth" in line
    ]
    assert len(notes) == len(TWINS) - 1 == len(told) - 1


@pytest.mark.parametrize("dry_run", [False, True])
def test_the_noted_copy_goes_where_it_is_told(run, book, tmp_path, dry_run):
    run(book())
    copy = tmp_path / "notes.xlsx"

    told, _progress = run(
        book((ROOT, RENAMED, CELL), TWINS[:2]), annotated=copy, dry_run=dry_run
    )

    twin = "Row 2 has a name that looks the same, and the same date of birth."
    assert told[:-1] == [
        "The campaign yen-lac-2017 holds results already; the workbook replaces all of "
        "them: Units 3 → 3; with a level 1 → 1; Members 1 → 2; with a level 1 → 2; "
        "Qualified, tasks completed well 1 → 2.",
        DIFFERENCE,
        f"“Đảng viên”, row 3, column “Họ và tên”: “Nguyễn Văn An”. {twin}",
        f"The copy with a column of notes: {copy}.",
    ]
    assert last_column(copy, "Đơn vị") == ["Lưu ý", None, DIFFERENCE, None]
    assert last_column(copy, "Đảng viên") == ["Lưu ý", None, f"Họ và tên: {twin}"]


def test_without_the_option_there_is_no_noted_copy(run, book):
    file = book(TREE, TWINS[:2])

    run(file)

    assert list(file.parent.iterdir()) == [file]


def test_without_anything_to_note_there_is_no_copy(run, book, tmp_path):
    copy = tmp_path / "notes.xlsx"

    told, _progress = run(book(), annotated=copy)

    assert (len(told), copy.exists()) == (1, False)


def test_results_are_in_even_where_the_noted_copy_cannot_be_written(
    run, book, tmp_path
):
    nowhere = tmp_path / "absent" / "notes.xlsx"

    told, errors = run(book(TREE, TWINS[:2]), annotated=nowhere)

    assert errors[-1] == (
        f"{nowhere} cannot be written: there is no such file or folder"
    )
    assert told[-1].startswith("yen-lac-2017 holds 3 units")
    assert Campaign.objects.count() == 1


def test_the_noted_copy_may_not_replace_its_own_source(run, book):
    file = book(TREE, TWINS[:2])
    source = file.read_bytes()

    with pytest.raises(CommandError, match="--annotated names FILE itself"):
        run(file, annotated=file.parent / "." / file.name)

    assert file.read_bytes() == source
    assert not Campaign.objects.exists()
