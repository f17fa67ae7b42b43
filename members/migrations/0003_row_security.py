from django.db import migrations

from members.migration_operations import LockRows, LockWrites, OnPostgreSQL

# The rows of docs/policy.md § 3 that reach anything, and the tier of each kind of unit.
# Written out once more, on purpose: this is the second lock, and shares nothing with
# the first. tests/members/test_row_security.py holds that both say the same.
FUNCTIONS = r"""
CREATE FUNCTION members_policy() RETURNS TABLE (standing text, area text, reach text)
LANGUAGE sql IMMUTABLE AS $$ VALUES
    ('CELL_COMMITTEE', 'FIGURES', 'UNIT'),
    ('CELL_COMMITTEE', 'ROLL', 'UNIT'),
    ('CELL_COMMITTEE', 'ROLL_EDIT', 'UNIT'),
    ('CELL_COMMITTEE', 'LEVELS', 'UNIT'),
    ('CELL_COMMITTEE', 'TEXTS', 'UNIT'),
    ('CELL_COMMITTEE', 'BALLOTS', 'UNIT'),
    ('CELL_COMMITTEE', 'ACCOUNTS', 'UNIT'),
    ('CELL_COMMITTEE', 'PROGRESS', 'UNIT'),
    ('CELL_COMMITTEE', 'WORK', 'UNIT'),
    ('CELL_COMMITTEE', 'WORK_EDIT', 'UNIT'),
    ('CELL_COMMITTEE', 'PLEDGES', 'UNIT'),
    ('CELL_COMMITTEE', 'RECORDS', 'UNIT'),
    ('CELL_COMMITTEE', 'RECORDS_EDIT', 'UNIT'),
    ('GRASSROOTS_COMMITTEE', 'FIGURES', 'SUBTREE'),
    ('GRASSROOTS_COMMITTEE', 'ROLL', 'SUBTREE'),
    ('GRASSROOTS_COMMITTEE', 'LEVELS', 'SUBTREE'),
    ('GRASSROOTS_COMMITTEE', 'BALLOTS', 'SUBTREE'),
    ('GRASSROOTS_COMMITTEE', 'PROGRESS', 'SUBTREE'),
    ('GRASSROOTS_COMMITTEE', 'CAMPAIGN', 'SUBTREE'),
    ('GRASSROOTS_COMMITTEE', 'WORK', 'SUBTREE'),
    ('GRASSROOTS_COMMITTEE', 'WORK_EDIT', 'UNIT'),
    ('GRASSROOTS_COMMITTEE', 'RECORDS', 'SUBTREE'),
    ('GRASSROOTS_COMMITTEE', 'RECORDS_EDIT', 'UNIT'),
    ('UPPER_COMMITTEE', 'FIGURES', 'SUBTREE'),
    ('UPPER_COMMITTEE', 'PROGRESS', 'SUBTREE'),
    ('UPPER_COMMITTEE', 'CAMPAIGN', 'SUBTREE'),
    ('UPPER_COMMITTEE', 'WORK', 'SUBTREE'),
    ('UPPER_COMMITTEE', 'WORK_EDIT', 'UNIT'),
    ('UPPER_COMMITTEE', 'RECORDS', 'SUBTREE'),
    ('UPPER_COMMITTEE', 'RECORDS_EDIT', 'UNIT'),
    ('CLERK', 'FIGURES', 'SUBTREE'),
    ('CLERK', 'ROLL', 'SUBTREE'),
    ('CLERK', 'ROLL_EDIT', 'SUBTREE'),
    ('CLERK', 'ROLL_IMPORT', 'SUBTREE'),
    ('CLERK', 'POSTS', 'SUBTREE'),
    ('CLERK', 'IMPORT', 'SUBTREE'),
    ('CLERK', 'ACCOUNTS', 'SUBTREE'),
    ('CLERK', 'UNITS', 'SUBTREE'),
    ('CLERK', 'PROGRESS', 'SUBTREE'),
    ('CLERK', 'CAMPAIGN', 'SUBTREE'),
    ('CLERK', 'WORK', 'SUBTREE'),
    ('CLERK', 'WORK_EDIT', 'UNIT'),
    ('CLERK', 'RECORDS', 'SUBTREE'),
    ('CLERK', 'RECORDS_EDIT', 'SUBTREE'),
    ('ORGANISATION_DEPARTMENT', 'FIGURES', 'SUBTREE'),
    ('ORGANISATION_DEPARTMENT', 'PROGRESS', 'SUBTREE'),
    ('ORGANISATION_DEPARTMENT', 'WORK', 'SUBTREE'),
    ('ORGANISATION_DEPARTMENT', 'RECORDS', 'SUBTREE'),
    ('ORGANISATION_DEPARTMENT', 'RECORDS_EDIT', 'UNIT'),
    ('PROPAGANDA_DEPARTMENT', 'PROGRESS', 'SUBTREE'),
    ('INSPECTION_COMMISSION', 'FIGURES', 'SUBTREE'),
    ('INSPECTION_COMMISSION', 'PROGRESS', 'SUBTREE'),
    ('INSPECTION_COMMISSION', 'WORK', 'SUBTREE'),
    ('INSPECTION_COMMISSION', 'RECORDS', 'SUBTREE'),
    ('INSPECTION_COMMISSION', 'RECORDS_EDIT', 'UNIT'),
    ('WORKING_TEAM', 'FIGURES', 'UNIT'),
    ('WORKING_TEAM', 'PROGRESS', 'UNIT'),
    ('WORKING_TEAM', 'WORK', 'UNIT')
$$;

CREATE FUNCTION members_tiers() RETURNS TABLE (kind text, tier text)
LANGUAGE sql IMMUTABLE AS $$ VALUES
    ('CENTRAL', 'UPPER'),
    ('PROVINCE', 'UPPER'),
    ('DISTRICT', 'UPPER'),
    ('BLOC', 'UPPER'),
    ('COMMUNE', 'UPPER'),
    ('WARD', 'UPPER'),
    ('SPECIAL_ZONE', 'UPPER'),
    ('SUPERIOR', 'UPPER'),
    ('GRASSROOTS_COMMITTEE', 'GRASSROOTS'),
    ('SUB_GRASSROOTS', 'GRASSROOTS'),
    ('SECTIONAL', 'GRASSROOTS'),
    ('GRASSROOTS_CELL', 'CELL'),
    ('CELL', 'CELL')
$$;

-- What `config.postgresql` told: as whom, and for which purpose.
CREATE FUNCTION members_asker() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('tusoi.account', true), '')::bigint
$$;

CREATE FUNCTION members_asks_for(VARIADIC purposes text[]) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT coalesce(current_setting('tusoi.purpose', true) = ANY(purposes), false)
$$;

-- In plpgsql, as all that policies ask again and again: it keeps its plans.
CREATE FUNCTION members_asking_member() RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
    RETURN (
        SELECT member_id FROM members_account WHERE id = members_asker() AND is_active
    );
END $$;

-- The posts in force of who asks, each with the standing that it gives. While it reads
-- them posts are open to it: their own policy asks this function. Only a superuser could
-- could write that as `SET tusoi.purpose` of the function.
CREATE FUNCTION members_posts_in_force()
RETURNS TABLE (unit_id bigint, path text, standing text)
LANGUAGE plpgsql STABLE ROWS 2 SET search_path FROM CURRENT AS $$
DECLARE
    purpose text := coalesce(current_setting('tusoi.purpose', true), '');
    who members_account;
    today date := (clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
BEGIN
    SELECT * INTO who FROM members_account
        WHERE id = members_asker() AND is_active AND NOT is_technical;
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
        WHERE (post.account_id = who.id OR post.member_id = who.member_id)
            AND post.ended_at IS NULL
            AND post.from_on <= today
            AND (post.ends_on IS NULL OR post.ends_on >= today);
    PERFORM set_config('tusoi.purpose', purpose, true);
END $$;

-- The ranges of paths that these posts reach in an area. A unit alone is the range that
-- ends before its first child: paths go on in digits, ':' follows '9'.
CREATE FUNCTION members_reach(asked text) RETURNS TABLE (lower_path text, upper_path text)
LANGUAGE plpgsql STABLE ROWS 2 SET search_path FROM CURRENT AS $$
BEGIN
    RETURN QUERY
        SELECT post.path,
            post.path || CASE policy.reach WHEN 'SUBTREE' THEN ':' ELSE '0' END
        FROM members_posts_in_force() post
        JOIN members_policy() policy
            ON policy.area = asked AND policy.standing = post.standing;
END $$;

-- Only who owns a table may count it.
CREATE FUNCTION members_refresh_statistics(written text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    EXECUTE format('ANALYZE %I', written);
END $$;
"""

DROP_FUNCTIONS = """
DROP FUNCTION members_refresh_statistics(text);
DROP FUNCTION members_reach(text);
DROP FUNCTION members_posts_in_force();
DROP FUNCTION members_asking_member();
DROP FUNCTION members_asks_for(text[]);
DROP FUNCTION members_asker();
DROP FUNCTION members_tiers();
DROP FUNCTION members_policy();
"""


def in_reach(area, unit):
    # One look-up in a hash for each row; EXISTS, which the planner takes for dearer
    # than it is, made it read whole tables.
    return (
        f'{unit} IN (SELECT unit.id'
        f" FROM members_reach('{area}') reach JOIN members_partyunit unit"
        ' ON unit.path >= reach.lower_path COLLATE "C"'
        ' AND unit.path < reach.upper_path COLLATE "C")'
    )


# Units whose unit above is reached with all below it.
BELOW_FIGURES = (
    'unit_id IN (SELECT unit.id'
    " FROM members_reach('FIGURES') reach JOIN members_partyunit above"
    ' ON above.path >= reach.lower_path COLLATE "C"'
    ' AND above.path < reach.upper_path COLLATE "C"'
    ' JOIN members_partyunit unit ON unit.parent_id = above.id'
    " WHERE right(reach.upper_path, 1) = ':')"
)
OWN = 'member_id = (SELECT members_asking_member())'
OWN_ACCOUNT = 'account_id = (SELECT members_asker())'
# Table: whose rows are seen, and the purposes that open them beside those of all.
POLICIES = {
    'members_member': (
        'id = (SELECT members_asking_member())'
        # Whose membership is seen by the policy of that table. The OFFSET makes each
        # person be looked up by the index, never all hashed at once.
        ' OR EXISTS (SELECT FROM members_membership belongs'
        ' WHERE belongs.member_id = members_member.id AND belongs.until_on IS NULL'
        ' OFFSET 0)',
        ('record', 'holders', 'look_up', 'coming_in', 'results', 'late', 'count'),
    ),
    # A page of fifty asks of fifty units whether they lie in reach; it does not list
    # all units of a province first, twice in each query.
    'members_membership': (
        f'{OWN} OR EXISTS (SELECT FROM members_partyunit unit'
        " JOIN members_reach('ROLL') reach"
        ' ON unit.path >= reach.lower_path COLLATE "C"'
        ' AND unit.path < reach.upper_path COLLATE "C"'
        ' WHERE unit.id = members_membership.unit_id OFFSET 0)',
        ('record', 'look_up', 'coming_in', 'late', 'count'),
    ),
    # Which number has which word: names only beside the row of the person, and asked
    # once for each "nguyen" of a province.
    'members_nameword': ('(SELECT members_asker()) IS NOT NULL', ()),
    'members_activitypause': (
        'EXISTS (SELECT FROM members_member seen'
        ' WHERE seen.id = members_activitypause.member_id OFFSET 0)',
        ('record',),
    ),
    'members_transfer': (
        f"{OWN} OR {in_reach('ROLL', 'source_id')} OR {in_reach('ROLL', 'target_id')}",
        ('record', 'look_up'),
    ),
    'members_post': (
        f"{OWN} OR {OWN_ACCOUNT}"
        f" OR {in_reach('FIGURES', 'unit_id')}",
        ('record', 'holders', 'look_up', 'coming_in', 'reach', 'results'),
    ),
    'members_event': (
        f"{OWN} OR {OWN_ACCOUNT}"
        f" OR {in_reach('FIGURES', 'unit_id')}",
        ('record', 'log'),
    ),
    'members_accountsession': (OWN_ACCOUNT, ('coming_in', 'upkeep')),
    # Who comes in shows them before anybody is known; who prints a card writes it.
    'members_codecard': (OWN_ACCOUNT, ('coming_in', 'upkeep')),
    'members_authenticator': (OWN_ACCOUNT, ('coming_in',)),
    'members_passkey': (OWN_ACCOUNT, ('coming_in',)),
    'members_oidclink': (OWN_ACCOUNT, ('coming_in',)),
    'members_slip': ('false', ('coming_in', 'upkeep')),
    'members_formreceipt': (OWN_ACCOUNT, ()),
    'members_rollimport': (in_reach('ROLL_IMPORT', 'within_id'), ('job', 'upkeep')),
    'members_correctionrequest': (
        f"{OWN} OR EXISTS (SELECT FROM members_membership belongs"
        ' WHERE belongs.member_id = members_correctionrequest.member_id'
        " AND belongs.until_on IS NULL AND belongs.kind = 'OFFICIAL'"
        f" AND {in_reach('ROLL_EDIT', 'belongs.unit_id')} OFFSET 0)",
        (),
    ),
    # The person sees what was read and is not withheld any more.
    'members_reasonedreading': (
        f"{OWN_ACCOUNT} OR {OWN} AND opened_at IS NOT NULL AND shown_from <="
        " (clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
        ' OR is_inspection AND unit_id IN (SELECT post.unit_id'
        ' FROM members_posts_in_force() post'
        " WHERE post.standing = 'INSPECTION_COMMISSION')"
        f" OR {BELOW_FIGURES}",
        (),
    ),
    # Whom a division gives away, by number: names only beside the row of the person.
    # Who discards a draft deletes them all.
    'members_unitpart': ('(SELECT members_asker()) IS NOT NULL', ()),
}
# Names of accounts stand beside the acts of their holders, for whoever sees these; who
# comes in is found by name. Nobody changes an account but its owner and who lets in.
ACCOUNTS_SEEN = (
    '(SELECT members_asker()) IS NOT NULL',
    ('coming_in', 'remind', 'retally', 'holders', 'job', 'upkeep'),
)
ACCOUNTS_CHANGED = ('id = (SELECT members_asker())', ('coming_in',))


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0002_append_only_log'),
    ]

    operations = [
        OnPostgreSQL([FUNCTIONS], [DROP_FUNCTIONS]),
        LockRows(POLICIES),
        LockWrites('members_account', seen=ACCOUNTS_SEEN, changed=ACCOUNTS_CHANGED),
    ]
