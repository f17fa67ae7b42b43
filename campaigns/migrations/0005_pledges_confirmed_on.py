from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0004_collective_report_state'),
    ]

    operations = [
        migrations.AddField(
            model_name='participant',
            name='pledge_confirmed_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='tally',
            name='pledge_confirmed_from',
            field=models.DateField(null=True),
        ),
    ]
