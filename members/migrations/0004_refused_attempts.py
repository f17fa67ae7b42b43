"""An index by which the refused attempts of an account are counted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0003_row_security")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(
                    ("action__in", ["accounts.refused", "accounts.refused_often"])
                ),
                fields=["account", "at"],
                name="event_refused_to_account",
            ),
        ),
    ]
