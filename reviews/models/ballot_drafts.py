"""What a teller types of a count, before it is entered."""

from typing import Self

from django.db import models

from members.models import of_own_account
from members.policy import Actor
from reviews.models.ballots import Ballot


class BallotDraftQuerySet(models.QuerySet["BallotDraft"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return one's own, of the rounds that one counts."""
        if actor.is_system:
            return self
        counted = Ballot.objects.countable_by(actor)
        return self.filter(of_own_account(actor), ballot__in=counted)


class BallotDraft(models.Model):
    """The fields of the page of a count as one teller typed them; read by nobody else.

    `ballot_version` is the version of the round that was shown to them.
    Source: docs/rules/ballots.md § 6.6.
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="+", db_index=False)
    account = models.ForeignKey("members.Account", models.CASCADE, related_name="+")
    ballot_version = models.PositiveIntegerField()
    content = models.JSONField(default=dict)  # {field: text}
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = BallotDraftQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["ballot", "account"], name="ballotdraft_one_an_account"
            ),
        )
