import django.db.models.deletion
import members.fields
from django.db import migrations, models

from members.migration_operations import CreateModels, LockRows

# Kept by whoever records the meeting; once recorded, read as the report of the body is.
BODY_OF = 'body_id IN (SELECT id FROM campaigns_campaignbody WHERE {which})'
KEPT = BODY_OF.format(which="unit_id IN (SELECT campaigns_units_reached('WORK_EDIT'))")
READ = BODY_OF.format(
    which="unit_id IN (SELECT campaigns_units_reached('WORK'))"
    ' OR unit_id IN (SELECT campaigns_own_cells())'
)
TURN = 'reviews_collectiveturn'
POLICIES = {
    TURN: (f'({KEPT} OR is_recorded AND {READ})', ()),
    'reviews_collectiveremark': (
        f'EXISTS (SELECT FROM {TURN} seen'
        ' WHERE seen.id = reviews_collectiveremark.turn_id OFFSET 0)',
        (),
    ),
}


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0004_collective_report_state'),
        ('reviews', '0011_collective_reports'),
    ]

    operations = [CreateModels([
        migrations.CreateModel(
            name='CollectiveTurn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_recorded', models.BooleanField(default=False)),
                ('remarks_made', models.PositiveSmallIntegerField(default=0, verbose_name='remarks made')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.campaignbody')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.meeting')),
            ],
            options={
                'verbose_name': 'review of a collective',
            },
        ),
        migrations.CreateModel(
            name='CollectiveRemark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('REMARK', 'Remark'), ('ANSWER', 'Answer of the collective'), ('COMMENT', 'Conclusion of the chair')], default='REMARK', max_length=10)),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('text', models.TextField()),
                ('critic', members.fields.NFCField(blank=True, default='', max_length=255, verbose_name='who said it')),
                ('turn', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.collectiveturn')),
            ],
            options={
                'verbose_name': 'remark on a collective',
                'ordering': ('turn', 'position', 'pk'),
            },
        ),
        migrations.AddConstraint(
            model_name='collectiveturn',
            constraint=models.UniqueConstraint(fields=('body', 'meeting'), name='collectiveturn_once_a_meeting'),
        ),
        migrations.AddConstraint(
            model_name='collectiveremark',
            constraint=models.UniqueConstraint(fields=('turn', 'kind', 'position'), name='collectiveremark_in_one_place'),
        ),
        migrations.AddConstraint(
            model_name='collectiveremark',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='collectiveremark_says_something'),
        ),
    ]),
        LockRows(POLICIES),
    ]
