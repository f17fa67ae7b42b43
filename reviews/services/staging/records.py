"""Records of a scenario put into the database, beside its campaign."""

from collections.abc import Sequence
from datetime import date, datetime

from campaigns.contents import Contents
from campaigns.models import (
    Commendation,
    ConferenceDelegation,
    ConferenceTask,
    Discipline,
    Inspection,
    InspectionProgramme,
    PlannedInspection,
    SummaryConference,
)
from members.models import Member, Membership, PartyUnit, UnitTerm
from members.names import fold, sort_key
from members.row_security import Purpose, opened_for
from reviews.scenarios.records import Act, BuiltRecords, Records, build_records

NO_FINDING = "NO_VIOLATION"


@opened_for(Purpose.IMPORT)
def write_records(
    code: str, records: Records, contents: Contents, *, root: PartyUnit, now: datetime
) -> None:
    """Write what the scenario states of its records; once, whatever came before."""
    if UnitTerm.objects.filter(unit=root).exists():
        return
    term = records.term
    UnitTerm.objects.create(
        unit=root,
        ordinal=term.ordinal,
        name=term.name,
        from_on=term.from_on,
        document=term.document,
    )
    writer = _Writer(contents, root, now)
    built = build_records(code, records, contents)
    writer.inspections(records, built)
    writer.disciplines(built)
    writer.commendations(records, built)
    writer.struck_off(built)


def codes_of_expelled(
    code: str, records: Records, contents: Contents, *, root: str
) -> list[str]:
    """Return the codes of the people whom records add: on the roll no more."""
    built = build_records(code, records, contents)
    expelled = sum(act.expelled for act in built.disciplines)
    return [_code_of_expelled(root, number) for number in range(1, expelled + 1)]


def _code_of_expelled(root: str, number: int) -> str:
    return f"{root}-KT{number}"


class _Writer:
    def __init__(self, contents: Contents, root: PartyUnit, now: datetime) -> None:
        self.root, self.now, self.people = root, now, contents.people
        keys = [fold(code) for code in contents.units.code]
        units = {
            unit.code_key: unit for unit in PartyUnit.objects.filter(code_key__in=keys)
        }
        self.units = [units[key] for key in keys]

    def inspections(self, records: Records, built: BuiltRecords) -> None:
        rows = [
            Inspection(**self._columns(act), kind=act.what, finding=NO_FINDING)
            for act in built.inspections
        ]
        if records.programme:
            self._plan(records, rows)
        Inspection.objects.bulk_create(rows)

    def _plan(self, records: Records, rows: Sequence[Inspection]) -> None:
        """Plan the first visits of the root, and some that nobody made."""
        assert records.programme
        own = [row for row in rows if row.unit_id == self.root.pk]
        programme = InspectionProgramme.objects.create(
            unit=self.root, year=own[0].on.year, document=records.programme.document
        )
        made = own[: records.programme.done]
        for row in [*made, *made[: records.programme.not_done]]:
            planned = PlannedInspection.objects.create(
                programme=programme,
                kind=row.kind,
                subject=row.subject,
                due_on=date(programme.year, 12, 15),
            )
            if row.planned is None:
                row.planned = planned

    def disciplines(self, built: BuiltRecords) -> None:
        Discipline.objects.bulk_create(
            Discipline(**self._columns(act), form=act.what, ground=act.more)
            for act in built.disciplines
        )

    def commendations(self, records: Records, built: BuiltRecords) -> None:
        conference = self._conference(records)
        Commendation.objects.bulk_create(
            Commendation(
                **self._columns(act),
                title=act.what,
                field=act.more,
                conference=conference,
            )
            for act in built.commendations
        )

    def _conference(self, records: Records) -> SummaryConference | None:
        held = records.conference
        if held is None:
            return None
        conference = SummaryConference.objects.create(
            unit=self.root,
            year=held.on.year,
            on=held.on,
            chair=held.chair,
            place=held.place,
            report=held.report,
            conclusions=held.conclusions,
        )
        ConferenceDelegation.objects.bulk_create(
            ConferenceDelegation(
                conference=conference, position=at, body=body, count=count
            )
            for at, (body, count) in enumerate(held.delegations, 1)
        )
        ConferenceTask.objects.bulk_create(
            ConferenceTask(conference=conference, position=at, text=text)
            for at, text in enumerate(held.tasks, 1)
        )
        return conference

    def struck_off(self, built: BuiltRecords) -> None:
        for person, day in built.struck_off:
            Membership.objects.current().official().filter(
                member__code_key=fold(self.people.code[person])
            ).update(until_on=day, ending=Membership.Ending.STRUCK_OFF)

    def _columns(self, act: Act) -> dict[str, object]:
        member = None
        if act.expelled:
            member = self._expelled(act)
        elif act.member is not None:
            member = Member.objects.get(code_key=fold(self.people.code[act.member]))
        return {
            "unit": self.units[act.unit],
            "body": act.body,
            "subject": self.units[act.subject],
            "member": member,
            "on": act.on,
            "document": act.document,
            "recorded_at": self.now,
        }

    def _expelled(self, act: Act) -> Member:
        """Make somebody who was on the roll until that day, and in no campaign."""
        cell = self.units[act.subject]
        gone = Membership.objects.filter(ending=Membership.Ending.EXPELLED).count() + 1
        name = f"Đồng chí đã bị khai trừ {gone}"
        member = Member.objects.create(
            code=_code_of_expelled(self.root.code, gone),
            full_name=name,
            sort_key=sort_key(name),
            admitted_on="2001",
            official_on="2002",
        )
        Membership.objects.create(
            member=member,
            unit=cell,
            until_on=act.on,
            ending=Membership.Ending.EXPELLED,
        )
        return member
