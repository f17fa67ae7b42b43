"""Whether an act may be written now: its account is open, its post has not ended."""

from django.db import migrations

from members.migration_operations import OnPostgreSQL

# Held until the act is over: whoever ends a post or shuts an account waits for the acts
# that are under way, and an act that comes after it finds that it has no authority.
# What an act itself has ended, by its own moment, still carries its events.
AUTHORITY_HELD = """
CREATE FUNCTION members_authority_held(
    accounts bigint[], posts bigint[], moments timestamptz[]
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    purpose text := coalesce(current_setting('tusoi.purpose', true), '');
    accounts_open bigint;
    posts_in_force bigint;
BEGIN
    PERFORM set_config('tusoi.purpose', 'act', true);
    SELECT count(*) INTO accounts_open FROM (
        SELECT 1 FROM members_account
        WHERE id = ANY(accounts) AND is_active
        ORDER BY id FOR SHARE
    ) held;
    SELECT count(*) INTO posts_in_force FROM (
        SELECT 1 FROM members_post
        WHERE id = ANY(posts) AND (ended_at IS NULL OR ended_at = ANY(moments))
        ORDER BY id FOR SHARE
    ) held;
    PERFORM set_config('tusoi.purpose', purpose, true);
    RETURN accounts_open = cardinality(accounts)
        AND posts_in_force = cardinality(posts);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0006_reach_of_workers")]

    operations = [
        OnPostgreSQL(
            [AUTHORITY_HELD],
            [
                "DROP FUNCTION members_authority_held(bigint[], bigint[],"
                " timestamptz[])"
            ],
        ),
    ]
