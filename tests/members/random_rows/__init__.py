"""Random worlds for the question who sees which rows, written as plain rows.

A tree, people who belong and are on their way, posts of every kind and age, a campaign
that froze the tree before it was redrawn, custodians that were moved.
"""

from datetime import UTC, datetime, timedelta
from random import Random

from django.utils import timezone

from campaigns.models import (
    Campaign,
    CampaignUnit,
    Commendation,
    Departure,
    Discipline,
    Inspection,
    LateChange,
    Participant,
    PersonalExtension,
    Placement,
)
from members.models import (
    Account,
    ActivityPause,
    CorrectionRequest,
    Event,
    Member,
    Membership,
    PartyUnit,
    Post,
    ReasonedReading,
    RollImport,
    Transfer,
)
from members.policy import Role
from reviews.models import (
    ResultsImport,
)
from tests.members.random_rows import (
    levels,
    meetings,
    opinions,
    pledges,
    remediation,
    reminders,
    self_reviews,
    submissions,
    work,
)

KINDS = (
    "PROVINCE", "SUPERIOR", "GRASSROOTS_COMMITTEE", "SECTIONAL", "GRASSROOTS_CELL",
    "CELL", "CELL",
)  # fmt: skip
NOW = datetime(2024, 12, 1, 5, tzinfo=UTC)
FEW = {"units": 14, "people": 14, "posts": 40, "rows": 25}


def make(seed: int, *, accounts: int) -> list[int]:
    """Write a world; return the numbers of its accounts."""
    return _Maker(Random(seed)).make(accounts)


class _Maker:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.today = timezone.localdate()

    def make(self, accounts: int) -> list[int]:
        self.units = self._units()
        self.people = Member.objects.bulk_create(
            Member(code=f"P{n}", code_key=f"p{n}", full_name=f"An {n}", sort_key=f"{n}")
            for n in range(FEW["people"])
        )
        self.accounts = Account.objects.bulk_create(
            Account(
                login=f"a{n}",
                display_name=f"a{n}",
                member=self.people[n] if n < len(self.people) // 2 else None,
                is_active=self.random.random() > 0.05,
                is_technical=self.random.random() < 0.05,
            )
            for n in range(accounts)
        )
        self._belong()
        self._posts()
        self._campaign()
        self._redraw()
        self._events()
        self._uploads()
        self._requests_and_readings()
        self._records()
        pledges.add(self.random)
        self_reviews.add(self.random)
        levels.add(self.random)
        submissions.add(self.random)
        remediation.add(self.random, self.units, self.people)
        return [account.pk for account in self.accounts]

    def _units(self) -> list[PartyUnit]:
        units: list[PartyUnit] = []
        for n in range(FEW["units"]):
            parent = self.random.choice([*units[-4:], None]) if n % 7 else None
            units.append(
                PartyUnit(
                    code=f"U{n}", code_key=f"u{n}", name=f"U{n}", parent=parent,
                    path=f"{parent.path if parent else ''}{n:07}",
                    kind=self.random.choice(KINDS), opened_on="2010-01-01",
                )
            )  # fmt: skip
            units[-1].save()
        return units

    def _belong(self) -> None:
        Membership.objects.bulk_create(
            Membership(member=person, unit=self._unit(), **self._ended("LEFT"))
            for person in self.people
        )
        Membership.objects.bulk_create(
            Membership(member=self._person(), unit=self._unit(), kind="TEMPORARY")
            for _ in range(4)
        )
        ActivityPause.objects.bulk_create(
            ActivityPause(
                member=person, kind="EXEMPT", from_on="2024-01-01", document="1"
            )
            for person in self.people[::2]
        )
        Transfer.objects.bulk_create(
            Transfer(
                member=person, kind="FORMAL", source=self._unit(), document="1",
                target=target, outside="" if target else "Elsewhere",
                leaves_on="2024-11-01", due_on="2024-12-01", sent_at=NOW,
                **self.random.choice(
                    [{}, {"state": "RECEIVED", "settled_at": NOW}]
                ),
            )
            for person in self.people
            for target in [self.random.choice([None, self._unit(), self._unit()])]
        )  # fmt: skip

    def _posts(self) -> None:
        rows, taken = [], set()
        for _ in range(FEW["posts"]):
            holder = self.random.choice(
                [{"account": self.random.choice(self.accounts)}]
                + [{"member": self._person()}]
            )
            role, unit = self.random.choice(list(Role)), self._unit()
            key = (*(each.pk for each in holder.values()), *holder, role, unit.pk)
            if key not in taken:
                rows.append(Post(role=role, unit=unit, **holder, **self._times(role)))
            taken.add(key)
        Post.objects.bulk_create(rows)

    def _times(self, role: Role) -> dict[str, object]:
        day = timedelta(days=1)
        begun = self.random.choice([400, 400, 400, 400, 10, 0, -2])
        times: dict[str, object] = {
            "from_on": self.today - begun * day,
            "ended_at": self.random.choice([None, None, None, NOW]),
        }
        if begun > 3:
            times["planned_until"] = self.random.choice([None, self.today - 3 * day])
        if begun > 3 and role is Role.WORKING_TEAM:
            times["ends_on"] = self.today + self.random.choice([-2, 0, 2]) * day
        return times

    def _campaign(self) -> None:
        campaign = Campaign.objects.create(
            code="c", name="c", year=2024, root_unit=self.units[0],
            rule_set_code="qd124-2023",
        )  # fmt: skip
        places = self._freeze(campaign)
        taking_part = Participant.objects.bulk_create(
            Participant(
                campaign=campaign, member=person, full_name=person.full_name,
                sort_key=person.sort_key,
            )
            for person in self.people
        )  # fmt: skip
        Placement.objects.bulk_create(
            Placement(
                participant=each, unit=self.random.choice(places), event="OPENING",
                from_on="2024-01-01",
                until_on=self.random.choice([None, None, "2024-06-01"]),
            )
            for each in taking_part
        )  # fmt: skip
        LateChange.objects.bulk_create(
            LateChange(
                participant=each, target=self.random.choice(places), on="2024-06-01",
                document="1", reason="r", at=NOW,
            )
            for each in taking_part[::2]
        )  # fmt: skip
        work.add(self.random, places, taking_part)
        PersonalExtension.objects.bulk_create(
            PersonalExtension(
                campaign=campaign, participant=each, unit=self.random.choice(places),
                step="PLEDGE", until_on="2024-06-01", reason="r", at=NOW,
            )
            for each in taking_part[1::2]
        )  # fmt: skip
        meetings.add(self.random, places, taking_part, self.accounts)
        reminders.add(self.random, places, taking_part, self.accounts)
        opinions.add(self.random, places, taking_part)

    def _freeze(self, campaign: Campaign) -> list[CampaignUnit]:
        """Copy the tree below its first unit, some with a custodian elsewhere."""
        frozen: dict[int, CampaignUnit] = {}
        top = self.units[0]
        for unit in self.units:
            if not unit.path.startswith(top.path):
                continue
            is_moved = self.random.random() < 0.4
            frozen[unit.pk] = CampaignUnit.objects.create(
                campaign=campaign, live_unit=unit,
                custodian=self._unit() if is_moved else unit,
                custody_by_closing=is_moved and self.random.random() < 0.4,
                code=unit.code, name=unit.name, kind=unit.kind, path=unit.path,
                parent=frozen.get(unit.parent_id or 0),
            )  # fmt: skip
        return list(frozen.values())

    def _redraw(self) -> None:
        """Move a unit with all below it: the campaign keeps the tree of before."""
        for unit in self.random.sample(self.units, 2):
            others = [
                each for each in self.units if not each.path.startswith(unit.path)
            ]
            above = self.random.choice(others) if others else None
            old = unit.path
            unit.parent = above
            for each in self.units:
                if each.path.startswith(old):
                    rest = each.path[len(old) - 7 :]
                    each.path = f"{above.path if above else ''}{rest}"
            PartyUnit.objects.bulk_update(self.units, ["parent"])
            for each in sorted(self.units, key=lambda each: each.pk):
                PartyUnit.objects.filter(pk=each.pk).update(path=each.path)

    def _events(self) -> None:
        Event.objects.bulk_create(
            Event(
                at=NOW, action="a", subject_kind="k", subject_id=n, chain="c",
                position=n, hash="h", system_reason="test",
                unit=self.random.choice([None, self._unit()]),
                account=self.random.choice([None, self.random.choice(self.accounts)]),
                member=self.random.choice([None, self._person()]),
            )
            for n in range(FEW["rows"])
        )  # fmt: skip

    def _uploads(self) -> None:
        RollImport.objects.bulk_create(
            RollImport(
                within=self._unit(), uploaded_by=self.accounts[0], uploaded_at=NOW,
                file="f", file_name="f", file_sha256="f",
            )
            for _ in range(5)
        )  # fmt: skip
        ResultsImport.objects.bulk_create(
            ResultsImport(
                campaign_code="c", campaign_name="c", year=2024, within=self._unit(),
                rule_set_code="r", uploaded_by=self.accounts[0], uploaded_at=NOW,
                file="f", file_name="f", file_sha256="f",
            )
            for _ in range(5)
        )  # fmt: skip

    def _requests_and_readings(self) -> None:
        CorrectionRequest.objects.bulk_create(
            CorrectionRequest(
                member=person, subject="OTHER", wanted="w", reason="r", asked_at=NOW,
                due_on="2024-12-31",
            )
            for person in self.people
        )  # fmt: skip
        posts = list(Post.objects.all())
        ReasonedReading.objects.bulk_create(
            self._reading(self.random.choice(posts)) for _ in range(FEW["rows"])
        )

    def _reading(self, post: Post) -> ReasonedReading:
        is_inspection = self.random.random() < 0.6
        return ReasonedReading(
            member=self._person(), account=self.random.choice(self.accounts),
            post=post, unit_id=post.unit_id, is_inspection=is_inspection, reason="r",
            case_number="1" if is_inspection else "", asked_at=NOW,
            approved_at=NOW if is_inspection else None,
            opened_at=self.random.choice([None, NOW, NOW]),
            shown_from=self.today + self.random.choice([-1, 0, 1]) * timedelta(days=1),
        )  # fmt: skip

    def _records(self) -> None:
        """About units and people anywhere, concluded or not."""
        for model, columns, documents in (
            (Inspection, {"kind": "SIGNS_OF_VIOLATION"}, ("", "1")),
            (Discipline, {"form": "WARNING", "ground": "OTHER"}, ("1",)),
            (Commendation, {"title": "OTHER", "field": "OTHER"}, ("1",)),
            (Departure, {"kind": "OTHER", "ground": "OTHER", "post": "p"}, ("1",)),
        ):
            nobody = () if model is Departure else (None,)
            model.objects.bulk_create(
                model(
                    unit=self._unit(), subject=self._unit(), body="COMMITTEE",
                    member=self.random.choice(
                        [*nobody, self._person(), self._person()]
                    ),
                    on="2024-05-06", document=self.random.choice(documents),
                    recorded_at=NOW, **columns,
                )
                for _ in range(FEW["rows"])
            )  # fmt: skip

    def _unit(self) -> PartyUnit:
        return self.random.choice(self.units)

    def _person(self) -> Member:
        return self.random.choice(self.people)

    def _ended(self, ending: str) -> dict[str, object]:
        return self.random.choice(
            [{}, {}, {}, {"until_on": "2020-01-01", "ending": ending}]
        )
