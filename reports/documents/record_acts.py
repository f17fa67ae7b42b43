"""What acts on a record are called in print."""

from django.utils.translation import gettext as _


def act_name(action: str) -> str:
    """Return what an act in the log is called; its code where it has no name."""
    names = {
        "members.admitted": _("Entered on the roll"),
        "members.corrected": _("Corrected"),
        "members.made_full": _("Full membership"),
        "members.ended": _("Taken off the roll"),
        "members.opened": _("Record opened"),
        "members.exemplarity_confirmed": _(
            "Level of exemplary responsibility confirmed"
        ),
        "members.beside_ended": _("Membership beside the official one ended"),
        "members.record_copied": _("Copy of the record taken"),
        "pauses.begun": _("Exempt or suspended"),
        "pauses.ended": _("Takes part again"),
        "corrections.asked": _("Asked for a correction"),
        "corrections.taken_back": _("Request taken back"),
        "corrections.corrected": _("Request answered by a correction"),
        "corrections.refused": _("Request refused"),
        "inspections.recorded": _("Inspection recorded"),
        "inspections.corrected": _("Record of an inspection corrected"),
        "disciplines.recorded": _("Discipline recorded"),
        "disciplines.corrected": _("Record of a discipline corrected"),
        "disciplines.changed": _("Later decision on a discipline recorded"),
        "commendations.recorded": _("Commendation recorded"),
        "commendations.corrected": _("Record of a commendation corrected"),
        "transfers.sent": _("Transfer sent"),
        "transfers.received": _("Transfer received"),
        "transfers.returned": _("Transfer returned"),
        "transfers.taken_back": _("Transfer taken back"),
        "posts.appointed": _("Appointed to a post"),
        "posts.ended": _("Post ended"),
        "posts.charged": _("Units and fields of a post recorded"),
        "campaigns.time_extended": _("Longer time given"),
        "campaigns.roll_followed": _("Roll of a campaign changed after it was fixed"),
        "occasions.called_up": _("Called up at a review meeting"),
        "occasions.reviewed": _("Review recorded"),
        "occasions.noted": _("What was said at the review written down"),
        "occasions.replied": _("Reply in writing to what was said"),
        "occasions.left": _("Review left for later"),
        "decisions.decided": _("Level decided"),
        "level_notices.given": _("Notice of a level given"),
        "level_requests.filed": _("Asked for a level to be looked at again"),
        "level_requests.received": _("Request to look at a level again received"),
        "levels.kept": _("Level looked at again and kept"),
        "levels.revised": _("Level changed after another look"),
        "slips.printed": _("Slip printed"),
        "slips.used": _("Slip used"),
        "slips.refused": _("Slip refused"),
        "cards.printed": _("Card of codes printed"),
        "cards.taken": _("Card of codes taken"),
        "sessions.ended": _("Session ended"),
        "accounts.password_changed": _("Password changed"),
        "accounts.locked_out": _("Locked out after wrong passwords"),
        "accounts.second_step_refused": _("Second step of a log-in refused"),
        "authenticators.added": _("Code app added"),
        "authenticators.removed": _("Code app removed"),
        "passkeys.added": _("Passkey added"),
        "passkeys.removed": _("Passkey removed"),
        "collective_reports.suggested": _(
            "Matter to be answered suggested to a collective"
        ),
        "collective_reports.answer_judged": _("Answer of a collective judged"),
        "self_reviews.suggested": _("Matter to be answered suggested"),
        "self_reviews.answer_judged": _("Answer to a suggestion judged"),
        **_written("pledges", _("pledge").capitalize()),
        **_written("collective_reports", _("collective report").capitalize()),
        **_written("self_reviews", _("self-review").capitalize()),
    }
    return names.get(action, action)


def _written(kind: str, what: str) -> dict[str, str]:
    done = {
        "opened": _("opened"),
        "begun": _("begun"),
        "sent": _("sent"),
        "confirmed": _("confirmed"),
        "returned": _("returned"),
        "acknowledged": _("acknowledged"),
        "paper_recorded": _("days of the paper recorded"),
        "reported": _("progress reported"),
        "checked": _("checked"),
        "results_recorded": _("results of the year recorded"),
    }
    return {f"{kind}.{act}": f"{what}: {words}" for act, words in done.items()}
