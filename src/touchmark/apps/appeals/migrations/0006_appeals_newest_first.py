from django.db import migrations, models

from touchmark.apps.indexes import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("appeals", "0005_files_of_appeals"),
    ]

    operations = [
        AddIndexBeside(
            model_name="appeal",
            index=models.Index(fields=["-filed_at", "-id"], name="appeals_newest_first"),
        ),
    ]
