"""The yearly supplement to a member's file, which the member signs.

The headings are general knowledge [R]: the prescribed form was not read. What the system
does not hold shows as `[cần ghi]`. Source: docs/rules/documents.md § 12.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from campaigns.queries.records import RecordRow
from members.dates import display_day, display_partial
from members.models import Member, Post
from members.queries import post_name
from reports.documents.issuing import (
    to_be_written,
)
from reports.documents.printouts import (
    Facts,
    Line,
    Look,
    NumberedSection,
    Printout,
    Sheet,
    Signing,
    dated_line,
    gloss,
    in_sections,
    letterhead,
)
from reports.documents.signing import SignaturePlace
from reports.documents.terms import date_text, reading_in


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementPaper:
    """What is known of a member for one year."""

    language: str
    superior: str
    issuer: str
    place: str
    year: int
    member: Member
    cell: str
    level: str  # with who decided; "" where nothing is decided
    posts: Sequence[Post]  # that began or ended in the year
    records: Sequence[RecordRow]  # of the year


def supplement_printout(paper: SupplementPaper) -> Printout:
    """Return the sheet; equal arguments give an equal text."""
    with reading_in(paper.language):
        sheet = Sheet(
            letterhead=letterhead(
                superior=paper.superior,
                issuer=paper.issuer,
                dated=dated_line(paper.place, date_text(None, paper.language)),
            ),
            heading=("PHIẾU BỔ SUNG HỒ SƠ ĐẢNG VIÊN",),
            gloss=gloss(_("Supplement to the file of a member")),
            below=Line(f"năm\u00a0{paper.year}", Look.ABSTRACT),
            blocks=(
                _person(paper),
                *in_sections(_sections(paper)),
                Signing(
                    places=(
                        SignaturePlace("T/M CHI ỦY", gloss(_("On behalf of the cell"))),
                        SignaturePlace(
                            "NGƯỜI KHAI", gloss(_("The member")), paper.member.full_name
                        ),
                    )
                ),
            ),
        )
        return Printout(
            language=paper.language,
            title=f"PHIẾU BỔ SUNG HỒ SƠ ĐẢNG VIÊN: {paper.member.full_name}",
            author=paper.issuer,
            sheets=(sheet,),
        )


def _person(paper: SupplementPaper) -> Facts:
    member, missing = paper.member, to_be_written()
    pairs = (
        (_("Full name"), member.full_name),
        (_("Member code"), member.code),
        (_("Born"), display_partial(member.born_on)),
        (_("Admitted"), display_partial(member.admitted_on)),
        (_("Full member since"), display_partial(member.official_on)),
        (_("Party cell"), paper.cell),
    )
    return Facts(tuple((label, text or missing) for label, text in pairs))


def _sections(paper: SupplementPaper) -> Iterator[NumberedSection]:
    missing = (to_be_written(),)
    yield NumberedSection(_("Posts of the year"), tuple(_posts(paper)) or missing)
    yield NumberedSection(_("Training, qualifications"), missing)
    yield NumberedSection(
        _("Level of the year"), (paper.level,) if paper.level else missing
    )
    yield NumberedSection(
        _("Commendations, discipline, leaving a post"),
        tuple(
            f"{each.what}; {each.by}; {each.document}, {display_day(each.on)}"
            for each in paper.records
        )
        or (_("None is recorded of this year."),),
    )
    yield NumberedSection(_("Residence, family, housing, income"), missing)
    yield NumberedSection(_("Other changes"), missing)


def _posts(paper: SupplementPaper) -> Iterator[str]:
    for post in paper.posts:
        name = post_name(post)
        if post.from_on.year == paper.year:
            yield _("%(post)s: from %(day)s.") % {
                "post": name,
                "day": display_day(post.from_on),
            }
        ended = post.over_on()
        if ended and ended.year == paper.year:
            yield _("%(post)s: until %(day)s.") % {
                "post": name,
                "day": display_day(ended),
            }
