"""A programme with its items, checks and signatures; whom a code and a name mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.models import (
    CampaignUnit,
    CoChair,
    DirectionRequest,
    Meeting,
    PledgeCheck,
    Programme,
    ProgrammeCheck,
    ProgrammeItem,
    ProgrammeReply,
)
from campaigns.queries.pledges import programme_checks
from members import names
from members.models import Member
from members.policy import Actor
from members.row_security import Purpose, opened_for


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item and how it stood at each check, the newest first, its own and pledges'."""

    item: ProgrammeItem
    checks: Sequence[ProgrammeCheck]
    by_pledges: Sequence[PledgeCheck] = ()  # of items that point here
    responsible: str = ""  # who answers for it, where the reader may read the name
    is_own: bool = False  # the reader answers for it

    @property
    def newest(self) -> ProgrammeCheck | None:
        """How it stood last."""
        return self.checks[0] if self.checks else None

    @property
    def is_behind(self) -> bool:
        """Whether the last check found it behind."""
        newest = self.newest
        return newest is not None and newest.state == ProgrammeCheck.State.BEHIND


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """All that belongs to one programme, as an actor sees it."""

    programme: Programme
    lines: Sequence[ItemLine]
    co_chairs: Sequence[CoChair]
    requests: Sequence[DirectionRequest]
    replies: Sequence[ProgrammeReply]


def programme_page(programme: Programme, actor: Actor) -> ProgrammePage:
    """Return a programme that the caller got by a scope; seven queries."""
    checks: dict[int, list[ProgrammeCheck]] = {}
    found = ProgrammeCheck.objects.filter(item__programme=programme)
    for check in found.order_by("-on", "-pk"):
        checks.setdefault(check.item_id, []).append(check)
    items = items_of(programme)
    by_pledges = programme_checks([item.pk for item in items], actor)
    answering = [item.responsible_id for item in items if item.responsible_id]
    seen = Member.objects.visible_to(actor).filter(pk__in=answering)
    called = dict(seen.values_list("pk", "full_name"))
    chairs = CoChair.objects.visible_to(actor).filter(programme=programme)
    requests = DirectionRequest.objects.filter(programme=programme)
    replies = ProgrammeReply.objects.filter(programme=programme)
    return ProgrammePage(
        programme=programme,
        lines=[
            ItemLine(
                item,
                checks.get(item.pk, []),
                by_pledges.get(item.pk, ()),
                called.get(item.responsible_id or 0, ""),
                actor.member_id is not None and item.responsible_id == actor.member_id,
            )
            for item in items
        ],
        co_chairs=list(chairs.order_by("from_on", "pk")),
        requests=list(requests.order_by("asked_on", "pk")),
        replies=list(replies.order_by("-at", "-pk")),
    )


def items_of(programme: Programme) -> list[ProgrammeItem]:
    """Return the items of a programme that the caller got by a scope; one query."""
    return list(ProgrammeItem.objects.filter(programme=programme))


def meetings_of(unit: CampaignUnit) -> list[Meeting]:
    """Return the meetings of a unit that may have checked or discussed something."""
    meetings = Meeting.objects.filter(unit=unit)
    return list(meetings.exclude(state=Meeting.State.CANCELLED).order_by("-on"))


@opened_for(Purpose.LOOK_UP)
def member_named(*, code: str, name: str) -> Member | None:
    """Return whom a code and a name mean together: neither alone finds anybody."""
    member = Member.objects.filter(code_key=names.fold(code)).first()
    if member and names.fold(member.full_name) == names.fold(name):
        return member
    return None


@opened_for(Purpose.LOOK_UP)
def named_as(member_id: int) -> tuple[str, str]:
    """Return code and name of a member whom somebody has named by them."""
    return Member.objects.values_list("code", "full_name").get(pk=member_id)
