from django.db import migrations

KEPT = ('members_event', 'members_logseal', 'members_sealedhead')
HEADS = 'members_loghead'


def protect(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor][0]:
        schema_editor.execute(statement, params=None)


def unprotect(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor][1]:
        schema_editor.execute(statement, params=None)


FUNCTION = """
CREATE FUNCTION members_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The log is append-only: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$
"""


def of_postgresql(table, act):
    name = f"{table}_no_{act.split()[0].lower()}"
    return [
        f'CREATE TRIGGER {name} BEFORE {act} ON {table}'
        ' FOR EACH STATEMENT EXECUTE FUNCTION members_refuse_change()',
        # Also in a session that plays back a replica, where others are silent.
        f'ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}',
    ]


def of_sqlite(table, act):
    return [
        f'CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN'
        f" SELECT RAISE(ABORT, 'The log is append-only: {act} on {table} is refused.');"
        ' END'
    ]


STATEMENTS = {
    'postgresql': (
        [
            FUNCTION,
            *(
                statement
                for table in KEPT
                for act in ('UPDATE OR DELETE', 'TRUNCATE')
                for statement in of_postgresql(table, act)
            ),
            *of_postgresql(HEADS, 'DELETE'),
            *of_postgresql(HEADS, 'TRUNCATE'),
        ],
        ['DROP FUNCTION members_refuse_change() CASCADE'],
    ),
    'sqlite': (
        [
            *(
                statement
                for table in KEPT
                for act in ('UPDATE', 'DELETE')
                for statement in of_sqlite(table, act)
            ),
            *of_sqlite(HEADS, 'DELETE'),
        ],
        [
            *(
                f'DROP TRIGGER {table}_no_{act}'
                for table in KEPT
                for act in ('update', 'delete')
            ),
            f'DROP TRIGGER {HEADS}_no_delete',
        ],
    ),
}


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0001_registry'),
    ]

    operations = [
        migrations.RunPython(protect, unprotect),
    ]
