from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0003_attachments_scanned'),
    ]

    operations = [
        migrations.AddField(
            model_name='campaignbody',
            name='report_state',
            field=models.CharField(choices=[('NONE', 'not begun'), ('DRAFT', 'being written'), ('SENT', 'sent up'), ('RETURNED', 'returned for completion'), ('ACCEPTED', 'accepted by the level above')], default='NONE', max_length=10),
        ),
        migrations.AlterField(
            model_name='draft',
            name='kind',
            field=models.CharField(choices=[('PLAN', 'Plan'), ('PROGRAMME', 'Action programme'), ('CRITERIA', 'Criteria'), ('REPORT', 'Collective report')], max_length=10, verbose_name='kind'),
        ),
    ]
