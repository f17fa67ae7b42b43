from django.core.management.base import CommandError
from django.db import migrations, models

import members.fields
from members.names import fold


BATCH = 400  # two parameters each; some builds of SQLite take 999


def fill_keys(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for name in ('PartyUnit', 'Member'):
            table = apps.get_model('members', name)._meta.db_table
            cursor.execute(f'SELECT id, code FROM {table} ORDER BY id')
            codes = cursor.fetchall()
            refuse_same(table, [code for _, code in codes])
            for start in range(0, len(codes), BATCH):
                fill(cursor, table, codes[start : start + BATCH])


def fill(cursor, table, codes):
    given = ', '.join(['(%s, %s)'] * len(codes))
    cursor.execute(
        f'UPDATE {table} SET code_key = column2 FROM (VALUES {given}) AS given'
        f' WHERE {table}.id = column1',
        [value for pk, code in codes for value in (pk, fold(code))],
    )


def refuse_same(table, codes):
    code_of = {}
    for code in codes:
        first = code_of.setdefault(fold(code), code)
        if first != code:
            raise CommandError(
                f'Two rows of {table} have codes that differ only in case, accents or '
                f'blanks: “{first}” and “{code}”. Change one of them, then migrate again.'
            )


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0001_registry'),
    ]

    operations = [
        migrations.AddField(
            model_name='partyunit',
            name='code_key',
            field=members.fields.CodeKeyField(default='', editable=False, max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='member',
            name='code_key',
            field=members.fields.CodeKeyField(default='', editable=False, max_length=120),
            preserve_default=False,
        ),
        migrations.RunPython(fill_keys, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint(
            model_name='partyunit',
            name='partyunit_code_once',
        ),
        migrations.RemoveConstraint(
            model_name='member',
            name='member_code_once',
        ),
        migrations.AddConstraint(
            model_name='partyunit',
            constraint=models.UniqueConstraint(fields=('code_key',), name='partyunit_code_once', violation_error_message='This unit code is taken.'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(fields=('code_key',), name='member_code_once', violation_error_message='This member code is taken.'),
        ),
    ]
