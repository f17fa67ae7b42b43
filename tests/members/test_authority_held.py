"""An act that is under way when its post ends: before the end of it, or not at all."""

from contextlib import nullcontext

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import events
from members.models import Account, Event, Member, Post, Slip
from members.policy import SYSTEM, Actor, Role
from members.queries import actor_for
from members.row_security import asked_by
from members.services import slips
from members.services.posts import appoint, end_post
from members.services.shutting import shut_account
from tests.factories import (
    AccountFactory,
    DistrictFactory,
    MemberFactory,
    PostFactory,
    UnitFactory,
)
from tests.restricted import restricted
from tests.small_worlds import one_behind_the_other

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def post():
    return PostFactory(unit=UnitFactory(code="X"), role=Role.SECRETARY)


@pytest.fixture
def ending(post):
    """The act of somebody above that ends the post."""
    above = Actor(account_id=AccountFactory().pk, member_id=None)

    def end():
        return end_post(post=post, actor=above, now=timezone.now())

    return end


def shutting(post):
    """The act of a command on the server that shuts the account."""

    def shut():
        with restricted():
            shut_account(
                account=post.account,
                document="QĐ 1",
                actor=SYSTEM,
                now=timezone.now(),
                system_reason="test",
            )

    return shut


def acting(post, *, asked_as=restricted):
    """Something that the holder does, as the page that was opened before has it."""
    actor = actor_for(post.account)

    def act():
        with asked_as(), asked_by(post.account_id):
            return events.record(
                action="units.renamed",
                subject=post.unit,
                actor=actor,
                now=timezone.now(),
                unit=post.unit,
            )

    return act


def sending(post):
    """The form of a page by which the holder adds a person to the roll."""
    client = Client()
    client.force_login(post.account)
    typed = {"full_name": "Lê Chi", "gender": "", "born_on": "1990", "is_another": "on"}

    def send():
        return client.post(
            reverse("member_add"), {**typed, "on": "2026-01-02", "unit": post.unit_id}
        )

    return send


def test_an_act_that_was_first_is_done_and_the_end_waits_for_it(post, ending):
    one_behind_the_other(acting(post), ending)

    done = list(Event.objects.order_by("position").values_list("action", flat=True))
    assert done == ["units.renamed", "posts.ended"]
    assert Post.objects.get().ended_at is not None


def test_an_act_that_comes_after_the_end_is_not_done(post, ending):
    with pytest.raises(events.AuthorityEnded):
        one_behind_the_other(ending, acting(post))

    assert list(Event.objects.values_list("action", flat=True)) == ["posts.ended"]


def test_an_act_of_an_account_that_is_shut_is_not_done(post):
    with pytest.raises(events.AuthorityEnded):
        one_behind_the_other(shutting(post), acting(post))

    assert list(Event.objects.values_list("action", flat=True)) == ["accounts.shut"]


def test_shutting_an_account_waits_for_an_act_that_was_first(post):
    one_behind_the_other(acting(post), shutting(post))

    done = list(Event.objects.order_by("pk").values_list("action", flat=True))
    assert done == ["units.renamed", "accounts.shut"]
    assert not Account.objects.get(pk=post.account_id).is_active


def test_a_form_under_way_when_the_post_ends_is_answered_as_after_it(post, ending):
    _ended, answer = one_behind_the_other(ending, sending(post))

    assert answer.status_code == 404
    assert not Member.objects.exists()


def test_a_form_under_way_when_the_account_is_shut_changes_nothing(post):
    _shut, answer = one_behind_the_other(shutting(post), sending(post))

    assert answer.status_code == 404
    assert not Member.objects.exists()


def test_a_form_that_nobody_hinders_is_done(post):
    assert sending(post)().status_code == 302
    assert Member.objects.count() == 1


def test_what_an_act_has_ended_itself_still_carries_its_events(post):
    own = actor_for(post.account)

    end_post(post=post, actor=own, now=timezone.now())

    assert Event.objects.get().post_id == post.pk


def test_where_one_writes_at_a_time_the_same_is_asked(post, sqlite, monkeypatch):
    act = acting(post, asked_as=nullcontext)
    monkeypatch.setattr(events, "connection", sqlite)
    act()
    Post.objects.update(ended_at=timezone.now())

    with pytest.raises(events.AuthorityEnded):
        act()

    assert Event.objects.count() == 1


@pytest.fixture
def printing(post):
    """The secretary prints a slip for somebody of the cell."""
    member = MemberFactory(cell=post.unit)
    actor = actor_for(post.account)

    def print_one():
        (slip,) = slips.print_slips(members=[member], actor=actor, now=timezone.now())
        return slip

    return member, print_one


def promoting(member):
    """Somebody above gives the member a post that the secretary does not reach."""

    def promote():
        return appoint(
            unit=DistrictFactory(),
            member=member,
            role=Role.SECRETARY,
            from_on=timezone.localdate(),
            actor=SYSTEM,
            now=timezone.now(),
            system_reason="test",
        )

    return promote


def test_a_slip_that_is_printed_while_its_owner_gets_a_post_is_void(printing):
    member, print_one = printing

    one_behind_the_other(print_one, promoting(member))

    assert not Slip.objects.exists()


def test_no_slip_is_printed_for_who_is_getting_a_post(printing):
    member, print_one = printing

    with pytest.raises(slips.SlipNotPrinted):
        one_behind_the_other(promoting(member), print_one)

    assert not Slip.objects.exists()
