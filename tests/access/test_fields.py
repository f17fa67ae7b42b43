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
from tests.access.cases import CASES, Case
from tests.access.posting import Filled
from tests.access.sent_forms import REFUSED, forms_of
from tests.access.world import World

pytestmark = pytest.mark.django_db
POSTS = [case for case in CASES if case.method == "post" and case.seen_by]
NOT_ACCEPTED = "is refused: give it what it needs in prepared.py, or name it in REFUSED"


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
