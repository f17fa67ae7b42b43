"""All papers of a cell in one file: asked for, made by a worker, given to who asked.

Source: docs/rules/documents.md § 15.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.models import PLEDGES, CampaignUnit, Participant
from campaigns.services.written import openings
from members import events, jobs
from members.models import Job
from members.policy import Actor, Area
from members.queries import actor_for
from reports.documents.writers import to_pdf
from reports.models import CellPapers
from reports.queries.cell_papers import papers_of
from reviews.models import SELF_REVIEWS

KEPT = timedelta(days=7)
KINDS = {"pledges": PLEDGES, "self_reviews": SELF_REVIEWS}


class NoPapers(Exception):
    """There is nothing to print, or not for who asked; the text says which."""


def request_papers(
    *, unit: CampaignUnit, language: str, actor: Actor, now: datetime
) -> CellPapers:
    """Return the papers that are being made for who asks, or have them made anew.

    What was made before is gone with that: asked twice, by a double click, it is one.
    """
    assert actor.account_id is not None  # pages are for accounts
    with transaction.atomic():
        papers, _made = CellPapers.objects.get_or_create(
            campaign_id=unit.campaign_id,
            unit_id=unit.live_unit_id,
            requested_by_id=actor.account_id,
            defaults={"requested_at": now},
        )
        locked = CellPapers.objects.select_for_update(no_key=True).get(pk=papers.pk)
        if locked.job and locked.job.status in Job.OPEN:
            return locked
        _forget(locked)
        locked.language = language
        locked.requested_at = now
        locked.job = jobs.open_job(
            kind="cell_papers", subject_id=locked.pk, requested_by=actor.account_id
        )
        locked.save()
        _note("reports.cell_papers_requested", locked, unit, actor, now)
        return locked


def build_papers(
    papers: CellPapers, *, now: datetime, on_progress: Callable[[int], None]
) -> None:
    """Make the file; the scope is that of who asked, worked out now.

    Raises: NoPapers; documents.pdf.DocumentNotRendered.
    """
    with override(papers.language):
        actor = actor_for(papers.requested_by)
        unit = _unit_for(papers, actor)
        if unit is None:
            raise NoPapers(
                _("Your post does not show the papers of this cell any more.")
            )
        gathered = papers_of(unit, actor, language=papers.language)
        if gathered is None:
            raise NoPapers(_("The cell has no papers to be printed yet."))
        on_progress(30)
        content = to_pdf(gathered.printout)
        on_progress(90)
    name = f"cell-papers/{secrets.token_hex(16)}.pdf"
    papers.file.save(name, ContentFile(content), save=False)
    papers.printed = {
        "pledges": gathered.pledges,
        "self_reviews": gathered.self_reviews,
    }
    papers.finished_at = now
    papers.save(update_fields=["file", "printed", "finished_at"])


def note_download(
    papers: CellPapers, unit: CampaignUnit, *, actor: Actor, now: datetime
) -> None:
    """Log that the file was given out; whose texts are in it reads to whom."""
    with events.written_last():
        _note("reports.cell_papers_downloaded", papers, unit, actor, now)
        for name, kind in KINDS.items():
            people = Participant.objects.visible_to(actor, Area.PLEDGES).filter(
                pk__in=papers.printed.get(name, [])
            )
            openings.note_print(
                kind,
                participants=list(people.order_by("sort_key", "pk")),
                unit=unit,
                actor=actor,
                now=now,
            )


def forget_papers(*, now: datetime) -> int:
    """Delete the files that were made more than seven days ago; return of how many."""
    old = CellPapers.objects.filter(finished_at__lt=now - KEPT).exclude(file="")
    for papers in old:
        _forget(papers)
        papers.save(update_fields=["file", "printed", "finished_at"])
    return len(old)


def _forget(papers: CellPapers) -> None:
    """Delete the file, if there is one, once the row says so, which the caller saves."""
    if papers.file:
        name = str(papers.file.name)
        transaction.on_commit(lambda: default_storage.delete(name))
    papers.file, papers.printed, papers.finished_at = "", {}, None


def _unit_for(papers: CellPapers, actor: Actor) -> CampaignUnit | None:
    units = CampaignUnit.objects.visible_to(actor, Area.PLEDGES)
    return (
        units.filter(campaign=papers.campaign_id, live_unit=papers.unit_id)
        .select_related("campaign", "parent", "live_unit__parent", "custodian")
        .first()
    )


def _note(
    action: str, papers: CellPapers, unit: CampaignUnit, actor: Actor, now: datetime
) -> None:
    events.record(
        action=action,
        subject=papers,
        actor=actor,
        now=now,
        unit=unit.custodian,
        area=Area.PLEDGES,
        data={"campaign": papers.campaign_id},
    )
