import pytest
from django.db import transaction

from members import locks


@pytest.mark.django_db(transaction=True)
def test_a_lock_that_nothing_would_hold_is_not_asked_for():
    with pytest.raises(AssertionError):
        locks.hold(locks.Lock.TREE)

    with transaction.atomic():
        locks.hold(locks.Lock.TREE)
