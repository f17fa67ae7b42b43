from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import members.fields
from members.migration_operations import LockRows

# docs/rules/sign-off.md § 1: whoever reads the figures of the unit.
security = import_module('campaigns.migrations.0002_row_security')
SUBMISSION, PART = 'reports_submission', 'reports_submissionpart'
SIGNED = {
    SUBMISSION: (security.in_reach('FIGURES'), ()),
    PART: (security.seen_with(SUBMISSION, PART, 'submission_id'), ()),
}


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0009_departures'),
        ('members', '0010_log_of_own_posts'),
        ('reports', '0003_cell_papers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('SIGNED', 'signed'), ('RETURNED', 'sent back'), ('REPLACED', 'replaced by a later version'), ('VOIDED', 'voided by a decision on units')], default='SIGNED', max_length=10)),
                ('digest', members.fields.ByteOrderField(max_length=64)),
                ('head', models.JSONField()),
                ('own', models.JSONField()),
                ('total', models.JSONField()),
                ('limits', models.JSONField()),
                ('above', models.JSONField()),
                ('on_behalf_of', members.fields.NFCField(max_length=255, verbose_name='on behalf of')),
                ('signed_by', members.fields.NFCField(max_length=255, verbose_name='signed on behalf of the collective by')),
                ('signed_as', models.CharField(max_length=30, verbose_name='role')),
                ('document', members.fields.NFCField(max_length=255, verbose_name='number of the document')),
                ('on', models.DateField(verbose_name='date of the document')),
                ('minutes', members.fields.NFCField(max_length=255, verbose_name='number of the minutes')),
                ('minutes_on', models.DateField(verbose_name='date of the minutes')),
                ('missing_reason', models.TextField(blank=True, default='')),
                ('recorded_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True, default='', verbose_name='reason for sending it back')),
            ],
            options={
                'verbose_name': 'signed figures',
                'ordering': ('unit', 'number'),
            },
        ),
        migrations.CreateModel(
            name='SubmissionPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('head', models.JSONField()),
            ],
        ),
        migrations.AddField(
            model_name='submission',
            name='decision',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.unitdecision'),
        ),
        migrations.AddField(
            model_name='submission',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='submission',
            name='recorded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='submission',
            name='signatory',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.post'),
        ),
        migrations.AddField(
            model_name='submission',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.campaignunit'),
        ),
        migrations.AddField(
            model_name='submissionpart',
            name='part',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.submission'),
        ),
        migrations.AddField(
            model_name='submissionpart',
            name='submission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reports.submission'),
        ),
        migrations.AddField(
            model_name='submissionpart',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.campaignunit'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(fields=('unit', 'number'), name='submission_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'SIGNED')), fields=('unit',), name='submission_one_in_force'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'SIGNED')), models.Q(models.Q(('state', 'SIGNED'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='submission_ends_at_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'RETURNED'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('state', 'RETURNED'), _negated=True), ('reason', '')), _connector='OR'), name='submission_sent_back_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision__isnull', False), ('state', 'VOIDED')), models.Q(models.Q(('state', 'VOIDED'), _negated=True), ('decision__isnull', True)), _connector='OR'), name='submission_voided_by_a_decision'),
        ),
        migrations.AddConstraint(
            model_name='submissionpart',
            constraint=models.UniqueConstraint(fields=('submission', 'unit'), name='submissionpart_once'),
        ),
        LockRows(SIGNED),
    ]
