from django.db import migrations, models
from django.db.models import Q

import members.fields


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0005_pledges_confirmed_on'),
    ]

    operations = [
        migrations.AddField(
            model_name='minutes',
            name='paper',
            field=members.fields.NFCField(blank=True, default='', max_length=255, verbose_name='minutes on paper: number, where they are kept'),
        ),
        migrations.RemoveConstraint(
            model_name='minutes',
            name='minutes_signed_are_complete',
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_on__isnull=True)
                | Q(signed_on__isnull=False, signed_at__isnull=False)
                & ~Q(chair='')
                & ~Q(recorder='')
                & ~Q(conclusion='', paper=''),
                name='minutes_signed_are_complete',
            ),
        ),
    ]
