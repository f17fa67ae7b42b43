"""The workbook of a request for opinions: given out, and taken in when it comes back."""

import io
from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members import acts
from members.dates import display_day, display_partial
from members.http import XLSX, AccountRequest, attachment
from reviews.forms.opinions import ReturnedForm
from reviews.models import Opinion, OpinionRequest
from reviews.queries import opinions as queries
from reviews.services.opinions import workbooks
from reviews.services.opinions.workbooks import Line, Outcome, PreviewChanged, Typed
from reviews.sheets.opinions import Row, write_opinions
from reviews.views.opinions import REFUSALS, kept_request, to_request

SALT = "reviews.opinion_files"
SHOWN_FOR = 60 * 60  # seconds in which a preview can be confirmed
ROWS = "rows"  # the hidden field that holds them, signed
MISFIT = 422


@require_safe
def opinion_file(request: AccountRequest, opinion_request_id: int) -> FileResponse:
    """Give the workbook in which the body writes what it says."""
    asked = kept_request(request, opinion_request_id)
    content = io.BytesIO()
    write_opinions(content, _rows(asked, request), _facts(asked))
    content.seek(0)
    return attachment(content, name=f"nhan-xet-{asked.pk}.xlsx", content_type=XLSX)


def _rows(asked: OpinionRequest, request: AccountRequest) -> list[Row]:
    seen = Opinion.objects.visible_to(request.actor).filter(request=asked)
    reads = queries.reads_of(seen, today=timezone.localdate())
    return [
        Row(each.opinion.pk, each.opinion.subject.full_name, _about(each.opinion))
        for each in reads
    ]


def _about(opinion: Opinion) -> str:
    unit = opinion.request.unit.name
    person = opinion.participant
    if person is None or not person.born_on:
        return unit
    return f"{display_partial(person.born_on)}; {unit}"


def _facts(asked: OpinionRequest) -> dict[str, str]:
    """Return what the body is told; Vietnamese in every language, as its heads."""
    return {
        "Cơ quan, tổ chức nhận xét": asked.body_name,
        "Nơi đề nghị": asked.unit.name,
        "Đợt": asked.unit.campaign.name,
        "Theo văn bản": asked.document or "–",
        "Hạn gửi lại": display_day(asked.due_on),
        "Cách ghi": (
            "Ghi nhận xét vào cột “Nội dung nhận xét”, mỗi dòng một phiếu; giữ nguyên "
            "cột “Số phiếu” và họ tên. Không ghi nội dung thuộc bí mật nhà nước."
        ),
    }


@never_cache
@acts.page_and_form
def opinion_receive(request: AccountRequest, opinion_request_id: int) -> HttpResponse:
    """Show what the rows of a workbook would do, then do just that."""
    asked = kept_request(request, opinion_request_id)
    if request.method == "POST" and ROWS in request.POST:
        return _confirm(request, asked)
    form = ReturnedForm(
        acts.sent(request),
        request.FILES or None,
        initial={"came_on": timezone.localdate()},
    )
    read: list[Typed] = []

    def look() -> None:
        read.extend(workbooks.read(form.cleaned_data["file"]))

    if acts.did(request, form, look, refusals=REFUSALS):
        return _preview(request, asked, read, form.cleaned_data["came_on"])
    return acts.page(
        request,
        form,
        back=to_request(asked),
        title=_("Receive the workbook"),
        lead=_("Nothing is recorded yet: first you see what each row would do."),
        button=_("Look at the rows"),
    )


def _preview(
    request: AccountRequest,
    asked: OpinionRequest,
    rows: list[Typed],
    came_on: date,
    *,
    status: int = 200,
) -> HttpResponse:
    lines = workbooks.compare(
        asked, rows, came_on=came_on, actor=request.actor, now=timezone.now()
    )
    sealed = signing.dumps(
        {
            "request": asked.pk,
            "account": request.user.pk,
            "came_on": came_on.isoformat(),
            "rows": workbooks.plain(rows),
            "told": workbooks.told(lines),
        },
        salt=SALT,
        compress=True,
    )
    context = {
        "crumbs": [to_request(asked)],
        "asked": asked,
        "lines": [(each, _in_words(each)) for each in lines],
        "counts": _counts(lines),
        "brings": any(each.outcome in (Outcome.NEW, Outcome.CHANGED) for each in lines),
        "rows": sealed,
        "key": acts.new_key(),
    }
    return render(
        request, "reviews/opinions/opinion_preview.html", context, status=status
    )


def _in_words(line: Line) -> str:
    return {
        Outcome.NEW: _("new"),
        Outcome.CHANGED: _("changed"),
        Outcome.UNCHANGED: _("unchanged"),
        Outcome.REFUSED: _("refused"),
    }[line.outcome]


def _counts(lines: list[Line]) -> dict[str, int]:
    return {
        outcome.value.lower(): sum(each.outcome is outcome for each in lines)
        for outcome in Outcome
    }


def _confirm(request: AccountRequest, asked: OpinionRequest) -> HttpResponse:
    """Take the rows that were shown; where they would do another thing, show it."""
    found = _shown(request, asked)
    if found is None:
        messages.error(
            request, _("The preview is too old or was changed: choose the file again.")
        )
        return redirect(request.path)
    rows = [Typed(**each) for each in found["rows"]]
    came_on = date.fromisoformat(found["came_on"])
    try:
        count = workbooks.take(
            request=asked,
            rows=rows,
            previewed=found["told"],
            came_on=came_on,
            actor=request.actor,
            now=timezone.now(),
        )
    except PreviewChanged:
        messages.warning(
            request, _("Something was entered meanwhile: look at the rows once more.")
        )
        return _preview(request, asked, rows, came_on, status=409)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return _preview(request, asked, rows, came_on, status=MISFIT)
    said = ngettext("%s opinion recorded.", "%s opinions recorded.", count)
    messages.success(request, said % count)
    return redirect(to_request(asked)[1])


def _shown(request: AccountRequest, asked: OpinionRequest) -> dict[str, Any] | None:
    """Return what the preview held, if it was shown here to the same account lately."""
    try:
        found: dict[str, Any] = signing.loads(
            request.POST[ROWS], salt=SALT, max_age=SHOWN_FOR
        )
    except signing.BadSignature:
        return None
    is_mine = (found["request"], found["account"]) == (asked.pk, request.user.pk)
    return found if is_mine else None
