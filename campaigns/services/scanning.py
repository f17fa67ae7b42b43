"""Having attached files scanned for viruses before anybody gets them.

Source: docs/rules/attachments.md § 3.
"""

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction

from campaigns.models import Activity, Attached, PlanDocument, Scan
from members import events, jobs
from members.attachments.scanning import is_clean
from members.models import PartyUnit
from members.policy import SYSTEM, Actor, Area

logger = logging.getLogger(__name__)

KINDS: tuple[type[Attached], ...] = (PlanDocument, Activity)


def ask_for_scan(row: models.Model, *, actor: Actor) -> None:
    """Queue the scan of a row's file if it waits for one; other rows are left alone.

    Call it in the transaction that attached the file.
    """
    if isinstance(row, Attached) and row.waits_for_scan:
        jobs.open_job(
            kind=row.SCAN_JOB, subject_id=row.pk, requested_by=actor.account_id
        )


def ask_for_what_waits() -> int:
    """Queue the scan of every file that waits for one; return how many.

    Also of those attached before a scanner was set, and those whose job failed while
    it could not be reached.
    """
    if not settings.CLAMD:
        return 0
    waiting = [row for kind in KINDS for row in _unscanned(kind)]
    for row in waiting:
        ask_for_scan(row, actor=SYSTEM)
    return len(waiting)


def scan(kind: type[Attached], row_id: int, *, now: datetime) -> None:
    """Scan the file of a row and write down what was said of just this file.

    Where another took its place meanwhile that one is scanned, too. A row that is
    gone, or waits for no scan, is left.
    Raises: attachments.scanning.ScannerNotReached.
    """
    while row := _unscanned(kind).filter(pk=row_id).first():
        if not settings.CLAMD:
            return
        with row.attached.open("rb") as file:
            said = Scan.CLEAN if is_clean(file, settings.CLAMD) else Scan.FOUND
        _write_down(row, said, now)


def _write_down(row: Attached, said: Scan, now: datetime) -> None:
    with transaction.atomic():
        same = _unscanned(type(row)).filter(**{row.FILE: row.attached.name}, pk=row.pk)
        if same.update(scan=said) and said == Scan.FOUND:
            logger.warning("%s %s: the scanner found something", row.SCAN_JOB, row.pk)
            events.record(
                action=f"{row._meta.label_lower}_infected",
                subject=row,
                actor=SYSTEM,
                now=now,
                unit=_unit_of(row),
                area=Area.CAMPAIGN,
                system_reason="virus scanner",
            )


def _unscanned(kind: type[Attached]) -> Any:
    rows = kind._default_manager.filter(scan=Scan.NOT_YET)
    return rows.exclude(**{kind.FILE: ""}).order_by("pk")


def _unit_of(row: Attached) -> PartyUnit:
    if isinstance(row, PlanDocument):
        return row.unit.custodian if row.unit else row.campaign.root_unit
    assert isinstance(row, Activity)
    return row.unit.custodian
