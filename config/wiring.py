"""What calls what by name, so that no app needs to import the one above it."""

from celery.schedules import crontab

# Which task does which kind of job; the sweep sends by name.
# tests/members/test_jobs.py holds that every kind has one.
JOB_TASKS = {
    "rollup": "reports.tasks.render_rollup",
    "cell_papers": "reports.tasks.render_cell_papers",
    "roll_preview": "campaigns.tasks.preview_roll",
    "roll_import": "campaigns.tasks.apply_roll",
    "scan_document": "campaigns.tasks.scan_document",
    "scan_product": "campaigns.tasks.scan_product",
    "results_preview": "reviews.tasks.preview_import",
    "results_import": "reviews.tasks.apply_import",
}

# Who is asked what waits for somebody; each answers with
# `members.due.DueItem`s (docs/rules/reminders.md § 1).
DUE_SOURCES = [
    "campaigns.queries.due.cell_due",
    "campaigns.queries.due.own_due",
    "reviews.queries.due.cell_due",
    "reviews.queries.due.own_due",
    "reviews.queries.due.imports_due",
    "reviews.queries.due.teller_due",
    "reviews.queries.due.notices_due",
    "reviews.queries.due_reports.reports_due",
    "reviews.queries.due_opinions.opinions_due",
    "reviews.queries.remediation.due.remediation_due",
    "campaigns.queries.due_work.meetings_due",
    "campaigns.queries.due_work.programme_due",
    "campaigns.queries.due_work.co_chair_due",
    "campaigns.queries.due_work.study_due",
    "campaigns.queries.due_answers.criteria_to_approve_due",
    "campaigns.queries.due_answers.results_to_answer_due",
    "members.queries.due.roll_due",
    "members.queries.due.posts_due",
    "members.queries.due.uploads_due",
    "campaigns.queries.due.roll_changes_due",
    "reports.queries.due.boards_due",
    "reports.queries.due_readings.approvals_due",
    "reports.queries.due_submissions.submissions_due",
    "reports.queries.due_readings.approved_due",
]

# Who tells why the minutes of a review meeting cannot be signed yet, and what else has
# to do with a meeting.
SIGNING_CHECKS = ["reviews.services.balloting.why_not_signed"]
MEETING_SECTIONS = [
    "campaigns.queries.meeting_sections.programme_section",
    "campaigns.queries.meeting_sections.pledges_section",
    "reviews.queries.turns.turns_section",
    "reviews.queries.meetings.ballots_section",
    "reviews.queries.remediation.meetings.remediation_section",
]

# Who follows a reorganisation that is applied in a campaign: each runs around it.
TREE_FOLLOWERS = ["reports.services.submissions.voiding"]

# What people and units are reminded of (docs/rules/reminders.md § 3.1).
REMINDER_MATTERS = [
    "campaigns.queries.matters.people.Studying",
    "campaigns.queries.matters.people.Pledges",
    "campaigns.queries.matters.people.SelfReviews",
    "campaigns.queries.matters.units.Programmes",
    "campaigns.queries.matters.units.Criteria",
    "campaigns.queries.matters.recurring.Peaks",
    "campaigns.queries.matters.recurring.Meetings",
    "reviews.queries.matters.Results",
]

# What the workers' clock starts.
CELERY_BEAT_SCHEDULE = {
    "sweep jobs": {
        "task": "members.tasks.sweep_jobs",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "seal log": {
        "task": "members.tasks.seal_log",
        "schedule": 60 * 60.0,
        "options": {"expires": 60 * 60},
    },
    "forget cell papers": {
        "task": "reports.tasks.forget_cell_papers",
        "schedule": 60 * 60.0,
        "options": {"expires": 60 * 60},
    },
    "forget rolls": {
        "task": "members.tasks.forget_rolls",
        "schedule": 60 * 60.0,
        "options": {"expires": 60 * 60},
    },
    "note progress": {
        "task": "campaigns.tasks.note_progress",
        "schedule": crontab(hour=23, minute=30),
        "options": {"expires": 60 * 60},
    },
    "scan what waits": {
        "task": "campaigns.tasks.scan_what_waits",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 10 * 60},
    },
    "plan reminders": {
        "task": "campaigns.tasks.plan_reminders",
        "schedule": crontab(hour="6-18", minute=5),
        "options": {"expires": 60 * 60},
    },
    "send reminders": {
        "task": "campaigns.tasks.send_reminders",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 10 * 60},
    },
    "forget log-ins": {
        "task": "members.tasks.forget_log_ins",
        "schedule": 60 * 60.0,
        "options": {"expires": 60 * 60},
    },
}
