"""Workers, too, ask for somebody by the posts in force: their role reads no password."""

from django.db import migrations

from members.migration_operations import OnPostgreSQL

# As in 0003, with the columns that are needed by name: `SELECT *` of accounts is
# refused to the role of the workers as a whole.
POSTS_IN_FORCE = """
CREATE OR REPLACE FUNCTION members_posts_in_force()
RETURNS TABLE (unit_id bigint, path text, standing text)
LANGUAGE plpgsql STABLE ROWS 2 SET search_path FROM CURRENT AS $$
DECLARE
    purpose text := coalesce(current_setting('tusoi.purpose', true), '');
    who bigint;
    person bigint;
    today date := (clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
BEGIN
    SELECT account.id, account.member_id INTO who, person
        FROM members_account account
        WHERE account.id = members_asker()
            AND account.is_active AND NOT account.is_technical;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    PERFORM set_config('tusoi.purpose', 'reach', true);
    RETURN QUERY
        SELECT unit.id, unit.path::text,
            (CASE WHEN post.role IN ('SECRETARY', 'DEPUTY_SECRETARY', 'COMMITTEE_MEMBER')
                THEN kinds.tier || '_COMMITTEE' ELSE post.role END)::text
        FROM members_post post
        JOIN members_partyunit unit ON unit.id = post.unit_id
        JOIN members_tiers() kinds ON kinds.kind = unit.kind
        WHERE (post.account_id = who OR post.member_id = person)
            AND post.ended_at IS NULL
            AND post.from_on <= today
            AND (post.ends_on IS NULL OR post.ends_on >= today);
    PERFORM set_config('tusoi.purpose', purpose, true);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0005_worker_role")]

    # The one before does the same for every other role, so it need not come back.
    operations = [OnPostgreSQL([POSTS_IN_FORCE], [])]
