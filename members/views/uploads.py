"""What the pages of every kind of workbook that comes in share.

A kind says where it lives: how its addresses are called and what its page shows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from members.http import XLSX, AccountRequest, attachment, page_or_fragment
from members.models import Upload
from members.services import uploads
from members.sheets.annotated import Marking, annotated_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The template of a kind's page, and the names of its addresses."""

    template: str
    listed: str
    detail: str
    annotated: str
    confirm: str
    retry: str

    def show(
        self,
        request: AccountRequest,
        upload: Upload,
        confirmation: BaseForm,
        **shown: object,
    ) -> HttpResponse:
        """Answer the page of an upload, or the part that changes while a job runs."""
        list_url = reverse(self.listed)
        context: Mapping[str, object] = {
            "list_url": list_url,
            "mended_url": list_url,
            "annotated_url": reverse(self.annotated, args=[upload.pk]),
            "confirm_url": reverse(self.confirm, args=[upload.pk]),
            "retry_url": reverse(self.retry, args=[upload.pk]),
            "upload": upload,
            "refusal": upload.refusal,
            "error": upload.job.error if upload.job else "",
            "confirmation": confirmation,
            **shown,
        }
        return page_or_fragment(request, self.template, context, "progress")

    def confirmed(
        self,
        request: AccountRequest,
        upload: Upload,
        confirmation: BaseForm,
        page: Callable[..., HttpResponse],
    ) -> HttpResponse:
        """Let just that be written which the preview showed; `page` shows it again."""
        if not confirmation.is_valid():
            answer = page(request, upload, confirmation)
            answer.status_code = 422
            return answer
        try:
            uploads.confirm(upload, actor=request.actor, now=timezone.now())
        except uploads.NotToBeConfirmed as refusal:
            messages.error(request, str(refusal))
        return redirect(self.detail, upload.pk)

    def retried(self, request: AccountRequest, upload: Upload) -> HttpResponse:
        """Let the step that failed be done once more."""
        uploads.retry(upload, actor=request.actor, now=timezone.now())
        return redirect(self.detail, upload.pk)

    def handed_out(
        self, request: AccountRequest, upload: Upload, marking: Marking
    ) -> FileResponse:
        """Answer the annotated copy; who took it is recorded."""
        if not upload.annotated:
            raise Http404
        uploads.record_download(upload, actor=request.actor, now=timezone.now())
        name = annotated_name(upload.file_name, marking)
        return attachment(upload.annotated, name=name, content_type=XLSX)
