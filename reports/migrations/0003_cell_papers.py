import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from members.migration_operations import LockRows


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0009_departures'),
        ('members', '0010_log_of_own_posts'),
        ('reports', '0002_issues'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CellPapers',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('vi', 'Tiếng Việt'), ('en', 'English')], default='vi', max_length=2, verbose_name='language')),
                ('requested_at', models.DateTimeField()),
                ('file', models.FileField(blank=True, default='', max_length=200, upload_to='')),
                ('printed', models.JSONField(default=dict)),
                ('finished_at', models.DateTimeField(null=True)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.campaign')),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.job')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
            ],
            options={
                'verbose_name': 'papers of a cell',
                'constraints': [models.UniqueConstraint(fields=('campaign', 'unit', 'requested_by'), name='cellpapers_one_for_each_who_asks'), models.CheckConstraint(condition=models.Q(models.Q(('file', ''), _negated=True), ('printed', {}), _connector='OR'), name='cellpapers_nobody_is_printed_without_a_file')],
            },
        ),
        # The file holds texts of people: it is of who asked for it alone.
        LockRows({
            'reports_cellpapers': ('requested_by_id = (SELECT members_asker())', ('upkeep',)),
        }),
    ]
