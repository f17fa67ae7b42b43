"""What a report is made of, and that it is not made again for nothing."""

import pytest
from django.core.files.storage import default_storage

from campaigns.models import Campaign, CampaignUnit
from reports.queries.heads import head_of
from reports.services import reporting, sources
from tests.factories import LetterheadFactory
from tests.reports.asking import asked, content, made
from tests.small_worlds import DISTRICT_PEOPLE, contents, imported, unit_of

pytestmark = pytest.mark.usefixtures("english")


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
