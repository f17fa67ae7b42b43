"""What pages of campaigns read."""

from campaigns.queries.late_changes import Waiting, changes_of, waiting_for

__all__ = ["Waiting", "changes_of", "waiting_for"]
