"""Reports that are asked for and made."""

from datetime import UTC, datetime

from members.policy import SYSTEM
from members.queries import actor_for
from reports.models import RollupReport
from reports.services import reporting
from reports.tasks import render_rollup
from tests.restricted import restricted

NOW = datetime(2025, 1, 5, 5, tzinfo=UTC)


def asked(unit, *, by=None, language="en") -> RollupReport:
    return reporting.request_report(
        unit=unit,
        language=language,
        actor=actor_for(by.account) if by else SYSTEM,
        now=NOW,
    )


def made(report: RollupReport) -> RollupReport:
    with restricted():
        render_rollup(report.job_id)
    return RollupReport.objects.select_related("job").get(pk=report.pk)


def content(file) -> bytes:
    with file.open("rb") as stream:
        return stream.read()
