"""The main menu: the pages of every app that one starts from."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.policy import NOBODY, Actor, Area


@dataclass(frozen=True, slots=True)
class Page:
    """A page that the menu leads to."""

    name: str  # of its address
    label: Promise
    area: Area | None = None  # the reach that opens it
    is_personal: bool = False  # of whoever is a member here
    others: tuple[
        str, ...
    ] = ()  # pages that belong to it, by what their paths begin with

    def is_open_to(self, actor: Actor) -> bool:
        """Tell whether the page answers this actor."""
        if self.is_personal:
            return actor.member_id is not None
        return self.area is not None and actor.reaches(self.area)

    def leads_to(self, path: str) -> bool:
        """Tell whether a page belongs to this one; to the first page only itself."""
        url = reverse(self.name)
        begins = self.others if url == "/" else (url, *self.others)
        return path == url or path.startswith(begins)


PAGES = (
    Page(
        "home",
        _("Summaries and reports"),
        Area.FIGURES,
        others=("/campaigns/", "/reports/"),
    ),
    Page(
        "members:member_list",
        _("Roll of members"),
        Area.ROLL,
        others=("/transfers/", "/slips/", "/late-changes/"),
    ),
    Page("members:unit_list", _("Party units"), Area.FIGURES),
    Page("members:own_record", _("My information"), is_personal=True),
    Page("reviews:import_list", _("Enter results from Excel"), Area.IMPORT),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu."""

    url: str
    label: Promise
    is_current: bool


def menu(request: HttpRequest) -> dict[str, object]:
    """Tell every template where this account can go."""
    actor: Actor = getattr(request, "actor", NOBODY)
    if actor.account_id is None:
        return {}
    entries = [
        Entry(reverse(page.name), page.label, page.leads_to(request.path))
        for page in PAGES
        if page.is_open_to(actor)
    ]
    return {"menu": entries}
