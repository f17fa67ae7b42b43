"""One's own password and sessions."""

from django.contrib import auth, messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from members import queries
from members.acts import page_and_form, sent
from members.forms.accounts import PasswordChangeForm
from members.http import CONFIRMED_AT, AccountRequest, back_to_first
from members.models import AccountSession
from members.services import passwords, sessions


@never_cache
@page_and_form
def password_change(request: AccountRequest) -> HttpResponse:
    account = request.user
    form = PasswordChangeForm(sent(request), account=account)
    if form.is_valid():
        now = timezone.now()
        passwords.choose_password(
            account=account,
            password=form.cleaned_data["password"],
            actor=request.actor,
            now=now,
            kept_session=str(request.session.session_key),
        )
        with sessions.under_a_new_key(request.session, now=now):
            auth.update_session_auth_hash(request, account)
        request.session[CONFIRMED_AT] = now.timestamp()
        messages.success(
            request, _("The new password counts. Every other session is ended.")
        )
        return redirect("members:session_list")
    status = 422 if form.is_bound else 200
    context = {"form": form, "crumbs": back_to_first()}
    return render(request, "members/password_change.html", context, status=status)


@require_safe
def session_list(request: AccountRequest) -> HttpResponse:
    current = request.session.session_key
    shown = queries.open_sessions(
        request.user, request.actor, current=current, now=timezone.now()
    )
    context = {
        "crumbs": back_to_first(),
        "sessions": shown,
        "current": current,
        "limits": queries.session_limits(request.user, request.actor).in_words(),
    }
    return render(request, "members/session_list.html", context)


@require_POST
def session_end(request: AccountRequest, session_id: int) -> HttpResponse:
    own = AccountSession.objects.visible_to(request.actor)
    session = get_object_or_404(own, pk=session_id)
    _end(request, own.filter(pk=session.pk))
    messages.success(request, _("The session is ended."))
    return redirect("members:session_list")


@require_POST
def session_end_others(request: AccountRequest) -> HttpResponse:
    own = AccountSession.objects.visible_to(request.actor)
    _end(request, own.exclude(session=request.session.session_key))
    messages.success(request, _("Every other session is ended."))
    return redirect("members:session_list")


def _end(request: AccountRequest, ended: QuerySet[AccountSession]) -> None:
    sessions.end_sessions(
        ended, account=request.user, actor=request.actor, now=timezone.now()
    )
