"""What pages of acts share: one form, one act, one answer."""

from collections.abc import Callable, Sequence

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from members.http import AccountRequest

Refusals = tuple[type[Exception], ...]
# Number or other key, name, what tells it from others.
Choices = Sequence[tuple[int | str, str, str]]

MAX_QUERY_LENGTH = 100

page_and_form = require_http_methods(["GET", "HEAD", "POST"])


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
) -> HttpResponse:
    """Return a page on which one finds a row by text.

    The choice stands in the address under the `key`, "to" or "of".
    """
    q = request.GET.get("q", "")[:MAX_QUERY_LENGTH].strip()
    context = {
        "crumbs": [back],
        "title": title,
        "lead": lead,
        "label": label,
        "q": q,
        "key": key,
        "kept": [each for each in request.GET.items() if each[0] not in ("q", key)],
        "choices": choices(q),
        "nothing": nothing,
    }
    return render(request, "choose.html", context)
