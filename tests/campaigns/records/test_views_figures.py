"""The page of the figures of records, and its file."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from tests.campaigns.record_pages import errors
from tests.factories import (
    CommendationFactory,
    DisciplineFactory,
    InspectionFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


def test_the_figures_of_days_are_shown_and_given_out(commission, district, cell):
    InspectionFactory(unit=district, subject=cell, on=date(2024, 5, 6))
    address = reverse("record_figures", args=[district.pk])
    days = {"from_on": "01/01/2024", "last_on": "31/12/2024"}

    shown = commission.get(address, days).context
    by_heading = {
        each.heading: [line.count for line in each.lines] for each in shown["sections"]
    }
    assert by_heading["Inspection of compliance"] == [1, 1, 0, 0]
    assert shown["figures"].period_head == "year 2024"
    wrong = commission.get(address, {"from_on": "31/12/2024", "last_on": "01/01/2024"})
    assert (wrong.status_code, list(errors(wrong))) == (422, ["last_on"])
    file = commission.get(
        reverse("reports:record_figures_file", args=[district.pk, "csv"]), days
    )
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "Subject,Counted here,year 2024"
    assert "Inspection of compliance,Visits to organisations,1" in text


def test_the_figures_open_on_the_newest_year_with_records(commission, district, cell):
    CommendationFactory(unit=district, subject=cell, on=date(2021, 3, 4))
    InspectionFactory(unit=district, subject=cell, on=date(2022, 5, 6))
    InspectionFactory(unit=district, subject=cell, on=date(2023, 5, 6), document="")
    DisciplineFactory(subject=UnitFactory(parent=UnitFactory()), on=date(2024, 1, 1))

    shown = commission.get(reverse("record_figures", args=[district.pk])).context
    file = commission.get(
        reverse("reports:record_figures_file", args=[district.pk, "csv"])
    )

    assert shown["figures"].period_head == "year 2022"
    assert shown["form"].initial["last_on"] == date(2022, 12, 31)
    head = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()[0]
    assert head == "Subject,Counted here,year 2022"


@time_machine.travel("2026-03-01 12:00+07:00", tick=False)
def test_the_figures_without_records_open_on_this_year(commission, district):
    shown = commission.get(reverse("record_figures", args=[district.pk])).context

    assert shown["figures"].period_head == "year 2026"
