from importlib import import_module

from django.db import migrations

from members.migration_operations import ChangeLocks, OnPostgreSQL

# What docs/policy.md § 3 gives by DECIDED, written out once more on purpose. Whoever
# reads texts so, reads the level that they led to. Whoever asks decides for the units
# whose custodian is the unit of the post: from when the file in which somebody stands
# is sent there until it is returned, and for good on whom the unit decided. While the
# second function reads these rows they are open to it: their policies ask it.
FUNCTIONS = """
CREATE FUNCTION reviews_deciders() RETURNS TABLE (standing text, area text)
LANGUAGE sql IMMUTABLE AS $$ VALUES
    ('GRASSROOTS_COMMITTEE', 'TEXTS'),
    ('UPPER_COMMITTEE', 'LEVELS'),
    ('ORGANISATION_DEPARTMENT', 'LEVELS'),
    ('ORGANISATION_DEPARTMENT', 'TEXTS')
$$;

CREATE FUNCTION reviews_deciding_units(asked text) RETURNS SETOF bigint
LANGUAGE sql STABLE ROWS 2 SET search_path FROM CURRENT AS $$
    SELECT frozen.id
    FROM members_posts_in_force() post
    JOIN campaigns_campaignunit frozen ON frozen.custodian_id = post.unit_id
    WHERE EXISTS (
        SELECT FROM reviews_deciders() policy
        WHERE policy.standing = post.standing
            AND policy.area IN (asked, CASE asked WHEN 'LEVELS' THEN 'TEXTS' END)
        OFFSET 0
    )
$$;

CREATE FUNCTION reviews_decided(asked text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
    purpose text := coalesce(current_setting('tusoi.purpose', true), '');
    units bigint[] := ARRAY(SELECT reviews_deciding_units(asked));
BEGIN
    IF units = '{}' THEN
        RETURN;
    END IF;
    PERFORM set_config('tusoi.purpose', 'reach', true);
    RETURN QUERY
        SELECT person.id FROM campaigns_participant person
            WHERE person.decided_by_id = ANY(units)
        UNION
        SELECT proposed.participant_id
            FROM reviews_unitfile file
            JOIN reviews_proposal proposed ON proposed.file_id = file.id
            WHERE file.goes_to_id = ANY(units) AND file.state IN ('SENT', 'RECEIVED')
        UNION
        SELECT line.participant_id
            FROM reviews_decision decision
            JOIN reviews_decisionline line ON line.decision_id = decision.id
            WHERE decision.unit_id = ANY(units);
    PERFORM set_config('tusoi.purpose', purpose, true);
END $$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION reviews_decided(text);
DROP FUNCTION reviews_deciding_units(text);
DROP FUNCTION reviews_deciders();
"""


def before(migration, name, *tables):
    """The locks as an earlier migration, which is never changed, has them."""
    found = getattr(import_module(migration), name)
    policies = found() if callable(found) else found
    return {table: policies[table] for table in tables}


remarks = import_module('reviews.migrations.0008_remarks')
PEOPLE = 'campaigns.migrations.0002_row_security'
NOTICES = 'reviews.migrations.0009_notices'
OCCASIONS = 'reviews_reviewoccasion'
BEFORE = {
    **before(PEOPLE, 'PEOPLE', 'campaigns_placement', 'campaigns_participant'),
    **before(PEOPLE, 'PLEDGES', 'campaigns_pledge'),
    **before(
        'reviews.migrations.0003_self_reviews',
        'policies',
        'reviews_selfreview',
        'reviews_reviewsuggestion',
    ),
    **before(
        'reviews.migrations.0006_proposals',
        'POLICIES',
        'reviews_unitfile',
        'reviews_proposal',
    ),
    **before('reviews.migrations.0007_decisions', 'POLICIES', 'reviews_decisionline'),
    **before(NOTICES, 'POLICIES', 'reviews_levelnotice', 'reviews_levelrevision'),
    **before(NOTICES, 'SINCE', 'reviews_decision'),
    OCCASIONS: (
        f"{remarks.BEFORE} OR state = 'REVIEWED' AND {remarks.TEXTS_READ}",
        ('meeting',),
    ),
}


def decided(area, person='participant_id'):
    return f"{person} IN (SELECT reviews_decided('{area}'))"


MORE = {
    'campaigns_placement': decided('LEVELS'),
    'campaigns_participant': decided('LEVELS', 'id'),
    'campaigns_pledge': decided('TEXTS'),
    'reviews_selfreview': decided('TEXTS'),
    OCCASIONS: f"state = 'REVIEWED' AND {decided('TEXTS')}",
    'reviews_reviewsuggestion': decided('LEVELS'),
    # The papers that came to the unit, also those without anybody any more.
    'reviews_unitfile': (
        "state <> 'DRAFT' AND goes_to_id IN (SELECT reviews_deciding_units('LEVELS'))"
    ),
    'reviews_proposal': decided('LEVELS'),
    'reviews_decisionline': decided('LEVELS'),
    'reviews_levelnotice': decided('LEVELS'),
    'reviews_levelrevision': decided('LEVELS'),
    'reviews_decision': 'false',  # seen by its lines; the purpose is new
}
# What the function above reads.
READ = {
    'campaigns_participant',
    'reviews_unitfile',
    'reviews_proposal',
    'reviews_decision',
    'reviews_decisionline',
}
SINCE = {
    table: (
        f'({seen}) OR {MORE[table]}',
        (*purposes, 'reach') if table in READ else purposes,
    )
    for table, (seen, purposes) in BEFORE.items()
}


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0004_collective_report_state'),
        ('reviews', '0015_opinions'),
    ]

    operations = [
        OnPostgreSQL([FUNCTIONS], [DROP_FUNCTIONS]),
        ChangeLocks(SINCE, before=BEFORE),
    ]
