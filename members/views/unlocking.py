"""A session that locked: opened again by the password, with what was being written."""

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from members.acts import page_and_form, sent
from members.forms.accounts import UnlockForm
from members.http import CONFIRMED_AT, AccountRequest, is_ours, who_is_in
from members.services import held_forms, sessions


@login_not_required
@never_cache
@page_and_form
def unlock(request: AccountRequest) -> HttpResponse:
    """Open a session again that has locked, and lead on to what came too late."""
    then = request.GET.get(REDIRECT_FIELD_NAME, "")
    then = then if is_ours(request, then) else reverse("home")
    if request.locked is None:
        return redirect(then)
    form = UnlockForm(sent(request), account=request.locked)
    if form.is_valid():
        _reopen(request)
        held = held_forms.held(request.session, account_id=request.locked.pk)
        return redirect("members:form_send" if held else then)
    context = {"form": form, "name": request.locked.display_name}
    status = 422 if form.is_bound else 200
    return render(request, "members/unlock.html", context, status=status)


@login_not_required
@never_cache
@require_POST
def unlock_in_place(request: AccountRequest) -> HttpResponse:
    """Answer a page that has locked itself, and opens without being left.

    204 opens it; 422 and 410 say why it stays locked. Nobody opens another's page.
    """
    account = request.locked or who_is_in(request)
    if account is None or request.POST.get("account") != str(account.pk):
        said = _("The session has ended. Log in again: what you wrote comes along.")
        return _in_words(said, status=410)
    form = UnlockForm(request.POST, account=account)
    if not form.is_valid():
        return _in_words(" ".join(map(str, form.errors["old"])), status=422)
    _reopen(request)
    return HttpResponse(status=204)


@never_cache
@page_and_form
def form_send(request: AccountRequest) -> HttpResponse:
    """Show that what was sent too late is kept, to be sent on or dropped."""
    held = held_forms.held(request.session, account_id=request.user.pk)
    if request.method == "POST":
        held_forms.drop(request.session)
        return redirect(held.page if held else "home")
    if held is None:
        return redirect("home")
    return render(request, "members/form_send.html", {"held": held})


@require_safe
def session_use(request: AccountRequest) -> HttpResponse:
    """Answer a page on which somebody is writing: its session is in use."""
    if request.GET.get("account") != str(request.user.pk):
        raise Http404
    return HttpResponse(status=204)


def _reopen(request: AccountRequest) -> None:
    now = timezone.now()
    sessions.reopen(request.session, now=now)
    request.session[CONFIRMED_AT] = now.timestamp()


def _in_words(said: str, *, status: int) -> HttpResponse:
    return HttpResponse(said, status=status, content_type="text/plain; charset=utf-8")
