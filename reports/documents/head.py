"""What a document says about itself: who issues it, when, to whom, who signs.

Source: `docs/rules/documents.md` § 1. A draft leaves number, date and names blank; nothing
here changes by itself, so equal heads and equal figures make equal files.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from reports.figures import Rollup


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """One block of signature: on behalf of whom, in what post, the name or ""."""

    on_behalf_of: str  # "BAN THƯỜNG VỤ"
    post: str  # "BÍ THƯ"
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """The campaign before this one, for the comparison."""

    year: int
    rollup: Rollup


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentHead:
    """Everything a document prints that is no figure."""

    language: str  # "vi" or "en"
    superior: str  # the organisation above the issuer, "" for none
    issuer: str
    symbol: str  # after the number: "BC/HU"
    number: int | None  # None while it is a draft
    reference: str = ""  # number and symbol as a register has given them: "12-QĐ/ĐU"
    place: str
    issued_on: date | None  # None while it is a draft
    abstract: str  # what the report is about, under the word BÁO CÁO
    campaign: str  # its name
    year: int
    theme: str = ""
    signatories: tuple[Signatory, ...] = ()
    recipients: tuple[str, ...] = ()
    previous: Previous | None = None
    code: str = ""  # by which anybody checks it, as printed; "" while it is a draft
    address: str = ""  # of the page on which that is done, with the code in it
    line_spacing_points: int = 19  # HD 05-HD/VPTW: 19 or 18, the copies disagree

    @property
    def title(self) -> str:
        """What the document is called where the word BÁO CÁO does not stand above."""
        return _("Report on the %(abstract)s") % {"abstract": self.abstract}

    @property
    def number_text(self) -> str:
        """The number with two digits at least, blank while it is a draft."""
        return "" if self.number is None else f"{self.number:02}"
