"""What was found of a pledge's item where it points, and of that by the pledge.

Source: docs/rules/pledges.md § 6.4.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from campaigns.models import MeetingTask, PledgeCheck, PledgeItem, ProgrammeCheck
from campaigns.queries.pledges.reading import FullText, ItemRead, Link
from members.policy import Actor

Checks = Mapping[int, Sequence[PledgeCheck]]  # by what the items point to


def links_of(
    items: Collection[PledgeItem], actor: Actor
) -> Mapping[int, Sequence[Link]]:
    """Return by item how stands what it points to, as far as the actor sees it.

    Of a programme item its latest check. Two queries.
    """
    found: dict[int, list[Link]] = defaultdict(list)
    latest = _latest_programme_checks(
        {each.programme_item_id for each in items} - {None}, actor
    )
    tasks = MeetingTask.objects.visible_to(actor).in_bulk(
        {each.meeting_task_id for each in items} - {None}
    )
    for item in items:
        if check := latest.get(item.programme_item_id or 0):
            found[item.pk].append(_of_check(check))
        if task := tasks.get(item.meeting_task_id or 0):
            found[item.pk].append(_of_task(task))
    return found


def with_links(texts: Sequence[FullText], actor: Actor) -> list[FullText]:
    """Return texts with what stands where their items point; two queries for all."""
    links = links_of([read.item for text in texts for read in text.items], actor)

    def linked(read: ItemRead) -> ItemRead:
        return replace(read, links=tuple(links.get(read.item.pk, ())))

    return [
        replace(
            text,
            sections=tuple(
                replace(section, items=tuple(map(linked, section.items)))
                for section in text.sections
            ),
        )
        for text in texts
    ]


def programme_checks(programme_item_ids: Iterable[int], actor: Actor) -> Checks:
    """Return what was found of pledge items that point to items of a programme.

    For the page of the programme, by its item; whose they are is not read. Only what
    the actor may read of these pledges; one query.
    """
    return _checks_by("programme_item_id", programme_item_ids, actor)


def task_checks(task_ids: Iterable[int], actor: Actor) -> Checks:
    """Return what was found of pledge items that point to tasks, by task; the same."""
    return _checks_by("meeting_task_id", task_ids, actor)


def _checks_by(column: str, ids: Iterable[int], actor: Actor) -> Checks:
    rows: dict[int, list[PledgeCheck]] = defaultdict(list)
    checks = PledgeCheck.objects.visible_to(actor).filter(
        is_own_report=False, **{f"item__{column}__in": list(ids)}
    )
    for check in checks.select_related("item").order_by("on", "pk"):
        rows[getattr(check.item, column)].append(check)
    return rows


def _latest_programme_checks(
    ids: Collection[int | None], actor: Actor
) -> dict[int, ProgrammeCheck]:
    checks = ProgrammeCheck.objects.visible_to(actor).filter(item__in=ids)
    in_order = checks.select_related("item").order_by("on", "pk")
    return {check.item_id: check for check in in_order}  # the last of each wins


def _of_check(check: ProgrammeCheck) -> Link:
    return Link(
        of_programme=True,
        text=check.item.text,
        on=check.on,
        state=str(check.get_state_display()),
        note=check.note,
    )


def _of_task(task: MeetingTask) -> Link:
    return Link(
        of_programme=False,
        text=task.text,
        on=task.due_on,
        state=str(task.get_result_display()) if task.result else "",
        note=task.result_note,
    )
