"""`import_roll`, `export_roll` and `roll_template`, as docs/contracts.md promises."""

import pytest
from django.core.management import CommandError, call_command

from members.models import Event, Member
from tests.campaigns.movement_worlds import PEOPLE, TREE
from tests.hostile_workbooks import BAD_ZIPS
from tests.roll_books import book_of, row, rows_in
from tests.small_worlds import live

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def world():
    return live(TREE, PEOPLE)


@pytest.fixture
def book(tmp_path):
    def write(*rows, content=None):
        file = tmp_path / "danh-sach.xlsx"
        file.write_bytes(content or book_of(*rows))
        return file

    return write


def refusal(command, *arguments, **options) -> str:
    with pytest.raises(CommandError) as refused:
        call_command(command, *arguments, **options)
    return str(refused.value)


def test_good_rows_are_recorded(world, book, capsys):
    call_command("import_roll", book(row("M1"), row("M2", cell="x2")), unit="h")

    assert Member.objects.filter(code__startswith="M").count() == 2
    assert capsys.readouterr().out.splitlines()[-1] == (
        "2 people are entered, 0 corrected."
    )
    event = Event.objects.get(action="roll.imported")
    assert (event.system_reason, event.account) == ("import_roll", None)


def test_a_dry_run_says_what_would_be_and_writes_nothing(world, book, capsys):
    changed = row(
        "P000",
        "Nguyễn Văn Ân",
        born="02/01/1970",
        sex="Nam",
        admitted="1995",
        official="1996",
        number="001080012345",
    )
    call_command(
        "import_roll",
        book(changed, row("M1", "Nguyễn Văn An", born="1970", admitted="1980")),
        unit="X",
        dry_run=True,
    )

    assert capsys.readouterr().out.splitlines() == [
        "P000, Full name: Nguyễn Văn An → Nguyễn Văn Ân",
        "P000, Personal number: – → …345",
        "M1, Nguyễn Văn An: may be on the roll already as P000, P001, P002, P003.",
        "“Danh sách đảng viên”, row 3, column “Ngày vào Đảng”: “1980”. Admitted under"
        " the age of 18.",
        "1 people would be entered, 1 corrected. Nothing was written.",
    ]
    assert not Member.objects.filter(code="M1").exists()


def test_a_refused_row_refuses_all_unless_the_good_ones_are_asked_for(
    world, book, capsys, tmp_path
):
    file = book(row("M1"), row("M2", cell="K"))

    told = refusal("import_roll", file, unit="X")

    copy = tmp_path / "danh-sach-ghi-loi.xlsx"
    assert told == f"1 row is refused. The copy of the rows to mend: {copy}."
    assert [each[0] for each in rows_in(copy.read_bytes())] == ["Mã đảng viên", "M2"]
    assert "row 3, column “Mã chi bộ”: “K”." in capsys.readouterr().err
    assert not Member.objects.filter(code="M1").exists()

    elsewhere = tmp_path / "x.xlsx"
    call_command("import_roll", file, unit="X", good_rows=True, annotated=elsewhere)

    assert Member.objects.filter(code="M1").exists()
    assert elsewhere.exists()


def test_a_copy_that_cannot_be_written_is_told(world, book, tmp_path):
    file = book(row("M1", cell="K"))

    told = refusal("import_roll", file, unit="X", annotated=tmp_path / "no" / "x.xlsx")

    assert told.startswith("1 row is refused. ")
    assert told.endswith("cannot be written: there is no such file or folder")


def test_wrong_heads_refuse_the_file(world, book):
    file = book(content=book_of(("M1",), heads=("Mã đảng viên",)))

    assert refusal("import_roll", file, unit="X").startswith("9 faults; nothing")


def test_what_is_no_workbook_is_refused(world, book, tmp_path):
    content = BAD_ZIPS[0].make()

    assert "damaged" in refusal("import_roll", book(content=content), unit="X")
    assert "cannot be read" in refusal("import_roll", tmp_path / "no.xlsx", unit="X")


def test_an_unknown_unit_is_refused(world, book, tmp_path):
    told = "There is no open unit of the code Q."

    assert refusal("import_roll", book(row("M1")), unit="Q") == told
    assert refusal("export_roll", unit="Q", out=tmp_path / "x.xlsx") == told
    assert refusal("roll_template", unit="Q", out=tmp_path / "x.xlsx") == told


def test_what_is_exported_is_imported_and_changes_nothing(world, tmp_path, capsys):
    out = tmp_path / "x.xlsx"
    call_command("export_roll", unit="P", out=out)

    call_command("import_roll", out, unit="P")

    assert capsys.readouterr().out.splitlines() == [
        str(out),
        "The roll holds just this already; nothing changes.",
    ]
    assert len(rows_in(out.read_bytes())) == 5
    assert Event.objects.get(action="roll.exported").system_reason == "export_roll"


def test_the_template_offers_the_cells_of_a_unit(world, tmp_path, capsys):
    for unit, offered in (("X", ["X1", "X2"]), (None, [])):
        out = tmp_path / "x.xlsx"
        call_command("roll_template", unit=unit, out=out)

        lists = rows_in(out.read_bytes(), "Danh mục")
        assert [each[1] for each in lists[1:] if each[1]] == offered


def test_the_file_itself_is_not_written_over(world, book):
    file = book(row("M1", cell="K"))
    before = file.read_bytes()

    told = refusal("import_roll", file, unit="X", annotated=file)

    assert told == "--annotated names FILE itself, which would be overwritten."
    assert file.read_bytes() == before
