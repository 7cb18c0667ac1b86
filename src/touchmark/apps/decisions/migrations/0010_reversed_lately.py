"""What was put back lately is found by its moment, not by reading every decision."""

from django.db import migrations, models

from touchmark.apps.indexes import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("decisions", "0009_bans_and_links")]

    operations = [
        AddIndexBeside(
            model_name="decision",
            index=models.Index(
                condition=models.Q(status="reversed"), fields=["reversed_at"], name="decisions_reversed_lately"
            ),
        ),
    ]
