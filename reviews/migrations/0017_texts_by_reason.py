from importlib import import_module

from django.db import migrations

from members.migration_operations import ChangeLocks


# What is read of somebody for a stated reason, once the reading is on record: the rows
# are seen as before, and for this purpose as well. No draft is among them.
def before(migration, name, *tables):
    """The locks as an earlier migration, which is never changed, has them."""
    found = getattr(import_module(migration), name)
    policies = found() if callable(found) else found
    return {table: policies[table] for table in tables}


BEFORE = {
    **before(
        'reviews.migrations.0016_texts_by_decider',
        'SINCE',
        'campaigns_placement',
        'campaigns_participant',
        'campaigns_pledge',
        'reviews_selfreview',
        'reviews_reviewsuggestion',
        'reviews_reviewoccasion',
    ),
    **before(
        'campaigns.migrations.0002_row_security',
        'PLEDGES',
        'campaigns_pledgetext',
        'campaigns_pledgeanswer',
        'campaigns_pledgeitem',
        'campaigns_pledgecheck',
    ),
    **before(
        'reviews.migrations.0003_self_reviews',
        'policies',
        'reviews_selfreviewtext',
        'reviews_selfreviewanswer',
    ),
    'reviews_remark': (
        import_module('reviews.migrations.0008_remarks').REMARK_SEEN,
        (),
    ),
    **before(
        'reviews.migrations.0010_remediation',
        'POLICIES',
        'reviews_remediationplan',
        'reviews_remediationitem',
        'reviews_remediationcheck',
    ),
    **before(
        'reviews.migrations.0013_collective_statements',
        'POLICIES',
        'reviews_selfreviewstatement',
    ),
    **before(
        'reviews.migrations.0014_collective_said_versions',
        'POLICIES',
        'reviews_saidversion',
    ),
    **before('members.migrations.0003_row_security', 'POLICIES', 'members_membership'),
}
SINCE = {
    table: (seen, (*purposes, 'reason')) for table, (seen, purposes) in BEFORE.items()
}


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0007_authority_held'),
        ('reviews', '0016_texts_by_decider'),
    ]

    operations = [
        ChangeLocks(SINCE, before=BEFORE),
    ]
