"""What an actor has to do now, gathered from every app; and what the registry waits for.

Source: docs/rules/reminders.md § 1.
"""

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.due import DueItem, in_order, several
from members.models import (
    CorrectionRequest,
    Member,
    Post,
    RollImport,
    Transfer,
    Upload,
)
from members.policy import Actor, Area
from members.queries.memberships import overdue_count, to_confirm_count
from members.queries.roll import returned_transfers

U = TypeVar("U", bound=Upload)


def due_items(actor: Actor, *, today: date) -> list[DueItem]:
    """Return all that the actor has to do, and what was done, the most urgent first.

    Asks the sources that `settings.DUE_SOURCES` names, each with a fixed number of
    queries: so apps above are asked without being known.
    """
    sources = [import_string(path) for path in settings.DUE_SOURCES]
    return in_order(item for source in sources for item in source(actor, today=today))


def roll_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield what waits on the rolls that the actor keeps; six queries, seven above."""
    if actor.reaches(Area.ROLL_EDIT):
        yield from _of_transfers(actor, today)
        yield from _of_people(actor, today)


def uploads_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield the rolls that one has sent in and not confirmed yet; one query."""
    yield from uploads_to_confirm(
        RollImport.objects.visible_to(actor), actor, page="roll_import_detail"
    )


def uploads_to_confirm(
    uploads: QuerySet[U], actor: Actor, *, page: str
) -> Iterator[DueItem]:
    """Yield one's own uploads that were read and wait for a yes; one query."""
    own = uploads.filter(uploaded_by=actor.account_id, state=Upload.State.READY)
    for each in own.order_by("uploaded_at"):
        if not each.changes_nothing:
            yield DueItem(
                key=f"{page}/{each.pk}",
                sentence=_("The file %s was read and waits for your confirmation.")
                % each.file_name,
                url=reverse(page, args=[each.pk]),
                button=_("Open the preview"),
            )


def _of_transfers(actor: Actor, today: date) -> Iterator[DueItem]:
    transfers = reverse("members:transfer_list")
    comes = _how_many(Transfer.objects.receivable_by(actor))
    if comes[0]:
        yield _transfers_to_receive(*comes, url=transfers)
    if returned := returned_transfers(actor, today=today).count():
        yield _transfers_returned(returned, url=transfers)
    if actor.subtrees(Area.ROLL_EDIT):
        hanging = Transfer.objects.visible_to(actor).late(today).count()
        if hanging:
            yield _hanging_transfers(hanging, url=transfers)


def _of_people(actor: Actor, today: date) -> Iterator[DueItem]:
    asked = _how_many(CorrectionRequest.objects.editable_by(actor))
    if asked[0]:
        yield _corrections(*asked)
    if ended := Member.objects.editable_by(actor).due_for_full(today).count():
        yield _probation(ended)
    if overstayed := overdue_count(actor, today=today):
        yield _overstayed(overstayed)
    if levels := to_confirm_count(actor):
        yield _levels(levels)


def posts_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield the posts whose planned end has passed, for who records posts; one query."""
    if not actor.reaches(Area.POSTS):
        return
    overdue = Post.objects.recordable_by(actor).overdue(today).count()
    if overdue:
        yield several(
            key="members.posts_overdue",
            text=ngettext(
                "The planned end of %(count)d post has passed.",
                "The planned end of %(count)d posts has passed.",
                overdue,
            ),
            count=overdue,
            url=reverse("members:unit_list"),
            button=_("Open the units"),
        )


def _how_many(rows: QuerySet) -> tuple[int, date | None]:
    found = rows.aggregate(count=Count("pk"), due=Min("due_on"))
    return found["count"], found["due"]


def _transfers_to_receive(count: int, due: date | None, *, url: str) -> DueItem:
    return several(
        key="members.transfers_to_receive",
        text=ngettext(
            "%(count)d transfer waits to be received.",
            "%(count)d transfers wait to be received.",
            count,
        ),
        count=count,
        url=url,
        button=_("Receive"),
        due_on=due,
    )


def _transfers_returned(count: int, *, url: str) -> DueItem:
    return several(
        key="members.transfers_returned",
        text=ngettext(
            "%(count)d transfer was sent back by the new cell.",
            "%(count)d transfers were sent back by the new cell.",
            count,
        ),
        count=count,
        url=url,
        button=_("Read the reason"),
    )


def _hanging_transfers(count: int, *, url: str) -> DueItem:
    return several(
        key="members.transfers_hanging",
        text=ngettext(
            "%(count)d transfer has waited longer than the rule allows.",
            "%(count)d transfers have waited longer than the rule allows.",
            count,
        ),
        count=count,
        url=url,
        button=_("Open the transfers"),
    )


def _corrections(count: int, due: date | None) -> DueItem:
    return several(
        key="members.corrections",
        text=ngettext(
            "%(count)d request for a correction waits for an answer.",
            "%(count)d requests for a correction wait for an answer.",
            count,
        ),
        count=count,
        url=reverse("members:correction_list"),
        button=_("Answer the requests"),
        due_on=due,
    )


def _probation(count: int) -> DueItem:
    return several(
        key="members.probation_ended",
        text=ngettext(
            "The probation of %(count)d member is over or ends within a month.",
            "The probation of %(count)d members is over or ends within a month.",
            count,
        ),
        count=count,
        url=f"{reverse('members:member_list')}?show=probation",
        button=_("Record full membership"),
    )


def _overstayed(count: int) -> DueItem:
    return several(
        key="members.memberships_overdue",
        text=ngettext(
            "%(count)d temporary membership is past its planned end.",
            "%(count)d temporary memberships are past their planned end.",
            count,
        ),
        count=count,
        url=reverse("members:membership_list"),
        button=_("Open the list"),
    )


def _levels(count: int) -> DueItem:
    return several(
        key="members.levels_to_confirm",
        text=ngettext(
            "The level of exemplary responsibility of %(count)d member is to be confirmed.",
            "The levels of exemplary responsibility of %(count)d members are to be"
            " confirmed.",
            count,
        ),
        count=count,
        url=reverse("members:exemplarity_list"),
        button=_("Confirm the levels"),
    )
