"""What pages of acts share: one form, one act, one answer."""

from collections.abc import Callable, Sequence
from functools import wraps
from uuid import uuid4

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from members.http import AccountRequest
from members.services import receipts

Refusals = tuple[type[Exception], ...]
# Number or other key, name, what tells it from others.
Choices = Sequence[tuple[int | str, str, str]]

MAX_QUERY_LENGTH = 100
MOST_CHOICES = 100

CSRF = "csrfmiddlewaretoken"
KEY = "once"  # the field of a form that makes it one act

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
        before = receipts.done_once(
            account=request.user,
            digest=receipts.digest_of({"path": [request.path], **typed}),
            now=timezone.now(),
            act=act,
        )
        if before is None:
            return answers[0]
        messages.info(request, _("This was recorded already, and not a second time."))
        return redirect(before)

    return require_http_methods(["GET", "HEAD", "POST"])(answer)


def sent(request: AccountRequest) -> QueryDict | None:
    """Return what a form is filled with: what was sent, an empty form included."""
    return request.POST if request.method == "POST" else None


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


def page(
    request: AccountRequest,
    form: BaseForm,
    *,
    back: tuple[str, str],
    title: str,
    button: str,
    lead: str = "",
    both: Sequence[tuple[object, object, object]] = (),
    status: int = 422,
) -> HttpResponse:
    """Return the page of one act; `both` holds what two people wrote, by label."""
    context = {
        "crumbs": [back],
        "form": form,
        "title": title,
        "button": button,
        "lead": lead,
        "both": both,
        "key": uuid4(),
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
) -> HttpResponse:
    """Return a page on which one finds a row by text.

    The choice stands in the address under the `key`, "to" or "of". `choices` gives one
    more than `most` to say that not all are shown.
    """
    found = choices(q := request.GET.get("q", "")[:MAX_QUERY_LENGTH].strip())
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
    }
    return render(request, "choose.html", context)
