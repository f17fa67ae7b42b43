from django.db import migrations

# What a unit alone reaches is its whole, never a part of what it was: nothing that
# came by a closing, nothing below the custodian's own row (docs/policy.md § 1). A range
# that ends in "0" is a unit alone, in ":" one with all below it.
IN_REACH = """
unit_id IN (
    SELECT frozen.id
    FROM members_reach('LEVELS') reach
    JOIN members_partyunit custodian
        ON custodian.path >= reach.lower_path COLLATE "C"
        AND custodian.path < reach.upper_path COLLATE "C"
    JOIN campaigns_campaignunit frozen ON frozen.custodian_id = custodian.id
    WHERE right(reach.upper_path, 1) = ':'
        OR NOT frozen.custody_by_closing AND NOT EXISTS (
            SELECT FROM campaigns_campaignunit above
            WHERE above.campaign_id = frozen.campaign_id
                AND above.live_unit_id = frozen.custodian_id
                AND above.path < frozen.path
                AND above.path = left(frozen.path, length(above.path))
        )
)
"""
OWN = 'member_id = (SELECT members_asking_member())'
PURPOSES = ('command', 'import', 'act')
RESULTS = (*PURPOSES, 'retally', 'results', 'late')
POLICIES = {
    'campaigns_placement': (IN_REACH, RESULTS),
    # Whose open placement is seen by the policy of that table.
    'campaigns_participant': (
        f"""
        {OWN} OR EXISTS (
            SELECT FROM campaigns_placement placed
            WHERE placed.participant_id = campaigns_participant.id
                AND placed.until_on IS NULL
        )
        """,
        RESULTS,
    ),
    'campaigns_latechange': (
        'EXISTS (SELECT FROM campaigns_participant seen'
        ' WHERE seen.id = campaigns_latechange.participant_id)',
        (*PURPOSES, 'late'),
    ),
}


def close(apps, schema_editor):
    if schema_editor.connection.vendor != 'postgresql':
        return
    for table, (seen, purposes) in POLICIES.items():
        named = ', '.join(f"'{purpose}'" for purpose in purposes)
        for statement in (
            f'ALTER TABLE {table} ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE {table} FORCE ROW LEVEL SECURITY',
            f'CREATE POLICY {table}_seen ON {table} USING ('
            f'(SELECT members_asks_for({named})) OR {seen})',
        ):
            schema_editor.execute(statement, params=None)


def open_again(apps, schema_editor):
    if schema_editor.connection.vendor != 'postgresql':
        return
    for table in POLICIES:
        for statement in (
            f'DROP POLICY {table}_seen ON {table}',
            f'ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY',
            f'ALTER TABLE {table} DISABLE ROW LEVEL SECURITY',
        ):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0006_late_changes'),
        ('members', '0016_row_security'),
    ]

    operations = [
        migrations.RunPython(close, open_again),
    ]
