from django.db import migrations, models

from touchmark.apps.indexes import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("inbox", "0003_what_letters_concern"),
    ]

    operations = [
        AddIndexBeside(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("read_at", None)), fields=["organisation", "person"], name="letters_not_read"
            ),
        ),
    ]
