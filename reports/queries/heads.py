"""What a report on a unit says about itself."""

from dataclasses import replace
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import Campaign, CampaignUnit
from members.models import Letterhead, PartyUnit
from members.vocabulary import Committee, vocabulary
from reports.documents.head import DocumentHead, Previous, Signatory
from reports.models import ReportIssue
from reports.queries.fold import rollup_of


def head_of(unit: CampaignUnit, *, language: str) -> DocumentHead:
    """Return what a draft report on the unit says about itself.

    The letterhead is the live unit's; what it leaves out follows from the unit's kind
    and name. Two queries, and those of the campaign before where there is one.
    """
    letterhead = letterhead_of(unit)
    campaign = unit.campaign
    return DocumentHead(
        language=language,
        superior=letterhead.superior,
        issuer=letterhead.issuer,
        symbol=f"BC/{letterhead.symbol}",
        number=None,
        place=letterhead.place,
        issued_on=None,
        abstract=_(
            "results of the review, %(wording)s of the quality of party organisations "
            "and members in %(year)s"
        )
        % {"wording": campaign.rules.wording.text(language), "year": campaign.year},
        campaign=campaign.name,
        year=campaign.year,
        theme=campaign.theme,
        signatories=(
            Signatory(
                on_behalf_of=letterhead.on_behalf_of,
                post=letterhead.signatory_post,
            ),
        ),
        recipients=tuple(filter(None, letterhead.recipients.splitlines())),
        previous=_previous(unit),
    )


def issued_head(head: DocumentHead, issue: ReportIssue) -> DocumentHead:
    """Return the head of a report that has its number, its day and its code."""
    path = reverse("reports:verify_code", args=[issue.code])
    return replace(
        head,
        number=issue.number,
        symbol=issue.symbol,
        issued_on=issue.issued_on,
        code=issue.code_in_groups,
        address=settings.SITE_URL + path,
    )


def paper_head(
    unit: CampaignUnit,
    *,
    language: str,
    kind: str,
    recipients: tuple[str, ...],
    reference: str = "",
    issued_on: date | None = None,
    signed_by: str = "",
) -> DocumentHead:
    """Return what a paper of the unit says about itself; `kind` is "QĐ", "TTr", "TB".

    Without a reference and a day the office numbers and dates it by its register.
    As many queries as `letterhead_of`.
    """
    return headed(
        letterhead_of(unit),
        unit.campaign,
        language=language,
        kind=kind,
        recipients=recipients,
        reference=reference,
        issued_on=issued_on,
        signed_by=signed_by,
    )


def headed(
    letterhead: Letterhead,
    campaign: Campaign,
    *,
    language: str,
    kind: str,
    recipients: tuple[str, ...],
    reference: str = "",
    issued_on: date | None = None,
    signed_by: str = "",
) -> DocumentHead:
    """Return the same where the letterhead is known already."""
    return DocumentHead(
        language=language,
        superior=letterhead.superior,
        issuer=letterhead.issuer,
        symbol=f"{kind}/{letterhead.symbol}",
        number=None,
        reference=reference,
        place=letterhead.place,
        issued_on=issued_on,
        abstract="",
        campaign=campaign.name,
        year=campaign.year,
        signatories=(
            Signatory(
                on_behalf_of=letterhead.on_behalf_of,
                post=letterhead.signatory_post,
                name=signed_by,
            ),
        ),
        recipients=(*recipients, f"Lưu {letterhead.issuer}"),
    )


def letterhead_of(unit: CampaignUnit) -> Letterhead:
    """Return a letterhead with every prescribed line; only a place may be missing.

    One query; `unit` comes with its live unit and the one above it, or two more.
    """
    return letterhead_at(unit.live_unit, kind=unit.kind, name=unit.name)


def letterhead_at(unit: PartyUnit, *, kind: str = "", name: str = "") -> Letterhead:
    """Return the same of a live unit; `kind` and `name` where a campaign has others.

    One query; `unit` comes with the one above it, or one more.
    """
    above = unit.parent
    found = {
        each.unit_id: each
        for each in Letterhead.objects.filter(unit__in=filter(None, (unit, above)))
    }
    own = found.get(unit.pk) or Letterhead()
    committee = _committee(kind or unit.kind, name or unit.name)
    superior = own.superior
    if above and not superior:
        headed = found.get(above.pk)
        superior = headed.issuer if headed else _committee(above.kind, above.name).name
    issuer = own.issuer or committee.name
    # Prescribed words, which stay Vietnamese in an English document.
    recipients = "\n".join(filter(None, (superior, f"Lưu {issuer}")))
    return Letterhead(
        superior=superior,
        issuer=issuer,
        place=own.place,
        symbol=own.symbol or committee.symbol,
        on_behalf_of=own.on_behalf_of or committee.body,
        signatory_post=own.signatory_post or "Bí thư",
        recipients=own.recipients or recipients,
    )


def _committee(kind: str, name: str) -> Committee:
    return vocabulary().kinds[kind].committee_of(name)


def _previous(unit: CampaignUnit) -> Previous | None:
    """Return the unit's figures in the last campaign of an earlier year."""
    before = (
        CampaignUnit.objects.filter(
            live_unit=unit.live_unit_id,
            campaign__year__lt=unit.campaign.year,
            campaign__roll_fixed_at__isnull=False,
        )
        .select_related("campaign")
        .order_by("-campaign__year", "-campaign")
        .first()
    )
    if before is None:
        return None
    return Previous(
        year=before.campaign.year, rollup=rollup_of(before, with_below=False)
    )
