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
            name='RollupReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('vi', 'Tiếng Việt'), ('en', 'English')], default='vi', max_length=2, verbose_name='language')),
                ('requested_at', models.DateTimeField()),
                ('input_digest', members.fields.ByteOrderField(blank=True, default='', max_length=64)),
                ('figures_digest', members.fields.ByteOrderField(blank=True, default='', max_length=64)),
                ('pdf', models.FileField(blank=True, default='', max_length=200, upload_to='')),
                ('xlsx', models.FileField(blank=True, default='', max_length=200, upload_to='')),
                ('pdf_sha256', members.fields.ByteOrderField(blank=True, default='', max_length=64)),
                ('xlsx_sha256', members.fields.ByteOrderField(blank=True, default='', max_length=64)),
                ('finished_at', models.DateTimeField(null=True)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.campaign')),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.job')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
            ],
            options={
                'verbose_name': 'report',
                'indexes': [models.Index(fields=['input_digest'], name='rollupreport_digest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('finished_at__isnull', True)), fields=('campaign', 'unit', 'language'), name='rollupreport_one_being_made'), models.CheckConstraint(condition=models.Q(('finished_at__isnull', True), models.Q(models.Q(('pdf', ''), _negated=True), models.Q(('xlsx', ''), _negated=True), models.Q(('input_digest', ''), _negated=True)), _connector='OR'), name='rollupreport_finished_with_its_files')],
            },
        ),
    ]
