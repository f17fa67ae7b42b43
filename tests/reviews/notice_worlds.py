"""Somebody whose level was decided, and requests to look at it again."""

from campaigns.models import Participant, Tally
from campaigns.services import tallies
from members import queries as registry
from members.models import Account
from reviews.queries import notices as queries
from reviews.services import notifying, revising
from reviews.services.deciding import Papers
from reviews.services.revising import Outcome
from tests.factories import AccountFactory, DecisionFactory, DecisionLineFactory
from tests.reviews.level_worlds import NOW, PAPERS, TODAY, holder, someone

AGAIN = PAPERS | {"document": "30a-QĐ/ĐU", "minutes": "BB 31"}


def rated(cell, level="GOOD", *, by=None, **columns) -> Participant:
    """Somebody of a cell whose level was decided by the committee, or another unit."""
    unit = by or cell.parent
    reason = "DISCIPLINED" if level == "NOT_COMPLETED" else ""
    facts = {"level": level, "reason": reason, "status": "ASSESSED", "decided_by": unit}
    person = someone(cell, **facts | columns)
    decision = DecisionFactory(unit=unit, on=TODAY, minutes_on=TODAY)
    DecisionLineFactory(
        decision=decision, participant=person, level=level, proposed_level=level,
        reason=reason,
    )  # fmt: skip
    tallies.recount([cell.pk])
    return person


def own(person):
    return registry.actor_for(AccountFactory(member=person.member))


def upper(cell):
    """The committee above the one that decided."""
    return holder(cell.parent.parent)


def asked(person, actor=None, text="Đã hoàn thành vượt chỉ tiêu", now=NOW):
    actor = actor or own(person)
    (notice,) = queries.notices_of(actor)
    return notifying.ask(notice=notice, text=text, actor=actor, now=now)


def answered(request, by, level="", note="Đã xem hồ sơ", version=None, **papers):
    return revising.answer(
        request=request, version=version or request.version,
        papers=Papers(**AGAIN | papers), outcome=Outcome(level, note), actor=by, now=NOW,
    )  # fmt: skip


def reopened(unit, person, by, level="SATISFACTORY", reason="", **papers):
    return revising.reopen(
        unit=unit, code=person.member.code, papers=Papers(**AGAIN | papers),
        outcome=Outcome(level, "Có kết luận vi phạm", reason), actor=by, now=NOW,
    )  # fmt: skip


def counts(cell, level):
    return getattr(Tally.objects.get(unit=cell, subject="MEMBERS"), level)


def own_again(person):
    return registry.actor_for(Account.objects.get(member=person.member))
