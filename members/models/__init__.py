"""The registry: accounts, units, people, posts; what happened; what is to be done."""

from members.models.accounts import Account
from members.models.corrections import CorrectionRequest
from members.models.events import Event, LogHead, LogSeal, SealedHead
from members.models.jobs import Job
from members.models.log_ins import AccountSession, FailedTry, Slip
from members.models.opening_figures import OpeningFigure
from members.models.people import (
    ActivityPause,
    Exemplarity,
    Gender,
    Member,
    Membership,
    NameWord,
)
from members.models.posts import Post, PostCharge
from members.models.readings import ReasonedReading
from members.models.receipts import FormReceipt
from members.models.roll_imports import RollImport
from members.models.scope import of_own_account, of_own_person, reachable, within
from members.models.second_factors import (
    Authenticator,
    CodeCard,
    OidcLink,
    Passkey,
)
from members.models.terms import DocumentNumber, UnitTerm
from members.models.transfers import Transfer
from members.models.units import (
    Letterhead,
    PartyUnit,
    UnitChange,
    UnitDecision,
    UnitPart,
    UnitState,
    UnitSuccession,
)
from members.models.uploads import Upload

__all__ = [
    "Account",
    "AccountSession",
    "ActivityPause",
    "Authenticator",
    "CodeCard",
    "CorrectionRequest",
    "DocumentNumber",
    "Event",
    "Exemplarity",
    "FailedTry",
    "FormReceipt",
    "Gender",
    "Job",
    "Letterhead",
    "LogHead",
    "LogSeal",
    "Member",
    "Membership",
    "NameWord",
    "OidcLink",
    "OpeningFigure",
    "PartyUnit",
    "Passkey",
    "Post",
    "PostCharge",
    "ReasonedReading",
    "RollImport",
    "SealedHead",
    "Slip",
    "Transfer",
    "UnitChange",
    "UnitDecision",
    "UnitPart",
    "UnitState",
    "UnitSuccession",
    "UnitTerm",
    "Upload",
    "of_own_account",
    "of_own_person",
    "reachable",
    "within",
]
