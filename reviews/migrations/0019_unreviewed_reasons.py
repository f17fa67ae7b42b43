from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import members.fields
from members.migration_operations import LockRows

# docs/rules/decisions.md § 6: one's own, and those of whom one sees the level.
own_or_placed_in_reach = import_module(
    'campaigns.migrations.0002_row_security'
).own_or_placed_in_reach
decided = import_module('reviews.migrations.0016_texts_by_decider').decided
TABLE = 'reviews_unreviewedreason'
SEEN = f"({own_or_placed_in_reach('LEVELS', TABLE)}) OR {decided('LEVELS')}"


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0009_departures'),
        ('reviews', '0018_opinions_by_decider'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='UnreviewedReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', members.fields.ByteOrderField(max_length=40)),
                ('recorded_at', models.DateTimeField()),
                ('participant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.participant')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'reason why somebody is not reviewed',
            },
        ),
        LockRows({TABLE: (SEEN, ())}),
    ]
