"""What every page shares: who asks, which fragment, how files go out."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from io import BytesIO
from urllib.parse import urlsplit

from django.db.models.fields.files import FieldFile
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from members import queries
from members.models import Account
from members.policy import NOBODY, Actor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# Kept in a session: when the password was typed; that nothing else opens before a
# second factor is chosen.
CONFIRMED_AT = "confirmed_at"
FACTOR_DUE = "factor_due"
FRESH = timedelta(minutes=5)  # so long a password counts as just typed
CSRF = "csrfmiddlewaretoken"  # the field of the token
CONFIRMING = "confirming"  # how the fields begin that ask for it

LONGEST_SOUGHT = 100

View = Callable[..., HttpResponseBase]


class AccountRequest(HttpRequest):
    """A request of somebody who is logged in."""

    user: Account
    actor: Actor
    htmx: HtmxDetails
    locked: Account | None  # whose session waits for the password


def text_sought(request: AccountRequest) -> str:
    """Return what is typed into the search field of a list; what is too long is cut."""
    return request.GET.get("q", "")[:LONGEST_SOUGHT].strip()


def back_to_first() -> list[tuple[str, str]]:
    """Return what stands above a page of the menu: the first page."""
    return [(_("To do"), reverse("home"))]


def way_back(name: str, url: str, *, is_passed_over: bool) -> tuple[str, str]:
    """Return a list as the page above; the first page where the list leads on by itself.

    Whoever has one unit is sent on by the list: back to it would lead here again.
    """
    return back_to_first()[0] if is_passed_over else (name, url)


def who_is_in(request: AccountRequest) -> Account | None:
    """Return the account of a page that is open without a log-in, too; or None."""
    user: object = request.user
    return user if isinstance(user, Account) else None


def is_fresh(request: AccountRequest, now: datetime) -> bool:
    """Tell whether the password of this session was typed a moment ago."""
    at: float = request.session.get(CONFIRMED_AT, 0)
    return now.timestamp() - at < FRESH.total_seconds()


def fields_sent(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """Return what a form sent, to be kept: not its token, nor the password before it."""
    return tuple(
        (name, value)
        for name, values in request.POST.lists()
        if name != CSRF and not name.startswith(CONFIRMING)
        for value in values
    )


def opens_without_factor(view: View) -> View:
    """Let a page open while the choice of a second factor is due."""
    view.opens_without_factor = True  # type: ignore[attr-defined]  # this is what adds it
    return view


def came_from(request: HttpRequest) -> str:
    """Return the page of this site that held the form, else the first page.

    With what stands behind its address: it may name whom somebody chose before.
    """
    referer = request.headers.get("Referer", "")
    page = urlsplit(referer)._replace(scheme="", netloc="", fragment="").geturl()
    ours = is_ours(request, referer) and is_ours(request, page)
    return page if ours else reverse("home")


def is_ours(request: HttpRequest, address: str) -> bool:
    """Tell whether an address that came with a request is one of this site."""
    return url_has_allowed_host_and_scheme(
        address,
        allowed_hosts={request.get_host()},
        require_https=request.is_secure(),
    )


def account(request: HttpRequest) -> dict[str, object]:
    """Tell every template as whom one is logged in."""
    actor: Actor = getattr(request, "actor", NOBODY)
    if actor.account_id is None:
        return {}
    assert isinstance(request.user, Account)
    limits = queries.session_limits(request.user, actor)
    return {
        "account": {
            "id": actor.account_id,
            "name": str(request.user),
            "post": queries.post_title(actor),
            "idle_seconds": int(limits.idle.total_seconds()),
        }
    }


def page_or_fragment(
    request: AccountRequest, template: str, context: Mapping[str, object], fragment: str
) -> HttpResponse:
    """Render the page, or only its named fragment for a request by htmx."""
    name = f"{template}#{fragment}" if request.htmx else template
    response = render(request, name, dict(context))
    patch_vary_headers(response, ["HX-Request"])  # or Back shows a cached fragment
    return response


def attachment(
    file: FieldFile | BytesIO, *, name: str, content_type: str
) -> FileResponse:
    """Return a file as a download that no page can use and no cache keeps."""
    return FileResponse(
        file if isinstance(file, BytesIO) else file.open("rb"),
        as_attachment=True,
        filename=name,
        content_type=content_type,
        headers={"Cache-Control": "no-store", "Content-Security-Policy": "sandbox"},
    )
