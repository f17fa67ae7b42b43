import django.db.models.deletion
import members.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('campaigns', '0001_campaigns'),
        ('members', '0001_registry'),
    ]

    operations = [
        migrations.CreateModel(
            name='ResultsImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uploaded_at', models.DateTimeField()),
                ('language', models.CharField(choices=[('vi', 'Tiếng Việt'), ('en', 'English')], default='vi', max_length=2)),
                ('file', models.FileField(max_length=200, upload_to='')),
                ('file_name', members.fields.NFCField(max_length=255)),
                ('file_sha256', members.fields.ByteOrderField(max_length=64)),
                ('state', models.CharField(choices=[('READING', 'Being read'), ('REFUSED', 'Refused'), ('READY', 'Read, to be confirmed'), ('WRITING', 'Being written'), ('DONE', 'Written')], default='READING', max_length=10)),
                ('refusal', models.TextField(blank=True, default='')),
                ('summary', models.JSONField(default=dict)),
                ('digest', members.fields.ByteOrderField(blank=True, default='', max_length=64)),
                ('annotated', models.FileField(blank=True, default='', max_length=200, upload_to='')),
                ('campaign_code', members.fields.NFCField(max_length=60, verbose_name='campaign code')),
                ('campaign_name', members.fields.NFCField(max_length=255, verbose_name='campaign name')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('rule_set_code', members.fields.ByteOrderField(max_length=40, verbose_name='rule set')),
                ('campaign', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='campaigns.campaign')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.job')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('within', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
            ],
            options={
                'verbose_name': 'import of results',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['READY', 'WRITING', 'DONE']), _negated=True), models.Q(('digest', ''), _negated=True), _connector='OR'), name='resultsimport_read_before_it_is_written')],
            },
        ),
    ]
