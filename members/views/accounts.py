"""Logging in and out, one's own password and sessions, the language."""

from django.contrib import auth, messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import i18n
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from members import queries
from members.acts import page_and_form, sent
from members.forms.accounts import LoginForm, PasswordChangeForm, StartForm
from members.http import AccountRequest
from members.models import AccountSession
from members.services import log_ins, passwords, sessions, slips

login = auth_views.LoginView.as_view(
    authentication_form=LoginForm, redirect_authenticated_user=True
)
logout = auth_views.LogoutView.as_view()
set_language = login_not_required(i18n.set_language)


@login_not_required
@never_cache
@page_and_form
def start(request: HttpRequest) -> HttpResponse:
    """Let the holder of a slip choose a password, and in.

    The code comes by POST alone: in the address it stands where browsers keep it.
    """
    form = StartForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        slip = {name: form.cleaned_data[name] for name in ("login", "code", "password")}
        try:
            account = slips.use_slip(**slip, now=timezone.now())
        except (slips.SlipRefused, log_ins.LockedOut) as refusal:
            form.add_error(None, str(refusal))
        else:
            auth.login(request, account)
            messages.success(request, _("Your password is set; the slip is used up."))
            return redirect("members:own_record")
    status = 422 if form.is_bound else 200
    return render(request, "members/start.html", {"form": form}, status=status)


@never_cache
@page_and_form
def password_change(request: AccountRequest) -> HttpResponse:
    account = request.user
    form = PasswordChangeForm(sent(request), account=account)
    if form.is_valid():
        passwords.choose_password(
            account=account,
            password=form.cleaned_data["password"],
            actor=request.actor,
            now=timezone.now(),
            kept_session=str(request.session.session_key),
        )
        auth.update_session_auth_hash(request, account)
        messages.success(
            request, _("The new password counts. Every other session is ended.")
        )
        return redirect("members:session_list")
    status = 422 if form.is_bound else 200
    context = {"form": form, "crumbs": [(_("Summaries and reports"), reverse("home"))]}
    return render(request, "members/password_change.html", context, status=status)


@require_safe
def session_list(request: AccountRequest) -> HttpResponse:
    shown = queries.open_sessions(request.user, request.actor, now=timezone.now())
    context = {
        "crumbs": [(_("Summaries and reports"), reverse("home"))],
        "sessions": shown,
        "current": request.session.session_key,
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


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Answer a load balancer: the process runs and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
