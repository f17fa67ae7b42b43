"""A roll that was sent is tried, then written; open campaigns follow.

Source: docs/rules/rolls.md § 7.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeAlias

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.models import Participant, Placement
from campaigns.services import following, locking
from members import bulk, events
from members.models import Member, Membership, NameWord, PartyUnit, RollImport
from members.policy import Actor, Area
from members.queries import actor_for
from members.row_security import Purpose, opened_for
from members.services import uploads
from members.services.rolls import telling
from members.services.rolls.comparing import Comparison, compare
from members.services.rolls.reading import ReadWorkbook, read_workbook
from members.services.rolls.writing import write
from members.spreadsheets.reading import WorkbookRefused

WRITTEN = (Member, NameWord, Membership, Participant, Placement)

Progress: TypeAlias = Callable[[int], None]


class RollNotImportable(Exception):
    """The roll cannot be imported by who asked for it; the text says why."""


class RollChanged(Exception):
    """The registry is no longer what the preview was compared with."""

    def __init__(self, compared: Comparison) -> None:
        super().__init__("the roll has changed since the preview")
        self.compared = compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Whose act an import is, and of which unit's roll."""

    within: PartyUnit
    actor: Actor
    now: datetime
    file_sha256: str
    system_reason: str = ""


@opened_for(Purpose.IMPORT)
def import_roll(
    book: ReadWorkbook, order: Order, *, digest: str | None = None
) -> Comparison:
    """Write the good rows of a workbook, as one act; open campaigns follow.

    With a digest only what was shown under it is written: whoever changed a person, a
    cell or a number meanwhile is not overwritten.
    Raises: RollChanged; then nothing is written.
    """
    rows = book.reading.rows
    assert rows is not None
    with events.written_last():
        _hold(book, order)
        held = Member.objects.select_for_update(no_key=True).order_by("pk")
        compared = compare(
            book.reading,
            actor=order.actor,
            within=order.within,
            today=timezone.localdate(order.now),
            people=held,
        )
        if digest is not None and compared.digest() != digest:
            raise RollChanged(compared)
        if not compared.changes_nothing:
            _carry_out(compared, order)
    return compared


def preview(upload: RollImport, *, now: datetime, on_progress: Progress) -> None:
    """Read the file and compare it; keep what the page shows, write nothing else.

    An upload that was read before is left as it is: its reader may be long gone.
    Raises: nothing for a bad file: its faults are the result.
    """
    if upload.state != RollImport.State.READING:
        return
    with override(upload.language):
        try:
            actor = _actor_of(upload)
            book = _read(upload)
            on_progress(50)
            _show(upload, book, actor, now)
        except WorkbookRefused as refusal:
            uploads.refuse(upload, str(refusal), unreadable=True)
        except RollNotImportable as refusal:
            uploads.refuse(upload, str(refusal))


def apply(upload: RollImport, *, now: datetime, on_progress: Progress) -> None:
    """Write the confirmed rows; the file is read and compared again.

    Where the roll has changed since the preview, the new preview is shown instead. The
    upload is done in the transaction that writes, so that a second worker finds it so.
    Raises: nothing for a roll that is refused now: the upload is then refused.
    """
    if upload.state != RollImport.State.WRITING:
        return
    with override(upload.language):
        try:
            actor = _actor_of(upload)
            book = _read(upload)
            on_progress(30)
            _write(upload, book, actor, now)
        except (WorkbookRefused, RollNotImportable) as refusal:
            uploads.refuse(upload, str(refusal))


def _write(upload: RollImport, book: ReadWorkbook, actor: Actor, now: datetime) -> None:
    order = Order(
        within=upload.within, actor=actor, now=now, file_sha256=upload.file_sha256
    )
    try:
        with events.written_last():
            import_roll(book, order, digest=upload.digest)
            uploads.settle(upload, state=RollImport.State.DONE, refusal="")
    except RollChanged as changed:
        _show_compared(
            upload,
            book,
            changed.compared,
            actor,
            refusal=_(
                "The roll has changed since the preview, so nothing has been recorded."
                " This is what the workbook would do now."
            ),
        )


def _show(upload: RollImport, book: ReadWorkbook, actor: Actor, now: datetime) -> None:
    if book.reading.rows is not None:
        compared = compare(
            book.reading,
            actor=actor,
            within=upload.within,
            today=timezone.localdate(now),
        )
        _show_compared(upload, book, compared, actor)
        return
    faults = book.reading.faults
    uploads.settle(
        upload,
        state=RollImport.State.REFUSED,
        summary=telling.tell_faults(faults),
        annotated=telling.store_refused(upload, book.sheets, faults, actor=actor),
    )


def _show_compared(
    upload: RollImport,
    book: ReadWorkbook,
    compared: Comparison,
    actor: Actor,
    *,
    refusal: str = "",
) -> None:
    is_useless = compared.changes_nothing and bool(compared.faults)
    uploads.settle(
        upload,
        state=RollImport.State.REFUSED if is_useless else RollImport.State.READY,
        refusal=refusal,
        digest=compared.digest(),
        summary=telling.tell(compared),
        annotated=telling.store_refused(
            upload, book.sheets, compared.faults, actor=actor
        ),
    )


def _read(upload: RollImport) -> ReadWorkbook:
    with uploads.on_disk(upload) as path:
        return read_workbook(path)


def _actor_of(upload: RollImport) -> Actor:
    """Return who asked for the step, with the scope that holds now.

    Raises: RollNotImportable if the post ended meanwhile.
    """
    actor = actor_for(upload.author)
    if not RollImport.objects.visible_to(actor).filter(pk=upload.pk).exists():
        raise RollNotImportable(
            _("Your post no longer lets you enter the roll of %s.") % upload.within.name
        )
    return actor


def _hold(book: ReadWorkbook, order: Order) -> None:
    """Hold the cells, then the codes: nobody closes one or takes another meanwhile."""
    rows = book.reading.rows
    assert rows is not None
    locking.hold_known(rows.cell, order.within)
    locking.hold_new_people(sorted(set(rows.code)))


def _carry_out(compared: Comparison, order: Order) -> None:
    homes = write(
        compared,
        actor=order.actor,
        now=order.now,
        system_reason=order.system_reason,
    )
    if len(homes) >= bulk.MANY:
        transaction.on_commit(partial(bulk.refresh_statistics, WRITTEN))
    on = timezone.localdate(order.now)
    following.follow_entered(homes, on=on, event=Placement.Event.ADMISSION)
    events.record(
        action="roll.imported",
        subject=order.within,
        actor=order.actor,
        now=order.now,
        unit=order.within,
        area=Area.ROLL_IMPORT,
        with_below=True,
        data={
            "file": order.file_sha256,
            "joined": len(compared.new),
            "changes": len(compared.changed),
        },
        system_reason=order.system_reason,
    )
