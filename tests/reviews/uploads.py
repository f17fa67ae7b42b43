"""A results workbook that goes its way, step by step."""

from datetime import UTC, datetime

from members.models import Account
from members.queries import actor_for
from members.services import uploads
from reviews import tasks
from reviews.models import ResultsImport

NOW = datetime(2018, 12, 31, 5, tzinfo=UTC)


def read(received: ResultsImport) -> ResultsImport:
    """Let a worker do the upload's next step."""
    received.refresh_from_db()
    task = {
        "results_preview": tasks.preview_import,
        "results_import": tasks.apply_import,
    }[received.job.kind]
    task(received.job_id)
    return ResultsImport.objects.select_related("job", "uploaded_by", "within").get(
        pk=received.pk
    )


def confirm(received: ResultsImport, by: Account | None = None) -> ResultsImport:
    by = by or received.uploaded_by
    uploads.confirm(received, actor=actor_for(by), now=NOW)
    return received
