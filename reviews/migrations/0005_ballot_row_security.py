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
COUNTED = f"""
state <> 'LOCKED' AND meeting_id IN (
    SELECT teller.meeting_id FROM reviews_teller teller WHERE teller.{OWN_PLACE}
)
"""
OF_BALLOT = """
EXISTS (SELECT FROM reviews_ballot seen WHERE seen.id = reviews_ballotline.ballot_id)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0004_review_meetings_and_ballots'),
    ]

    operations = [
        LockRows({
            'reviews_reviewoccasion': (f'{BODY_KEPT} OR {OWN_PLACE}', ('meeting',)),
            'reviews_teller': (f'{KEPT} OR {OWN_PLACE}', ('meeting',)),
            'reviews_ballot': (f'{KEPT} OR {COUNTED}', ()),
            'reviews_ballotline': (OF_BALLOT, ()),
        }),
    ]
