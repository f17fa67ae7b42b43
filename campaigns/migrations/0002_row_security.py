from django.db import migrations

from members.migration_operations import LockRows, OnPostgreSQL

# Units of campaigns that who asks reaches in an area. What a unit alone reaches is its
# whole, never a part of what it was: nothing that came by a closing, nothing below the
# custodian's own row (docs/policy.md § 1). A range that ends in "0" is a unit alone, in
# ":" one with all below it.
WITH_ALL_BELOW = "right(reach.upper_path, 1) = ':'"
IS_WHOLE = f"""
{WITH_ALL_BELOW}
OR NOT frozen.custody_by_closing AND NOT EXISTS (
    SELECT FROM campaigns_campaignunit above
    WHERE above.campaign_id = frozen.campaign_id
        AND above.live_unit_id = frozen.custodian_id
        AND above.path < frozen.path
        AND above.path = left(frozen.path, length(above.path))
    OFFSET 0
)
"""
REACHED = """
    SELECT frozen.id
    FROM members_reach({area}) reach
    JOIN members_partyunit custodian
        ON custodian.path >= reach.lower_path COLLATE "C"
        AND custodian.path < reach.upper_path COLLATE "C"
    JOIN campaigns_campaignunit frozen ON frozen.custodian_id = custodian.id
    WHERE {which}
"""
# What one takes part in: while these read it, people and places are open to them.
FUNCTIONS = f"""
CREATE FUNCTION campaigns_units_reached(asked text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
    RETURN QUERY {REACHED.format(area='asked', which=IS_WHOLE)};
END $$;

CREATE FUNCTION campaigns_own_participants() RETURNS SETOF bigint
LANGUAGE plpgsql STABLE ROWS 2 SET search_path FROM CURRENT AS $$
DECLARE
    purpose text := coalesce(current_setting('tusoi.purpose', true), '');
BEGIN
    PERFORM set_config('tusoi.purpose', 'meeting', true);
    RETURN QUERY SELECT id FROM campaigns_participant
        WHERE member_id = members_asking_member();
    PERFORM set_config('tusoi.purpose', purpose, true);
END $$;

CREATE FUNCTION campaigns_own_cells() RETURNS SETOF bigint
LANGUAGE plpgsql STABLE ROWS 2 SET search_path FROM CURRENT AS $$
DECLARE
    purpose text := coalesce(current_setting('tusoi.purpose', true), '');
BEGIN
    PERFORM set_config('tusoi.purpose', 'meeting', true);
    RETURN QUERY SELECT placed.unit_id
        FROM campaigns_placement placed
        JOIN campaigns_participant person ON person.id = placed.participant_id
        WHERE person.member_id = members_asking_member() AND placed.until_on IS NULL;
    PERFORM set_config('tusoi.purpose', purpose, true);
END $$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION campaigns_own_cells();
DROP FUNCTION campaigns_own_participants();
DROP FUNCTION campaigns_units_reached(text);
"""


def in_reach(area, unit='unit_id'):
    return f"{unit} IN (SELECT campaigns_units_reached('{area}'))"


def of(key, table, condition, column='id'):
    """Rows whose `key` names a row of a table for which the condition holds."""
    return f'{key} IN (SELECT held.{column} FROM {table} held WHERE {condition})'


def seen_with(above, table, key):
    """Rows of a table that belong to one that is seen by the policy of its own."""
    return f'EXISTS (SELECT FROM {above} seen WHERE seen.id = {table}.{key} OFFSET 0)'


ME = '(SELECT members_asking_member())'
OWN = f'member_id = {ME}'
RESULTS = ('retally', 'results', 'late', 'meeting')
PEOPLE = {
    'campaigns_placement': (in_reach('LEVELS'), RESULTS),
    # Whose open placement is seen by the policy of that table.
    'campaigns_participant': (
        f"""
        {OWN} OR EXISTS (
            SELECT FROM campaigns_placement placed
            WHERE placed.participant_id = campaigns_participant.id
                AND placed.until_on IS NULL
            OFFSET 0
        )
        """,
        RESULTS,
    ),
    'campaigns_latechange': (
        seen_with('campaigns_participant', 'campaigns_latechange', 'participant_id'),
        ('late',),
    ),
    'campaigns_personalextension': (
        f"unit_id IN ({REACHED.format(area=repr('CAMPAIGN'), which=WITH_ALL_BELOW)}) OR "
        + seen_with(
            'campaigns_participant', 'campaigns_personalextension', 'participant_id'
        ),
        ('retally',),
    ),
}


# docs/rules/records.md § 6. What is concluded is seen by whoever reaches the unit of the
# body or that of the subject, and by the person; what is not, by whoever keeps it.
def in_live_reach(area, unit):
    return (
        f'{unit} IN (SELECT unit.id'
        f" FROM members_reach('{area}') reach JOIN members_partyunit unit"
        ' ON unit.path >= reach.lower_path COLLATE "C"'
        ' AND unit.path < reach.upper_path COLLATE "C")'
    )


RECORD = (
    f"document <> '' AND ({OWN}"
    f" OR {in_live_reach('RECORDS', 'unit_id')}"
    f" OR {in_live_reach('RECORDS', 'subject_id')})"
    f" OR {in_live_reach('RECORDS_EDIT', 'unit_id')}"
    f' AND (member_id IS NULL OR member_id IS DISTINCT FROM {ME})'
)
RECORDS = {
    table: (RECORD, ('count',))
    for table in (
        'campaigns_inspection',
        'campaigns_discipline',
        'campaigns_commendation',
    )
}

OWN_PLACE = 'participant_id IN (SELECT campaigns_own_participants())'
STUDY_AND_PROGRAMMES = {
    'campaigns_studyattendance': (
        f'{OWN_PLACE} OR '
        + of(
            'session_id',
            'campaigns_studysession',
            in_reach('WORK_EDIT', 'held.unit_id'),
        ),
        ('retally',),
    ),
    'campaigns_essay': (f"{OWN_PLACE} OR {in_reach('WORK_EDIT')}", ('retally',)),
    'campaigns_cochair': (
        f'{OWN} OR '
        + of('programme_id', 'campaigns_programme', in_reach('WORK', 'held.unit_id')),
        (),
    ),
    'campaigns_teammember': (
        of('team_id', 'campaigns_workingteam', in_reach('WORK', 'held.unit_id'))
        + ' OR '
        + of(
            'team_id',
            'campaigns_teamvisit',
            in_reach('WORK', 'held.unit_id'),
            column='team_id',
        ),
        (),
    ),
}

KEPT = """
meeting_id IN (
    SELECT id FROM campaigns_meeting
    WHERE unit_id IN (SELECT campaigns_units_reached('WORK_EDIT'))
)
"""
READ = """
meeting_id IN (
    SELECT id FROM campaigns_meeting
    WHERE {of} (
        unit_id IN (SELECT campaigns_units_reached('WORK'))
        OR unit_id IN (SELECT campaigns_own_cells())
    )
)
"""
SPEAKS_OF_NOBODY = READ.format(of="kind NOT IN ('SELF_CRITICISM', 'REVIEW') AND")
MEETINGS = {
    'campaigns_attendance': (f'{KEPT} OR {OWN_PLACE}', ('meeting',)),
    'campaigns_meetingtask': (f'{KEPT} OR {OWN_PLACE}', ('meeting',)),
    'campaigns_meetingguest': (READ.format(of=''), ()),
    'campaigns_minutes': (
        f'{KEPT} OR signed_on IS NOT NULL AND {SPEAKS_OF_NOBODY}',
        (),
    ),
    'campaigns_minutescorrection': (
        seen_with('campaigns_minutes', 'campaigns_minutescorrection', 'minutes_id'),
        (),
    ),
    # One's own, of the meetings that one records.
    'campaigns_meetingdraft': (
        f'account_id = (SELECT members_asker()) AND {KEPT}',
        (),
    ),
}


# Texts of pledges are read by whoever reaches TEXTS where the person is placed now; what
# is being written by nobody but its author, or the cell that types it from paper.
def own(participant):
    return f'{participant} IN (SELECT campaigns_own_participants())'


def placed_in_reach(area, participant):
    return f"""
    EXISTS (
        SELECT FROM campaigns_placement placed
        WHERE placed.participant_id = {participant} AND placed.until_on IS NULL
            AND {in_reach(area, 'placed.unit_id')}
        OFFSET 0
    )
    """


def own_or_placed_in_reach(area, table):
    participant = f'{table}.participant_id'
    return f'({own(participant)} OR {placed_in_reach(area, participant)})'


AUTHOR, DRAFTER = (
    f'campaigns_{table}.participant_id' for table in ('pledge', 'pledgedraft')
)
TEXT, ITEM = 'campaigns_pledgetext', 'campaigns_pledgeitem'
PLEDGES = {
    'campaigns_pledge': (
        f"{own(AUTHOR)} OR {placed_in_reach('TEXTS', AUTHOR)}",
        ('results',),
    ),
    'campaigns_pledgedraft': (
        f'{own(DRAFTER)} OR is_on_behalf'
        f" AND {placed_in_reach('PLEDGES', DRAFTER)}",
        (),
    ),
    TEXT: (seen_with('campaigns_pledge', TEXT, 'pledge_id'), ('results', 'look_up')),
    'campaigns_pledgeanswer': (
        seen_with(TEXT, 'campaigns_pledgeanswer', 'text_id'),
        ('results',),
    ),
    ITEM: (seen_with(TEXT, ITEM, 'sent_id'), ('results',)),
    'campaigns_pledgecheck': (
        seen_with(ITEM, 'campaigns_pledgecheck', 'item_id'),
        ('results',),
    ),
}

# One's own, and of people those whose pledges one keeps.
REMINDERS = {
    'campaigns_reminder': (
        'account_id = (SELECT members_asker())'
        f' OR {OWN_PLACE}'
        ' OR participant_id IS NOT NULL'
        " AND unit_id IN (SELECT campaigns_units_reached('PLEDGES'))",
        ('remind',),
    ),
    'campaigns_digest': ('account_id = (SELECT members_asker())', ('remind',)),
}


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0001_campaigns'),
        ('members', '0003_row_security'),
    ]

    operations = [
        OnPostgreSQL([FUNCTIONS], [DROP_FUNCTIONS]),
        LockRows(PEOPLE),
        LockRows(RECORDS),
        LockRows(STUDY_AND_PROGRAMMES),
        LockRows(MEETINGS),
        LockRows(PLEDGES),
        LockRows(REMINDERS),
    ]
