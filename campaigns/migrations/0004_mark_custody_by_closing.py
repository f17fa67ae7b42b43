from django.db import migrations
from django.db.models import Exists, F, OuterRef


def mark(apps, schema_editor):
    """Mark what did not come by one merger alone.

    Of two mergers in a row the first can no longer be told from a closing here: such
    rows stay with those who see all below the custodian.
    """
    merged = apps.get_model('members', 'UnitSuccession').objects.filter(
        predecessor=OuterRef('live_unit'), successor=OuterRef('custodian')
    )
    units = apps.get_model('campaigns', 'CampaignUnit').objects
    handed_over = units.exclude(custodian=F('live_unit'))
    handed_over.exclude(Exists(merged)).update(custody_by_closing=True)


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0003_custody_by_closing'),
        ('members', '0002_codes_in_any_spelling'),
    ]

    operations = [
        migrations.RunPython(mark, migrations.RunPython.noop, elidable=True),
    ]
