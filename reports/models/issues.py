"""Reports that were given a number and a day, and the code by which anybody checks them.

Source: docs/rules/documents.md § 16.
"""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from members.fields import ByteOrderField
from members.policy import Actor, Area
from reports.codes import in_groups
from reports.models.rollups import RollupReport


class ReportIssueQuerySet(models.QuerySet["ReportIssue"]):
    def visible_to(self, actor: Actor, area: Area = Area.FIGURES) -> Self:
        """Return those of reports that the actor reads."""
        reports = RollupReport.objects.visible_to(actor, area)
        return self.filter(Exists(reports.filter(pk=OuterRef("report"))))

    def presented(self, *, code: str = "", sha256: str = "") -> Self:
        """Return what carries the code, or is the file, that somebody holds.

        Whoever holds the paper may ask, without a log-in; nothing else is found by it.
        """
        found = self.filter(report__finished_at__isnull=False)
        if sha256:
            is_file = Q(report__pdf_sha256=sha256) | Q(report__xlsx_sha256=sha256)
            found = found.filter(is_file)
        return found.filter(code=code) if code or not sha256 else found


class ReportIssue(models.Model):
    """Number, day and code of one report, fixed before it is made and never changed.

    Who issues the next report on the same unit, of the same campaign and in the same
    language, replaces it; the later one is found by its key.
    """

    report = models.OneToOneField(
        RollupReport, models.CASCADE, related_name="+", verbose_name=_("report")
    )
    number = models.PositiveSmallIntegerField(_("number of the document"))
    symbol = models.CharField(max_length=60)
    issued_on = models.DateField(_("date of the document"))
    code = ByteOrderField(max_length=16, unique=True)
    figures_digest = ByteOrderField(max_length=64)  # of what the issuer had read
    issued_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    issued_at = models.DateTimeField()

    objects = ReportIssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("issued report")
        constraints = (
            models.CheckConstraint(
                condition=Q(number__gte=1), name="reportissue_numbered_from_one"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number:02}-{self.symbol}"

    @property
    def code_in_groups(self) -> str:
        return in_groups(self.code)
