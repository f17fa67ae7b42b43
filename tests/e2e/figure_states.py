"""The pages of figures, reports and readings in every state."""

from collections.abc import Callable

from campaigns.models import CampaignBody, Participant
from members.models import Account, ReasonedReading
from reports.models import ReportIssue, RollupReport
from tests.e2e import pledge_states, self_review_states
from tests.e2e.conftest import Site
from tests.e2e.rows import NOW, job, of_the_commission, opening_figures, reading
from tests.factories import (
    RemarkFactory,
    RemediationItemFactory,
    RemediationPlanFactory,
    ReviewOccasionFactory,
    RollupReportFactory,
)


def report(site: Site, *, language: str = "vi", **columns: object) -> RollupReport:
    # A unit has one report in the making at a time, and the states follow each other.
    RollupReport.objects.filter(finished_at=None, language=language).delete()
    return RollupReportFactory(
        campaign=site.campaign,
        unit=site.campaign.root_unit,
        requested_by=site.clerk,
        language=language,
        **columns,
    )


def report_page(
    site: Site, status: str, *, language: str = "vi", figures_digest: str = ""
) -> str:
    files = {"finished_at": NOW, "input_digest": "0" * 64, "pdf": "x", "xlsx": "x"}
    finished = files if status == "DONE" else {}
    finished["figures_digest"] = figures_digest
    made = report(site, job=job(status), language=language, **finished)
    return site.address("reports:report_detail", made.pk)


def issued(site: Site) -> ReportIssue:
    """A report with its number, and the one that replaced it."""
    found = []
    for number, code in ((25, "C"), (26, "F")):
        made = report(
            site,
            job=job("DONE"),
            finished_at=NOW,
            input_digest=code * 64,
            pdf="x",
            xlsx="x",
        )
        issue, _made = ReportIssue.objects.get_or_create(
            code=code * 16,
            defaults={
                "report": made,
                "number": number,
                "symbol": "BC/HU",
                "issued_on": NOW.date(),
                "issued_at": NOW,
            },
        )
        found.append(issue)
    return found[0]


def full_unit(site: Site) -> str:
    for status, language in (("DONE", "vi"), ("RUNNING", "vi"), ("FAILED", "en")):
        report_page(site, status, language=language, figures_digest="0" * 64)
    return site.page_of("H")


def full_list(site: Site) -> str:
    full_unit(site)
    issued(site)
    return site.address("reports:report_list")


def figures_with_opening_ones(site: Site) -> str:
    opening_figures()
    return site.page_of("H")


def inspector(site: Site) -> Account:
    """One of two of the inspection commission of the district."""
    return of_the_commission("kiem-tra-1")


def waiting_reading(site: Site) -> str:
    reading(by="kiem-tra-2")
    return site.address("reports:reading_list")


def approved_reading(site: Site) -> str:
    made = reading(approved_at=NOW, approved_by=of_the_commission("kiem-tra-2"))
    return site.address("reports:reading_detail", made.pk)


def reading_of_texts(site: Site) -> str:
    """Of somebody who wrote a pledge and a self-review, of whom a remark was made."""
    pledge_states.in_state(site, Participant.Pledge.CONFIRMED)
    person = self_review_states.in_state(site, Participant.Review.RETURNED)
    unit = pledge_states.unit(site)
    occasion = ReviewOccasionFactory(
        participant=person,
        body=CampaignBody.objects.organisations().get(unit=unit),
        meeting__unit=unit,
        meeting__on=NOW.date(),
    )
    RemarkFactory(occasion=occasion)
    RemarkFactory(
        occasion=occasion,
        kind="REPLY",
        at=NOW,
        text="Tôi xin tiếp thu, sẽ góp ý thẳng.",
    )
    plan = RemediationPlanFactory(member=person.member, unit=None, state="MINUTED")
    RemediationItemFactory(plan=plan)
    address = approved_reading(site)
    ReasonedReading.objects.update(member=person.member)
    return address


FIGURES: dict[str, Callable[[Site], str]] = {
    "list of figures": lambda site: site.address("figures_home"),
    "unit": lambda site: site.page_of("H"),
    "unit with reports": full_unit,
    "unit without children": lambda site: site.page_of("X1"),
    "report waiting": lambda site: report_page(site, "QUEUED"),
    "report running": lambda site: report_page(site, "RUNNING"),
    "report done": lambda site: report_page(site, "DONE"),
    "report superseded": lambda site: report_page(
        site, "DONE", figures_digest="0" * 64
    ),
    "report failed": lambda site: report_page(site, "FAILED"),
    "list of reports": full_list,
    "list without reports": lambda site: site.address("reports:report_list") + "?q=zz",
    "report cancelled": lambda site: report_page(site, "CANCELLED"),
    "report issued": lambda site: site.address(
        "reports:report_detail", issued(site).report_id
    ),
    "report to be issued": lambda site: site.address(
        "reports:report_issue", issued(site).report_id
    ),
    "document to be checked": lambda site: site.address("reports:verify"),
    "document superseded": lambda site: site.address(
        "reports:verify_code", issued(site).code
    ),
    "document unknown": lambda site: site.address("reports:verify_code", "2" * 16),
    "unit with opening figures": figures_with_opening_ones,
    "readings": lambda site: site.address("reports:reading_list"),
    "readings that wait": waiting_reading,
    "reading to be asked for": lambda site: site.address("reports:reading_add"),
    "reading": approved_reading,
    "reading with texts": reading_of_texts,
    "unit as a whole": lambda site: site.page_of("H"),
}
