"""What one has beside the password: chosen, changed, removed, by its owner alone."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members import acts, documents, queries, sealing
from members.acts import page_and_form, sent
from members.forms.accounts import AppForm, ConfirmForm, NewPasskeyForm
from members.http import (
    FACTOR_DUE,
    AccountRequest,
    back_to_first,
    is_fresh,
    is_ours,
    opens_without_factor,
)
from members.models import Passkey
from members.services import authenticators, code_cards, factors, passkeys
from members.views.log_ins import ASKED, place_of

NEW_SEED = "new_seed"


@opens_without_factor
@never_cache
@require_safe
def second_factor_list(request: AccountRequest) -> HttpResponse:
    """Show what one has beside the password, and what one may choose."""
    now = timezone.now()
    then = request.GET.get(REDIRECT_FIELD_NAME, "")
    context = {
        "next": then if is_ours(request, then) else reverse("home"),
        "crumbs": back_to_first(),
        "factors": queries.factors_of(request.user, now=now),
        "is_asked": queries.asks_for_factor(request.user, request.actor),
        "elsewhere": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
        "link": queries.oidc_link_of(request.user),
        "is_due": bool(request.session.get(FACTOR_DUE)),
        "last_day": queries.last_day_without(request.user, request.actor),
    }
    return render(request, "members/second_factor_list.html", context)


@opens_without_factor
@never_cache
@page_and_form
def card_print(request: AccountRequest) -> HttpResponse:
    """Print a card of one's own; its codes stand in this answer alone."""
    now = timezone.now()
    form = ConfirmForm(
        sent(request), account=request.user, is_fresh=is_fresh(request, now)
    )
    if form.is_valid():
        card = code_cards.print_own_card(
            account=request.user,
            actor=request.actor,
            now=now,
            kept_session=str(request.session.session_key),
        )
        _open_every_page(request)
        context = {"crumbs": [here()], "cards": [card], "is_own": True}
        return render(request, "members/card_sheet.html", context)
    return acts.page(
        request,
        form,
        back=here(),
        title=_("Print a card of codes"),
        lead=_(
            "Forty codes on half a sheet. Each works once. Have the printer ready: "
            "they are shown this once, and a card before it counts no more."
        ),
        button=_("Make the card"),
    )


@opens_without_factor
@never_cache
@page_and_form
def authenticator_add(request: AccountRequest) -> HttpResponse:
    """Show the QR code of a new seed; let the app count once it shows a code of it."""
    now = timezone.now()
    form = AppForm(sent(request), account=request.user, is_fresh=is_fresh(request, now))
    seed = sealing.unseal(request.session.get(NEW_SEED, ""))
    if not seed:
        seed = authenticators.new_seed()
        request.session[NEW_SEED] = sealing.seal(seed)
    if form.is_valid():
        step = authenticators.step_of(seed, form.digits(), now=now)
        if step is None:
            form.add_error("code", _("The app does not show this code now."))
        else:
            authenticators.add_authenticator(
                account=request.user,
                seed=seed,
                step=step,
                actor=request.actor,
                now=now,
                kept_session=str(request.session.session_key),
            )
            del request.session[NEW_SEED]
            return _added(request, _("The app counts from the next log-in on."), now)
    address = authenticators.address_of(seed, login=request.user.login)
    context = {
        "crumbs": [here()],
        "form": form,
        "address": address,
        "picture": documents.qr_picture(address),
        "seed": " ".join(seed[at : at + 4] for at in range(0, len(seed), 4)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "members/authenticator_add.html", context, status=status)


@never_cache
@page_and_form
def authenticator_remove(request: AccountRequest) -> HttpResponse:
    return remove_page(
        request,
        title=_("Remove the code app"),
        refusals=(factors.LastFactor,),
        act=lambda now: authenticators.remove_authenticator(
            account=request.user,
            actor=request.actor,
            now=now,
            kept_session=str(request.session.session_key),
        ),
    )


@opens_without_factor
@never_cache
@page_and_form
def passkey_add(request: AccountRequest) -> HttpResponse:
    """Let the browser make a passkey for this place; each question is answered once."""
    now = timezone.now()
    form = NewPasskeyForm(
        sent(request), account=request.user, is_fresh=is_fresh(request, now)
    )
    place = place_of(request)
    state = request.session.pop(ASKED, None)
    added = acts.did(
        request,
        form,
        lambda: passkeys.add_passkey(
            account=request.user,
            answer=form.cleaned_data["answer"],
            state=state,
            place=place,
            user_agent=request.headers.get("User-Agent", ""),
            actor=request.actor,
            now=now,
            kept_session=str(request.session.session_key),
        ),
        refusals=(passkeys.PasskeyRefused,),
    )
    if added:
        return _added(request, _("The passkey counts from the next log-in on."), now)
    question, request.session[ASKED] = passkeys.creation(request.user, place=place)
    context = {"crumbs": [here()], "form": form, "question": question}
    status = 422 if form.is_bound else 200
    return render(request, "members/passkey_add.html", context, status=status)


@never_cache
@page_and_form
def passkey_remove(request: AccountRequest, passkey_id: int) -> HttpResponse:
    passkey = get_object_or_404(
        Passkey.objects.visible_to(request.actor), pk=passkey_id
    )
    return remove_page(
        request,
        title=_("Remove the passkey"),
        refusals=(factors.LastFactor,),
        act=lambda now: passkeys.remove_passkey(
            passkey=passkey,
            account=request.user,
            actor=request.actor,
            now=now,
            kept_session=str(request.session.session_key),
        ),
    )


def remove_page(
    request: AccountRequest,
    *,
    title: str,
    act: Callable[[datetime], None],
    refusals: acts.Refusals,
) -> HttpResponse:
    """Return the page on which one takes a factor away, or do it."""
    now = timezone.now()
    form = ConfirmForm(
        sent(request), account=request.user, is_fresh=is_fresh(request, now)
    )
    if acts.did(request, form, lambda: act(now), refusals=refusals):
        messages.success(request, _("It counts no more. Every other session is ended."))
        return redirect("members:second_factor_list")
    return acts.page(
        request,
        form,
        back=here(),
        title=title,
        lead=_("Every other session of yours ends with it."),
        button=title,
    )


def _open_every_page(request: AccountRequest) -> None:
    """There is something beside the password now: no page waits for the choice."""
    request.session.pop(FACTOR_DUE, None)


def here() -> tuple[str, str]:
    """Return the way back to the list of one's factors."""
    return _("Second step of the log-in"), reverse("members:second_factor_list")


def _added(request: AccountRequest, said: str, now: datetime) -> HttpResponse:
    """Say what was added; who has no card yet prints one against its loss."""
    _open_every_page(request)
    messages.success(request, said)
    if queries.factors_of(request.user, now=now).card is None:
        messages.info(
            request,
            _("Print a card of codes as well: it opens when the telephone is lost."),
        )
        return redirect("members:card_print")
    return redirect("members:second_factor_list")
