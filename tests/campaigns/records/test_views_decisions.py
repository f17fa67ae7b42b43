"""Discipline and commendations, as who decided and the person concerned meet them."""

import pytest

from campaigns.models import Commendation, Discipline
from members.models import Membership
from tests.campaigns.record_pages import errors, page
from tests.campaigns.records.kinds import discipline
from tests.factories import DisciplineFactory, SummaryConferenceFactory

pytestmark = pytest.mark.django_db


def test_an_expulsion_is_recorded_and_takes_nobody_off_the_roll(
    commission, cell, member
):
    commission.post(f"{page('discipline_add')}?to=mp1", discipline(form="EXPULSION"))

    assert Discipline.objects.get().member == member
    assert Membership.objects.current().get().member == member


@pytest.mark.parametrize(
    ("to", "form"),
    [("unit", "EXPULSION"), ("unit", "REMOVAL"), ("member", "DISSOLUTION")],
)
def test_a_form_is_for_organisations_or_for_members(commission, cell, member, to, form):
    key = cell.pk if to == "unit" else "mp1"

    answer = commission.post(
        f"{page('discipline_add')}?to={key}", discipline(form=form)
    )

    assert (answer.status_code, list(errors(answer))) == (422, ["form"])


def test_a_later_decision_changes_or_annuls_and_the_first_one_stays(
    commission, district, cell, member
):
    row = DisciplineFactory(
        unit=district, subject=cell, member=member, form="EXPULSION", on="2024-05-06"
    )
    address = page("discipline_change", row.pk)
    later = {"change_document": "Quyết định số 30-QĐ/TU", "version": 1}

    early = commission.post(address, {**later, "changed_on": "05/05/2024"})
    assert list(errors(early)) == ["changed_on"]
    commission.post(address, {**later, "changed_on": "01/09/2024"})

    row.refresh_from_db()
    assert (row.form, row.changed_form, f"{row.changed_on:%d/%m/%Y}") == (
        "EXPULSION",
        "",
        "01/09/2024",
    )
    assert (
        commission.get(page("discipline_detail", row.pk)).context["title"]
        == "Expulsion (annulled)"
    )
    stale = commission.post(address, {**later, "changed_on": "02/09/2024"})
    assert stale.status_code == 409


def test_a_commendation_names_the_conference_that_handed_it_out(
    commission, district, member
):
    conference = SummaryConferenceFactory(unit=district)

    commission.post(
        f"{page('commendation_add')}?to=mp1",
        {
            "title": "CERTIFICATE",
            "field": "EXCELLENT_FIVE_YEARS",
            "body": "COMMITTEE",
            "document": "Quyết định số 121-QĐ/HU",
            "on": "20/12/2023",
            "conference": conference.pk,
        },
    )

    row = Commendation.objects.get()
    assert row.conference == conference
    shown = commission.get(page("conference_detail", conference.pk))
    assert [each.about for each in shown.context["awards"]] == ["Lê Chi, Chi bộ X1"]
    # Correcting keeps the conference that was chosen.
    form = commission.get(page("commendation_edit", row.pk)).context["form"]
    assert form["conference"].value() == conference.pk
