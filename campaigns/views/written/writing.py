"""A document is written: begun, saved while one types, read over, sent.

Each step takes the pages of the kind, and what that kind does itself as functions.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.form_definitions import Content
from campaigns.forms import written as forms
from campaigns.models import (
    Author,
    DraftByPerson,
    Participant,
    WrittenDraft,
    level_of,
)
from campaigns.queries.written import likeness, reading
from campaigns.services.written import drafts, states
from campaigns.views.written.pages import REFUSALS, Pages, is_own
from members import acts
from members.http import AccountRequest
from members.services.versions import ChangedMeanwhile

VERSION_HEADER = "Draft-Version"
CONFLICT = 409
UNFIT = 422
REVIEW = "review"  # the button that leads on to sending
TAKE = "take"  # the button that takes over what stands beside

# What one kind shows beside the form, of the form as it was typed.
Beside = Callable[[forms.WrittenForm], Mapping[str, Any]]


def begin(
    request: AccountRequest,
    pages: Pages,
    author: Author,
    *,
    codes: Sequence[str],
    act: Callable[..., object],
) -> HttpResponse:
    """Choose the form; on behalf, with the day of the signed paper."""
    is_on_behalf = isinstance(author, Participant) and not is_own(request, author)
    form = forms.BeginForm(
        acts.sent(request),
        codes=codes,
        language=get_language(),
        is_on_behalf=is_on_behalf,
    )

    def do() -> None:
        act(
            **{pages.kind.author: author},
            actor=request.actor,
            now=timezone.now(),
            opened_at=acts.opened_at(request),
            **form.cleaned_data,
        )

    if acts.did(request, form, do, refusals=REFUSALS):
        return redirect(pages.address("write", author.pk))
    lead = _("From the paper that %s has signed.") if is_on_behalf else ""
    return acts.page(
        request,
        form,
        back=(pages.to_own() if is_own(request, author) else pages.to_detail(author)),
        title=_("Type on behalf") if is_on_behalf else str(pages.words.begin),
        lead=lead % author.full_name if lead else "",
        button=_("Begin to write"),
    )


def write(
    request: AccountRequest,
    pages: Pages,
    draft: WrittenDraft,
    *,
    beside: Beside,
    change: Callable[[Content, str], str],
) -> HttpResponse:
    """Show the whole form to be filled in; every button keeps what was typed.

    `change` does what a button inside the form asks, and says where the page goes on.
    """
    form = _form(request, pages, draft)
    page = partial(_page, request, pages, draft, form, beside=beside)
    if request.method != "POST":
        return page()
    then = change(form.content, request.POST.get("do", ""))
    if not form.is_valid():
        return page(status=UNFIT)
    try:
        _save(pages, draft, form)
    except ChangedMeanwhile as meanwhile:
        return page(both=meanwhile, status=CONFLICT)
    except states.WritingRefused as refusal:
        return _not_saved(request, pages, draft, refusal, page)
    if then == REVIEW:
        _remember_opening(request, pages, draft)
    act = "send" if then == REVIEW else "write"
    return redirect(f"{pages.address(act, pages.author_of(draft).pk)}#{then}")


def _not_saved(
    request: AccountRequest,
    pages: Pages,
    draft: WrittenDraft,
    refusal: states.WritingRefused,
    page: Callable[..., HttpResponse],
) -> HttpResponse:
    """Say why nothing is saved: with what was typed, or on the page of what was sent."""
    if isinstance(refusal, states.NotRunning):
        return page(refused=str(refusal), status=UNFIT)
    messages.error(request, str(refusal))
    return redirect(pages.address("detail", pages.author_of(draft).pk))


def take(
    notes: Callable[[], Mapping[str, Sequence[reading.NoteBeside]]],
    content: Content,
    button: str,
) -> str:
    """Take over what stands beside a section, below what is written already."""
    act, _colon, question = button.partition(":")
    if act != TAKE:
        return REVIEW if act == REVIEW else "main"
    for note in (each for notes_of in notes().values() for each in notes_of):
        if note.question == question:
            lines = (content["answers"].get(question, ""), *note.lines)
            content["answers"][question] = "\n".join(filter(None, lines))
    return f"answer-{question}"


def save(request: AccountRequest, pages: Pages, draft: WrittenDraft) -> HttpResponse:
    """Keep what is being typed: 204 with the new version, 409 if another has written.

    422 says in words what does not fit; then nothing is kept.
    """
    form = _form(request, pages, draft)
    if not form.is_valid():
        said = " ".join(map(str, form.non_field_errors())) or _("This does not fit.")
        return _unfit(said)
    try:
        version = _save(pages, draft, form)
    except ChangedMeanwhile as meanwhile:
        return _answer(CONFLICT, meanwhile.current.version)  # type: ignore[attr-defined]  # of a draft
    except states.NotRunning as refusal:
        return _unfit(str(refusal))
    except states.WritingRefused:
        return _answer(CONFLICT, draft.version)
    return _answer(204, version)


def _unfit(said: str) -> HttpResponse:
    """Say in words why nothing is kept."""
    return HttpResponse(said, status=UNFIT, content_type="text/plain; charset=utf-8")


def send(
    request: AccountRequest,
    pages: Pages,
    draft: WrittenDraft,
    *,
    beside: Beside,
    as_read: Callable[[], reading.FullText],
    act: Callable[..., object],
) -> HttpResponse:
    """Show what was written as it will be read, and send it."""
    form = forms.SendForm(acts.sent(request), initial={"version": draft.version})
    author = pages.author_of(draft)
    written = forms.WrittenForm(
        draft=draft, level=level_of(author), year=author.campaign.year
    )
    if not written.tell(is_draft=False):
        return _page(request, pages, draft, written, beside=beside, status=UNFIT)

    def do() -> None:
        act(
            draft=draft,
            version=form.cleaned_data["version"],
            actor=request.actor,
            now=timezone.now(),
            opened_at=_opened_first(request, pages, draft),
        )

    try:
        is_sent = acts.did(request, form, do, refusals=REFUSALS)
    except ChangedMeanwhile:
        messages.warning(request, str(pages.words.changed))
        return redirect(pages.address("send", pages.author_of(draft).pk))
    if is_sent:
        messages.success(request, str(pages.words.sent))
        return redirect(pages.address("detail", pages.author_of(draft).pk))
    words = likeness.words_of(pages.kind, draft)
    context = {
        "crumbs": [back(request, pages, draft)],
        "addresses": pages.addresses(pages.author_of(draft).pk),
        "form": form,
        "text": as_read(),
        "author": pages.author_of(draft),
        "words": pages.words,
        "likeness": likeness.likeness_of(pages.kind, pages.author_of(draft), words),
        "is_own": not _is_on_behalf(draft),
        "language": get_language(),
        "key": acts.new_key(),
        "opened": acts.opened(request),
    }
    status = UNFIT if form.is_bound else 200
    return render(request, pages.template("send"), context, status=status)


def back(request: AccountRequest, pages: Pages, draft: WrittenDraft) -> tuple[str, str]:
    """Return name and address of the list that one came from."""
    author = pages.author_of(draft)
    if is_own(request, author):
        return pages.to_own()
    return pages.to_cell(states.unit_of(author))


def _is_on_behalf(draft: WrittenDraft) -> bool:
    return isinstance(draft, DraftByPerson) and draft.is_on_behalf


def _save(pages: Pages, draft: WrittenDraft, form: forms.WrittenForm) -> int:
    return drafts.save_draft(
        pages.kind,
        draft=draft,
        version=form.cleaned_data["version"],
        content=form.content,
        now=timezone.now(),
    )


def _opened_key(pages: Pages, draft: WrittenDraft) -> str:
    return f"{pages.kind.name}-opened-{pages.author_of(draft).pk}"


def _remember_opening(
    request: AccountRequest, pages: Pages, draft: WrittenDraft
) -> None:
    """Let the page of sending count from when the form before it was opened."""
    opened_at = acts.opened_at(request)
    if opened_at:
        request.session[_opened_key(pages, draft)] = opened_at.timestamp()


def _opened_first(
    request: AccountRequest, pages: Pages, draft: WrittenDraft
) -> datetime | None:
    """Return when the form was opened: to be written, or else to be sent."""
    seconds = request.session.get(_opened_key(pages, draft))
    if seconds:
        return datetime.fromtimestamp(seconds, UTC)
    return acts.opened_at(request)


def _form(
    request: AccountRequest, pages: Pages, draft: WrittenDraft
) -> forms.WrittenForm:
    author = pages.author_of(draft)
    return forms.WrittenForm(
        acts.sent(request),
        draft=draft,
        level=level_of(author),
        year=author.campaign.year,
    )


def _page(
    request: AccountRequest,
    pages: Pages,
    draft: WrittenDraft,
    form: forms.WrittenForm,
    *,
    beside: Beside,
    both: ChangedMeanwhile | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    """Return the page of writing; `both` holds what another device has saved.

    `refused` says why nothing is saved any more.
    """
    version = both.current.version if both else form.data.get("version", draft.version)  # type: ignore[attr-defined]  # of a draft
    context = {
        "crumbs": [back(request, pages, draft)],
        "addresses": pages.addresses(pages.author_of(draft).pk),
        "author": pages.author_of(draft),
        "words": pages.words,
        "draft": draft,
        "form": form,
        "version": version,
        "opened": acts.opened(request),
        "both": _differences(both.current, form) if both else (),  # type: ignore[arg-type]  # of a draft
        "faults": [(refused, "")] if refused else form.faults(),
        "remark": _last_remark(pages, draft),
        "is_own": not _is_on_behalf(draft),
        "language": get_language(),
        **beside(form),
    }
    return render(request, pages.template("write"), context, status=status)


def _differences(
    stored: WrittenDraft, form: forms.WrittenForm
) -> list[tuple[str, str, str]]:
    """Return what two devices wrote, by section, where it differs."""
    language = get_language()
    found = []
    for shown in form.definition.shown_to(form.level):
        now, typed = (
            _as_words(content, shown.section.key, [q.key for q in shown.questions])
            for content in (stored.content, form.content)
        )
        if now != typed:
            found.append((shown.section.title.text(language), now, typed))
    return found


def _as_words(content: Content, section: str, questions: list[str]) -> str:
    texts = [content["answers"].get(key, "") for key in questions]
    texts += [
        f"– {item['text']}: {item['goal']} {item['due_on']}"
        for item in content["items"]
        if item["section"] == section
    ]
    return "\n".join(filter(None, texts))


def _last_remark(pages: Pages, draft: WrittenDraft) -> str:
    author = pages.author_of(draft)
    if pages.kind.state_of(author) != "RETURNED":
        return ""
    return reading.last_remark(pages.kind, author)


def _answer(status: int, version: int) -> HttpResponse:
    return HttpResponse(status=status, headers={VERSION_HEADER: version})
