from importlib import import_module

import django.db.models.deletion
import members.fields
from django.db import migrations, models

from members.migration_operations import ChangeLocks, LockRows

BODY_KEPT = """
body_id IN (
    SELECT id FROM campaigns_campaignbody
    WHERE unit_id IN (SELECT campaigns_units_reached('WORK_EDIT'))
)
"""
OWN_PLACE = 'participant_id IN (SELECT campaigns_own_participants())'
# Whoever reads the texts of a person, as 0003_self_reviews has it.
TEXTS_READ = import_module('campaigns.migrations.0002_row_security').placed_in_reach(
    'TEXTS', 'reviews_reviewoccasion.participant_id'
)
BEFORE = f'{BODY_KEPT} OR {OWN_PLACE}'
OCCASIONS = 'reviews_reviewoccasion'
# Published with the review; before, only whoever keeps the meeting reads them.
REMARK_SEEN = f"""
EXISTS (
    SELECT FROM reviews_reviewoccasion seen
    WHERE seen.id = reviews_remark.occasion_id
        AND (seen.state = 'REVIEWED' OR seen.{BODY_KEPT.strip()})
    OFFSET 0
)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0007_decisions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('REMARK', 'Remark'), ('ANSWER', 'Answer of the person'), ('COMMENT', 'Comment of the committee'), ('REPLY', 'Reply in writing')], default='REMARK', max_length=10)),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('text', models.TextField()),
                ('critic', members.fields.NFCField(blank=True, default='', max_length=255, verbose_name='who said it')),
                ('at', models.DateTimeField(null=True)),
                ('occasion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.reviewoccasion')),
            ],
            options={
                'verbose_name': 'remark',
                'ordering': ('occasion', 'position', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('occasion', 'kind', 'position'), name='remark_in_one_place'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='remark_says_something'), models.CheckConstraint(condition=models.Q(('critic', ''), ('kind', 'REMARK'), _connector='OR'), name='remark_critic_only_of_a_remark'), models.CheckConstraint(condition=models.Q(models.Q(('at__isnull', False), ('kind', 'REPLY')), models.Q(models.Q(('kind', 'REPLY'), _negated=True), ('at__isnull', True)), _connector='OR'), name='remark_reply_has_its_moment'), models.CheckConstraint(condition=models.Q(('position', 1), models.Q(('kind__in', ['ANSWER', 'COMMENT']), _negated=True), _connector='OR'), name='remark_one_answer_and_one_comment')],
            },
        ),
        ChangeLocks(
            {OCCASIONS: (f"{BEFORE} OR state = 'REVIEWED' AND {TEXTS_READ}", ('meeting',))},
            before={OCCASIONS: (BEFORE, ('meeting',))},
        ),
        LockRows({'reviews_remark': (REMARK_SEEN, ())}),
    ]
