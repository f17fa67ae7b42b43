import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0001_campaigns'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='campaign',
            name='campaign_code_once',
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('code'), name='campaign_code_once', violation_error_message='This campaign code is taken.'),
        ),
    ]
