from django.db import migrations

from members.migration_operations import LockRows

SEEN = """
within_id IN (
    SELECT unit.id
    FROM members_reach('IMPORT') reach
    JOIN members_partyunit unit
        ON unit.path >= reach.lower_path COLLATE "C"
        AND unit.path < reach.upper_path COLLATE "C"
)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0001_results'),
        ('members', '0003_row_security'),
    ]

    operations = [
        LockRows({'reviews_resultsimport': (SEEN, ('job',))}),
    ]
