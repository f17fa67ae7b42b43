from django.db import migrations

SEEN = """
    (SELECT members_asks_for('command', 'import', 'act', 'job')) OR within_id IN (
        SELECT unit.id
        FROM members_reach('IMPORT') reach
        JOIN members_partyunit unit
            ON unit.path >= reach.lower_path COLLATE "C"
            AND unit.path < reach.upper_path COLLATE "C"
    )
"""


def close(apps, schema_editor):
    if schema_editor.connection.vendor != 'postgresql':
        return
    for statement in (
        'ALTER TABLE reviews_resultsimport ENABLE ROW LEVEL SECURITY',
        'ALTER TABLE reviews_resultsimport FORCE ROW LEVEL SECURITY',
        'CREATE POLICY reviews_resultsimport_seen ON reviews_resultsimport'
        f' USING ({SEEN})',
    ):
        schema_editor.execute(statement, params=None)


def open_again(apps, schema_editor):
    if schema_editor.connection.vendor != 'postgresql':
        return
    for statement in (
        'DROP POLICY reviews_resultsimport_seen ON reviews_resultsimport',
        'ALTER TABLE reviews_resultsimport NO FORCE ROW LEVEL SECURITY',
        'ALTER TABLE reviews_resultsimport DISABLE ROW LEVEL SECURITY',
    ):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0001_results'),
        ('members', '0016_row_security'),
    ]

    operations = [
        migrations.RunPython(close, open_again),
    ]
