from django.db import migrations

import members.fields


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_rollups")]

    operations = [
        migrations.AddField(
            model_name="rollupreport",
            name="figures_digest",
            field=members.fields.ByteOrderField(blank=True, default="", max_length=64),
        ),
    ]
