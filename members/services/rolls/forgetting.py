"""Rolls that were sent are not kept: their files hold the numbers of persons whole."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from members.models import RollImport

KEPT = timedelta(days=7)
_ENDED = {RollImport.State.DONE, RollImport.State.REFUSED}


def forget_rolls(*, now: datetime) -> int:
    """Delete the files of rolls sent more than seven days ago; return of how many.

    What remains is who sent which file, and how many people it entered and corrected.
    Source: docs/rules/rolls.md § 7.
    """
    old = RollImport.objects.filter(uploaded_at__lt=now - KEPT).exclude(file="")
    for upload in old:
        for stored in (upload.file, upload.annotated):
            if stored:
                stored.delete(save=False)
        upload.file = upload.annotated = ""
        upload.summary = {
            key: upload.summary[key]
            for key in ("act", "counts")
            if key in upload.summary
        }
        if upload.state not in _ENDED:
            upload.state = RollImport.State.REFUSED
        if upload.state == RollImport.State.REFUSED:
            with override(upload.language):
                upload.refusal = _(
                    "The workbook was deleted here after seven days. Send it again."
                )
            upload.summary = {}
        upload.save(update_fields=["file", "annotated", "summary", "state", "refusal"])
    return len(old)
