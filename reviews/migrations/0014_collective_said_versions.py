from importlib import import_module

import django.db.models.deletion
import members.fields
from django.conf import settings
from django.db import migrations, models

from members.migration_operations import CreateModels, LockRows


# Seen with the turn that they are of.
seen_with = import_module('campaigns.migrations.0002_row_security').seen_with


OF_PERSONS, OF_COLLECTIVES = 'reviews_saidversion', 'reviews_collectivesaidversion'
POLICIES = {
    OF_PERSONS: (seen_with('reviews_reviewoccasion', OF_PERSONS, 'occasion_id'), ()),
    OF_COLLECTIVES: (
        seen_with('reviews_collectiveturn', OF_COLLECTIVES, 'turn_id'),
        (),
    ),
}


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0013_collective_statements'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels([
        migrations.CreateModel(
            name='CollectiveSaidVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('remarks', models.JSONField(default=list)),
                ('answer', models.TextField(blank=True, default='')),
                ('comment', models.TextField(blank=True, default='')),
                ('reason', members.fields.NFCField(max_length=500, verbose_name='why it is corrected')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('turn', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.collectiveturn')),
            ],
            options={
                'verbose_name': 'earlier version of what was said of a collective',
                'ordering': ('number',),
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('turn', 'number'), name='collectivesaidversion_numbered_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='collectivesaidversion_says_why')],
            },
        ),
        migrations.CreateModel(
            name='SaidVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('remarks', models.JSONField(default=list)),
                ('answer', models.TextField(blank=True, default='')),
                ('comment', models.TextField(blank=True, default='')),
                ('reason', members.fields.NFCField(max_length=500, verbose_name='why it is corrected')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('occasion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.reviewoccasion')),
            ],
            options={
                'verbose_name': 'earlier version of what was said',
                'ordering': ('number',),
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('occasion', 'number'), name='saidversion_numbered_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='saidversion_says_why')],
            },
        ),
    ]),
        LockRows(POLICIES),
    ]
