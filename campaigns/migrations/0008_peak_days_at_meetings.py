import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0007_programme_items_on_paper'),
    ]

    operations = [
        migrations.AddField(
            model_name='peakday',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.meeting', verbose_name='meeting at which it was held'),
        ),
        migrations.AddConstraint(
            model_name='peakday',
            constraint=models.CheckConstraint(
                condition=Q(meeting__isnull=True)
                | Q(is_held=True, attendance__isnull=True),
                name='peakday_at_a_meeting_was_held',
            ),
        ),
    ]
