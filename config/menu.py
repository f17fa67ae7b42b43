"""The main menu: the pages of every app that one starts from."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.policy import NOBODY, Actor, Area


@dataclass(frozen=True, slots=True)
class Page:
    """A page that the menu leads to."""

    name: str  # of its address
    label: Promise
    area: Area | None = None  # the reach that opens it
    decided: Area | None = None  # or what one reads of whom one's unit decides on
    is_for_all: bool = False  # who are logged in
    is_personal: bool = False  # opened to whoever is a member here, too
    others: tuple[
        str, ...
    ] = ()  # pages that belong to it, by what their paths begin with
    piece: str = ""  # what stands in the paths of its pages below those of another
    label_above: Promise | None = None  # for whoever reaches the units below, too

    def is_open_to(self, actor: Actor) -> bool:
        """Tell whether the page answers this actor."""
        if self.is_for_all:
            return True
        if self.is_personal and actor.member_id is not None:
            return True
        if self.decided and actor.deciding(self.decided):
            return True
        return self.area is not None and actor.reaches(self.area)

    def label_for(self, actor: Actor) -> Promise:
        """Return how the page is called for this actor."""
        if self.label_above and self.area and actor.subtrees(self.area):
            return self.label_above
        return self.label

    def leads_to(self, path: str) -> bool:
        """Tell whether a page belongs to this one; to the first page only itself."""
        nearer = {page.piece for page in PAGES if page.piece and page.piece in path}
        if nearer:
            return self.piece in nearer
        url = reverse(self.name)
        begins = self.others if url == "/" else (url, *self.others)
        return path == url or path.startswith(begins)


# The most used first: of many, those behind them are folded.
PAGES = (
    Page("home", _("To do"), is_for_all=True),
    Page("plans:campaign_list", _("Campaigns"), Area.PROGRESS, is_personal=True),
    Page("pledges:pledge_own", _("Pledge"), Area.WORK_EDIT, is_personal=True),
    Page(
        "work:work_list",
        _("Party cell"),
        Area.WORK,
        is_personal=True,
        piece="/work/",
        label_above=_("Work of the units"),
    ),
    Page(
        "members:member_list",
        _("Roll of members"),
        Area.ROLL,
        others=("/transfers/", "/slips/", "/accounts/", "/late-changes/"),
    ),
    Page(
        "figures_home",
        _("Summaries and reports"),
        Area.FIGURES,
        others=("/campaigns/", "/reports/"),
    ),
    Page(
        "self_review_own",
        pgettext_lazy("main menu", "Self-review"),
        Area.WORK_EDIT,
        decided=Area.TEXTS,
        is_personal=True,
    ),
    Page("members:own_record", _("My information"), is_personal=True),
    Page(
        "meetings:meeting_home",
        _("Monthly meetings"),
        Area.WORK,
        is_personal=True,
        piece="/meetings/",
    ),
    Page(
        "reviews:remediation_own",
        _("Remediation"),
        Area.WORK_EDIT,
        is_personal=True,
    ),
    Page("reports:progress_list", _("Progress"), Area.PROGRESS),
    Page("members:unit_list", _("Party units"), Area.FIGURES),
    Page(
        "records:inspection_list",
        _("Inspection and supervision"),
        Area.RECORDS,
        others=(
            "/disciplines/",
            "/departures/",
            "/inspection-programmes/",
            "/records/",
        ),
    ),
    Page(
        "records:commendation_list",
        _("Commendations"),
        Area.RECORDS,
        others=("/conferences/",),
    ),
    Page("reviews:import_list", _("Enter results from Excel"), Area.IMPORT),
)
MOST_IN_SIGHT = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu."""

    url: str
    label: Promise
    is_current: bool
    is_folded: bool


def menu(request: HttpRequest) -> dict[str, object]:
    """Tell every template where this account can go."""
    actor: Actor = getattr(request, "actor", NOBODY)
    if actor.account_id is None:
        return {}
    pages = [page for page in PAGES if page.is_open_to(actor)]
    in_sight = pages if len(pages) <= MOST_IN_SIGHT else pages[: MOST_IN_SIGHT - 1]
    entries = [
        Entry(
            url=reverse(page.name),
            label=page.label_for(actor),
            is_current=page.leads_to(request.path),
            is_folded=page not in in_sight,
        )
        for page in pages
    ]
    folded = [entry for entry in entries if entry.is_folded]
    return {"menu": entries, "menu_folded": folded}
