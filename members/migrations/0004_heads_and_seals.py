from django.db import migrations, models

import members.fields


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0003_rolls'),
    ]

    operations = [
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
            name='SealedHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', members.fields.ByteOrderField(max_length=40)),
                ('position', models.PositiveIntegerField()),
                ('hash', members.fields.ByteOrderField(max_length=64)),
                ('seal', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='+', to='members.logseal')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('chain', 'position'), name='sealedhead_sealed_once')],
            },
        ),
        migrations.AddField(
            model_name='event',
            name='position',
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
    ]
