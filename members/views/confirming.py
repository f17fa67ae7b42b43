"""The password once more before an act of weight, and then the act with what was typed.

Source: docs/rules/accounts.md § 8.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from members import queries
from members.forms.accounts import AgainForm
from members.http import (
    CONFIRMED_AT,
    CONFIRMING,
    AccountRequest,
    came_from,
    fields_sent,
    is_fresh,
    is_ours,
)
from members.services import held_forms
from members.services.held_forms import HeldForm

ELSEWHERE = f"{CONFIRMING}-elsewhere"  # the button of whoever logs in elsewhere

View = Callable[..., HttpResponse]


def weighty(view: View) -> View:
    """Declare that a view does an act of weight: its form needs a password just typed.

    Stands outside of everything that reads the form. What one may not reach is asked
    for like anything else, so that the question tells nothing.
    """

    @wraps(view)
    def answer(
        request: AccountRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        return _asked(request) or view(request, *args, **kwargs)

    answer.is_weighty = True  # type: ignore[attr-defined]  # this is what adds it
    return answer


def _asked(request: AccountRequest) -> HttpResponse | None:
    """Return the page that asks for the password; none where it was typed just now.

    Then the form is as it was before it was asked for: sent twice it is one act.
    """
    now, sent, rest = timezone.now(), request.POST, request.POST.copy()
    for name in [name for name in sent if name.startswith(CONFIRMING)]:
        del rest[name]
    request.POST = rest  # type: ignore[assignment]  # Django reads it all the same
    if is_fresh(request, now):
        return None
    if ELSEWHERE in sent:
        return _log_in_again(request)
    back = sent.get(f"{CONFIRMING}-back", "")
    form = AgainForm(
        sent if f"{CONFIRMING}-old" in sent else None,
        account=request.user,
        prefix=CONFIRMING,
        initial={"back": back if is_ours(request, back) else came_from(request)},
    )
    if form.is_valid():
        request.session[CONFIRMED_AT] = now.timestamp()
        return None
    link = queries.oidc_link_of(request.user) if settings.OIDC_ISSUER else None
    context = {
        "form": form,
        "back": form.get_initial_for_field(form.fields["back"], "back"),
        "fields": fields_sent(request),
        "elsewhere": (ELSEWHERE, settings.OIDC_NAME) if link else None,
    }
    page = render(request, "members/password_again.html", context, status=422)
    add_never_cache_headers(page)
    return page


def _log_in_again(request: AccountRequest) -> HttpResponse:
    """End the session but for the form, which the next log-in of the account finds."""
    form = HeldForm(
        account_id=request.user.pk,
        address=request.get_full_path(),
        page=came_from(request),
        fields=fields_sent(request),
    )
    auth.logout(request)
    held_forms.hold(request.session, form)
    messages.info(request, _("Log in again: what you filled in is kept until then."))
    return redirect("members:login")
