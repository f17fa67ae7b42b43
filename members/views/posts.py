"""Posts: given, handed over, delegated, ended."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from members import acts, queries
from members.forms import posts as forms
from members.http import AccountRequest
from members.models import Member, PartyUnit, Post, of_own_person
from members.models.people import MemberQuerySet
from members.policy import Area
from members.row_security import Purpose, opened_for
from members.services import charges, posts
from members.views.confirming import weighty

REFUSALS = (posts.PostNotGiven, posts.PostNotEndable)


@weighty
@acts.page_and_form
def post_add(request: AccountRequest, unit_id: int) -> HttpResponse:
    units = PartyUnit.objects.visible_to(request.actor, Area.POSTS).open()
    unit = get_object_or_404(units, pk=unit_id)
    members = Member.objects.visible_to(request.actor)
    holder = _chosen(request, members)
    if holder is None:
        title = _("Give a post at %s") % unit.name
        return _choose(request, unit, members, title=title)
    form = forms.PostForm(
        acts.sent(request),
        units=units.filter(Q(pk=unit.pk) | Q(parent=unit)).order_by("path"),
        initial={"from_on": timezone.localdate()},
    )
    return _answer(
        request,
        form,
        unit,
        lambda named, **data: posts.appoint_at_each(
            units=named or [unit], member=holder, **data
        ),
        title=_("Give a post to %s") % holder.full_name,
        said=_("The post of %s is recorded.") % holder.full_name,
        lead=_of_slips(holder),
        button=_("Record the post"),
    )


@weighty
@acts.page_and_form
def post_end(request: AccountRequest, post_id: int) -> HttpResponse:
    recorded = Post.objects.recordable_by(request.actor)
    own = Post.objects.own(request.actor).filter(delegated_by__isnull=False)
    post = _post(recorded.filter(ended_at__isnull=True) | own, post_id)
    return _answer(
        request,
        forms.DocumentForm(acts.sent(request)),
        post.unit,
        lambda **data: posts.end_post(post=post, **data),
        title=_("End the post: %s") % queries.post_name(post),
        said=_("The post has ended."),
        lead=_("%s has nothing of this post from that moment on.")
        % (post.member or post.account),
        button=_("End the post"),
    )


@weighty
@acts.page_and_form
def post_hand_over(request: AccountRequest, post_id: int) -> HttpResponse:
    post = _post(
        Post.objects.editable_by(request.actor).filter(delegated_by__isnull=True),
        post_id,
    )
    members = Member.objects.visible_to(request.actor)
    successor = _chosen(request, members)
    others = members.exclude(pk=post.member_id or 0)
    title = _("Hand over: %s") % queries.post_name(post)
    if successor is None:
        return _choose(request, post.unit, others, title=title)
    return _answer(
        request,
        forms.DocumentForm(acts.sent(request)),
        post.unit,
        lambda **data: posts.hand_over(post=post, member=successor, **data),
        title=title,
        said=_("The post is handed over to %s.") % successor.full_name,
        lead=" ".join(
            (
                _("The successor is %s. The post ends for its holder at once.")
                % successor.full_name,
                _of_slips(successor),
            )
        ),
        button=_("Hand over to %s") % successor.full_name,
    )


@weighty
@acts.page_and_form
def post_delegate(request: AccountRequest, post_id: int) -> HttpResponse:
    own = Post.objects.own(request.actor).in_force()
    post = _post(own.filter(delegated_by__isnull=True), post_id)
    members = Member.objects.visible_to(request.actor).on_the_roll_of(post.unit.path)
    deputy = _chosen(request, members)
    title = _("Delegate: %s") % queries.post_name(post)
    if deputy is None:
        return _choose(request, post.unit, members, title=title)
    return _answer(
        request,
        forms.DelegationForm(acts.sent(request)),
        post.unit,
        lambda **data: posts.delegate(post=post, member=deputy, **data),
        title=title,
        said=_("The post is delegated to %s.") % deputy.full_name,
        lead=" ".join(
            (
                _("Until a day, %s may do all that the post lets you do.")
                % deputy.full_name,
                _of_slips(deputy),
            )
        ),
        button=_("Delegate to %s") % deputy.full_name,
    )


@acts.page_and_form
def post_charge(request: AccountRequest, post_id: int) -> HttpResponse:
    """Which units and fields are in charge of a committee post; no access follows."""
    recorded = Post.objects.recordable_by(request.actor)
    of_committees = recorded.of_committees().filter(ended_at__isnull=True)
    post = _post(of_committees, post_id)
    units = PartyUnit.objects.visible_to(request.actor, Area.POSTS).open()
    form = forms.ChargeForm(
        acts.sent(request),
        units=units.filter(parent=post.unit).order_by("path"),
        initial=queries.charges_as_entered(post),
    )

    def charge() -> None:
        data = form.cleaned_data
        charges.set_charges(
            post=post,
            version=data["version"],
            units=data["units"],
            fields=data["fields_of_work"],
            actor=request.actor,
            now=timezone.now(),
        )

    url = queries.unit_url(post.unit_id, None)
    return acts.change(
        request,
        form,
        charge,
        refusals=REFUSALS,
        said=_("It is recorded."),
        then=url,
        back=(post.unit.name, url),
        title=_("In charge: %s") % queries.post_name(post),
        lead=_("%s sees nothing more by it: plans and reminders go by it.")
        % (post.member or post.account),
        button=_("Record the charge"),
        stored=queries.charges_as_entered,
    )


@opened_for(Purpose.HOLDERS)
def _post(within: QuerySet[Post], post_id: int) -> Post:
    related = within.select_related("unit", "member", "account")
    return get_object_or_404(related, pk=post_id)


def _chosen(request: AccountRequest, members: MemberQuerySet) -> Member | None:
    """Return whom the address names, of these."""
    number = queries.number_in(request.GET.get("to", ""))
    return get_object_or_404(members, pk=number) if number else None


def _of_slips(member: Member) -> str:
    """Say beforehand what would keep a new holder out (docs/rules/accounts.md § 1.4)."""
    return (
        _(
            "A slip for a password that %s has not used yet is worth nothing from then on; "
            "the office above prints a new one."
        )
        % member.full_name
    )


def _choose(
    request: AccountRequest, unit: PartyUnit, members: MemberQuerySet, *, title: str
) -> HttpResponse:
    # Nobody gives a post to themselves.
    others = members.exclude(of_own_person(request.actor, "pk"))
    return acts.choose(
        request,
        lambda text: queries.people_choices(others, unit, text),
        back=(unit.name, queries.unit_url(unit.pk, None)),
        title=title,
        lead=_("First choose the person."),
        label=_("Find by name, with or without accents"),
        nothing=_(
            "No member is found. Accents may be left out; the words of a name may "
            "stand in any order."
        ),
    )


def _answer(
    request: AccountRequest,
    form: BaseForm,
    unit: PartyUnit,
    act: Callable[..., Any],
    *,
    title: str,
    button: str,
    said: str,
    lead: str = "",
) -> HttpResponse:
    url = queries.unit_url(unit.pk, None)

    def do() -> None:
        act(actor=request.actor, now=timezone.now(), **form.cleaned_data)

    if acts.did(request, form, do, refusals=REFUSALS):
        messages.success(request, said)
        # Who has just handed over may have lost the way to the unit.
        seen = PartyUnit.objects.visible_to(queries.actor_for(request.user))
        return redirect(url if seen.filter(pk=unit.pk).exists() else "home")
    back = (unit.name, url)
    return acts.page(request, form, back=back, title=title, button=button, lead=lead)
