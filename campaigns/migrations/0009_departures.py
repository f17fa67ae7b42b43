from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import members.fields
from members.migration_operations import LockRows

# docs/rules/records.md § 6: as the other records.
RECORDS = import_module('campaigns.migrations.0002_row_security').RECORDS


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0008_peak_days_at_meetings'),
        ('members', '0003_row_security'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Departure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', members.fields.ByteOrderField(max_length=40, verbose_name='Which body')),
                ('on', models.DateField(verbose_name='Day')),
                ('document', members.fields.NFCField(blank=True, default='', max_length=255, verbose_name='Document')),
                ('recorded_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', members.fields.ByteOrderField(max_length=40, verbose_name='What was decided')),
                ('ground', members.fields.ByteOrderField(max_length=40, verbose_name='Ground')),
                ('post', members.fields.NFCField(max_length=255, verbose_name='Post')),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
            ],
            options={
                'verbose_name': 'decision on leaving a post',
                'abstract': False,
                'indexes': [models.Index(fields=['unit', 'on'], name='departure_unit_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('document', ''), _negated=True), name='departure_stands_on_a_document'), models.CheckConstraint(condition=models.Q(('member__isnull', False)), name='departure_is_of_a_member')],
            },
        ),
        LockRows({'campaigns_departure': RECORDS['campaigns_discipline']}),
    ]
