"""What the role of the workers may not do itself, done by a function for it."""

from django.db import migrations

from members.migration_operations import OnPostgreSQL

FORGET_SESSIONS = """
-- Whoever reads the key of a session has the session.
CREATE FUNCTION members_forget_sessions(until timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
    DELETE FROM members_accountsession USING django_session
    WHERE session_id = session_key AND expire_date <= until;
    DELETE FROM django_session WHERE expire_date <= until;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0004_refused_attempts"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        OnPostgreSQL(
            [FORGET_SESSIONS],
            ["DROP FUNCTION members_forget_sessions(timestamptz)"],
        ),
    ]
