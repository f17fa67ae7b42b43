from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0002_campaign_codes_in_any_case'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='campaignunit',
            name='code_order',
        ),
    ]
