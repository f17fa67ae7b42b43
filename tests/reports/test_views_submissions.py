"""Pages of signed figures."""

import pytest
from django.urls import reverse

from members.models import Account
from reports.models import Submission
from reports.queries.submissions import figures_to_sign
from tests.clients import english_client_of
from tests.reports.signing_worlds import (
    ALL,
    change_a_figure,
    clerk_of,
    fresh,
    secretary_of,
    sign,
    sign_all,
)
from tests.small_worlds import unit_of

pytestmark = pytest.mark.django_db
TYPED = {
    "on_behalf_of": "Chi bộ",
    "document": "1-BC/CB",
    "on": "05/01/2025",
    "minutes": "3-BB",
    "minutes_on": "04/01/2025",
}


def client_of(unit):
    return english_client_of(Account.objects.get(pk=clerk_of(unit).account_id))


def page(name: str, unit) -> str:
    return reverse(f"reports:{name}", args=[unit.campaign_id, unit.live_unit_id])


def typed(unit, **changes: object) -> dict[str, object]:
    shown = figures_to_sign(fresh(unit)).digest
    own = {"signatory": secretary_of(unit).pk, "shown": shown}
    return {**TYPED, **own, **changes}


def test_figures_are_signed_on_their_page(campaign):
    cell = unit_of(campaign, "X1")
    client = client_of(cell)

    answer = client.post(page("submission_sign", cell), typed(cell), follow=True)

    assert "The figures are signed and sent up." in answer.text
    found = Submission.objects.get()
    assert (found.document, found.signed_by) == (
        "1-BC/CB",
        str(secretary_of(cell).account),
    )
    assert found.digest in client.get(
        reverse("reports:submission_detail", args=[found.pk])
    ).text.replace("\u200b", "")


def test_what_has_changed_since_is_shown_and_then_signed(campaign):
    cell = unit_of(campaign, "X1")
    client, before = client_of(cell), typed(cell)
    change_a_figure(campaign)

    refused = client.post(page("submission_sign", cell), before)

    assert (refused.status_code, Submission.objects.count()) == (409, 0)
    assert 'value="1-BC/CB"' in refused.text  # nothing typed is lost
    again = {**before, "shown": refused.context["form"]["shown"].value()}
    assert client.post(page("submission_sign", cell), again).status_code == 302


@pytest.mark.parametrize(
    ("column", "value"),
    [("document", ""), ("on", "31/02/2025"), ("minutes_on", "06/01/2025")],
)
def test_a_fault_stands_beside_its_field(campaign, column, value):
    cell = unit_of(campaign, "X1")

    refused = client_of(cell).post(
        page("submission_sign", cell), typed(cell, **{column: value})
    )

    assert (refused.status_code, Submission.objects.count()) == (422, 0)
    assert column in refused.context["form"].errors


def test_a_unit_without_posts_is_told_what_to_do(campaign):
    cell = unit_of(campaign, "X1")

    assert (
        "No post in the committee"
        in client_of(cell).get(page("submission_sign", cell)).text
    )


def test_the_page_takes_the_same_queries_for_one_and_for_all(
    campaign, root, django_assert_max_num_queries
):
    client = client_of(root)
    sign(unit_of(campaign, "Z"))
    counts = []
    for codes in ((), [code for code in ALL if code != "Z"]):
        sign_all(campaign, *codes)
        with django_assert_max_num_queries(45) as asked:
            assert client.get(page("unit_submissions", root)).status_code == 200
        counts.append(len(asked))
    assert counts[1] - counts[0] <= 5  # those of the unit's own version
