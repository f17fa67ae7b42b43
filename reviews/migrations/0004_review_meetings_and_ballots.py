import django.db.models.deletion
import django.db.models.expressions
import members.fields
from django.conf import settings
from django.db import migrations, models

from members.migration_operations import CreateModels


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0002_row_security'),
        ('reviews', '0003_self_reviews'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels([
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('LEVELS', 'First round'), ('AGAIN', 'Voting again'), ('BEST', 'Round of the best')], max_length=10)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('edition', models.PositiveSmallIntegerField(default=1)),
                ('paragraph', members.fields.NFCField(blank=True, default='', max_length=1000, verbose_name='paragraph of the minutes')),
                ('state', models.CharField(choices=[('COUNTING', 'being counted'), ('ENTERED', 'entered, to be confirmed'), ('LOCKED', 'locked')], default='COUNTING', max_length=10)),
                ('convoked', models.PositiveIntegerField(verbose_name='convoked')),
                ('present', models.PositiveIntegerField(default=0, verbose_name='present')),
                ('issued', models.PositiveIntegerField(default=0, verbose_name='papers issued')),
                ('returned', models.PositiveIntegerField(default=0, verbose_name='papers returned')),
                ('valid', models.PositiveIntegerField(default=0, verbose_name='valid')),
                ('invalid', models.PositiveIntegerField(default=0, verbose_name='invalid')),
                ('locked_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.meeting')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reviews.ballot')),
            ],
        ),
        migrations.CreateModel(
            name='ReviewOccasion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capacity', models.CharField(choices=[('MEMBER', 'as a member'), ('CADRE', 'as a leader or manager')], default='MEMBER', max_length=10)),
                ('state', models.CharField(choices=[('WAITING', 'waiting'), ('REVIEWED', 'reviewed'), ('LEFT', 'left for later')], default='WAITING', max_length=10)),
                ('position', models.PositiveSmallIntegerField()),
                ('chaired_by', members.fields.NFCField(blank=True, max_length=255, verbose_name='who led this part')),
                ('remarks_made', models.PositiveSmallIntegerField(default=0, verbose_name='remarks made')),
                ('state_before', models.CharField(blank=True, choices=[('NONE', 'not begun'), ('DRAFT', 'being written'), ('SENT', 'sent to the cell'), ('RETURNED', 'returned for completion'), ('CONFIRMED', 'confirmed by the cell'), ('REVIEWED', 'reviewed')], default='', max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.campaignbody')),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.meeting')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.participant')),
            ],
            options={
                'ordering': ('position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='BallotLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('excellent', models.PositiveIntegerField(default=0)),
                ('good', models.PositiveIntegerField(default=0)),
                ('satisfactory', models.PositiveIntegerField(default=0)),
                ('not_completed', models.PositiveIntegerField(default=0)),
                ('clean_strong_exemplary', models.PositiveIntegerField(default=0)),
                ('clean_strong', models.PositiveIntegerField(default=0)),
                ('weak', models.PositiveIntegerField(default=0)),
                ('against', models.PositiveIntegerField(default=0)),
                ('unmarked', models.PositiveIntegerField(default=0)),
                ('valid', models.PositiveIntegerField(default=0)),
                ('ballot', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.ballot')),
                ('occasion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reviews.reviewoccasion')),
            ],
        ),
        migrations.CreateModel(
            name='BallotDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ballot_version', models.PositiveIntegerField()),
                ('content', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ballot', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.ballot')),
            ],
        ),
        migrations.CreateModel(
            name='Teller',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_head', models.BooleanField(default=False, verbose_name='head of the tellers')),
                ('meeting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.meeting')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.participant')),
            ],
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.UniqueConstraint(fields=('meeting', 'kind', 'number', 'edition'), name='ballot_once_a_round_and_edition'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('convoked__gte', models.F('present')), ('present__gte', models.F('issued')), ('issued__gte', models.F('returned')), ('returned', django.db.models.expressions.CombinedExpression(models.F('valid'), '+', models.F('invalid')))), name='ballot_papers_add_up'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entered_by__isnull', True), ('state', 'COUNTING')), models.Q(models.Q(('state', 'COUNTING'), _negated=True), ('entered_by__isnull', False)), _connector='OR'), name='ballot_is_entered_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by__isnull', False), ('locked_at__isnull', False), ('state', 'LOCKED'), models.Q(('confirmed_by', models.F('entered_by')), _negated=True)), models.Q(models.Q(('state', 'LOCKED'), _negated=True), ('confirmed_by__isnull', True), ('locked_at__isnull', True)), _connector='OR'), name='ballot_is_locked_by_another'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('edition', 1), ('replaces__isnull', True)), models.Q(('edition__gt', 1), ('replaces__isnull', False), models.Q(('paragraph', ''), _negated=True)), _connector='OR'), name='ballot_correction_has_its_paragraph'),
        ),
        migrations.AddConstraint(
            model_name='reviewoccasion',
            constraint=models.UniqueConstraint(fields=('participant', 'body', 'capacity'), name='reviewoccasion_once_a_body_and_capacity'),
        ),
        migrations.AddConstraint(
            model_name='reviewoccasion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('meeting__isnull', False), ('state', 'REVIEWED')), models.Q(('meeting__isnull', True), ('state__in', ['WAITING', 'LEFT'])), _connector='OR'), name='reviewoccasion_reviewed_means_at_a_meeting'),
        ),
        migrations.AddConstraint(
            model_name='ballotline',
            constraint=models.UniqueConstraint(fields=('ballot', 'occasion'), name='ballotline_once_a_ballot'),
        ),
        migrations.AddConstraint(
            model_name='ballotline',
            constraint=models.CheckConstraint(condition=models.Q(('valid', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('excellent'), '+', models.F('good')), '+', models.F('satisfactory')), '+', models.F('not_completed')), '+', models.F('clean_strong_exemplary')), '+', models.F('clean_strong')), '+', models.F('weak')), '+', models.F('against')), '+', models.F('unmarked')))), name='ballotline_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='ballotdraft',
            constraint=models.UniqueConstraint(fields=('ballot', 'account'), name='ballotdraft_one_an_account'),
        ),
        migrations.AddConstraint(
            model_name='teller',
            constraint=models.UniqueConstraint(fields=('meeting', 'participant'), name='teller_once_a_meeting'),
        ),
        migrations.AddConstraint(
            model_name='teller',
            constraint=models.UniqueConstraint(condition=models.Q(('is_head', True)), fields=('meeting',), name='teller_one_head_a_meeting'),
        ),
    ])]
