"""Every page in every state is in one language: what is seen, and what is read out."""

import re
from html.parser import HTMLParser
from itertools import chain

import pytest
from django.conf import settings

from campaigns.models import Campaign, CampaignUnit
from members.models import (
    Account,
    ActivityPause,
    Member,
    PartyUnit,
    Transfer,
    UnitChange,
    UnitDecision,
)
from tests.e2e.conftest import two_districts
from tests.e2e.states import STATES, client_at

VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
# Words that only an English interface writes.
ENGLISH = re.compile(
    r"\b(the|of|and|reports?|members?|units?|assessed|download|log in|sent|year)\b",
    re.I,
)
WRONG = {"vi": ENGLISH, "en": VIETNAMESE}
# Names of the site, of languages, of regulations, of the workbook's two sheets.
OWN_NAMES = (
    "Tự Soi",
    "Tiếng Việt",
    "English",
    "QĐ/TW",
    "“Đơn vị”",
    "“Đảng viên”",
    "Quyết định số 12-QĐ/ĐU, ngày 05/9/2026",  # papers are written in Vietnamese
    "Báo cáo số 25-BC/HU, ngày 15/12/2023",
    "Báo cáo số 25-BC/HU",
    "Nghị quyết số 1-NQ/ĐH",
    "nhiệm kỳ 2020–2025",
    "nhiệm kỳ 2015–2020",
    "Kết quả kiểm điểm năm 2020",
    "Giấy khai sinh",
    "Không có giấy tờ kèm theo.",
    "Xem xét quy hoạch",
    "05-BC/ĐU",
    "QĐ – ",
    "ĐA – ",
    "12-QĐ/TU",
    "Đảng bộ xã Tam Hồng",
)
SAID = ("aria-label", "data-label", "title", "alt", "placeholder")


class Texts(HTMLParser):
    """What a page says, in its text and in the attributes that are read or shown."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.is_code = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_code = tag in {"script", "style", "template"}
        self.said += [value for name, value in attrs if name in SAID and value]

    def handle_endtag(self, tag: str) -> None:
        self.is_code = False

    def handle_data(self, data: str) -> None:
        if not self.is_code:
            self.said += data.splitlines()


def typed() -> list[str]:
    """The names and papers that somebody has typed, the longest first."""
    texts = {
        *OWN_NAMES,
        *Campaign.objects.values_list("name", flat=True),
        *CampaignUnit.objects.values_list("name", flat=True),
        *PartyUnit.objects.values_list("name", flat=True),
        *UnitChange.objects.exclude(name="").values_list("name", flat=True),
        *chain.from_iterable(
            UnitDecision.objects.values_list("number", "issuer", "title")
        ),
        *Account.objects.values_list("display_name", flat=True),
        *Member.objects.values_list("full_name", flat=True),
        *ActivityPause.objects.values_list("document", flat=True),
        *Transfer.objects.values_list("document", flat=True),
        *Transfer.objects.exclude(comment="").values_list("comment", flat=True),
    }
    return sorted(texts, key=len, reverse=True)


def lines_in_another_language(page: str, language: str) -> list[str]:
    lines, own = [], typed()
    for line in Texts(page).said:
        rest = line
        for text in own:
            rest = rest.replace(text, " ")
        lines += [line.strip()] if WRONG[language].search(rest) else []
    return lines


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_speaks_one_language_in_every_state(language):
    site = two_districts("")
    mixed, spoken = {}, {}
    for state, address in STATES.items():
        client = client_at(state, site)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        page = client.get(address(site)).content.decode()
        mixed[state] = lines_in_another_language(page, language)
        spoken[state] = page.count(f'<html lang="{language}"') == 1

    assert {state: lines for state, lines in mixed.items() if lines} == {}
    assert all(spoken.values()), spoken
