"""Pages of signed figures in every state that somebody can meet."""

from collections.abc import Callable

from campaigns.models import CampaignUnit
from members.models import Post
from members.policy import Role
from reports.models import Submission, SubmissionPart
from tests.e2e.conftest import Site
from tests.e2e.rows import NOW
from tests.factories import PostFactory, SubmissionFactory, SubmissionPartFactory

REASON = "Đề nghị rà soát số đảng viên chưa kiểm điểm của chi bộ, ghi theo biên bản."


def unit(site: Site, code: str) -> CampaignUnit:
    return CampaignUnit.objects.get(campaign=site.campaign, code=code)


def page(site: Site, name: str, code: str = "H") -> str:
    found = unit(site, code)
    return site.address(f"reports:{name}", site.campaign.pk, found.live_unit_id)


def nothing_signed(site: Site) -> str:
    SubmissionPart.objects.all().delete()
    Submission.objects.all().delete()
    return page(site, "unit_submissions")


def signed_below(site: Site) -> str:
    """One as it stands, one changed since, one sent back; the rest is missing."""
    nothing_signed(site)
    SubmissionFactory(unit=unit(site, "X"))
    SubmissionFactory(unit=unit(site, "Z"))
    SubmissionFactory(
        unit=unit(site, "Y"), state="RETURNED", reason=REASON, ended_at=NOW
    )
    return page(site, "unit_submissions")


def signed_and_changed(site: Site) -> str:
    signed_below(site)
    version(site)
    return page(site, "unit_submissions")


def version(site: Site) -> Submission:
    made = SubmissionFactory(unit=unit(site, "H"), missing_reason="Chi bộ chưa họp")
    for code in "XYZ":
        part = Submission.objects.in_force().filter(unit=unit(site, code)).first()
        SubmissionPartFactory(submission=made, unit=unit(site, code), part=part)
    return made


def sent_back(site: Site) -> str:
    nothing_signed(site)
    SubmissionFactory(
        unit=unit(site, "H"), state="RETURNED", reason=REASON, ended_at=NOW
    )
    return page(site, "unit_submissions")


def to_sign(site: Site) -> str:
    signed_below(site)
    live = unit(site, "H").live_unit
    if not Post.objects.filter(unit=live, role=Role.SECRETARY).exists():
        PostFactory(unit=live, role=Role.SECRETARY)
    return page(site, "submission_sign")


def nobody_signs(site: Site) -> str:
    signed_below(site)
    posts = Post.objects.filter(unit=unit(site, "H").live_unit, role=Role.SECRETARY)
    posts.update(ended_at=NOW)
    return page(site, "submission_sign")


def one_version(site: Site) -> str:
    signed_below(site)
    return site.address("reports:submission_detail", version(site).pk)


def to_send_back(site: Site) -> str:
    signed_below(site)
    found = Submission.objects.get(unit=unit(site, "X"))
    return site.address("reports:submission_return", found.pk)


SUBMISSIONS: dict[str, Callable[[Site], str]] = {
    "nothing signed": nothing_signed,
    "units below have signed": signed_below,
    "signed figures have changed": signed_and_changed,
    "signed figures sent back": sent_back,
    "figures to be signed": to_sign,
    "figures that nobody signs": nobody_signs,
    "version of signed figures": one_version,
    "signed figures to be sent back": to_send_back,
}
