"""What pages of acts share: one form, one act, one answer."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import wraps
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from members.comparing import Both, differences, took_up, values_of
from members.http import CSRF, LONGEST_SOUGHT, AccountRequest, text_sought
from members.services import receipts
from members.services.versions import ChangedMeanwhile

Refusals = tuple[type[Exception], ...]
# Number or other key, name, what tells it from others.
Choices = Sequence[tuple[int | str, str, str]]

MOST_CHOICES = 100

KEY = "once"  # the field of a form that makes it one act
OPENED = "opened"  # the field that says, signed, when a form was opened
_opened = Signer(salt="members.acts.opened")

View = Callable[..., HttpResponse]


def page_and_form(view: View) -> View:
    """Let a view answer the page of an act and its form, which acts once.

    Source: docs/interface.md, "A form that is sent twice".
    """

    @wraps(view)
    def answer(
        request: AccountRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        if not (request.POST.get(KEY) and request.user.is_authenticated):
            return view(request, *args, **kwargs)
        answers: list[HttpResponse] = []

        def act() -> str:
            answers.append(view(request, *args, **kwargs))
            return answers[0].headers.get("Location", "")

        typed = {name: texts for name, texts in request.POST.lists() if name != CSRF}
        files = {
            f"file {name}": [receipts.digest_of_file(file) for file in each]
            for name, each in request.FILES.lists()
        }
        before = receipts.done_once(
            account=request.user,
            digest=receipts.digest_of({"path": [request.path], **typed, **files}),
            now=timezone.now(),
            act=act,
        )
        if before is None:
            return answers[0]
        messages.info(request, _("This was recorded already, and not a second time."))
        return redirect(before)

    return require_http_methods(["GET", "HEAD", "POST"])(answer)


def new_key() -> str:
    """Return what makes a form one act, for the field `once` of a page of its own."""
    return str(uuid4())


def sent(request: AccountRequest) -> QueryDict | None:
    """Return what a form is filled with: what was sent, an empty form included."""
    return request.POST if request.method == "POST" else None


def opened(request: AccountRequest) -> str:
    """Return what the hidden field `opened` of a form holds: when, where, for whom.

    A form that was refused keeps the time at which it was opened first.
    Source: docs/rules/phases.md § 3.1.
    """
    at = opened_at(request) or timezone.now()
    return _opened.sign_object([at.timestamp(), request.path, request.user.pk])


def opened_at(request: AccountRequest) -> datetime | None:
    """Return when the form that was sent was opened, here and by the same account.

    None: nobody knows; the field is missing, changed or of another page.
    Source: docs/rules/phases.md § 3.1.
    """
    try:
        at, path, account_id = _opened.unsign_object(request.POST.get(OPENED, ""))
    except (BadSignature, ValueError):
        return None
    if (path, account_id) != (request.path, request.user.pk):
        return None
    return datetime.fromtimestamp(at, UTC)


def did(
    request: AccountRequest,
    form: BaseForm,
    act: Callable[[], object],
    *,
    refusals: Refusals,
) -> bool:
    """Do what a valid form asks for; a refusal is told beside what caused it.

    A refusal that names a `column` stands at that field, another above the form.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except refusals as refusal:
        form.add_error(getattr(refusal, "column", None), str(refusal))
        return False
    return True


def change(
    request: AccountRequest,
    form: BaseForm,
    act: Callable[[], object],
    *,
    refusals: Refusals,
    then: str,
    back: tuple[str, str],
    title: str,
    button: str,
    lead: str = "",
    said: str = "",
    again: str = "",
    stored: Callable[[Any], Mapping[str, object]] | None = None,
    told: Callable[[Any], Both] | None = None,
) -> HttpResponse:
    """Answer the page of an act on the version of a row that was shown.

    Where somebody was faster it shows both versions, and what is sent next, by the
    button `again`, is made upon the later one. `stored` gives what is recorded now by
    the names of the fields; `told` says what is new where no field does.
    """
    try:
        if did(request, form, act, refusals=refusals):
            if said:
                messages.success(request, said)
            return redirect(then)
    except ChangedMeanwhile as changed:
        row: Any = changed.current
        now = stored(row) if stored else values_of(row, form)
        both = differences(form, now)
        took_up(form, now["version"])
        return page(
            request,
            form,
            back=back,
            title=title,
            lead=lead,
            button=again or _("Record my version"),
            both=both or (told(row) if told else ()),
            status=409,
        )
    return page(request, form, back=back, title=title, lead=lead, button=button)


def page(
    request: AccountRequest,
    form: BaseForm,
    *,
    back: tuple[str, str],
    title: str,
    button: str,
    lead: str = "",
    both: Both = (),
    texts: Sequence[str] = (),
    status: int = 422,
) -> HttpResponse:
    """Return the page of one act; `both` holds what two people wrote, by label.

    `texts` are what it acts on, to be read before.
    """
    context = {
        "crumbs": [back],
        "form": form,
        "title": title,
        "button": button,
        "lead": lead,
        "both": both,
        "texts": texts,
        "key": new_key(),
        "opened": opened(request),
    }
    code = status if form.is_bound else 200
    return render(request, "act.html", context, status=code)


def choose(
    request: AccountRequest,
    choices: Callable[[str], Choices],
    *,
    back: tuple[str, str],
    title: str,
    lead: str,
    label: str,
    nothing: str,
    key: str = "to",
    most: int = MOST_CHOICES,
    carried: Sequence[tuple[str, str]] = (),
    sought: tuple[str, str] | None = None,
) -> HttpResponse:
    """Return a page on which one finds a row by text.

    The choice stands in the address under the `key`, "to" or "of". `choices` gives one
    more than `most` to say that not all are shown. Where a form was begun, `sought` has
    the names of the text and of the choice, which are sent with its fields, `carried`.
    """
    q = text_sought(request)
    if sought:
        q = request.POST.get(sought[0], "")[:LONGEST_SOUGHT].strip()
    found = choices(q)
    context = {
        "crumbs": [back],
        "title": title,
        "lead": lead,
        "label": label,
        "q": q,
        "choices": found[:most],
        "is_cut": len(found) > most,
        "key": key,
        "kept": [each for each in request.GET.items() if each[0] not in ("q", key)],
        "nothing": nothing,
        "carried": carried,
        "sought": sought,
    }
    return render(request, "choose.html", context)
