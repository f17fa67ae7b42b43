"""Due process holds in random histories."""

import os
import time
from random import Random

import pytest
from django.db import transaction

from tests.reviews.histories import world as worlds
from tests.reviews.histories.law import Broken
from tests.reviews.histories.walk import shortest, walk

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


def test_due_process(built, db):
    first, last, steps = map(int, os.environ.get("SEEDS", "0 3 80").split())
    done, acts = set(), set()
    with open("/tmp/g13/log.txt", "a") as out:
        go(built, out, first, last, steps, done, acts)


def go(built, out, first, last, steps, done, acts):
    for seed in range(first, last):
        random = Random(seed)
        seeds = [random.getrandbits(32) for _ in range(steps)]
        t, t2 = time.process_time(), time.time()
        try:
            h = walk(built, seeds, done)
        except Broken as b:
            print("BROKEN", seed, b, "\n".join(b.__notes__[0].splitlines()[-6:]), file=out, flush=True)
            if os.environ.get("SHRINK"):
                b = shortest(built, seeds, done)
                print("SHORT", b, "\n".join(b.__notes__), file=out, flush=True)
            continue
        done |= h.done
        acts |= h.acts
        print(seed, len(h.trace), round(time.process_time() - t, 1), round(time.time() - t2), len(done), len(acts), file=out, flush=True)
    from tests.reviews.histories.addresses import names
    print("not done", sorted(set(names()) - done), file=out, flush=True)
    print("acts", sorted(acts), file=out, flush=True)
