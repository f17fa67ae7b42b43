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
    area: Area | None = None  # the reach that opens it; None: it is everybody's
    is_personal: bool = False  # of whoever is a member here

    def is_open_to(self, actor: Actor) -> bool:
        """Tell whether the page answers this actor."""
        if self.is_personal:
            return actor.member_id is not None
        return self.area is None or actor.reaches(self.area)


PAGES = (
    Page("home", _("Summaries and reports")),
    Page("members:member_list", _("Roll of members"), Area.ROLL),
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
    urls = [reverse(page.name) for page in PAGES]
    here = max(filter(request.path.startswith, urls), key=len)
    entries = [
        Entry(url, page.label, url == here)
        for page, url in zip(PAGES, urls, strict=True)
        if page.is_open_to(actor)
    ]
    return {"menu": entries}
