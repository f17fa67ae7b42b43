"""Which lists a committee has: their words, and what fills them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from campaigns.models import CampaignUnit
from campaigns.rulesets.procedure import Streaks
from members.dates import display_day
from members.policy import Actor
from reports.documents.committee_lists import CommendationRequest, CommitteeList
from reports.queries.committee_lists import matters, people
from reports.queries.committee_lists.people import Found
from reports.queries.heads import letterhead_of, paper_head


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """For whom a list is made, and as of which day."""

    unit: CampaignUnit
    actor: Actor
    today: date
    years: int | None  # of the best level, where the reader names another number


@dataclass(frozen=True, slots=True, kw_only=True)
class ListKind:
    """One list: its title on the page, what its paper is about, and its lines.

    `about` is prescribed wording, which stays Vietnamese; a year follows it, or the day
    as of which it holds.
    """

    title: str | Promise
    about: str
    find: Callable[[Asked], Found]
    heading: str = "DANH SÁCH"
    is_as_of_today: bool = False
    is_landscape: bool = False


def _streaks(unit: CampaignUnit) -> Streaks | None:
    return unit.campaign.rules.procedure.streaks


def best_years(asked: Asked) -> int:
    """Return how many years of the best level are asked for; 0: the rules say nothing."""
    rules = _streaks(asked.unit)
    if rules is None:
        return 0
    return asked.years or rules.best_years.value


def _best(asked: Asked) -> Found:
    return people.best_running(asked.unit, asked.actor, years=best_years(asked))


KINDS: Mapping[str, ListKind] = {
    "by_cell": ListKind(
        title=gettext_lazy("Levels by cell"),
        about="kết quả xếp loại chất lượng đảng viên theo chi bộ",
        find=lambda asked: people.by_cell(asked.unit, asked.actor),
    ),
    "exempt": ListKind(
        title=gettext_lazy("Exempt members"),
        about="đảng viên được miễn công tác và sinh hoạt đảng",
        find=lambda asked: people.exempt(asked.unit, asked.actor),
    ),
    "not_completed": ListKind(
        title=gettext_lazy("Members with the lowest level"),
        about="đảng viên xếp loại ở mức thấp nhất",
        find=lambda asked: people.not_completed(asked.unit, asked.actor),
    ),
    "lowest_running": ListKind(
        title=gettext_lazy("The lowest level for years running"),
        about="đảng viên nhiều năm liền xếp loại ở mức thấp nhất, tính đến",
        find=lambda asked: people.lowest_running(asked.unit, asked.actor),
    ),
    "best_running": ListKind(
        title=gettext_lazy("The best level for years running"),
        about="đảng viên nhiều năm liền xếp loại ở mức cao nhất, tính đến",
        find=_best,
    ),
    "exemplary": ListKind(
        title=gettext_lazy("The three levels of exemplary responsibility"),
        about="đảng viên theo ba cấp trách nhiệm nêu gương",
        find=lambda asked: people.exemplary(asked.unit, asked.actor),
    ),
    "remediation_overdue": ListKind(
        title=gettext_lazy("Not put right by its day"),
        about="hạn chế, khuyết điểm quá hạn khắc phục",
        find=lambda asked: matters.remediation_overdue(
            asked.unit, asked.actor, today=asked.today
        ),
        is_as_of_today=True,
        is_landscape=True,
    ),
    "pledges_not_met": ListKind(
        title=gettext_lazy("Pledges not met"),
        about="nội dung cam kết chưa thực hiện hoặc thực hiện một phần",
        find=lambda asked: matters.pledges_not_met(asked.unit, asked.actor),
        is_landscape=True,
    ),
    "archive": ListKind(
        title=gettext_lazy("Index of the file to be archived"),
        about="hồ sơ kiểm điểm, đánh giá, xếp loại chất lượng",
        find=lambda asked: matters.archive(asked.unit, asked.actor),
        heading="MỤC LỤC HỒ SƠ NỘP LƯU",
    ),
}


def list_of(kind: ListKind, asked: Asked, *, language: str) -> CommitteeList:
    """Return one list with its head; at most six queries, and those of the letterhead."""
    unit = asked.unit
    with override(language):
        found = kind.find(asked)
        above = letterhead_of(unit).superior
        return CommitteeList(
            head=paper_head(
                unit,
                language=language,
                kind="DS",
                recipients=(above,) if above else (),
            ),
            heading=kind.heading,
            about=_about(kind, asked),
            table=found.table(str(kind.title)),
            counts=found.counts,
            is_landscape=kind.is_landscape,
        )


def request_of(asked: Asked, *, language: str) -> CommendationRequest | None:
    """Return the letter that asks for commendations; None where there is nobody.

    Eight queries, and those of the letterhead.
    """
    unit = asked.unit
    years = best_years(asked)
    if not years:
        return None
    with override(language):
        members = _best(asked)
        organisations = people.organisations_best(unit, years=years)
        if not members.rows and not organisations.rows:
            return None
        above = letterhead_of(unit).superior
        return CommendationRequest(
            head=paper_head(
                unit,
                language=language,
                kind="TTr",
                recipients=(above,) if above else (),
            ),
            addressed_to=above or _("the level above"),
            rules=unit.campaign.rules.citation.text(language),
            years=years,
            people=members.table(_("Members for whom a commendation is asked")),
            organisations=organisations.table(
                _("Party organisations for which a commendation is asked")
            ),
        )


def _about(kind: ListKind, asked: Asked) -> str:
    if kind.is_as_of_today:
        return f"{kind.about} tính đến ngày {display_day(asked.today)}"
    return f"{kind.about} năm\N{NO-BREAK SPACE}{asked.unit.campaign.year}"
