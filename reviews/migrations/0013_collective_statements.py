from importlib import import_module

import django.db.models.deletion
import members.fields
from django.conf import settings
from django.db import migrations, models

from members.migration_operations import CreateModels, LockRows


# Seen with the turn, or the text, that they are about.
seen_with = import_module('campaigns.migrations.0002_row_security').seen_with


OF_PERSONS = 'reviews_selfreviewstatement'
OF_COLLECTIVES = 'reviews_collectivereportstatement'
POLICIES = {
    OF_PERSONS: (seen_with('reviews_reviewoccasion', OF_PERSONS, 'occasion_id'), ()),
    OF_COLLECTIVES: (
        seen_with('reviews_collectivereporttext', OF_COLLECTIVES, 'text_id'),
        (),
    ),
}


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0004_collective_report_state'),
        ('reviews', '0012_collective_turns'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels([
        migrations.CreateModel(
            name='CollectiveReportStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meets', models.BooleanField(verbose_name='meets the requirements')),
                ('leaves_out', members.fields.NFCField(blank=True, max_length=1000, verbose_name='what it leaves out')),
                ('again_on', models.DateField(null=True, verbose_name='done again on')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('suggestion', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reviews.collectivesuggestion')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.collectivereporttext')),
            ],
            options={
                'verbose_name': 'statement on a collective report',
                'ordering': ('at', 'pk'),
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('again_on', None), ('leaves_out', ''), ('meets', True), ('suggestion', None)), models.Q(('again_on__isnull', False), ('meets', False), models.Q(('suggestion__isnull', False), models.Q(('leaves_out', ''), _negated=True), _connector='OR')), _connector='OR'), name='collectivereportstatement_names_what_is_left_out')],
            },
        ),
        migrations.CreateModel(
            name='SelfReviewStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meets', models.BooleanField(verbose_name='meets the requirements')),
                ('leaves_out', members.fields.NFCField(blank=True, max_length=1000, verbose_name='what it leaves out')),
                ('again_on', models.DateField(null=True, verbose_name='done again on')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.meeting')),
                ('occasion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.reviewoccasion')),
                ('suggestion', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reviews.reviewsuggestion')),
            ],
            options={
                'verbose_name': 'statement on a self-review',
                'ordering': ('at', 'pk'),
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('again_on', None), ('leaves_out', ''), ('meets', True), ('suggestion', None)), models.Q(('again_on__isnull', False), ('meets', False), models.Q(('suggestion__isnull', False), models.Q(('leaves_out', ''), _negated=True), _connector='OR')), _connector='OR'), name='selfreviewstatement_names_what_is_left_out')],
            },
        ),
    ]),
        LockRows(POLICIES),
    ]
