from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0006_minutes_on_paper'),
    ]

    operations = [
        migrations.AddField(
            model_name='programmeitem',
            name='is_on_paper',
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
