"""A form changes what it offers, whatever else is sent with it.

Each form that the cases lead to is sent once as it is and once with every column of
every model that it does not offer; the database must look the same afterwards.
"""

from functools import partial

import pytest
import time_machine
from django.utils import timezone

from members import acts
from members.models import UnitTerm
from tests.access import posting, prepared
from tests.access.addresses import address
from tests.access.cases import CASES, Case
from tests.access.posting import Filled
from tests.access.world import World

pytestmark = pytest.mark.django_db

POSTS = [case for case in CASES if case.method == "post" and case.seen_by]
# Where one has to find the target by typing before there is a form.
CHOSEN = {"member_send": lambda world: f"?to={world.a.units['.S'].pk}"}
# What no filling in of a page alone gets accepted, and why.
REFUSED = {
    "members:authenticator_add": "asks for a code that only a telephone shows",
    "members:authenticator_remove": "nobody of the world has a code app",
    "members:passkey_add": "asks for an answer that only a key gives",
    "members:number_add": "the cell has no term whose numbers go on",
    "pledges:draft_save": "takes what a script sends, and nothing is sent here",
    "reviews:self_review_save": "takes what a script sends, and nothing is sent here",
    "reviews:collective_report_save": "takes what a script sends, and nothing is sent here",
    "meetings:meeting_draft": "takes what a script sends, and nothing is sent here",
    "reviews:ballot_save": "takes what a script sends, and nothing is sent here",
    "reviews:collective_turn_save": "takes what a script sends, and nothing is sent here",
    "reviews:turn_save": "takes what a script sends, and nothing is sent here",
    "members:passkey_remove": "it is the last factor of somebody with a post",
    "member_full": "the person is a full member",
    "member_resume": "the person takes part",
    "member_send": "the person is on the way already",
    "member_send_outside": "the person is on the way already",
    "decision_apply": "the unit holds nobody in the campaign",
    "reminders:cells_remind": "below a cell there is none to remind",
}
# What an address takes that no form of a page offers.
TAKEN = {
    "pledges:draft_save": {"version"},
    "reviews:self_review_save": {"version"},
    "reviews:collective_report_save": {"version"},
    "meetings:meeting_draft": {"version", "draft_version"},
    "reviews:ballot_save": {"version", "draft_version"},
    "reviews:turn_save": {"version", "answer", "comment"},
    "reviews:collective_turn_save": {"version", "answer", "comment"},
}
NOT_ACCEPTED = "is refused: give it what it needs in prepared.py, or name it in REFUSED"


def forms_of(world: World, case: Case, name: str) -> list[Filled]:
    path = address(case, world.a) + CHOSEN.get(case.name, lambda _: "")(world)
    # A button alone: its form stands on another page.
    found = posting.forms_at(world.client_of(name), path)
    for form in found:
        form.data = prepared.filled(world, case.name, form.data)
    return found or [Filled(path, {}, TAKEN.get(case.name, set()))]


def changed_by_more(world: World, name: str, form: Filled) -> posting.Difference:
    """Return what is not the same if more is sent than the form offers."""
    send = partial(posting.send, world.client_of(name), form.path)
    before, plain = posting.rows(), send(form.data)
    touched = posting.columns_that_differ(before, plain.rows)
    more = posting.not_offered(form.offered, touched={table for table, *_ in touched})
    hostile = send(form.data | more)
    found = posting.columns_that_differ(plain.rows, hostile.rows)
    if found:  # codes and digests differ each time, whatever is sent
        found -= posting.columns_that_differ(plain.rows, send(form.data).rows)
    answers = ((plain.status, plain.to), (hostile.status, hostile.to))
    return posting.Difference(found, *answers)


def nothing_more_changes(
    world: World, case: Case, names: list[str], patch: pytest.MonkeyPatch
) -> set[int]:
    """Return what was answered."""
    answers = set()
    prepared.ROWS.get(case.name, lambda *_: None)(world, patch)
    with time_machine.travel(timezone.now(), tick=False):
        for name in names:
            for form in forms_of(world, case, name):
                found = changed_by_more(world, name, form)
                assert found.columns == set(), (name, form.path)
                assert found.plain == found.hostile, (name, form.path)
                answers.add(found.plain[0])
    return answers


@pytest.mark.parametrize("case", POSTS, ids=str)
def test_what_a_form_does_not_offer_changes_nothing(world, case, monkeypatch):
    names = sorted(case.seen_by)[:1]

    answers = nothing_more_changes(world, case, names, monkeypatch)

    is_refused = answers == {422}
    assert is_refused == (case.name in REFUSED), f"{case.name} {NOT_ACCEPTED}"


@pytest.mark.long
@pytest.mark.parametrize("case", POSTS, ids=str)
def test_what_a_form_does_not_offer_changes_nothing_for_anybody(
    world, case, monkeypatch
):
    nothing_more_changes(world, case, sorted(case.seen_by), monkeypatch)


def test_a_form_that_takes_more_than_it_offers_is_noticed(world, monkeypatch):
    """The hole is seeded: a term moves to whichever unit is sent."""
    did = acts.did

    def takes_more(request, form, act, *, refusals):
        if unit := request.POST.get("unit"):
            UnitTerm.objects.filter(pk=world.a.term.pk).update(unit=unit)
        return did(request, form, act, refusals=refusals)

    monkeypatch.setattr(acts, "did", takes_more)
    case = next(case for case in POSTS if case.name == "members:term_edit")
    (form,) = forms_of(world, case, "clerk")

    found = changed_by_more(world, "clerk", form)

    assert ("members_unitterm", world.a.term.pk, "unit_id") in found.columns
