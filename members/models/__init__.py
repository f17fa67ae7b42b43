"""The registry: accounts, units, people, posts; what happened; what is to be done."""

from members.models.accounts import Account
from members.models.events import Event, LogHead, LogSeal, SealedHead
from members.models.jobs import Job
from members.models.log_ins import AccountSession, FailedTry, Slip
from members.models.people import (
    ActivityPause,
    Gender,
    Member,
    Membership,
    NameWord,
)
from members.models.posts import Post
from members.models.scope import reachable, within
from members.models.second_factors import (
    Authenticator,
    CodeCard,
    OidcLink,
    Passkey,
)
from members.models.transfers import Transfer
from members.models.units import (
    Letterhead,
    PartyUnit,
    UnitChange,
    UnitDecision,
    UnitState,
    UnitSuccession,
)

__all__ = [
    "ActivityPause",
    "Account",
    "AccountSession",
    "Authenticator",
    "CodeCard",
    "Event",
    "FailedTry",
    "Gender",
    "Job",
    "Letterhead",
    "LogHead",
    "LogSeal",
    "Member",
    "Membership",
    "NameWord",
    "OidcLink",
    "PartyUnit",
    "Passkey",
    "Post",
    "SealedHead",
    "Slip",
    "Transfer",
    "UnitChange",
    "UnitDecision",
    "UnitState",
    "UnitSuccession",
    "reachable",
    "within",
]
