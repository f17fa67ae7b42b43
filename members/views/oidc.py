"""Logging in at an OpenID provider, where the settings name one."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members.acts import page_and_form, sent
from members.forms.accounts import ConfirmForm
from members.http import CONFIRMED_AT, AccountRequest, is_fresh, who_is_in
from members.services import oidc
from members.views.log_ins import after_first_step
from members.views.second_factors import here, remove_page

View = Callable[..., HttpResponse]


def where_it_is_on(view: View) -> View:
    """Answer as if there were no such page where the settings name no provider."""

    def page(request: AccountRequest) -> HttpResponse:
        if not settings.OIDC_ISSUER:
            raise Http404
        return view(request)

    return page


@login_not_required
@never_cache
@require_safe
@where_it_is_on
def oidc_begin(request: AccountRequest) -> HttpResponse:
    """Send the browser to the provider: to log in, or to be linked to it."""
    is_link = "link" in request.GET
    if is_link and not (who_is_in(request) and is_fresh(request, timezone.now())):
        return redirect("members:oidc_link")
    try:
        address = oidc.begin(
            request.session, back_url=_back_url(request), is_link=is_link
        )
    except oidc.NotLoggedInThere as refusal:
        return _refuse(request, refusal)
    return redirect(address)


@login_not_required
@never_cache
@require_safe
@where_it_is_on
def oidc_back(request: AccountRequest) -> HttpResponse:
    """Take the provider's answer: link whoever wanted it, take a first step else."""
    now = timezone.now()
    try:
        person, is_link = oidc.finish(
            request.session, request.GET.dict(), back_url=_back_url(request)
        )
        if not is_link:
            account = oidc.account_of(person)
            return after_first_step(request, account, next_url=reverse("home"), now=now)
        linked = who_is_in(request)
        if linked is None:
            return redirect("members:login")
        oidc.link(
            account=linked,
            person=person,
            actor=request.actor,
            now=now,
            kept_session=str(request.session.session_key),
        )
    except oidc.NotLoggedInThere as refusal:
        return _refuse(request, refusal)
    messages.success(request, _("The log-in with %s is linked.") % settings.OIDC_NAME)
    return redirect("members:second_factor_list")


@never_cache
@page_and_form
@where_it_is_on
def oidc_link(request: AccountRequest) -> HttpResponse:
    """Ask for the password, then show the way to the provider.

    A form may not lead to another site, so the way is a link.
    """
    now = timezone.now()
    form = ConfirmForm(
        sent(request), account=request.user, is_fresh=is_fresh(request, now)
    )
    if form.is_valid() and form.fields:
        request.session[CONFIRMED_AT] = now.timestamp()
    context = {
        "crumbs": [here()],
        "form": form,
        "name": settings.OIDC_NAME,
        "is_open": is_fresh(request, now),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "members/oidc_link.html", context, status=status)


@never_cache
@page_and_form
@where_it_is_on
def oidc_unlink(request: AccountRequest) -> HttpResponse:
    return remove_page(
        request,
        title=_("Remove the link"),
        refusals=(),
        act=lambda now: oidc.unlink(
            account=request.user,
            actor=request.actor,
            now=now,
            kept_session=str(request.session.session_key),
        ),
    )


def _back_url(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("members:oidc_back"))


def _refuse(request: AccountRequest, refusal: oidc.NotLoggedInThere) -> HttpResponse:
    messages.error(request, str(refusal))
    is_in = who_is_in(request) is not None
    return redirect("members:second_factor_list" if is_in else "members:login")
