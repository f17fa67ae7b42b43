"""Events carry the name of who asks, and the head of a chain follows its events."""

from django.db import migrations

from members.migration_operations import OnPostgreSQL

# Appending is for the log alone, or within what opens all tables. Whoever acts is who
# asks, or nobody: a row without an account says why it is there. A command on the server
# writes in whose name it was told to.
MADE = """
CREATE POLICY members_event_made ON members_event FOR INSERT WITH CHECK (
    (SELECT members_asks_for('command'))
    OR (SELECT members_asks_for('import', 'act', 'log'))
    AND (account_id IS NULL OR account_id = (SELECT members_asker()))
)
"""
# The same rows as before, for reading alone: what was one policy for all statements
# would let the others through.
SEEN = """
USING (
    (SELECT members_asks_for('command', 'import', 'act', 'record', 'log'))
    OR member_id = (SELECT members_asking_member())
    OR account_id = (SELECT members_asker())
    OR unit_id IN (SELECT unit.id
        FROM members_reach('FIGURES') reach JOIN members_partyunit unit
        ON unit.path >= reach.lower_path COLLATE "C"
        AND unit.path < reach.upper_path COLLATE "C")
)
"""
DROP_SEEN = "DROP POLICY members_event_seen ON members_event"

# The application chains the log itself, so it may write heads. What it writes has to be
# where the events of the chain lead: from the event after the old end to the new one.
HEAD_FOLLOWS = """
CREATE FUNCTION members_head_follows() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.position <> 0 OR NEW.hash <> '' OR NEW.sealed_position <> 0 THEN
            RAISE EXCEPTION 'The log is append-only: chain % begins without events.',
                NEW.chain USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.chain <> OLD.chain
        OR NEW.position < OLD.position
        OR NEW.position = OLD.position AND NEW.hash <> OLD.hash
        OR NEW.sealed_position < OLD.sealed_position
        OR NEW.sealed_position > NEW.position
        OR NEW.position > OLD.position AND (
            NOT EXISTS (SELECT FROM members_event
                WHERE chain = OLD.chain AND position = OLD.position + 1
                AND previous_hash = OLD.hash)
            OR NOT EXISTS (SELECT FROM members_event
                WHERE chain = OLD.chain AND position = NEW.position
                AND hash = NEW.hash)
        )
    THEN
        RAISE EXCEPTION 'The log is append-only: the head of % does not follow.',
            OLD.chain USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGER = (
    "CREATE TRIGGER members_loghead_follows BEFORE INSERT OR UPDATE ON members_loghead"
    " FOR EACH ROW EXECUTE FUNCTION members_head_follows()"
)


class Migration(migrations.Migration):
    dependencies = [("members", "0008_accounts_shut")]

    operations = [
        OnPostgreSQL(
            [
                DROP_SEEN,
                f"CREATE POLICY members_event_seen ON members_event FOR SELECT {SEEN}",
                MADE,
            ],
            [
                "DROP POLICY members_event_made ON members_event",
                DROP_SEEN,
                f"CREATE POLICY members_event_seen ON members_event {SEEN}",
            ],
        ),
        OnPostgreSQL(
            [
                HEAD_FOLLOWS,
                TRIGGER,
                # Also in a session that plays back a replica, where others are silent.
                "ALTER TABLE members_loghead"
                " ENABLE ALWAYS TRIGGER members_loghead_follows",
            ],
            ["DROP FUNCTION members_head_follows() CASCADE"],
        ),
    ]
