"""Rolls of members on their way in."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.scope import reachable
from members.models.uploads import Upload
from members.policy import Actor, Area


class RollImportQuerySet(models.QuerySet["RollImport"]):
    def visible_to(self, actor: Actor, area: Area = Area.ROLL_IMPORT) -> Self:
        """Return the uploads into units whose roll the actor may import."""
        return self.filter(reachable(actor, area, "within__"))


class RollImport(Upload):
    """One uploaded roll. Its summary holds no number of a person but its last digits.

    The files hold them whole, so they are deleted once they are no longer needed.
    """

    AREA = Area.ROLL_IMPORT
    READING_JOB = "roll_preview"
    WRITING_JOB = "roll_import"
    ACTION = "roll"

    objects = RollImportQuerySet.as_manager()

    class Meta(Upload.Meta):
        verbose_name = _("import of a roll")

    @property
    def is_read(self) -> bool:
        """Whether the heads were right, so that each row was looked at."""
        return "counts" in self.summary

    @property
    def asks_about_likeness(self) -> bool:
        """Whether who confirms it has to say that look-alikes are other people."""
        likenesses = self.summary.get("likenesses_total")
        return self.state == self.State.READY and bool(likenesses)
