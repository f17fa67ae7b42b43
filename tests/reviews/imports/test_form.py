"""The form by which a workbook of results is sent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members.forms import uploads
from members.models import Job
from reviews.models import ResultsImport
from tests.factories import CampaignFactory, CampaignUnitFactory, DistrictFactory
from tests.reviews.result_books import book_of

pytestmark = pytest.mark.django_db


def errors_of(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"file": ""}, "file"),
        ({"file": SimpleUploadedFile("x.xlsx", b"")}, "file"),
        ({"campaign_code": "yên\u200blạc-2017"}, "campaign_code"),
        ({"campaign_code": "yên lạc 2017"}, "campaign_code"),
        ({"campaign_name": "Năm\u202e2017"}, "campaign_name"),
        ({"rule_set": "qd99-1999"}, "rule_set"),
        ({"year": "1999"}, "year"),
        ({"within": "0"}, "within"),
    ],
    ids=lambda value: "" if isinstance(value, str) else "-".join(value),
)
def test_a_bad_entry_is_answered_on_the_form(send, changes, field):
    response = send(**changes)

    assert (response.status_code, list(errors_of(response))) == (422, [field])
    assert (ResultsImport.objects.count(), Job.objects.count()) == (0, 0)


def test_a_form_refuses_in_its_own_words(send):
    nothing = {
        **dict.fromkeys(("file", "within", "campaign_code", "campaign_name"), ""),
        **dict.fromkeys(("rule_set", "year"), ""),
    }

    assert errors_of(send(**nothing)) == {
        "file": ["Choose the Excel workbook to send."],
        "within": ["Choose an entry of the list."],
        "campaign_code": ["Enter the campaign's code."],
        "campaign_name": ["Enter the campaign's name."],
        "year": ["Enter the year."],
    }
    assert errors_of(send(campaign_code="yên lạc", year="2007")) == {
        "campaign_code": [
            "A campaign code has only letters without accents, digits, “-”, “.” and "
            "“_”, and no blank."
        ],
        "year": ["The year is 2008 or later."],
    }
    assert errors_of(send(campaign_code="x" * 61, year="2101")) == {
        "campaign_code": ["At most 60 characters; these are 61."],
        "year": ["The year is 2100 or earlier."],
    }


def test_a_file_that_is_too_large_is_refused_before_it_is_read(send, monkeypatch):
    size = len(book_of())
    limits = uploads.ROLL_LIMITS.__class__(
        max_bytes=size - 1, max_rows=1, address_space_bytes=1, cpu_seconds=1
    )
    monkeypatch.setattr(uploads, "ROLL_LIMITS", limits)

    response = send()

    (sentence,) = errors_of(response)["file"]
    assert sentence.startswith("The file is larger than ")
    assert ResultsImport.objects.count() == 0


def test_the_limit_is_that_of_the_contract():
    assert uploads.ROLL_LIMITS.max_bytes == 30 * 2**20


def test_only_units_in_ones_charge_are_offered(client, send, district):
    other = DistrictFactory(code="K", name="Đảng bộ huyện Tam Dương", kind="DISTRICT")

    page = client.get(reverse("reviews:import_list"))

    assert list(page.context["form"].fields["within"].queryset) == [district]
    assert "Tam Dương" not in page.content.decode()
    assert list(errors_of(send(within=other.pk))) == ["within"]


def test_the_year_chooses_the_rules_where_nobody_does(send):
    assert send(rule_set="", year=2017).status_code == 302
    assert ResultsImport.objects.get().rule_set_code == "hd27-2014"

    refused = send(rule_set="", year=2010)

    assert (refused.status_code, list(refused.context["form"].errors)) == (
        422,
        ["rule_set"],
    )


def test_campaigns_that_a_file_may_replace_are_offered(client, district):
    def made(code, **columns):
        unit = columns.pop("root_unit", district)
        campaign = CampaignFactory(code=code, root_unit=unit, **columns)
        CampaignUnitFactory(campaign=campaign, live_unit=unit)

    made("thay-duoc", only_imported=True)
    made("da-lam", only_imported=False)
    made("noi-khac", only_imported=True, root_unit=DistrictFactory(code="K"))

    page = client.get(reverse("reviews:import_list"))

    assert [each.code for each in page.context["campaigns"]] == ["thay-duoc"]
    assert '<option value="thay-duoc">' in page.text
