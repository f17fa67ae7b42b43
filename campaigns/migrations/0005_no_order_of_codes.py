from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0004_mark_custody_by_closing'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='campaignunit',
            name='code_order',
        ),
    ]
