"""Who leaves a post by a decision, as its keeper and the person meet it."""

import pytest
from django.urls import reverse

from campaigns.models import Departure
from members.models import Event, Post
from members.policy import Role
from tests.campaigns.record_pages import errors, page
from tests.campaigns.records.kinds import departure
from tests.clients import english_client
from tests.factories import AccountFactory, DepartureFactory, PostFactory

pytestmark = pytest.mark.django_db


def test_a_decision_on_leaving_a_post_is_recorded_and_ends_no_post(
    commission, district, cell, member
):
    held = PostFactory(unit=cell, member=member, role=Role.SECRETARY)

    answer = commission.post(f"{page('departure_add')}?to=mp1", departure())

    row = Departure.objects.get()
    assert answer["Location"] == page("departure_detail", row.pk)
    assert (row.unit, row.subject, row.member) == (district, cell, member)
    assert Post.objects.in_force().filter(pk=held.pk).exists()
    event = Event.objects.get(action="departures.recorded")
    assert (event.unit, event.member, event.data) == (district, member, {})
    shown = commission.get(answer["Location"]).content.decode()
    assert "Relieved of the post: Bí thư chi bộ" in shown
    assert "Tasks not completed two years running" in shown


def test_only_a_member_leaves_a_post(commission, cell, member):
    asked = commission.get(page("departure_add"))
    assert [key for key, _name, _note in asked.context["choices"]] == []
    assert commission.get(f"{page('departure_add')}?to={cell.pk}").status_code == 404
    found = commission.get(page("departure_add"), {"q": "P1"})
    assert [key for key, _name, _note in found.context["choices"]] == ["mp1"]


@pytest.mark.parametrize("column", ["kind", "post", "ground", "document", "on"])
def test_a_decision_names_everything_that_counts(commission, member, column):
    answer = commission.post(
        f"{page('departure_add')}?to=mp1", departure(**{column: ""})
    )

    assert (answer.status_code, list(errors(answer))) == (422, [column])
    assert not Departure.objects.exists()


def test_nobody_records_what_is_about_themselves(district, cell, member):
    post = PostFactory(unit=cell, member=member, role=Role.SECRETARY)
    client = english_client()
    client.force_login(AccountFactory(member=post.member))

    answer = client.post(f"{page('departure_add')}?to=mp1", departure(body="CELL"))

    assert answer.status_code == 422
    assert not Departure.objects.exists()


def test_a_record_is_corrected_once(commission, district, cell, member):
    row = DepartureFactory(unit=district, subject=cell, member=member)
    address = page("departure_edit", row.pk)

    commission.post(address, departure(kind="REPLACED", version=1))
    stale = commission.post(address, departure(kind="RESIGNED", version=1))

    row.refresh_from_db()
    assert (row.kind, row.version, stale.status_code) == ("REPLACED", 2, 409)


def test_the_person_reads_it_with_what_else_was_concluded(district, cell, member):
    DepartureFactory(unit=district, subject=cell, member=member)
    client = english_client()
    client.force_login(AccountFactory(member=member))

    shown = client.get(reverse("own_results")).content.decode()

    assert "Resigned: Bí thư chi bộ" in shown
