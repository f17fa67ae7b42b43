from importlib import import_module

import django.db.models.deletion
import members.fields
from django.conf import settings
from django.db import migrations, models

from members.migration_operations import CreateModels, LockRows

# Reports, and what is suggested for them, are read as the work of their unit is, and by
# the members of the cell itself; drafts by whoever records that work alone.
BODY_OF = """
body_id IN (SELECT id FROM campaigns_campaignbody WHERE {which})
"""
READ = BODY_OF.format(
    which="unit_id IN (SELECT campaigns_units_reached('WORK'))"
    ' OR unit_id IN (SELECT campaigns_own_cells())'
)
KEPT = BODY_OF.format(which="unit_id IN (SELECT campaigns_units_reached('WORK_EDIT'))")
TEXT, ANSWER = 'reviews_collectivereporttext', 'reviews_collectivereportanswer'


seen_with = import_module('campaigns.migrations.0002_row_security').seen_with


POLICIES = {
    'reviews_collectivereport': (READ, ()),
    'reviews_collectivereportdraft': (KEPT, ()),
    TEXT: (
        seen_with('reviews_collectivereport', TEXT, 'collective_report_id'),
        ('look_up',),
    ),
    ANSWER: (seen_with(TEXT, ANSWER, 'text_id'), ()),
    'reviews_collectivesuggestion': (READ, ()),
}


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0004_collective_report_state'),
        ('reviews', '0010_remediation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels([
        migrations.CreateModel(
            name='CollectiveReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', members.fields.ByteOrderField(blank=True, default='', max_length=40)),
                ('received_on', models.DateField(null=True)),
                ('confirmed_on', models.DateField(null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('body', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.campaignbody')),
            ],
            options={
                'verbose_name': 'collective report',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CollectiveReportDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', members.fields.ByteOrderField(max_length=40)),
                ('content', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('body', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.campaignbody')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CollectiveReportText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('form', members.fields.ByteOrderField(max_length=40)),
                ('answers', models.JSONField(default=dict)),
                ('digest', members.fields.ByteOrderField(max_length=64)),
                ('sent_at', models.DateTimeField()),
                ('marks', models.JSONField(default=dict)),
                ('asked', models.JSONField(default=list)),
                ('own_level', members.fields.ByteOrderField(blank=True, default='', max_length=40)),
                ('collective_report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.collectivereport')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('number',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CollectiveReportAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_confirmation', models.BooleanField()),
                ('remark', models.TextField(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('text', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.collectivereporttext')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CollectiveSuggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', members.fields.NFCField(max_length=255, verbose_name='document number')),
                ('on', models.DateField(verbose_name='date of the document')),
                ('time', models.CharField(choices=[('BEFORE', 'before the self-review'), ('AFTER', 'after the self-review')], max_length=10)),
                ('text', models.TextField(verbose_name='what is to be answered')),
                ('judgement', models.CharField(blank=True, choices=[('', 'not judged yet'), ('SUFFICIENT', 'answered in full'), ('INSUFFICIENT', 'not answered in full')], default='', max_length=12)),
                ('judgement_note', models.TextField(blank=True, default='')),
                ('judged_at', models.DateTimeField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.campaignbody')),
                ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.campaignunit')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'suggestion to a collective',
                'ordering': ('on', 'pk'),
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='collectivereport',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_on__isnull', True), ('confirmed_on__gte', models.F('received_on')), _connector='OR'), name='collectivereport_paper_confirmed_after_it_came'),
        ),
        migrations.AddIndex(
            model_name='collectivereporttext',
            index=models.Index(fields=['digest'], name='collectivereporttext_digest'),
        ),
        migrations.AddConstraint(
            model_name='collectivereporttext',
            constraint=models.UniqueConstraint(fields=('collective_report', 'number'), name='collectivereporttext_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='collectivereportanswer',
            constraint=models.CheckConstraint(condition=models.Q(('is_confirmation', True), models.Q(('remark', ''), _negated=True), _connector='OR'), name='collectivereportanswer_returned_with_a_remark'),
        ),
        migrations.AddConstraint(
            model_name='collectivesuggestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('judged_at__isnull', True), ('judgement', '')), models.Q(models.Q(('judgement', ''), _negated=True), ('judged_at__isnull', False)), _connector='OR'), name='collectivesuggestion_judged_at_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='collectivesuggestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('judgement', 'INSUFFICIENT'), _negated=True), models.Q(('judgement_note', ''), _negated=True), _connector='OR'), name='collectivesuggestion_insufficient_says_why'),
        ),
    ]),
        LockRows(POLICIES),
    ]
