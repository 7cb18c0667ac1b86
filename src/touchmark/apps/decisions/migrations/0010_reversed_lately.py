"""What was put back lately is found by its moment, not by reading every decision."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisions", "0009_bans_and_links")]

    operations = [
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(status="reversed"), fields=["reversed_at"], name="decisions_reversed_lately"
            ),
        ),
    ]
