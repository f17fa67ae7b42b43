from django.db import migrations

from members.migration_operations import LockRows

KEPT = """
meeting_id IN (
    SELECT id FROM campaigns_meeting
    WHERE unit_id IN (SELECT campaigns_units_reached('WORK_EDIT'))
)
"""
BODY_KEPT = """
body_id IN (
    SELECT id FROM campaigns_campaignbody
    WHERE unit_id IN (SELECT campaigns_units_reached('WORK_EDIT'))
)
"""
OWN_PLACE = 'participant_id IN (SELECT campaigns_own_participants())'
# A teller sees the counts of the meeting until they are locked.
OWN_MEETING = f"""
meeting_id IN (
    SELECT teller.meeting_id FROM reviews_teller teller WHERE teller.{OWN_PLACE}
)
"""
COUNTED = f"state <> 'LOCKED' AND {OWN_MEETING}"
# Whoever sees levels, but the counts of bodies of five or fewer.
FROM_ABOVE = """
state = 'LOCKED' AND convoked > 5 AND meeting_id IN (
    SELECT id FROM campaigns_meeting
    WHERE unit_id IN (SELECT campaigns_units_reached('LEVELS'))
)
"""
# One's own, of the rounds that one counts.
OWN_DRAFT = f"""
account_id = (SELECT members_asker()) AND ballot_id IN (
    SELECT id FROM reviews_ballot WHERE {COUNTED}
)
"""
OF_BALLOT = """
EXISTS (
    SELECT FROM reviews_ballot seen WHERE seen.id = reviews_ballotline.ballot_id OFFSET 0
)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0004_review_meetings_and_ballots'),
    ]

    operations = [
        LockRows({
            'reviews_reviewoccasion': (f'{BODY_KEPT} OR {OWN_PLACE}', ('meeting',)),
            'reviews_teller': (f'{KEPT} OR {OWN_PLACE}', ('meeting',)),
            'reviews_ballot': (f'{KEPT} OR {COUNTED} OR {FROM_ABOVE}', ('meeting',)),
            'reviews_ballotline': (OF_BALLOT, ()),
            'reviews_ballotdraft': (OWN_DRAFT, ()),
        }),
    ]
