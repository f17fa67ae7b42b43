"""The pages of workbooks of results and of rolls in every state."""

from collections.abc import Callable

from members.models import PartyUnit, RollImport
from reviews.models import ResultsImport
from tests.e2e.conftest import Site
from tests.e2e.rows import FAULT, job
from tests.factories import ResultsImportFactory, RollImportFactory

CHANGE = {"before": 3, "after": 2, "gone": 1}


def upload(site: Site, **columns: object) -> ResultsImport:
    return ResultsImportFactory(
        campaign_name=site.campaign.name,
        campaign=site.campaign,
        within=PartyUnit.objects.get(code="H"),
        uploaded_by=site.clerk,
        digest="0" * 64,
        **columns,
    )


def upload_page(site: Site, state: str, **columns: object) -> str:
    status = "DONE" if state in {"REFUSED", "READY", "DONE"} else "RUNNING"
    received = upload(site, state=state, job=job(status), **columns)
    return site.address("reviews:import_detail", received.pk)


def refused_page(site: Site) -> str:
    told = dict.fromkeys(("vi", "en"), [FAULT, {**FAULT, "value": ""}])
    summary = {"faults": told, "faults_total": 5}
    return upload_page(site, "REFUSED", summary=summary)


def ready_page(site: Site) -> str:
    counts = {"new": 1, "same": 2, "differs": 0}
    told = dict.fromkeys(("vi", "en"), ["-"])
    summary = {
        "units": counts,
        "members": counts,
        "levels": {"units": {"GOOD": 2}, "members": {"GOOD": 3}},
        "differences": told,
        "differences_total": 1,
        "notes": told,
        "notes_total": 300,
    }
    return upload_page(site, "READY", summary=summary, annotated="x")


def replacing_page(site: Site) -> str:
    counts = ("units", "rated_units", "members", "assessed")
    replacement = dict.fromkeys(counts, CHANGE) | {"levels": {"GOOD": CHANGE}}
    counted = {"new": 0, "same": 2, "differs": 0}
    told = dict.fromkeys(("vi", "en"), [])
    summary = {
        "units": counted,
        "members": counted,
        "replacement": replacement,
        "loses": True,
        "differences": told,
        "differences_total": 0,
        "notes": told,
        "notes_total": 0,
    }
    return upload_page(site, "READY", summary=summary)


def roll_page(site: Site, state: str, **columns: object) -> str:
    status = "DONE" if state in {"REFUSED", "READY", "DONE"} else "RUNNING"
    received = RollImportFactory(
        within=PartyUnit.objects.get(code="H"),
        uploaded_by=site.clerk,
        digest="0" * 64,
        state=state,
        job=job(status),
        **columns,
    )
    return site.address("roll_import_detail", received.pk)


def roll_told(act: str = "CHANGED") -> dict[str, object]:
    """What the page of a roll shows that has one of everything."""
    person = {"row": 2, "code": "P000", "name": "Nguyễn Văn An", "birth": "1960"}
    counts = dict.fromkeys(("new", "changed", "unchanged", "refused", "missing"), 300)
    lines = dict.fromkeys(("vi", "en"), ["-"])
    return {
        "act": act,
        "counts": counts,
        "new": [{**person, "cell": "Đơn vị X1"}],
        "changed": [{**person, "changes": [["born_on", "", "1960"]]}],
        "likenesses": [{**person, "others": [{**person, "cell": "Đơn vị X1"}]}],
        "likenesses_total": 1,
        "notes": lines,
        "notes_total": 1,
        "faults": dict.fromkeys(("vi", "en"), [FAULT]),
        "faults_total": 1,
    }


def full_roll_list(site: Site) -> str:
    for state in RollImport.State:
        roll_page(site, state, summary=roll_told(), annotated="x")
    return site.address("roll_import_list")


def full_list(site: Site) -> str:
    for state in ResultsImport.State:
        upload_page(site, state)
    return site.address("reviews:import_list")


IMPORTS: dict[str, Callable[[Site], str]] = {
    "rolls sent": full_roll_list,
    "roll being read": lambda site: roll_page(site, "READING"),
    "roll ready": lambda site: roll_page(
        site, "READY", summary=roll_told(), annotated="x"
    ),
    "roll changed meanwhile": lambda site: roll_page(
        site, "READY", summary=roll_told(), annotated="x", refusal="-"
    ),
    "roll with nothing new": lambda site: roll_page(
        site, "READY", summary={**roll_told("UNCHANGED"), "new": [], "changed": []}
    ),
    "roll without a good row": lambda site: roll_page(
        site, "REFUSED", summary=roll_told("UNCHANGED"), annotated="x"
    ),
    "roll with wrong heads": lambda site: roll_page(
        site,
        "REFUSED",
        summary={"faults": roll_told()["faults"], "faults_total": 1},
        annotated="x",
    ),
    "roll being written": lambda site: roll_page(site, "WRITING"),
    "roll written": lambda site: roll_page(
        site, "DONE", summary=roll_told(), annotated="x"
    ),
    "roll to be taken out": lambda site: site.address("members:roll_export"),
    "imports": lambda site: site.address("reviews:import_list"),
    "imports before": full_list,
    "import being read": lambda site: upload_page(site, "READING"),
    "import with faults": refused_page,
    "import unreadable": lambda site: upload_page(
        site, "REFUSED", refusal="-", summary={"unreadable": True}
    ),
    "import with nothing new": lambda site: upload_page(
        site, "READY", summary={"act": "UNCHANGED"}
    ),
    "import ready": ready_page,
    "import that replaces": replacing_page,
    "import being written": lambda site: upload_page(site, "WRITING"),
    "import done": lambda site: upload_page(site, "DONE"),
}
