"""What is typed into a long form of numbered fields is kept while one types."""

import re
from collections.abc import Callable, Collection

from django.http import HttpResponse
from django.utils.translation import gettext as _

from members.acts import Refusals
from members.http import CSRF, AccountRequest
from members.services.versions import ChangedMeanwhile

DRAFT_VERSION = "draft_version"
# What comes with a form and is not typed by anybody.
NOT_TYPED = {CSRF, "once", "version", DRAFT_VERSION}
FIELD = re.compile(r"[a-z_]{1,30}(_\d{1,19})?")
# Keeps the fields upon the version of the row and that of the draft which were shown;
# returns the new version of the draft.
Save = Callable[[int, int, dict[str, str]], int]


def keep_typed(
    request: AccountRequest,
    save: Save,
    *,
    refusals: Refusals,
    buttons: Collection[str] = (),
) -> HttpResponse:
    """Answer a script that sends what is being typed: 204 with the new version.

    409 if another device has written, 422 in words if it does not fit; then nothing is
    kept.
    """
    shown = _number(request.POST.get("version"))
    draft = draft_shown(request)
    if shown is None or draft is None:
        return _said(_("This does not fit."))
    typed = {
        name: str(text)
        for name, text in request.POST.items()
        if name not in NOT_TYPED and name not in buttons and FIELD.fullmatch(name)
    }
    try:
        version = save(shown, draft, typed)
    except ChangedMeanwhile:
        return HttpResponse(status=409)
    except refusals as refusal:
        return _said(str(refusal))
    return HttpResponse(status=204, headers={"Draft-Version": version})


def draft_shown(request: AccountRequest) -> int | None:
    """Return which version of the draft a form was shown with; None: nobody knows."""
    return _number(request.POST.get(DRAFT_VERSION))


def _number(text: str | None) -> int | None:
    is_number = text is not None and text.isdecimal() and len(text) < 10
    return int(text) if text is not None and is_number else None


def _said(text: str) -> HttpResponse:
    return HttpResponse(text, status=422, content_type="text/plain; charset=utf-8")
