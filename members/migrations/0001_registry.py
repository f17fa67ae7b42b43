import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import members.fields
import members.policy
from django.conf import settings
from django.db import migrations, models

from members.migration_operations import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('sessions', '0001_initial'),
    ]

    operations = [CreateModels([
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('login', members.fields.NFCField(max_length=60, unique=True, verbose_name='login name')),
                ('display_name', members.fields.NFCField(max_length=255, verbose_name='name shown')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('email_confirmed_at', models.DateTimeField(editable=False, null=True)),
                ('email_language', models.CharField(choices=[('vi', 'Tiếng Việt'), ('en', 'English')], default='vi', max_length=2, verbose_name='language of e-mails')),
                ('is_active', models.BooleanField(default=True, verbose_name='can log in')),
                ('is_technical', models.BooleanField(default=False, help_text='Runs the machine; sees no record of anybody.', verbose_name='technical administrator')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'account',
            },
        ),
        migrations.CreateModel(
            name='LogSeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('at', models.DateTimeField()),
                ('heads', models.PositiveIntegerField()),
                ('digest', members.fields.ByteOrderField(max_length=64)),
                ('previous_hash', members.fields.ByteOrderField(blank=True, max_length=64)),
                ('hash', members.fields.ByteOrderField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='AccountSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begun_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('browser', models.CharField(blank=True, max_length=60)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sessions.session')),
            ],
        ),
        migrations.CreateModel(
            name='Authenticator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seed', members.fields.SealedField()),
                ('last_step', models.BigIntegerField()),
                ('added_at', models.DateTimeField()),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'code app',
            },
        ),
        migrations.CreateModel(
            name='FailedTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_hash', members.fields.ByteOrderField(max_length=64)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['name_hash', 'at'], name='failedtry_by_name')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', members.fields.ByteOrderField(max_length=40)),
                ('subject_id', models.BigIntegerField()),
                ('status', models.CharField(choices=[('QUEUED', 'Waiting'), ('RUNNING', 'In progress'), ('DONE', 'Finished'), ('FAILED', 'Failed'), ('CANCELLED', 'Cancelled')], default='QUEUED', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('woken_at', models.DateTimeField(null=True)),
                ('lease_until', models.DateTimeField(null=True)),
                ('percent', models.PositiveSmallIntegerField(default=0)),
                ('error', models.TextField(blank=True, default='')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('status__in', ('QUEUED', 'RUNNING'))), fields=['status', 'created_at'], name='job_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ('QUEUED', 'RUNNING'))), fields=('kind', 'subject_id'), name='job_one_open_per_subject'), models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='job_percent_to_100'), models.CheckConstraint(condition=models.Q(('finished_at__isnull', False), ('status__in', ('QUEUED', 'RUNNING')), _connector='OR'), name='job_ends_at_a_moment')],
            },
        ),
        migrations.CreateModel(
            name='LogHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', members.fields.ByteOrderField(max_length=40, unique=True)),
                ('position', models.PositiveIntegerField(default=0)),
                ('hash', members.fields.ByteOrderField(blank=True, default='', max_length=64)),
                ('sealed_position', models.PositiveIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('sealed_position__lt', models.F('position'))), fields=['chain'], name='loghead_unsealed')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', members.fields.NFCField(max_length=40, verbose_name='member code')),
                ('code_key', members.fields.CodeKeyField(editable=False, max_length=120, of='code')),
                ('full_name', members.fields.NFCField(max_length=255, verbose_name='full name')),
                ('sort_key', members.fields.ByteOrderField(editable=False, max_length=255)),
                ('born_on', members.fields.PartialDateField(blank=True, default='', max_length=10, verbose_name='born on')),
                ('gender', models.CharField(blank=True, choices=[('M', 'Male'), ('F', 'Female')], default='', max_length=1, verbose_name='gender')),
                ('admitted_on', members.fields.PartialDateField(blank=True, default='', max_length=10, verbose_name='admitted on')),
                ('official_on', members.fields.PartialDateField(blank=True, default='', help_text='Empty: probationary.', max_length=10, verbose_name='full member since')),
                ('card_number', members.fields.CardNumberField(blank=True, default='', verbose_name='party card number')),
                ('card_number_index', members.fields.IndexOfSealedField(blank=True, default='', editable=False, max_length=64, of='card_number')),
                ('personal_id', members.fields.PersonalIdField(blank=True, default='', verbose_name='personal number')),
                ('personal_id_index', members.fields.IndexOfSealedField(blank=True, default='', editable=False, max_length=64, of='personal_id')),
                ('exemplarity', models.CharField(choices=[('HEAD', 'Head'), ('OFFICER', 'Committee member or member in a leading post'), ('MEMBER', 'Member')], default='MEMBER', editable=False, max_length=10, verbose_name='level of exemplary responsibility')),
                ('exemplarity_for', models.CharField(choices=[('HEAD', 'Head'), ('OFFICER', 'Committee member or member in a leading post'), ('MEMBER', 'Member')], default='MEMBER', editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'member',
                'indexes': [models.Index(fields=['sort_key', 'id'], name='member_name_order'), models.Index(condition=models.Q(('official_on', '')), fields=['admitted_on'], name='member_on_probation')],
                'constraints': [models.UniqueConstraint(fields=('code_key',), name='member_code_once', violation_error_message='This member code is taken.'), models.UniqueConstraint(condition=models.Q(('card_number_index', ''), _negated=True), fields=('card_number_index',), name='member_card_number_once', violation_error_message='This card number is taken.'), models.UniqueConstraint(condition=models.Q(('personal_id_index', ''), _negated=True), fields=('personal_id_index',), name='member_personal_id_once', violation_error_message='This personal number is taken.')],
            },
        ),
        migrations.CreateModel(
            name='CorrectionRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('full_name', 'Full name'), ('born_on', 'Born'), ('gender', 'Gender'), ('admitted_on', 'Admitted'), ('official_on', 'Full member since'), ('card_number', 'Card number'), ('personal_id', 'Personal number'), ('MEMBERSHIP', 'Cell, or how a membership ended'), ('PAUSE', 'Exempt or suspended'), ('POST', 'Post'), ('TRANSFER', 'Transfer'), ('LEVEL', 'Result of a yearly classification'), ('OTHER', 'Something else')], max_length=20, verbose_name='what is wrong')),
                ('wanted', members.fields.SealedField(verbose_name='what it should be')),
                ('reason', members.fields.SealedField(verbose_name='why')),
                ('asked_at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('WAITING', 'Waits for an answer'), ('CORRECTED', 'Corrected'), ('REFUSED', 'Not accepted'), ('TAKEN_BACK', 'Taken back')], default='WAITING', max_length=20)),
                ('answer', members.fields.SealedField(blank=True, default='', verbose_name='answer')),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
            ],
            options={
                'verbose_name': 'request for a correction',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'WAITING')), fields=('member', 'subject'), name='correctionrequest_one_waiting_per_subject'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'WAITING')), models.Q(models.Q(('state', 'WAITING'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='correctionrequest_answered_at_a_moment')],
            },
        ),
        migrations.CreateModel(
            name='ActivityPause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('EXEMPT', 'Exempt from work and meetings'), ('SUSPENDED', 'Suspended from party activity')], max_length=20, verbose_name='what')),
                ('from_on', models.DateField(verbose_name='from')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('document', members.fields.NFCField(max_length=255, verbose_name='document')),
                ('ended_by_document', members.fields.NFCField(blank=True, default='', max_length=255)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('member',), name='activitypause_one_at_a_time'), models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='activitypause_ends_after_it_begins')],
            },
        ),
        migrations.AddField(
            model_name='account',
            name='member',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member'),
        ),
        migrations.CreateModel(
            name='NameWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', members.fields.ByteOrderField(max_length=60)),
                ('member', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.member')),
            ],
            options={
                'indexes': [models.Index(fields=['word', 'member'], name='nameword_by_word'), models.Index(fields=['member'], name='nameword_by_member')],
            },
        ),
        migrations.CreateModel(
            name='OidcLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer', models.CharField(max_length=255)),
                ('subject', models.CharField(max_length=255)),
                ('linked_at', models.DateTimeField()),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'link to a log-in elsewhere',
                'constraints': [models.UniqueConstraint(fields=('issuer', 'subject'), name='oidclink_of_one_account')],
            },
        ),
        migrations.CreateModel(
            name='PartyUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', members.fields.NFCField(max_length=40, verbose_name='code')),
                ('code_key', members.fields.CodeKeyField(editable=False, max_length=120, of='code')),
                ('name', members.fields.NFCField(max_length=255, verbose_name='name')),
                ('kind', members.fields.ByteOrderField(max_length=40, verbose_name='kind of party body')),
                ('sector', members.fields.ByteOrderField(blank=True, default='', max_length=40, verbose_name='sector')),
                ('path', members.fields.ByteOrderField(editable=False, max_length=210)),
                ('opened_on', models.DateField(verbose_name='since')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
            ],
            options={
                'verbose_name': 'unit',
                'constraints': [models.UniqueConstraint(fields=('code_key',), name='partyunit_code_once', violation_error_message='This unit code is taken.'), models.UniqueConstraint(fields=('path',), name='partyunit_path_once'), models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='partyunit_closed_after_it_opened')],
            },
        ),
        migrations.CreateModel(
            name='OpeningFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', members.fields.ByteOrderField(max_length=40, verbose_name='what was counted')),
                ('from_on', models.DateField(verbose_name='from')),
                ('until_on', models.DateField(verbose_name='until')),
                ('value', models.PositiveIntegerField(null=True, verbose_name='figure')),
                ('source', members.fields.NFCField(max_length=255, verbose_name='source')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.openingfigure')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
            ],
            options={
                'verbose_name': 'opening figure',
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaces__isnull', True)), fields=('unit', 'kind', 'from_on', 'until_on'), name='openingfigure_entered_once'), models.CheckConstraint(condition=models.Q(('until_on__gt', models.F('from_on'))), name='openingfigure_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('value__isnull', False), ('replaces__isnull', False), _connector='OR'), name='openingfigure_taken_back_is_a_correction')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('OFFICIAL', 'official'), ('TEMPORARY', 'temporary'), ('RESIDENCE_CONTACT', 'contact at the place of residence')], default='OFFICIAL', max_length=20)),
                ('from_on', models.DateField(blank=True, null=True)),
                ('planned_until', models.DateField(blank=True, null=True, verbose_name='planned until')),
                ('until_on', models.DateField(blank=True, null=True)),
                ('ending', models.CharField(blank=True, choices=[('TRANSFERRED', 'transferred'), ('LEFT', 'left'), ('STRUCK_OFF', 'struck off the roll'), ('EXPELLED', 'expelled'), ('DIED', 'died'), ('REORGANISED', 'unit reorganised'), ('OVER', 'its time is over')], default='', max_length=20)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('planned_until__isnull', False)), fields=['planned_until'], name='membership_planned_end')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'OFFICIAL'), ('until_on__isnull', True)), fields=('member',), name='membership_one_official'), models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('from_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='membership_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('planned_until__isnull', True), models.Q(('kind', 'OFFICIAL'), _negated=True), _connector='OR'), name='membership_official_without_planned_end'), models.CheckConstraint(condition=models.Q(models.Q(('ending', ''), ('until_on__isnull', True)), models.Q(('until_on__isnull', False), models.Q(('ending', ''), _negated=True)), _connector='OR'), name='membership_ends_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Letterhead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('superior', members.fields.NFCField(blank=True, default='', max_length=255, verbose_name='organisation above')),
                ('issuer', members.fields.NFCField(max_length=255, verbose_name='issuing body')),
                ('place', members.fields.NFCField(blank=True, default='', max_length=120, verbose_name='place')),
                ('symbol', members.fields.NFCField(blank=True, default='', max_length=20, verbose_name='symbol')),
                ('on_behalf_of', members.fields.NFCField(blank=True, default='', max_length=255, verbose_name='on behalf of (T/M)')),
                ('signatory_post', members.fields.NFCField(blank=True, default='', max_length=255, verbose_name='post of the signatory')),
                ('recipients', models.TextField(blank=True, default='', verbose_name='recipients')),
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.partyunit')),
            ],
            options={
                'verbose_name': 'letterhead',
            },
        ),
        migrations.CreateModel(
            name='Passkey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('credential', models.BinaryField(unique=True)),
                ('public_key', models.BinaryField()),
                ('device', models.CharField(blank=True, max_length=60)),
                ('added_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'passkey',
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('SECRETARY', 'Secretary'), ('DEPUTY_SECRETARY', 'Deputy secretary'), ('COMMITTEE_MEMBER', 'Committee member'), ('CLERK', 'Office clerk'), ('ORGANISATION_DEPARTMENT', 'Organisation department'), ('PROPAGANDA_DEPARTMENT', 'Propaganda department'), ('INSPECTION_COMMISSION', 'Inspection commission'), ('WORKING_TEAM', 'Working team'), ('OUTSIDE', 'Post in an authority or union')], max_length=30, verbose_name='role')),
                ('title', members.fields.NFCField(blank=True, default='', max_length=255, verbose_name='title')),
                ('organisation', members.fields.NFCField(blank=True, default='', max_length=255, verbose_name='authority or union')),
                ('is_head', models.BooleanField(default=False, verbose_name='heads it')),
                ('from_on', models.DateField(verbose_name='from')),
                ('planned_until', models.DateField(blank=True, null=True, verbose_name='planned until')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('appointed_by_document', members.fields.NFCField(blank=True, default='', max_length=255, verbose_name='appointing document')),
                ('ended_by_document', members.fields.NFCField(blank=True, default='', max_length=255, verbose_name='document that ends it')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('delegated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.post')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
            ],
            options={
                'verbose_name': 'post',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('account__isnull', True), ('member__isnull', False)), models.Q(('account__isnull', False), ('member__isnull', True)), _connector='OR'), name='post_held_by_one'), models.CheckConstraint(condition=models.Q(('planned_until__isnull', True), ('planned_until__gt', models.F('from_on')), _connector='OR'), name='post_planned_end_after_it_begins'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('from_on')), _connector='OR'), name='post_last_day_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('delegated_by__isnull', False), ('ends_on__isnull', False)), models.Q(('delegated_by__isnull', True), ('ends_on__isnull', True)), models.Q(('delegated_by__isnull', True), ('role', members.policy.Role['WORKING_TEAM'])), _connector='OR'), name='post_last_day_of_delegation_or_team'), models.CheckConstraint(condition=models.Q(('role', members.policy.Role['OUTSIDE']), models.Q(('is_head', False), ('organisation', '')), _connector='OR'), name='post_organisation_of_an_outside_post'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('account', 'unit', 'role', 'organisation'), name='post_once_for_account'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('member', 'unit', 'role', 'organisation'), name='post_once_for_member')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('system_reason', models.CharField(blank=True, default='', max_length=80)),
                ('action', members.fields.ByteOrderField(max_length=60)),
                ('subject_kind', members.fields.ByteOrderField(max_length=60)),
                ('subject_id', models.BigIntegerField()),
                ('data', models.JSONField(default=dict)),
                ('chain', members.fields.ByteOrderField(max_length=40)),
                ('position', models.PositiveIntegerField()),
                ('previous_hash', members.fields.ByteOrderField(blank=True, max_length=64)),
                ('hash', members.fields.ByteOrderField(max_length=64)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.post')),
            ],
            options={
                'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='event_subject'), models.Index(condition=models.Q(('action__in', ['members.opened', 'pledges.opened', 'self_reviews.opened', 'members.opened_in_bulk', 'roll.exported'])), fields=['account', 'at'], name='event_read_by_account')],
                'constraints': [models.CheckConstraint(condition=models.Q(('account__isnull', False), models.Q(('system_reason', ''), _negated=True), _connector='OR'), name='event_has_an_author'), models.UniqueConstraint(fields=('chain', 'position'), name='event_one_at_each_position')],
            },
        ),
        migrations.CreateModel(
            name='PostCharge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', members.fields.NFCField(blank=True, default='', max_length=120, verbose_name='field of work')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.post')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('field', ''), ('unit__isnull', False)), models.Q(('unit__isnull', True), models.Q(('field', ''), _negated=True)), _connector='OR'), name='postcharge_a_unit_or_a_field'), models.UniqueConstraint(condition=models.Q(('unit__isnull', False)), fields=('post', 'unit'), name='postcharge_unit_once'), models.UniqueConstraint(condition=models.Q(('unit__isnull', True)), fields=('post', 'field'), name='postcharge_field_once')],
            },
        ),
        migrations.CreateModel(
            name='ReasonedReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_inspection', models.BooleanField()),
                ('reason', members.fields.SealedField(verbose_name='reason')),
                ('case_number', members.fields.NFCField(blank=True, default='', max_length=60, verbose_name='case number')),
                ('asked_at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(null=True)),
                ('opened_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('shown_from', models.DateField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.post')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
            ],
            options={
                'verbose_name': 'reading with a reason',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('case_number', ''), ('is_inspection', False)), models.Q(('is_inspection', True), models.Q(('case_number', ''), _negated=True)), _connector='OR'), name='reasonedreading_inspection_has_a_case'), models.CheckConstraint(condition=models.Q(('opened_at__isnull', True), ('is_inspection', False), ('approved_at__isnull', False), _connector='OR'), name='reasonedreading_inspection_opens_approved'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('account')), _negated=True), _connector='OR'), name='reasonedreading_approved_by_another')],
            },
        ),
        migrations.CreateModel(
            name='RollImport',
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
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.job')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('within', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
            ],
            options={
                'verbose_name': 'import of a roll',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['READY', 'WRITING', 'DONE']), _negated=True), models.Q(('digest', ''), _negated=True), _connector='OR'), name='rollimport_read_before_it_is_written')],
            },
        ),
        migrations.CreateModel(
            name='SealedHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', members.fields.ByteOrderField(max_length=40)),
                ('position', models.PositiveIntegerField()),
                ('hash', members.fields.ByteOrderField(max_length=64)),
                ('seal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.logseal')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('chain', 'position'), name='sealedhead_sealed_once')],
            },
        ),
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', members.fields.ByteOrderField(max_length=64)),
                ('printed_at', models.DateTimeField()),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('printed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'slip',
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('FORMAL', 'Formal transfer'), ('TEMPORARY', 'Temporary transfer'), ('RESIDENCE_CONTACT', 'Introduction to the cell at the place of residence')], max_length=20, verbose_name='what')),
                ('outside', members.fields.NFCField(blank=True, default='', max_length=255, verbose_name='unit not kept here')),
                ('document', members.fields.NFCField(max_length=255, verbose_name='document')),
                ('leaves_on', models.DateField(verbose_name='from')),
                ('due_on', models.DateField()),
                ('planned_until', models.DateField(blank=True, null=True, verbose_name='planned until')),
                ('comment', models.TextField(blank=True, default='', verbose_name='comment of the cell left')),
                ('comment_document', members.fields.NFCField(blank=True, default='', max_length=255, verbose_name='comment on paper, number and date')),
                ('state', models.CharField(choices=[('SENT', 'Sent, waits to be received'), ('RECEIVED', 'Received'), ('RETURNED', 'Returned'), ('TAKEN_BACK', 'Taken back')], default='SENT', max_length=20)),
                ('sent_at', models.DateTimeField()),
                ('settled_on', models.DateField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('refusal', members.fields.NFCField(blank=True, default='', max_length=255, verbose_name='reason')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
                ('target', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
            ],
            options={
                'verbose_name': 'transfer',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'SENT')), fields=('member',), name='transfer_one_waiting'), models.CheckConstraint(condition=models.Q(('planned_until__isnull', True), ('kind', 'TEMPORARY'), _connector='OR'), name='transfer_planned_end_of_a_temporary_one'), models.CheckConstraint(condition=models.Q(models.Q(('outside', ''), ('target__isnull', False)), models.Q(('target__isnull', True), models.Q(('outside', ''), _negated=True)), _connector='OR'), name='transfer_to_a_unit_here_or_outside'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('state', 'SENT')), models.Q(models.Q(('state', 'SENT'), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='transfer_settled_at_a_moment'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'RETURNED'), _negated=True), models.Q(('refusal', ''), _negated=True), _connector='OR'), name='transfer_returned_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='UnitDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', members.fields.NFCField(max_length=60, verbose_name='document number')),
                ('issuer', members.fields.NFCField(max_length=255, verbose_name='issued by')),
                ('signed_on', models.DateField(verbose_name='signed on')),
                ('effective_on', models.DateField(verbose_name='in force from')),
                ('title', members.fields.NFCField(max_length=500, verbose_name='subject')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('applied_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('applied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('drafted_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('keeper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit', verbose_name='kept by')),
            ],
            options={
                'verbose_name': 'decision on units',
                'constraints': [models.UniqueConstraint(fields=('issuer', 'number', 'signed_on'), name='unitdecision_once')],
            },
        ),
        migrations.CreateModel(
            name='UnitChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('act', models.CharField(choices=[('CREATE', 'is created'), ('RENAME', 'is renamed'), ('MOVE', 'moves under another unit'), ('MERGE', 'is merged into another unit'), ('DIVIDE', 'is divided: a part goes to another unit'), ('CLOSE', 'is closed')], max_length=10)),
                ('code', members.fields.NFCField(blank=True, default='', max_length=40)),
                ('name', members.fields.NFCField(blank=True, default='', max_length=255)),
                ('kind', members.fields.ByteOrderField(blank=True, default='', max_length=40)),
                ('sector', members.fields.ByteOrderField(blank=True, default='', max_length=40)),
                ('target', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
                ('target_change', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='members.unitchange')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='members.unitdecision')),
            ],
            options={
                'ordering': ('decision', 'position'),
                'constraints': [models.UniqueConstraint(fields=('decision', 'position'), name='unitchange_position_once'), models.CheckConstraint(condition=models.Q(models.Q(('act', 'CREATE'), _negated=True), models.Q(models.Q(('target__isnull', False), ('target_change__isnull', False), _connector='OR'), models.Q(('code', ''), _negated=True), models.Q(('name', ''), _negated=True), models.Q(('kind', ''), _negated=True)), _connector='OR'), name='unitchange_creates_a_described_unit'), models.CheckConstraint(condition=models.Q(('act', 'CREATE'), ('unit__isnull', False), _connector='OR'), name='unitchange_names_its_unit'), models.CheckConstraint(condition=models.Q(models.Q(('act__in', ['MOVE', 'MERGE', 'DIVIDE']), _negated=True), ('target__isnull', False), ('target_change__isnull', False), _connector='OR'), name='unitchange_names_its_target')],
            },
        ),
        migrations.CreateModel(
            name='UnitPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='members.unitchange')),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('change', 'unit'), name='unitpart_unit_once'), models.UniqueConstraint(fields=('change', 'member'), name='unitpart_member_once'), models.CheckConstraint(condition=models.Q(models.Q(('member__isnull', True), ('unit__isnull', False)), models.Q(('member__isnull', False), ('unit__isnull', True)), _connector='OR'), name='unitpart_is_a_unit_or_a_member')],
            },
        ),
        migrations.CreateModel(
            name='UnitState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', members.fields.NFCField(max_length=255)),
                ('kind', members.fields.ByteOrderField(max_length=40)),
                ('sector', members.fields.ByteOrderField(blank=True, default='', max_length=40)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.unitdecision')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.partyunit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('unit',), name='unitstate_one_in_force'), models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='unitstate_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='UnitSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('is_part', models.BooleanField(default=False)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.unitdecision')),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('predecessor', 'successor', 'decision', 'is_part'), name='unitsuccession_once'), models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='unitsuccession_not_of_itself')],
            },
        ),
        migrations.CreateModel(
            name='UnitTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField(verbose_name='which congress')),
                ('name', members.fields.NFCField(max_length=60, verbose_name='name of the term')),
                ('from_on', models.DateField(verbose_name='from')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('document', members.fields.NFCField(max_length=255, verbose_name='document')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.partyunit')),
            ],
            options={
                'verbose_name': 'congress term',
                'constraints': [models.UniqueConstraint(fields=('unit', 'ordinal'), name='unitterm_ordinal_once'), models.UniqueConstraint(fields=('unit', 'from_on'), name='unitterm_begins_once'), models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('unit',), name='unitterm_one_without_end'), models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='unitterm_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('ordinal__gte', 1)), name='unitterm_ordinal_from_one')],
            },
        ),
        migrations.CreateModel(
            name='DocumentNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', members.fields.NFCField(max_length=10, verbose_name='kind of document')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('symbol', members.fields.NFCField(max_length=30)),
                ('signed_on', models.DateField(verbose_name='signed on')),
                ('subject', members.fields.NFCField(max_length=255, verbose_name='subject')),
                ('given_at', models.DateTimeField()),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.unitterm')),
            ],
            options={
                'verbose_name': 'document number',
                'constraints': [models.UniqueConstraint(fields=('term', 'kind', 'number'), name='documentnumber_once_in_a_term'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='documentnumber_from_one')],
            },
        ),
        migrations.CreateModel(
            name='CodeCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('codes', members.fields.SealedField()),
                ('printed_at', models.DateTimeField()),
                ('taken_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('printed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'card of codes',
                'constraints': [models.UniqueConstraint(condition=models.Q(('taken_at__isnull', False)), fields=('account',), name='codecard_one_in_use'), models.UniqueConstraint(condition=models.Q(('taken_at__isnull', True)), fields=('account',), name='codecard_one_waits')],
            },
        ),
        migrations.CreateModel(
            name='FormReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', members.fields.ByteOrderField(max_length=64)),
                ('url', models.CharField(blank=True, default='', max_length=500)),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'digest'), name='formreceipt_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('email', ''), _negated=True), ('email_confirmed_at__isnull', True), _connector='OR'), name='account_confirms_an_address'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('login'), name='account_login_once', violation_error_message='This login name is taken.'),
        ),
    ])]
