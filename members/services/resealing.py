"""Sealing all numbers of persons anew, after the first key has changed."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Q

from members.models import CorrectionRequest, Member

BATCH = 1_000
SEALED = ("card_number", "card_number_index", "personal_id", "personal_id_index")
SEALED_OF_A_REQUEST = ("wanted", "reason", "answer")


def reseal_members(*, on_progress: Callable[[int], None]) -> int:
    """Seal the numbers of everybody under the first key; return of how many.

    Batch by batch, so that others can work meanwhile; again, it does the same. Until it
    is done a number sealed under an earlier key is readable but not found as taken.
    What people ask to have corrected is sealed anew before.
    """
    _reseal_requests()
    sealed = Member.objects.exclude(Q(card_number_index="") & Q(personal_id_index=""))
    ids = list(sealed.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            held = Member.objects.select_for_update(no_key=True).order_by("pk")
            for member in held.filter(pk__in=ids[start : start + BATCH]):
                member.save(update_fields=SEALED)
        on_progress(100 * min(start + BATCH, len(ids)) // len(ids))
    return len(ids)


def _reseal_requests() -> None:
    ids = list(CorrectionRequest.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            held = CorrectionRequest.objects.select_for_update(no_key=True)
            batch = held.filter(pk__in=ids[start : start + BATCH])
            for request in batch.order_by("pk"):
                request.save(update_fields=SEALED_OF_A_REQUEST)
