"""Coming in: password or slip, then what a holder of a post has beside it."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from members import queries
from members.acts import page_and_form
from members.forms.accounts import CodeForm, LoginForm, PasskeyForm, StartForm
from members.http import CONFIRMED_AT, FACTOR_DUE
from members.models import Account
from members.row_security import Purpose, opened_for
from members.services import (
    held_forms,
    log_ins,
    passkeys,
    people,
    second_steps,
    sessions,
    slips,
)
from members.services.passkeys import Place

ASKED = "passkey_question"


class LoginPage(auth_views.LoginView):
    """The page for name and password, which are the first step for some."""

    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        elsewhere = settings.OIDC_NAME if settings.OIDC_ISSUER else ""
        return super().get_context_data(elsewhere=elsewhere, **context)

    def form_valid(self, form: LoginForm) -> HttpResponse:  # type: ignore[override]  # the form named above
        account = form.get_user()
        assert isinstance(account, Account)
        return after_first_step(
            self.request, account, next_url=self.get_success_url(), now=timezone.now()
        )


login = LoginPage.as_view()


@login_not_required
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session, locked or not, and what the browser keeps of its pages."""
    auth.logout(request)
    answer = redirect("members:login")
    answer["Clear-Site-Data"] = '"cache"'
    return answer


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
        now = timezone.now()
        try:
            account = slips.use_slip(**slip, now=now)
        except (slips.SlipRefused, log_ins.LockedOut) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your password is set; the slip is used up."))
            first = "members:own_record" if account.member_id else "home"
            return after_first_step(request, account, next_url=reverse(first), now=now)
    status = 422 if form.is_bound else 200
    return render(request, "members/start.html", {"form": form}, status=status)


@login_not_required
@never_cache
@page_and_form
def second_step(request: HttpRequest) -> HttpResponse:
    """Let in who has shown the password and shows a code of the card or the app."""
    now = timezone.now()
    begun = second_steps.begun(request.session, now=now)
    if begun is None:
        return redirect("members:login")
    account, next_url = begun
    form = CodeForm(request.POST if "code" in request.POST else None)
    by_passkey = PasskeyForm(request.POST if "answer" in request.POST else None)
    if _is_taken(request, account, form, by_passkey, now=now):
        return let_in(request, account, next_url=next_url, now=now)
    factors = queries.factors_of(account, now=now)
    context = {
        "form": form,
        "name": account.display_name,
        "factors": factors,
        "by_passkey": by_passkey,
    }
    if factors.passkeys:
        asked, request.session[ASKED] = passkeys.question(
            account, place=place_of(request)
        )
        context["question"] = asked
    status = 422 if form.is_bound or by_passkey.is_bound else 200
    return render(request, "members/second_step.html", context, status=status)


def _is_taken(
    request: HttpRequest,
    account: Account,
    form: CodeForm,
    by_passkey: PasskeyForm,
    *,
    now: datetime,
) -> bool:
    """Tell whether the second step was taken; each question is answered once."""
    try:
        if form.is_valid():
            second_steps.take(account=account, code=form.digits(), now=now)
            return True
        if by_passkey.is_valid():
            second_steps.take_by_passkey(
                account=account,
                answer=by_passkey.cleaned_data["answer"],
                state=request.session.pop(ASKED, None),
                place=place_of(request),
                now=now,
            )
            return True
    except (second_steps.StepRefused, log_ins.LockedOut) as refusal:
        (form if form.is_bound else by_passkey).add_error(None, str(refusal))
    return False


def after_first_step(
    request: HttpRequest, account: Account, *, next_url: str, now: datetime
) -> HttpResponse:
    """Ask for the second step whoever has something to show; let in the others."""
    if not queries.factors_of(account, now=now).are_asked:
        return let_in(request, account, next_url=next_url, now=now)
    second_steps.begin(request.session, account, next_url=next_url, now=now)
    return redirect("members:second_step")


@opened_for(Purpose.COMING_IN)
def let_in(
    request: HttpRequest, account: Account, *, next_url: str, now: datetime
) -> HttpResponse:
    """Log somebody in who has taken every step, and say what is left to be done."""
    second_steps.end(request.session)
    kept = held_forms.held(request.session, account_id=account.pk)
    auth.login(request, account)
    sessions.begin(
        request.session,
        account=account,
        user_agent=request.headers.get("User-Agent", ""),
        now=now,
    )
    if kept is None:
        held_forms.drop(request.session)
    else:
        next_url = reverse("members:form_send")
    log_ins.forget_failures(login=account.login)
    people.name_account(pk=account.pk)
    request.session[CONFIRMED_AT] = now.timestamp()
    factors = queries.factors_of(account, now=now)
    actor = queries.actor_for(account)
    if factors.has_few_codes:
        assert factors.card
        left = factors.card.left
        messages.warning(
            request,
            ngettext(
                "%d code is left on your card. Print a new card.",
                "%d codes are left on your card. Print a new card.",
                left,
            )
            % left,
        )
    if factors.can_be_shown or not queries.asks_for_factor(account, actor):
        return redirect(next_url)
    last_day = queries.last_day_without(account, actor)
    if factors.are_asked or timezone.localdate(now) > last_day:
        request.session[FACTOR_DUE] = True
    then = urlencode({auth.REDIRECT_FIELD_NAME: next_url})
    return redirect(f"{reverse('members:second_factor_list')}?{then}")


def place_of(request: HttpRequest) -> Place:
    """Return where the browser reached this site, as passkeys are bound to it."""
    host = request.get_host()
    origin = f"{request.scheme}://{host}"
    return Place(host=str(urlsplit(origin).hostname), origin=origin)
