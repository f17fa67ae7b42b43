"""The post that an event names is one of whoever asks, like its account."""

from django.db import migrations

from members.migration_operations import OnPostgreSQL

# As in 0009, which compares the account alone.
MADE_BEFORE = """
CREATE POLICY members_event_made ON members_event FOR INSERT WITH CHECK (
    (SELECT members_asks_for('command'))
    OR (SELECT members_asks_for('import', 'act', 'log'))
    AND (account_id IS NULL OR account_id = (SELECT members_asker()))
)
"""
# One that has ended is named, too: an act may end the very post by which it is done.
MADE = """
CREATE POLICY members_event_made ON members_event FOR INSERT WITH CHECK (
    (SELECT members_asks_for('command'))
    OR (SELECT members_asks_for('import', 'act', 'log'))
    AND (account_id IS NULL AND post_id IS NULL
        OR account_id = (SELECT members_asker())
        AND (post_id IS NULL OR EXISTS (SELECT FROM members_post post
            WHERE post.id = members_event.post_id
            AND (post.account_id = (SELECT members_asker())
                OR post.member_id = (SELECT members_asking_member())))))
)
"""
DROP_MADE = "DROP POLICY members_event_made ON members_event"


class Migration(migrations.Migration):
    dependencies = [("members", "0009_log_of_who_acts")]

    operations = [OnPostgreSQL([DROP_MADE, MADE], [DROP_MADE, MADE_BEFORE])]
