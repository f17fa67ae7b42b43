"""Units sign their figures; the unit above sees drift, and sends back."""

import pytest
from django.utils.translation import override

from campaigns.models import Campaign, CampaignUnit
from campaigns.services import reorganising
from members import queries as registry
from members.models import Event
from reports.models import Submission
from reports.queries import rollup_of
from reports.queries.signed_rollups import in_force_of, signed_rollup
from reports.queries.submissions import child_lines, state_of
from reports.services import submissions
from reports.services.submissions import ChangedSinceShown, SubmissionRefused
from tests.campaigns.decisions import carry_out
from tests.reports.signing_worlds import (
    ALL,
    NOW,
    REASON,
    change_a_figure,
    clerk_of,
    fresh,
    secretary_of,
    sign,
    sign_all,
)
from tests.small_worlds import BY_COMMAND, unit_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def states(unit) -> dict[str, str]:
    return {line.unit.code: line.state for line in child_lines(fresh(unit))}


def refusal(unit, **changes) -> tuple[str | None, str]:
    with pytest.raises(SubmissionRefused) as refused:
        sign(unit, **changes)
    return refused.value.column, str(refused.value)


def test_signed_figures_sum_those_of_the_children_and_are_those_of_now(campaign, root):
    sign_all(campaign, *ALL)

    for code in ALL:
        unit = fresh(unit_of(campaign, code))
        found = signed_rollup(in_force_of(unit), with_below=True)
        assert found == rollup_of(unit, with_below=True)


def test_a_campaign_of_which_figures_are_signed_is_replaced_by_no_file(campaign, root):
    assert Campaign.objects.get(pk=campaign.pk).only_imported

    sign(unit_of(campaign, "X1"))

    assert not Campaign.objects.get(pk=campaign.pk).only_imported


def test_the_parent_sees_who_is_missing_and_which_figure_changed(campaign, root):
    sign_all(campaign, "X1", "X2", "X", "Z")
    assert states(root) == {
        "W": "MISSING",
        "X": "SIGNED",
        "Y": "MISSING",
        "Z": "SIGNED",
    }

    change_a_figure(campaign)

    (line,) = [each for each in child_lines(root) if each.unit.code == "X"]
    assert line.state == "CHANGED"
    assert {(each.column, each.before, each.after) for each in line.changes} == {
        ("good", 3, 2),
        ("satisfactory", 0, 1),
    }
    assert not line.is_own_changed  # the cell is asked to sign again, not the commune
    (below,) = [
        each for each in child_lines(unit_of(campaign, "X")) if each.unit.code == "X1"
    ]
    assert below.is_own_changed


def test_a_missing_child_needs_a_reason_and_is_in_no_figure(campaign, root):
    sign_all(campaign, "X1")
    unit = unit_of(campaign, "X")

    assert refusal(unit)[0] == "missing_reason"
    made = sign(unit, missing_reason=REASON)

    found = signed_rollup(Submission.objects.get(pk=made.pk), with_below=True)
    assert [
        (each.unit.name, each.figures.members.present) for each in found.children
    ] == [("Đơn vị X1", 3), ("Đơn vị X2 (has not signed)", 0)]
    assert found.unit.figures.members.present == 3


def test_it_is_sent_back_and_signed_again_and_the_old_version_stays(campaign, root):
    sign_all(campaign, "X1")
    first = Submission.objects.get()
    submissions.send_back(
        submission=first, reason=REASON, actor=clerk_of(unit_of(campaign, "X")), now=NOW
    )
    assert states(unit_of(campaign, "X"))["X1"] == "RETURNED"
    change_a_figure(campaign)

    second = sign(unit_of(campaign, "X1"))

    first.refresh_from_db()
    assert (first.state, first.reason, second.number) == ("RETURNED", REASON, 2)
    assert first.total != second.total
    with pytest.raises(SubmissionRefused):
        submissions.send_back(
            submission=first, reason=REASON, actor=clerk_of(root), now=NOW
        )
    actions = Event.objects.filter(action__startswith="submissions.").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == [
        "submissions.signed",
        "submissions.sent_back",
        "submissions.signed",
    ]


def test_a_later_version_replaces_and_the_unit_above_stands_on_the_earlier(campaign):
    sign_all(campaign, "X1", "X2", "X")
    change_a_figure(campaign)
    sign(unit_of(campaign, "X1"))

    found = Submission.objects.filter(unit__code="X1").values_list("number", "state")
    assert set(found) == {(1, "REPLACED"), (2, "SIGNED")}
    state = state_of(fresh(unit_of(campaign, "X")))
    assert (state.stale, state.own_changes, state.asks) == (["Đơn vị X1"], (), True)


def test_after_the_closing_only_whose_own_figures_changed_is_asked(campaign):
    sign_all(campaign, *ALL)
    Campaign.objects.update(state="CLOSED", closed_at=NOW)
    change_a_figure(campaign)

    asked = {code for code in ALL if state_of(fresh(unit_of(campaign, code))).asks}
    assert asked == {"X1"}
    sign(unit_of(campaign, "X1"))
    assert not state_of(fresh(unit_of(campaign, "X"))).asks


def test_what_was_not_shown_is_not_signed(campaign):
    with pytest.raises(ChangedSinceShown):
        sign(unit_of(campaign, "X1"), shown="0" * 64)
    sign(unit_of(campaign, "X1"))
    assert "none has changed" in refusal(unit_of(campaign, "X1"))[1]


def test_nothing_is_signed_before_the_roll_is_fixed(campaign):
    Campaign.objects.update(state="OPEN")

    assert "once the roll" in refusal(unit_of(campaign, "X1"))[1]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"on": NOW.date().replace(year=2026)}, "on"),
        ({"minutes_on": NOW.date()}, "minutes_on"),
        ({"signatory": 0}, "signatory"),
    ],
)
def test_papers_that_cannot_be_are_refused(campaign, changes, column):
    assert refusal(unit_of(campaign, "X1"), **changes)[0] == column


def test_whoever_keys_in_signs_in_a_cell_alone(campaign):
    cell, commune = unit_of(campaign, "X1"), unit_of(campaign, "X")
    sign(cell, actor=registry.actor_for(secretary_of(cell).account))
    sign(unit_of(campaign, "X2"))

    by_oneself = registry.actor_for(secretary_of(commune).account)
    assert refusal(commune, actor=by_oneself)[0] == "signatory"


def test_whoever_signed_below_signs_no_sum_of_it(campaign):
    cell, commune = unit_of(campaign, "X1"), unit_of(campaign, "X")
    sign_all(campaign, "X1", "X2")
    post = secretary_of(commune)
    post.account = secretary_of(cell).account
    post.save()

    assert refusal(commune)[0] == "signatory"


def test_a_reorganisation_voids_what_it_concerns(campaign):
    sign_all(campaign, *ALL)
    decision = carry_out("15", ("MOVE", "X2", "Y1", {}))

    reorganising.apply_reorganisation(
        campaign=campaign, decision=decision, **BY_COMMAND
    )

    voided = Submission.objects.filter(state="VOIDED", decision=decision)
    assert set(voided.values_list("unit__code", flat=True)) == {
        "X2",  # counts in another sector now
        "X",
        "Y1",
        "Y",
        "H",
    }
    kept = Submission.objects.in_force().values_list("unit__code", flat=True)
    assert set(kept) == {"X1", "Y2", "Z", "W"}
    assert CampaignUnit.objects.get(code="X2").parent.code == "Y1"
