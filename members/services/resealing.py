"""Sealing anew what lies sealed, after the first key has changed."""

from collections.abc import Callable, Sequence

from django.db import models, transaction
from django.db.models import Q

from members.bulk import batches
from members.models import (
    Authenticator,
    CodeCard,
    CorrectionRequest,
    Member,
    ReasonedReading,
)

BATCH = 1_000  # rows locked at once
SEALED = ("card_number", "card_number_index", "personal_id", "personal_id_index")
SEALED_TEXTS = {
    CorrectionRequest: ("wanted", "reason", "answer"),
    ReasonedReading: ("reason",),
}


def reseal_members(*, on_progress: Callable[[int], None]) -> int:
    """Seal the numbers of everybody under the first key; return of how many.

    Batch by batch, so that others can work meanwhile; again, it does the same. Until it
    is done a number sealed under an earlier key is readable but not found as taken.
    Texts about people are sealed anew before.
    """
    for model, columns in SEALED_TEXTS.items():
        _reseal_texts(model, columns)
    sealed = Member.objects.exclude(Q(card_number_index="") & Q(personal_id_index=""))
    ids = list(sealed.order_by("pk").values_list("pk", flat=True))
    done = 0
    for some in batches(ids, BATCH):
        with transaction.atomic():
            held = Member.objects.select_for_update(no_key=True).order_by("pk")
            for member in held.filter(pk__in=some):
                member.save(update_fields=SEALED)
        done += len(some)
        on_progress(100 * done // len(ids))
    return len(ids)


def _reseal_texts(model: type[models.Model], columns: Sequence[str]) -> None:
    rows = model._default_manager
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    for some in batches(ids, BATCH):
        with transaction.atomic():
            held = rows.select_for_update(no_key=True).order_by("pk")
            for row in held.filter(pk__in=some):
                row.save(update_fields=columns)


def reseal_factors() -> int:
    """Seal the cards of codes and the seeds of apps under the first key.

    Short, for they are the holders' of posts: in one transaction. Return of how many.
    """
    with transaction.atomic():
        cards = list(CodeCard.objects.select_for_update().order_by("pk"))
        for card in cards:
            card.save(update_fields=["codes"])
        apps = list(Authenticator.objects.select_for_update().order_by("pk"))
        for app in apps:
            app.save(update_fields=["seed"])
    return len(cards) + len(apps)
